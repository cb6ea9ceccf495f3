"""Lines of several measures with their values behind their names."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import read, seen, told

HEAD = "Children's services in figures\n\n"


def test_each_value_is_of_the_name_before_it() -> None:
    text = f"{HEAD}Re-referrals 24.1% Assessments in timescale 71.0%\nCIN 2,410 CP plans 339 LAC 742\n"
    assert told(text) == {
        "rereferrals_pct 24.1 actual 2022-23-Q3",
        "assessments_45_days_pct 71 actual 2022-23-Q3",
        "cin_count 2410 actual 2022-12-31",
        "cpp_count 339 actual 2022-12-31",
        "cla_count 742 actual 2022-12-31",
    }


def test_brackets_behind_a_value_hold_an_earlier_one_or_a_target() -> None:
    text = f"{HEAD}Contacts: 2,911 (last quarter 3,040)   Re-referrals: 24.1% (target 20%)\n"
    assert seen(text) == {
        ("contacts_count", "2022-23-Q3", "actual", 2911.0),
        ("contacts_count", "2022-23-Q2", "actual", 3040.0),
        ("rereferrals_pct", "2022-23-Q3", "actual", 24.1),
        ("rereferrals_pct", "2022-23-Q3", "target", 20.0),
    }


def test_a_rate_behind_a_count_is_the_counts() -> None:
    text = f"{HEAD}Children in need 1,615 (was 1,590) Rate per 10,000 401.5\n"
    found = {(o.indicator_id, o.value) for o in read(text)}
    assert found == {("cin_count", 1615.0), ("cin_count", 1590.0), ("cin_rate", 401.5)}


def test_numbers_within_names_are_no_values() -> None:
    text = f"{HEAD}Section 47 enquiries 120 Assessments within 45 days 81% Care leavers 19-21 in EET 54%\n"
    assert {(o.indicator_id, o.value) for o in read(text)} == {
        ("s47_count", 120.0),
        ("assessments_45_days_pct", 81.0),
        ("care_leavers_eet_pct", 54.0),
    }


def test_a_value_of_no_measure_is_not_that_of_the_next_name() -> None:
    text = f"{HEAD}Pages printed 24 Referrals 71\n"
    assert {(o.indicator_id, o.value) for o in read(text)} == {("referrals_count", 71.0)}


def test_heads_with_values_of_their_own_may_follow_a_value_without_brackets() -> None:
    text = (
        f"{HEAD}Contacts screened within 24 hours 81.9% AMBER target 90% November 84.2%\n"
        "Social worker vacancies 13.6% RED target none November 12.9%\n"
    )
    assert seen(text, period="2022-12") == {
        ("contact_decision_24h_pct", "2022-12", "actual", 81.9),
        ("contact_decision_24h_pct", "2022-12", "target", 90.0),
        ("contact_decision_24h_pct", "2022-11", "actual", 84.2),
        ("sw_vacancy_pct", "2022-12", "actual", 13.6),
        ("sw_vacancy_pct", "2022-11", "actual", 12.9),
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Re-referrals 22% against a target of 20% (SN 21%, England 22.5%)",
        "Re-referrals are 22% with a target of 20% (SN 21%, England 22.5%)",
    ],
)
def test_a_sentence_with_a_target_and_places_behind_it_is_no_line_of_pairs(sentence: str) -> None:
    found = {(o.area.kind.value, o.role.value, o.value) for o in read(f"{HEAD}{sentence}\n") if o.area}
    assert found == {
        ("authority", "actual", 22.0),
        ("authority", "target", 20.0),
        ("statistical_neighbours", "actual", 21.0),
        ("england", "actual", 22.5),
    }
