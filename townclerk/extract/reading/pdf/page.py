"""One page's layout: from words and vectors to drafts of blocks in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.extract.reading.pdf.blocks import draft_lines
from townclerk.extract.reading.pdf.columns import Piece, read_order
from townclerk.extract.reading.pdf.drafts import Draft
from townclerk.extract.reading.pdf.geometry import Line, Segment, bounds, lines_of
from townclerk.extract.reading.pdf.glean import Gleaned
from townclerk.extract.reading.pdf.knowledge import Layout
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
    drafts: list[Draft] = []
    for group in read_order(segments):
        drafts.extend(_draft_group(group, body, layout, known))
    for line in lines_of(furniture):
        drafts.append(Draft(BlockKind.FURNITURE, [line], bounds([line]), line.size, line.bold))
    return drafts


def _draft_group(group: Sequence[Piece], body: float, layout: Layout, known: Knowledge) -> list[Draft]:
    """The blocks of pieces that are read from the top down."""
    drafts: list[Draft] = []
    ready = sorted((piece for piece in group if isinstance(piece, Draft)), key=lambda draft: draft.box.y0)
    lines = lines_of(piece for piece in group if isinstance(piece, Segment))
    run: list[Line] = []
    for line in lines:
        while ready and ready[0].box.y0 <= (line.y0 + line.y1) / 2:
            drafts.extend(draft_lines(run, body, layout, known))
            run = []
            drafts.append(ready.pop(0))
        run.append(line)
    drafts.extend(draft_lines(run, body, layout, known))
    return [*drafts, *ready]
