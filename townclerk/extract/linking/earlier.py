"""The time of an earlier value in a tile or table, from the words of its label ("Previous quarter", "Year ago")."""

from __future__ import annotations

import re

from townclerk.extract.linking.scene import Scene
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.period import (
    Period,
    PeriodKind,
    add_months,
    month,
    rolling_year,
    year_to_date,
)
from townclerk.models.units import Basis

_YEAR_BACK = re.compile(r"\byear\W+(?:ago|earlier|before|back)\b", re.IGNORECASE)
# How the word for a length begins, whatever a recogniser made of its end.
_LENGTHS = {"mo": "month", "qu": "quarter", "qt": "quarter", "ye": "year"}
_RUNNING = {PeriodKind.YEAR_TO_DATE: year_to_date, PeriodKind.ROLLING_12_MONTHS: rolling_year}
# What a label that names no length ("Previous") steps back by: as long as the tile's own time is.
_OWN_LENGTH = {
    PeriodKind.QUARTER: "quarter",
    PeriodKind.FINANCIAL_YEAR: "year",
    PeriodKind.ACADEMIC_YEAR: "year",
    PeriodKind.CALENDAR_YEAR: "year",
}


def earlier_time(label: str, period: Period | None, scene: Scene) -> Period | None:
    """The time of an earlier value.

    Args:
        label: The words before it ("Previous quarter", "Same period last year").
        period: The time of the newest value, from which earlier times are counted.
        scene: For the report's time.

    Returns:
        A time of the kind the value's own has; None where nothing is known of either.
    """
    mention = next(iter(find_periods(label)), None)
    if mention is None and _YEAR_BACK.search(label):
        mention = next(iter(find_periods("same period last year")), None)
    if mention is None:
        mention = next(iter(find_periods(f"previous {_length(label, period)}")), None)
    before = scene.resolve(mention, period) if mention else None
    if period is None or before is None or mention is None:
        return before
    form = mention.expression.form
    back = {"previous_month": -1, "same_period_last_year": -12}.get(form)
    if period.kind in _RUNNING and back is not None:
        year, number = add_months(period.end.year, period.end.month, back)
        return _RUNNING[period.kind](year, number).with_basis(Basis.INFERRED)
    if period.kind is PeriodKind.QUARTER and form == "previous_month":
        return month(*add_months(period.end.year, period.end.month, -1)).with_basis(Basis.INFERRED)
    return before.with_basis(Basis.INFERRED)


def _length(label: str, period: Period | None) -> str:
    """The length that a label names, else the one that the tile's own time has."""
    named = (_LENGTHS.get(word[:2]) for word in label.lower().split())
    return next((one for one in named if one), _OWN_LENGTH.get(period.kind, "month") if period else "month")
