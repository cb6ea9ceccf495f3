"""Reporting periods of English local government and their codes.

Codes and kinds follow the project's gold format: `2018-12-31` (date), `2018-12` (month), `2018-19-Q3` (financial-year
quarter, Q1 is April to June), `FY2018-19`, `YTD-2018-12` (April to that month's end), `R12-2018-12` (twelve months to
that month's end), `AY2016-17` (September to August), `CY2018`, and spans `FIRST/LAST`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from townclerk.models.units import Basis


class PeriodKind(StrEnum):
    """What kind of time a period is."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial_year"
    YEAR_TO_DATE = "year_to_date"
    ROLLING_12_MONTHS = "rolling_12_months"
    ACADEMIC_YEAR = "academic_year"
    CALENDAR_YEAR = "calendar_year"
    SPAN = "span"


_MONTH_CODE = re.compile(r"(\d{4})-(\d{2})")
_QUARTER_CODE = re.compile(r"(\d{4})-(\d{2})-Q([1-4])")
_YEAR_CODE = re.compile(r"(FY|AY)(\d{4})-(\d{2})")


@dataclass(slots=True, frozen=True)
class Period:
    """A stretch of time, first to last day, and how it is known.

    Attributes:
        code: The period's code, see the module.
        start: First day.
        end: Last day.
        kind: What kind of time it is.
        basis: Whether the report states it or it was worked out.
        text: The words printed, if any.
    """

    code: str
    start: date
    end: date
    kind: PeriodKind
    basis: Basis = Basis.STATED
    text: str | None = None

    def with_basis(self, basis: Basis, text: str | None = None) -> Period:
        """The same time, known in another way."""
        return Period(self.code, self.start, self.end, self.kind, basis, self.text if text is None else text)

    def last_day(self) -> Period:
        """The date this period ends on, as a period: a stock "at the end of quarter 3"."""
        return day(self.end).with_basis(self.basis, self.text)

    def as_stock(self) -> Period:
        """When a stock reported for this period was counted: on its last day; a month or a date stays itself."""
        return self if self.kind in (PeriodKind.DATE, PeriodKind.MONTH) else self.last_day()


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def financial_year_of(moment: date) -> int:
    """The calendar year in which the financial year (1 April to 31 March) that holds `moment` began."""
    return moment.year if moment.month >= 4 else moment.year - 1


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    """The year and month that lies `months` after (or, negative, before) a month."""
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def day(moment: date) -> Period:
    """One day."""
    return Period(moment.isoformat(), moment, moment, PeriodKind.DATE)


def month(year: int, number: int) -> Period:
    """A calendar month."""
    return Period(f"{year:04d}-{number:02d}", date(year, number, 1), month_end(year, number), PeriodKind.MONTH)


def quarter(start_year: int, number: int) -> Period:
    """Quarter `number` (1 to 4) of the financial year that began in April of `start_year`."""
    year, first = add_months(start_year, 4, 3 * (number - 1))
    last_year, last = add_months(year, first, 2)
    return Period(
        f"{start_year:04d}-{(start_year + 1) % 100:02d}-Q{number}",
        date(year, first, 1),
        month_end(last_year, last),
        PeriodKind.QUARTER,
    )


def financial_year(start_year: int) -> Period:
    """April of `start_year` to the next March."""
    return Period(
        f"FY{start_year:04d}-{(start_year + 1) % 100:02d}",
        date(start_year, 4, 1),
        date(start_year + 1, 3, 31),
        PeriodKind.FINANCIAL_YEAR,
    )


def academic_year(start_year: int) -> Period:
    """September of `start_year` to the next August."""
    return Period(
        f"AY{start_year:04d}-{(start_year + 1) % 100:02d}",
        date(start_year, 9, 1),
        date(start_year + 1, 8, 31),
        PeriodKind.ACADEMIC_YEAR,
    )


def calendar_year(year: int) -> Period:
    """January to December."""
    return Period(f"CY{year:04d}", date(year, 1, 1), date(year, 12, 31), PeriodKind.CALENDAR_YEAR)


def year_to_date(year: int, number: int) -> Period:
    """April up to the end of a month."""
    start = date(financial_year_of(date(year, number, 1)), 4, 1)
    return Period(f"YTD-{year:04d}-{number:02d}", start, month_end(year, number), PeriodKind.YEAR_TO_DATE)


def rolling_year(year: int, number: int) -> Period:
    """Twelve months up to the end of a month."""
    first_year, first = add_months(year, number, -11)
    return Period(
        f"R12-{year:04d}-{number:02d}",
        date(first_year, first, 1),
        month_end(year, number),
        PeriodKind.ROLLING_12_MONTHS,
    )


def span(first: Period, last: Period) -> Period:
    """From the start of `first` to the end of `last`."""
    return Period(f"{first.code}/{last.code}", first.start, last.end, PeriodKind.SPAN)


def as_stock(period: Period) -> Period:
    """The moment at which a stock's value for a period holds: its last day; a month or day stays as it is."""
    if period.kind in {PeriodKind.DATE, PeriodKind.MONTH}:
        return period
    return period.last_day()


def parse_code(code: str) -> Period:
    """The period a code stands for.

    Raises:
        ValueError: If `code` is no period code.
    """
    if "/" in code:
        first, _, last = code.partition("/")
        return span(parse_code(first), parse_code(last))
    if match := _QUARTER_CODE.fullmatch(code):
        return quarter(int(match[1]), int(match[3]))
    if match := _YEAR_CODE.fullmatch(code):
        make = financial_year if match[1] == "FY" else academic_year
        return make(int(match[2]))
    if code.startswith("CY") and code[2:].isdigit() and len(code) == 6:
        return calendar_year(int(code[2:]))
    for prefix, build in (("YTD-", year_to_date), ("R12-", rolling_year), ("", month)):
        if code.startswith(prefix) and (match := _MONTH_CODE.fullmatch(code.removeprefix(prefix))):
            return build(int(match[1]), int(match[2]))
    try:
        return day(date.fromisoformat(code))
    except ValueError:
        raise ValueError(f"{code!r} is no period code (such as 2018-19-Q3, FY2018-19, 2018-12)") from None
