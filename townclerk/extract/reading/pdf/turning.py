"""Pages that are turned: by the file's own rotation, or by printing a landscape table up the side of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pymupdf

from townclerk.models.document import Box

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# So much of a page's text must run another way before the whole page is read that way.
_MOSTLY = 0.7
# Text is upright whose direction goes to the right by more than this.
UPRIGHT = 0.7


@dataclass(slots=True, frozen=True)
class Turn:
    """The way from MuPDF's coordinates to the upright page, and from there to the page as displayed.

    Attributes:
        matrix: From MuPDF's unrotated page to the upright page.
        back: From the upright page to the page as displayed.
        width: Of the upright page.
        height: Of the upright page.
        shown_width: Of the page as displayed.
        shown_height: Of the page as displayed.
    """

    matrix: Matrix
    back: Matrix
    width: float
    height: float
    shown_width: float
    shown_height: float

    @property
    def plain(self) -> bool:
        """True where nothing is turned or moved."""
        return self.matrix == _PLAIN

    @property
    def is_turned_back(self) -> bool:
        """True where the upright page lies turned on the page as displayed."""
        return self.back != _PLAIN

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of MuPDF's on the upright page."""
        return _map(self.matrix, x0, y0, x1, y1)

    def shown(self, box: Box) -> Box:
        """A box of the upright page on the page as displayed."""
        return box if self.back == _PLAIN else _map(self.back, *box)

    def is_upright(self, direction: tuple[float, float]) -> bool:
        """True for text that runs from left to right on the upright page."""
        a, _, c, _, _, _ = self.matrix
        return a * direction[0] + c * direction[1] > UPRIGHT


def turn_of(page: pymupdf.Page, directions: Sequence[tuple[tuple[float, float], int]]) -> Turn:
    """How a page must be turned to be read.

    Args:
        page: The page.
        directions: Direction of each line in MuPDF's coordinates, and its number of words.
    """
    shown = _PLAIN
    if page.rotation:
        by = page.rotation_matrix
        shown = (by.a, by.b, by.c, by.d, by.e, by.f)
    rect = page.rect
    width, height = rect.width, rect.height
    turned = {(0, -1): 0, (0, 1): 0, (-1, 0): 0, (1, 0): 0}
    for (x, y), count in directions:
        key = (round(shown[0] * x + shown[2] * y), round(shown[1] * x + shown[3] * y))
        if key in turned:
            turned[key] += count
    total = sum(turned.values())
    main = max(turned, key=lambda key: turned[key])
    if main == (1, 0) or turned[main] < min(total, max(8, _MOSTLY * total)):
        return Turn(shown, _PLAIN, width, height, width, height)
    if main == (0, -1):
        upright, back = (0.0, 1.0, -1.0, 0.0, height, 0.0), (0.0, -1.0, 1.0, 0.0, 0.0, height)
        return Turn(_then(shown, upright), back, height, width, width, height)
    if main == (0, 1):
        upright, back = (0.0, -1.0, 1.0, 0.0, 0.0, width), (0.0, 1.0, -1.0, 0.0, width, 0.0)
        return Turn(_then(shown, upright), back, height, width, width, height)
    half: Matrix = (-1.0, 0.0, 0.0, -1.0, width, height)
    return Turn(_then(shown, half), half, width, height, width, height)


def _then(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does `first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _map(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> Box:
    a, b, c, d, e, f = matrix
    left, top = a * x0 + c * y0 + e, b * x0 + d * y0 + f
    right, bottom = a * x1 + c * y1 + e, b * x1 + d * y1 + f
    return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
