"""Linking in running text, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from benchmarks.phenomena import Example, Runner, describe
from tests.extract.linking.reading import read
from townclerk.evaluate.notation import parse_reading

CASES = [
    entry
    for name in ("prose_cases.yaml", "wording_cases.yaml", "minutes_cases.yaml")
    for entry in yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
]


@dataclass
class Case:
    """One entry of the case file."""

    name: str
    text: str
    readings: list[str]


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """Extractors under the catalogue's default context."""
    return Runner(tmp_path_factory.mktemp("areas") / "areas.csv")


@pytest.mark.parametrize("case", [Case(**entry) for entry in CASES], ids=lambda case: case.name)
def test_a_sentence_says(case: Case, runner: Runner) -> None:
    readings = [reading for reading in map(parse_reading, case.readings) if reading]
    example = Example("case", case.name, case.text, None, readings)
    mismatch = runner.run(example)
    assert not mismatch, describe(example, mismatch)


def test_a_line_s_time_holds_for_no_text_behind_the_value_it_dated() -> None:
    text = (
        "Looked after children\n\n2021/22\n412\n\nAt 14.1% vacancies among social workers are the lowest for years.\n"
    )
    assert [o.period.code for o in read(text, period="2022-23-Q3") if o.indicator_id == "sw_vacancy_pct"] != [
        "FY2021-22"
    ]


def test_priorities_for_a_year_are_targets() -> None:
    text = "Priorities for 2023/24\n\n- 90% of initial conferences in 15 days\n"
    assert [(o.value, o.role) for o in read(text)] == [(90.0, "target")]


def test_a_heading_with_a_span_of_numbers_in_brackets_names_what_stands_below_it() -> None:
    text = "## Section 47 enquiries (2.2)\n\n302 were started in the quarter.\n\n"
    text += "Children with a protection plan (2.4 - 2.7)\n\n"
    text += "- **388** on 31 December\n"
    assert [o.indicator_id for o in read(text) if o.value == 388] == ["cpp_count"]


def test_a_wish_for_a_good_start_changes_no_measure() -> None:
    text = "## Priority 1: The best start in life\n\nMeasure\tQ2\tQ3\nChildren looked after per 10,000\t66.1\t67.0\n"
    assert {o.indicator_id for o in read(text)} == {"cla_rate"}
