"""Linking in running text, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from benchmarks.phenomena import Example, Runner, describe
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
