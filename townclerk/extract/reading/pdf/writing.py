"""Writing the document's text from drafts, so that every word knows its span and every block its passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from operator import add

from townclerk.extract.reading.pdf.drafts import Draft, DraftCell, DraftPart, DraftTable
from townclerk.extract.reading.pdf.geometry import Word
from townclerk.extract.reading.pdf.turning import Turn
from townclerk.extract.reading.text.joining import join_lines
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.models.document import Block, BlockKind, Box, Cell, Table, TilePart, Words
from townclerk.models.passage import Passage, Piece

# A box a word: made as a bare tuple, which takes half the time.
_make_box = partial(tuple.__new__, Box)
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
        self._turn = turn if turn is not None and turn.is_turned_back else None

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
        tile: list[TilePart] | None = None
        if draft.parts:
            tile = []
            for place, draft_part in enumerate(draft.parts):
                part, said_so = self._part(draft_part, in_line=place > 0)
                tile.append(part)
                passages.extend(said_so)
        else:
            skip = draft.marker_length
            for line in draft.lines:
                passages.append(self.line(line.words, skip))
                skip = 0
                self.put("\n")
        self.put("\n")
        joiner = "\n" if draft.kind in {BlockKind.TILE, BlockKind.CHART} else " "
        said = [passage for passage in passages if passage.text]
        passage = self._joined(said) if joiner == " " else Passage.join(said, joiner)
        return Block(draft.kind, page, passage, draft.level, box, tile=tile, marker=draft.marker)

    def line(self, words: Sequence[Word], skip: int = 0) -> Passage:
        """Write one line of words; the first `skip` and all footnote marks are left out of the passage."""
        start = self.length
        marked = False
        if len(words) == 1:
            x0, y0, x1, y1, whole, marked = words[0]
            self.length = start + len(whole)
            self.words.starts.append(start)
            self.words.ends.append(self.length)
            boxes = [_make_box((x0, y0, x1, y1))]
        else:
            texts = [word.text for word in words]
            whole = " ".join(texts)
            self.length = start + len(whole)
            lengths = [*map(len, texts)]
            starts = [*accumulate([length + 1 for length in lengths[:-1]], initial=start)]
            self.words.starts.extend(starts)
            self.words.ends.extend(map(add, starts, lengths))
            boxes = [_make_box(word[:4]) for word in words]
            marked = True in [word.mark for word in words]
        self.parts.append(whole)
        self.words.boxes.extend(boxes if self._turn is None else [self._turn.shown(box) for box in boxes])
        if skip or marked:
            return _clean(whole, start, _said_spans(words, start, skip))
        if whole.isascii():
            return Passage.printed(whole, start)
        return _clean(whole, start, [(start, self.length)])

    def _joined(self, lines: Sequence[Passage]) -> Passage:
        """Lines as one passage, words broken by a hyphen made whole."""
        if not lines:
            return _EMPTY
        if len(lines) == 1:
            return lines[0]
        if any(line.text.endswith("-") for line in lines):
            return join_lines(lines, self.spellings, self.known)
        return Passage.join(lines, " ")

    def _part(self, part: DraftPart, in_line: bool) -> tuple[TilePart, list[Passage]]:
        """Write a value with its label, and what they read; `in_line` takes what is printed on one line as one."""
        if in_line and _on_one_line(part):
            return self._level_part(part)
        lines: list[Passage] = []
        for line in part.label:
            lines.append(self.line(line))
            self.put("\n")
        value = self.line(part.value)
        self.put("\n")
        said = self._joined(lines) if lines else None
        return TilePart(said, value), [value] if said is None else [said, value]

    def _level_part(self, part: DraftPart) -> tuple[TilePart, list[Passage]]:
        """Write a value and the words beside it in the order in which they are printed."""
        edge = part.value[0].x0
        words = [word for line in part.label for word in line]
        runs = ([word for word in words if word.x0 < edge], part.value, [word for word in words if word.x0 >= edge])
        said: list[Passage] = []
        for run in runs:
            if run and said:
                self.put(" ")
            if run:
                said.append(self.line(run))
        self.put("\n")
        value = said[1 if runs[0] else 0]
        label = Passage.join([passage for passage in said if passage is not value], " ")
        return TilePart(label, value), [Passage.join(said, " ")]

    def _table(self, draft: DraftTable) -> tuple[Table, Passage]:
        rows: list[list[Cell]] = []
        row_passages: list[Passage] = []
        for row in draft.rows:
            cells: list[Cell] = []
            column = 0
            for cell in row:
                if cell.column > column:
                    self.put("\t" * (cell.column - column))
                    column = cell.column
                cells.append(self._cell(cell))
            self.put("\n")
            rows.append(cells)
            row_passages.append(Passage.join([cell.passage for cell in cells], "\t"))
        table = Table(rows, draft.columns, draft.header_rows, draft.continues)
        return table, Passage.join(row_passages, "\n")

    def _cell(self, draft: DraftCell) -> Cell:
        if len(draft.lines) == 1:
            passage = self.line(draft.lines[0])
        else:
            passages: list[Passage] = []
            for index, line in enumerate(draft.lines):
                if index:
                    self.put(" ")
                passages.append(self.line(line))
            passage = self._joined([passage for passage in passages if passage.text])
        box = self._shown(draft.box) if draft.box else None
        return Cell(
            draft.row,
            draft.column,
            passage,
            draft.row_span,
            draft.column_span,
            box,
            draft.rag,
            draft.line_column,
            draft.line_row,
        )

    def _shown(self, box: Box) -> Box:
        return box if self._turn is None else self._turn.shown(box)


def _on_one_line(part: DraftPart) -> bool:
    """True where all words of a label stand at their value's height."""
    middle = (part.value[0].y0 + part.value[0].y1) / 2
    words = [word for line in part.label for word in line]
    return bool(words) and all(word.y0 < middle < word.y1 for word in words)


def _said_spans(words: Sequence[Word], start: int, skip: int) -> list[tuple[int, int]]:
    """Spans of the words that are neither among the first `skip` nor footnote marks."""
    spans: list[tuple[int, int]] = []
    position, broken = start, True
    for index, word in enumerate(words):
        end = position + len(word.text)
        if index < skip or word.mark:
            broken = True
        elif broken:
            spans.append((position, end))
            broken = False
        else:
            spans[-1] = (spans[-1][0], end)
        position = end + 1
    return spans


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
