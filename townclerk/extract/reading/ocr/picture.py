"""A page as a grey picture at the resolution recognisers want, laid straight."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import radians, tan
from typing import Any

import numpy as np
import numpy.typing as npt
import pymupdf

Levels = npt.NDArray[np.uint8]
Matrix = tuple[float, float, float, float, float, float]

DPI = 300
# Letters on a flattened picture are darker.
INK = 150
_MOST_PIXELS = 60_000_000
# Skew is looked for up to so many degrees; a person would have laid a page straighter.
_MOST_SKEW = 4.0
_LEAST_SKEW = 0.08
_DARK = 0.72
_LEAST_DARK = 300


@dataclass(slots=True)
class Picture:
    """A picture of a page or of a part of it.

    Attributes:
        grey: Levels, 0 black to 255 white, row by row.
        colour: The same in red, green and blue, at a third of the resolution.
        scale: Pixels to the point.
        back: From the picture's own points (pixels / scale) to the page as displayed.
    """

    grey: Levels
    colour: Levels
    scale: float
    back: Matrix

    @property
    def width(self) -> float:
        """In points."""
        return float(self.grey.shape[1] / self.scale)

    @property
    def height(self) -> float:
        """In points."""
        return float(self.grey.shape[0] / self.scale)

    def part(self, x0: float, y0: float, x1: float, y1: float) -> Levels:
        """The levels within a box, in points, as far as it lies on the picture."""
        left, top, right, bottom = (max(0, round(edge * self.scale)) for edge in (x0, y0, x1, y1))
        return self.grey[top:bottom, left:right]


COLOUR_SHRINK = 3


def take_picture(page: pymupdf.Page, clip: pymupdf.Rect | None = None, quarter_turns: int = 0) -> Picture:
    """Draw a page, straight.

    Args:
        page: The page.
        clip: The part to draw, as displayed; None for all of it.
        quarter_turns: How often to turn it clockwise by 90 degrees first.
    """
    area = page.rect if clip is None else clip
    scale = min(DPI / 72, (_MOST_PIXELS / max(1.0, area.width * area.height)) ** 0.5)
    turn = pymupdf.Matrix(scale, scale).prerotate(-90 * quarter_turns)
    small = turn * pymupdf.Matrix(1 / COLOUR_SHRINK, 1 / COLOUR_SHRINK)
    colour, _ = _draw(page, small, clip, pymupdf.csRGB)
    skew = find_skew(_summed(colour))
    if abs(skew) >= _LEAST_SKEW:
        straighten = pymupdf.Matrix(-skew)
        turn, small = turn * straighten, small * straighten
        # Straight colours are wanted only where there are any.
        if is_coloured(colour):
            colour, _ = _draw(page, small, clip, pymupdf.csRGB)
    grey, origin = _draw(page, turn, clip, pymupdf.csGRAY)
    # From points of the straight picture to its pixels, then back over the way it was drawn.
    back = pymupdf.Matrix(scale, 0, 0, scale, origin[0], origin[1]) * ~turn
    return Picture(grey, colour, scale, (back.a, back.b, back.c, back.d, back.e, back.f))


def _draw(page: pymupdf.Page, matrix: Any, clip: Any, space: Any) -> tuple[Levels, tuple[int, int]]:
    """The page's levels and the place of their first pixel."""
    pixels = page.get_pixmap(matrix=matrix, clip=clip, colorspace=space, alpha=False)
    levels = np.frombuffer(pixels.samples_mv, dtype=np.uint8).reshape(pixels.height, pixels.stride)
    shape = (pixels.height, pixels.width) if pixels.n == 1 else (pixels.height, pixels.width, pixels.n)
    return levels[:, : pixels.width * pixels.n].reshape(shape).copy(), (pixels.x, pixels.y)


def is_coloured(colour: Levels) -> bool:
    """True for a picture with areas of colour, not only of grey."""
    red, green, blue = (np.ascontiguousarray(colour[::3, ::3, one]) for one in range(3))
    most, least = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    return float((most - least > 24).mean()) > 0.001


