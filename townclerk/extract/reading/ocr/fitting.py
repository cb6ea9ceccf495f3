"""Boxes of words fitted to their ink: a recogniser's box often stops short of the last letter, or holds two words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from townclerk.extract.reading.ocr.knowledge import expression, ocr_knowledge
from townclerk.extract.reading.ocr.picture import INK, Picture
from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord
from townclerk.extract.reading.ocr.runs import any_along, stretches
from townclerk.extract.reading.ocr.sizes import size_of
from townclerk.extract.reading.ocr.tesseract import read_strip
from townclerk.extract.reading.pdf.vectors import Rule

# In font sizes: how far ink may stand from the letters of its word; how far above and below the baseline a line goes.
_NEAR, _NEARER = 0.32, 0.9
_ABOVE, _BELOW = 0.78, 0.22
# Boxes so near to each other, in points, may share a letter: the blank between their words is looked for so far around.
_TOUCHES, _APART = 0.5, 0.9
# A box is longer by no more than this, and ink that is longer is no letter.
_MOST = 0.95
# A blank is so wide; it is wider than the gaps between the other letters, and a digit 1 has much paper beside it.
_BLANK, _BLANK_AT_DIGIT = 0.24, 0.28
_WIDER = 1.6
_LEAST_LETTERS = 4
_HYPHENS = "-–"
# How far beyond the first and last word ink is looked for.
_LOOK = 3.0
# A word that was cut short is read again, with so much paper around it; what is found must be sure, and begin alike.
_PAPER = 0.2
_SURE, _SAME_START = 0.8, 2
# Letters whose capital has the same shape, and how high the small one is at most.
_SAME_SHAPE, _SMALL = frozenset("cosuvwxz"), 0.62
# A piece of a word lies within it for so much, and the word is so much higher, or shares so much of its height with it.
_WITHIN, _HIGHER, _SHARED, _LIKELY = 0.8, 1.5, 0.5, 0.6
# Dashes so near, in points, to a ruling line's height and its ends are pieces of it.
_DASHES = frozenset("-–—_=~.:'")
_ON_RULE, _NEAR_RULE = 2.0, 4.0
# How wide letters are, in the same shares.
_NARROW, _WIDE = frozenset("iljtfI.,'’|!:;()[]-"), frozenset("mwMW%@&—")
_NARROW_WIDTH, _WIDTH, _CAPITAL_WIDTH, _WIDE_WIDTH = 0.28, 0.55, 0.68, 0.85
# So far from where the letters say a blank may be.
_OFF = 0.5


class _Ink(NamedTuple):
    """Left and right edge of a stretch of columns with ink, in points."""

    x0: float
    x1: float


def fit_words(picture: Picture, lines: Sequence[SeenLine]) -> None:
    """Make boxes reach over all letters of their words, and part words that a blank runs through, in place.

    Args:
        picture: Dark letters on white.
        lines: What was read on it.
    """
    for line in lines:
        size = size_of(line.words, line.size)
        if size <= 0 or not line.words:
            continue
        _reach_out(picture, line, size)
        for word in line.words:
            _set_case(picture, word, size)
        line.words = [part for word in line.words for part in _parted(picture, line, word)]


def _reach_out(picture: Picture, line: SeenLine, size: float) -> None:
    """Give ink that stands between boxes to the word it is clearly nearer to, and none to two."""
    for word, following in pairwise(line.words):
        if following.x0 - word.x1 < _TOUCHES and word.x0 < following.x0:
            _draw_apart(picture, line, size, word, following)
    for at in range(len(line.words) + 1):
        left = line.words[at - 1] if at else None
        right = line.words[at] if at < len(line.words) else None
        first = left.x1 if left else max(0.0, line.words[0].x0 - _LOOK * size)
        last = right.x0 if right else line.words[-1].x1 + _LOOK * size
        ink = _ink(picture, line, size, first, last)
        while left and ink and _belongs(ink[0].x0 - left.x1, last - ink[0].x1, ink[0].x1 - first, size):
            left.x1 = ink.pop(0).x1
        while right and ink and _belongs(right.x0 - ink[-1].x1, ink[-1].x0 - first, last - ink[-1].x0, size):
            right.x0 = ink.pop().x0
        if left and ink and ink[0].x0 - left.x1 < _BLANK * size:
            _read_whole(picture, left, ink, last, size)


def _draw_apart(picture: Picture, line: SeenLine, size: float, word: SeenWord, following: SeenWord) -> None:
    """Set the edges of two boxes that touch on both sides of the blank between their words."""
    middle = (word.x1 + following.x0) / 2
    near = max(word.x0, middle - _APART * size), min(following.x1, middle + _APART * size)
    gaps = [(second.x0 - first.x1, first.x1, second.x0) for first, second in pairwise(_ink(picture, line, size, *near))]
    wide, left, right = max(gaps, default=(0.0, 0.0, 0.0))
    if wide >= _BLANK * size:
        word.x1, following.x0 = left, right
    elif word.x1 > following.x0:
        own = _ink(picture, line, size, word.x0, following.x0 - _TOUCHES)
        word.x1 = own[-1].x1 if own else following.x0


def _read_whole(picture: Picture, word: SeenWord, ink: Sequence[_Ink], last: float, size: float) -> None:
    """Read a word again of which the recogniser dropped the end."""
    end = word.x1
    for one in ink:
        if one.x0 - end >= _BLANK * size:
            break
        end = one.x1
    if last - end < _BLANK * size:
        return
    margin = _PAPER * size
    part = picture.part(word.x0 - margin, word.y0 - margin, end + margin, word.y1 + margin)
    found = [one for line in read_strip(part, picture.scale) for one in line.words]
    if len(found) != 1 or found[0].certainty < _SURE:
        return
    text = found[0].text
    if len(text) > len(word.text) and text[:_SAME_START].lower() == word.text[:_SAME_START].lower():
        word.text, word.x1, word.certainty = text, end, found[0].certainty


def _belongs(gap: float, other_gap: float, reach: float, size: float) -> bool:
    """True for ink so near to a word, so much further from the one on its other side, and within a letter's reach."""
    return gap < _NEAR * size and gap < _NEARER * other_gap and reach <= _MOST * size


