"""Writing the document's text from drafts, so that every word knows its span and every block its passage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from townclerk.extract.reading.pdf.drafts import Draft, DraftCell, DraftTable
from townclerk.extract.reading.pdf.geometry import Word
from townclerk.extract.reading.pdf.turning import Turn
from townclerk.extract.reading.text.joining import join_lines
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.models.document import Block, BlockKind, Box, Cell, Table, TilePart, Words
from townclerk.models.passage import Passage, Piece

_EMPTY = Passage("", ())
# Soft hyphens and characters without width say nothing; odd blanks are blanks.
_ODD = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+|[\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


class Writer:
    """Collects the text of a document, page by page."""

    def __init__(self, known: Knowledge, spellings: frozenset[str]) -> None:
        self.known = known
        self.spellings = spellings
        self.parts: list[str] = []
        self.length = 0
        self.words = Words()
        self._turn: Turn | None = None

    def start_page(self, turn: Turn | None) -> None:
        """Begin a page; `turn` brings its boxes back to the page as displayed."""
        self.words = Words()
        self._turn = turn

    def put(self, text: str) -> None:
        """Add text that belongs to no word."""
        self.parts.append(text)
        self.length += len(text)

    def block(self, draft: Draft, page: int) -> Block:
        """Write one block and the blank line behind it."""
        box = self._shown(draft.box)
        if draft.table is not None:
            table, passage = self._table(draft.table)
            self.put("\n")
            return Block(draft.kind, page, passage, box=box, table=table)
        passages: list[Passage] = []
        parts = [self._part_words(part.label, part.value) for part in draft.parts]
        tile: list[TilePart] | None = None
        if parts:
            tile = []
            for label, value in parts:
                tile.append(TilePart(label, value))
                passages.extend(passage for passage in (label, value) if passage is not None)
        else:
            skip = draft.marker_length
            for line in draft.lines:
                passages.append(self.line(line.words, skip))
                skip = 0
                self.put("\n")
        self.put("\n")
        joiner = "\n" if draft.kind in {BlockKind.TILE, BlockKind.CHART} else " "
        said = [passage for passage in passages if passage.text]
        if joiner == " ":
            passage = join_lines(said, self.spellings, self.known) if said else _EMPTY
        else:
            passage = Passage.join(said, joiner)
        return Block(draft.kind, page, passage, draft.level, box, tile=tile, marker=draft.marker)

    def line(self, words: Sequence[Word], skip: int = 0) -> Passage:
        """Write one line of words; the first `skip` and all footnote marks are left out of the passage."""
        start = self.length
        pieces: list[tuple[int, int]] = []
        starts, ends, boxes = self.words.starts, self.words.ends, self.words.boxes
        position = start
        out: list[str] = []
        broken = True
        turn = self._turn
        plain = turn is None or turn.shown(Box(0, 0, 1, 1)) == (0, 0, 1, 1)
        for index, word in enumerate(words):
            text = word[4]
            if out:
                out.append(" ")
                position += 1
            starts.append(position)
            end = position + len(text)
            ends.append(end)
            box = Box(word[0], word[1], word[2], word[3])
            boxes.append(box if plain or turn is None else turn.shown(box))
            out.append(text)
            if index < skip or word[5]:
                broken = True
            elif broken:
                pieces.append((position, end))
                broken = False
            else:
                pieces[-1] = (pieces[-1][0], end)
            position = end
        text = "".join(out)
        self.parts.append(text)
        self.length = position
        return _clean(text, start, pieces)

    def _part_words(self, label: list[list[Word]], value: list[Word]) -> tuple[Passage | None, Passage]:
        lines: list[Passage] = []
        for line in label:
            lines.append(self.line(line))
            self.put("\n")
        shown = self.line(value)
        self.put("\n")
        return (join_lines(lines, self.spellings, self.known) if lines else None), shown

    def _table(self, draft: DraftTable) -> tuple[Table, Passage]:
        rows: list[list[Cell]] = []
        row_passages: list[Passage] = []
        for row in draft.rows:
            cells: list[Cell] = []
            column = 0
            for cell in row:
                self.put("\t" * (cell.column - column))
                column = cell.column
                cells.append(self._cell(cell))
            self.put("\n")
            rows.append(cells)
            row_passages.append(Passage.join([cell.passage for cell in cells], "\t"))
        table = Table(rows, draft.columns, draft.header_rows, draft.continues)
        return table, Passage.join(row_passages, "\n")

    def _cell(self, draft: DraftCell) -> Cell:
        passages: list[Passage] = []
        for index, line in enumerate(draft.lines):
            if index:
                self.put(" ")
            passages.append(self.line(line))
        said = [passage for passage in passages if passage.text]
        passage = join_lines(said, self.spellings, self.known) if said else _EMPTY
        box = self._shown(draft.box) if draft.box else None
        return Cell(
            draft.row, draft.column, passage, draft.row_span, draft.column_span, box, draft.rag, draft.line_column
        )

    def _shown(self, box: Box) -> Box:
        return box if self._turn is None else self._turn.shown(box)


def _clean(text: str, start: int, spans: list[tuple[int, int]]) -> Passage:
    """The passage of some spans of a line just written, odd characters mended."""
    if len(spans) == 1 and text.isascii():
        first, last = spans[0]
        return Passage(text[first - start : last - start], (Piece(0, last - first, first, last),))
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for number, (first, last) in enumerate(spans):
        if number:
            texts.append(" ")
            length += 1
        position = first
        for odd in _ODD.finditer(text, first - start, last - start):
            keep = text[position - start : odd.start()]
            if keep:
                pieces.append(Piece(length, length + len(keep), position, start + odd.start()))
                texts.append(keep)
                length += len(keep)
            if odd[0][0] not in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff":
                texts.append(" ")
                length += 1
            position = start + odd.end()
        keep = text[position - start : last - start]
        if keep:
            pieces.append(Piece(length, length + len(keep), position, last))
            texts.append(keep)
            length += len(keep)
    return Passage("".join(texts), tuple(pieces))
