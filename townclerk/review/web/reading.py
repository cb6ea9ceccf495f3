"""A reading put into words and pictures: the waterfall of its reasons, its checks, its other readings."""

from __future__ import annotations

import math
from dataclasses import dataclass

from townclerk.models.observation import Check, Observation
from townclerk.patterns.catalogue import Catalogue
from townclerk.review.queue import Item
from townclerk.review.web.wording import number, percent

_KEYS = 9
"""Alternatives that a number key chooses."""


@dataclass(slots=True, frozen=True)
class Step:
    """One line of the waterfall: a weight, where its bar lies (0 to 100), and what the sum is behind it."""

    text: str
    weight: float
    left: float
    width: float
    total: float


@dataclass(slots=True, frozen=True)
class Other:
    """One other reading: what it says, how sure it is, and the key that chooses it."""

    number: int
    key: str
    title: str
    detail: str
    sure: str


@dataclass(slots=True, frozen=True)
class Reading:
    """A reading as the panel shows it.

    Attributes:
        title: The measure.
        defined: What the catalogue says of it.
        steps: The waterfall.
        zero: Where its zero lies, 0 to 100.
        total: The sum of weights, and the probability it stands for.
        others: Other readings.
        checks: Checks, contradictions first.
        changed: Names of the fields that reviewers changed.
    """

    title: str
    defined: str
    steps: tuple[Step, ...]
    zero: float
    total: str
    others: tuple[Other, ...]
    checks: tuple[Check, ...]
    changed: frozenset[str]


def reading(item: Item, catalogue: Catalogue) -> Reading:
    """What the panel shows of an item."""
    machine, settled = item.observation, item.settled
    steps, zero = waterfall(machine)
    total = sum(reason.weight for reason in machine.reasons)
    changed = {key for key in ("indicator_id", "area", "period", "role", "value", "unit", "status")
               if getattr(machine, key) != getattr(settled, key)}  # fmt: skip
    return Reading(
        title=settled.indicator_name or "A measure the catalogue lacks",
        defined=_defined(settled, catalogue),
        steps=steps,
        zero=zero,
        total=f"{total:+.2f} in log-odds, a probability of {percent(1 / (1 + math.exp(-total)))}",
        others=tuple(_others(machine, catalogue)),
        checks=tuple(sorted(machine.checks, key=lambda check: check.outcome != "contradicts")),
        changed=frozenset(changed),
    )


def waterfall(one: Observation) -> tuple[tuple[Step, ...], float]:
    """The bars of a waterfall on a scale from 0 to 100, and where its zero lies."""
    totals = [0.0]
    for reason in one.reasons:
        totals.append(totals[-1] + reason.weight)
    low, high = min(totals), max(totals)
    scale = 100 / ((high - low) or 1.0)
    steps = tuple(
        Step(
            reason.text,
            reason.weight,
            round((min(before, behind) - low) * scale, 2),
            round(max(abs(reason.weight) * scale, 0.8), 2),
            behind,
        )
        for reason, before, behind in zip(one.reasons, totals, totals[1:], strict=False)
    )
    return steps, round(-low * scale, 2)


def _others(one: Observation, catalogue: Catalogue) -> list[Other]:
    found = []
    for index, other in enumerate(one.alternatives):
        indicator = catalogue.indicators.get(other.indicator_id or "")
        name = indicator.name if indicator else other.indicator_id or "A measure the catalogue lacks"
        if other.value is not None:
            title, detail = f"{number(other.value)} in place of {one.value_text.strip()}", other.reason or ""
        else:
            title, detail = name, other.reason or ""
        key = str(index + 1) if index < _KEYS else ""
        found.append(Other(index, key, title, detail, percent(other.confidence) if other.confidence else ""))
    return found


def _defined(one: Observation, catalogue: Catalogue) -> str:
    """The catalogue's definition in a line."""
    indicator = catalogue.indicators.get(one.indicator_id or "")
    if indicator is None:
        return ""
    said = [f"{indicator.id} · {indicator.population}"] if indicator.population else [indicator.id]
    if indicator.numerator and indicator.denominator:
        said.append(f"{indicator.numerator} out of {indicator.denominator}")
    if indicator.plausible_min is not None and indicator.plausible_max is not None:
        said.append(f"usually {number(indicator.plausible_min)} to {number(indicator.plausible_max)}")
    return " · ".join(said)
