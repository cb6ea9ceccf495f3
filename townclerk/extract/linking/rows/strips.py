"""Lines of a chart: which are labels of bars, which the times of an axis, which scale marks, which rubble of both."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from townclerk.extract.spotting.periods import find_periods
from townclerk.models.mentions import PeriodExpression, PeriodMention
from townclerk.models.passage import Passage
from townclerk.models.steps import even_step

_NUMBER = re.compile(r"(?<!\S)[-+–−]?£?\d[\d,]*(?:\.\d+)?%?(?!\S)")
_SIGNED = ("+", "-", "–", "−")
_BETWEEN = " \t|,;"
_FEWEST = 3
# So many axis times in no order, beside numbers, are what a recogniser leaves of a chart.
_FEWEST_RUBBLE = 3
_LONGEST_TITLE = 18
_MONTHS = 12


class Strip(StrEnum):
    """What a line can be to a chart; a fragment is one or two numbers, which may be anything's."""

    AXIS = "axis"
    LABELS = "labels"
    SCALE = "scale"
    RUBBLE = "rubble"
    FRAGMENT = "fragment"


@dataclass(slots=True, frozen=True)
class ChartLine:
    """A line of a chart.

    Attributes:
        strip: What it is.
        parts: Its times or numbers, in printed order.
        title: The words before them, if any.
    """

    strip: Strip
    parts: tuple[Passage, ...]
    title: Passage | None = None


def chart_lines(line: Passage) -> list[ChartLine]:
    """Read a line as one of a chart's, or as its title, labels and axis run together.

    Args:
        line: A printed line.

    Returns:
        One entry, two where labels and axis stand in one line, or none where it is no line of a chart.
    """
    text = line.text
    times = [m for m in find_periods(text) if "maybe_definition" not in m.flags]
    starts = [time.start for time in times]
    numbers = [m for m in _NUMBER.finditer(text) if not _overlaps(m.start(), m.end(), starts, times)]
    spans = sorted([(t.start, t.end) for t in times] + [m.span() for m in numbers])
    if len(spans) < _FEWEST and not (numbers and not times):
        return []
    title = text[: spans[0][0]].strip(" :–-\t|")
    gaps = [text[a[1] : b[0]] for a, b in pairwise(spans)]
    if any(gap.strip(_BETWEEN) for gap in gaps) or text[spans[-1][1] :].strip(_BETWEEN):
        return []
    named = line.slice(text.index(title), text.index(title) + len(title)) if title else None
    if title and (len(title.split()) > _LONGEST_TITLE or len(times) < _FEWEST):
        return []
    if not times and len(numbers) < _FEWEST:
        return [ChartLine(Strip.FRAGMENT, _cut(line, [m.span() for m in numbers]))]
    if not times:
        return [ChartLine(_kind_of_numbers(line, numbers), _cut(line, [m.span() for m in numbers]))]
    if not numbers:
        parts = _cut(line, [(t.start, t.end) for t in times])
        return [] if title else [ChartLine(Strip.AXIS if is_axis(times) else Strip.RUBBLE, parts)]
    return _mixed(line, times, numbers, named)


def _overlaps(start: int, end: int, starts: list[int], times: list[PeriodMention]) -> bool:
    """True where a stretch shares a letter with the last time that begins before its end; times do not overlap."""
    place = bisect_left(starts, end)
    return place > 0 and times[place - 1].end > start


def _mixed(
    line: Passage, times: list[PeriodMention], numbers: list[re.Match[str]], title: Passage | None
) -> list[ChartLine]:
    """Labels and axis in one line: two strips where each stands together, rubble where they are mixed."""
    if len(times) < _FEWEST_RUBBLE or len(numbers) < 2:
        return []
    first = numbers[-1].end() <= times[0].start
    apart = first or times[-1].end <= numbers[0].start()
    axis = _cut(line, [(t.start, t.end) for t in times])
    labels = _cut(line, [m.span() for m in numbers])
    if apart and is_axis(times):
        strips = [ChartLine(_kind_of_numbers(line, numbers), labels, title), ChartLine(Strip.AXIS, axis)]
        return strips if first else strips[::-1]
    # A time before every number, or behind it, is a row that says its times itself.
    if abs(len(times) - len(numbers)) <= 1 and _take_turns(times, numbers):
        return [] if is_axis(times) else [ChartLine(Strip.RUBBLE, (*axis, *labels), title)]
    return [ChartLine(Strip.RUBBLE, (*axis, *labels), title)]


def _take_turns(times: list[PeriodMention], numbers: list[re.Match[str]]) -> bool:
    order = sorted([(t.start, True) for t in times] + [(m.start(), False) for m in numbers])
    return all(a[1] != b[1] for a, b in pairwise(order))


def _kind_of_numbers(line: Passage, numbers: list[re.Match[str]]) -> Strip:
    """Labels of bars, or the marks of a scale, which stand at equal steps; signed numbers are changes."""
    texts = [line.text[slice(*m.span())] for m in numbers]
    values = [float(re.sub(r"[^\d.]", "", text)) for text in texts]
    if even_step(values) != 0 or any(text.startswith(_SIGNED) for text in texts):
        return Strip.SCALE
    return Strip.LABELS


def _cut(line: Passage, spans: list[tuple[int, int]]) -> tuple[Passage, ...]:
    return tuple(line.slice(start, end) for start, end in spans)


def is_axis(times: list[PeriodMention]) -> bool:
    """True for times of one kind that follow one another at equal steps."""
    places = [_place(time.expression) for time in times]
    if len({time.expression.form for time in times}) > 1 or any(place is None for place in places):
        return False
    yearless = times[0].expression.year is None
    steps = {(b - a) % _MONTHS if yearless else b - a for a, b in pairwise([p for p in places if p is not None])}
    return len(steps) == 1 and min(steps) > 0


def _place(said: PeriodExpression) -> int | None:
    """A time as a number of months, comparable with others of its kind."""
    year = (said.year or 0) * _MONTHS
    if said.quarter:
        return year + 3 * said.quarter
    if said.month:
        return year + said.month
    return year if said.year else None
