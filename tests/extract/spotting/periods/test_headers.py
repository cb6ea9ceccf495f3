"""Times as the heads of tables' columns and rows print them."""

from __future__ import annotations

import pytest

from townclerk.extract.spotting.periods import read_header
from townclerk.models.mentions import PeriodExpression
from townclerk.models.period import Period, parse_code

YEAR = parse_code("FY2022-23")


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("Oct-22", "2022-10"),
        ("2019/20 outturn", "FY2019-20"),
        ("2019/2 0", "FY2019-20"),
        ("Mar 2022 (EOY)", "2022-03-31"),
        ("12 months to Sep-22", "R12-2022-09"),
        ("20/21", "FY2020-21"),
        ("2021 (calendar)", "CY2021"),
        ("DfE year 2021", "FY2020-21"),
        ("Q4 21/22", "2021-22-Q4"),
        ("Apr 22 - Sep 22", "YTD-2022-09"),
        ("3 yr avg 2018-21", "FY2018-19/FY2020-21"),
        ("Stat Neighbours 2021/22", "FY2021-22"),
        ("31/03/22", "2022-03-31"),
        ("Q3/21-22", "2021-22-Q3"),
        ("EOY 2020/21", "2021-03-31"),
    ],
)
def test_a_complete_head_is_a_period(head: str, code: str) -> None:
    made = read_header(head)
    assert isinstance(made, Period)
    assert made.code == code


@pytest.mark.parametrize(
    ("head", "code"),
    [("Q1", "2022-23-Q1"), ("Apr", "2022-04"), ("MAR", "2023-03"), ("Q2 YTD", "YTD-2022-09"), ("Jul-Sep", "2022-23-Q2"),
     ("M9", "2022-12"), ("Ql", "2022-23-Q1")],
)  # fmt: skip
def test_the_year_above_completes_a_head(head: str, code: str) -> None:
    made = read_header(head, YEAR)
    assert isinstance(made, Period)
    assert made.code == code
    assert isinstance(read_header(head), PeriodExpression)


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ("Previous month", "previous_month"),
        ("Same period last year", "same_period_last_year"),
        ("Last quarter", "previous_quarter"),
        ("R12M", "rolling"),
        ("Rolling 12 month", "rolling"),
        ("Latest", "this_period"),
        ("Current performance", "this_period"),
        ("Previous", "previous_period"),
        ("Cumulative", "year_to_date"),
        ("YTD", "year_to_date"),
        ("Annual target", "this_year"),
        ("Prev Qtr", "previous_quarter"),
        ("SPLY", "same_period_last_year"),
        ("Same month last yr", "same_month_last_year"),
        ("2021", "year"),
    ],
)
def test_a_relative_head_waits_for_the_report(head: str, form: str) -> None:
    made = read_header(head)
    assert isinstance(made, PeriodExpression)
    assert made.form == form


def test_a_running_total_lies_in_the_year_above() -> None:
    made = read_header("YTD", YEAR)
    assert isinstance(made, PeriodExpression)
    assert made.year == 2022


@pytest.mark.parametrize(
    "head", ["Target", "Indicator", "Good is", "2020/21 compared with 2019/20", "Year 1", "DoT", ""]
)
def test_no_time_and_two_times_are_nothing(head: str) -> None:
    assert read_header(head) is None
