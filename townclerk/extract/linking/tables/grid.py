"""A table as a linker sees it: cells by row and column, figures read, header rows told from data rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.tables.ages import age_columns
from townclerk.extract.linking.tables.openings import value_before_remark
from townclerk.extract.linking.tables.stacking import year_sources
from townclerk.extract.reading.text.tables import PER_SO_MANY
from townclerk.extract.spotting.figures import read_cell
from townclerk.extract.spotting.periods import find_periods
from townclerk.extract.spotting.periods.spot import find_whole
from townclerk.models.document import Cell, Table
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.passage import Passage
from townclerk.models.units import Rag, Unit
from townclerk.patterns.table_words import ROLE_KINDS, ColumnKind, table_words

_LONGEST_END = 8
_LONGEST_TITLE, _MOST_SPAN = 14, 1000
_FEWEST_LETTERS, _MOST_BOUNDING = 8, 5
_ONLY_A_TIME = re.compile(r"\b(?:months?|years?|quarters?)\s+(?:ago|earlier|before|back)\s*$", re.IGNORECASE)
_WORDED = frozenset({ColumnKind.RAG, ColumnKind.DIRECTION, ColumnKind.POLARITY, ColumnKind.COMMENT})
_PAIR, _LONGEST_IN_PAIR = 2, 4
_FEWEST_FACTS, _LEAST_TOLD, _MOST_OF, _LONGEST_PLACE = 2, 0.5, 0.6, 50
# Where nothing is told of its heads, a table has no more rows of them.
_MOST_HEADS = 4
_SPACED = re.compile(r"[1-9]\d{0,2}(?:\s\d{3})+")
# "Eng 20/21", "Q4 17/18": a year and whose or what it is, no 20 of 21.
_NAMED_YEAR = re.compile(r"\s*[^\W\d_][\w .]*\s\(?(\d\d)[/-](\d\d)\)?\s*")

# "203 (52.1 per 10,000, 0 - 17 population)": two measures in one cell.
COUNT_AND_RATE = re.compile(rf"\s*\d[\d,]*\s*\(\s*\d[\d,]*(?:\.\d+)?\s*{PER_SO_MANY}[^()]{{0,40}}\)\s*")


@dataclass(slots=True)
class GridCell:
    """A cell with the figures read in it; offsets of figures are in the cell's own text.

    Attributes:
        cell: The reader's cell.
        text: Its text; of a cell with a value and a remark on it the value.
        figures: Those in `text`.
        has_remark: True where a remark on the value was left out.
    """

    cell: Cell
    text: str
    figures: list[FigureMention]
    has_remark: bool = False
    _is_value: bool | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def is_value(self) -> bool:
        """True for a cell that is a figure or a mark, not words that hold one, nor "Twelve months ago"."""
        if self._is_value is None:
            self._is_value = self._holds_value()
        return self._is_value

    def _holds_value(self) -> bool:
        if COUNT_AND_RATE.fullmatch(self.text):
            return True
        if len(self.figures) != 1 and not (self.figures and len(self.text) <= 24):
            return False
        letters = sum(map(str.isalpha, self.text))
        if letters > _FEWEST_LETTERS and _ONLY_A_TIME.search(self.text):
            return False
        if (named := _NAMED_YEAR.fullmatch(self.text)) is not None and int(named[2]) == (int(named[1]) + 1) % 100:
            return False
        if self._is_bounded_share():
            return True
        covered = sum([sum(map(str.isalpha, figure.text)) for figure in self.figures])
        return letters - covered - (len(self.colour) if self.figures[-1].end < len(self.text) else 0) <= 3

    def _is_bounded_share(self) -> bool:
        """True for a share and on which side of it to be: "Less than 22%"; in the first column they name a row."""
        if not self.cell.column or len(self.figures) != 1 or self.figures[0].unit is not Unit.PERCENT:
            return False
        figure = self.figures[0]
        words = f"{self.text[: figure.start]} {self.text[figure.end :]}".lower().split()
        return 0 < len(words) <= _MOST_BOUNDING and table_words().bounding.issuperset(words)

    @property
    def colour(self) -> str:
        """The word for a colour that stands behind all else in the cell ("86.1% AMBER"), else ""."""
        last = self.text.split()[-1] if len(self.text.split()) > 1 else ""
        word = last.strip("()[]").lower()
        return word if len(word) > 1 and isinstance(table_words().marks.get(word), Rag) else ""

    @property
    def is_number(self) -> bool:
        """True for a value cell that prints a number."""
        return self.is_value and self.figures[0].form is not FigureForm.MARK


@dataclass(slots=True)
class Grid:
    """A table with its cells read.

    Attributes:
        rows: Cells by row.
        header_rows: Number of rows at the top that are heads.
        columns: Number of columns.
        heads: The texts over each column, top first.
        is_box: True for a box of facts, whose rows each have a head of their own.
    """

    rows: list[list[GridCell]]
    header_rows: int
    columns: int
    heads: list[list[str]] = field(default_factory=list)
    is_box: bool = False
    _below: dict[int, list[GridCell]] | None = field(default=None, init=False, repr=False, compare=False)
    _heads: list[_HeadRow] | None = field(default=None, init=False, repr=False, compare=False)

    def body(self) -> list[list[GridCell]]:
        """The rows under the heads."""
        return self.rows[self.header_rows :]

    def head_rows(self) -> list[_HeadRow]:
        """The rows of heads, top first."""
        if self._heads is None:
            self._heads = [_HeadRow(row) for row in self.rows[: self.header_rows]]
        return self._heads

    def below(self, column: int) -> list[GridCell]:
        """The cells under the heads of a column, top first; a row may have several there, or none.

        Args:
            column: The place of the column.
        """
        if self._below is None:
            self._below = {}
            for row in self.body():
                for cell in row:
                    self._below.setdefault(cell.cell.column, []).append(cell)
        return self._below.get(column, [])


def read_grid(table: Table, cells: Sequence[list[GridCell]], knowledge: Knowledge) -> Grid:
    """Settle which rows of a table are heads, and what its cells say.

    Args:
        table: The reader's grid.
        cells: Its cells, read.
        knowledge: For places in heads.
    """
    rows = _join_wrapped([_without_remarks(row) for row in cells])
    columns = max(table.columns, max((_end(row) for row in rows), default=0))
    is_box = columns == _PAIR and _is_box(rows, knowledge)
    header_rows = _header_rows(rows, table.header_rows, knowledge)
    if is_box and not any(_heads_values(row, knowledge) for row in rows[:header_rows]):
        header_rows = 0
    if _misses_corner(rows, header_rows, columns, knowledge):
        rows[header_rows - 1] = [replace(one, cell=_moved(one.cell)) for one in rows[header_rows - 1]]
    grid = Grid(rows, header_rows, columns, is_box=is_box)
    printed = [_head_of(column, grid) for column in range(columns)]
    for column, source in year_sources(printed).items():
        printed[column] = [*printed[source][:-1], printed[column][-1]]
    grid.heads = [[knowledge.columns.usual(part) for part in parts] for parts in printed]
    return grid


def _misses_corner(rows: list[list[GridCell]], header_rows: int, columns: int, knowledge: Knowledge) -> bool:
    """True for heads one column left of what they head: the empty cell over the labels was lost.

    The first says so, a place, a time or a role over the labels, where the last column has no head; one of values may
    end in columns of arrows, colours or words.
    """
    if not header_rows or columns <= _PAIR:
        return False
    heads = rows[header_rows - 1]
    filled = [row for row in rows[header_rows:] if len(row) > 1]
    placed = [one.cell.column for one in heads if one.text.strip() and one.cell.column_span == 1]
    if placed != list(range(columns - 1)) or len(placed) != len(heads) or len(filled) < _PAIR:
        return False
    texts = [one.text.strip() for one in heads]
    valued = next((n for n, text in enumerate(texts) if not _heads_value(text, knowledge)), len(texts))
    if valued < _PAIR or any(table_words().main_kind(text) not in _WORDED for text in texts[valued:]):
        return False
    return all(_has_label_beside(row, valued, columns) for row in filled)


def _has_label_beside(row: Sequence[GridCell], valued: int, columns: int) -> bool:
    """True for a row of words, a number in the last column of values right of them, and none in the last of others."""
    held = {one.cell.column: one for one in row}
    first, last = held.get(0), held.get(columns - 1)
    if first is None or first.is_value or last is None or valued not in held or not held[valued].is_number:
        return False
    return valued == columns - 1 or not last.is_number


def _heads_value(text: str, knowledge: Knowledge) -> bool:
    """True for a place, a time or a role and no more."""
    return _is_time(text) or knowledge.areas.read_cell(text) is not None or table_words().main_kind(text) in ROLE_KINDS


def _moved(cell: Cell) -> Cell:
    """A cell one column to the right."""
    return replace(cell, column=cell.column + 1)


def _without_remarks(row: list[GridCell]) -> list[GridCell]:
    """A row whose values behind its label are read without the remarks on them."""
    read: list[GridCell] = []
    labelled = False
    for cell in row:
        end = value_before_remark(cell.text) if labelled and not cell.is_value else 0
        text = cell.text[:end]
        read.append(GridCell(cell.cell, text, read_cell(text), has_remark=True) if end else cell)
        labelled = labelled or (not cell.is_value and any(map(str.isalpha, cell.text)))
    return read


def parts_of(table: Table, knowledge: Knowledge) -> list[tuple[Table, list[list[GridCell]]]]:
    """A table cut before every row of heads that stands below its values: each part has heads of its own.

    Args:
        table: The reader's grid.
        knowledge: For places in heads.

    Returns:
        The parts, each with its cells read.
    """
    rows = [[read_cell_of(cell) for cell in row] for row in table.rows]
    cuts = [0]
    named: set[int] = set()
    for number in range(max(2, table.header_rows), len(rows) - 1):
        before, row, after = rows[number - 1 : number + 2]
        if not heads_of_values(row, knowledge) or not any(c.is_value for c in after):
            continue
        if any(c.is_value for c in before):
            cuts.append(number)
        elif (
            number > _PAIR and any(c.is_value for c in rows[number - 2]) and table.title_at(number - 1, _LONGEST_TITLE)
        ):
            # The name of the measure stands over the heads.
            cuts.append(number - 1)
            named.add(number - 1)
    if len(cuts) == 1:
        return [(table, rows)]
    bounds = zip(cuts, [*cuts[1:], len(rows)], strict=True)
    told = {0: table.header_rows, **dict.fromkeys(named, _PAIR)}
    return [(Table(table.rows[a:b], table.columns, told.get(a, 1)), rows[a:b]) for a, b in bounds]


def heads_of_values(row: Sequence[GridCell], knowledge: Knowledge) -> bool:
    """True for a row of which every cell heads a column: times, places, roles."""
    filled = [cell for cell in row if cell.text.strip()]
    valued = any(cell.is_number and not _is_time(cell.text) and not _only_dates(cell) for cell in filled)
    return len(filled) >= _PAIR and not valued and all(_heads(cell.text, knowledge) for cell in filled)


def _join_wrapped(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """Rows with the ends of their labels, where a converter gave the second line of a label a row of its own."""
    joined: list[list[GridCell]] = []
    for row in rows:
        filled = [cell for cell in row if cell.text.strip()]
        before = [cell for cell in joined[-1] if cell.text.strip()] if joined else []
        ends = len(filled) == 1 and filled[0].cell.column == 0 and filled[0].text.lstrip()[:1].islower()
        named = before and before[0].cell.column == 0 and any(cell.is_value for cell in before[1:])
        if ends and named and len(filled[0].text.split()) <= _LONGEST_END:
            label = before[0].cell
            passage = Passage.join([label.passage, filled[0].cell.passage])
            whole = read_cell_of(replace(label, passage=passage))
            joined[-1] = [whole if cell is before[0] else cell for cell in joined[-1]]
        else:
            joined.append(row)
    return joined


def read_heads(table: Table, knowledge: Knowledge) -> Grid:
    """Read a table for its heads and first column only; unlike `read_grid`, a table may be nothing but heads.

    Args:
        table: The reader's grid.
        knowledge: For places in heads.
    """
    most = max(table.header_rows, _MOST_HEADS)
    rows = [
        [read_cell_of(cell) for cell in row if number < most or cell.column == 0]
        for number, row in enumerate(table.rows)
    ]
    width = max([table.columns, *(cell.column + cell.column_span for row in table.rows for cell in row)])
    return Grid(rows, _count_heads(rows, table.header_rows, width, knowledge), width)


def head_passages(column: int, grid: Grid) -> list[Passage]:
    """The passages over a column, top first."""
    found: list[Passage] = []
    for cell in _cells_over(column, grid):
        if all(cell.text.strip() != held.text.strip() for held in found):
            found.append(cell.cell.passage)
    return found


def read_cell_of(cell: Cell) -> GridCell:
    """A cell with its figures read."""
    text = cell.passage.text
    if _SPACED.fullmatch(text.strip()) is None:
        return GridCell(cell, text, read_cell(text))
    # A space marks the thousands: read with a comma in its place, which keeps every offset.
    figures = read_cell(re.sub(r"(?<=\d)\s(?=\d)", ",", text))
    return GridCell(cell, text, [replace(figure, text=text[figure.start : figure.end]) for figure in figures])


def _end(row: list[GridCell]) -> int:
    return max((cell.cell.column + cell.cell.column_span for cell in row), default=0)


def _header_rows(rows: list[list[GridCell]], told: int, knowledge: Knowledge) -> int:
    """Rows at the top that hold no values but heads: times, places, kinds of column."""
    width = max((_end(row) for row in rows), default=0)
    return min(_count_heads(rows, told, width, knowledge), max(0, len(rows) - 1))


def _is_box(rows: list[list[GridCell]], knowledge: Knowledge) -> bool:
    """True for a box of facts, whose rows each have a head of their own: "Owner | Head of Service", "Target | 20%"."""
    filled = [[cell for cell in row if cell.text.strip()] for row in rows]
    valued = [row[0].text.strip() for row in filled if len(row) == _PAIR and row[1].is_value and not row[0].is_value]
    told = [label for label in valued if _is_row_head(label, knowledge)]
    return len(set(told)) >= _FEWEST_FACTS and len(told) >= _LEAST_TOLD * len(valued)


def _is_row_head(label: str, knowledge: Knowledge) -> bool:
    """True for a label that is a time, a place or a role and nothing more."""
    label = knowledge.columns.usual(label)
    kinds = table_words().column_kinds(label)
    place = knowledge.areas.read_cell(label) if len(label) <= _LONGEST_PLACE else None
    named = place is not None and 2 * (place.end - place.start) >= len(label)
    return _is_time(label) or named or bool(kinds and kinds[0][1] >= _MOST_OF * len(label))


def _heads_values(row: list[GridCell], knowledge: Knowledge) -> bool:
    """True for a row with a time, a place or a role over the values."""
    texts = [knowledge.columns.usual(cell.text.strip()) for cell in row if cell.cell.column > 0 and cell.text.strip()]
    kinds = [kind for text in texts for kind, _ in table_words().column_kinds(text)[:1]]
    timed = any(find_periods(text) or knowledge.areas.read_cell(text) is not None for text in texts)
    corner = table_words().column_kinds(row[0].text.strip()) if row else ()
    # "Year" stands over the times of the rows, and over the values what is measured.
    dated = bool(corner) and corner[0][0] is ColumnKind.DATE and bool(texts)
    return timed or dated or any(kind in ROLE_KINDS for kind in kinds)


def _count_heads(rows: list[list[GridCell]], told: int, width: int, knowledge: Knowledge) -> int:
    """How many rows at the top are heads; a row across the whole table below heads is a group's name or a comment."""
    count = 0
    headed = False
    for row in rows[: max(told, _MOST_HEADS)]:
        filled = [cell for cell in row if cell.text.strip()]
        across = len(filled) == 1 and filled[0].cell.column_span >= width > 1
        if across and (headed or len(filled[0].text.split()) > _LONGEST_TITLE):
            break
        if not _is_head(row, knowledge, told > count):
            break
        headed = headed or len(filled) > 1
        count += 1
    return count


