"""Lines that name what follows them."""

from __future__ import annotations

import re

from townclerk.extract.reading.text.joining import is_open
from townclerk.extract.reading.text.knowledge import Knowledge, knowledge

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LONGEST = 18
_FEWEST_CAPITALS = 8
_FIGURE = re.compile(
    r"\d\s*%|(?<![\d.])\d+\.\d+(?![\d.)])(?!\s*(?:and|&|,)\s*\d)(?!\s*[-–]\s*\d+\.\d+\))|£\s*\d|#{2}|\d+\s+(?:out\s+)?of\s+\d+"
)
_LEADING_COUNT = re.compile(r"[-+]?\d[\d,]*\s+[a-z]")
_TRAILING_COUNT = re.compile(
    r"(?<![\d,/–-])(?<!\bto )(?<!\bper )(?<!\bQ)(?<!\bquarter )(?<!\bphase )(?<!\bpart )(?<!\bstage )\b\d[\d,]*$",
    re.IGNORECASE,
)
_YEAR_END = re.compile(r"(?:19|20)\d\d$")


def is_period_only(text: str) -> bool:
    """True for a line that is only a month, a quarter or a year."""
    return knowledge().period_line.fullmatch(text) is not None


def is_caps(text: str) -> bool:
    """True where a line of more than one long word is printed in capitals."""
    return " " in text and text.isupper() and sum(map(str.isalpha, text)) >= _FEWEST_CAPITALS


def is_title(text: str, known: Knowledge) -> bool:
    """True where a line reads as a name: it begins large, has no stop at its end, no figure and no statement."""
    if not text or text[-1] in ".;,!" or len(text) > 160 or "@" in text:
        return False
    first = text[0]
    if not (first.isupper() or first in "\"'‘“%(" or first.isdigit()):
        return False
    words = _WORD.findall(text)
    if not words or len(words) > _LONGEST or max(map(len, words)) < 3:
        return False
    if _FIGURE.search(text) or (first.isdigit() and _LEADING_COUNT.match(text)):
        return False
    if _TRAILING_COUNT.search(text) and not _YEAR_END.search(text):
        return False
    return not (is_open(text, known) or _states(words, known))


def _states(words: list[str], known: Knowledge) -> bool:
    """True where the words make a statement: a finite verb, unless "who", "that" or the like stands before it."""
    lower = [word.lower() for word in words]
    if lower[0] in known.statement_openers and (len(lower) == 1 or words[1][0].islower()):
        return True
    for index, word in enumerate(lower[1:], start=1):
        if word in known.statement_verbs and lower[index - 1] not in known.relative_words:
            return True
    return False
