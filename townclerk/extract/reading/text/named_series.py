"""Tables of several measures that lost their grid: under each name its times, each with its value on or below its line.

So "In touch", "2017/18 89%", "2018/19 91%", "England 2017/18 88%", and then the next name with the same times.
"""

from __future__ import annotations

from dataclasses import dataclass

from townclerk.extract.reading.text.joining import is_terminated
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row
from townclerk.extract.reading.text.unrolled import is_cell_value
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.digits import has_digit

_LONGEST_NAME, _LONGEST_HEAD = 80, 40
_FEWEST_VALUES, _FEWEST_SERIES, _MOST_VALUES = 2, 2, 12

_Spot = tuple[int, int]


@dataclass(slots=True)
class _Series:
    """A name, and the heads and values below it.

    Attributes:
        name: Where the name stands.
        heads: Words and place of each time, with the place that it is of.
        values: Where the values stand.
        end: The line behind the last one.
    """

    name: _Spot
    heads: list[tuple[str, _Spot]]
    values: list[_Spot]
    end: int


def named_series(lines: list[Line], index: int) -> tuple[list[Row], int]:
    """The rows of such a table from a line on, and the place behind its last line.

    All series have the same times: where one is missing, the series below it is none of the table.

    Args:
        lines: All lines.
        index: The line that may be the first name.

    Returns:
        The times and a row for each name; nothing where the lines are no such table.
    """
    found: list[_Series] = []
    place = index
    while (one := _series(lines, place, first=place == index)) is not None:
        if found and [text for text, _ in one.heads] != [text for text, _ in found[0].heads]:
            break
        found.append(one)
        place = one.end
    if len(found) < _FEWEST_SERIES:
        return [], index
    width = len(found[0].heads) + 1
    top = Row({n: [spot] for n, (_, spot) in enumerate(found[0].heads, 1)}, width, heads=True)
    rows = [Row({0: [one.name], **{n: [spot] for n, spot in enumerate(one.values, 1)}}, width) for one in found]
    return [top, *rows], place


def _series(lines: list[Line], index: int, *, first: bool) -> _Series | None:
    # Asked of every line of a document: what the line below looks like is cheaper to tell than a name.
    if index + 1 >= len(lines) or not _may_hold_time(lines[index + 1]):
        return None
    if (lines[index].gap and not first) or not _is_name(lines[index]):
        return None
    series = _Series((lines[index].start, lines[index].end), [], [], index + 1)
    while series.end < len(lines) and len(series.values) < _MOST_VALUES:
        line = lines[series.end]
        below = lines[series.end + 1] if series.end + 1 < len(lines) else None
        if not _may_hold_time(line):
            break
        if (cut := _head_and_value(line)) is not None:
            head, value = cut
        elif below is not None and not below.gap and _is_head(line.text) and is_cell_value(below.text):
            head, value = (line.start, line.end), (below.start, below.end)
        else:
            break
        series.heads.append((line.text[: head[1] - head[0]], head))
        series.values.append(value)
        series.end += 1 if cut is not None else 2
    return series if len(series.values) >= _FEWEST_VALUES else None


def _may_hold_time(line: Line) -> bool:
    return not line.gap and not line.furniture and len(line.text) <= _LONGEST_HEAD and has_digit(line.text)


def _is_name(line: Line) -> bool:
    text = line.text
    if line.furniture or "\t" in text or len(text) > _LONGEST_NAME or is_terminated(text) or not text[0].isalpha():
        return False
    return not _is_head(text) and not is_cell_value(text)


def _head_and_value(line: Line) -> tuple[_Spot, _Spot] | None:
    """A time and, behind it, the line's last word as its value; None where the line is something else."""
    head, _, value = line.text.rpartition(" ")
    head = head.rstrip(" :-–")
    if not head or not is_cell_value(value) or not _is_head(head):
        return None
    return (line.start, line.start + len(head)), (line.end - len(value), line.end)


def _is_head(text: str) -> bool:
    """True for a time, with or without the place before it."""
    found = find_periods(text)
    return len(found) == 1 and found[0].end == len(text.rstrip(" .:")) and not has_digit(text[: found[0].start])
