"""What a stated time means for a measure: the day of a stock, the school year of a school's results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from townclerk.models.indicator import Indicator
from townclerk.models.period import Period, PeriodKind, academic_year, as_stock, day, financial_year, financial_year_of
from townclerk.models.units import Basis
from townclerk.patterns.period_bases import period_bases, year_end


def fit_period(period: Period | None, indicator: Indicator | None) -> Period | None:
    """A period as the measure counts it (conventions C1 and C12).

    A quarter's or year's value of a stock is the value on its last day; a year of a school measure is a school year,
    and yearly results without a year of their own are those of the last school year that had ended. A bare year of the
    workforce is the day of its census.
    """
    if period is None or indicator is None:
        return period
    if indicator.id in period_bases().academic:
        return _school_year(period, indicator)
    census = period_bases().census
    if indicator.id in census.measures and _is_bare_year(period):
        counted = day(date(period.start.year, census.month, census.day))
        return counted.with_basis(Basis.INFERRED, period.text)
    if indicator.is_stock:
        return as_stock(period)
    if period.kind is PeriodKind.DATE and year_end().fullmatch((period.text or "").strip()):
        # "Year end 2020/21" of what adds up is the whole year's result.
        return financial_year(financial_year_of(period.end)).with_basis(period.basis, period.text)
    return period


def closed_year(period: Period | None, indicator: Indicator) -> Period | None:
    """A bare year over a value as the source of its measure labels years: by the 31 March that closed them."""
    if period is None or not _is_bare_year(period):
        return period
    if not any(source in indicator.source for source in period_bases().closing_sources):
        return period
    return financial_year(period.start.year - 1).with_basis(Basis.INFERRED, period.text)


def _is_bare_year(period: Period) -> bool:
    """True for "2019" with nothing that says which kind of year it is."""
    return period.kind is PeriodKind.CALENDAR_YEAR and period.basis is Basis.INFERRED


def _school_year(period: Period, indicator: Indicator) -> Period:
    if period.kind is PeriodKind.FINANCIAL_YEAR and (period.basis is Basis.STATED or period.text):
        return replace(academic_year(period.start.year), basis=period.basis, text=period.text)
    if _is_bare_year(period):
        return replace(academic_year(period.start.year - 1), basis=period.basis, text=period.text)
    if indicator.id in period_bases().yearly_results and period.basis is Basis.INFERRED and period.text is None:
        ended = period.end.year - 1 if (period.end.month, period.end.day) >= (8, 31) else period.end.year - 2
        return academic_year(ended).with_basis(Basis.INFERRED)
    return period
