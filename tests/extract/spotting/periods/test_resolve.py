"""What a time is counted from: the report, the meeting, or the figure just before."""

from __future__ import annotations

from datetime import date

import pytest

from townclerk.extract.spotting.periods import PeriodAnchor, find_periods, resolve
from townclerk.models.period import Period, parse_code
from townclerk.models.units import Basis


def meaning(text: str, document: str | None, meeting: date | None = None, data: str | None = None) -> Period | None:
    (mention,) = find_periods(text)
    anchor = PeriodAnchor(parse_code(document) if document else None, meeting, parse_code(data) if data else None)
    return resolve(mention.expression, anchor)


def code(text: str, document: str | None, meeting: date | None = None, data: str | None = None) -> str | None:
    period = meaning(text, document, meeting, data)
    return period.code if period else None


def test_a_month_after_the_report_but_before_the_meeting_is_a_later_update() -> None:
    assert code("in November", "2021-22-Q2", date(2021, 12, 9)) == "2021-11"
    assert code("in November", "2021-22-Q2", date(2021, 11, 4)) == "2020-11"


def test_a_month_inside_the_reports_period_is_that_month() -> None:
    assert code("in April", "FY2021-22", date(2022, 7, 1)) == "2021-04"


def test_a_meeting_long_after_the_report_says_nothing_about_its_months() -> None:
    assert code("in March", "2019-20-Q3", date(2022, 5, 1)) == "2019-03"


def test_the_data_quarter_is_what_comparisons_count_from() -> None:
    """Youth justice data lag a quarter behind the report."""
    assert code("the quarter before", "2022-23-Q3", data="2022-23-Q1") == "2021-22-Q4"
    assert code("the same quarter last year", "2022-23-Q3", data="2022-23-Q1") == "2021-22-Q1"


def test_a_whole_year_beside_it_is_no_base_for_last_quarter() -> None:
    assert code("last quarter", "2022-23-Q3", data="FY2021-22") == "2022-23-Q2"


def test_the_previous_year_is_counted_from_the_year_just_named() -> None:
    assert code("the previous year", "2022-23-Q3", data="FY2019-20") == "FY2018-19"
    assert code("last year", "2022-23-Q3", data="FY2019-20") == "FY2021-22"


def test_the_same_month_last_year_is_a_year_from_the_latest() -> None:
    assert code("this December", "2022-23-Q3") == "2022-12"
    assert code("last December", "2022-23-Q3") == "2021-12"


@pytest.mark.parametrize("text", ["last quarter", "year to date", "in June", "at year end", "Q2", "last three years"])
def test_relative_times_mean_nothing_without_a_report(text: str) -> None:
    assert meaning(text, None) is None


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("Q2 2021/22", Basis.STATED),
        ("31 March 2021", Basis.STATED),
        ("Q2 2021", Basis.INFERRED),
        ("2021 national average", Basis.INFERRED),
        ("2021/22 to date", Basis.INFERRED),
        ("last month", Basis.INFERRED),
    ],
)
def test_only_complete_words_state_a_period(text: str, basis: Basis) -> None:
    period = meaning(text, "2021-22-Q3")
    assert period is not None
    assert period.basis is basis


def test_an_impossible_day_is_no_period() -> None:
    assert meaning("31 June 2021", "2021-22-Q3") is None


def test_the_last_of_february_stays_the_last() -> None:
    assert code("the same point last year", "2020-02") == "2019-02-28"


def test_a_day_shortly_after_a_report_without_a_meeting_is_of_the_weeks_in_which_it_was_written() -> None:
    report = parse_code("2022-23-Q3")
    days = {"16 January": "2023-01-16", "16 June": "2022-06-16", "16 November": "2022-11-16"}
    for text, code in days.items():
        told = resolve(find_periods(text)[0].expression, PeriodAnchor(report, None, None))
        assert told is not None
        assert told.code == code
