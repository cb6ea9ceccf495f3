"""Evidence that all linkers give of their figures."""

from __future__ import annotations

from townclerk.models.candidate import Feature
from townclerk.models.period import Period
from townclerk.models.units import Basis

_FAR_AHEAD = 2.5


def margin_of(margin: float) -> Feature:
    """How far the best measure is ahead of the next, as evidence."""
    if margin >= _FAR_AHEAD:
        text = "no other measure comes near"
    else:
        text = "another measure comes some way behind" if margin >= 1.0 else "another measure fits nearly as well"
    return Feature("margin", min(margin, 3.0), text)


def time_told(period: Period | None, said: str = "the time is stated") -> Feature:
    """What is known of a figure's time."""
    if period is None:
        return Feature("period_unknown", 1.0, "no time is stated")
    if period.basis is Basis.STATED:
        return Feature("period_stated", 1.0, f"{said}: {period.text or period.code}")
    return Feature("period_inferred", 1.0, f"the time follows from the heading or the report: {period.code}")
