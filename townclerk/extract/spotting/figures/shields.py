"""What looks like a figure and is none: the places of a text that are passed over."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from townclerk.patterns.phrases import lower_as_long


@dataclass(slots=True, frozen=True)
class Shield:
    """One kind of such places.

    Attributes:
        expression: Finds them.
        needs: Lower-case bits of text of which a text with such a place must hold one; none where nothing is needed.
        opens: Finds every place where one can open; None where it may be any.
        small: It does so in the text in lower case.
    """

    expression: re.Pattern[str]
    needs: tuple[str, ...] = ()
    opens: re.Pattern[str] | None = None
    small: bool = False

    def openings(self, text: str, lowered: str) -> list[int]:
        """Every place of a text where one can open; `lowered` is it in lower case, as long as it was."""
        if self.opens is None:
            return []
        return [match.start() for match in self.opens.finditer(lowered if self.small else text)]


def shielded(shields: Sequence[Shield], text: str) -> tuple[list[int], list[int]]:
    """The places that shields cover, in order, as their starts and ends; none overlaps another.

    Of shields that begin at one place the first in the sequence counts, as if all were the branches of one expression;
    but those that a text cannot hold are not tried, and the others only where they can open.

    Args:
        shields: What to look for.
        text: The text.
    """
    lowered = lower_as_long(text)
    openings: dict[re.Pattern[str], list[int]] = {}
    ahead: list[tuple[int, int, int]] = []
    for order, shield in enumerate(shields):
        for need in shield.needs:
            if need in lowered:
                break
        else:
            if shield.needs:
                continue
        if (found := _next(shield, text, lowered, 0, openings)) is not None:
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
            elif (found := _next(shields[place[1]], text, lowered, end, openings)) is not None:
                kept.append((found.start(), place[1], found.end()))
        ahead = kept
    return starts, ends


def _next(
    shield: Shield, text: str, lowered: str, floor: int, openings: dict[re.Pattern[str], list[int]]
) -> re.Match[str] | None:
    """The first place at or behind `floor` that a shield covers; `openings` remembers where in the text each opens."""
    if shield.opens is None:
        return shield.expression.search(text, floor)
    places = openings.get(shield.opens)
    if places is None:
        places = openings[shield.opens] = shield.openings(text, lowered)
    match = shield.expression.match
    for index in range(bisect_left(places, floor) if floor else 0, len(places)):
        if (found := match(text, places[index])) is not None:
            return found
    return None