def _is_head(row: list[GridCell], knowledge: Knowledge, told: bool) -> bool:
    filled = [cell for cell in row if cell.text.strip()]
    if not filled:
        return True
    long = len(filled) == _PAIR and len(row) == _PAIR and len(filled[1].text.split()) > _LONGEST_IN_PAIR
    if long and not _is_time(filled[1].text):
        # "Definition | Children who ..." is what a box of facts says, not the heads of two columns.
        return False
    ages = age_columns([cell.text for cell in filled])
    numbers = [cell for place, cell in enumerate(filled) if cell.is_number and place not in ages]
    values = [cell for cell in numbers if not _is_time(cell.text) and not _only_dates(cell)]
    if any(cell.text.strip().lower() in table_words().totals for cell in filled[1:]):
        # Bands of age beside a total: "Under 5", "5 to 9", "All".
        return True
    if values:
        return False
    return told or any(_heads(cell.text, knowledge) for cell in filled[1:] or filled) or _stands_over(filled)


def _stands_over(filled: list[GridCell]) -> bool:
    """True for a lone cell that spans several columns: the upper of two stacked heads."""
    return len(filled) >= 1 and any(cell.cell.column_span > 1 for cell in filled)


def _is_time(text: str) -> bool:
    """True for a time and nothing else, also a stretch ("12 months") that is a time only as a head."""
    times = find_periods(text)
    return any(p.start <= 1 and p.end >= len(text.rstrip()) - 2 for p in times) or find_whole(text.strip()) is not None


