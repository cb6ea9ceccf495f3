"""A series as a picture: SVG made here, without a drawing library; alone, as PNG or in a self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise
from math import ceil, cos, floor, hypot, log10, pi, sin
from pathlib import Path

import pymupdf

from townclerk.extract.output.atomic import whole_file
from townclerk.models.errors import UsageError
from townclerk.models.units import Role
from townclerk.store.series import Point, Series

_WIDTH, _HEIGHT = 1080, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 370, 60, 60
_KEY_LINE = 20
_KEY_LETTERS = 58
_DATE_WIDTH = 64
# Okabe and Ito's colours, told apart by most colour-blind readers; lines differ in dashes too, and when there are more
# than colours, in marks.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_TICKS = 6
_PNG_DPI = 144
_DASH, _GAP = 7.0, 5.0

_Key = tuple[str, Role, str]


@dataclass(slots=True, frozen=True)
class _Frame:
    """From days and values to places on the picture."""

    first: int
    last: int
    low: float
    high: float
    step: float

    def x(self, day: int) -> float:
        return _LEFT + (day - self.first) / max(1, self.last - self.first) * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - (value - self.low) / (self.high - self.low) * (_HEIGHT - _TOP - _BOTTOM)


def write_plot(series: Series, path: Path) -> None:
    """Draw a series into an `.svg`, `.png` or `.html` file.

    Raises:
        UsageError: If the name ends otherwise, or the series has no dated value.
        OutputError: If the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in {".svg", ".png", ".html"}:
        raise UsageError(f"{path}: end the picture's name in .svg, .png or .html")
    picture = draw(series).encode()
    if suffix == ".png":
        picture = _png(picture)
    elif suffix == ".html":
        title = escape(series.name)
        head = f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title>\n'
        picture = head.encode() + picture + b"</html>\n"
    with whole_file(path) as stream:
        stream.write(picture)


def _png(picture: bytes) -> bytes:
    with pymupdf.open(stream=picture, filetype="svg") as drawing:
        image: bytes = drawing[0].get_pixmap(dpi=_PNG_DPI).tobytes("png")
    return image


def draw(series: Series) -> str:
    """A series as SVG: a line an area, role and kind of period; targets dashed, restated values as rings.

    Raises:
        UsageError: If it has no dated value.
    """
    points = [point for point in series.points if point.observation.period.end]
    if not points:
        raise UsageError(f"{series.indicator_id}: the store has no dated value to draw; look with townclerk series")
    frame = _frame(points)
    title = escape(series.name)
    lines = series.lines()
    height = max(_HEIGHT, _TOP + _KEY_LINE * (len(lines) + 1))
    kind = f'viewBox="0 0 {_WIDTH} {height}" role="img" font-family="Helvetica, Arial, sans-serif" font-size="12"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {kind}><title>{title}</title>',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{_LEFT}" y="30" font-size="18" font-weight="bold">{title}</text>',
        *_axes(frame, points),
    ]
    names = _names(list(lines))
    for number, (line, of_line) in enumerate(lines.items()):
        dated = [point for point in of_line if point.observation.period.end]
        parts += _line(frame, number, names[line], line[1], dated)
    return "\n".join(parts) + "\n</svg>\n"


def _names(lines: Sequence[_Key]) -> dict[_Key, str]:
    """What the key calls each line: the kind of period only where several kinds are drawn."""
    several = len({kind for _, _, kind in lines}) > 1
    named = {}
    for place, role, kind in lines:
        parts = [place, "target" if role is Role.TARGET else "", kind if several else ""]
        name = ", ".join(part.replace("_", " ") for part in parts if part)
        name = name[:1].upper() + name[1:]
        named[place, role, kind] = name if len(name) <= _KEY_LETTERS else f"{name[: _KEY_LETTERS - 1]}…"
    return named


def _frame(points: Sequence[Point]) -> _Frame:
    days = [_day(point) for point in points]
    values = [_value(point) for point in points]
    values += [one.observation.value or 0.0 for point in points for one in point.restated]
    low, high = min(values), max(values)
    if 0 <= low < high / 2:
        low = 0.0
    step = _step(high - low or abs(high) or 1.0)
    return _Frame(min(days), max(days), floor(low / step) * step, ceil(high / step + 0.1) * step, step)


