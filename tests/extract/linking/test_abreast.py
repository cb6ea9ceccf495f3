"""Cards side by side in lines that kept only single blanks."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import read, seen, told
from townclerk.extract.knowledge import shipped_knowledge
from townclerk.extract.linking.rows.naming import named_parts
from townclerk.models.passage import Passage

DECEMBER = "2022-12"
NAMES = "Children in our care Initial health assessments on time Care leavers 19-21 in EET\n"
VALUES = "349 64.3% 58%\n"
LEVELS = {
    "cla_count 349 actual 2022-12",
    "iha_20_days_pct 64.3 actual 2022-12",
    "care_leavers_eet_pct 58 actual 2022-12",
}


@pytest.mark.parametrize("between", ["", "\n"])
def test_the_values_tell_how_many_names_a_line_holds(between: str) -> None:
    text = (
        f"Care panel\n\n{NAMES}{between}{VALUES}{between}Target n/a Target 90% Target 60%\nNov 352 Nov 71.4% Nov 56%\n"
    )
    assert told(text, period=DECEMBER) == LEVELS | {
        "iha_20_days_pct 90 target 2022-12",
        "care_leavers_eet_pct 60 target 2022-12",
        "cla_count 352 actual 2022-11",
        "iha_20_days_pct 71.4 actual 2022-11",
        "care_leavers_eet_pct 56 actual 2022-11",
    }


def test_names_may_stand_below_their_values() -> None:
    assert told(f"Care panel\n\n{VALUES}{NAMES}", period=DECEMBER) == LEVELS


def test_a_head_may_be_printed_once_for_all_cards() -> None:
    found = told(f"Care panel\n\n{NAMES}{VALUES}Last month 352 71.4% 56%\n", period=DECEMBER)
    assert found == LEVELS | {
        "cla_count 352 actual 2022-11",
        "iha_20_days_pct 71.4 actual 2022-11",
        "care_leavers_eet_pct 56 actual 2022-11",
    }


def test_colours_are_those_of_the_cards_they_stand_under() -> None:
    text = f"Care panel\n\n{NAMES}{VALUES}Target 340 Target 90% Target 60%\nGreen Red Amber\n"
    rags = {o.indicator_id: o.rag.value for o in read(text, period=DECEMBER) if o.rag is not None}
    assert rags == {"cla_count": "green", "iha_20_days_pct": "red", "care_leavers_eet_pct": "amber"}


def test_a_card_of_no_measure_is_left_out() -> None:
    text = "Panel\n\nChildren in care Library visits by under fives Social worker vacancies\n421 8,214 13.4%\n"
    assert told(text, period=DECEMBER) == {"cla_count 421 actual 2022-12", "sw_vacancy_pct 13.4 actual 2022-12"}


def test_two_lines_of_values_under_names_say_not_which_is_newer() -> None:
    text = f"Care panel\n\n{NAMES}{VALUES}352 71.4% 56%\n"
    assert not [one for one in read(text, period=DECEMBER) if (one.confidence or 0.0) >= 0.5]


def test_names_of_two_lines_are_broken_where_the_next_word_would_not_fit() -> None:
    lines = [
        "Re-referrals within Single assessments ICPCs held within",
        "12 months completed in 45 days 15 working days",
    ]
    names = named_parts([Passage.of(line, 0, len(line)) for line in lines], ["24%", "80%", "83%"], shipped_knowledge())
    assert [name.text for name in names or []] == [
        "Re-referrals within 12 months",
        "Single assessments completed in 45 days",
        "ICPCs held within 15 working days",
    ]


def test_a_line_of_fewer_measures_than_values_is_no_line_of_names() -> None:
    assert not seen("Care panel\n\nMeetings held Papers read\n349 64.3%\n")


def test_labels_over_the_times_of_an_axis_are_a_charts() -> None:
    text = f"Care panel\n\n{NAMES}349 352 361\nOct-22 Nov-22 Dec-22\n"
    assert not [one for one in read(text, period=DECEMBER) if (one.confidence or 0.0) >= 0.5]


def test_a_line_may_hold_two_facts_of_each_card() -> None:
    text = f"Care panel\n\n{NAMES}{VALUES}Nov: 352 | Target: none Nov: 71.4% | Target: 90% Nov: 56% | Target: 60%\n"
    assert told(text, period=DECEMBER) == LEVELS | {
        "iha_20_days_pct 90 target 2022-12",
        "care_leavers_eet_pct 60 target 2022-12",
        "cla_count 352 actual 2022-11",
        "iha_20_days_pct 71.4 actual 2022-11",
        "care_leavers_eet_pct 56 actual 2022-11",
    }


def test_a_line_of_changes_dates_nothing_below_it() -> None:
    text = (
        "Dashboard\nReporting month: December 2022\n\nCP plans Core groups on time\n143 71%\nRate 39.0 and falling\n"
        f"▲3 on October ▼5 on October\n\n{NAMES}{VALUES}"
    )
    assert told(text, period=DECEMBER) >= LEVELS
