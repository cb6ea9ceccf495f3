"""Charts: axis ticks, gridline numbers and legends are set aside; data labels are kept where each has one category."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from townclerk.extract.reading.pdf.drafts import Draft, chart_of
from townclerk.extract.reading.pdf.geometry import Line, Segment, bounds
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.plots import BARS_ABOVE, LEGEND_BELOW, bar_chart, column_chart
from townclerk.extract.reading.pdf.series import find_series
from townclerk.extract.reading.pdf.vectors import Rule
from townclerk.models.document import Box

_YEAR = re.compile(r"(?:19|20)\d\d")
_TICK = re.compile(r"[-–−]?£?\s?\d[\d,]*(?:\.\d+)?\s?(?:%|k|m)?")
_FEWEST_TICKS = 4
# So many are enough for a scale from nought in round steps that stands upright.
_FEWEST_FROM_NOUGHT = 3
_LONGEST_LABEL, _SHORTEST_TITLE = 42, 8
# How far over a chart's text its title stands, and how far its lines from each other, in sizes of them; how far it may
# reach beyond the chart's text on either side, as a share of its width.
_TITLE_ABOVE, _TITLE_LINES, _BEYOND = 90.0, 0.5, 0.12
_RIGHT, _LEFT, _AT = attrgetter("x1"), attrgetter("x0"), attrgetter("at")
_LAST = sys.maxsize


@dataclass(slots=True)
class Axis:
    """A scale: its ticks in order along it."""

    ticks: list[Segment]
    upright: bool

    @property
    def box(self) -> Box:
        """The box around its ticks."""
        return bounds(self.ticks)


class _Page:
    """A page's text and rules by their height, for a chart asks only for what is near it.

    Attributes:
        width: Width of the page.
        ticks: The ids of all ticks of the page's scales.
    """

    def __init__(self, segments: Sequence[Segment], rules: Sequence[Rule], width: float, ticks: set[int]) -> None:
        """Sorts a page's segments and level rules by height, the upright ones by their place across."""
        self.width = width
        self.ticks = ticks
        self._segments = segments
        self._by_height = sorted((one.middle, place) for place, one in enumerate(segments))
        self._largest = max(one.size for one in segments)
        self._level = sorted((rule for rule in rules if rule.horizontal), key=_AT)
        self._upright = sorted((rule for rule in rules if not rule.horizontal), key=_AT)

    def between(self, top: float, bottom: float) -> list[Segment]:
        """The text whose middle line lies between two heights, in the page's order."""
        placed = self._by_height[bisect_left(self._by_height, (top,)) : bisect_right(self._by_height, (bottom, _LAST))]
        return [self._segments[place] for place in sorted(place for _, place in placed)]

    def near(self, axis: Axis, plot: Box) -> list[Segment]:
        """The text that a chart may take, for itself or for its labels and legend, in the page's order."""
        top, bottom = axis.box.y0, axis.box.y1
        reach = max(bottom, plot.y1) + LEGEND_BELOW * self._largest
        return self.between(min(plot.y0, top - BARS_ABOVE * (bottom - top)), reach)

    def level(self, top: float, bottom: float) -> list[Rule]:
        """The horizontal rules between two heights."""
        return self._level[bisect_left(self._level, top, key=_AT) : bisect_right(self._level, bottom, key=_AT)]

    def upright(self, left: float, right: float) -> list[Rule]:
        """The vertical rules between two places across the page."""
        return self._upright[bisect_left(self._upright, left, key=_AT) : bisect_right(self._upright, right, key=_AT)]

    def has_rows(self, ticks: Sequence[Segment]) -> bool:
        """True where text stands beside most ticks at their height, as the rest of a table's row does."""
        beside = 0
        for tick in ticks:
            near = 0.2 * (tick.y1 - tick.y0)
            others = self.between(tick.middle - near, tick.middle + near)
            level = [one for one in others if id(one) not in self.ticks and abs(one.size - tick.size) < 0.6]
            beside += any(one.x0 > tick.x1 for one in level)
        return beside * 2 > len(ticks) + 1


def find_charts(
    segments: Sequence[Segment], rules: Sequence[Rule], width: float, layout: Layout
) -> list[tuple[Draft, list[Segment]]]:
    """The charts of a page: each as a block (a table of two rows where its labels are certain), with the text it takes.

    Args:
        segments: The page's text.
        rules: The page's rules: gridlines tell how wide a chart is.
        width: Width of the page.
        layout: What the reader of pages knows.
    """
    charts = _scaled_charts(segments, rules, width, layout)
    taken = {id(one) for _, held in charts for one in held}
    return [*charts, *find_series([one for one in segments if id(one) not in taken], layout)]


