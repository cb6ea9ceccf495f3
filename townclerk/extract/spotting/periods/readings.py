"""One reading for each form of expression."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from townclerk.extract.spotting.periods.anchor import PeriodAnchor
from townclerk.extract.spotting.periods.sums import (
    classify,
    last_full_year,
    month_before,
    month_of,
    period_before,
    quarter_after,
    quarter_before,
    quarter_holding,
    same_day,
    shift_year,
)
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

# How long behind its period's end a report tells of days by date, where nobody says when it was written.
_WRITTEN_WITHIN = timedelta(days=75)
# The month in which a financial year ends.
_YEAR_END = 3
_Reading = Callable[[PeriodExpression, PeriodAnchor], Period | None]


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
    if anchor.meeting_date is None and anchor.document is not None:
        # A day of the weeks in which a report is written is nearer to it than the same day a year before.
        near = [made for year in (0, 1) if (made := _try(_day_of(number, of_month), anchor.document.end.year + year))]
        written = [one for one in near if timedelta(0) < one.end - anchor.document.end <= _WRITTEN_WITHIN]
        if written:
            return written[0]
    return _latest(_day_of(number, of_month), anchor)


def _day_of(number: int, of_month: int) -> Callable[[int], Period]:
    return lambda year: day(date(year, number, of_month))


def _year_before(reading: Callable[[PeriodExpression, PeriodAnchor], Period | None]) -> _Reading:
    """The same reading, a year earlier."""

    def read(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
        made = reading(expression, anchor)
        return shift_year(made, -1) if made else None

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
    return _months_up_to(date(*end, 1), count)


def _year_to_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """For "Year to": a financial or calendar year where it is one, else twelve months."""
    end = _end_month(expression, anchor)
    if end is None:
        return None
    year, number = end
    if number == _YEAR_END:
        return financial_year(year - 1)
    if number == 12:
        return calendar_year(year)
    if number == 8:
        return academic_year(year - 1)
    return rolling_year(year, number)


def _month_outturn(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """For "the March outturn": a financial year's result; that of any other month is the month's own."""
    if expression.month == _YEAR_END:
        return _year_to_reading(expression, anchor)
    return _month_reading(expression, anchor)


def _rolling_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    if expression.count not in (None, 12):
        return _months_to_reading(expression, anchor)
    end = _end_month(expression, anchor)
    return rolling_year(*end) if end else None


def _year_to_date_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """Up to the month or quarter named; for a year alone, up to the month in which the report ends."""
    if expression.month is not None:
        held = _month_reading(expression, anchor)
        return year_to_date(held.end.year, held.end.month) if held else None
    if expression.quarter is not None:
        held = _quarter_reading(expression, anchor)
        return year_to_date(held.end.year, held.end.month) if held else None
    base = anchor.document
    if expression.year is None:
        return year_to_date(base.end.year, base.end.month) if base else None
    if base is None:
        return financial_year(expression.year)
    if financial_year_of(base.end) < expression.year:
        return None
    return year_to_date(base.end.year + expression.year - financial_year_of(base.end), base.end.month)


def _since_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    base = anchor.document
    if base is None:
        return None
    began = _month_reading(expression, replace(anchor, meeting_date=None, document=day(base.end)))
    if began is None or began.start > base.end:
        return None
    if began.start == date(financial_year_of(base.end), 4, 1):
        return year_to_date(base.end.year, base.end.month)
    return classify(began.start, month_end(base.end.year, base.end.month))


def _first_months_reading(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    start = expression.year
    if start is None:
        if anchor.base is None:
            return None
        start = financial_year_of(anchor.base.end)
    made = year_to_date(*add_months(start, 4, (expression.count or 1) - 1))
    ahead = expression.year is None and anchor.document is not None and made.end > anchor.document.end
    return None if ahead else made


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
    if end[1] == _YEAR_END:
        return span(financial_year(end[0] - count), financial_year(end[0] - 1))
    first = add_months(*end, 1 - 12 * count)
    return span(month(*first), month(*end))


def _last_years(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    if anchor.document is None or expression.count is None or not 2 <= expression.count <= 10:
        return None
    last = last_full_year(anchor.document)
    return span(financial_year(last - expression.count + 1), financial_year(last))


def _last_quarters(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    if anchor.document is None or expression.count is None or not 2 <= expression.count <= 12:
        return None
    held = quarter_holding(anchor.document)
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
        return shift_year(anchor.data, -1)
    own = anchor.data or anchor.document
    return financial_year(financial_year_of(own.end) - 1) if own else None


def _year_earlier(_: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """For "a year earlier": the year before the time just told of, a whole year too, or else the report's."""
    base = anchor.data or anchor.document
    return shift_year(base, -1) if base else None


