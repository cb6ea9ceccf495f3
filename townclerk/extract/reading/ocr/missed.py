"""Large figures that stand alone, as tiles have: the search for lines takes them for pictures and passes them over.

What ink the recognised words leave is gathered into boxes; those as high as large letters are read one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np
import numpy.typing as npt

from townclerk.extract.reading.ocr.knowledge import expression, ocr_knowledge
from townclerk.extract.reading.ocr.picture import Levels, Picture, squares
from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord
from townclerk.extract.reading.ocr.tesseract import read_word

# Squares of so many pixels; digits of one figure are at most so many squares apart.
_SQUARE = 8
_REACH = 4
_INK = 200
# Large: so many times the usual letters' height, and in points; so wide for its height; so much of its box is ink.
_TALLER = 1.3
_HEIGHTS = (12.0, 70.0)
_WIDTHS = (0.35, 7.0)
# Nothing else stands beside it within such a share of its height: what is cut off a number makes another number.
_ALONE = 0.4
_FILLED = (0.12, 0.62)
_MOST = 24
_LEAST_SURE = 0.6

Mask = npt.NDArray[np.bool_]
Square = tuple[int, int, int, int]


def find_missed(picture: Picture, lines: Sequence[SeenLine]) -> list[SeenLine]:
    """The large lone figures of a picture that none of its lines holds."""
    usual = median([line.size for line in lines if line.size > 0] or [10.0])
    ink = squares(picture.grey, _SQUARE) < _INK * _SQUARE * _SQUARE
    points, all_ink = _SQUARE / picture.scale, ink.copy()
    for line in lines:
        for word in line.words:
            x0, y0, x1, y1 = (edge / points for edge in (word.x0, word.y0, word.x1, word.y1))
            ink[max(0, int(y0) - 1) : int(y1) + 2, max(0, int(x0) - 1) : int(x1) + 2] = False
    tallest = max(_TALLER * 0.7 * usual, _HEIGHTS[0])
    places = [
        box
        for box in _boxes(ink)
        if tallest <= (box[3] - box[1]) * points <= _HEIGHTS[1]
        and _WIDTHS[0] <= (box[2] - box[0]) / (box[3] - box[1]) <= _WIDTHS[1]
        and _is_alone(all_ink, box)
    ]
    found = [_read(picture, box) for box in places] if len(places) <= _MOST else []
    return [line for line in found if line is not None]


def _is_alone(ink: Mask, box: Square) -> bool:
    """True where nothing stands beside a box."""
    x0, y0, x1, y1 = box
    reach = max(_REACH, round(_ALONE * (y1 - y0)))
    return not (ink[y0:y1, max(0, x0 - reach) : x0].any() or ink[y0:y1, x1 : x1 + reach].any())


def _read(picture: Picture, box: Square) -> SeenLine | None:
    """The figure in a box; None where there is none, or it is in doubt."""
    # A letter's edge reaches into squares that are mostly paper.
    x0, y0 = (max(0, edge - 1) * _SQUARE for edge in box[:2])
    x1, y1 = ((edge + 1) * _SQUARE for edge in box[2:])
    dark = picture.grey[y0:y1, x0:x1] < 128
    if not _FILLED[0] <= float(dark.mean()) <= _FILLED[1]:
        return None
    margin = (y1 - y0) // 4
    text, certainty = read_word(_with_paper(picture.grey[y0:y1, x0:x1], margin))
    if certainty < _LEAST_SURE or not expression(ocr_knowledge().lone).fullmatch(text):
        return None
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    left, right = (x0 + columns[0]) / picture.scale, (x0 + columns[-1] + 1) / picture.scale
    top, bottom = (y0 + rows[0]) / picture.scale, (y0 + rows[-1] + 1) / picture.scale
    word = SeenWord(float(left), float(top), float(right), float(bottom), text, certainty)
    return SeenLine([word], (float(bottom), 0.0), float(bottom - top), 0.0)


def _with_paper(part: Levels, margin: int) -> Levels:
    """A part of a picture with white paper around it: what stands beside it is no part of the figure."""
    return np.pad(part, margin, constant_values=255)


def _boxes(ink: Mask) -> Iterator[Square]:
    """Boxes around squares of ink that touch, or nearly do along their row; as first and last (exclusive) squares."""
    left = {(int(row), int(column)) for row, column in np.argwhere(ink)}
    while left:
        seed = left.pop()
        reached, box = [seed], [seed[1], seed[0], seed[1] + 1, seed[0] + 1]
        while reached:
            row, column = reached.pop()
            box = [min(box[0], column), min(box[1], row), max(box[2], column + 1), max(box[3], row + 1)]
            for down in (-1, 0, 1):
                for across in range(-_REACH, _REACH + 1):
                    beside = (row + down, column + across)
                    if beside in left:
                        left.remove(beside)
                        reached.append(beside)
        yield box[0], box[1], box[2], box[3]