def _ink(picture: Picture, line: SeenLine, size: float, x0: float, x1: float) -> list[_Ink]:
    """The stretches of columns with ink between two places of a line, from the left."""
    start, slope = line.baseline
    baseline = start + slope * (x0 + x1) / 2
    part = picture.part(x0, baseline - _ABOVE * size, x1, baseline + _BELOW * size)
    first, scale = round(x0 * picture.scale), picture.scale
    return [
        _Ink((first + left) / scale, (first + right) / scale) for left, right in stretches(any_along(part < INK, 0))
    ]


def _set_case(picture: Picture, word: SeenWord, size: float) -> None:
    """Tell by its height whether a letter that stands alone, as marks in tables do, is small or a capital."""
    text = word.text
    is_doubled = len(text) == 2 and text[0].isupper() and text[1] == text[0].lower()
    if text[0].lower() not in _SAME_SHAPE or not (len(text) == 1 or is_doubled):
        return
    inked = np.flatnonzero(any_along(picture.part(word.x0, word.y0, word.x1, word.y1) < INK, 1))
    if inked.size:
        is_small = float(inked[-1] + 1 - inked[0]) / picture.scale < _SMALL * size
        word.text = text[0].lower() if is_small else text[0].upper()


def _parted(picture: Picture, line: SeenLine, word: SeenWord) -> list[SeenWord]:
    """The word, or the two that were read as one."""
    if len(word.text) < _LEAST_LETTERS or expression(ocr_knowledge().number).fullmatch(word.text):
        return [word]
    size = size_of([word], line.size)
    ink = _ink(picture, line, size, word.x0, word.x1)
    gaps = sorted((second.x0 - first.x1, first.x1) for first, second in pairwise(ink))
    if not gaps or gaps[-1][0] < _BLANK * size or (len(gaps) > 1 and gaps[-1][0] < _WIDER * gaps[-2][0]):
        return [word]
    wide, left = gaps[-1]
    at = _letters_before(word, left, wide)
    first, second = word.text[:at], word.text[at:]
    # The hyphen of small grey print is too faint to be ink.
    if at == 0 or first[-1] in _HYPHENS or second[0] in _HYPHENS:
        return [word]
    if not expression(ocr_knowledge().run_together).fullmatch(f"{first} {second}"):
        return [word]
    if (first[-1].isdigit() or second[0].isdigit()) and wide < _BLANK_AT_DIGIT * size:
        return [word]
    return [replace(word, text=first, x1=left), replace(word, text=second, x0=left + wide)]


