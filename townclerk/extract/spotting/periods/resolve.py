"""What a time means once the report's own period and meeting are known."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from townclerk.models.mentions import PeriodExpression
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
from townclerk.models.units import Basis

_FAR_MEETING_MONTHS = 9
_COUNTABLE = (PeriodKind.DATE, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR_TO_DATE)


@dataclass(slots=True, frozen=True)
class PeriodAnchor:
    """What relative times are counted from.

    Attributes:
        document: The report's own period.
        meeting_date: The meeting it was written for.
        data: The period of the figure just before, for "the quarter before" and "same quarter last year".
    """

    document: Period | None = None
    meeting_date: date | None = None
    data: Period | None = None

    @property
    def base(self) -> Period | None:
        """The period that "last quarter" and its like are counted from: the data's own, unless that is a whole year."""
        if self.data is not None and self.data.kind in _COUNTABLE:
            return self.data
        return self.document or self.data

    def limit(self) -> date | None:
        """The last day of a time without a year: the meeting, or the report's end where that is unknown or far."""
        if self.document is None:
            return self.meeting_date
        end = self.document.end
        if self.meeting_date is None or self.meeting_date < end:
            return end
        months = (self.meeting_date.year - end.year) * 12 + self.meeting_date.month - end.month
        return self.meeting_date if months <= _FAR_MEETING_MONTHS else end


