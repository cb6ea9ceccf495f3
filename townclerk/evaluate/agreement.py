"""Whether one observation says what one gold line says, field by field.

Three levels build on each other: `found` (indicator, value, unit), `core` (and role, area), `full` (and the period's
last day). The rules are those of the project's gold format.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache

from townclerk.evaluate.gold import GoldChange, GoldLine
from townclerk.models.area import AreaKind
from townclerk.models.observation import Change, Observation, ObservedArea
from townclerk.models.period import PeriodKind, parse_code
from townclerk.models.units import Basis

SELF = "self"
_GROUPS = frozenset(kind.value for kind in AreaKind if kind is not AreaKind.AUTHORITY)


class Level(IntEnum):
    """How far an observation agrees with a gold line."""

    NONE = 0
    FOUND = 1
    CORE = 2
    FULL = 3


LEVELS = (Level.FOUND, Level.CORE, Level.FULL)
FIELDS = ("indicator", "value", "unit", "role", "area", "period")
_DECIDES = {
    "indicator": Level.NONE,
    "value": Level.NONE,
    "unit": Level.NONE,
    "role": Level.FOUND,
    "area": Level.FOUND,
    "period": Level.CORE,
}


def wrong_fields(gold: GoldLine, seen: Observation) -> tuple[str, ...]:
    """The fields of `FIELDS` in which the observation disagrees with the gold line."""
    agrees = (
        seen.indicator_id in gold.ids,
        same_value(gold, seen),
        gold.unit == seen.unit,
        gold.role == seen.role,
        same_area(gold.area, seen.area),
        same_period_end(gold, seen),
    )
    return tuple(name for name, right in zip(FIELDS, agrees, strict=True) if not right)


def level_of(gold: GoldLine, seen: Observation) -> Level:
    """The highest level at which the two agree."""
    return min((_DECIDES[name] for name in wrong_fields(gold, seen)), default=Level.FULL)


def same_number(first: float | None, second: float | None) -> bool:
    """Equal but for the last bits of a binary fraction; null equals null only."""
    if first is None or second is None:
        return first is second
    return math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-9)


def same_value(gold: GoldLine, seen: Observation) -> bool:
    """Equal numbers; where there is none, the same reason for it."""
    if gold.value is None and seen.value is None:
        return gold.status == seen.status
    return same_number(gold.value, seen.value)


def same_area(gold: str | None, seen: ObservedArea | None) -> bool:
    """The same place. Where a reader cannot tell, the observation must not name one with confidence."""
    if gold is None or seen is None:
        return gold is None and (seen is None or seen.basis is Basis.UNKNOWN)
    if gold == SELF:
        return seen.kind is AreaKind.AUTHORITY and seen.is_reporting_authority
    if gold in _GROUPS:
        return seen.kind == gold
    return seen.kind is AreaKind.AUTHORITY and name_key(seen.name or "") == name_key(gold)


@lru_cache(maxsize=1024)
def name_key(name: str) -> tuple[str, ...]:
    """An authority's name without case, punctuation and the order of its words ("Bristol, City of")."""
    return tuple(sorted(re.findall(r"\w+", name.casefold().replace("&", " and "))))


def same_period_end(gold: GoldLine, seen: Observation) -> bool:
    """The same last day. Where the report does not say, the observation must not state a period."""
    if gold.period is None:
        return seen.period.code is None or seen.period.basis is not Basis.STATED
    return seen.period.end == parse_code(gold.period).end.isoformat()


def same_period_kind(gold: GoldLine, seen: Observation) -> bool | None:
    """Whether the periods are of one kind; None where gold has no period."""
    return None if gold.period is None else seen.period.kind is period_kind(gold.period)


def period_kind(code: str) -> PeriodKind:
    """The kind of a period code."""
    return parse_code(code).kind


def squeezed(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


def commentary_agrees(gold: str, seen: Observation) -> bool:
    """True where both halves of the gold's commentary occur in the observation's, white space aside."""
    said = squeezed(" ".join(snippet.text for snippet in seen.commentary))
    return all(squeezed(half) in said for half in gold.split(" ... "))


def _same_change(gold: GoldChange, seen: Change | None) -> bool:
    if seen is None or gold.unit != seen.unit or gold.direction != seen.direction:
        return False
    if not same_number(abs(gold.value), seen.value):
        return False
    if gold.from_period is None or seen.from_period is None:
        return gold.from_period == seen.from_period
    return parse_code(gold.from_period).end == parse_code(seen.from_period).end


def _change_agrees(gold: GoldLine, seen: Observation) -> bool:
    return gold.change is not None and _same_change(gold.change, seen.change)


def _rank_agrees(gold: GoldLine, seen: Observation) -> bool:
    if gold.rank is None or seen.rank is None:
        return False
    return (gold.rank.position, gold.rank.of) == (seen.rank.position, seen.rank.of)


# Attribute name, which is the field's name on both sides, and the test that a stated one is right.
ATTRIBUTES: dict[str, Callable[[GoldLine, Observation], bool]] = {
    "numerator": lambda gold, seen: same_number(gold.numerator, seen.numerator),
    "denominator": lambda gold, seen: same_number(gold.denominator, seen.denominator),
    "change": _change_agrees,
    "rank": _rank_agrees,
    "quartile": lambda gold, seen: gold.quartile == seen.quartile,
    "rag": lambda gold, seen: gold.rag == seen.rag,
    "direction": lambda gold, seen: gold.direction == seen.direction,
}
