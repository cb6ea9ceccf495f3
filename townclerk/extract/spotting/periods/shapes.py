"""Tokens, and what the numbers in them stand for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from townclerk.extract.spotting.periods.grammar import Kind

_FIRST_YEAR, _LAST_YEAR = 1985, 2049


@dataclass(slots=True)
class Token:
    """One token.

    Attributes:
        kind: Its class's character, or the character of a word that patterns mention.
        start: First character in the text.
        end: End, exclusive.
        first: What it stands for: a month, a year, a number, the first of two years.
        second: The last of two years, the month of a date.
        third: The day of a date.
        word: The word in lower case, damage undone; "" for others.
        repaired: Damage was read through.
    """

    kind: str
    start: int
    end: int
    first: int = 0
    second: int = 0
    third: int = 0
    word: str = ""
    repaired: bool = False


def full_year(two_digits: int) -> int:
    """The year that two digits stand for in a council's report: 85 to 99 are of the last century."""
    return two_digits + (1900 if two_digits >= _FIRST_YEAR - 1900 else 2000)


def _pair(text: str) -> Token | None:
    """`2018/19`, `2014-17`, `2018-12` or, with a stray blank, `2018/1 9`."""
    first = int(text[:4])
    rest = re.sub(r"\D", "", text[4:])
    repaired = bool(re.search(r"\d\s\d$", text))
    last = int(rest) if len(rest) == 4 else first // 100 * 100 + int(rest)
    if last < first and len(rest) == 2 and int(rest) < 50 and first % 100 > 50:
        last += 100
    if last == first + 1:
        return Token(Kind.PAIR, 0, 0, first=first, second=last, repaired=repaired)
    if repaired:
        return None
    if first + 1 < last <= first + 8 and last <= _LAST_YEAR:
        return Token(Kind.MULTI, 0, 0, first=first, second=last)
    if len(rest) == 2 and 1 <= int(rest) <= 12:
        return Token(Kind.YEAR_MONTH, 0, 0, first=first, second=int(rest))
    return None


def _run(text: str) -> Token | None:
    """`2016117`: a slash that became a 1."""
    first, last = int(text[:4]), int(text[5:])
    if (first + 1) % 100 != last:
        return None
    return Token(Kind.PAIR, 0, 0, first=first, second=first + 1, repaired=True)


def _cut(text: str) -> Token | None:
    """`2003/4` and `2003-4`; or `2018/1`, its last digit torn off: only one year follows that begins so."""
    first, digit = int(text[:4]), int(text[-1])
    if (first + 1) % 10 == digit:
        return Token(Kind.PAIR, 0, 0, first=first, second=first + 1)
    if "/" not in text or (first + 1) % 100 // 10 != digit:
        return None
    return Token(Kind.PAIR, 0, 0, first=first, second=first + 1, repaired=True)


def _six(text: str) -> Token | None:
    """`Q2 202223`: both years without a stroke."""
    first, last = int(text[:4]), int(text[4:])
    return Token(Kind.PAIR, 0, 0, first=first, second=first + 1) if (first + 1) % 100 == last else None


def _short(text: str) -> Token | None:
    """`18/19`, taken for years only where one follows the other."""
    first, last = int(text[:2]), int(text[-2:])
    if (first + 1) % 100 != last or not (first <= 40 or first >= 90):
        return None
    return Token(
        Kind.SHORT, 0, 0, first=full_year(first), second=full_year(first) + 1, word="/" if "/" in text else "-"
    )


def _month_year(text: str) -> Token:
    number, _, year = text.partition("/")
    return Token(Kind.YEAR_MONTH, 0, 0, first=int(year), second=int(number))


def _iso(text: str) -> Token:
    year, number, day = text.split("-")
    return Token(Kind.DATE, 0, 0, first=int(year), second=int(number), third=int(day))


def _dmy(text: str) -> Token | None:
    day, number, year = (int(part) for part in re.split(r"\D", text))
    year = full_year(year) if year < 100 else year
    if not (1 <= number <= 12 and 1 <= day <= 31 and _FIRST_YEAR <= year <= _LAST_YEAR):
        return None
    return Token(Kind.DATE, 0, 0, first=year, second=number, third=day)


def _digits(text: str) -> Token | None:
    if len(text) <= 2:
        return Token(Kind.NUMBER, 0, 0, first=int(text))
    if len(text) == 4 and _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        return Token(Kind.YEAR, 0, 0, first=int(text))
    return None


READERS: dict[str, Callable[[str], Token | None]] = {
    "iso": _iso,
    "dmy": _dmy,
    "pair": _pair,
    "run": _run,
    "six": _six,
    "cut": _cut,
    "my": _month_year,
    "short": _short,
    "other": lambda _: None,
    "gap": lambda _: None,
    "r12": lambda _: None,
    "ord": lambda text: Token(Kind.ORDINAL, 0, 0, first=int(text[:-2])),
    "q": lambda text: Token(Kind.QUARTER, 0, 0, first=int(text[-1])),
    "yy": lambda text: Token(Kind.APOSTROPHE_YEAR, 0, 0, first=full_year(int(text[1:]))),
    "digits": _digits,
}
