"""Townclerk as a library, as its documentation shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

import townclerk
from tests.convert.conftest import write_reports
from tests.convert.workers import quick
from tests.store.samples import full_observation, store_with
from townclerk.models.errors import StoreError, UnreadableError
from townclerk.store.decisions.log import DecisionLog

SAMPLE = Path(__file__).parent.parent / "samples" / "wexcombe-q3-2022-23.txt"


def test_everything_that_is_promised_is_there_and_explained() -> None:
    for name in townclerk.__all__:
        found = getattr(townclerk, name)
        assert name == "__version__" or found.__doc__


def test_a_report_is_read_and_gives_its_observations() -> None:
    document = townclerk.read_report(SAMPLE)
    found = townclerk.extract_observations(document)
    assert len(found) > 40
    assert found == townclerk.extract_observations(SAMPLE)
    stated = townclerk.extract_observations(SAMPLE, townclerk.Settings(authority="Harlowshire"))
    assert {one.document.authority.name for one in stated} == {"Harlowshire"}


def test_a_report_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="there is no such file"):
        townclerk.read_report(tmp_path / "nowhere.pdf")


def test_an_archive_is_converted_and_read_from_its_store(tmp_path: Path) -> None:
    source = write_reports(tmp_path / "papers", 3)
    options = townclerk.ConvertOptions(jobs=1, prepare=quick)
    done = townclerk.convert_archive(source, tmp_path / "x.db", options)
    assert done.read == 3
    found = list(townclerk.stored_observations(tmp_path / "x.db"))
    assert len(found) == done.observations > 0
    assert list(townclerk.stored_observations(tmp_path / "x.db", townclerk.Wanted(indicators=("cla_count",)))) == []


def test_a_store_gives_what_reviewers_decided(tmp_path: Path) -> None:
    store = store_with(tmp_path / "x.db", [full_observation()])
    decision = DecisionLog(store).correct(full_observation(), {"value": 17.4, "value_text": "17.4%"}, "Ann", None)
    assert [one.value for one in townclerk.stored_observations(tmp_path / "x.db")] == [17.4]
    DecisionLog(store).reject(full_observation(), "Ann", decision.decision_id)
    assert list(townclerk.stored_observations(tmp_path / "x.db")) == []


def test_a_store_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such store"):
        townclerk.stored_observations(tmp_path / "x.db")