def _same_period(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """For "Same period in 2017/18": the base's quarter or months, in that financial year."""
    base = _months_of_base(expression, anchor)
    if base is None or expression.year is None:
        return None
    return shift_year(base, expression.year - financial_year_of(base.end))


def _same_in_year(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """For "at the same point in 2020": the base's day, month or quarter, in that calendar year."""
    base = _months_of_base(expression, anchor)
    if base is None or expression.year is None:
        return None
    return shift_year(base, expression.year - base.end.year)


def _same_months_last_year(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """For "the same six months last year": those up to the base's end, a year earlier."""
    base = _months_of_base(expression, anchor)
    return shift_year(base, -1) if base else None


def _months_of_base(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """The base; where a number of months is named, as many up to its end."""
    base, count = anchor.base, expression.count
    if base is None or count is None or not 1 <= count <= 12:
        return base
    return rolling_year(base.end.year, base.end.month) if count == 12 else _months_up_to(base.end, count)


def _months_up_to(end: date, count: int) -> Period | None:
    """So many whole months, the last of them the one that a day lies in."""
    return classify(date(*add_months(end.year, end.month, 1 - count), 1), month_end(end.year, end.month))


def _this_half(_: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    """For "over the half year": the one that the report's period closes."""
    if anchor.document is None or anchor.document.end.month not in (3, 9):
        return None
    return _months_up_to(anchor.document.end, 6)


def _year_end(expression: PeriodExpression, anchor: PeriodAnchor) -> Period | None:
    if expression.year is not None:
        return day(date(expression.year + 1, 3, 31))
    if anchor.document is None:
        return None
    return day(date(last_full_year(anchor.document) + 1, 3, 31))


def _academic_of(back: int) -> _Reading:
    """The school year that is running (from September) at the report's end, or one before it."""

    def make(period: Period) -> Period:
        end = period.end
        return academic_year((end.year if end.month >= 9 else end.year - 1) - back)

    return _from_document(make)


READINGS: dict[str, _Reading] = {
    "quarter": _quarter_reading,
    "quarter_range": _quarter_range_reading,
    "quarter_of_last_year": _of_year(1),
    "quarter_of_this_year": _of_year(0),
    "month_this_year": _of_year(0),
    "previous_quarter": _from_base(quarter_before),
    "this_quarter": _from_document(quarter_holding),
    "same_quarter_last_year": _from_base(lambda base: shift_year(quarter_holding(base), -1)),
    "same_period": _same_period,
    "same_in_year": _same_in_year,
    "same_months_last_year": _same_months_last_year,
    "date": _date_reading,
    "date_last_year": _year_before(_date_reading),
    "period_end": _from_document(lambda own: day(own.end)),
    "quarter_end": _from_document(lambda own: day(quarter_holding(own).end)),
    "month_end": _from_document(lambda own: day(own.end)),
    "year_end": _year_end,
    "year_start": _from_document(lambda own: day(date(financial_year_of(own.end), 4, 1))),
    "quarter_start": _from_document(lambda own: day(quarter_holding(own).start)),
    "same_point_last_year": _from_base(lambda base: day(same_day(base.end, -1))),
    "month": _month_reading,
    "month_last_year": _year_before(_month_reading),
    "previous_month": _from_base(month_before),
    "this_month": _from_document(month_of),
    "same_month_last_year": _from_base(lambda base: shift_year(month_of(base), -1)),
    "financial_year": _short_or_pair,
    "short_year": _short_or_pair,
    "year_to": _year_to_reading,
    "month_outturn": _month_outturn,
    "previous_year": _from_document(lambda own: financial_year(financial_year_of(own.end) - 1)),
    "year_before": _year_before_data,
    "next_year": _from_document(lambda own: financial_year(financial_year_of(own.end) + 1)),
    "next_quarter": _from_document(quarter_after),
    "year_before_last": _from_document(lambda own: financial_year(financial_year_of(own.end) - 2)),
    "this_year": _from_document(lambda own: financial_year(financial_year_of(own.end))),
    "same_period_last_year": _year_earlier,
    "previous_period": _from_document(period_before),
    "this_period": _from_document(lambda own: own),
    "same_as_base": lambda _, anchor: anchor.data or anchor.document,
    "academic_year": _academic,
    "previous_academic_year": _academic_of(1),
    "this_academic_year": _academic_of(0),
    "exam_year": _exam_year,
    "calendar_year": _calendar,
    "year": _calendar,
    "year_to_date": _year_to_date_reading,
    "year_to_date_last_year": _from_document(lambda own: year_to_date(own.end.year - 1, own.end.month)),
    "since_month": _since_reading,
    "first_months": _first_months_reading,
    "first_months_last_year": _year_before(_first_months_reading),
    "this_half": _this_half,
    "rolling": _rolling_reading,
    "months_to": _months_to_reading,
    "last_months": _months_to_reading,
    "last_quarters": _last_quarters,
    "month_range": _range_reading,
    "year_range": _year_range,
    "years_to": _years_to,
    "last_years": _last_years,
}
