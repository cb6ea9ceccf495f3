"""Pictures of what the reader understood: a page with its blocks, table grids, tiles and observations drawn on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pymupdf

from townclerk.extract.reading.pdf.opening import FAULTS, open_pdf, said
from townclerk.extract.reading.pictures import as_pages
from townclerk.models.document import Block, BlockKind, Box, Cell, Document, Table
from townclerk.models.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from townclerk.models.observation import Observation

Colour = tuple[float, float, float]

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
_OBSERVED: Colour = (0.00, 0.55, 0.15)
_DOUBTFUL: Colour = (0.85, 0.05, 0.05)
_SURE = 0.5
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
    password: str | None = None,
) -> bytes:
    """Draw a page with what was understood on it.

    Args:
        document: The document as read.
        data: The file's bytes.
        page: Page number, from 1.
        observations: Observations of the document; those with evidence on the page are drawn.
        password: Opens a locked file.

    Returns:
        A PNG picture: blocks in the colour of their kind with their place in the reading order, the cells of tables,
        observations with indicator, value and confidence, and a legend below the page.

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
    try:
        canvas, sheet = _canvas(pdf, page)
    except FAULTS as fault:
        raise UnreadableError(f"{document.name}: page {page} cannot be drawn ({said(fault)})") from None
    kinds: dict[BlockKind, None] = {}
    for number, block in enumerate((one for one in document.blocks if one.page == page), start=1):
        _draw_block(sheet, block, number)
        kinds[block.kind] = None
    drawn = [_draw_observation(sheet, one, page) for one in observations]
    _draw_legend(sheet, list(kinds), any(drawn))
    scale = _scale(sheet.rect.width, sheet.rect.height)
    picture: bytes = sheet.get_pixmap(matrix=pymupdf.Matrix(scale, scale)).tobytes("png")
    canvas.close()
    pdf.close()
    return picture


def _canvas(pdf: pymupdf.Document, page: int) -> tuple[pymupdf.Document, pymupdf.Page]:
    """A new sheet with the page on it and room for a legend below."""
    source = pdf[page - 1]
    width, height = source.rect.width, source.rect.height
    canvas = pymupdf.open()
    sheet = canvas.new_page(width=max(width, 300.0), height=height + _LEGEND_HEIGHT)
    # A picture of the page, not the page itself: its own rotation and damage stay behind.
    scale = _scale(width, height)
    picture = source.get_pixmap(matrix=pymupdf.Matrix(scale, scale))
    sheet.insert_image(pymupdf.Rect(0, 0, width, height), pixmap=picture)
    return canvas, sheet


def _scale(width: float, height: float) -> float:
    """Pixels a point."""
    return min(_RESOLUTION / 72, _LONGEST / max(width, height))


def _draw_block(sheet: pymupdf.Page, block: Block, number: int) -> None:
    if block.box is None:
        return
    colour = _KINDS[block.kind]
    rect = _rect(block.box)
    sheet.draw_rect(rect, color=colour, fill=colour, fill_opacity=_FAINT if block.table is None else 0.03, width=0.8)
    level = f".{block.level}" if block.level else ""
    _put_label(sheet, rect.x0, rect.y0, f"{number}{level}", colour)
    if block.table is not None:
        _draw_table(sheet, block.table, colour)


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
            if _is_doubtful(cell):
                sheet.draw_rect(_rect(cell.box), color=_DOUBTFUL, width=1.2, dashes="[2 2]")


def _is_doubtful(cell: Cell) -> bool:
    """True where the two readings of a cell's column differ."""
    return cell.line_column is not None and cell.line_column != cell.column


