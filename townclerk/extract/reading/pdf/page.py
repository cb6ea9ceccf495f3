"""One page's layout: from words and vectors to drafts of blocks in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.extract.reading.pdf.blocks import draft_lines
from townclerk.extract.reading.pdf.boxed import table_parts
from townclerk.extract.reading.pdf.charts import find_charts
from townclerk.extract.reading.pdf.columns import Piece, read_order
from townclerk.extract.reading.pdf.drafts import Draft, DraftTable
from townclerk.extract.reading.pdf.geometry import Line, Segment, bounds, lines_of
from townclerk.extract.reading.pdf.glean import Gleaned, page_box
from townclerk.extract.reading.pdf.grid import build_table
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.regions import (
    Region,
    add_short_rules,
    lengthen,
    ruled_regions,
    rules_inside,
    take_head,
    widen,
)
from townclerk.extract.reading.pdf.runs import aligned_runs
from townclerk.extract.reading.pdf.ticks import part_ticks
from townclerk.extract.reading.pdf.tiles import find_tiles, frames_of, is_tile_frame
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.models.document import BlockKind


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
    regions = ruled_regions(page.rules, segments, layout) if page.rules else []
    pieces: list[Piece] = []
    free = _set_aside(find_charts(segments, page.rules, page.width, layout), segments, pieces)
    free = _set_aside(_ruled_tables(free, page, regions, layout), free, pieces)
    frames = frames_of(regions, page.fills)
    free = _set_aside(find_tiles(free, frames, page_box(page), layout), free, pieces)
    drafts: list[Draft] = []
    for group in read_order([*pieces, *free]):
        drafts.extend(_draft_group(group, page, body, layout, known))
    aside_lines = lines_of(furniture)
    return [
        *drafts,
        *(Draft(BlockKind.FURNITURE, [line], bounds([line]), line.size, line.bold) for line in aside_lines),
    ]


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
        add_short_rules(region, page.rules)
        held = [segment for segment in region.held(segments) if id(segment) not in taken]
        for inside, rules in table_parts(region, held):
            table = build_table(inside, rules, page.fills, layout) if len(inside) >= 4 else None
            if table is not None:
                taken.update(id(segment) for segment in inside)
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
