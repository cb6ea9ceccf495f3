"""Tables that lost their tabs: cells one below the other, or one blank apart; heads one below the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from townclerk.extract.reading.text.complete import names_comparator
from townclerk.extract.reading.text.joining import is_terminated
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row, breaks_off_at_per, is_value
from townclerk.extract.spotting.figures.atoms import is_damaged_number
from townclerk.extract.spotting.figures.marks import read_mark
from townclerk.extract.spotting.periods import find_periods, opening_time, times_apart
from townclerk.patterns.table_words import CORNER_KINDS, ROLE_KINDS, ColumnKind, table_words

_LONGEST_CELL = 80
_LONGEST_HEAD = 40
_MOST_COLUMNS = 12
_PEEK = 40
_LONGEST_TABLE = 2000
_MOST_LABEL_LINES = 3
_MOST_CELL_LINES = 4
_FEWEST_ROWS = 2
_WORD = re.compile(r"\S+")
# Heads that are no words.
_SIGN = re.compile(r"\([a-h]\)|%")
_COUNTED = re.compile(r"(?<=\d )[a-z]{4,}$", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class _Cell:
    """The lines of one cell."""

    text: str
    spans: tuple[tuple[int, int], ...]


def unrolled_rows(lines: list[Line], index: int) -> list[Row]:
    """The rows of a table whose cells stand one below the other from a line on.

    Every line is a cell; where blank lines part the cells, each is as many lines as stand together. A third of the rows
    must have as many values as the heads ask for; what a shorter one is missing is for the linker to judge.

    Args:
        lines: All lines.
        index: The line that may be its first head.

    Returns:
        The rows, heads first; nothing where the lines are no such table.
    """
    if _is_headed(lines, index):
        return []
    if _is_followed(lines, index):
        rows = _rows_of(lines, index, parted=False) if _heads(lines[index].text) else []
        if rows:
            return rows
    corner = next(iter(_parted_cells(lines, index, _MOST_CELL_LINES)), None)
    return _rows_of(lines, index, parted=True) if corner is not None and _is_corner(corner.text) else []


def _rows_of(lines: list[Line], index: int, *, parted: bool) -> list[Row]:
    cells = _parted_cells if parted else _cells
    # A look at the first lines keeps a long list of short lines from being read from each of them.
    peek = _groups(_to_last_value(cells(lines, index, _PEEK)))
    if len(peek) == 1:
        return []
    counts = [len(values) for _, values in peek]
    words = [cell.text for cell in peek[0][0]] if peek else []
    # The first row may be a short one.
    widths = dict.fromkeys((*counts[:1], max(counts, default=0)))
    counted = {width: _head_count(words, width) for width in widths if 0 < width < _MOST_COLUMNS}
    if not any(counted.values()):
        return []
    groups = _to_next_heads(_groups(_to_last_value(cells(lines, index, _LONGEST_TABLE))))
    width = max(len(values) for _, values in groups)
    full = sum(len(values) == width for _, values in groups)
    heads = counted.get(width, 0)
    if not heads or not _enough_full(full, len(groups)):
        return []
    (first, values), *others = groups
    # Beside the head of the labels stands one for every value: one was lost, and nobody knows which.
    corner = heads == width + 1 or _is_only_corner(first[0].text)
    top = Row({place + (not corner): [*cell.spans] for place, cell in enumerate(first[:heads])}, width + 1)
    return [top, *(_row(label, row) for label, row in [(first[heads:], values), *others])]


def _enough_full(full: int, rows: int) -> bool:
    """True where enough of a table's rows have a value for each of its heads: two, and a third of them."""
    return full == rows or (full >= _FEWEST_ROWS and 3 * full >= rows)


def _to_next_heads(groups: list[tuple[list[_Cell], list[_Cell]]]) -> list[tuple[list[_Cell], list[_Cell]]]:
    """The rows up to where more words than a label has stand in a row: the heads of another table."""
    end = next((place for place, (words, _) in enumerate(groups) if place and len(words) > _MOST_LABEL_LINES), None)
    return groups[:end]