def _draw_observation(sheet: pymupdf.Page, observation: Observation, page: int) -> bool:
    confidence = observation.confidence or 0.0
    colour = _OBSERVED if confidence >= _SURE else _DOUBTFUL
    drawn = False
    for evidence in observation.evidence:
        if evidence.page != page:
            continue
        for box in evidence.boxes:
            sheet.draw_rect(pymupdf.Rect(box), color=colour, width=1.1)
        if evidence.boxes and not drawn:
            said = f"{observation.indicator_id or 'no indicator'} {observation.value_text} {confidence:.2f}"
            _put_label(sheet, evidence.boxes[0][0], evidence.boxes[0][3] + 5, said, colour)
        drawn = True
    return drawn


def _draw_legend(sheet: pymupdf.Page, kinds: Sequence[BlockKind], observed: bool) -> None:
    """One line below the page: what each colour means."""
    entries = [(kind.value.replace("_", " "), _KINDS[kind]) for kind in kinds]
    if observed:
        entries.extend([("observation", _OBSERVED), (f"below {_SURE} or columns in doubt", _DOUBTFUL)])
    x, y = 6.0, sheet.rect.height - _LEGEND_HEIGHT / 2
    size = min(8.0, sheet.rect.width / max(1, sum(len(text) + 5 for text, _ in entries)) * 1.8)
    for text, colour in entries:
        sheet.draw_rect(pymupdf.Rect(x, y - 4, x + 8, y + 4), color=colour, fill=colour, fill_opacity=0.4)
        sheet.insert_text((x + 11, y + 3), text, fontsize=size, color=(0, 0, 0))
        x += 19 + pymupdf.get_text_length(text, fontsize=size)


def _put_label(sheet: pymupdf.Page, x: float, y: float, text: str, colour: Colour) -> None:
    size = 5.5
    width = pymupdf.get_text_length(text, fontsize=size) + 2
    x = max(0.0, min(x - width - 1 if x > width else x, sheet.rect.width - width))
    sheet.draw_rect(pymupdf.Rect(x, y - 1, x + width, y + size), color=None, fill=(1, 1, 1), fill_opacity=0.8)
    sheet.insert_text((x + 1, y + size - 1), text, fontsize=size, color=colour)


def _rect(box: Box) -> pymupdf.Rect:
    return pymupdf.Rect(box.x0, box.y0, max(box.x1, box.x0 + 1), max(box.y1, box.y0 + 1))


def block_outline(document: Document) -> str:
    """The blocks of any document in reading order, for a terminal: kind, level, marker and text, tables as rows.

    Args:
        document: The document.

    Returns:
        Text with a line for each page and each block, ending in a line end.
    """
    lines: list[str] = []
    pages = {page.number: page for page in document.pages}
    lines.extend(f"── page {page.number}: {page.skipped} ──" for page in document.pages if page.skipped)
    number = 0
    for block in document.blocks:
        if block.page != number:
            number = block.page
            label = f" ({pages[number].label})" if number in pages and pages[number].label else ""
            lines.append(f"── page {number}{label} ──")
        kind = block.kind.value + (f" {block.level}" if block.level else "")
        marker = f"{block.marker} " if block.marker else ""
        lines.append(f"{kind:<14}  {marker}{_body(block)}")
    return "\n".join(lines) + "\n"


def _body(block: Block) -> str:
    indent = "\n" + " " * 16
    if block.table is not None:
        return indent.join(_row(row, block.table) for row in block.table.rows)
    if block.tile is not None:
        return indent.join(f"{part.label.text if part.label else '?'} = {part.value.text}" for part in block.tile)
    return block.passage.text.replace("\n", indent).replace("\t", " │ ")


def _row(row: Sequence[Cell], table: Table) -> str:
    """A row with every column in its place; a cell over several columns is followed by arrows, a colour is named."""
    texts = [""] * table.columns
    for cell in row:
        said = cell.passage.text + (f" [{cell.rag.value}]" if cell.rag else "")
        texts[cell.column] = said.strip()
        for column in range(cell.column + 1, min(table.columns, cell.column + cell.column_span)):
            texts[column] = "←"
    return " │ ".join(texts)
