"""One page's layout: from words and vectors to drafts of blocks in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from townclerk.extract.reading.pdf.blocks import draft_lines
from townclerk.extract.reading.pdf.boxed import table_parts
from townclerk.extract.reading.pdf.charts import find_charts, title_over
from townclerk.extract.reading.pdf.columns import Piece, read_order
from townclerk.extract.reading.pdf.drafts import Draft, DraftTable
from townclerk.extract.reading.pdf.geometry import Line, Segment, bounds, lines_of
from townclerk.extract.reading.pdf.glean import Gleaned, page_box
from townclerk.extract.reading.pdf.grid import build_table
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.matrices import find_matrices
from townclerk.extract.reading.pdf.panels import find_panels
from townclerk.extract.reading.pdf.regions import (
    Region,
    add_short_rules,
    lengthen,
    ruled_regions,
    rules_inside,
    take_foot,
    take_head,
    widen,
)
from townclerk.extract.reading.pdf.runs import aligned_runs
from townclerk.extract.reading.pdf.ticks import part_ticks
from townclerk.extract.reading.pdf.tiles import find_tiles, frames_of, is_tile_frame
from townclerk.extract.reading.pdf.vectors import Fill, Rule
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.models.document import BlockKind, Box

_OF_DASHBOARDS = frozenset({BlockKind.TILE, BlockKind.CHART})


def draft_page(
    page: Gleaned, furniture: Sequence[Segment], body: float, layout: Layout, known: Knowledge
) -> list[Draft]:
    """The blocks of a page in reading order, furniture last.

    Args:
        page: What one pass over the page found.
        furniture: Its segments that are headers, footers or page numbers.
        body: Font size of the document's running text.
        layout: What the reader of pages knows.
        known: What the readers know of words.
    """
    aside = {id(segment) for segment in furniture}
    segments = part_ticks([segment for segment in page.segments if id(segment) not in aside], layout)
    drafts = _draft_area(segments, page, page_box(page), body, layout, known)
    aside_lines = lines_of(furniture)
    return [
        *drafts,
        *(Draft(BlockKind.FURNITURE, [line], bounds([line]), line.size, line.bold) for line in aside_lines),
    ]


def _draft_area(
    segments: Sequence[Segment], page: Gleaned, area: Box, body: float, layout: Layout, known: Knowledge
) -> list[Draft]:
    """The blocks of a page, or of a panel on it, in reading order."""
    pieces: list[Piece] = []
    for box, held in find_panels(segments, page.boxes, area, layout):
        part = _cut(page, box)
        pieces.append(Draft(BlockKind.PARAGRAPH, [], box, inner=_draft_area(held, part, box, body, layout, known)))
        inside = {id(one) for one in held}
        segments = [one for one in segments if id(one) not in inside]
    panels = [piece.box for piece in pieces if isinstance(piece, Draft)]
    if panels:
        page = replace(page, rules=[rule for rule in page.rules if not any(_lies_in(rule, box) for box in panels)])
    regions = ruled_regions(page.rules, segments, layout) if page.rules else []
    charts = find_charts(segments, page.rules, page.width, layout)
    free = _set_aside(charts, segments, pieces)
    if charts:
        free = _take_titles([draft for draft, _ in charts], free, pieces, body, layout, known)
    free = _set_aside(_ruled_tables(free, page, regions, layout), free, pieces)
    frames = frames_of(regions, page.fills, page.boxes)
    free = _set_aside(find_tiles(free, frames, page_box(page), layout), free, pieces)
    if any(isinstance(piece, Draft) and piece.kind in _OF_DASHBOARDS for piece in pieces):
        free = _set_aside(_matrices(free, page, layout), free, pieces)
    drafts: list[Draft] = []
    for group in read_order([*pieces, *free]):
        for draft in _draft_group(group, page, body, layout, known):
            drafts.extend(draft.inner or [draft])
    return drafts


def _take_titles(
    charts: Sequence[Draft],
    segments: Sequence[Segment],
    pieces: list[Piece],
    body: float,
    layout: Layout,
    known: Knowledge,
) -> list[Segment]:
    """Give charts the titles over them that share a line with text beside the chart; what is left of the segments."""
    taken: set[int] = set()
    lines = lines_of(segments)
    for chart in charts:
        title = title_over(chart.box, [line for line in lines if not any(id(one) in taken for one in line.segments)])
        if not title:
            continue
        taken.update(id(one) for one in title)
        inner = [*draft_lines(lines_of(title), body, layout, known), replace(chart)]
        pieces[next(at for at, piece in enumerate(pieces) if piece is chart)] = replace(
            chart, box=bounds([bounds(title), chart.box]), inner=inner
        )
    return [one for one in segments if id(one) not in taken] if taken else list(segments)


def _cut(page: Gleaned, box: Box) -> Gleaned:
    """The part of a page in a panel; the panel's own frame and ground are left out."""
    return replace(
        page,
        rules=rules_inside(page.rules, box),
        fills=[fill for fill in page.fills if _covers(box, fill) and not _covers(fill, box)],
        boxes=[one for one in page.boxes if _covers(box, one) and not _covers(one, box)],
    )


