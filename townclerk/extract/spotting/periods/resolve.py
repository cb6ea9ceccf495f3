"""What a time means once the report's own period and meeting are known."""

from __future__ import annotations

from functools import lru_cache

from townclerk.extract.spotting.periods.anchor import PeriodAnchor
from townclerk.extract.spotting.periods.readings import READINGS
from townclerk.models.mentions import PeriodExpression
from townclerk.models.period import Period, PeriodKind, day
from townclerk.models.units import Basis

_COMPLETABLE = frozenset(
    {
        "quarter", "quarter_range", "date", "month", "months_to", "rolling", "year_to", "month_range", "financial_year",
        "short_year", "closing_year", "academic_year", "calendar_year", "year", "year_to_date", "first_months",
        "year_range", "years_to", "year_end",
    }
)  # fmt: skip


@lru_cache(maxsize=2048)
def resolve(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """The period an expression means; None where the anchor does not tell.

    A complete expression is `stated`; one that needed the anchor, or left a choice, is `inferred`.
    """
    try:
        made = READINGS[expression.form](expression, anchor)
    except ValueError:
        return None
    if made is None:
        return None
    if expression.at_end:
        made = made.last_day() if made.kind is not PeriodKind.DATE else made
    elif expression.at_start:
        made = day(made.start)
    return made.with_basis(Basis.STATED if is_complete(expression) else Basis.INFERRED)


def is_complete(expression: PeriodExpression) -> bool:
    """True where the words alone give the period, without report or meeting."""
    if expression.inferred or expression.form not in _COMPLETABLE:
        return False
    if expression.last is not None and expression.last.year is None:
        return False
    if expression.form == "year_to_date":  # "2018/19 to date" does not say to which date
        return expression.year is not None and (expression.month is not None or expression.quarter is not None)
    return expression.year is not None
