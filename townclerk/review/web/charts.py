"""Charts as plain numbers: where bars, dots and lines lie; the templates draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from townclerk.models.units import Role
from townclerk.review.overview import Bin, Coverage
from townclerk.review.web.wording import number, plainly
from townclerk.store.series import Point, Series
from townclerk.store.vocabulary import Review

WIDTH, HEIGHT = 1120.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 16.0, 14.0, 30.0
LINES = 6
"""Lines of a chart that can be told apart; further ones share the last look."""
_TICKS = 5


@dataclass(slots=True, frozen=True)
class Bar:
    """One tenth of the confidence scale: left edge, heights from the bottom up, and the words for it."""

    x: float
    width: float
    rest: float
    right: float
    wrong: float
    count: int
    words: str


@dataclass(slots=True, frozen=True)
class Histogram:
    """The bars, the height they share, and what is behind them in words."""

    bars: tuple[Bar, ...]
    most: int
    width: float = 360.0
    height: float = 150.0


@dataclass(slots=True, frozen=True)
class Dot:
    """One value of a line."""

    x: float
    y: float
    words: str
    decided: bool


@dataclass(slots=True, frozen=True)
class Line:
    """One line: its look (0 to 5), its name, and its dots."""

    look: int
    name: str
    dots: tuple[Dot, ...]

    @property
    def points(self) -> str:
        """The dots as SVG takes them."""
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.dots)


@dataclass(slots=True, frozen=True)
class Chart:
    """A series, ready to be drawn; its points also as rows of a table."""

    name: str
    unit: str
    lines: tuple[Line, ...]
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str, ...], ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    bottom: float = BOTTOM


@dataclass(slots=True, frozen=True)
class HeatRow:
    """One indicator: its id and name, and for each period its shade (0 to 4) and count."""

    indicator_id: str
    name: str
    cells: tuple[tuple[int, int], ...]


@dataclass(slots=True, frozen=True)
class Heat:
    """The heat map: periods and rows."""

    periods: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    left_out: int


def histogram(bins: Sequence[Bin]) -> Histogram:
    """The confidence histogram; what was decided is split into right and wrong."""
    most = max((one.count for one in bins), default=0)
    made = Histogram((), most)
    step, scale = made.width / max(1, len(bins)), made.height / max(1, most)
    bars = []
    for index, one in enumerate(bins):
        words = f"{one.low:.0%} to {one.high:.0%}: {one.count:,} readings"
        if one.decided:
            words += f", {one.decided:,} decided, {one.right:,} of them right"
        wrong = one.decided - one.right
        bars.append(
            Bar(index * step + 2, step - 4, (one.count - one.decided) * scale, one.right * scale, wrong * scale,
                one.count, words)
        )  # fmt: skip
    return Histogram(tuple(bars), most)


def heat(coverage: Coverage) -> Heat:
    """The coverage map; shades are quarters of the largest count."""
    most = max(coverage.counts.values(), default=0)
    rows = tuple(
        HeatRow(key, name, tuple(_shade(coverage.counts.get((key, month), 0), most) for month in coverage.periods))
        for key, name in coverage.indicators
    )
    return Heat(tuple(coverage.periods), rows, coverage.left_out)


def _shade(count: int, most: int) -> tuple[int, int]:
    return (0 if not count else min(4, 1 + 4 * (count - 1) // max(1, most)), count)


def line_chart(series: Series) -> Chart | None:
    """A series as lines; None where it has no dated value."""
    lines = {key: [one for one in found if _day(one) is not None] for key, found in series.lines().items()}
    lines = {key: found for key, found in lines.items() if found}
    points = [one for found in lines.values() for one in found]
    if not points:
        return None
    days, values = [_day(one) or 0 for one in points], [one.observation.value or 0.0 for one in points]
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1.0) * 0.1
    low, high = (0.0 if 0 <= low < high / 2 else low - room), high + room
    first, last = min(days), max(days)

    def x(day: int) -> float:
        share = 0.5 if first == last else (day - first) / (last - first)
        return LEFT + 8 + share * (WIDTH - LEFT - RIGHT - 16)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    drawn = []
    for index, ((area, role, kind), found) in enumerate(_own_first(lines).items()):
        dots = tuple(
            Dot(x(_day(one) or 0), y(one.observation.value or 0.0), _told(one), _is_decided(one)) for one in found
        )
        name = " · ".join(filter(None, [area, "target" if role is Role.TARGET else "", plainly(kind)]))
        drawn.append(Line(min(index, LINES - 1), name, dots))
    moments = sorted({round(first + (last - first) * step / (_TICKS - 1)) for step in range(_TICKS)})
    across = tuple((x(day), f"{date.fromordinal(day):%b %Y}") for day in moments)
    up = tuple(
        (y(value), f"{value:,.4g}") for value in (low + (high - low) * step / (_TICKS - 1) for step in range(_TICKS))
    )
    rows = tuple(
        (area, plainly(role), one.slot.period_code, number(one.observation.value), one.observation.document.name)
        for (area, role, _), found in lines.items()
        for one in found
    )
    return Chart(series.name, points[0].observation.unit.value, tuple(drawn), across, up, rows)


def _own_first(lines: dict[tuple[str, Role, str], list[Point]]) -> dict[tuple[str, Role, str], list[Point]]:
    """The reporting authority's own values first, then its targets, then the others."""

    def order(key: tuple[str, Role, str]) -> tuple[bool, bool, str]:
        place = lines[key][0].observation.area
        return (place is None or not place.is_reporting_authority, key[1] is Role.TARGET, key[0])

    return {key: lines[key] for key in sorted(lines, key=order)}


def _day(point: Point) -> int | None:
    end = point.observation.period.end
    return date.fromisoformat(end).toordinal() if end else None


def _is_decided(point: Point) -> bool:
    return point.chosen.review is not Review.UNDECIDED


def _told(point: Point) -> str:
    one = point.observation
    told = f"{point.slot.area}, {point.slot.role.value}, {point.slot.period_code}: {number(one.value)}"
    if _is_decided(point):
        told += f" ({point.chosen.review.value})"
    if point.restated:
        told += "; elsewhere " + ", ".join(number(other.observation.value) for other in point.restated)
    return told
