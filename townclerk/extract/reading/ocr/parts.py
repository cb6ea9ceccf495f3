"""Parts of a picture whose lines are not level with those beside them: columns of text, a tile beside a chart.

A recogniser that looks for lines over the whole width mixes two that overlap in height, so it is shown each part by
itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

import numpy as np

from townclerk.extract.reading.ocr.picture import Picture, squares
from townclerk.extract.reading.ocr.runs import Mask, any_along, stretches

# Squares of so many pixels, with ink where their mean is darker than this.
_SQUARE = 8
_INK = 235
# In points: how wide a gutter is, how high, how wide what it parts, and paper shown around a part.
_GUTTER = 9.0
_LEAST_HEIGHT = 30.0
_LEAST_WIDTH = 40.0
_MARGIN = 6.0
# Lines on both sides of a gutter stand level where their middles differ by no more than this share of the lower one.
_LEVEL = 0.3
_HIGHER = 1.6
_LEAST_CONFLICTS = 1
_CONFLICTS = 0.3
_DEEPEST = 4
_MOST_BANDS = 400


class Part(NamedTuple):
    """A part of a picture, in pixels; last ones exclusive."""

    x0: int
    y0: int
    x1: int
    y1: int


@dataclass(slots=True)
class _Gutter:
    """An empty stretch between two sides: its rows and columns, last ones exclusive."""

    top: int
    bottom: int
    left: int
    right: int


def find_parts(picture: Picture) -> list[Part]:
    """The parts of a picture that are read by themselves, from the top; one for a page in one column.

    Args:
        picture: Dark letters on white.
    """
    ink = squares(picture.grey, _SQUARE) < _INK * _SQUARE * _SQUARE
    points = _SQUARE / picture.scale
    height, width = picture.grey.shape
    whole = Part(0, 0, width, height)
    boxes = list(_cut(ink, (0, 0, int(ink.shape[1]), int(ink.shape[0])), points, 0))
    if len(boxes) < 2:
        return [whole]
    margin = max(1, round(_MARGIN / points))
    found = []
    for box in boxes:
        tight = _tight(ink, box)
        if tight is None:
            continue
        x0, y0, x1, y1 = tight
        found.append(
            Part(
                max(box[0], x0 - margin) * _SQUARE,
                max(box[1], y0 - margin) * _SQUARE,
                min(width, min(box[2], x1 + margin) * _SQUARE),
                min(height, min(box[3], y1 + margin) * _SQUARE),
            )
        )
    return found


_Box = tuple[int, int, int, int]


def _tight(ink: Mask, box: _Box) -> _Box | None:
    """The box around the ink within a box."""
    x0, y0, x1, y1 = box
    inside = ink[y0:y1, x0:x1]
    rows, columns = np.flatnonzero(any_along(inside, 1)), np.flatnonzero(any_along(inside, 0))
    if rows.size == 0:
        return None
    return (x0 + int(columns[0]), y0 + int(rows[0]), x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1)


def _cut(ink: Mask, box: _Box, points: float, depth: int) -> Iterator[_Box]:
    """The parts of a box: what is above a gutter, left of it, right of it and below it, each cut in turn."""
    tight = _tight(ink, box)
    if tight is None:
        return
    x0, y0, x1, y1 = tight
    gutter = _best_gutter(ink[y0:y1, x0:x1], points) if depth < _DEEPEST else None
    if gutter is None:
        yield box
        return
    inked = any_along(ink[y0:y1, x0:x1], 1)
    top, bottom = y0 + _middle_of_gap(inked, gutter.top), y0 + _middle_of_gap(inked, gutter.bottom)
    middle = x0 + (gutter.left + gutter.right) // 2
    yield from _cut(ink, (box[0], box[1], box[2], top), points, depth + 1)
    yield from _cut(ink, (box[0], top, middle, bottom), points, depth + 1)
    yield from _cut(ink, (middle, top, box[2], bottom), points, depth + 1)
    yield from _cut(ink, (box[0], bottom, box[2], box[3]), points, depth + 1)


def _middle_of_gap(inked: Mask, edge: int) -> int:
    """The middle of the empty rows around an edge between lines: letters need paper on both sides of it."""
    before = np.flatnonzero(inked[:edge])
    behind = np.flatnonzero(inked[edge:])
    first = int(before[-1]) + 1 if before.size else 0
    last = edge + int(behind[0]) if behind.size else int(inked.size)
    return (first + last) // 2


def _best_gutter(ink: Mask, points: float) -> _Gutter | None:
    """The highest gutter whose sides are not level; None where there is none."""
    bands = stretches(any_along(ink, 1))
    if len(bands) > _MOST_BANDS:
        return None
    taken = [any_along(ink[top:bottom], 0) for top, bottom in bands]
    runs_level = cache(partial(_runs_level, ink))
    # Looked at once: a gutter is met again from each band that it runs through.
    seen: set[tuple[int, int, int, int]] = set()
    best: _Gutter | None = None
    for first in range(len(bands)):
        for left, right in _gaps(taken[first], points):
            found = _follow(bands, taken, first, left, right, points)
            if _is_low(found, best, points):
                continue
            found = _trimmed(found, bands, runs_level)
            place = (found.top, found.bottom, found.left, found.right)
            if _is_low(found, best, points) or place in seen:
                continue
            seen.add(place)
            if _is_worth_it(ink, found, points):
                best = found
    return best


def _is_low(gutter: _Gutter, best: _Gutter | None, points: float) -> bool:
    """True for a gutter that is too low, or no higher than the best."""
    high = gutter.bottom - gutter.top
    return high * points < _LEAST_HEIGHT or (best is not None and high <= best.bottom - best.top)


def _gaps(taken: Mask, points: float) -> list[tuple[int, int]]:
    """Wide empty stretches between ink."""
    return [
        (left, right)
        for left, right in stretches(~taken)
        if left > 0 and right < taken.size and (right - left) * points >= _GUTTER
    ]


def _follow(
    bands: list[tuple[int, int]], taken: list[Mask], first: int, left: int, right: int, points: float
) -> _Gutter:
    """How far down a gutter runs; it may become narrower."""
    bottom = bands[first][1]
    for (_, end), columns in zip(bands[first + 1 :], taken[first + 1 :], strict=True):
        if not columns[left:right].any():
            bottom = end
            continue
        free = [
            (left + start, left + stop)
            for start, stop in stretches(~columns[left:right])
            if (stop - start) * points >= _GUTTER
        ]
        if not free:
            break
        left, right = max(free, key=lambda one: one[1] - one[0])
        bottom = end
    return _Gutter(bands[first][0], bottom, left, right)


def _is_worth_it(ink: Mask, gutter: _Gutter, points: float) -> bool:
    """True where the lines on the two sides overlap in height without being level."""
    sides = [ink[gutter.top : gutter.bottom, : gutter.left], ink[gutter.top : gutter.bottom, gutter.right :]]
    for side in sides:
        columns = np.flatnonzero(any_along(side, 0))
        if columns.size == 0 or (columns[-1] - columns[0]) * points < _LEAST_WIDTH:
            return False
    conflicts, level = _held_together(*sides)
    return conflicts >= _LEAST_CONFLICTS and conflicts >= _CONFLICTS * (conflicts + level)


def _trimmed(
    gutter: _Gutter, bands: list[tuple[int, int]], runs_level: Callable[[int, int, int, int], bool]
) -> _Gutter:
    """The gutter without lines at its top and bottom that run level over it, such as the labels of an axis."""
    inside = [(top, bottom) for top, bottom in bands if gutter.top <= top and bottom <= gutter.bottom]
    sides = gutter.left, gutter.right
    while inside and runs_level(*sides, *inside[0]):
        inside.pop(0)
    while inside and runs_level(*sides, *inside[-1]):
        inside.pop()
    if not inside:
        return _Gutter(gutter.top, gutter.top, gutter.left, gutter.right)
    return _Gutter(inside[0][0], inside[-1][1], gutter.left, gutter.right)


def _runs_level(ink: Mask, left: int, right: int, top: int, bottom: int) -> bool:
    """True for a band that has lines on both sides of a gutter, all of them level."""
    conflicts, level = _held_together(ink[top:bottom, :left], ink[top:bottom, right:])
    return conflicts == 0 and level > 0


def _held_together(left: Mask, right: Mask) -> tuple[int, int]:
    """How many pairs of lines on two sides overlap in height without being level, and how many are level."""
    conflicts = level = 0
    behind = stretches(any_along(right, 1))
    for top, bottom in stretches(any_along(left, 1)):
        for other_top, other_bottom in behind:
            overlap = min(bottom, other_bottom) - max(top, other_top)
            if overlap <= 0:
                continue
            lower = min(bottom - top, other_bottom - other_top)
            higher = max(bottom - top, other_bottom - other_top)
            apart = abs(top + bottom - other_top - other_bottom) / 2
            if apart > max(1.0, _LEVEL * lower) or higher > _HIGHER * lower:
                conflicts += 1
            else:
                level += 1
    return conflicts, level
