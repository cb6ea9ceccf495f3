"""Words that the recogniser's search for lines passed over: large figures of tiles, labels of axes, lone numbers.

The ink that no word accounts for is gathered into strips, and each that could be a line of print is read by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from townclerk.extract.reading.ocr.knowledge import expression, ocr_knowledge
from townclerk.extract.reading.ocr.picture import Picture, enlarge, shrink, squares
from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord
from townclerk.extract.reading.ocr.runs import Mask, find_runs, group_runs
from townclerk.extract.reading.ocr.sizes import size_of
from townclerk.extract.reading.ocr.tesseract import read_strip
from townclerk.models.digits import has_digit

# Squares of so many pixels; words of one strip are at most so many squares apart.
_SQUARE = 8
_REACH = 4
_INK = 235
_PRINT = 200
# In points; how wide for its height; how much of its box is ink.
_HEIGHTS = (4.5, 70.0)
_WIDTHS = (0.25, 60.0)
_FILLED = (0.05, 0.62)
# Nothing else stands beside it within such a share of its height, but for words of more letters: what is cut off a
# number makes another number.
_ALONE, _SHORT = 0.4, 2
# Dots that lead to a value are no higher than such a share of it, and take up so much room for its height.
_DOTS, _LEADERS = 0.3, 1.5
# A page with more strips is spoilt, or a drawing.
_MOST = 40
# Words that the recogniser was less sure of are looked at again, and figures so high, in points: it reads large print
# better on a smaller picture, with letters of so many pixels.
_DOUBTFUL = 0.5
_LARGE = 18.0
_BEST_HEIGHT, _LOW = 50, 36
_APART = 1.5
_LEAST_SURE = 0.6
# Print of fewer points is read from a picture so many times larger where a word of it is less sure than this.
_SMALL_PRINT, _LARGER, _DOUBTFUL_SMALL = 6.5, 2, 0.7
# A word so low is one of small print by itself, whatever the line holds that it was put on.
_LOW_WORD = 5.5
_SURE_OF_WORDS, _SURE_OF_LETTERS = 0.8, 0.92
# Digits are so much lower than their line.
_DIGITS = 0.73


class _Square(NamedTuple):
    """A box in squares, last ones exclusive."""

    x0: int
    y0: int
    x1: int
    y1: int


def find_missed(picture: Picture, lines: Sequence[SeenLine]) -> list[SeenLine]:
    """The words of a picture that none of its lines holds, and those that were read better the second time.

    Args:
        picture: Dark letters on white.
        lines: What was read; doubtful words that were read again are taken out of it.
    """
    points = _SQUARE / picture.scale
    all_ink = squares(picture.grey, _SQUARE) < _INK * _SQUARE * _SQUARE
    ink, beside = all_ink.copy(), all_ink.copy()
    for line in lines:
        for word in line.words:
            if _is_settled(word, line):
                x0, y0, x1, y1 = (edge / points for edge in (word.x0, word.y0, word.x1, word.y1))
                place = slice(max(0, int(y0) - 1), int(y1) + 2), slice(max(0, int(x0) - 1), int(x1) + 2)
                ink[place] = False
                if word.text.replace("-", "").isalpha() and len(word.text) > _SHORT:
                    beside[place] = False
    places = [box for box in _strips(ink) if _could_be_print(box, points) and _is_alone(beside, box)]
    if len(places) > _MOST:
        return []
    found = [line for box in places for line in _read(picture, box)]
    return [line for line in found if _takes_its_place(line, lines)]


def _is_settled(word: SeenWord, line: SeenLine) -> bool:
    """True for a word that need not be looked at again."""
    height = word.y1 - word.y0
    if word.certainty < (_DOUBTFUL_SMALL if height < _LOW_WORD else _DOUBTFUL):
        return False
    if height < _LARGE or not has_digit(word.text):
        return True
    # Words close beside it: it is part of a title.
    gaps = [max(one.x0 - word.x1, word.x0 - one.x1) for one in line.words if one is not word and one.text.isalpha()]
    return any(gap < _APART * height for gap in gaps)


def _could_be_print(box: _Square, points: float) -> bool:
    width, height = box.x1 - box.x0, box.y1 - box.y0
    return _HEIGHTS[0] <= height * points <= _HEIGHTS[1] and _WIDTHS[0] <= width / height <= _WIDTHS[1]


def _is_alone(ink: Mask, box: _Square) -> bool:
    """True where nothing stands beside a box."""
    reach = max(_REACH, round(_ALONE * (box.y1 - box.y0)))
    before = ink[box.y0 : box.y1, max(0, box.x0 - reach) : box.x0]
    behind = ink[box.y0 : box.y1, box.x1 : box.x1 + reach]
    return not (before.any() or behind.any())


def _read(picture: Picture, box: _Square) -> list[SeenLine]:
    """The line in a box, as far as it is beyond doubt."""
    # A letter's edge reaches into squares that are mostly paper.
    x0, y0 = (max(0, edge - 1) * _SQUARE for edge in box[:2])
    x1, y1 = ((edge + 1) * _SQUARE for edge in box[2:])
    x0 += _leaders(picture.grey[y0:y1, x0:x1] < _PRINT)
    part = picture.grey[y0:y1, x0:x1]
    if not _FILLED[0] <= float((part < _PRINT).mean()) <= _FILLED[1]:
        return []
    times: float = max(1, (y1 - y0) // _BEST_HEIGHT)
    if times > 1:
        part = shrink(part, int(times)).astype(np.uint8)
    elif y1 - y0 < _LOW:
        times, part = 1 / _LARGER, enlarge(part, _LARGER)
    margin = max(_SQUARE, part.shape[0] // 4)
    lines = read_strip(part, picture.scale / times, margin)
    # Not two lines one above the other: their words would be mixed.
    if len(lines) != 1 or not _is_believed(lines[0].words):
        return []
    _move(lines[0], x0 / picture.scale, y0 / picture.scale)
    return lines


def _leaders(inked: Mask) -> int:
    """How many columns the dots take that lead to a value; 0 where there are none."""
    rows = np.flatnonzero(inked.any(axis=1))
    if rows.size == 0:
        return 0
    high = np.flatnonzero(inked[: rows[-1] + 1 - int(_DOTS * (rows[-1] + 1 - rows[0]))].any(axis=0))
    first = int(high[0]) - 1 if high.size else 0
    return first if first > _LEADERS * (rows[-1] + 1 - rows[0]) else 0


def _is_believed(words: Sequence[SeenWord]) -> bool:
    """True for figures that are fairly sure, and for other words that are surer."""
    lone = expression(ocr_knowledge().lone)
    if all(lone.fullmatch(word.text) for word in words):
        return all(word.certainty >= _LEAST_SURE for word in words)
    letters = sum(len(word.text) for word in words)
    told = sum(letter.isalnum() for word in words for letter in word.text)
    mean = sum(word.certainty * len(word.text) for word in words) / letters
    figures = any(has_digit(word.text) for word in words)
    return mean >= (_SURE_OF_WORDS if figures else _SURE_OF_LETTERS) and 4 * told >= 3 * letters


def read_small_again(picture: Picture, lines: Sequence[SeenLine]) -> None:
    """Read lines of very small print again from a larger picture, in place, where a word of theirs is doubtful.

    Args:
        picture: Dark letters on white.
        lines: What was read on it.
    """
    for line in lines:
        size = size_of(line.words, line.size)
        if (
            not line.words
            or not 0 < size < _SMALL_PRINT
            or all(word.certainty >= _DOUBTFUL_SMALL for word in line.words)
        ):
            continue
        x0, x1 = line.words[0].x0 - size, line.words[-1].x1 + size
        start, slope = line.baseline
        ends = start + slope * x0, start + slope * x1
        box = (x0, min(ends) - 0.95 * size, x1, max(ends) + 0.35 * size)
        left, top, right, foot = (max(0, round(edge * picture.scale)) for edge in box)
        part = enlarge(picture.grey[top:foot, left:right], _LARGER)
        found = read_strip(part, picture.scale * _LARGER, _SQUARE * _LARGER)
        if len(found) == 1 and _mean(found[0].words) > _mean(line.words):
            _shift(found[0].words, left / picture.scale, top / picture.scale)
            line.words = found[0].words


def _mean(words: Sequence[SeenWord]) -> float:
    """How sure the recogniser is of a letter."""
    return sum(word.certainty * len(word.text) for word in words) / sum(len(word.text) for word in words)


def _move(line: SeenLine, dx: float, dy: float) -> None:
    """Put a strip's line where it stands in the picture."""
    _shift(line.words, dx, dy)
    bottom = max(word.y1 for word in line.words)
    height = bottom - min(word.y0 for word in line.words)
    if all(not letter.isalpha() for word in line.words for letter in word.text):
        # Digits alone do not show how far letters would hang below them.
        line.baseline, line.size, line.below = (bottom, 0.0), height / _DIGITS, (1 - _DIGITS) / 2 * height
    else:
        start, slope = line.baseline
        line.baseline = (start + dy - slope * dx, slope)