def resolve(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """The period an expression means; None where the anchor does not tell.

    A complete expression is `stated`; one that needed the anchor, or left a choice, is `inferred`.
    """
    try:
        made = _READINGS[expression.form](expression, anchor)
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
    if expression.form == "year_to_date":
        return expression.year is not None and (expression.month is not None or expression.quarter is not None)
    return expression.year is not None


def _shift_year(period: Period, years: int) -> Period:
    """The same kind of period some years later or (negative) earlier."""
    last = period.end
    if period.kind is PeriodKind.QUARTER:
        return quarter(financial_year_of(last) + years, _quarter_number(last))
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
        return day(_same_day(last, years))
    return span(_shift_date(period.start, years), _shift_date(period.end, years))


def _shift_date(moment: date, years: int) -> Period:
    return month(moment.year + years, moment.month)


def _same_day(moment: date, years: int) -> date:
    """The same day of another year; the last day of a month stays the last day."""
    if moment == month_end(moment.year, moment.month):
        return month_end(moment.year + years, moment.month)
    return moment.replace(year=moment.year + years)


def _quarter_number(moment: date) -> int:
    return (moment.month - 4) % 12 // 3 + 1


def _quarter_holding(period: Period) -> Period:
    return quarter(financial_year_of(period.end), _quarter_number(period.end))


def _quarter_before(period: Period) -> Period:
    held = _quarter_holding(period)
    year, number = add_months(held.start.year, held.start.month, -3)
    return quarter(financial_year_of(date(year, number, 1)), _quarter_number(date(year, number, 1)))


def _latest(make: Callable[[int], Period], anchor: PeriodAnchor, whole: bool = True) -> Period | None:
    """Of what `make` gives for each year, the one inside the report's period, else the latest before the limit."""
    limit = anchor.limit()
    if limit is None:
        return None
    years = range(limit.year + 1, limit.year - 3, -1)
    made = [one for year in years if (one := _try(make, year))]
    document = anchor.document
    if document is not None:
        inside = [one for one in made if document.start <= one.start and one.end <= document.end]
        if inside:
            return inside[0]
    return next((one for one in made if (one.end if whole else one.start) <= limit), None)


def _try(make: Callable[[int], Period], year: int) -> Period | None:
    try:
        return make(year)
    except ValueError:
        return None


def _quarter_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    number = expression.quarter or 0
    if expression.year is not None:
        return quarter(expression.year, number)
    return _latest(lambda year: quarter(year, number), _without_late_meeting(anchor))


def _without_late_meeting(anchor: PeriodAnchor) -> PeriodAnchor:
    """A report's own period, not its meeting, decides which year a bare quarter lies in."""
    return replace(anchor, meeting_date=None) if anchor.document is not None else anchor


def _quarter_range_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    assert expression.last is not None  # noqa: S101 - the builder sets it for this form
    last = _quarter_reading(expression.last, anchor)
    if last is None:
        return None
    if expression.quarter == 1:
        if expression.last.quarter == 4:
            return financial_year(financial_year_of(last.end))
        return year_to_date(last.end.year, last.end.month)
    first = quarter(financial_year_of(last.end), expression.quarter or 1)
    return span(first, last)


def _month_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    number = expression.month or 0
    if expression.year is not None:
        return month(expression.year, number)
    return _latest(lambda year: month(year, number), anchor)


def _date_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    number, of_month = expression.month or 0, expression.day or 0
    if expression.year is not None:
        return day(date(expression.year, number, of_month))
    return _latest(lambda year: day(date(year, number, of_month)), anchor)


def _year_before(reading: Callable[[PeriodExpression, PeriodAnchor], Period | None]) -> _Reading:
    """The same reading, a year earlier."""

    def read(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
        made = reading(expression, anchor)
        return _shift_year(made, -1) if made else None

    return read


def _of_year(back: int) -> _Reading:
    """A month or quarter of this financial year or the one before."""

    def read(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
        if anchor.base is None:
            return None
        start = financial_year_of(anchor.base.end) - back
        if expression.quarter is not None:
            return quarter(start, expression.quarter)
        number = expression.month or 0
        return month(start if number >= 4 else start + 1, number)

    return read


def _range_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """A stretch of months or days, as the quarter, year or running total it makes up."""
    assert expression.last is not None  # noqa: S101 - the builder sets it for this form
    if expression.last.year is not None and expression.year is not None:
        start_year, end_year = expression.year, expression.last.year
    else:
        ended = _latest(lambda year: month(year, (expression.last and expression.last.month) or 0), anchor)
        if ended is None:
            return None
        end_year = ended.end.year
        start_year = end_year - ((expression.month or 0) > (expression.last.month or 0))
    first_month, last_month = expression.month or 0, expression.last.month or 0
    start = date(start_year, first_month, expression.day or 1)
    last_day = expression.last.day or calendar.monthrange(end_year, last_month)[1]
    return classify(start, date(end_year, last_month, last_day))


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
        return quarter(financial_year_of(end), _quarter_number(end))
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


def _end_month(expression: PeriodExpression, anchor: PeriodAnchor) -> tuple[int, int] | None:
    """Year and month of the end a wording names ("12 months to June"), else of the period the anchor gives."""
    if expression.quarter is not None:
        held = _quarter_reading(replace(expression, form="quarter"), anchor)
    elif expression.month is not None:
        held = _month_reading(expression, anchor)
    else:
        held = anchor.base
    return (held.end.year, held.end.month) if held else None


def _months_to_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    end = _end_month(expression, anchor)
    count = expression.count
    if end is None or count is None or not 1 <= count <= 60:
        return None
    if count == 12:
        return rolling_year(*end)
    year, number = add_months(*end, 1 - count)
    return classify(date(year, number, 1), month_end(*end))


def _year_to_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """For "Year to": a financial or calendar year where it is one, else twelve months."""
    end = _end_month(expression, anchor)
    if end is None:
        return None
    year, number = end
    if number == 3:
        return financial_year(year - 1)
    if number == 12:
        return calendar_year(year)
    if number == 8:
        return academic_year(year - 1)
    return rolling_year(year, number)


def _rolling_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    if expression.count not in (None, 12):
        return _months_to_reading(expression, anchor)
    end = _end_month(expression, anchor)
    return rolling_year(*end) if end else None


def _year_to_date_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """Up to the month or quarter named; for a year alone, up to the report's end, or its own where that is over."""
    if expression.month is not None:
        held = _month_reading(expression, anchor)
        return year_to_date(held.end.year, held.end.month) if held else None
    if expression.quarter is not None:
        held = _quarter_reading(expression, anchor)
        return year_to_date(held.end.year, held.end.month) if held else None
    base = anchor.document
    if expression.year is None:
        return year_to_date(base.end.year, base.end.month) if base else None
    if base is not None and financial_year_of(base.end) == expression.year:
        return year_to_date(base.end.year, base.end.month)
    return financial_year(expression.year) if base is None or financial_year_of(base.end) > expression.year else None


def _since_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    base = anchor.document
    if base is None:
        return None
    began = _month_reading(expression, replace(anchor, meeting_date=None, document=_as_day(base.end)))
    if began is None or began.start > base.end:
        return None
    made = classify(began.start, month_end(base.end.year, base.end.month))
    if made and expression.month == 4 and made.start.month == 4 and made.kind is PeriodKind.QUARTER:
        return year_to_date(made.end.year, made.end.month)
    return made


def _as_day(moment: date) -> Period:
    return day(moment)


def _first_months_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    start = expression.year
    if start is None:
        if anchor.base is None:
            return None
        start = financial_year_of(anchor.base.end)
    return year_to_date(*add_months(start, 4, (expression.count or 1) - 1))


def _short_or_pair(expression: PeriodExpression, _: PeriodAnchor) -> Period | None:
    return financial_year(expression.year) if expression.year is not None else None


def _academic(expression: PeriodExpression, _: PeriodAnchor) -> Period | None:
    return academic_year(expression.year) if expression.year is not None else None


def _exam_year(expression: PeriodExpression, _: PeriodAnchor) -> Period | None:
    return academic_year(expression.year - 1) if expression.year is not None else None


def _calendar(expression: PeriodExpression, _: PeriodAnchor) -> Period | None:
    return calendar_year(expression.year) if expression.year is not None else None


def _year_range(expression: PeriodExpression, _: PeriodAnchor) -> Period | None:
    if expression.year is None or expression.last is None or expression.last.year is None:
        return None
    return span(financial_year(expression.year), financial_year(expression.last.year))


def _years_to(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    end = _end_month(expression, anchor)
    count = expression.count or 0
    if end is None or not 2 <= count <= 10:
        return None
    if end[1] == 3:
        return span(financial_year(end[0] - count), financial_year(end[0] - 1))
    first = add_months(*end, 1 - 12 * count)
    return span(month(*first), month(*end))


def _last_years(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    if anchor.document is None or expression.count is None or not 2 <= expression.count <= 10:
        return None
    last = _last_full_year(anchor.document)
    return span(financial_year(last - expression.count + 1), financial_year(last))


def _last_full_year(period: Period) -> int:
    """First year of the newest financial year that is over when the period ends."""
    running = financial_year_of(period.end)
    return running if period.end == date(running + 1, 3, 31) else running - 1


def _last_quarters(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    if anchor.document is None or expression.count is None or not 2 <= expression.count <= 12:
        return None
    held = _quarter_holding(anchor.document)
    year, number = add_months(held.start.year, held.start.month, -3 * (expression.count - 1))
    return classify(date(year, number, 1), held.end)


def _from_base(make: Callable[[Period], Period | None]) -> _Reading:
    """A reading that only looks at the figure before, or else at the report."""

    def read(_: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
        return make(anchor.base) if anchor.base else None

    return read


def _from_document(make: Callable[[Period], Period | None]) -> _Reading:
    """A reading that only looks at the report's own period."""

    def read(_: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
        return make(anchor.document) if anchor.document else None

    return read


def _year_before_data(_: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """For "The previous year": before the year just spoken of, else before the report's."""
    if anchor.data is not None and anchor.data.kind in (PeriodKind.ACADEMIC_YEAR, PeriodKind.CALENDAR_YEAR):
        return _shift_year(anchor.data, -1)
    own = anchor.data or anchor.document
    return financial_year(financial_year_of(own.end) - 1) if own else None


def _quarter_after(period: Period) -> Period:
    held = _quarter_holding(period)
    year, number = add_months(held.start.year, held.start.month, 3)
    return quarter(financial_year_of(date(year, number, 1)), _quarter_number(date(year, number, 1)))


def _same_period(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """For "Same period in 2017/18": the base's quarter or months, in that financial year."""
    if anchor.base is None or expression.year is None:
        return None
    return _shift_year(anchor.base, expression.year - financial_year_of(anchor.base.end))


def _previous_period(period: Period) -> Period | None:
    """The period of the same kind right before."""
    if period.kind is PeriodKind.QUARTER:
        return _quarter_before(period)
    if period.kind is PeriodKind.MONTH:
        return _month_before(period)
    if period.kind in (PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.ACADEMIC_YEAR):
        return _shift_year(period, -1)
    return None


def _month_before(period: Period) -> Period:
    return month(*add_months(period.end.year, period.end.month, -1))


def _month_of(period: Period) -> Period:
    return month(period.end.year, period.end.month)


def _year_end(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    if expression.year is not None:
        return day(date(expression.year + 1, 3, 31))
    if anchor.document is None:
        return None
    return day(date(_last_full_year(anchor.document) + 1, 3, 31))


def _academic_of(back: int) -> _Reading:
    """The school year that is running (from September) at the report's end, or one before it."""

    def make(period: Period) -> Period:
        end = period.end
        return academic_year((end.year if end.month >= 9 else end.year - 1) - back)

    return _from_document(make)


_Reading = Callable[[PeriodExpression, PeriodAnchor], Period | None]

_COMPLETABLE = frozenset(
    {
        "quarter", "quarter_range", "date", "month", "months_to", "rolling", "year_to", "month_range", "financial_year",
        "short_year", "closing_year", "academic_year", "calendar_year", "year", "year_to_date", "first_months",
        "year_range", "years_to", "year_end",
    }
)  # fmt: skip
_READINGS: dict[str, _Reading] = {
    "quarter": _quarter_reading,
    "quarter_range": _quarter_range_reading,
    "quarter_of_last_year": _of_year(1),
    "quarter_of_this_year": _of_year(0),
    "month_this_year": _of_year(0),
    "previous_quarter": _from_base(_quarter_before),
    "this_quarter": _from_document(_quarter_holding),
    "same_quarter_last_year": _from_base(lambda base: _shift_year(_quarter_holding(base), -1)),
    "same_period": _same_period,
    "date": _date_reading,
    "date_last_year": _year_before(_date_reading),
    "period_end": _from_document(lambda own: day(own.end)),
    "quarter_end": _from_document(lambda own: day(_quarter_holding(own).end)),
    "month_end": _from_document(lambda own: day(own.end)),
    "year_end": _year_end,
    "year_start": _from_document(lambda own: day(date(financial_year_of(own.end), 4, 1))),
    "quarter_start": _from_document(lambda own: day(_quarter_holding(own).start)),
    "same_point_last_year": _from_base(lambda base: day(_same_day(base.end, -1))),
    "month": _month_reading,
    "month_last_year": _year_before(_month_reading),
    "previous_month": _from_base(_month_before),
    "this_month": _from_document(_month_of),
    "same_month_last_year": _from_base(lambda base: _shift_year(_month_of(base), -1)),
    "financial_year": _short_or_pair,
    "short_year": _short_or_pair,
    "year_to": _year_to_reading,
    "previous_year": _from_document(lambda own: financial_year(financial_year_of(own.end) - 1)),
    "year_before": _year_before_data,
    "next_year": _from_document(lambda own: financial_year(financial_year_of(own.end) + 1)),
    "next_quarter": _from_document(_quarter_after),
    "year_before_last": _from_document(lambda own: financial_year(financial_year_of(own.end) - 2)),
    "this_year": _from_document(lambda own: financial_year(financial_year_of(own.end))),
    "same_period_last_year": _from_base(lambda base: _shift_year(base, -1)),
    "previous_period": _from_document(_previous_period),
    "this_period": _from_document(lambda own: own),
    "academic_year": _academic,
    "previous_academic_year": _academic_of(1),
    "this_academic_year": _academic_of(0),
    "exam_year": _exam_year,
    "calendar_year": _calendar,
    "year": _calendar,
    "year_to_date": _year_to_date_reading,
    "since_month": _since_reading,
    "first_months": _first_months_reading,
    "rolling": _rolling_reading,
    "months_to": _months_to_reading,
    "last_months": _months_to_reading,
    "last_quarters": _last_quarters,
    "month_range": _range_reading,
    "year_range": _year_range,
    "years_to": _years_to,
    "last_years": _last_years,
}
