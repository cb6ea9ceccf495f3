"""What a table's cells mean where its words alone do not say: told from their neighbours."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import read, told

_ROW = {"rereferrals_pct 22 actual 2022-23-Q3", "rereferrals_pct 20 target 2022-23-Q3"}


@pytest.mark.parametrize("head", ["Directorate", "Branch", "Portfolio"])
def test_words_behind_the_label_under_a_head_of_their_own_are_no_label(head: str) -> None:
    text = (
        f"Ref\tWhat we measure\tMeasure\t{head}\tTarget\tQ3\n1\t\tRe-referrals within 12 months²\tChildren\t20%\t22%\n"
    )
    assert told(text) == _ROW


@pytest.mark.parametrize("none", ["Monitor", "No target set", "Contextual", "n/r"])
def test_words_that_stand_for_no_target_neither_name_nor_shift_a_row(none: str) -> None:
    text = f"Measure\tTarget\tActual\nRe-referrals within 12 months\t20%\t22%\nReferrals\t{none}\t1,126\n"
    assert told(text) == {*_ROW, "referrals_count 1126 actual 2022-23-Q3"}


def test_a_row_about_something_else_does_not_borrow_the_measure_of_its_heading() -> None:
    heading = "# Quarter 3\n\n## Number of re-referrals\n\n"
    assert told(heading + "Measure\tTarget\tActual\nViolent crimes recorded\t500\t480\n") == set()
    assert told(heading + "Measure\tTarget\tActual\nAll\t500\t480\n")


def test_the_time_in_a_heading_is_no_part_of_a_measures_name() -> None:
    text = "# Report\n\n## Plan indicators, month ending 31 December 2022\n\nMeasure\tActual\nHousehold bins\t480\n"
    assert told(text) == set()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("Reported in error", "Correct figure"), ("As published", "Corrected"), ("First reported", "Should read")],
)
def test_a_figure_that_was_put_right_is_the_one_that_counts(wrong: str, right: str) -> None:
    text = f"Measure\t{wrong}\t{right}\nRe-referrals within 12 months\t24%\t22%\n"
    assert told(text) == {"rereferrals_pct 22 actual 2022-23-Q3"}


def test_rows_of_running_text_under_a_line_of_heads_with_times_are_no_tile() -> None:
    text = (
        "Ref KPI Directorate Target (period) Q3 2022/23 DoT RAG\n"
        "KPI 7 Re-referrals: within 12 months Children & Families 20% 22% Rising R\n"
        "KPI 8 Children looked after Children & Families Monitor 411 Rising n/r\n"
        "KPI 9 Children subject to a child protection plan Children & Families 190 198 Falling A\n"
    )
    assert told(text) == {
        *_ROW,
        "cla_count 411 actual 2022-12-31",
        "cpp_count 198 actual 2022-12-31",
        "cpp_count 190 target 2022-12-31",
    }


_GAPS = "Re-referrals within 12 months\t22%\t20%\t+2%\nAssessments in 45 days\t84%\t85%\t-1%\n"
_FIRST = "rereferrals_pct 22 actual 2022-23-Q3"


@pytest.mark.parametrize(
    ("heads", "second"),
    [
        ("We did\tBoard asks\tVariance", "rereferrals_pct 20 target 2022-23-Q3"),
        ("Actual\tBoard asks\tDifference", "rereferrals_pct 20 target 2022-23-Q3"),
        ("We did\tBoard asks\t% change", "rereferrals_pct 20 actual 2022-23-Q2"),
    ],
)
def test_the_gap_beside_two_columns_tells_which_is_which(heads: str, second: str) -> None:
    assert {_FIRST, second} <= told(f"Measure\t{heads}\n{_GAPS}")


def test_a_gap_that_does_not_fit_settles_nothing() -> None:
    text = f"Measure\tWe did\tBoard asks\tVariance\n{_GAPS}".replace("-1%", "-4%")
    assert not any(" target " in one for one in told(text))


def test_a_closed_year_beside_its_last_quarter_is_the_whole_year() -> None:
    text = (
        "Year end 2022/23\n\nMeasure\t2021/22\tQ3 22/23\t2022/23\nRe-referrals within 12 months\t21.6%\t19.3%\t18.9%\n"
    )
    codes = {one.value: one.period.code for one in read(text, period="2023-03-31")}
    assert codes == {21.6: "FY2021-22", 19.3: "2022-23-Q3", 18.9: "FY2022-23"}
