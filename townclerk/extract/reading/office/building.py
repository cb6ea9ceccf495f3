"""Writing a document from blocks that a file names as such: headings, paragraphs, list items, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from townclerk.extract.reading.pdf.knowledge import layout_knowledge
from townclerk.models.document import Block, BlockKind, Cell, Document, Origin, Page, Table, TilePart
from townclerk.models.passage import Passage, Piece
from townclerk.models.units import Rag

_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_MOST_ROWS_OF_HEADS = 4


@dataclass(slots=True)
class Slot:
    """A cell as a file gives it.

    Attributes:
        row: From 0.
        column: From 0.
        text: Its words, on one line.
        row_span: Rows it covers.
        column_span: Columns it covers.
        rag: The colour its fill stands for.
        is_head: True where the file itself says it is a head.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    rag: Rag | None = None
    is_head: bool = False


def tidy(text: str) -> str:
    """Text on one line, with single blanks."""
    return _BLANKS.sub(" ", text).strip()


class Builder:
    """Collects pages and blocks, and the text their spans point into."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._pages: list[Page] = []
        self.blocks: list[Block] = []

    def page(self, label: str = "") -> None:
        """Begin a page (a sheet, a slide)."""
        if self._pages:
            self._pages[-1].end = self._length
            self._put("\f")
        self._pages.append(Page(len(self._pages) + 1, self._length, self._length, origin=Origin.TEXT, label=label))

    def skip(self, why: str) -> None:
        """Say why the page, or a part of it, was not read; what was said before stands too."""
        page = self._pages[-1]
        page.skipped = f"{page.skipped}; {why}" if page.skipped else why

    def say(self, kind: BlockKind, text: str, level: int = 0, marker: str = "") -> None:
        """Add a block of words; nothing is added where there are none."""
        said = tidy(text)
        if not said:
            return
        if marker:
            self._put(f"{marker} ")
        passage = self._write(said)
        self._put("\n\n")
        self.blocks.append(Block(kind, len(self._pages), passage, level, marker=marker))

    def tile(self, label: str, value: str, lines: Sequence[str] = ()) -> None:
        """Add a labelled value that stands alone in a box, with the lines printed below it ("last month 405")."""
        shown = self._write(tidy(value))
        self._put("\n")
        named = self._write(tidy(label))
        passages = [shown, named]
        for line in lines:
            self._put("\n")
            passages.append(self._write(tidy(line)))
        self._put("\n\n")
        whole = Passage.join(passages, "\n")
        self.blocks.append(Block(BlockKind.TILE, len(self._pages), whole, tile=[TilePart(named, shown)]))

    def table(self, slots: Sequence[Slot]) -> None:
        """Add a table; one without words is left out, and one of a single column is a run of paragraphs."""
        filled = [slot for slot in slots if slot.text]
        columns = max((slot.column + slot.column_span for slot in filled), default=0)
        if len({slot.column for slot in filled}) < 2:
            for slot in filled:
                self.say(BlockKind.PARAGRAPH, slot.text)
            return
        rows: dict[int, list[Slot]] = {}
        for slot in sorted(filled, key=lambda one: (one.row, one.column)):
            rows.setdefault(slot.row, []).append(slot)
        numbers = {row: number for number, row in enumerate(rows)}
        cells: list[list[Cell]] = []
        passages: list[Passage] = []
        for row in rows.values():
            line = [self._cell(slot, numbers, index) for index, slot in enumerate(row)]
            self._put("\n")
            cells.append(line)
            passages.append(Passage.join([cell.passage for cell in line], "\t"))
        self._put("\n")
        table = Table(cells, columns, _head_rows(list(rows.values()), columns))
        self.blocks.append(Block(BlockKind.TABLE, len(self._pages), Passage.join(passages, "\n"), table=table))

    def document(self, name: str, sha256: str, media_type: str) -> Document:
        """The document, its facts not settled."""
        if not self._pages:
            self.page()
        self._pages[-1].end = self._length
        return Document(name, sha256, "".join(self._parts), self._pages, self.blocks, media_type=media_type)

    def _cell(self, slot: Slot, numbers: dict[int, int], index: int) -> Cell:
        if index:
            self._put("\t")
        spanned = sum(slot.row <= row < slot.row + slot.row_span for row in numbers)
        return Cell(
            numbers[slot.row],
            slot.column,
            self._write(slot.text),
            max(1, spanned),
            slot.column_span,
            rag=slot.rag,
        )

    def _write(self, text: str) -> Passage:
        start = self._length
        self._put(text)
        return Passage(text, (Piece(0, len(text), start, self._length),) if text else ())

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _head_rows(rows: Sequence[Sequence[Slot]], columns: int) -> int:
    """How many rows at the top are heads: those the file calls so, else those without values behind column one."""
    said = 0
    for row in rows:
        if not all(slot.is_head for slot in row):
            break
        said += 1
    if 0 < said < len(rows):
        return said
    layout = layout_knowledge()
    for number, row in enumerate(rows[: _MOST_ROWS_OF_HEADS + 1]):
        behind = [slot.text for slot in row if slot.column > 0]
        values = [one for one in behind if layout.value.fullmatch(one) and not layout.period_head.fullmatch(one)]
        if values and len(values) * 2 >= len(behind):
            return number
    return 1 if len(rows) > 1 and columns > 1 else 0
