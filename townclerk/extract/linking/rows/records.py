"""Tables whose cells carry their heads beside them: forms of one measure each, and cards printed side by side.

"Actual | 69 | Plan | 60" is a row of two heads and their values; "381 | 74%" under two names, over "Previous | 366 |
Previous | 77%", are two cards. Both become a plain table with one row a measure, which the table linker reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.heads import is_head
from townclerk.extract.linking.tables.columns import read_column
from townclerk.extract.linking.tables.selfheaded import head_end
from townclerk.extract.spotting.figures import read_cell
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, Cell, Table
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import ColumnKind, table_words

_LONGEST_HEAD = 40
_LONGEST_NAME = 24
_FEWEST_COMMENT = 8
_EMPTY = Passage("", ())
# The column of colours and directions that stand under no words.
_MARK = "\n"


@dataclass(slots=True)
class _Record:
    """One measure: the words that name it, its values with the words beside each, what is said of it."""

    names: list[Passage] = field(default_factory=list)
    parts: list[tuple[Passage, Passage]] = field(default_factory=list)
    comments: list[Passage] = field(default_factory=list)

    def alone(self) -> int:
        """How many of its values stand under no words of their own; a colour or direction is none."""
        return sum(not head.text and not _is_mark(value) for head, value in self.parts)


def recorded(block: Block, knowledge: Knowledge) -> Block | None:
    """A table of forms or cards as a plain table with one row a measure.

    Args:
        block: A table's block.
        knowledge: For places in heads.

    Returns:
        The plain table; None for a table that is no form and holds no cards.
    """
    if block.table is None:
        return None
    rows = [[cell for cell in row if cell.passage.text.strip()] for row in block.table.rows]
    records: list[_Record] = []
    for strip in _strips([row for row in rows if row], knowledge):
        found = _read_strip(strip, knowledge)
        if found is None:
            return None
        records.extend(found)
    if not any(head.text for record in records for head, _ in record.parts):
        return None
    return replace(block, table=_plain(records, knowledge))


def _strips(rows: Sequence[list[Cell]], knowledge: Knowledge) -> Iterator[list[list[Cell]]]:
    """The rows from one row of names to the next."""
    strip: list[list[Cell]] = []
    valued = False
    for row, after in zip(rows, [*rows[1:], []], strict=True):
        named = _is_named(row, knowledge) and any(_is_value(cell) for cell in after)
        if valued and named:
            yield strip
            strip, valued = [], False
        strip.append(row)
        valued = valued or any(_is_value(cell) for cell in row)
    if strip:
        yield strip


def _read_strip(rows: list[list[Cell]], knowledge: Knowledge) -> list[_Record] | None:
    """The records of one strip: a card for every name in its first rows, or one form."""
    first = next((place for place, row in enumerate(rows) if not _is_named(row, knowledge)), len(rows))
    starts = sorted({cell.column for row in rows[:first] for cell in row})
    cards = _cards(rows, first, starts, knowledge)
    return cards if cards is not None or len(starts) > 1 else _form(rows, first, knowledge)


def _cards(rows: list[list[Cell]], first: int, starts: list[int], knowledge: Knowledge) -> list[_Record] | None:
    """A card for every name; None where one has not just one value without words beside it."""
    if not starts:
        return None
    ends = [*starts[1:], max(cell.column for row in rows for cell in row) + 1]
    records = [_Record() for _ in starts]
    for place, row in enumerate(rows):
        for record, start, end in zip(records, starts, ends, strict=True):
            cells = [cell for cell in row if start <= cell.column < end]
            if place < first:
                record.names.extend(cell.passage for cell in cells)
            elif not _take_card_row(record, cells, knowledge):
                return None
    return records if all(record.alone() == 1 for record in records) else None


def _take_card_row(record: _Record, cells: list[Cell], knowledge: Knowledge) -> bool:
    """Take one line of a card: a value, words and a value, both in one cell, or words alone; False for more."""
    if len(cells) > 2 or (len(cells) == 2 and (_is_value(cells[0]) or not _may_head(cells[0]))):
        return False
    if len(cells) == 2:
        record.parts.append((cells[0].passage, cells[1].passage))
    elif cells and _is_value(cells[0]):
        record.parts.append((_EMPTY, cells[0].passage))
    elif cells and (cut := _cut(cells[0], knowledge)):
        record.parts.append(cut)
    return True


def _form(rows: list[list[Cell]], first: int, knowledge: Knowledge) -> list[_Record] | None:
    """The one record of a form, whose rows hold two heads each; None for rows that are a plain table's."""
    record = _Record([cell.passage for row in rows[:first] for cell in row])
    paired = 0
    for row in rows[first:]:
        parts = _pairs(row, knowledge)
        if parts is None:
            return None
        valued = [(head, value) for head, value in parts if _says_value(value.text)]
        paired += len(valued) > 1 and all(_is_known(head, knowledge) for head, _ in valued)
        for head, value in parts:
            if _kind(head) is ColumnKind.LABEL and not record.names:
                record.names.append(value)
            elif _says_value(value.text):
                record.parts.append((head, value))
            elif len(value.text.split()) >= _FEWEST_COMMENT:
                record.comments.append(value)
    return [record] if paired else None


