"""What a printed line is: a row with values, prose, or words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from townclerk.extract.linking.rows.tokens import Token, TokenKind
from townclerk.models.passage import Passage

_LONGEST_PROSE_LABEL = 56
_FEWEST_WORDS_OF_SENTENCE = 5
_MOST_STRAY_NUMBERS = 2
_LINE_END = re.compile(r"\n")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s*$")
_OPENS_COMMENT = re.compile(r"^[A-Z][\w ]{2,30}:\s+\S+ \S+ \S+")


def kept_lines(passage: Passage) -> list[Passage]:
    """The printed lines of a block that kept them."""
    return _cut(passage, _line_starts(passage.text))


@lru_cache(maxsize=4096)
def printed_lines(passage: Passage, source: str) -> tuple[Passage, ...]:
    """The printed lines of a passage, whose line ends a reader may have joined; each shape of rows asks for them."""
    joined = {
        after.start
        for before, after in pairwise(passage.pieces)
        if "\n" in source[before.source_end : after.source_start]
    }
    return tuple(_cut(passage, sorted({*_line_starts(passage.text), *joined})))


def _line_starts(text: str) -> list[int]:
    return [0, *[found.end() for found in _LINE_END.finditer(text)]] if "\n" in text else [0]


def _cut(passage: Passage, starts: list[int]) -> list[Passage]:
    """The stretches of a passage that begin at some places, without the blanks around them and without empty ones."""
    if len(starts) == 1 and passage.text == passage.text.strip():
        return [passage] if passage.text else []
    found: list[Passage] = []
    for start, end in pairwise([*starts, len(passage.text)]):
        text = passage.text[start:end]
        if text.strip():
            left = start + len(text) - len(text.lstrip())
            found.append(passage.slice(left, start + len(text.rstrip())))
    return found


def trimmed(passage: Passage) -> Passage:
    """A passage without the blanks around it."""
    left = len(passage.text) - len(passage.text.lstrip())
    return passage.slice(left, len(passage.text.rstrip()))


def is_prose(text: str) -> bool:
    """True for a sentence or a comment, which no row is."""
    if len(text.split()) > _LONGEST_PROSE_LABEL or _OPENS_COMMENT.match(text):
        return True
    return _SENTENCE_END.search(text) is not None and len(text.split()) >= _FEWEST_WORDS_OF_SENTENCE


def is_row(tokens: list[Token], first: int, end: int) -> bool:
    """True where a stretch of values is the row's own: a single number must end the line, and few stand elsewhere.

    The number that begins a line counts its row.
    """
    values = sum(token.kind is TokenKind.VALUE for token in tokens[first:end])
    stray = sum(token.is_number for token in (*tokens[1:first], *tokens[end:]))
    return values > 0 and stray <= _MOST_STRAY_NUMBERS and (values > 1 or end == len(tokens))


def ends_in_values(tokens: list[Token], first: int, end: int) -> bool:
    """True where several values end a line, whatever its name looks like ("Plans ended: over two years 6.5% 7.2%")."""
    return end == len(tokens) and sum(token.kind is TokenKind.VALUE for token in tokens[first:end]) > 1
