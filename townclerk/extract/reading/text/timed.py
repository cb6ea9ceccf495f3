"""Tables whose times lost their places: years over quarters or months, years down the side, or times over no labels.

A recogniser leaves of "2021/22 | 2022/23" over "Q3 Q4 | Q1 Q2 Q3" two lines with one blank between all heads. The order
tells which year is whose: after the fourth quarter comes the first of the next year. Rows with just as many values as
there are heads confirm the reading; where none does, nothing is read here.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from townclerk.extract.reading.text.joining import is_terminated, starts_lower
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row
from townclerk.extract.reading.text.unrolled import is_cell_value
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.mentions import PeriodMention
from townclerk.models.period import add_months
from townclerk.patterns.table_words import ColumnKind, table_words

_WORD = re.compile(r"\S+")
# What a line must have to be worth a closer look: names of months or quarters.
_PART = re.compile(
    r"\b(?:q(?:uarter|tr)?\s?[1-4]|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
    r"|january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
# The lines above it must have two of these.
_YEAR = re.compile(r"\d\d+(?:\s?[/–—-]\s?\d\d+)?")
_FEWEST_PARTS, _MOST_BEHIND = 3, 8
_MOST_HEAD_LINES, _TWO_LINES, _FEWEST_ROWS = 4, 2, 2
_LONGEST_LINE, _LONGEST_LABEL, _LONGEST_WRAP = 300, 28, 12
_MOST_WORDS_OF_CORNER, _MOST_OVER = 3, 2
_LABELS = frozenset({ColumnKind.LABEL, ColumnKind.REF, ColumnKind.DATE})
_OF_YEAR = frozenset({ColumnKind.ACTUAL, ColumnKind.TARGET})
_YEARLY = frozenset({"financial_year", "short_year", "year"})
_YEARS = re.compile(r"(?<![\d/.,])(?:(?:19|20)\d\d|\d\d[/-]\d\d)(?!\d)")
_LAST_YEAR = re.compile(r"\s(?:20)?\d\d[/-](?:20)?\d\d$")
_NEVER = 99

Spot = tuple[int, int]


@dataclass(slots=True)
class _Head:
    """A head in a line of heads: a year, a part of a year with its place in it, or other words."""

    spot: Spot
    text: str
    year: bool = False
    part: int | None = None


@dataclass(slots=True)
class _Heads:
    """A line of heads: the labels' own, those up to the last time, and the words behind it."""

    corner: Spot | None
    timed: list[_Head]
    behind: list[_Head]


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
    if len(first.text) > _LONGEST_LINE or "\t" in first.text or is_terminated(first.text):
        return [], index
    if _has_parts(first.text):
        rows, end = _beside_years(lines, index)
        return (rows, end) if rows else _under_times(lines, index)
    if first.text[:1].isdigit() and len(_YEARS.findall(first.text)) >= _FEWEST_PARTS:
        rows, end = _under_times(lines, index)
        if rows:
            return rows, end
    for below in range(index + 1, min(len(lines), index + _MOST_HEAD_LINES)):
        if lines[below].gap > 1 or lines[below].furniture:
            break
        if _has_parts(lines[below].text):
            years = _YEAR.findall(" ".join([line.text for line in lines[index:below]]))
            return _under_years(lines, index, below) if len(years) > 1 else ([], index)
    return [], index


# Asked of a line by itself and as the one below each of those above it.
@lru_cache(maxsize=16)
def _has_parts(text: str) -> bool:
    return len(text) <= _LONGEST_LINE and len(_PART.findall(text)) >= _FEWEST_PARTS


def _under_years(lines: list[Line], index: int, below: int) -> tuple[list[Row], int]:
    """A line of years, or years one a line, over a line of parts of years, over rows of values."""
    upper = [_heads(line) for line in lines[index:below]]
    under = _heads(lines[below])
    if under is None or not all(heads is not None and (heads.corner or heads.timed) for heads in upper):
        return [], index
    above = [heads for heads in upper if heads is not None]
    over = _years_over(under.timed, [head for heads in above for head in heads.timed])
    corners = [heads.corner for heads in (*above, under) if heads.corner]
    behind = [head for heads in above for head in heads.behind]
    if over is None or len(corners) > 1 or (behind and under.behind and len(behind) != len(under.behind)):
        return [], index
    body, last = _body(lines, below + 1, len(under.timed))
    width = max((len(row.values) for row in body), default=0)
    tail = _tail(behind or under.behind, width - len(under.timed))
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
        if not behind and (under.timed[-1].part is not None or not _is_target(head.text)):
            # The last year reaches over what stands behind its parts only where a whole year's result does, too.
            top.cells[place] = []
    if corners:
        second.cells[0] = corners
    return [top, second, *(_row(row, width) for row in body)], last