def spaced_rows(lines: list[Line], index: int) -> list[Row]:
    """The rows of a table of times under a line of heads, with one blank between its cells ("2021/22 10 155").

    Args:
        lines: All lines.
        index: The line that may hold its heads.

    Returns:
        The rows, heads first; nothing where the lines are no such table.
    """
    head = lines[index]
    corner = head.text.split(" ", maxsplit=1)[0]
    if len(head.text) > _LONGEST_CELL or not _is_followed(lines, index) or not _is_corner(corner):
        return []
    rows: list[Row] = []
    for line in lines[index + 1 :]:
        row = _dated_row(line) if not line.furniture and line.gap == 0 else None
        if row is None or (rows and row.width != rows[0].width):
            break
        rows.append(row)
    if len(rows) < _FEWEST_ROWS:
        return []
    rest = [(match.start(), match.end()) for match in _WORD.finditer(head.text)][1:]
    width = rows[0].width - 1
    if width == 1 and rest:
        rest = [(rest[0][0], rest[-1][1])]
    if len(rest) != width:
        return []
    spots = [(0, len(corner)), *rest]
    top = Row({n: [(head.start + a, head.start + b)] for n, (a, b) in enumerate(spots)}, width + 1)
    return [top, *rows]


def _dated_row(line: Line) -> Row | None:
    """A line that is a time and values."""
    time = opening_time(line.text) if "\t" not in line.text else None
    values = values_behind(line, time.end) if time is not None else []
    if time is None or not values:
        return None
    spots = [(line.start, line.start + time.end), *values]
    return Row({place: [spot] for place, spot in enumerate(spots)}, len(spots))


def values_behind(line: Line, end: int) -> list[tuple[int, int]]:
    """Where the values stand that follow a place in a line; nothing where anything else follows too."""
    words = [match.span() for match in _WORD.finditer(line.text, end)]
    if not all(is_cell_value(line.text[a:b]) for a, b in words):
        return []
    return [(line.start + a, line.start + b) for a, b in words]


def stacked_heads(lines: list[Line], index: int) -> list[Row]:
    """The heads, one below the other from a line on, of the table with tabs that follows them at once.

    Args:
        lines: All lines.
        index: The line that may be the first head.

    Returns:
        One row; nothing where the lines are no heads of as many columns as the table has.
    """
    if not _is_followed(lines, index) or not _may_be_cell(lines[index]) or not _is_corner(lines[index].text):
        return []
    last = index
    while last < len(lines) and last - index <= _MOST_COLUMNS and "\t" not in lines[last].text:
        if (last > index and lines[last].gap) or not _may_be_cell(lines[last]) or is_cell_value(lines[last].text):
            return []
        last += 1
    heads = lines[index:last]
    cells = lines[last].text.count("\t") + 1 if last < len(lines) and lines[last].gap == 0 else 0
    known = sum(_heads(line.text) for line in heads[1:])
    if len(heads) < _FEWEST_ROWS or cells != len(heads) or 2 * known < len(heads) - 1:
        return []
    return [Row({place: [_span(line)] for place, line in enumerate(heads)}, len(heads))]


def _is_followed(lines: list[Line], index: int) -> bool:
    """True where another line follows without a blank one between, as every table's does."""
    return index + 1 < len(lines) and lines[index + 1].gap == 0


def _is_headed(lines: list[Line], index: int) -> bool:
    """True for a head of values right below another or the labels' own: the table begins there, or is none."""
    if not index or lines[index].gap or not _heads_values(lines[index].text):
        return False
    above = lines[index - 1].text
    return _is_only_corner(above) or _heads_values(above)


def _cells(lines: list[Line], index: int, most: int) -> list[_Cell]:
    """The lines from one on that can be cells, none parted by a blank one, at most so many."""
    last = index
    while (
        last < min(len(lines), index + most) and (last == index or lines[last].gap == 0) and _may_be_cell(lines[last])
    ):
        last += 1
    return [_Cell(line.text, (_span(line),)) for line in lines[index:last]]


