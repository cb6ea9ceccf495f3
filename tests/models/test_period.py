"""Periods: codes, bounds and the sums with months."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    parse_code,
    quarter,
    rolling_year,
    span,
    year_to_date,
)
from townclerk.models.units import Basis

YEARS = st.integers(1990, 2090)
MONTH_NUMBERS = st.integers(1, 12)
PLAIN = st.one_of(
    st.dates(date(1990, 1, 1), date(2090, 12, 31)).map(day),
    st.builds(month, YEARS, MONTH_NUMBERS),
    st.builds(quarter, YEARS, st.integers(1, 4)),
    st.builds(financial_year, YEARS),
    st.builds(academic_year, YEARS),
    st.builds(calendar_year, YEARS),
    st.builds(year_to_date, YEARS, MONTH_NUMBERS),
    st.builds(rolling_year, YEARS, MONTH_NUMBERS),
)
SPANS = st.tuples(PLAIN, PLAIN).filter(lambda ends: ends[0].start <= ends[1].end).map(lambda ends: span(*ends))


@given(PLAIN | SPANS)
def test_a_code_says_everything(period: Period) -> None:
    assert parse_code(period.code) == period


@given(PLAIN | SPANS)
def test_a_period_does_not_end_before_it_starts(period: Period) -> None:
    assert period.start <= period.end


@given(YEARS, MONTH_NUMBERS)
def test_a_rolling_year_is_twelve_months(year: int, number: int) -> None:
    period = rolling_year(year, number)
    after = period.end + timedelta(days=1)
    assert (after.year, after.month, after.day) == (period.start.year + 1, period.start.month, 1)


@given(YEARS)
def test_four_quarters_make_a_financial_year(year: int) -> None:
    quarters = [quarter(year, number) for number in (1, 2, 3, 4)]
    whole = financial_year(year)
    assert quarters[0].start == whole.start
    assert quarters[3].end == whole.end
    for earlier, later in pairwise(quarters):
        assert earlier.end + timedelta(days=1) == later.start


@given(YEARS, MONTH_NUMBERS, st.integers(-400, 400))
def test_months_added_can_be_taken_away(year: int, number: int, months: int) -> None:
    assert add_months(*add_months(year, number, months), -months) == (year, number)


@given(YEARS, MONTH_NUMBERS)
def test_year_to_date_begins_with_its_financial_year(year: int, number: int) -> None:
    period = year_to_date(year, number)
    assert period.start == date(financial_year_of(period.end), 4, 1)


@given(PLAIN | SPANS)
def test_a_stock_is_counted_when_its_period_ends(period: Period) -> None:
    stock = period.as_stock()
    assert stock.end == period.end
    assert stock.kind in (PeriodKind.DATE, PeriodKind.MONTH)


@pytest.mark.parametrize(
    ("code", "stock"),
    [("2021-22-Q2", "2021-09-30"), ("FY2021-22", "2022-03-31"), ("2021-09", "2021-09"), ("2021-09-14", "2021-09-14")],
)
def test_a_stock_of_a_quarter_is_dated_and_of_a_month_is_not(code: str, stock: str) -> None:
    assert parse_code(code).as_stock().code == stock


def test_the_last_day_keeps_basis_and_words() -> None:
    period = quarter(2021, 3).with_basis(Basis.INFERRED, "Q3")
    assert (period.last_day().basis, period.last_day().text) == (Basis.INFERRED, "Q3")


@pytest.mark.parametrize(
    "code", ["", "2021", "Q3", "2021-13", "2021-22-Q5", "FY2021", "CY21", "YTD-2021", "2021-02-30", "x/y"]
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"no period code|month must be"):
        parse_code(code)