def _years_over(heads: Sequence[_Head], years: Sequence[_Head]) -> list[_Head] | None:
    """The year over each head, as the order of the parts and the outturns between them tell; None where it does not.

    The result of a whole year ends that year, or is all that is printed of it.
    """
    if not years or not all(year.year for year in years) or any(head.year for head in heads):
        return None
    calendar = _is_calendar(years)
    groups: list[int] = []
    last = 0
    for head in heads:
        place = _place(head.part, calendar) if head.part is not None else _NEVER
        opens = bool(groups) and head.part is not None and place <= last
        groups.append((groups[-1] if groups else 0) + opens)
        last = place if head.part is not None or not _is_target(head.text) else last
    return [years[group] for group in groups] if groups and groups[-1] + 1 == len(years) > 1 else None


def _is_calendar(years: Sequence[_Head]) -> bool:
    return all("/" not in year.text and "-" not in year.text for year in years)


def _text(line: Line, spot: Spot) -> str:
    return line.text[spot[0] - line.start : spot[1] - line.start]


def _place(part: int, calendar: bool) -> int:
    """The place of a part in its year: quarters below zero keep theirs, months count from April or January."""
    if part < 0:
        return -part
    return part if calendar else add_months(0, part, -3)[1]


def _is_target(text: str) -> bool:
    kinds = table_words().column_kinds(text)
    return bool(kinds) and kinds[0][0] is ColumnKind.TARGET


def _beside_years(lines: list[Line], index: int) -> tuple[list[Row], int]:
    """A line of parts of years over rows that begin with a year."""
    heads = _heads(lines[index])
    if heads is None or any(head.year for head in heads.timed):
        return [], index
    # A whole year's result stands behind its quarters.
    heads.behind[:0] = [head for head in heads.timed if head.part is None]
    heads.timed = [head for head in heads.timed if head.part is not None]
    if any(a.spot > b.spot for a, b in itertools.pairwise([*heads.timed, *heads.behind])):
        return [], index
    full = max((len(row.values) for line in lines[index + 1 : index + 4] if (row := _dated(line))), default=0)
    tail = _tail(heads.behind, full - len(heads.timed)) if full >= len(heads.timed) else []
    if tail is None:
        return [], index
    width = len(heads.timed) + len(tail)
    body: list[_Values] = []
    years: dict[str, int] = {}
    for line in lines[index + 1 :]:
        row = None if line.gap or line.furniture else _dated(line)
        if row is not None and row.label is not None:
            years[_text(line, row.label)] = len(row.values)
        elif years and not line.gap and not line.furniture:
            row = _valued(line, width)
        if row is None or row.label is None or len(row.values) > width:
            break
        body.append(row)
    short = [year for year, count in years.items() if count < width]
    # What has not come yet is missing at the end of the newest year; elsewhere nobody can tell what is.
    told = not short or (short == [max(years)] and len(years) > 1 and not tail)
    order = [_place(head.part or 0, not any("/" in year or "-" in year for year in years)) for head in heads.timed]
    if not years or not told or order != sorted(set(order)):
        return [], index
    spots = [head.spot for head in (*heads.timed, *tail)]
    top = Row({place: [spot] for place, spot in enumerate(spots, 1)}, width + 1, heads=True)
    top.cells.update({0: [heads.corner]} if heads.corner else {})
    return [top, *(_row(row, width) for row in body)], index + 1 + len(body)


def _under_times(lines: list[Line], index: int) -> tuple[list[Row], int]:
    """A line of nothing but times over rows with a label and as many values."""
    line = lines[index]
    times = find_periods(line.text)
    spans = [(0, 0), *((time.start, time.end) for time in times), (len(line.text), len(line.text))]
    if any(line.text[a[1] : b[0]].strip(" |") for a, b in itertools.pairwise(spans)) or len(times) < _FEWEST_PARTS:
        return [], index
    said = [(time.expression.year, time.expression.quarter, time.expression.month) for time in times]
    body, last = _body(lines, index + 1, len(times))
    valued = [row for row in body if row.values]
    fits = all(len(row.values) == len(times) and row.label is not None for row in valued)
    if len(set(said)) < len(said) or len(valued) < _FEWEST_ROWS or not fits:
        return [], index
    top = Row({}, len(times) + 1, heads=True)
    top.cells = {place: [(line.start + t.start, line.start + t.end)] for place, t in enumerate(times, 1)}
    return [top, *(_row(row, len(times)) for row in body)], last


