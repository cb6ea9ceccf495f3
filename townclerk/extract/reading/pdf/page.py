"""One page's layout: from words and vectors to drafts of blocks in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.extract.reading.pdf.blocks import draft_lines
from townclerk.extract.reading.pdf.boxed import table_parts
from townclerk.extract.reading.pdf.charts import find_charts
from townclerk.extract.reading.pdf.columns import Piece, read_order
from townclerk.extract.reading.pdf.drafts import Draft, DraftTable
from townclerk.extract.reading.pdf.geometry import Line, Segment, bounds, lines_of
from townclerk.extract.reading.pdf.glean import Gleaned
from townclerk.extract.reading.pdf.grid import build_table
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.regions import aligned_runs, ruled_regions, widen
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
    segments = [segment for segment in page.segments if id(segment) not in aside]
    charts = find_charts(segments, page.rules, page.width, layout)
    plotted = {id(segment) for _, held in charts for segment in held}
    segments = [segment for segment in segments if id(segment) not in plotted]
    pieces, taken = _ruled_tables(segments, page, layout)
    pieces.extend(chart for chart, _ in charts)
    drafts: list[Draft] = []
    for group in read_order([*pieces, *(segment for segment in segments if id(segment) not in taken)]):
        drafts.extend(_draft_group(group, body, layout, known))
    for line in lines_of(furniture):
        drafts.append(Draft(BlockKind.FURNITURE, [line], bounds([line]), line.size, line.bold))
    return drafts


def _ruled_tables(segments: Sequence[Segment], page: Gleaned, layout: Layout) -> tuple[list[Draft], set[int]]:
    """Tables in regions that rules make, and the segments they hold."""
    drafts: list[Draft] = []
    taken: set[int] = set()
    if not page.rules:
        return drafts, taken
    regions = [region for region in ruled_regions(page.rules, segments) if not region.is_panel]
    for region in regions:
        others = [other for other in regions if other is not region]
        widen(region, [segment for segment in segments if not any(other.holds(segment) for other in others)])
        held = [segment for segment in segments if id(segment) not in taken and region.holds(segment)]
        for inside, rules in table_parts(region, held):
            table = build_table(inside, rules, page.fills, layout) if len(inside) >= 4 else None
            if table is not None:
                taken.update(id(segment) for segment in inside)
                drafts.append(table_draft(table))
    return drafts, taken


def table_draft(table: DraftTable) -> Draft:
    """A table as a block."""
    return Draft(BlockKind.TABLE, [], table.box, table=table)


def _draft_group(group: Sequence[Piece], body: float, layout: Layout, known: Knowledge) -> list[Draft]:
    """The blocks of pieces that are read from the top down."""
    drafts: list[Draft] = []
    ready = sorted((piece for piece in group if isinstance(piece, Draft)), key=lambda draft: draft.box.y0)
    lines = lines_of(piece for piece in group if isinstance(piece, Segment))
    run: list[Line] = []
    for line in lines:
        while ready and ready[0].box.y0 <= (line.y0 + line.y1) / 2:
            drafts.extend(_draft_run(run, body, layout, known))
            run = []
            drafts.append(ready.pop(0))
        run.append(line)
    drafts.extend(_draft_run(run, body, layout, known))
    return [*drafts, *ready]


def _draft_run(lines: Sequence[Line], body: float, layout: Layout, known: Knowledge) -> list[Draft]:
    """The blocks of lines that follow each other, tables without rules among them."""
    drafts: list[Draft] = []
    done = 0
    for first, end in aligned_runs(lines, layout):
        table = build_table([segment for line in lines[first:end] for segment in line.segments], [], [], layout)
        if table is None:
            continue
        drafts.extend(draft_lines(lines[done:first], body, layout, known))
        drafts.append(table_draft(table))
        done = end
    drafts.extend(draft_lines(lines[done:], body, layout, known))
    return drafts
