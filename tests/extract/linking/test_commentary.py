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
