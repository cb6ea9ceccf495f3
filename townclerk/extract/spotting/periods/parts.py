"""Reading months, years, quarters and counts out of a wording's tokens."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.extract.spotting.periods.grammar import Kind
from townclerk.extract.spotting.periods.shapes import Token, full_year

_QUARTER_WORDS = frozenset({"quarter", "quarters", "qtr", "qrtr", "q"})
_OLDEST_SHORT, _NEWEST_SHORT = 8, 40
_SHORT_DIGITS = 2
_COUNTED = frozenset(
    {"month", "months", "mth", "mths", "mnths", "m", "year", "years", "yr", "financial", "quarter", "quarters"}
)


def month_in(tokens: Sequence[Token]) -> int | None:
    """The first month named, 1 to 12."""
    return next((token.first for token in tokens if token.kind == Kind.MONTH), None)


def count_in(tokens: Sequence[Token]) -> int | None:
    """The number of months, quarters or years a wording names: the one that stands before such a word."""
    for place, token in enumerate(tokens[:-1]):
        if token.kind in (Kind.NUMBER, Kind.NUMBER_WORD):
            following = tokens[place + 1]
            if following.kind == Kind.DASH and place + 2 < len(tokens):
                following = tokens[place + 2]
            if following.word in _COUNTED:
                return token.first
    return None


def day_in(tokens: Sequence[Token]) -> int | None:
    """A number right before a month, or an ordinal."""
    for place, token in enumerate(tokens):
        if token.kind == Kind.MONTH:
            before = [one for one in tokens[:place][-2:] if one.kind in (Kind.NUMBER, Kind.ORDINAL)]
            return before[-1].first if before else None
    return None


def year_of(token: Token) -> int | None:
    """The calendar year a year token or a two-digit number stands for; None for a pair and for other tokens."""
    if token.kind in (Kind.YEAR, Kind.APOSTROPHE_YEAR):
        return token.first
    printed = token.end - token.start
    if token.kind == Kind.NUMBER and printed == _SHORT_DIGITS and _OLDEST_SHORT <= token.first <= _NEWEST_SHORT:
        return full_year(token.first)
    return None


def month_and_year(tokens: Sequence[Token]) -> tuple[int | None, int | None, bool]:
    """Month, its calendar year, and whether all numbers made sense, for wordings with one month."""
    place = next((index for index, token in enumerate(tokens) if token.kind == Kind.MONTH), None)
    if place is None:
        return None, None, True
    number = tokens[place].first
    sound = True
    for token in tokens[place + 1 :]:
        if token.kind in (Kind.PAIR, Kind.SHORT):
            return number, token.first if number >= 4 else token.second, True
        if (year := year_of(token)) is not None:
            return number, year, True
        if token.kind == Kind.NUMBER:
            sound = False
    for token in tokens[:place]:
        if token.kind in (Kind.PAIR, Kind.SHORT):
            return number, token.first if number >= 4 else token.second, sound
        if token.kind in (Kind.YEAR, Kind.APOSTROPHE_YEAR):
            return number, token.first, sound
    return number, None, sound


def pair_in(tokens: Sequence[Token]) -> int | None:
    """The year in which the financial year named by a pair began."""
    return next((token.first for token in tokens if token.kind in (Kind.PAIR, Kind.SHORT, Kind.MULTI)), None)


def quarter_in(tokens: Sequence[Token]) -> int | None:
    """The quarter's number: of `Q3`, or the number that stands beside the word."""
    quarters = quarters_in(tokens)
    return quarters[0] if quarters else None


def quarters_in(tokens: Sequence[Token]) -> list[int]:
    """Every quarter number of a wording, in order."""
    found = []
    for place, token in enumerate(tokens):
        if token.kind == Kind.QUARTER:
            found.append(token.first)
            continue
        before = tokens[place - 1].word if place else ""
        after = tokens[place + 1].word if place + 1 < len(tokens) else ""
        counted = token.kind in (Kind.NUMBER, Kind.NUMBER_WORD) and before in _QUARTER_WORDS
        if counted or (token.kind in (Kind.ORDINAL, Kind.ORDINAL_WORD) and after in _QUARTER_WORDS):
            found.append(token.first)
        elif token.word == "final":
            found.append(4)
        elif token.kind in (Kind.NUMBER, Kind.NUMBER_WORD) and found and place == len(tokens) - 1:
            found.append(token.first)
    return found


def quarter_year(tokens: Sequence[Token]) -> tuple[int | None, bool]:
    """The year a quarter's financial year began in, and whether the words leave a choice ("Q3 2018")."""
    if (year := pair_in(tokens)) is not None:
        return year, False
    closing = False
    for place, token in enumerate(tokens):
        closing = closing or token.word in ("fy", "fye")
        if token.kind == Kind.NUMBER and place and tokens[place - 1].word in _QUARTER_WORDS:
            continue
        if token.kind in (Kind.YEAR, Kind.APOSTROPHE_YEAR) or (closing and token.kind == Kind.NUMBER):
            year_named = year_of(token)
            if year_named is not None:
                return (year_named - 1, False) if closing else (year_named, True)
    return None, False
