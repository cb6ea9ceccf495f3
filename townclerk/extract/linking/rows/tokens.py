"""The words of an undelimited row, each told apart: value, colour, arrow, unit, time, frequency, or plain word."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from townclerk.extract.linking.rows.heads import Header
from townclerk.extract.spotting.figures import read_cell, read_mark
from townclerk.extract.spotting.periods import whole_time
from townclerk.models.digits import has_digit
from townclerk.models.mentions import FigureForm
from townclerk.models.units import Rag
from townclerk.patterns.table_words import ColumnKind, table_words

_WORD = re.compile(r"\S+")
_LONGEST = 4
_SIGNS = "+-−–"


class TokenKind(StrEnum):
    """What a token of a row can stand for."""

    VALUE = "value"
    COLOUR = "colour"
    ARROW = "arrow"
    POLARITY = "polarity"
    UNIT = "unit"
    TIME = "time"
    FREQUENCY = "frequency"
    TEXT = "text"


class Token(NamedTuple):
    """A token, its span in the line, whether it prints a number, and whether that has a sign: a change, mostly."""

    start: int
    end: int
    kind: TokenKind
    is_number: bool = False
    is_signed: bool = False


def tokens_of(text: str, header: Header) -> list[Token]:
    """The tokens of a line, read with the columns in mind that the header has.

    Args:
        text: The line.
        header: A colour, arrow or unit is only looked for where a column takes it.
    """
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    kinds = header.kinds
    found: list[Token] = []
    place = 0
    while place < len(words):
        token = Token(*words[place], TokenKind.TEXT)
        width = 1
        for reach in range(min(_LONGEST, len(words) - place), 0, -1):
            start, end = words[place][0], words[place + reach - 1][1]
            read = _read(text[start:end], kinds)
            if read is not None and _ends_unit(text, words, place, place + reach):
                break
            if read is not None:
                token, width = Token(start, end, *read, is_signed=read[1] and text[start] in _SIGNS), reach
                break
        found.append(token)
        place += width
    return found


def _ends_unit(text: str, words: list[tuple[int, int]], first: int, end: int) -> bool:
    """True for the number of a unit that a label ends in: "referrals per 10,000"."""
    if not first or text[words[first - 1][0] : words[first][0]].strip().lower() != "per":
        return False
    return table_words().is_unit(" ".join(text[words[first - 1][0] : words[end - 1][1]].lower().split()))


def _read(text: str, kinds: frozenset[ColumnKind]) -> tuple[TokenKind, bool] | None:
    """What a few words stand for, and whether they print a number; None for plain words."""
    words = table_words()
    folded = " ".join(text.lower().split())
    if ColumnKind.DATE in kinds and _is_time(text):
        return TokenKind.TIME, False
    if folded in words.marks and {ColumnKind.RAG, ColumnKind.DIRECTION} & kinds:
        colour = isinstance(words.marks[folded], Rag) and ColumnKind.RAG in kinds
        return (TokenKind.COLOUR if colour else TokenKind.ARROW), False
    if ColumnKind.DIRECTION in kinds and folded in words.judgements:
        return TokenKind.ARROW, False
    if ColumnKind.RAG in kinds and folded in words.statuses:
        return TokenKind.COLOUR, False
    if ColumnKind.POLARITY in kinds and folded in words.polarity:
        return TokenKind.POLARITY, False
    if ColumnKind.FREQUENCY in kinds and folded in words.frequencies:
        return TokenKind.FREQUENCY, False
    if ColumnKind.UNIT in kinds and words.is_unit(folded):
        return TokenKind.UNIT, False
    none = {ColumnKind.TARGET, ColumnKind.RAG} & kinds and words.stands_for_none(folded)
    if none or (ColumnKind.QUARTILE in kinds and folded in words.bands):
        return TokenKind.VALUE, False
    return _value(text)


def _is_time(text: str) -> bool:
    return any(char.isalpha() for char in text) and whole_time(text) is not None


@lru_cache(maxsize=8192)
def _value(text: str) -> tuple[TokenKind, bool] | None:
    if not has_digit(text):
        # Most of a line's words: of all that is written without a digit only a mark fills a cell.
        return None if read_mark(text) is None else (TokenKind.VALUE, False)
    if " " in text:
        return None
    figures = read_cell(text)
    if len(figures) != 1 or text[: figures[0].start].strip("<>≤≥=~") or figures[0].end < len(text):
        return None
    figure = figures[0]
    if figure.form is FigureForm.MARK:
        return TokenKind.VALUE, False
    return (TokenKind.VALUE, True) if figure.form is FigureForm.NUMBER else None


def longest_run(tokens: list[Token]) -> tuple[int, int]:
    """The stretch of tokens, first and end, that holds most values and no plain word; (0, 0) where there is none."""
    best, most = (0, 0), 0
    first = 0
    for place in range(len(tokens) + 1):
        if place < len(tokens) and tokens[place].kind is not TokenKind.TEXT:
            continue
        values = sum(token.kind is TokenKind.VALUE for token in tokens[first:place])
        if values and (values, place) >= (most, 0):
            best, most = (first, place), values
        first = place + 1
    return best