def _step(span: float) -> float:
    """The distance of two marks on the axis: 1, 2 or 5 times a power of ten."""
    rough = span / _TICKS
    power = 10.0 ** floor(log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)


def _axes(frame: _Frame, points: Sequence[Point]) -> Iterable[str]:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    for number in range(round((frame.high - frame.low) / frame.step) + 1):
        value = frame.low + frame.step * number
        y = frame.y(value)
        yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{round(value, 9):,.10g}</text>'
    last = float("-inf")
    for day in sorted({_day(point) for point in points}):
        if frame.x(day) - last >= _DATE_WIDTH:
            last = frame.x(day)
            label = date.fromordinal(day).strftime("%b %Y")
            yield f'<text x="{last:.1f}" y="{bottom + 20}" text-anchor="middle">{label}</text>'
    unit = points[0].observation.unit.value.replace("_", " ")
    yield f'<text x="{_LEFT}" y="{_TOP - 10}" fill="#555">{escape(unit)}</text>'


def _line(frame: _Frame, number: int, name: str, role: Role, points: Sequence[Point]) -> Iterable[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    mark = _MARKS[number // len(_COLOURS) % len(_MARKS)]
    dashed = role is Role.TARGET
    places = [(frame.x(_day(point)), frame.y(_value(point))) for point in points]
    yield _stroke(places, colour, dashed=dashed)
    for point, (x, y) in zip(points, places, strict=True):
        told = escape(f"{name}, {point.slot.period_code}: {_value(point):g}")
        yield f'<path d="{_mark(mark, x, y)}" fill="{colour}"><title>{told}</title></path>'
        for one in point.restated:
            height = frame.y(one.observation.value or 0.0)
            ring = f'<circle cx="{x:.1f}" cy="{height:.1f}" r="5" fill="none" stroke="{colour}">'
            yield f"{ring}<title>restated</title></circle>"
    y = _TOP + 10 + _KEY_LINE * number
    left = _WIDTH - _RIGHT + 20
    yield _stroke([(left, y), (left + 24, y)], colour, dashed=dashed)
    yield f'<path d="{_mark(mark, left + 12, y)}" fill="{colour}"/>'
    yield f'<text x="{left + 32}" y="{y + 4}">{escape(name)}</text>'


_MARKS: tuple[tuple[tuple[float, float], ...], ...] = (
    tuple((4 * cos(pi * step / 8), 4 * sin(pi * step / 8)) for step in range(16)),
    ((-4, -4), (4, -4), (4, 4), (-4, 4)),
    ((0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)),
    ((0, -5), (5, 4), (-5, 4)),
)
"""A dot, a square, a diamond, a triangle."""


def _mark(corners: Sequence[tuple[float, float]], x: float, y: float) -> str:
    return "M" + "L".join(f"{x + across:.1f} {y + down:.1f}" for across, down in corners) + "Z"


def _stroke(places: Sequence[tuple[float, float]], colour: str, *, dashed: bool) -> str:
    """A line through some places. Dashes are drawn one by one: not every program that shows SVG knows them."""
    pieces = list(_dashes(places)) if dashed else [places]
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in piece) for piece in pieces)
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'


def _dashes(places: Sequence[tuple[float, float]]) -> Iterable[list[tuple[float, float]]]:
    for (x, y), (end_x, end_y) in pairwise(places):
        length = hypot(end_x - x, end_y - y) or 1.0
        along_x, along_y = (end_x - x) / length, (end_y - y) / length
        done = 0.0
        while done < length:
            till = min(done + _DASH, length)
            yield [(x + along_x * done, y + along_y * done), (x + along_x * till, y + along_y * till)]
            done = till + _GAP


def _day(point: Point) -> int:
    return date.fromisoformat(str(point.observation.period.end)).toordinal()


def _value(point: Point) -> float:
    return point.observation.value or 0.0