def _scaled_charts(
    segments: Sequence[Segment], rules: Sequence[Rule], width: float, layout: Layout
) -> list[tuple[Draft, list[Segment]]]:
    """Charts with a scale of numbers."""
    numbers = [(segment, value) for segment in segments if segment.upright and (value := _value(segment)) is not None]
    if len(numbers) < _FEWEST_FROM_NOUGHT:
        return []
    axes = _axes(numbers)
    if not axes:
        return []
    charts: list[tuple[Draft, list[Segment]]] = []
    taken: set[int] = set()
    page = _Page(segments, rules, width, {id(tick) for axis in axes for tick in axis.ticks})
    for axis in axes:
        if axis.upright and page.has_rows(axis.ticks):
            continue
        own = {id(tick) for tick in axis.ticks}
        if own & taken:
            continue
        plot = _plot(axis, page, own)
        near = page.near(axis, plot)
        ids = {id(one) for one in near if id(one) not in taken and _is_in(one, plot) and not _is_over(one, axis)} | own
        taken |= ids
        held = [one for one in near if id(one) in ids]
        rest = [one for one in held if id(one) not in own]
        others = [one for one in near if id(one) not in page.ticks and (id(one) not in taken or id(one) in ids)]
        series = _labelled(axis, rest, others, layout)
        if series is not None:
            # What stands below the chart's own text is not part of it.
            foot = series[0].box.y1
            used = {id(one) for one in series[1]}
            gone = {id(one) for one in rest if one.middle > foot} - used
            taken -= gone
            ids = (ids - gone) | used
            taken |= ids
            held = [one for one in near if id(one) in ids]
        charts.append((series[0] if series is not None else chart_of(held), held))
    return charts


def _value(segment: Segment) -> float | None:
    """The number a segment is, if it is one and no year."""
    words = segment.words
    first = words[0].text[0]
    if not (first.isdecimal() or first in "-–−£") or len(words) > 2:
        return None
    text = segment.text
    if _TICK.fullmatch(text) is None:
        return None
    plain = text.replace("–", "-").replace("−", "-").replace(",", "").replace("£", "").replace(" ", "").rstrip("%km")
    value = float(plain)
    return None if _YEAR.fullmatch(text) else value


def _axes(numbers: Sequence[tuple[Segment, float]]) -> list[Axis]:
    """Scales on the page: upright ones first."""
    axes: list[Axis] = []
    for edge in (_RIGHT, _LEFT):
        columns: defaultdict[int, list[tuple[Segment, float]]] = defaultdict(list)
        for number in numbers:
            columns[round(edge(number[0]) / 4)].append(number)
        for place in sorted(columns):
            stack = columns[place] + columns.get(place + 1, [])
            if len(stack) < _FEWEST_FROM_NOUGHT:
                continue
            stack.sort(key=lambda pair: pair[0].middle)
            runs = _even_runs(stack, [pair[0].middle for pair in stack], falling=True)
            axes.extend(Axis([pair[0] for pair in run], upright=True) for run in runs)
    axes.sort(key=lambda axis: -len(axis.ticks))
    levels: defaultdict[int, list[tuple[Segment, float]]] = defaultdict(list)
    for number in numbers:
        levels[round(number[0].middle / 3)].append(number)
    for rank in levels.values():
        if len(rank) < _FEWEST_TICKS:
            continue
        line = sorted(rank, key=lambda pair: pair[0].x0)
        runs = _even_runs(line, [(pair[0].x0 + pair[0].x1) / 2 for pair in line], falling=False)
        scales = [run for run in runs if _is_scale([value for _, value in run])]
        axes.extend(Axis([pair[0] for pair in run], upright=False) for run in scales)
    return axes


def _even_runs(
    pairs: Sequence[tuple[Segment, float]], places: Sequence[float], *, falling: bool
) -> list[list[tuple[Segment, float]]]:
    """Runs of four numbers and more (three down to nought) that stand and differ by equal steps."""
    runs: list[list[tuple[Segment, float]]] = []
    first = 0
    while first + _FEWEST_FROM_NOUGHT <= len(pairs):
        last = first + 1
        step, distance = pairs[last][1] - pairs[first][1], places[last] - places[first]
        good = distance > 2 and (step < 0 if falling else step > 0)
        while good and last + 1 < len(pairs):
            near = abs(places[last + 1] - places[last] - distance) <= 0.12 * distance + 0.8
            same = abs(pairs[last + 1][1] - pairs[last][1] - step) <= 1e-6 * max(1.0, abs(step))
            if not (near and same):
                break
            last += 1
        from_nought = falling and pairs[last][1] == 0 and _is_round(-step)
        if good and last - first + 1 >= (_FEWEST_FROM_NOUGHT if from_nought else _FEWEST_TICKS):
            runs.append(list(pairs[first : last + 1]))
            first = last + 1
        else:
            first += 1
    return runs


