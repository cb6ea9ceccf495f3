"""Checks between figures that stand apart, each with a report that adds up and one that does not."""

from __future__ import annotations

import pytest

from tests.extract.verification.reports import held, told

QUOTIENT = (
    "In Q2 2021/22 there were 1,500 contacts. In Q2 2021/22 there were 450 referrals. In Q2 2021/22 the share of"
    " contacts that became a referral was {}%.\n"
)
COMPLEMENT = (
    "| Measure | Q2 2021/22 |\n|---|---|\n| % of children on a child protection plan for two years or more | 3.1% |\n"
    "| % of children on a child protection plan for under two years | {}% |\n"
)
MONTHS = (
    "| Measure | July 2021 | August 2021 | September 2021 | Q2 2021/22 |\n|---|---|---|---|---|\n"
    "| Number of referrals | 140 | 150 | 160 | {} |\n"
)
TILE = "## Re-referrals within 12 months\n\nQ2 2021/22\n\n21.4%\n\nTarget 20.0%\n\nVariance {}\n"
GAPS = (
    "Re-referrals within 12 months were 21.4% in Q2 2021/22.\n\n## How re-referrals within 12 months compare\n\n"
    "| | 2020/21 | Difference |\n|---|---|---|\n| Statistical neighbours | 20.4% | +1.0% |\n| England | 22.4% | {} |\n"
)


@pytest.mark.parametrize(
    ("check", "text", "right", "wrong"),
    [
        ("quotient", QUOTIENT, "30.0", "39.0"),
        ("complement", COMPLEMENT, "96.9", "90.9"),
        ("sum_over_time", MONTHS, "450", "490"),
        ("variance", TILE, "+1.4%", "+7.4%"),
        ("gap", GAPS, "-1.0%", "-7.0%"),
    ],
)
def test_what_adds_up_supports_and_what_does_not_contradicts(check: str, text: str, right: str, wrong: str) -> None:
    assert check in held(text.format(right))
    assert not told(text.format(right))
    assert [name for name, _ in told(text.format(wrong))] == [check]


def test_a_numerator_without_a_whole_number_below_it_is_told() -> None:
    text = "The percentage of care leavers in suitable accommodation was {}% (139 young people).\n"
    assert not told(text.format("91.4"))
    assert told(text.format("91.8")) == [("whole_number", "no whole number of cases makes 139 of them 91.8%")]


def test_a_part_is_no_greater_than_its_whole() -> None:
    text = (
        "At 30 September 2021 there were {} unaccompanied asylum seeking children.\n\n"
        "At 30 September 2021 the number of children looked after was 433.\n"
    )
    assert not told(text.format(43))
    assert [name for name, _ in told(text.format(463))] == ["order"]
