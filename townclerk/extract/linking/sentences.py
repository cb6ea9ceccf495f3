"""Sentences and clauses of a block's text, as spans."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

# Longer than any sentence that a person wrote, and more figures than any has.
_LONGEST, _MOST_FIGURES = 1_500, 30
_FIGURE = re.compile(r"\d[\d.,:/]*")

# A full stop ends a sentence where a blank and a capital, digit, quote or bracket follow, and no known abbreviation
# or lone initial stands before it; the dots that lead from a label to its value ("Audits ..... 12") end none. Line ends
# that the reader kept divide as well: they stand between lines of slides.
_END = re.compile(
    r"(?=[\s•·▪‣◦])(?:(?:(?<=[.!?])(?<!\.\.)(?<!\. \.)|(?<=[.!?][)\"'”’])|(?<=[.!?]\*\*))"
    r"\s+(?=[\"'“‘(\[*]*[A-Z0-9£%])|\n+|(?<=\s)[•·▪‣◦]\s+)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|etc|approx|no|nos|fig|figs|vs|cf|av|avg|inc|incl|excl|st|dept|est|para|paras|p|pp|ref|[A-Z])\.$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r";\s+|\s+[–—−•]\s+|\s+(?=(?:but|whereas|while|whilst|although)\b)|,\s+(?=(?:while|whilst|whereas|but|although|though|with|and|up|down|an?\s+\w+\s+of)\b)",
    re.IGNORECASE,
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of a text's sentences, blanks around them left out, in order.

    Args:
        text: The text of one block; line ends in it are taken as ends of sentences, since the reader joins lines that
            belong together.
    """
    return list(_spans(text))


@lru_cache(maxsize=64)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """The same, remembered: a block's sentences are asked for anew for each of its figures."""
    cuts = [0]
    for match in _END.finditer(text):
        if "\n" not in match[0] and _ABBREVIATION.search(text[cuts[-1] : match.start()]):
            continue
        cuts.append(match.end())
    cuts.append(len(text))
    spans: list[tuple[int, int]] = []
    for start, end in itertools.pairwise(cuts):
        stripped = text[start:end].strip()
        if stripped:
            first = start + text[start:end].index(stripped[0])
            spans.extend(_bounded(text, first, first + len(stripped)))
    return tuple(spans)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or stretches of one that is none: a page of words, or a list of figures, without a full stop."""
    while (stop := _stop(text, start, end)) < end:
        blank = text.rfind(" ", start, stop)
        cut = blank if blank > start else stop
        yield start, start + len(text[start:cut].rstrip())
        start = end - len(text[cut:end].lstrip())
    yield start, end


def _stop(text: str, start: int, end: int) -> int:
    """How far a sentence that begins at `start` can go; no further than `end`."""
    end = min(end, start + _LONGEST) if end - start > _LONGEST else end
    if end - start <= 2 * _MOST_FIGURES:
        return end
    next_ones = islice(_FIGURE.finditer(text, start, end), _MOST_FIGURES, None)
    return next((figure.start() for figure in next_ones), end)


@lru_cache(maxsize=64)
def clause_starts(text: str, start: int, end: int) -> Sequence[int]:
    """Where the clauses of a sentence begin, the sentence's own start first; asked anew for each of its figures."""
    return (start, *(match.end() for match in _CLAUSE.finditer(text, start, end)))
