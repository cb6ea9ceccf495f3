"""Forms and cards: tables whose cells carry their heads beside them, read end to end."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import read, told

_FORM = {
    "rereferrals_pct 22 actual 2022-23-Q3",
    "rereferrals_pct 20 target 2022-23-Q3",
    "rereferrals_pct 21 actual 2022-23-Q2",
}


@pytest.mark.parametrize(
    "text",
    [
        "Re-referrals within 12 months\nActual\t22%\tTarget\t20%\nPrevious\t21%\tRAG\tRed\n",
        "Measure\tRe-referrals within 12 months\nOutturn to date\t22%\tPlan\t20%\nPeriod before\t21%\tRating\tRed\n",
        "| Re-referrals within 12 months |\n|---|---|---|---|\n| Now | 22% | Plan | 20% |\n| Was | 21% | Rated | R |",
        "## Re-referrals within 12 months\n\nLatest\t22%\tMilestone\t20%\nLast result\t21%\tStatus\tRed\n",
    ],
)
def test_a_form_of_heads_and_values_in_pairs_is_one_measure(text: str) -> None:
    assert told(text) == _FORM


def test_a_form_gives_its_value_the_colour_and_the_account_of_it() -> None:
    found = read(
        "Re-referrals within 12 months\nActual\t22%\tPlan\t20%\nRating\tRed\tOwner\tHead of Front Door\n"
        "What happened\tMore families came back to us over the autumn than in any year since 2016.\n"
    )
    value = next(o for o in found if o.value == 22)
    assert value.rag is not None
    assert value.rag.value == "red"
    assert [snippet.text[:13] for snippet in value.commentary] == ["More families"]


_CARDS = {
    "cpp_count 312 actual 2022-12-31",
    "cpp_count 290 target 2022-12-31",
    "cpp_count 300 actual 2022-09-30",
    "rereferrals_pct 22 actual 2022-23-Q3",
    "rereferrals_pct 20 target 2022-23-Q3",
    "rereferrals_pct 21 actual 2022-23-Q2",
}


_TWO = "Children subject to a child protection plan\t\tRe-referrals within 12 months\n312\t\t22%\n"
_IN_CELLS = _TWO + "Goal\t290\tGoal\t20%\nWas\t300\tWas\t21%\n"
_IN_ONE = _TWO.replace("\t\t", "\t") + "Target 290\tTarget 20%\nLast quarter 300\tLast quarter 21%\n"
# Nobody knows what a "Churn" is: its numbers are left out.
_UNKNOWN = _IN_CELLS + "Churn\t9\tChurn\t4%\nHeading\t▲\tHeading\t▲\n"
_STRIPS = (
    "| Re-referrals within 12 months | | Assessments | |\n|---|---|---|---|\n| 22% | | n/a | |\n| Goal | 20% | | |\n"
    "| Was | 21% | | |\n| Children subject to a child protection plan | | | |\n| 312 | | | |\n| Goal | 290 | | |\n"
    "| Was | 300 | | |\n"
)


@pytest.mark.parametrize("text", [_IN_CELLS, _IN_ONE, _UNKNOWN, _STRIPS])
def test_cards_side_by_side_are_a_row_each(text: str) -> None:
    assert told(text) >= _CARDS
    assert len(told(text)) == len(_CARDS)


def test_a_measure_with_self_headed_cells_behind_it_is_no_form() -> None:
    assert told("Children adopted, cumulative\tQ1 3\tQ2 7\tQ3 12") == {
        "adoptions_count 3 actual YTD-2022-06",
        "adoptions_count 7 actual YTD-2022-09",
        "adoptions_count 12 actual YTD-2022-12",
    }


@pytest.mark.parametrize(
    ("head", "period", "code"),
    [
        ("Previous", "2022-23-Q3", "2022-23-Q2"),
        ("Previous period", "2022-11", "2022-10"),
        ("Previous", "FY2022-23", "FY2021-22"),
        ("Last outturn", "2022-23-Q3", "FY2021-22"),
        ("Year ago", "2022-23-Q3", "2021-22-Q3"),
        ("12 months ago", "2022-11", "2021-11"),
        # A baseline is of some earlier time that nobody can tell; so is what came before a day.
        ("Baseline", "2022-23-Q3", None),
        ("Previous", "2022-11-30", None),
    ],
)
def test_an_earlier_value_is_one_step_of_the_reports_own_length_back(head: str, period: str, code: str | None) -> None:
    found = read(f"Measure\tActual\t{head}\nRe-referrals within 12 months\t22%\t21%\n", period=period)
    assert [o.period.code for o in found if o.value == 21] == [code]
    assert all(o.period.basis.value != "stated" for o in found)