def _only_dates(cell: GridCell) -> bool:
    """True where all that looks like a figure is a time: "SN 20/21"."""
    times = find_periods(cell.text)
    return all(any(t.start <= f.start and f.end <= t.end for t in times) for f in cell.figures)


def _heads(text: str, knowledge: Knowledge) -> bool:
    """True for words that head a column."""
    text = knowledge.columns.usual(text)
    return bool(
        _is_time(text)
        or knowledge.areas.read_cell(text) is not None
        or (len(text) <= 60 and table_words().column_kinds(text))
    )


def _head_of(column: int, grid: Grid) -> list[str]:
    """The head texts over a column, top first."""
    parts: list[str] = []
    for cell in _cells_over(column, grid):
        text = cell.text.strip()
        if text and text not in parts:
            parts.append(text)
    return parts


def _cells_over(column: int, grid: Grid) -> list[GridCell]:
    """The head cells over a column, top first; in all but the last head row a cell reaches to the next filled one.

    One that is told to span several columns reaches no further than to times: "Target" behind it is not under it.
    """
    heads = grid.head_rows()
    found: list[GridCell] = []
    lowest = heads[-1].over(column, None) if heads else None
    for number, row in enumerate(heads):
        reaching = None
        if number < grid.header_rows - 1:
            reaching = _MOST_SPAN if lowest is None or _is_time(lowest.text.strip()) else 1
        cell = row.over(column, reaching)
        if cell is not None:
            found.append(cell)
    return found


class _HeadRow:
    """A row of heads, asked what stands over a column.

    Args:
        row: Its cells, in order.
    """

    def __init__(self, row: Sequence[GridCell]) -> None:
        self._filled = [cell for cell in row if cell.text.strip()]
        self._over: dict[int, GridCell] = {}
        for cell in self._filled:
            for column in range(cell.cell.column, cell.cell.column + cell.cell.column_span):
                self._over.setdefault(column, cell)

    def over(self, column: int, reaching: int | None) -> GridCell | None:
        """The filled cell over a column, or the one that reaches to it from the left, if it spans so few columns."""
        if (cell := self._over.get(column)) is not None or reaching is None:
            return cell
        place = bisect_left(self._filled, column, key=lambda one: one.cell.column)
        best = self._filled[place - 1] if place else None
        if best is None or best.cell.column == 0 or best.cell.column_span > reaching:
            return None
        return best


def unit_of(texts: list[str]) -> Unit | None:
    """The unit that the nearest of several texts names, nearest last."""
    for text in reversed(texts):
        unit = table_words().unit(text)
        if unit is not None:
            return unit
    return None