def _heads(line: Line) -> _Heads | None:
    """A line as heads; None where words stand between its times that head nothing."""
    text = line.text
    corner = _corner(text)
    start = corner + len(text[corner:]) - len(text[corner:].lstrip(" |:"))
    # A year behind the quarters is a head of its own, or the year of the target above it.
    last = _LAST_YEAR.search(text) if _has_parts(text) else None
    found = [_timed(one, line, start) for one in find_periods(text[start : last.start() if last else len(text)])]
    times = [head for head in found if head is not None]
    if len(times) < len(found) or (not times and start < len(text)):
        return None
    timed: list[_Head] = []
    at = line.start + start
    for head in times:
        timed.extend(_between(line, at, head.spot[0]))
        timed.append(head)
        at = head.spot[1]
    others = [head for head in timed if not head.year and head.part is None]
    if not all(_is_of_year(head.text) for head in others):
        return None
    behind = _words(line, at, line.end)
    while timed and not timed[-1].year and behind and _is_of_year(behind[0].text):
        # The outturn behind the last quarter belongs to its year; a target may be of any.
        if _is_target(behind[0].text):
            break
        timed.append(behind.pop(0))
    if len(behind) > _MOST_BEHIND:
        return None
    spot = (line.start, line.start + corner) if corner else None
    return _Heads(spot, timed, behind)


def _corner(text: str) -> int:
    """Where the head of the labels ends that a line begins with; 0 without one."""
    ends = [match.end() for match, _ in zip(_WORD.finditer(text), range(_MOST_WORDS_OF_CORNER), strict=False)]
    told = [end for end in ends if any(k in _LABELS and n >= end for k, n in table_words().column_kinds(text[:end]))]
    return max(told, default=0)


def _timed(found: PeriodMention, line: Line, start: int) -> _Head | None:
    """A time that is a year, or a quarter or month without one."""
    said = found.expression
    spot = (line.start + start + found.start, line.start + start + found.end)
    if said.form in _YEARLY and said.last is None:
        return _Head(spot, found.text, year=True)
    if said.year is None and said.last is None and said.form in {"quarter", "month"}:
        return _Head(spot, found.text, part=-(said.quarter or 0) or said.month)
    if said.form == "year_end":
        return _Head(spot, found.text)
    return None


def _between(line: Line, start: int, end: int) -> list[_Head]:
    """The heads between two times: each word that heads a column by itself, else all as one."""
    words = _words(line, start, end)
    if len(words) < _MOST_OVER or all(_is_of_year(word.text) for word in words):
        return words
    spot = (words[0].spot[0], words[-1].spot[1])
    return [_Head(spot, _text(line, spot))]


def _words(line: Line, start: int, end: int) -> list[_Head]:
    text = line.text[start - line.start : end - line.start]
    words = [match for match in _WORD.finditer(text) if match[0].strip("|")]
    return [_Head((start + match.start(), start + match.end()), match[0]) for match in words]


def _is_of_year(text: str) -> bool:
    """True for the head of a whole year's result or target."""
    words = table_words()
    kinds = words.column_kinds(text)
    return words.says("outturn", text) or words.says("annual", text) or (bool(kinds) and kinds[0][0] in _OF_YEAR)


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
    times = find_periods(line.text) if line.text[:1] in "12F" else []
    if not times or times[0].start or times[0].expression.form not in _YEARLY:
        return None
    end = times[0].end
    words = [match.span() for match in _WORD.finditer(line.text, end)]
    if not words or not all(is_cell_value(line.text[a:b]) for a, b in words):
        return None
    return _Values((line.start, line.start + end), [(line.start + a, line.start + b) for a, b in words])


def _tail(words: Sequence[_Head], count: int) -> list[_Head] | None:
    """The words behind the times as so many heads; None where they are not as many."""
    if len(words) < count or (words and not count):
        return None
    if len(words) == count:
        return list(words)
    cuts = itertools.combinations(range(1, len(words)), count - 1)
    ways = [[_joined(words[a:b]) for a, b in itertools.pairwise((0, *cut, len(words)))] for cut in cuts]
    told = [(sum(_heard(head.text) for head in heads), heads) for heads in ways if all(_heard(h.text) for h in heads)]
    return max(told, key=lambda way: way[0])[1] if told else None


def _heard(text: str) -> int:
    """How many characters of a head are words that head a column."""
    kinds = table_words().column_kinds(text)
    return kinds[0][1] if kinds else len(text) * _is_of_year(text)


def _joined(words: Sequence[_Head]) -> _Head:
    return _Head((words[0].spot[0], words[-1].spot[1]), " ".join(word.text for word in words))


def _row(row: _Values, width: int) -> Row:
    made = Row({place: [spot] for place, spot in enumerate(row.values, 1)}, width + 1)
    if row.label is not None:
        made.cells[0] = [row.label]
    return made
