"""Undoing the damage that conversion does to single characters of dates."""

from __future__ import annotations

import re
from functools import cache

from townclerk.patterns.period_words import load_period_words

_MIXED = re.compile(r"(?<![^\W_])(?=[^\W_]*\d)(?=[^\W_]*[A-Za-z|])[0-9A-Za-z|]{2,8}(?![^\W_])")
_TO_DIGITS = str.maketrans("lIi|OoSsBZzg", "111100558229")
_TO_LETTERS = str.maketrans("0158", "OlSB")
_YEARISH = re.compile(r"(?:19|20)\d\d")
_NUMBERED = re.compile(r"[0-3]?[0-9lIOo](?P<tail>st|nd|rd|th)")


def mend(text: str) -> tuple[str, frozenset[int]]:
    """Undo letters that conversion put into digits (`20l8/19`, `3lst`) and digits in month names (`0ct-19`).

    Returns:
        A text of the same length, and the places that changed.
    """
    changed: set[int] = set()
    characters: list[str] | None = None
    for match in _MIXED.finditer(text):
        better = _mended(match.group(), text[max(0, match.start() - 2) : match.start()])
        if better is None or better == match.group():
            continue
        characters = characters or list(text)
        for offset, character in enumerate(better):
            if characters[match.start() + offset] != character:
                characters[match.start() + offset] = character
                changed.add(match.start() + offset)
    return ("".join(characters) if characters else text), frozenset(changed)


def _mended(chunk: str, before: str) -> str | None:
    """A better spelling of one chunk, of the same length; None where it is sound or beyond this repair."""
    if match := _NUMBERED.fullmatch(chunk):
        head = chunk[: match.start("tail")].translate(_TO_DIGITS)
        return head + match["tail"]
    digits = chunk.translate(_TO_DIGITS)
    if len(chunk) == 4 and _YEARISH.fullmatch(digits) and sum(one.isdigit() for one in chunk) >= 2:
        return digits
    if len(chunk) == 2 and chunk[0].isdigit() and before[-1:] in ("/", "-") and before[-2:-1].isdigit():
        return digits if digits.isdigit() else None
    letters = chunk.translate(_TO_LETTERS)
    if letters.isalpha() and letters.lower() in _month_names():
        return letters
    return None


@cache
def _month_names() -> frozenset[str]:
    return frozenset(name for names in load_period_words().months.values() for name in names)
