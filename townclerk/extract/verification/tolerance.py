"""How far printed numbers may be from what they stand for, and how they are written in a sentence.

A printed number stands for everything that rounds to it: half its last digit on each side. Counts are exact. Where an
identity is made of rounded numbers, the intervals of all of them are carried through it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from townclerk.models.candidate import Candidate
from townclerk.models.units import Unit

_BITS = 1e-9


class Interval(NamedTuple):
    """Everything a printed number may stand for, both ends included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """True where `value` lies inside, the last bits of a binary fraction apart."""
        margin = _BITS * max(1.0, abs(value))
        return self.low - margin <= value <= self.high + margin

    def meets(self, other: Interval) -> bool:
        """True where the two have a value in common."""
        margin = _BITS * max(1.0, abs(self.low), abs(self.high))
        return self.low <= other.high + margin and other.low <= self.high + margin

    def wider(self, share: float) -> Interval:
        """The span with `share` of its ends added on each side."""
        return Interval(self.low - share * abs(self.low), self.high + share * abs(self.high))


def half_digit(decimals: int) -> float:
    """Half the last digit of a number printed with that many decimals."""
    return float(0.5 * 10.0**-decimals)


def around(value: float, places: int) -> Interval:
    """What a number printed with that many decimals may stand for."""
    return Interval(value - half_digit(places), value + half_digit(places))


def decimals_of(value: float) -> int:
    """Decimals a stated number needs at least to be printed: 1.8 has one, 10.0 none."""
    text = f"{value:.6f}".rstrip("0")
    return len(text) - text.index(".") - 1


def is_exact(candidate: Candidate) -> bool:
    """True for counts: they are printed whole and mean what they say."""
    return candidate.unit is Unit.COUNT and candidate.figure.decimals == 0 and "approximate" not in candidate.flags


def decimals(candidate: Candidate) -> int:
    """Decimals the candidate's figure is printed with; a repaired or computed one may have others than its value."""
    value = candidate.value if candidate.value is not None else 0.0
    return max(candidate.figure.decimals, 0) if candidate.figure.value == value else decimals_of(value)


def span_of(candidate: Candidate) -> Interval:
    """What a reported figure may stand for."""
    value = candidate.value if candidate.value is not None else math.nan
    if is_exact(candidate):
        return Interval(value, value)
    half = half_digit(decimals(candidate))
    return Interval(value - half, value + half)


def shown(value: float, places: int = 1) -> str:
    """A number for a sentence: thousands marked, whole numbers without a point."""
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(value: float, unit: Unit, places: int = 1) -> str:
    """A number with its unit for a sentence."""
    number = shown(value, places)
    if unit is Unit.PERCENT:
        return f"{number}%"
    per = {Unit.PER_1000: "1,000", Unit.PER_10000: "10,000", Unit.PER_100000: "100,000"}.get(unit)
    if per:
        return f"{number} per {per}"
    if unit is Unit.CURRENCY:
        return f"£{number}"
    return f"{number} {unit.value}" if unit in {Unit.DAYS, Unit.WEEKS} else number


def printed(candidate: Candidate) -> str:
    """A candidate's figure for a sentence, with the decimals it is printed with."""
    if candidate.value is None:
        return candidate.value_text
    number = f"{candidate.value:,.{decimals(candidate)}f}"
    return with_unit(candidate.value, candidate.unit, decimals(candidate)).replace(
        shown(candidate.value, decimals(candidate)), number, 1
    )
