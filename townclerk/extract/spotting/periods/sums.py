"""Sums with council periods: the one before, the same a year earlier, what two days make up."""

from __future__ import annotations

from datetime import date

from townclerk.models.period import (
    Period,
    PeriodKind,
    academic_year,
    add_months,
    calendar_year,
    day,
    financial_year,
    financial_year_of,
    month,
    month_end,
    quarter,
    rolling_year,
    span,
    year_to_date,
)


def shift_year(period: Period, years: int) -> Period:
    """The same kind of period some years later or (negative) earlier."""
    last = period.end
    if period.kind is PeriodKind.QUARTER:
        return quarter(financial_year_of(last) + years, quarter_number(last))
    if period.kind is PeriodKind.MONTH:
        return month(last.year + years, last.month)
    if period.kind is PeriodKind.YEAR_TO_DATE:
        return year_to_date(last.year + years, last.month)
    if period.kind is PeriodKind.ROLLING_12_MONTHS:
        return rolling_year(last.year + years, last.month)
    if period.kind is PeriodKind.FINANCIAL_YEAR:
        return financial_year(period.start.year + years)
    if period.kind is PeriodKind.ACADEMIC_YEAR:
        return academic_year(period.start.year + years)
    if period.kind is PeriodKind.CALENDAR_YEAR:
        return calendar_year(last.year + years)
    if period.kind is PeriodKind.DATE:
        return day(same_day(last, years))
    return span(month(period.start.year + years, period.start.month), month(period.end.year + years, period.end.month))


def same_day(moment: date, years: int) -> date:
    """The same day of another year; the last day of a month stays the last day."""
    if moment == month_end(moment.year, moment.month):
        return month_end(moment.year + years, moment.month)
    return moment.replace(year=moment.year + years)


def quarter_number(moment: date) -> int:
    """The financial-year quarter (1 to 4) that a day lies in."""
    return (moment.month - 4) % 12 // 3 + 1


def quarter_holding(period: Period) -> Period:
    """The quarter that a period ends in."""
    return quarter(financial_year_of(period.end), quarter_number(period.end))


def quarter_before(period: Period) -> Period:
    """The quarter before the one that a period ends in."""
    held = quarter_holding(period)
    year, number = add_months(held.start.year, held.start.month, -3)
    return quarter(financial_year_of(date(year, number, 1)), quarter_number(date(year, number, 1)))


def quarter_after(period: Period) -> Period:
    """The quarter after the one that a period ends in."""
    held = quarter_holding(period)
    year, number = add_months(held.start.year, held.start.month, 3)
    return quarter(financial_year_of(date(year, number, 1)), quarter_number(date(year, number, 1)))


def month_before(period: Period) -> Period:
    """The month before the one that a period ends in."""
    return month(*add_months(period.end.year, period.end.month, -1))


def month_of(period: Period) -> Period:
    """The month that a period ends in."""
    return month(period.end.year, period.end.month)


def period_before(period: Period) -> Period | None:
    """The period of the same kind right before."""
    if period.kind is PeriodKind.QUARTER:
        return quarter_before(period)
    if period.kind is PeriodKind.MONTH:
        return month_before(period)
    if period.kind in (PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.ACADEMIC_YEAR):
        return shift_year(period, -1)
    return None


def last_full_year(period: Period) -> int:
    """First year of the newest financial year that is over when the period ends."""
    running = financial_year_of(period.end)
    return running if period.end == date(running + 1, 3, 31) else running - 1


def classify(start: date, end: date) -> Period | None:
    """The period that runs from one day to another: a quarter, a year, a running total where it is one, else a span."""
    if start > end:
        return None
    if start.day != 1 or end != month_end(end.year, end.month):
        return span(day(start), day(end))
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months == 1:
        return month(end.year, end.month)
    if months == 3 and start.month % 3 == 1:
        return quarter(financial_year_of(end), quarter_number(end))
    if months == 12:
        return _twelve_months(start, end)
    if months == 36 and start.month == 4:
        return span(financial_year(start.year), financial_year(end.year - 1))
    if start.month == 4 and months < 12:
        return year_to_date(end.year, end.month)
    return span(month(start.year, start.month), month(end.year, end.month))


def _twelve_months(start: date, end: date) -> Period:
    if start.month == 4:
        return financial_year(start.year)
    if start.month == 9:
        return academic_year(start.year)
    if start.month == 1:
        return calendar_year(start.year)
    return rolling_year(end.year, end.month)
