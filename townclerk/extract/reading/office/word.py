"""Word documents: paragraphs by their styles, tables by their grid, pages where Word broke them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from townclerk.extract.reading.office.building import Builder, Slot, tidy
from townclerk.extract.reading.pdf.knowledge import layout_knowledge
from townclerk.extract.reading.text.headings import is_title
from townclerk.extract.reading.text.knowledge import knowledge
from townclerk.models.document import BlockKind, Document
from townclerk.models.units import Rag

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADING = re.compile(r"(?:heading|title|subtitle)\s*(\d?)", re.IGNORECASE)
_LIST = re.compile(r"list", re.IGNORECASE)
# Pictures of more points than this could hold a table or a dashboard.
_PICTURE = (200.0, 100.0)
_EMU = 12_700


def read_word(data: bytes, name: str, sha256: str) -> Document:
    """Read a Word document.

    Raises:
        KeyError, ValueError: As the library raises them for a damaged file.
    """
    file = docx.Document(io.BytesIO(data))
    builder = Builder()
    builder.page()
    for section in file.sections[:1]:
        for paragraph in section.header.paragraphs:
            builder.say(BlockKind.FURNITURE, _words(paragraph._p))
    _read_inside(file, builder)
    for note in _notes(file):
        builder.say(BlockKind.PARAGRAPH, note)
    return builder.document(name, sha256, MEDIA_TYPE)


def _read_inside(holder: Any, builder: Builder) -> None:
    """Add what a document or a cell holds, in order."""
    for one in holder.iter_inner_content():
        if isinstance(one, Table):
            _add_table(one, builder)
        else:
            _add_paragraph(one, builder)


def _add_paragraph(paragraph: Paragraph, builder: Builder) -> None:
    element = paragraph._p
    if paragraph.rendered_page_breaks or element.xpath(".//w:br[@w:type='page']"):
        builder.page()
    kind, level, marker = _kind(paragraph)
    builder.say(kind, _words(element), level, marker)
    for box in _text_boxes(element):
        lines = [tidy(_words(inner)) for inner in box.iter(qn("w:p"))]
        _add_box([line for line in lines if line], builder)
    if _has_picture(element):
        builder.skip("a picture on it was not read; save the document as PDF and give that to have it read")


def _add_box(lines: list[str], builder: Builder) -> None:
    """Add the lines of a box: a value with its label, or words."""
    value = layout_knowledge().value
    values = [line for line in lines if value.fullmatch(line)]
    if len(values) == 1 and 2 <= len(lines) <= 5:
        builder.tile(" ".join(line for line in lines if line != values[0]), values[0])
        return
    for line in lines:
        builder.say(BlockKind.PARAGRAPH, line)


def _kind(paragraph: Paragraph) -> tuple[BlockKind, int, str]:
    """What part a paragraph plays, its level and its marker."""
    style = paragraph.style
    while style is not None:
        heading = _HEADING.match(style.name or "")
        if heading:
            return BlockKind.HEADING, int(heading[1] or 1), ""
        if (style.name or "").lower() == "caption":
            return BlockKind.CAPTION, 0, ""
        if _LIST.match(style.name or "") and "paragraph" not in (style.name or "").lower():
            return BlockKind.LIST_ITEM, 1, "•"
        style = style.base_style
    numbered = paragraph._p.xpath("./w:pPr/w:numPr")
    if numbered:
        depth = paragraph._p.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
        return BlockKind.LIST_ITEM, int(depth[0]) + 1 if depth else 1, "•"
    text = paragraph.text.strip()
    runs = [run for run in paragraph.runs if run.text.strip()]
    if runs and all(run.bold for run in runs) and len(text) < 160 and is_title(text, knowledge()):
        return BlockKind.HEADING, 3, ""
    return BlockKind.PARAGRAPH, 0, ""


def _words(element: Any) -> str:
    """The words of an element: insertions stand, deletions do not; what boxes hold is told apart."""
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in {qn("w:t"), qn("w:noBreakHyphen")}:
            yield child.text if tag == qn("w:t") and child.text else ("-" if tag != qn("w:t") else "")
        elif tag in {qn("w:tab"), qn("w:br"), qn("w:cr")}:
            yield " "
        elif tag in {
            qn("w:del"),
            qn("w:moveFrom"),
            qn("w:drawing"),
            qn("w:pict"),
            qn("w:pPr"),
            qn("w:rPr"),
            _ALTERNATE,
        }:
            continue
        else:
            yield from _pieces(child)
            if tag == qn("w:p"):
                yield " "


_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def _text_boxes(element: Any) -> list[Any]:
    """The boxes drawn at a paragraph; the copy kept for old programs is left out."""
    return list(
        element.xpath(".//w:txbxContent[not(ancestor::*[local-name()='Fallback']) and not(ancestor::w:txbxContent)]")
    )


def _has_picture(element: Any) -> bool:
    for extent in element.xpath(".//w:drawing[.//pic:pic]//wp:extent"):
        if int(extent.get("cx", 0)) > _PICTURE[0] * _EMU and int(extent.get("cy", 0)) > _PICTURE[1] * _EMU:
            return True
    return False


def _add_table(table: Table, builder: Builder) -> None:
    """Add a table; one that only frames other tables, or a single cell of text, is walked through."""
    slots: list[Slot] = []
    places: dict[Any, Slot] = {}
    for number, row in enumerate(table.rows):
        column = row.grid_cols_before
        for cell in row.cells:
            place = places.get(cell._tc)
            if place is None:
                place = Slot(number, column, tidy(_words(cell._tc)), rag=_colour(cell._tc))
                places[cell._tc] = place
                slots.append(place)
            place.row_span = max(place.row_span, number - place.row + 1)
            place.column_span = max(place.column_span, column - place.column + 1)
            column += 1
    if len(slots) == 1 or any(cell.xpath("./w:tbl") for cell in places):
        _walk_cells(table, builder)
        return
    heads = {number for number, row in enumerate(table.rows) if row._tr.xpath("./w:trPr/w:tblHeader")}
    for slot in slots:
        slot.is_head = slot.row in heads
    builder.table(slots)


def _walk_cells(table: Table, builder: Builder) -> None:
    seen: set[Any] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                _read_inside(cell, builder)


def _colour(cell: Any) -> Rag | None:
    """What the shading of a cell stands for."""
    fills = cell.xpath("./w:tcPr/w:shd/@w:fill")
    if not fills or not re.fullmatch(r"[0-9A-Fa-f]{6}", fills[0]):
        return None
    return layout_knowledge().rag_of(int(fills[0], 16))


def _notes(file: Any) -> Iterator[str]:
    """The document's footnotes and endnotes."""
    from lxml import etree  # noqa: PLC0415 - comes with python-docx

    for relation in file.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        for note in root:
            if note.get(qn("w:type")) is None:
                yield _words(note)