def _is_round(step: float) -> bool:
    """True for the steps that scales are divided by: 1, 2, 2.5 and 5, and ten times or a tenth of them."""
    return f"{step:e}".split("e")[0].rstrip("0").rstrip(".") in {"1", "2", "2.5", "5"}


def _is_scale(values: Sequence[float]) -> bool:
    """True for round numbers from nought or in steps of five and the like: 0, 20, 40; not 1, 2, 3."""
    step = values[1] - values[0]
    return (values[0] == 0 and (step >= 2 or step < 1)) or (step >= 5 and step % 5 == 0 and values[0] % step == 0)


def _plot(axis: Axis, page: _Page, own: set[int]) -> Box:
    """The area of a chart: as far as its gridlines or the labels under it go.

    Args:
        axis: The chart's scale.
        page: The page.
        own: The ids of the scale's ticks: those of a chart beside this one are no labels under it.
    """
    box = axis.box
    size = axis.ticks[0].size
    if not axis.upright:
        lines = [rule for rule in page.upright(box.x0 - 4, box.x1 + 4) if box.y0 - 20 < rule.end <= box.y0 + 4]
        top = min((rule.start for rule in lines), default=box.y0 - 12 * size)
        labels = [
            one.x0
            for one in page.between(top, box.y0)
            if (id(one) in own or id(one) not in page.ticks)
            and one.x1 <= box.x0 + 8
            and len(one.text) <= _LONGEST_LABEL
            and one.x1 > box.x0 - 90
        ]
        return Box(min([box.x0 - 4, *labels]), top - size, box.x1 + 4, box.y1 + 1)
    grid = [rule for rule in page.level(box.y0 - 6, box.y1 + 6) if box.x1 - 4 <= rule.start < box.x1 + 30]
    right = max((rule.end for rule in grid), default=0.0)
    under = sorted(
        (
            one
            for one in page.between(box.y1 - 0.5 * size, box.y1 + 3.2 * size)
            if (id(one) in own or id(one) not in page.ticks) and one.x1 > box.x0 and len(one.text) <= _LONGEST_LABEL
        ),
        key=_LEFT,
    )
    reach = max(box.x1, right)
    for one in under:
        beyond = len(grid) >= _FEWEST_TICKS and one.x0 > right + size
        if beyond or one.x0 - reach > max(60.0, 0.2 * page.width):
            break
        reach = max(reach, one.x1)
    bottom = max([box.y1, *(one.y1 for one in under if one.x0 < reach)])
    return Box(box.x0 - 2, box.y0 - 0.6 * size, reach + 2, bottom + 1)


def _is_in(segment: Segment, plot: Box) -> bool:
    middle = (segment.x0 + segment.x1) / 2
    return (
        plot.x0 <= middle <= plot.x1 and plot.y0 <= segment.middle <= plot.y1 and segment.letters <= 2 * _LONGEST_LABEL
    )


def _is_over(segment: Segment, axis: Axis) -> bool:
    """True for words over the top of an upright scale: the chart's title, which names what the chart shows."""
    above = axis.upright and segment.y1 < axis.ticks[0].middle and segment.size >= axis.ticks[0].size
    return above and sum(char.isalpha() for char in segment.text) >= _SHORTEST_TITLE


def _labelled(
    axis: Axis, rest: Sequence[Segment], others: Sequence[Segment], layout: Layout
) -> tuple[Draft, list[Segment]] | None:
    """A chart's series as a table, with the text it takes; None unless each label can be of one of them alone."""
    if axis.upright:
        return column_chart(axis.box, rest, others, layout)
    return bar_chart(axis.box, others, layout)


def title_over(chart: Box, lines: Sequence[Line]) -> list[Segment]:
    """The words right over a chart, where text that is not over it stands on their line; else none.

    Args:
        chart: The box around the chart's own text.
        lines: The page's lines that are in no chart.
    """
    slack = _BEYOND * (chart.x1 - chart.x0)
    title: list[Segment] = []
    shared = False
    reach, gap = chart.y0, _TITLE_ABOVE
    for line in reversed([line for line in lines if (line.y0 + line.y1) / 2 < chart.y0]):
        over = [one for one in line.segments if chart.x0 - slack < (one.x0 + one.x1) / 2 < chart.x1 + slack]
        if not over:
            continue
        fits = len(over) == 1 and over[0].x0 > chart.x0 - 2 * slack and over[0].x1 < chart.x1 + 2 * slack
        if reach - line.y1 > gap or not fits or not any(char.isalpha() for char in over[0].text):
            break
        title.insert(0, over[0])
        shared = shared or len(line.segments) > 1
        reach, gap = line.y0, _TITLE_LINES * line.size
    return title if shared else []
