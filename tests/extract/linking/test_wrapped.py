"""Cards side by side whose names run over several lines."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import seen

_CARDS = (
    "Children looked after    Care leavers in          Looked after children\n"
    "per 10,000 population    suitable                 with an up to date\n"
    "                         accommodation            health assessment\n"
)
_VALUES = "68.4                     92.3%                    88.1%\n"
_TARGETS = "Target 65.0              Target 94%               Target 90%\n"
_SEEN = {
    ("cla_rate", "2022-12-31", "actual", 68.4),
    ("cla_rate", "2022-12-31", "target", 65.0),
    ("care_leavers_accommodation_pct", "2022-23-Q3", "actual", 92.3),
    ("care_leavers_accommodation_pct", "2022-23-Q3", "target", 94.0),
    ("cla_health_assessment_pct", "2022-23-Q3", "actual", 88.1),
    ("cla_health_assessment_pct", "2022-23-Q3", "target", 90.0),
}


@pytest.mark.parametrize("between", ["", "\n"])
def test_the_lines_of_a_name_are_the_cards_they_stand_over(between: str) -> None:
    assert seen(f"{_CARDS}{between}{_VALUES}{between}{_TARGETS}") == _SEEN


def test_two_strips_of_cards_are_read_each_under_its_names() -> None:
    second = (
        "Children with three      Initial health           Child protection plans\n"
        "or more placements       assessments within       reviewed within\n"
        "in 12 months             20 working days          timescale\n\n"
        "9.8%                     54.5%                    97.0%\n"
        "Target 9%                Target 80%               Target 98%\n"
    )
    found = seen(f"{_CARDS}\n{_VALUES}{_TARGETS}\n{second}")
    assert found >= _SEEN
    assert {
        ("cla_3plus_placements_pct", "2022-23-Q3", "actual", 9.8),
        ("iha_20_days_pct", "2022-23-Q3", "actual", 54.5),
        ("iha_20_days_pct", "2022-23-Q3", "target", 80.0),
        ("cpp_reviewed_timely_pct", "2022-12-31", "actual", 97.0),
    } <= found