def _summed(colour: Levels) -> npt.NDArray[np.uint16]:
    """Red, green and blue added up: three times the grey."""
    return np.asarray(colour[..., 0].astype(np.uint16) + colour[..., 1] + colour[..., 2], dtype=np.uint16)


def middle_level(levels: npt.NDArray[np.uint16]) -> int:
    """The middle one of many levels, counted instead of sorted."""
    counts = np.bincount(levels.ravel())
    return int(np.searchsorted(counts.cumsum(), (levels.size + 1) // 2))


def find_skew(grey: npt.NDArray[np.uint16]) -> float:
    """Degrees by which lines of text run down to the right, from levels at about 100 dots an inch.

    It is 0 where there is too little text to tell.

    The angle under which the page's dark pixels, summed along the lines, differ most from row to row.
    """
    dark = grey < _DARK * middle_level(grey)
    dark[:, :4] = dark[:, -4:] = False
    if np.count_nonzero(dark) < _LEAST_DARK:
        return 0.0
    # Dark pixels of each row to the left of each column: what lies between two columns is then one subtraction.
    before = np.zeros((dark.shape[1] + 1, dark.shape[0]), dtype=np.int32)
    np.cumsum(dark.T, axis=0, dtype=np.int32, out=before[1:])
    highest = np.where(dark.any(axis=0), dark.argmax(axis=0), dark.shape[0])
    sharpness = partial(_sharpness, before, highest)
    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.25), key=sharpness)
    fine = max(np.arange(coarse - 0.25, coarse + 0.251, 0.05), key=sharpness)
    return float(fine) if sharpness(fine) > 1.02 * sharpness(0.0) else 0.0


def _sharpness(before: npt.NDArray[np.int32], highest: npt.NDArray[np.int64], angle: float) -> float:
    """How much rows differ from the next when the page is turned by an angle: columns move up and down as a whole.

    The highest dark pixel comes to lie in the middle of a row.
    """
    columns, rows = before.shape[0] - 1, before.shape[1]
    moved = np.arange(columns) * -tan(radians(angle))
    moves = np.rint(moved - (moved + highest).min()).astype(np.int64)
    edges = [0, *(np.flatnonzero(np.diff(moves)) + 1).tolist(), columns]
    least = int(moves.min())
    counts = np.zeros(rows + int(moves.max()) - least + 2, dtype=np.int32)
    for first, last in pairwise(edges):
        down = int(moves[first]) - least + 1
        counts[down : down + rows] += before[last] - before[first]
    return float(np.square(np.diff(counts).astype(np.float64)).sum())


def shrink(grey: Levels, times: int) -> npt.NDArray[np.float32]:
    """The mean of each square of `times` by `times` pixels."""
    return np.asarray(squares(grey, times) / np.float32(times * times), dtype=np.float32)


def enlarge(grey: Levels, times: int) -> Levels:
    """The picture drawn larger, with smooth edges."""
    height, width = grey.shape
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, width, height, np.ascontiguousarray(grey).tobytes(), False)
    large = pymupdf.Pixmap(pixels, width * times, height * times)
    levels = np.frombuffer(large.samples, dtype=np.uint8).reshape(large.height, large.stride)
    return levels[:, : large.width].copy()


def squares(levels: npt.NDArray[np.uint8], size: int) -> npt.NDArray[np.uint16]:
    """The sum of each square of `size` by `size` pixels, at most 16 wide. Rows are added whole: that is quickest."""
    height, width = levels.shape[0] // size, levels.shape[1] // size
    whole = levels[: height * size, : width * size]
    rows = whole[::size].astype(np.uint16)
    for step in range(1, size):
        rows += whole[step::size]
    sums = rows[:, ::size].copy()
    for step in range(1, size):
        sums += rows[:, step::size]
    return sums
