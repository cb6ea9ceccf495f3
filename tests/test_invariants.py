"""What must be true of every observation, whatever the report: the laws of `benchmarks/invariants.py`."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from benchmarks.invariants import breaches
from tests.factory.make import make
from townclerk.extract.pipeline import Extraction, Extractor
from townclerk.extract.settings import Settings

TESTS = Path(__file__).parent
FIXTURES = sorted((TESTS / "fixtures").glob("*.txt"))
SAMPLES = sorted((TESTS.parent / "samples").glob("wexcombe-*.*"))
SEEDS = {"text": range(1, 9), "ocr": range(101, 109), "pdf": range(201, 207)}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(Settings(areas=(TESTS / "fixtures" / "areas.csv",)))


def read(extractor: Extractor, data: bytes, name: str) -> Extraction:
    return extractor.extract(extractor.read(data, name))


@pytest.mark.parametrize("path", [*FIXTURES, *SAMPLES], ids=lambda path: path.name)
def test_laws_hold_for_written_reports(path: Path, extractor: Extractor) -> None:
    assert breaches(read(extractor, path.read_bytes(), path.name)) == []


@pytest.mark.parametrize(("form", "seed"), [(form, seed) for form, seeds in SEEDS.items() for seed in seeds])
def test_laws_hold_for_made_up_reports(form: str, seed: int, extractor: Extractor) -> None:
    made = make(seed, form)
    assert breaches(read(extractor, made.data, f"{made.stem}.{made.suffix}")) == []


TORN = """# Marlby Council

Performance report, Quarter 2 2021/22

The rate of children looked after rose to 71.4 per
10,000 at the end of September 2021. One in eight
care leavers was not in education, employment or training. Two-
thirds of initial child protection conferences were held in time.
"""


def test_a_value_is_printed_as_it_stands_where_a_line_ends_inside_it(extractor: Extractor) -> None:
    extraction = read(extractor, TORN.encode(), "marlby.txt")
    (rate,) = [one for one in extraction.observations if one.indicator_id == "cla_rate"]
    assert rate.value_text == "71.4 per\n10,000"
    (share,) = [one for one in extraction.observations if one.indicator_id == "icpc_15_days_pct"]
    assert share.value_text == "Two-\nthirds"
    assert breaches(extraction) == []


@pytest.mark.parametrize(
    ("law", "change"),
    [
        ("value_text", {"value_text": "8,888"}),
        ("status", {"value": None}),
        ("confidence", {"confidence": 1.5}),
        ("evidence", {"evidence": []}),
    ],
)
def test_a_breach_is_seen(law: str, change: dict[str, object], extractor: Extractor) -> None:
    extraction = read(extractor, TORN.encode(), "marlby.txt")
    broken = extraction.observations[0].model_copy(update=change)
    assert law in {breach.law for breach in breaches(dataclasses.replace(extraction, observations=[broken]))}


def test_misplaced_evidence_and_twins_are_seen(extractor: Extractor) -> None:
    extraction = read(extractor, TORN.encode(), "marlby.txt")
    first = extraction.observations[0]
    place = first.evidence[0]
    moved = place.model_copy(update={"start": place.start + 1, "end": place.end + 1, "page": 2})
    twins = [first, first.model_copy(update={"evidence": [moved]})]
    laws = {breach.law for breach in breaches(dataclasses.replace(extraction, observations=twins))}
    assert {"offsets", "page", "identity"} <= laws
