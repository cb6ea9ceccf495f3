"""Pictures of what was understood: a page with its blocks, table grids, tiles, mentions and observations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pymupdf

from townclerk.extract.drawing_list import (
    DOUBTFUL,
    OBSERVED,
    PANEL_WIDTH,
    SURE,
    Colour,
    is_sure,
    list_observations,
    put_label,
)
from townclerk.extract.reading.pdf.opening import FAULTS, open_pdf, said
from townclerk.extract.reading.pictures import as_pages
from townclerk.models.document import Block, BlockKind, Box, Document, Table
from townclerk.models.errors import UnreadableError, UsageError
from townclerk.models.passage import Passage

if TYPE_CHECKING:
    from townclerk.models.mentions import Mentions
    from townclerk.models.observation import Observation

_KINDS: dict[BlockKind, Colour] = {
    BlockKind.HEADING: (0.80, 0.10, 0.45),
    BlockKind.PARAGRAPH: (0.10, 0.35, 0.80),
    BlockKind.LIST_ITEM: (0.00, 0.55, 0.60),
    BlockKind.TABLE: (0.85, 0.45, 0.00),
    BlockKind.TILE: (0.45, 0.15, 0.75),
    BlockKind.CAPTION: (0.45, 0.35, 0.10),
    BlockKind.CHART: (0.35, 0.45, 0.35),
    BlockKind.FURNITURE: (0.60, 0.60, 0.60),
}
# Mentions are underlined, each kind a little lower than the one before it.
_MENTIONS: dict[str, Colour] = {
    "indicator": (0.90, 0.00, 0.60),
    "figure": (0.95, 0.60, 0.00),
    "period": (0.00, 0.55, 0.90),
    "area": (0.50, 0.30, 0.05),
}
_LESS_SURE = f"observation less sure than {SURE}"
_COLUMN_IN_DOUBT = "column in doubt"
_NUMBERS = "1.2: first block in reading order, level 2"
_LEGEND_HEIGHT = 26.0
_FAINT = 0.12
_RESOLUTION = 130
# The longer side of a picture in pixels; a poster-sized page is drawn more coarsely.
_LONGEST = 3200.0


def draw_page(
    document: Document,
    data: bytes,
    page: int,
    observations: Iterable[Observation] = (),
    *,
    spot: Callable[[str], Mentions] | None = None,
    password: str | None = None,
) -> bytes:
    """Draw a page with what was understood on it.

    Args:
        document: The document as read.
        data: The file's bytes.
        page: Page number, from 1.
        observations: Observations of the document; those with evidence on the page are drawn.
        spot: Finds what a text names; without it no mentions are drawn.
        password: Opens a locked file.

    Returns:
        A PNG picture: blocks in the colour of their kind with their place in the reading order, the cells of tables
        and parts of tiles, indicators, figures, periods and areas underlined, observations numbered, a list of them
        beside the page, and a legend below it.

    Raises:
        UsageError: If the document has no such page, or no pages to draw.
        UnreadableError: If the page cannot be drawn.
    """
    of_picture = document.media_type.startswith("image/")
    if document.media_type != "application/pdf" and not of_picture:
        raise UsageError(f"{document.name}: only pages of a PDF or picture can be drawn; show its text with --text")
    if not 1 <= page <= len(document.pages):
        raise UsageError(f"{document.name}: has {len(document.pages)} pages; there is no page {page}")
    kind = document.media_type.removeprefix("image/")
    pdf = as_pages(data, kind) if of_picture else open_pdf(data, document.name, password)
    shown = [one for one in observations if any(place.page == page for place in one.evidence)]
    panel = PANEL_WIDTH if shown else 0.0
    try:
        canvas, sheet = _canvas(pdf, page, panel)
    except FAULTS as fault:
        raise UnreadableError(f"{document.name}: page {page} cannot be drawn ({said(fault)})") from None
    kinds: dict[str, Colour] = {}
    for number, block in enumerate((one for one in document.blocks if one.page == page), start=1):
        _draw_block(sheet, document, block, number)
        kinds[block.kind.value.replace("_", " ")] = _KINDS[block.kind]
    for block in document.blocks if spot is not None else ():
        if spot is not None and block.page == page and block.kind is not BlockKind.FURNITURE:
            kinds.update(_draw_mentions(sheet, document, block.passage, spot(block.passage.text)))
    if shown:
        if any(is_sure(one) for one in shown):
            kinds["observation"] = OBSERVED
        list_observations(sheet, document, page, shown, sheet.rect.width - panel)
    if not all(is_sure(one) for one in shown):
        kinds[_LESS_SURE] = DOUBTFUL
    if any(_has_doubtful_cell(block) for block in document.blocks if block.page == page):
        kinds[_COLUMN_IN_DOUBT] = DOUBTFUL
    _draw_legend(sheet, kinds)
    scale = _scale(sheet.rect.width, sheet.rect.height)
    picture: bytes = sheet.get_pixmap(matrix=pymupdf.Matrix(scale, scale)).tobytes("png")
    canvas.close()
    pdf.close()
    return picture


def _canvas(pdf: pymupdf.Document, page: int, panel: float) -> tuple[pymupdf.Document, pymupdf.Page]:
    """A new sheet with the page on it, room for a legend below and for a list beside it."""
    source = pdf[page - 1]
    width, height = source.rect.width, source.rect.height
    canvas = pymupdf.open()
    sheet = canvas.new_page(width=max(width, 300.0) + panel, height=height + _LEGEND_HEIGHT)
    # A picture of the page, not the page itself: its own rotation and damage stay behind.
    scale = _scale(width, height)
    picture = source.get_pixmap(matrix=pymupdf.Matrix(scale, scale))
    sheet.insert_image(pymupdf.Rect(0, 0, width, height), pixmap=picture)
    return canvas, sheet


def _scale(width: float, height: float) -> float:
    """Pixels a point."""
    return min(_RESOLUTION / 72, _LONGEST / max(width, height))


def _draw_block(sheet: pymupdf.Page, document: Document, block: Block, number: int) -> None:
    if block.box is None:
        return
    colour = _KINDS[block.kind]
    rect = _rect(block.box)
    sheet.draw_rect(rect, color=colour, fill=colour, fill_opacity=_FAINT if block.table is None else 0.03, width=0.8)
    level = f".{block.level}" if block.level else ""
    put_label(sheet, rect.x0, rect.y0, f"{number}{level}", colour)
    if block.table is not None:
        _draw_table(sheet, block.table, colour)
    for part in block.tile or ():
        value, label = _around(document, part.value), _around(document, part.label) if part.label else None
        if value is not None:
            sheet.draw_rect(value, color=colour, width=1.0)
        if value is not None and label is not None:
            sheet.draw_rect(label, color=colour, width=0.5, dashes="[2 2]")
            sheet.draw_line(_middle(label), _middle(value), color=colour, width=0.6)


def _middle(rect: pymupdf.Rect) -> pymupdf.Point:
    return pymupdf.Point((rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2)


def _around(document: Document, passage: Passage) -> pymupdf.Rect | None:
    """The box around all words of a passage."""
    if not passage.pieces:
        return None
    boxes = document.boxes(*passage.source_span(0, len(passage.text)))
    if not boxes:
        return None
    return pymupdf.Rect(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )


def _draw_mentions(sheet: pymupdf.Page, document: Document, passage: Passage, mentions: Mentions) -> dict[str, Colour]:
    """Underline what a passage names; returns the kinds there were with their colours."""
    found = {
        "indicator": [(one.start, one.end) for one in mentions.indicators],
        "figure": [(one.start, one.end) for one in mentions.figures],
        "period": [(one.start, one.end) for one in mentions.periods],
        "area": [(one.start, one.end) for one in mentions.areas],
    }
    for depth, (kind, spans) in enumerate(found.items()):
        for start, end in spans:
            try:
                boxes = document.boxes(*passage.source_span(start, end))
            except ValueError:  # none of its characters was printed: the reader put them in
                continue
            for box in boxes:
                y = box.y1 - 1 + 0.9 * depth
                sheet.draw_line((box.x0, y), (box.x1, y), color=_MENTIONS[kind], width=0.9)
    return {kind: _MENTIONS[kind] for kind, spans in found.items() if spans}


def _draw_table(sheet: pymupdf.Page, table: Table, colour: Colour) -> None:
    for row in table.rows:
        for cell in row:
            if cell.box is None:
                continue
            head = cell.row < table.header_rows
            sheet.draw_rect(
                _rect(cell.box),
                color=colour,
                width=0.5,
                fill=colour if head else None,
                fill_opacity=0.15 if head else 0.0,
            )
            if cell.is_doubtful:
                sheet.draw_rect(_rect(cell.box), color=DOUBTFUL, width=1.2, dashes="[2 2]")


def _draw_legend(sheet: pymupdf.Page, kinds: dict[str, Colour]) -> None:
    """One line below the page: what each colour means, each entry drawn as it is drawn on the page."""
    entries = list(kinds.items())
    x, y = 6.0, sheet.rect.height - _LEGEND_HEIGHT / 2
    room = sheet.rect.width - 12 - 19 * len(entries)
    length = sum(pymupdf.get_text_length(text, fontsize=1.0) for text in (*kinds, _NUMBERS))
    size = min(8.0, room / max(1.0, length))
    for text, colour in entries:
        swatch = pymupdf.Rect(x, y - 4, x + 8, y + 4)
        if text in _MENTIONS:
            sheet.draw_line(swatch.bl, swatch.br, color=colour, width=1.5)
        elif text == _COLUMN_IN_DOUBT:
            sheet.draw_rect(swatch, color=colour, width=1.2, dashes="[2 2]")
        elif colour in {OBSERVED, DOUBTFUL}:
            sheet.draw_rect(swatch, color=colour, width=1.1)
        else:
            sheet.draw_rect(swatch, color=colour, fill=colour, fill_opacity=0.4, width=0.5)
        sheet.insert_text((x + 11, y + 3), text, fontsize=size, color=(0, 0, 0))
        x += 19 + pymupdf.get_text_length(text, fontsize=size)
    sheet.insert_text((x, y + 3), _NUMBERS, fontsize=size, color=(0.4, 0.4, 0.4))


def _has_doubtful_cell(block: Block) -> bool:
    return block.table is not None and any(cell.is_doubtful for row in block.table.rows for cell in row)


def _rect(box: Box) -> pymupdf.Rect:
    return pymupdf.Rect(box.x0, box.y0, max(box.x1, box.x0 + 1), max(box.y1, box.y0 + 1))