def _covers(box: Box | Fill, other: Box | Fill) -> bool:
    """True where one box lies in another, but for the width of a line."""
    return box.x0 - 2 <= other.x0 and box.y0 - 2 <= other.y0 and other.x1 <= box.x1 + 2 and other.y1 <= box.y1 + 2


def _lies_in(rule: Rule, box: Box) -> bool:
    """True for a rule of a panel, its frame among them."""
    low, high, first, last = (box.y0, box.y1, box.x0, box.x1) if rule.horizontal else (box.x0, box.x1, box.y0, box.y1)
    return low - 2 <= rule.at <= high + 2 and rule.start >= first - 2 and rule.end <= last + 2


def _set_aside(
    found: Sequence[tuple[Draft, list[Segment]]], segments: Sequence[Segment], pieces: list[Piece]
) -> list[Segment]:
    """Put found blocks with the pieces of the page; what is left of the segments."""
    taken = {id(segment) for _, held in found for segment in held}
    pieces.extend(draft for draft, _ in found)
    return [segment for segment in segments if id(segment) not in taken] if taken else list(segments)


def _ruled_tables(
    segments: Sequence[Segment], page: Gleaned, regions: Sequence[Region], layout: Layout
) -> list[tuple[Draft, list[Segment]]]:
    """Tables in regions that rules make, with the segments they hold."""
    found: list[tuple[Draft, list[Segment]]] = []
    taken: set[int] = set()
    ruled = [region for region in regions if not region.is_panel and not is_tile_frame(region, segments, layout)]
    for region in ruled:
        claimed = {id(segment) for other in ruled if other is not region for segment in other.held(segments)}
        unclaimed = [segment for segment in segments if id(segment) not in claimed]
        widen(region, unclaimed)
        lengthen(region, unclaimed, page.rules)
        if not region.is_shading and region.rules:
            # A sheet may have lines around its values alone.
            take_head(region, unclaimed, layout)
        take_foot(region, unclaimed, layout)
        add_short_rules(region, page.rules)
        held = [segment for segment in region.held(segments) if id(segment) not in taken]
        for inside, rules in table_parts(region, held):
            table = build_table(inside, rules, page.fills, layout) if len(inside) >= 4 else None
            if table is not None:
                taken.update(id(segment) for segment in inside)
                found.append((table_draft(table), inside))
    return found


def _matrices(segments: Sequence[Segment], page: Gleaned, layout: Layout) -> list[tuple[Draft, list[Segment]]]:
    """The matrices of a dashboard, with the segments they hold."""
    found: list[tuple[Draft, list[Segment]]] = []
    for inside in find_matrices(segments, layout):
        table = build_table(inside, rules_inside(page.rules, bounds(inside)), page.fills, layout)
        if table is not None:
            found.append((table_draft(table), inside))
    return found


def table_draft(table: DraftTable) -> Draft:
    """A table as a block."""
    return Draft(BlockKind.TABLE, [], table.box, table=table)


def _draft_group(group: Sequence[Piece], page: Gleaned, body: float, layout: Layout, known: Knowledge) -> list[Draft]:
    """The blocks of pieces that are read from the top down."""
    drafts: list[Draft] = []
    ready = sorted((piece for piece in group if isinstance(piece, Draft)), key=lambda draft: draft.box.y0)
    lines = lines_of(piece for piece in group if isinstance(piece, Segment))
    run: list[Line] = []
    for line in lines:
        while ready and ready[0].box.y0 <= (line.y0 + line.y1) / 2:
            drafts.extend(_draft_run(run, page, body, layout, known))
            run = []
            drafts.append(ready.pop(0))
        run.append(line)
    drafts.extend(_draft_run(run, page, body, layout, known))
    return [*drafts, *ready]


def _draft_run(lines: Sequence[Line], page: Gleaned, body: float, layout: Layout, known: Knowledge) -> list[Draft]:
    """The blocks of lines that follow each other, tables without rules among them."""
    drafts: list[Draft] = []
    done = 0
    for first, end in aligned_runs(lines, layout):
        inside = [segment for line in lines[first:end] for segment in line.segments]
        table = build_table(inside, rules_inside(page.rules, bounds(inside)), page.fills, layout)
        if table is None:
            continue
        drafts.extend(draft_lines(lines[done:first], body, layout, known))
        drafts.append(table_draft(table))
        done = end
    drafts.extend(draft_lines(lines[done:], body, layout, known))
    return drafts
