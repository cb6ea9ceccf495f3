"""Which words of a report are taken for the account of a figure."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import read


def _account(text: str, value: float) -> str:
    """The commentary of the observation with this value, its passages joined by a bar."""
    return " | ".join(snippet.text for one in read(text) if one.value == value for snippet in one.commentary)


def test_a_paragraph_that_names_the_measure_again_explains_it_in_every_unit() -> None:
    text = (
        "At the end of December there were 204 children on a child protection plan. This equates to a rate of 39.4 per "
        "10,000.\n\nThe number of children on a child protection plan is still above what we had planned for.\n"
    )
    assert _account(text, 204) == _account(text, 39.4) == text.split("\n\n")[1].strip()


def test_a_paragraph_about_another_measure_explains_nothing_above_it() -> None:
    text = (
        "At the end of December there were 204 children on a child protection plan.\n\n"
        "The number of children looked after is growing because more arrive with no family in this country.\n"
    )
    assert _account(text, 204) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "This is lower than in the same quarter of the year before.",
        "Ranking improved to joint 3rd from 5th amongst statistical neighbours.",
        "8 percentage points higher than September last year, and in the second quartile.",
    ],
)
def test_a_sentence_that_only_places_a_figure_is_no_account_of_it(sentence: str) -> None:
    assert _account(f"Re-referrals stood at 21.4% in the quarter.\n\n{sentence}\n", 21.4) == ""


def test_a_placing_that_gives_a_reason_is_an_account() -> None:
    reason = "This is lower than the quarter before because repeat requests now go to early help first."
    assert _account(f"Re-referrals stood at 21.4% in the quarter. {reason}\n", 21.4) == reason


def test_an_old_value_in_the_account_does_not_end_it() -> None:
    account = "This involves small numbers and is close to the previous quarter (5 young people)."
    assert _account(f"Custody was used for 4 young people in quarter 3. {account}\n", 4) == account


def test_a_paragraph_that_names_only_the_complement_of_a_measure_is_read() -> None:
    text = "Re-referrals stood at 21.4% in the quarter.\n\nThe number without a plan has grown as staff left.\n"
    assert _account(text, 21.4) == ""
    assert _account(text + "\nThe number without a plan was 12 in the quarter.\n", 21.4) == ""


_ROWS = (
    "Performance report, Quarter 3 2021/22\n\n"
    "Measure\tTarget\tQ2\tQ3\n"
    "Re-referrals within 12 months (%)\t20\t22.4\t24.1\n"
    "Care leavers in suitable accommodation (%)\t90\t86.0\t88.2\n\n"
)
_WHY = "two managers left in the autumn and their posts were filled only in December"


def test_a_paragraph_below_a_table_explains_the_newest_value_of_the_measure_it_opens_with() -> None:
    text = f"{_ROWS}Re-referrals rose since {_WHY}.\n"
    assert _account(text, 24.1) == f"Re-referrals rose since {_WHY}."
    assert _account(text, 22.4) == _account(text, 88.2) == ""


def test_a_paragraph_under_a_heading_that_names_a_measure_explains_the_value_of_the_table_above() -> None:
    text = f"{_ROWS}## Exception 1: Re-referrals\n\nThis quarter {_WHY}.\n"
    assert _account(text, 24.1) == f"This quarter {_WHY}."


def test_a_comment_right_under_a_row_explains_it_and_speaks_of_its_measure() -> None:
    text = (
        "Performance report, Quarter 3 2021/22\n\nRe-referrals within 12 months\n\n"
        "Actual\tTarget\tQuarter 2\n24.1%\t20%\t22.4%\n\n"
        f"Comment: In the autumn {_WHY}. The national average for 2020/21 was 22.7%.\n"
    )
    assert _account(text, 24.1).startswith("In the autumn two managers")
    assert _account(text, 22.4) == _account(text, 20) == ""
    assert [one.indicator_id for one in read(text) if one.value == 22.7] == ["rereferrals_pct"]


def test_a_paragraph_with_a_newer_value_of_its_own_does_not_explain_the_table() -> None:
    rows = _ROWS.replace("Q2\tQ3", "2018/19\t2019/20")
    assert _account(f"{rows}Re-referrals were 25.3% in the quarter, since {_WHY}.\n", 24.1) == ""


def test_the_older_value_of_a_sentence_is_not_what_the_next_one_explains() -> None:
    text = f"Re-referrals were 25.3% in the quarter and 21.0% in 2019/20. In the autumn {_WHY}.\n"
    assert _account(text, 25.3) == f"In the autumn {_WHY}."
    assert _account(text, 21.0) == ""


def test_a_commentary_on_several_measures_is_given_to_those_it_names() -> None:
    text = (
        "Re-referrals were 25.3% in the quarter. Children looked after numbered 412 at the end of it.\n\n"
        "## Commentary\n\n"
        "The number of children looked after grew because more came through the port than in any autumn before.\n"
    )
    assert _account(text, 412).startswith("The number of children looked after grew")
    assert _account(text, 25.3) == ""


def test_a_comment_below_a_row_is_on_that_row_whatever_was_told_before() -> None:
    text = """Ref\tIndicator\tTarget\tActual\tRAG\tLast year
P01\tRate of referrals per 10,000\t510\t488.2\tG\t530.4
Comment: Fewer than a year ago. The South West figure for 2020/21 was 470.5 and England 494.3.
P02\tVisits to children with a protection plan in time\t95.0%\t90.1%\tA\t87.7%
Comment: October 88.0%, November 90.9%, December 91.2%.
P03\tChildren subject to a Child Protection Plan per 10,000\t\t42.6\t\t45.9
Comment: 211 children at 31 December. SN average 44.1 (March 2022).
P04\tNumber of looked after children\t340\t352\tR\t338
Comment: Equivalent to 71.1 per 10,000 (England 67).
"""
    told = {(one.indicator_id, one.area.kind.value if one.area else None, one.value) for one in read(text)}
    assert {
        ("referrals_rate", "region", 470.5),
        ("referrals_rate", "england", 494.3),
        ("cpp_visits_timely_pct", "authority", 88.0),
        ("cpp_count", "authority", 211.0),
        ("cpp_rate", "statistical_neighbours", 44.1),
        ("cla_rate", "authority", 71.1),
        ("cla_rate", "england", 67.0),
    } <= told
