"""Signs before the words of a line, such as bullets and arrows: recognisers take them for letters or digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from townclerk.extract.reading.ocr.picture import INK, Picture
from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord
from townclerk.extract.reading.ocr.runs import Mask
from townclerk.extract.reading.ocr.tesseract import read_strip

BULLET = "•"
# In heights of capitals: a bullet hovers between the baseline and their top, and is no dash.
_FOOT, _HEAD = 0.08, 0.9
_LEAST = 0.2
_DASH, _LOW = 1.4, 0.35
# What is so much higher than wide is a piece of a ruling line.
_TALL = 1.7
_SOLID = 0.4
# An arrow or a square is wider than high, and the same above its middle as below: no letter or digit is both.
_WIDER = 1.1
_SAME = 0.75
_SOLID_ARROW = 0.3
# No letter is so full.
_FULL = 0.9
_CAPITAL = 0.7
# In font sizes: how far before its words it stands, and how near to a word's edge it is the word's first sign.
_BEFORE = 2.5
_OWN = 0.2
_LEAST_GAP = 0.04
_NEXT = 0.015
# Paper behind a sign that stands alone.
_CLEAR = 0.25
# Words further apart stand in other columns.
_COLUMN_GAP = 0.9
_LEAST_SURE = 0.5


class _Sign(NamedTuple):
    """Left and right edge of a sign, in points."""

    x0: float
    x1: float


def part_bullets(picture: Picture, lines: Sequence[SeenLine]) -> None:
    """Tell bullets from the words behind them, in place.

    A bullet before running words becomes a word of its own; one that was read as the first letter or digit of a value
    is taken off it.

    Args:
        picture: Dark letters on white.
        lines: What was read on it.
    """
    for line in lines:
        if line.size <= 0:
            continue
        at = 0
        while at < len(line.words):
            end = _end_of_piece(line, at)
            left = line.words[at - 1].x1 if at else 0.0
            piece = _parted(picture, line, line.words[at:end], left)
            line.words[at:end] = piece
            at += len(piece)


def _end_of_piece(line: SeenLine, at: int) -> int:
    end = at + 1
    while end < len(line.words) and line.words[end].x0 - line.words[end - 1].x1 <= _COLUMN_GAP * line.size:
        end += 1
    return end


def _parted(picture: Picture, line: SeenLine, words: list[SeenWord], left: float) -> list[SeenWord]:
    """The words of a piece with its bullet apart, or taken away."""
    first = words[0]
    sign = _find_sign(picture, line, first, left)
    if sign is None:
        return words
    rest = words[1:]
    if sign.x1 > first.x0 + _LEAST_GAP * line.size and first.x1 - sign.x1 > _OWN * line.size:
        rest = [_without(picture, first, sign), *rest]
    elif sign.x1 <= first.x0 + _LEAST_GAP * line.size:
        rest = words
    bullet = replace(first, x0=sign.x0, x1=sign.x1, text=BULLET, certainty=max(first.certainty, _LEAST_SURE))
    if not rest:
        # Far before its words: in the middle of a line it may be a colour's dot in a cell.
        return words if left or len(line.words) == 1 else [bullet]
    if left and not any(word.text.isalpha() and len(word.text) > 2 for word in rest):
        # In a cell it is no bullet: it may say which way a value moved.
        return rest
    return [bullet, *rest]


def _find_sign(picture: Picture, line: SeenLine, first: SeenWord, left: float) -> _Sign | None:
    """The sign that a piece begins with: the first ink at its height, if it hovers and a gap follows."""
    scale, capital = picture.scale, _CAPITAL * line.size
    start, slope = line.baseline
    baseline = start + slope * first.x0
    x0 = max(0.0, left + 1, first.x0 - _BEFORE * line.size)
    x1 = min(first.x1 + line.size, first.x0 + 2 * line.size)
    part = picture.part(x0, baseline - 1.1 * capital, x1, baseline + 0.3 * capital) < INK
    columns = np.flatnonzero(part.any(axis=0))
    if columns.size == 0:
        return None
    breaks = np.flatnonzero(np.diff(columns) > max(1.0, _NEXT * line.size * scale))
    last = int(columns[breaks[0] if breaks.size else -1])
    if part.shape[1] - last < _CLEAR * line.size * scale:
        return None
    low, high = int(columns[0]), last + 1
    shape = part[:, low:high]
    rows = np.flatnonzero(shape.any(axis=1))
    if rows[-1] == part.shape[0] - 1:
        # A value that stands lower than the words of its row is cut off: the upper half of an "8" is no arrow.
        return None
    shape = shape[rows[0] : rows[-1] + 1]
    above = (1.1 * capital * scale - rows[0]) / (capital * scale)
    below = (1.1 * capital * scale - rows[-1] - 1) / (capital * scale)
    height, width = shape.shape
    if height > _TALL * width or min(height, width) < _LEAST * capital * scale:
        return None
    if width > _DASH * height and height < _LOW * capital * scale:
        return None
    hovers = below >= _FOOT and above <= _HEAD and float(shape.mean()) >= _SOLID
    return _Sign(x0 + low / scale, x0 + high / scale) if hovers or _is_arrow(shape) else None


def _is_arrow(shape: Mask) -> bool:
    """True for a solid square, or a sign that is wider than high, and the same upside down."""
    height, width = shape.shape
    if float(shape.mean()) >= _FULL:
        return True
    turned = shape[::-1]
    same = float((shape & turned).sum() / (shape | turned).sum())
    return width >= _WIDER * height and float(shape.mean()) >= _SOLID_ARROW and same >= _SAME


def _without(picture: Picture, word: SeenWord, sign: _Sign) -> SeenWord:
    """A word read again without the sign it begins with."""
    x0 = sign.x1 + 0.5
    part = picture.part(x0, word.y0 - 1, word.x1 + 1, word.y1 + 1)
    found = [one for line in read_strip(part, picture.scale) for one in line.words]
    if len(found) == 1 and found[0].certainty >= _LEAST_SURE:
        return replace(word, x0=x0, text=found[0].text, certainty=found[0].certainty)
    bare = word.text if word.text[0].isalnum() else word.text[1:]
    return replace(word, x0=x0, text=bare or word.text, certainty=min(word.certainty, _LEAST_SURE))