def _pairs(row: list[Cell], knowledge: Knowledge) -> list[tuple[Passage, Passage]] | None:
    """The heads of a form's row with what stands behind each; None for a row that is no chain of pairs."""
    found: list[tuple[Passage, Passage]] = []
    place = 0
    while place < len(row):
        cell = row[place]
        if (cut := _cut(cell, knowledge)) is not None:
            found.append(cut)
            place += 1
        elif _is_value(cell):
            return None
        elif place + 1 == len(row):
            found.append((_EMPTY, cell.passage))
            place += 1
        elif _cut(row[place + 1], knowledge) is not None:
            return None
        else:
            found.append((cell.passage, row[place + 1].passage))
            place += 2
    return found


def _plain(records: list[_Record], knowledge: Knowledge) -> Table:
    """The records as rows under the heads that they share; values beside unknown words are left out."""
    heads: dict[str, Passage] = {}
    for record in records:
        for head, value in record.parts:
            if _is_mark(value) and not head.text:
                heads.setdefault(_MARK, _EMPTY)
            elif not head.text or _is_known(head, knowledge):
                heads.setdefault(_key(head), head)
            elif not _is_number(value):
                heads.setdefault("", _EMPTY)
    order = list(heads)
    rows = [[Cell(0, 0, _EMPTY), *(Cell(0, place, head) for place, head in enumerate(heads.values(), 1))]]
    for record in records:
        cells = [Cell(len(rows), 0, Passage.join(record.names))]
        for head, value in record.parts:
            known = not head.text or _is_known(head, knowledge)
            if known:
                key = _MARK if _is_mark(value) and not head.text else _key(head)
                cells.append(Cell(len(rows), 1 + order.index(key), value))
        rows.append(cells)
        rows.extend([Cell(0, 0, comment)] for comment in record.comments)
    settled = [[replace(cell, row=number) for cell in row] for number, row in enumerate(rows)]
    return Table(settled, 1 + len(order), 1)


def _is_named(row: Sequence[Cell], knowledge: Knowledge) -> bool:
    """True for a row of nothing but names: words that are neither a value nor a head, nor lead one of the two."""
    return all(
        any(char.isalpha() for char in cell.passage.text)
        and len(cell.passage.text.split()) <= _LONGEST_NAME
        and not _is_value(cell)
        and not is_head(cell.passage.text, knowledge)
        and _cut(cell, knowledge) is None
        for cell in row
    )


def _cut(cell: Cell, knowledge: Knowledge) -> tuple[Passage, Passage] | None:
    """The head and the value of a cell that holds both ("Target 290"); None for another."""
    text = cell.passage.text
    end = head_end(text)
    rest = text[end:].strip(" :-–")
    headed = any(char.isalpha() for char in text[:end])
    if not headed or len(text) > _LONGEST_HEAD or not rest or not _says_value(rest):
        return None
    start = text.index(rest, end)
    head = cell.passage.slice(0, len(text[:end].rstrip(" :-–")))
    return (head, cell.passage.slice(start, start + len(rest))) if _is_known(head, knowledge) else None


def _may_head(cell: Cell) -> bool:
    return len(cell.passage.text) <= _LONGEST_HEAD and any(char.isalpha() for char in cell.passage.text)


def _is_value(cell: Cell) -> bool:
    return _says_value(cell.passage.text)


@lru_cache(maxsize=8192)
def _says_value(said: str) -> bool:
    """True for a cell that is a figure or the mark of a colour or direction; a table's rows ask of their neighbours."""
    text = said.strip()
    if text.lower() in table_words().marks:
        return True
    if any(found.end - found.start >= len(text) and text[-1:].isalpha() for found in find_periods(text)):
        return False
    figures = read_cell(text)
    covered = sum(char.isalnum() for figure in figures for char in figure.text)
    return bool(figures) and len(text) <= 2 * _LONGEST_NAME and covered * 2 >= sum(char.isalnum() for char in text)


def _is_mark(passage: Passage) -> bool:
    """True for the word or glyph of a colour or a direction."""
    return passage.text.strip(" ()").lower() in table_words().marks


def _is_number(passage: Passage) -> bool:
    return has_digit(passage.text)


def _kind(head: Passage) -> ColumnKind | None:
    kinds = table_words().column_kinds(head.text)
    return kinds[0][0] if kinds else None


def _is_known(head: Passage, knowledge: Knowledge) -> bool:
    """True for words that head a column."""
    column = read_column(1, [head.text.strip(" :")], knowledge)
    return column.kind is not None or column.period is not None or column.area is not None


def _key(head: Passage) -> str:
    return " ".join(head.text.lower().split()).strip(" :")
