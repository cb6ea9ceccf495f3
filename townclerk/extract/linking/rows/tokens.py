"""The words of an undelimited row, each told apart: value, colour, arrow, unit, time, frequency, or plain word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from townclerk.extract.linking.rows.heads import Header
from townclerk.extract.linking.tables.torn import joined, may_be_torn
from townclerk.extract.spotting.figures import read_cell, read_mark, whole_marks
from townclerk.extract.spotting.periods import whole_time
from townclerk.models.digits import has_digit
from townclerk.models.mentions import FigureForm
from townclerk.models.units import Rag
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.table_words import AROUND, ColumnKind, table_words

# Behind a per cent sign the next value may begin without a blank.
_WORD = re.compile(r"[^\s%]*%(?=\d)|\S+")
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
    """A token, its span in the line, whether it prints a number, and of what kind.

    Attributes:
        start: First character.
        end: End, exclusive.
        kind: What it can stand for.
        is_number: It prints a number.
        is_signed: It has a sign: a change, mostly.
        is_percent: It has a per cent sign.
        is_whole: It is a whole number without one.
        size: The whole number.
    """

    start: int
    end: int
    kind: TokenKind
    is_number: bool = False
    is_signed: bool = False
    is_percent: bool = False
    is_whole: bool = False
    size: int = 0


@dataclass(slots=True, frozen=True)
class _Sayings:
    """What the words of a row can say under columns of some kinds, each by its text in lower case.

    Attributes:
        dated: A column takes times.
        units: A column takes units.
        known: What a text stands for before it is looked at as a unit.
        values: Texts that stand where a value would.
        nones: Texts that say, whatever marks stand around them, that there is no value.
        openers: The first words of all that is said in several words; None where times and units may be.
    """

    dated: bool
    units: bool
    known: dict[str, TokenKind]
    values: frozenset[str]
    nones: frozenset[str]
    openers: frozenset[str] | None


def tokens_of(text: str, header: Header) -> list[Token]:
    """The tokens of a line, read with the columns in mind that the header has.

    Args:
        text: The line.
        header: A colour, arrow or unit is only looked for where a column takes it.
    """
    return list(_tokens(text, header.kinds))


@lru_cache(maxsize=4096)
def _tokens(text: str, kinds: frozenset[ColumnKind]) -> tuple[Token, ...]:
    """The tokens of a line, remembered: every cut of a line of heads is held against the same rows."""
    words = [found.span() for found in _WORD.finditer(text)]
    lowered = [text[start:end].lower() for start, end in words]
    sayings = _sayings(kinds)
    found: list[Token] = []
    ages = [age.span() for age in phrasing().years_old.finditer(text)] if "old" in text else []
    place = 0
    while place < len(words):
        start, end = words[place]
        token = Token(start, end, TokenKind.TEXT)
        width = 1
        if any(first <= start < last for first, last in ages):
            found.append(token)
            place += 1
            continue
        longest = min(_LONGEST, len(words) - place) if _may_open(lowered[place], sayings) else 1
        for reach in range(longest, 0, -1):
            end = words[place + reach - 1][1]
            read = _read(text[start:end], " ".join(lowered[place : place + reach]), sayings)
            if read is not None and _ends_unit(text, words, place, place + reach):
                break
            if read is not None:
                token, width = _token(text, start, end, *read), reach
                break
        found.append(token)
        place += width
    return tuple(found)


def _may_open(word: str, sayings: _Sayings) -> bool:
    """True for a word in lower case that may be the first of several that stand for one thing."""
    if sayings.openers is None or word in sayings.openers:
        return True
    bare = word.strip(AROUND)
    return not bare or bare in sayings.openers


def _token(text: str, start: int, end: int, kind: TokenKind, is_number: bool) -> Token:
    if not is_number:
        return Token(start, end, kind)
    percent = text[end - 1] == "%"
    digits = text[start:end].replace(",", "")
    whole = not percent and digits.isdecimal()
    return Token(start, end, kind, True, text[start] in _SIGNS, percent, whole, int(digits) if whole else 0)


def _ends_unit(text: str, words: list[tuple[int, int]], first: int, end: int) -> bool:
    """True for the number of a unit that a label ends in: "referrals per 10,000"."""
    if not first or text[words[first - 1][0] : words[first][0]].strip().lower() != "per":
        return False
    return table_words().is_unit(" ".join(text[words[first - 1][0] : words[end - 1][1]].lower().split()))


@lru_cache(maxsize=1024)
def _sayings(kinds: frozenset[ColumnKind]) -> _Sayings:
    words = table_words()
    known: dict[str, TokenKind] = {}
    if ColumnKind.FREQUENCY in kinds:
        known |= dict.fromkeys(words.frequencies | words.letters[ColumnKind.FREQUENCY], TokenKind.FREQUENCY)
    if ColumnKind.POLARITY in kinds:
        known |= dict.fromkeys(words.ways, TokenKind.POLARITY)
    if ColumnKind.RAG in kinds:
        known |= dict.fromkeys(words.statuses, TokenKind.COLOUR)
    if ColumnKind.DIRECTION in kinds:
        known |= dict.fromkeys(words.judgements, TokenKind.ARROW)
    if {ColumnKind.RAG, ColumnKind.DIRECTION} & kinds:
        coloured = ColumnKind.RAG in kinds
        known |= {
            text: TokenKind.COLOUR if coloured and isinstance(mark, Rag) else TokenKind.ARROW
            for text, mark in words.marks.items()
        }
    nones = words.no_value if {ColumnKind.TARGET, ColumnKind.RAG} & kinds else frozenset()
    values = frozenset(words.bands) if ColumnKind.QUARTILE in kinds else frozenset()
    dated, units = ColumnKind.DATE in kinds, ColumnKind.UNIT in kinds
    said = [text.split() for text in (*known, *values, *nones, *whole_marks())]
    openers = None if dated or units else frozenset(text[0] for text in said if len(text) > 1)
    return _Sayings(dated, units, known, values, nones, openers)


def _read(text: str, folded: str, sayings: _Sayings) -> tuple[TokenKind, bool] | None:
    """What a few words stand for, and whether they print a number; None for plain words."""
    if sayings.dated and _is_time(text):
        return TokenKind.TIME, False
    if (known := sayings.known.get(folded)) is not None:
        return known, False
    if sayings.units and table_words().is_unit(folded):
        return TokenKind.UNIT, False
    if folded in sayings.values or (sayings.nones and folded.strip(AROUND) in sayings.nones):
        return TokenKind.VALUE, False
    return _value(text)


def _is_time(text: str) -> bool:
    return any(map(str.isalpha, text)) and whole_time(text) is not None


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


def rejoined(text: str, tokens: list[Token], first: int, end: int, room: int) -> tuple[list[Token], int]:
    """The tokens of a row, numbers that were torn apart made one where a run has more values than columns.

    Args:
        text: The line.
        tokens: Its tokens.
        first: The first token of its run of values.
        end: End of the run.
        room: How many columns there are.

    Returns:
        The tokens and the end of the run.
    """
    if end - first <= room:
        return tokens, end
    pairs = [
        place
        for place in range(first, end - 1)
        if tokens[place].is_whole and may_be_torn(text[tokens[place].start : tokens[place + 1].end])
    ]
    for place in reversed(pairs[: end - first - room]):
        one, other = tokens[place : place + 2]
        rest = [token for token in (*tokens[first:place], *tokens[place + 2 : end]) if token.is_number]
        if joined(text[one.start : other.end], [_number(text[token.start : token.end]) for token in rest]):
            whole = other._replace(start=one.start)
            tokens, end = [*tokens[:place], whole, *tokens[place + 2 :]], end - 1
    return tokens, end


def _number(text: str) -> float:
    figures = read_cell(text)
    return figures[0].value or 0.0 if figures else 0.0


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
