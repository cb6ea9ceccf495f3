"""Closings said in words, and times told twice in one breath."""

from __future__ import annotations

import pytest

from townclerk.extract.spotting.periods import read_period


def _code(text: str, own: str = "2021-22-Q3") -> str | None:
    """The period that a report of February 2022 means by some words."""
    period = read_period(text, own, "2022-02-08")
    return period.code if period is not None else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("month ending 28th February 2022", "2022-02"),
        ("for the month to 28/02/2022", "2022-02"),
        ("quarter ended 30/09/2021", "2021-22-Q2"),
        ("as November closed", "2021-11-30"),
        ("when Q1 closed", "2021-06-30"),
        ("when Q4 of 2020/21 ended", "2021-03-31"),
        ("as the 2019-20 year closed", "2020-03-31"),
        ("at Q2 close", "2021-09-30"),
        ("for the previous three months", "2021-22-Q2"),
        ("over the last three months", "2021-22-Q3"),
        ("in the quarter just ended", "2021-22-Q3"),
        ("a full year earlier", "2020-21-Q3"),
    ],
)
def test_closings_and_stretches_told_in_words(text: str, code: str) -> None:
    assert _code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("at year end (31 March 2019)", "2019-03-31"),
        ("at quarter 3 close, 31st December 2020", "2020-12-31"),
        ("the same quarter a year ago (Q3 2019/20)", "2019-20-Q3"),
        ("last year (2018/19)", "FY2018-19"),
    ],
)
def test_the_full_time_behind_a_short_one_decides(text: str, code: str) -> None:
    assert _code(text) == code


def test_a_year_behind_a_quarter_does_not_take_its_place() -> None:
    assert _code("same quarter last year (2020/21)") == "2020-21-Q3"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the same nine months last year", "YTD-2020-12"),
        ("in the corresponding nine months of 2019/20", "YTD-2019-12"),
        ("the same three months of 2018", "2018-19-Q3"),
        ("the same twelve months last year", "R12-2020-12"),
        ("the same two months a year ago", "2020-11/2020-12"),
        ("at this stage in 2019", "2019-20-Q3"),
        ("over the first nine months", "YTD-2021-12"),
        ("the March outturn", "FY2020-21"),
        ("the October outturn", "2021-10"),
        ("at that date", "2021-22-Q3"),
    ],
)
def test_stretches_that_lean_on_the_report(text: str, code: str) -> None:
    assert _code(text) == code


@pytest.mark.parametrize(("own", "code"), [("2021-22-Q2", "YTD-2021-09"), ("2021-22-Q4", "2021-10/2022-03")])
def test_the_half_year_is_the_one_that_the_report_closes(own: str, code: str) -> None:
    assert _code("over the half year", own) == code


@pytest.mark.parametrize(
    ("text", "own"), [("over the half year", "2021-22-Q1"), ("in the first six months", "2021-22-Q1")]
)
def test_a_stretch_that_the_report_cannot_know_is_unknown(text: str, own: str) -> None:
    assert _code(text, own) is None


def test_the_first_months_of_a_childs_stay_are_no_time() -> None:
    assert _code("in the first six months of placement") != "YTD-2021-09"
