"""Texts with stretches of them taken out, offsets kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Protocol


class Span(Protocol):
    """Anything that stands between two offsets of a text."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


def is_free(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch meets none of those that are taken.

    Args:
        taken: Stretches in order, none overlapping another, their ends exclusive.
        start: Where the stretch begins.
        end: Where it ends, exclusive.
    """
    place = bisect_left(taken, start, key=itemgetter(0))
    return (place == 0 or taken[place - 1][1] <= start) and (place == len(taken) or end <= taken[place][0])


def blanked(text: str, spans: Iterable[Span], offset: int = 0) -> str:
    """A text with blanks, as many as there are characters, where spans lie in it.

    Args:
        text: The text.
        spans: What to take out; a part that lies outside of the text is passed over.
        offset: What to count the spans' offsets from.
    """
    letters: list[str] = []
    for span in spans:
        start, end = max(0, span.start - offset), min(len(text), span.end - offset)
        if start < end:
            letters = letters or list(text)
            letters[start:end] = " " * (end - start)
    return "".join(letters) or text