def _parted_cells(lines: list[Line], index: int, most: int) -> list[_Cell]:
    """The cells from a line on that one blank line parts each from the next, in at most so many lines."""
    cells: list[_Cell] = []
    last = index
    while last < min(len(lines), index + most):
        end = last + 1
        while end < len(lines) and lines[end].gap == 0 and end - last <= _MOST_CELL_LINES:
            end += 1
        together = lines[last:end]
        if (
            (last > index and together[0].gap != 1)
            or len(together) > _MOST_CELL_LINES
            or not all(map(_may_be_cell, together))
        ):
            break
        cells.append(_Cell(" ".join(line.text for line in together), tuple(map(_span, together))))
        last = end
    return cells


def _to_last_value(cells: list[_Cell]) -> list[_Cell]:
    while cells and not is_cell_value(cells[-1].text):
        cells.pop()
    return cells


def _may_be_cell(line: Line) -> bool:
    sentence = is_terminated(line.text) and len(line.text.split()) > _MOST_LABEL_LINES
    return len(line.text) <= _LONGEST_CELL and "\t" not in line.text and not line.furniture and not sentence


def _groups(cells: list[_Cell]) -> list[tuple[list[_Cell], list[_Cell]]]:
    """Cells of words, each with the cells of values behind them."""
    groups: list[tuple[list[_Cell], list[_Cell]]] = []
    before = ""
    for cell in cells:
        value = is_cell_value(cell.text) and not breaks_off_at_per(before, cell.text)
        if not groups or (not value and groups[-1][1]):
            groups.append(([], []))
        groups[-1][value].append(cell)
        before = cell.text
    return groups


def _head_count(words: list[str], width: int) -> int:
    """How many of the lines before the first values are heads, a label left behind them; 0 where it cannot be told."""
    for count, corner in ((width + 1, True), (width, False)):
        if not 0 < len(words) - count <= _MOST_LABEL_LINES:
            continue
        named = words[1:count] if corner else words[:count]
        if any(map(_is_only_corner, words[1:count])) or any(map(_heads_values, words[count:-1])):
            continue
        known = sum(_heads(text) for text in named)
        if corner and _is_corner(words[0]) and (width == 1 or 2 * known >= width):
            return count
        if width > 1 and known == width:
            # Before heads for all columns, the first line is the corner, whatever it says: "Placement type".
            return count
    return 0


def _heads(text: str) -> bool:
    """True for words that head a column."""
    if len(text) > _LONGEST_HEAD or is_terminated(text):
        return False
    return bool(_SIGN.fullmatch(text) or table_words().column_kinds(text) or find_periods(text)) or _is_corner(text)


def _heads_values(text: str) -> bool:
    """True for the head of a column of values: what part they play, a time, a place, or both, and little else."""
    if len(text) > _LONGEST_HEAD:
        return False
    times, rest = times_apart(text)
    rest = rest.strip(" :()")
    dated = bool(times) and 2 * len(rest) < len(text)
    return dated or table_words().main_kind(text) in ROLE_KINDS or names_comparator(rest)


def _is_corner(text: str) -> bool:
    """True for the head of the labels or times of rows."""
    return table_words().main_kind(text) in CORNER_KINDS


def _is_only_corner(text: str) -> bool:
    """True for a corner that heads no column of values: "Number" may."""
    return _is_corner(text) and all(kind is not ColumnKind.COUNT for kind, _ in table_words().column_kinds(text))


def is_cell_value(text: str) -> bool:
    """True for a cell of a value, a mark that stands for one, or words that say there is none."""
    said = text.strip(" *_")
    counted = _COUNTED.search(said)
    if counted is not None and not table_words().is_unit(counted[0].lower()):
        # "12 months" is the end of a label.
        return False
    if is_value(said) or is_damaged_number(said) or read_mark(said) is not None:
        return True
    return said.lower() in table_words().marks or table_words().stands_for_none(said)


def _row(words: list[_Cell], values: list[_Cell]) -> Row:
    row = Row({0: [span for cell in words for span in cell.spans]}, len(values) + 1)
    row.cells.update({place: [*cell.spans] for place, cell in enumerate(values, 1)})
    return row


def _span(line: Line) -> tuple[int, int]:
    return line.start, line.end
