"""Tables whose times lost their places: years over quarters or months, years down the side, or times over no labels.

A recogniser leaves of "2021/22 | 2022/23" over "Q3 Q4 | Q1 Q2 Q3" two lines with one blank between all heads. The order
tells which year is whose: after the fourth quarter comes the first of the next year. Rows with just as many values as
there are heads confirm the reading; where none does, nothing is read here.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from townclerk.extract.reading.text.joining import is_terminated, starts_lower
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row
from townclerk.extract.reading.text.time_heads import (
    FEWEST_PARTS,
    LONGEST_LINE,
    YEARLY,
    Spot,
    are_calendar_years,
    has_parts,
    place_in_year,
    read_heads,
    tail_heads,
    times_behind_words,
    years_over,
)
from townclerk.extract.reading.text.unrolled import is_cell_value, values_behind
from townclerk.extract.spotting.periods import opening_time
from townclerk.patterns.table_words import table_words

_WORD = re.compile(r"\S+")
# The lines above one with names of months or quarters must have two of these.
_YEAR = re.compile(r"\d\d+(?:\s?[/–—-]\s?\d\d+)?")
_YEARS = re.compile(r"(?<![\d/.,])(?:(?:19|20)\d\d|\d\d[/-]\d\d)(?!\d)")
_MOST_HEAD_LINES, _TWO_LINES, _FEWEST_ROWS, _FEWEST_REACHED = 4, 2, 2, 2
_MANY = 6
_LONGEST_LABEL, _LONGEST_WRAP, _MOST_OVER = 28, 12, 2


@dataclass(slots=True)
class _Values:
    """A row: its label and its values, each with their places."""

    label: Spot | None
    values: list[Spot] = field(default_factory=list)


def timed_rows(lines: list[Line], index: int) -> tuple[list[Row], int]:
    """The rows of a table of times from a line on, and the place behind its last line.

    Args:
        lines: All lines.
        index: The line that may hold its first heads.

    Returns:
        The rows, heads first; nothing where the lines are no such table.
    """
    first = lines[index]
    if len(first.text) > LONGEST_LINE or "\t" in first.text or is_terminated(first.text):
        return [], index
    if has_parts(first.text):
        rows, end = _beside_years(lines, index)
        return (rows, end) if rows else _under_times(lines, index)
    if first.text[:1].isdigit() and len(_YEARS.findall(first.text)) >= FEWEST_PARTS:
        rows, end = _under_times(lines, index)
        if rows:
            return rows, end
    for below in range(index + 1, min(len(lines), index + _MOST_HEAD_LINES)):
        if lines[below].gap > 1 or lines[below].furniture:
            break
        if has_parts(lines[below].text):
            years = _YEAR.findall(" ".join([line.text for line in lines[index:below]]))
            return _under_years(lines, index, below) if len(years) > 1 else ([], index)
    return [], index


def _under_years(lines: list[Line], index: int, below: int) -> tuple[list[Row], int]:
    """A line of years, or years one a line, over a line of parts of years, over rows of values."""
    upper = [read_heads(line) for line in lines[index:below]]
    under = read_heads(lines[below])
    if under is None or not all(heads is not None and (heads.corner or heads.timed) for heads in upper):
        return [], index
    above = [heads for heads in upper if heads is not None]
    over = years_over(under.timed, [head for heads in above for head in heads.timed])
    corners = [heads.corner for heads in (*above, under) if heads.corner]
    behind = [head for heads in above for head in heads.behind]
    if over is None or len(corners) > 1 or (behind and under.behind and len(behind) != len(under.behind)):
        return [], index
    body, last = _body(lines, below + 1, len(under.timed))
    width = max((len(row.values) for row in body), default=0)
    tail = tail_heads(behind or under.behind, width - len(under.timed))
    if tail is None:
        return [], index
    top, second = (Row({}, width + 1, heads=True) for _ in range(_TWO_LINES))
    for place, (head, year) in enumerate(zip(under.timed, over, strict=True), 1):
        second.cells[place] = [head.spot]
        if place == 1 or over[place - 2] is not year:
            top.cells[place] = [year.spot]
    for place, head in enumerate(tail, len(under.timed) + 1):
        (top if behind else second).cells[place] = [head.spot]
        if behind and under.behind:
            second.cells[place] = [under.behind[place - len(under.timed) - 1].spot]
        if not behind and (under.timed[-1].part is not None or not table_words().heads_targets(head.text)):
            # The last year reaches over what stands behind its parts only where a whole year's result does, too.
            top.cells[place] = []
    if corners:
        second.cells[0] = corners
    return [top, second, *(_row(row, width) for row in body)], last


def _beside_years(lines: list[Line], index: int) -> tuple[list[Row], int]:
    """A line of parts of years over rows that begin with a year."""
    heads = read_heads(lines[index])
    if heads is None or any(head.is_year for head in heads.timed):
        return [], index
    # A whole year's result stands behind its quarters.
    heads.behind[:0] = [head for head in heads.timed if head.part is None]
    heads.timed = [head for head in heads.timed if head.part is not None]
    if any(a.spot > b.spot for a, b in itertools.pairwise([*heads.timed, *heads.behind])):
        return [], index
    full = max((len(row.values) for line in lines[index + 1 : index + 4] if (row := _dated(line))), default=0)
    tail = tail_heads(heads.behind, full - len(heads.timed)) if full >= len(heads.timed) else []
    if tail is None:
        return [], index
    width = len(heads.timed) + len(tail)
    body: list[_Values] = []
    years: dict[str, int] = {}
    for line in lines[index + 1 :]:
        row = None if line.gap or line.furniture else _dated(line)
        if row is not None and row.label is not None:
            years[line.text[row.label[0] - line.start : row.label[1] - line.start]] = len(row.values)
        elif years and not line.gap and not line.furniture:
            row = _valued(line, width)
        if row is None or row.label is None or len(row.values) > width:
            break
        body.append(row)
    short = [year for year, count in years.items() if count < width]
    # What has not come yet is missing at the end of the newest year; elsewhere nobody can tell what is.
    told = not short or (short == [max(years)] and len(years) > 1 and not tail)
    order = [place_in_year(head.part or 0, are_calendar_years(years)) for head in heads.timed]
    if not years or not told or order != sorted(set(order)):
        return [], index
    spots = [head.spot for head in (*heads.timed, *tail)]
    top = Row({place: [spot] for place, spot in enumerate(spots, 1)}, width + 1, heads=True)
    top.cells.update({0: [heads.corner]} if heads.corner else {})
    return [top, *(_row(row, width) for row in body)], index + 1 + len(body)


def _under_times(lines: list[Line], index: int) -> tuple[list[Row], int]:
    """A line of nothing but times, a few words before them, over rows with a label and as many values."""
    line = lines[index]
    heads = times_behind_words(line)
    if heads is None or len(heads.times) < FEWEST_PARTS or line.end > heads.end:
        return [], index
    width = len(heads.times)
    if body := _still_to_come(lines, index + 1, width):
        return [heads.as_heads(), *(_row(row, width) for row in body)], index + 1 + len(body)
    said = {(time.expression.year, time.expression.quarter, time.expression.month) for time in heads.times}
    body, last = _body(lines, index + 1, width)
    valued = [row for row in body if row.values]
    fits = all(len(row.values) == width and row.label is not None for row in valued)
    # One row with as many values as there are of many times stands under them, too.
    if len(said) < width or len(valued) < (1 if width >= _MANY else _FEWEST_ROWS) or not fits:
        return [], index
    return [heads.as_heads(), *(_row(row, width) for row in body)], last


def _still_to_come(lines: list[Line], first: int, width: int) -> list[_Values]:
    """Rows under a line of times of which the targets alone fill all: the last times had not come yet.

    Args:
        lines: All lines.
        first: The first line below the times.
        width: How many times there are.

    Returns:
        The rows, the values of results for the first times only; nothing where the targets do not tell.
    """
    body: list[_Values] = []
    for line in lines[first:]:
        row = None if line.furniture or line.gap > 1 else _valued(line, _FEWEST_REACHED)
        if row is None or row.label is None or len(row.values) > width:
            break
        body.append(row)
    counts = {(len(row.values), _is_target(row, lines[place])) for place, row in enumerate(body, first)}
    short = {count for count, aimed in counts if not aimed}
    full = {count for count, aimed in counts if aimed} == {width}
    return body if full and len(short) == 1 and max(short) < width else []


def _is_target(row: _Values, line: Line) -> bool:
    """True for a row whose label says that it holds targets."""
    if row.label is None:
        return False
    start, end = row.label
    return table_words().heads_targets(line.text[start - line.start : end - line.start])


def _body(lines: list[Line], first: int, least: int) -> tuple[list[_Values], int]:
    """The rows under the heads, each with as many values as the most of them, and the place behind the last."""
    body: list[_Values] = []
    found: list[tuple[_Values, int]] = []
    waiting: list[Line] = []
    at = first
    while at < len(lines) and not lines[at].furniture and lines[at].gap <= 1:
        line = lines[at]
        row = _valued(line, least)
        if row is None:
            if waiting or (line.gap and found) or is_terminated(line.text) or len(line.text.split()) > _LONGEST_WRAP:
                break
            waiting.append(line)
        elif row.label is None and not waiting and found:
            break
        else:
            wraps = bool(waiting) and (row.label is None or starts_lower(line.text))
            if wraps:
                row.label = (waiting[0].start, row.label[1] if row.label else waiting[0].end)
            elif waiting:
                found.append((_Values((waiting[0].start, waiting[0].end)), at))
            found.append((row, at + 1))
            waiting = []
        at += 1
    counts = Counter(len(row.values) for row, _ in found if row.values)
    width = max(counts, key=lambda count: (counts[count], -count), default=0)
    last = first
    for row, end in found:
        if row.values and not width <= len(row.values) <= width + _MOST_OVER:
            break
        over, row.values = row.values[: len(row.values) - width], row.values[max(0, len(row.values) - width) :]
        if over and row.label is not None:
            row.label = (row.label[0], over[-1][1])
        body.append(row)
        last = end
    while body and not body[-1].values:
        body.pop()
    return body, last


def _valued(line: Line, least: int) -> _Values | None:
    """A line that ends in at least so many values, a label before them or none."""
    words = [match.span() for match in _WORD.finditer(line.text)]
    first = len(words)
    while first and is_cell_value(line.text[slice(*words[first - 1])]):
        first -= 1
    if len(words) - first < least or first > _LONGEST_LABEL or "\t" in line.text:
        return None
    label = (line.start, line.start + words[first - 1][1]) if first else None
    return _Values(label, [(line.start + a, line.start + b) for a, b in words[first:]])


def _dated(line: Line) -> _Values | None:
    """A line that is a year and values."""
    time = opening_time(line.text) if line.text[:1] in "12F" else None
    if time is None or time.expression.form not in YEARLY:
        return None
    values = values_behind(line, time.end)
    return _Values((line.start, line.start + time.end), values) if values else None


def _row(row: _Values, width: int) -> Row:
    made = Row({place: [spot] for place, spot in enumerate(row.values, 1)}, width + 1)
    if row.label is not None:
        made.cells[0] = [row.label]
    return made