def _shift(words: Sequence[SeenWord], dx: float, dy: float) -> None:
    for word in words:
        word.x0, word.x1, word.y0, word.y1 = word.x0 + dx, word.x1 + dx, word.y0 + dy, word.y1 + dy


def _takes_its_place(found: SeenLine, lines: Sequence[SeenLine]) -> bool:
    """True for a line that is surer than what was read in its place, which is then taken out of the lines."""
    x0, x1 = found.words[0].x0, found.words[-1].x1
    y0, y1 = min(word.y0 for word in found.words), max(word.y1 for word in found.words)
    places = [
        (line, word)
        for line in lines
        for word in line.words
        if x0 <= (word.x0 + word.x1) / 2 <= x1 and y0 <= (word.y0 + word.y1) / 2 <= y1
    ]
    before = min((word.certainty for _, word in places), default=0.0)
    same = [word.text for _, word in places] == [word.text for word in found.words]
    if same or min(word.certainty for word in found.words) < before:
        return False
    for line, word in places:
        line.words.remove(word)
    return True


def _strips(ink: Mask) -> Iterator[_Square]:
    """Boxes around squares of ink that touch, or nearly do along their row."""
    for group in group_runs(find_runs(ink, widest_gap=_REACH)):
        yield _Square(
            min(run.first for run in group),
            min(run.row for run in group),
            max(run.last for run in group),
            max(run.row for run in group) + 1,
        )
