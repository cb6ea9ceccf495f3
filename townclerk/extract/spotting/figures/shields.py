"""What looks like a figure and is none: the places of a text that are passed over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Shield:
    """One kind of such places.

    Attributes:
        expression: Finds them.
        needs: Lower-case bits of text of which a text with such a place must hold one; none where nothing is needed.
    """

    expression: re.Pattern[str]
    needs: tuple[str, ...] = ()


def shielded(shields: Sequence[Shield], text: str) -> tuple[list[int], list[int]]:
    """The places that shields cover, in order, as their starts and ends; none overlaps another.

    Of shields that begin at one place the first in the sequence counts, as if all were the branches of one expression;
    but those that a text cannot hold are not tried, and each is searched for at its own speed.

    Args:
        shields: What to look for.
        text: The text.
    """
    lowered = text.lower()
    ahead: list[tuple[int, int, int]] = []
    for order, shield in enumerate(shields):
        if not shield.needs or any(need in lowered for need in shield.needs):
            found = shield.expression.search(text)
            if found is not None:
                ahead.append((found.start(), order, found.end()))
    starts: list[int] = []
    ends: list[int] = []
    while ahead:
        start, _, end = min(ahead)
        starts.append(start)
        ends.append(end)
        kept: list[tuple[int, int, int]] = []
        for place in ahead:
            if place[0] >= end:
                kept.append(place)
            elif (found := shields[place[1]].expression.search(text, end)) is not None:
                kept.append((found.start(), place[1], found.end()))
        ahead = kept
    return starts, ends
