"""What councils write, and which measure is meant: annotated labels and sentences, in `phrasings/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from townclerk.extract.spotting.indicators import IndicatorSpotter
from townclerk.models.units import Unit
from townclerk.patterns.catalogue import Catalogue, load_catalogue

FOLDER = Path(__file__).parent / "phrasings"
WORDINGS = 6
"""Wordings that every measure is known by, at the least."""


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


@cache
def spotter() -> IndicatorSpotter:
    return IndicatorSpotter(catalogue())


@cache
def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


@cache
def labels() -> dict[str, list[str]]:
    """All labels of each measure."""
    files = [read(name) for name in ("labels.yaml", "labels_more.yaml", "labels_said.yaml", "labels_papers.yaml")]
    known: dict[str, list[str]] = {}
    for indicator_id, wordings in (item for file in files for item in file.items()):
        known.setdefault(indicator_id, []).extend(wordings)
    return known


def first_ids(text: str) -> list[str]:
    """The first reading of every mention, `-` for a complement."""
    return [mention.matches[0].indicator_id if mention.matches else "-" for mention in spotter().find(text)]


@pytest.mark.parametrize(("indicator_id", "known"), labels().items())
def test_labels_name_their_measure(indicator_id: str, known: list[str]) -> None:
    unit = catalogue().indicators[indicator_id].unit
    wrong = {}
    for label in known:
        matches = spotter().read_label([label], unit)
        if not matches or matches[0].indicator_id != indicator_id:
            wrong[label] = [match.indicator_id for match in matches[:2]]
    assert not wrong


@pytest.mark.parametrize(("indicator_id", "known"), labels().items())
def test_the_same_words_name_it_in_a_sentence(indicator_id: str, known: list[str]) -> None:
    unit = catalogue().indicators[indicator_id].unit
    wrong = {}
    for label in known:
        found = [catalogue().sibling(first, unit) or first for first in first_ids(f"{label}: 14 this time.")]
        if indicator_id not in found:
            wrong[label] = found
    assert not wrong


def test_every_measure_is_known_by_many_wordings() -> None:
    few = {i: len(set(labels().get(i, []))) for i in catalogue().indicators if len(set(labels().get(i, []))) < WORDINGS}
    assert few == {}


@pytest.mark.parametrize(("sentence", "ids"), [(case["say"], case["is"]) for case in read("sentences.yaml")])
def test_sentences_name_these_measures_in_order(sentence: str, ids: list[str]) -> None:
    assert first_ids(sentence) == ids


@pytest.mark.parametrize(("indicator_id", "said"), read("sentences_said.yaml").items())
def test_a_figure_told_in_ordinary_speech_is_of_this_measure(indicator_id: str, said: list[str]) -> None:
    unit = catalogue().indicators[indicator_id].unit
    wrong = {}
    for sentence in said:
        found = [catalogue().sibling(first, unit) or first for first in first_ids(sentence)]
        if indicator_id not in found:
            wrong[sentence] = found
    assert not wrong


@pytest.mark.parametrize(
    ("indicator_id", "sentence"), [(i, sentence) for i, told in read("told_apart.yaml").items() for sentence in told]
)
def test_plain_speech_names_one_measure_and_no_neighbour(indicator_id: str, sentence: str) -> None:
    unit = catalogue().indicators[indicator_id].unit
    assert {catalogue().sibling(first, unit) or first for first in first_ids(sentence)} == {indicator_id}


@pytest.mark.parametrize("sentence", read("negatives.yaml"))
def test_other_subjects_name_nothing_for_sure(sentence: str) -> None:
    sure = [
        mention.matches[0]
        for mention in spotter().find(sentence)
        if mention.matches and not mention.matches[0].needs_context
        if catalogue().indicators[mention.matches[0].indicator_id].in_catalogue
    ]
    assert sure == []


@pytest.mark.parametrize(
    ("parts", "unit", "indicator_id"),
    [(case["parts"], case.get("unit"), case["is"]) for case in read("split_labels.yaml")],
)
def test_labels_split_over_heading_group_and_row(parts: list[str], unit: str | None, indicator_id: str | None) -> None:
    matches = spotter().read_label(parts, Unit(unit) if unit else None)
    assert (matches[0].indicator_id if matches else None) == indicator_id


@pytest.mark.parametrize(
    ("group", "meant", "sentence"),
    [
        (group, meant, sentence)
        for group, measures in read("confusable.yaml").items()
        for meant, sentences in measures.items()
        for sentence in sentences
    ],
)
def test_no_measure_is_taken_for_another_of_its_group(group: str, meant: str, sentence: str) -> None:
    unit = catalogue().indicators[meant].unit
    found = {catalogue().sibling(first, unit) or first for first in first_ids(sentence)}
    assert meant in found
    assert found.isdisjoint(set(read("confusable.yaml")[group]) - {meant})