def _letters_before(word: SeenWord, left: float, wide: float) -> int:
    """How many letters stand before a gap, by how wide letters are; 0 where that does not come out."""
    widths = [_width(letter) for letter in word.text]
    each = (word.x1 - word.x0 - wide) / sum(widths)
    reached, best = word.x0, (_OFF * each, 0)
    for number, width in enumerate(widths[:-1], 1):
        reached += width * each
        best = min(best, (abs(reached - left), number))
    return best[1]


def _width(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_WIDTH
    if letter in _WIDE:
        return _WIDE_WIDTH
    return _CAPITAL_WIDTH if letter.isupper() else _WIDTH


def drop_pieces(lines: Sequence[SeenLine], rules: Sequence[Rule]) -> None:
    """Take away what is no word, in place: a piece of another, read on a line that only touched it, or of a rule.

    Args:
        lines: What was read.
        rules: The picture's ruling lines; short pieces of them may have been left on it.
    """
    words = [word for line in lines for word in line.words]
    level = [rule for rule in rules if rule.horizontal]
    for line in lines:
        line.words = [
            word
            for word in line.words
            if not (_is_on_rule(word, level) or any(_is_piece(word, other) for other in words))
        ]


def _is_on_rule(word: SeenWord, rules: Sequence[Rule]) -> bool:
    """True for a dash that goes on where a ruling line ends."""
    if not set(word.text) <= _DASHES:
        return False
    middle = (word.y0 + word.y1) / 2
    return any(
        abs(rule.at - middle) <= _ON_RULE and rule.start - _NEAR_RULE <= word.x1 and word.x0 <= rule.end + _NEAR_RULE
        for rule in rules
    )


def _is_piece(word: SeenWord, other: SeenWord) -> bool:
    """True for a word within the width of a likely one with more letters, and much lower or less sure than that."""
    width = min(word.x1, other.x1) - max(word.x0, other.x0)
    if width < _WITHIN * (word.x1 - word.x0) or len(word.text) >= len(other.text):
        return False
    if other.certainty < _LIKELY:
        return False
    shared = min(word.y1, other.y1) - max(word.y0, other.y0)
    own, others = word.y1 - word.y0, other.y1 - other.y0
    if shared >= _WITHIN * own and others >= _HIGHER * own:
        return True
    return shared >= _SHARED * min(own, others) and word.certainty < other.certainty


def unglued(word: SeenWord) -> list[SeenWord]:
    """The word, or the two that its letters say it is, their places shared out by letters."""
    for glued in ocr_knowledge().glued:
        found = expression(glued.match).fullmatch(word.text)
        if found is not None:
            first, second = (found.expand(part) for part in glued.parts)
            cut = word.x0 + (word.x1 - word.x0) * len(first) / (len(first) + len(second))
            return [replace(word, text=first, x1=cut - 0.5), replace(word, text=second, x0=cut + 0.5)]
    return [word]
