"""Texts with stretches of them taken out, offsets kept."""

from __future__ import annotations

from collections.abc import Iterable
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


def blanked(text: str, spans: Iterable[Span], offset: int = 0) -> str:
    """A text with blanks, as many as there are characters, where spans lie in it.

    Args:
        text: The text.
        spans: What to take out; a part that lies outside of the text is passed over.
        offset: What to count the spans' offsets from.
    """
    for span in spans:
        start, end = max(0, span.start - offset), min(len(text), span.end - offset)
        if start < end:
            text = text[:start] + " " * (end - start) + text[end:]
    return text
