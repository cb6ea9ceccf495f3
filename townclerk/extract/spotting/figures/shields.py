"""What looks like a figure and is none: the places of a text that are passed over."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
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


_Place = tuple[int, int, int, list[int] | None]
"""A place that a shield covers: its start, which shield it is, its end, where in the text that one can open."""


def shielded(shields: Sequence[Shield], text: str) -> tuple[list[int], list[int]]:
    """The places that shields cover, in order, as their starts and ends; none overlaps another.

    Of shields that begin at one place the first in the sequence counts, as if all were the branches of one expression;
    but those that a text cannot hold are not tried, and the others only where they can open.

    Args:
        shields: What to look for.
        text: The text.
    """
    ahead = list(_firsts(shields, text))
    starts: list[int] = []
    ends: list[int] = []
    while ahead:
        start, _, end, _ = min(ahead)
        starts.append(start)
        ends.append(end)
        kept: list[_Place] = []
        for place in ahead:
            if place[0] >= end:
                kept.append(place)
            elif (found := _next(shields[place[1]], text, end, place[3])) is not None:
                kept.append((found.start(), place[1], found.end(), place[3]))
        ahead = kept
    return starts, ends


def _firsts(shields: Sequence[Shield], text: str) -> Iterator[_Place]:
    """The first place that each shield covers, where it covers any."""
    lowered = lower_as_long(text)
    openings: dict[re.Pattern[str], list[int]] = {}
    for order, shield in enumerate(shields):
        for need in shield.needs:
            if need in lowered:
                break
        else:
            if shield.needs:
                continue
        places = None
        if shield.opens is not None:
            places = openings.get(shield.opens)
            if places is None:
                places = openings[shield.opens] = shield.openings(text, lowered)
            if not places:
                continue
        if (found := _next(shield, text, 0, places)) is not None:
            yield found.start(), order, found.end(), places


def _next(shield: Shield, text: str, floor: int, places: list[int] | None) -> re.Match[str] | None:
    """The first place at or behind `floor` that a shield covers; `places` are those where it opens, None for any."""
    if places is None:
        return shield.expression.search(text, floor)
    match = shield.expression.match
    for place in places[bisect_left(places, floor) :] if floor else places:
        if (found := match(text, place)) is not None:
            return found
    return None
