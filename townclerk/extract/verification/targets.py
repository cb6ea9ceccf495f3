"""Distances from a target told in words: "186 children, 24 below the target"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from townclerk.extract.verification.edits import one_slip
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.rates import SCALE, pairs_of
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.tolerance import Interval, around, decimals, decimals_of, printed, shown, span_of
from townclerk.extract.verification.view import View, is_vague, place_of
from townclerk.models.candidate import Candidate
from townclerk.models.units import Role, Unit
from townclerk.patterns.identities import identities

_BEHIND = 120


class Distance(NamedTuple):
    """How far a value is said to lie from its target, below it where negative."""

    value: float
    places: int
    text: str


@check("target_distance")
def target_distance(view: View) -> Iterator[Finding]:
    """A value less its target is the distance told behind it; a count is held to the target of its rate, too.

    Tolerance: half the last printed digit of the value and of the distance; the target is exact. Where the target of a
    rate is made a count, 1% more for the population. A target in another block contradicts only where one slip in a
    print explains it.
    """
    for actual in view.known:
        told = _told(actual, view) if actual.is_own_actual and not is_vague(actual) else None
        if told is None:
            continue
        targets = _targets(actual, actual.indicator_id, view)
        finding = _plain(actual, targets[0], told) if len(targets) == 1 else None
        yield from [finding] if finding is not None else _through_rate(actual, told, view) if not targets else []


def _told(actual: Candidate, view: View) -> Distance | None:
    """The distance told behind a value, before any other value."""
    start = actual.figure_span.end
    behind = view.document.text[start : start + _BEHIND]
    found = _pattern().search(behind) if "target" in behind.lower() else None
    if found is None or any(start < c.figure_span.start < start + found.end() for c in view.candidates):
        return None
    text = found["number"].replace(",", "")
    sign = -1.0 if found["way"].lower() in identities().below_words else 1.0
    return Distance(sign * float(text), len(text.partition(".")[2]), " ".join(found[0].split()))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    known = identities()
    ways = "|".join(re.escape(way) for way in sorted((*known.below_words, *known.above_words), key=len, reverse=True))
    return re.compile(
        r"(?<![\d.,])(?P<number>\d[\d,]*(?:\.\d+)?)(?:\s?%|\s+(?:percentage\s+)?points?|\s?pp|\s+[a-z]+)?"
        rf"\s+(?P<way>{ways})"
        r"\s+(?:the|our|its|this)?\s*(?:[a-z]+\s+)?target\b(?!\s+of)",
        re.IGNORECASE,
    )


def _targets(actual: Candidate, indicator_id: str | None, view: View) -> list[Candidate]:
    near = [c for c in view.near(actual) if c.role is Role.TARGET and c.indicator_id == indicator_id]
    return near[:1] if len({c.value for c in near}) == 1 else near


def _plain(actual: Candidate, target: Candidate, told: Distance) -> Finding | None:
    value, aim = actual.value or 0.0, target.value or 0.0
    if actual.unit is not target.unit:
        return None
    said = around(told.value, told.places)
    if _apart(span_of(actual), Interval(aim, aim)).meets(said):
        text = f"{printed(actual)} is {told.text}, {printed(target)}"
        return Finding("target_distance", Outcome.SUPPORTS, text, (actual, target))
    slips = any(said.holds(v - aim) for v in one_slip(value, decimals(actual)))
    slips = slips or any(said.holds(value - v) for v in one_slip(aim, decimals(target)))
    slips = slips or any(abs(value - aim) == v for v in one_slip(abs(told.value), told.places))
    if not slips and actual.block != target.block:
        return None
    gap = shown(value - aim, max(decimals(actual), decimals(target)))
    text = f"{printed(actual)} less the target {printed(target)} is {gap}, but “{told.text}” is told"
    return Finding("target_distance", Outcome.CONTRADICTS, text, (actual, target), "variance_mismatch")


def _apart(first: Interval, second: Interval) -> Interval:
    return Interval(first.low - second.high, first.high - second.low)


def _through_rate(actual: Candidate, told: Distance, view: View) -> Iterator[Finding]:
    """A count's distance from the target of its rate, by the population that the count and its rate imply."""
    pairs = [pair for pair in pairs_of(view) if pair.count is actual]
    targets = _targets(actual, pairs[0].rate.indicator_id, view) if len(pairs) == 1 else []
    if len(targets) != 1 or actual.unit is not Unit.COUNT or place_of(targets[0]) != place_of(actual):
        return
    target, rate = targets[0], pairs[0].rate
    aim, parties = (actual.value or 0.0) - told.value, (actual, target, rate)
    share = (target.value or 0.0) / SCALE[rate.unit]
    if any(Interval(span.low * share, span.high * share).holds(aim) for span in pairs[0].spans):
        text = f"{printed(actual)} is {told.text}, {printed(target)}"
        yield Finding("target_distance", Outcome.SUPPORTS, text, parties)
    else:
        middle = shown((actual.value or 0.0) * (target.value or 0.0) / (rate.value or 1.0), 0)
        text = (
            f"{printed(actual)} at {printed(rate)} makes the target of {printed(target)} about {middle},"
            f" but “{told.text}” makes it {shown(aim, decimals_of(aim))}"
        )
        yield Finding("target_distance", Outcome.CONTRADICTS, text, parties, "variance_mismatch", (target,))
