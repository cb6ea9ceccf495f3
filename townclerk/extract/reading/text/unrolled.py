"""Tables that lost their tabs: cells one below the other, or one blank apart; heads one below the other."""

from __future__ import annotations

import re

from townclerk.extract.reading.text.joining import is_terminated
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row, is_value
from townclerk.extract.spotting.periods import find_periods, opening_time
from townclerk.patterns.table_words import CORNER_KINDS, table_words

_LONGEST_CELL = 80
_LONGEST_HEAD = 40
_MOST_COLUMNS = 12
_PEEK = 40
_LONGEST_TABLE = 2000
_MOST_LABEL_LINES = 3
_FEWEST_ROWS = 2
_WORD = re.compile(r"\S+")
_LETTER = re.compile(r"\([a-h]\)")
_COUNTED = re.compile(r"(?<=\d )[a-z]{4,}$", re.IGNORECASE)


def unrolled_rows(lines: list[Line], index: int) -> list[Row]:
    """The rows of a table whose cells stand one below the other from a line on.

    Every row must have as many values as the heads ask for: where one is missing, nobody can tell which.

    Args:
        lines: All lines.
        index: The line that may be its first head.

    Returns:
        The rows, heads first; nothing where the lines are no such table.
    """
    parted = not _is_followed(lines, index)
    if (parted and (index + 1 >= len(lines) or lines[index + 1].gap > 1)) or not (_is_corner if parted else _heads)(
        lines[index].text
    ):
        return []
    # A look at the first lines keeps a long list of short lines from being read from each of them.
    peek = _groups(_run(lines, index, _PEEK))
    width = len(peek[0][1]) if len(peek) > 1 else 0
    heads = _head_count([line.text for line in peek[0][0]], width) if 0 < width < _MOST_COLUMNS else 0
    if not heads:
        return []
    groups = _groups(_run(lines, index, _LONGEST_TABLE))
    if any(len(values) != width for _, values in groups) or any(
        len(words) > _MOST_LABEL_LINES for words, _ in groups[1:]
    ):
        return []
    first = groups[0][0][heads:]
    corner = heads == width + 1
    top = Row({place + (not corner): [_span(line)] for place, line in enumerate(groups[0][0][:heads])}, width + 1)
    return [top, *(_row(words, values) for words, values in [(first, groups[0][1]), *groups[1:]])]


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


def _run(lines: list[Line], index: int, most: int) -> list[Line]:
    """The lines from one on that can be cells, all or none parted by a blank one, at most so many; the last a value."""
    last = index
    # Where a blank line parts the first two, one parts them all.
    gap = lines[index + 1].gap if index + 1 < len(lines) else 0
    if gap > 1:
        return []
    while (
        last < min(len(lines), index + most) and (last == index or lines[last].gap == gap) and _may_be_cell(lines[last])
    ):
        last += 1
    while last > index and not is_cell_value(lines[last - 1].text):
        last -= 1
    return lines[index:last]


def _may_be_cell(line: Line) -> bool:
    sentence = is_terminated(line.text) and len(line.text.split()) > _MOST_LABEL_LINES
    return len(line.text) <= _LONGEST_CELL and "\t" not in line.text and not line.furniture and not sentence


def _groups(run: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines of words, each with the lines of values behind them."""
    groups: list[tuple[list[Line], list[Line]]] = []
    for line in run:
        value = is_cell_value(line.text)
        if not groups or (not value and groups[-1][1]):
            groups.append(([], []))
        groups[-1][value].append(line)
    return groups


def _head_count(words: list[str], width: int) -> int:
    """How many of the lines before the first values are heads, a label left behind them; 0 where it cannot be told."""
    for count, corner in ((width + 1, True), (width, False)):
        if not 0 < len(words) - count <= _MOST_LABEL_LINES:
            continue
        named = words[1:count] if corner else words[:count]
        if any(map(_is_corner, words[1:count])):
            continue
        known = sum(_heads(text) for text in named)
        if corner and _is_corner(words[0]) and (width == 1 or 2 * known >= width):
            return count
        if not corner and width > 1 and known == width:
            return count
    return 0


def _heads(text: str) -> bool:
    """True for words that head a column."""
    if len(text) > _LONGEST_HEAD or is_terminated(text):
        return False
    return bool(_LETTER.fullmatch(text) or table_words().column_kinds(text) or find_periods(text)) or _is_corner(text)


def _is_corner(text: str) -> bool:
    """True for the head of the labels or times of rows."""
    kinds = table_words().column_kinds(text)
    return bool(kinds) and kinds[0][0] in CORNER_KINDS and kinds[0][1] * 2 >= len(text)


def is_cell_value(text: str) -> bool:
    """True for a cell of a value, a mark that stands for one, or words that say there is none."""
    said = text.strip(" *_")
    counted = _COUNTED.search(said)
    if counted is not None and not table_words().is_unit(counted[0].lower()):
        # "12 months" is the end of a label.
        return False
    return is_value(said) or said.lower() in table_words().marks or table_words().stands_for_none(said)


def _row(words: list[Line], values: list[Line]) -> Row:
    cells = {0: [_span(line) for line in words]}
    cells.update({place: [_span(line)] for place, line in enumerate(values, 1)})
    return Row(cells, len(values) + 1)


def _span(line: Line) -> tuple[int, int]:
    return line.start, line.end
