from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from tests.evaluate.making import document, evidence, line, period, seen
from townclerk.evaluate.difference import compare, compare_files
from townclerk.evaluate.difference_view import present_difference
from townclerk.models.errors import UnreadableError
from townclerk.models.observation import Observation


def figure(identity: str, start: int = 0, **said: Any) -> Observation:
    place = evidence("40 of 50 were on time").model_copy(update={"start": start, "end": start + 20})
    return seen(**({"observation_id": identity, "evidence": [place]} | said))


def test_two_equal_outputs_do_not_differ() -> None:
    difference = compare([figure("a"), figure("b", 50)], [figure("b", 50), figure("a")])
    assert difference.same == 2
    assert not difference.appeared + difference.vanished
    assert not difference.changed


def test_what_is_in_one_only_appeared_or_vanished() -> None:
    difference = compare([figure("a")], [figure("b", 500)])
    assert [each.observation_id for each in difference.vanished] == ["a"]
    assert [each.observation_id for each in difference.appeared] == ["b"]


def test_the_same_words_read_otherwise_are_a_change() -> None:
    difference = compare([figure("a")], [figure("b", 4, indicator_id="cpp_rcpc_timely_pct", role="target")])
    assert list(difference.changed[0].fields) == ["indicator_id", "role", "evidence"]


def test_a_repaired_value_is_a_change_of_its_measure() -> None:
    difference = compare([figure("a", value=7.9, value_text="7.9%")], [figure("b", value=79.0, value_text="79%")])
    assert set(difference.changed[0].fields) == {"value", "value_text"}


def test_of_two_figures_in_one_sentence_each_finds_its_own() -> None:
    old = [figure("a", value_text="40"), figure("b", value_text="50")]
    new = [figure("c", value_text="50", role="target"), figure("d", value_text="40")]
    difference = compare(old, new)
    assert difference.same == 1
    assert [(each.old.observation_id, each.new.observation_id) for each in difference.changed] == [("b", "c")]


def test_a_move_of_confidence_is_no_change_of_the_reading() -> None:
    difference = compare([figure("a", confidence=0.9)], [figure("a", confidence=0.7)])
    assert difference.same == 1
    assert difference.largest_move == pytest.approx(0.2)


def test_documents_are_kept_apart() -> None:
    difference = compare([figure("a")], [figure("a", document=document("another"))])
    assert len(difference.appeared) == len(difference.vanished) == 1


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6), st.randoms())
def test_every_observation_is_filed_once(places: list[tuple[int, int]], random: Any) -> None:
    observations = [figure(f"{i}", 10 * start, value=float(value)) for i, (start, value) in enumerate(places)]
    old = [each for each in observations if random.random() < 0.6]
    new = [each for each in observations if random.random() < 0.6]
    difference = compare(old, new)
    paired = difference.same + len(difference.changed)
    assert paired + len(difference.vanished) == len(old)
    assert paired + len(difference.appeared) == len(new)


def test_files_and_folders_are_compared_and_shown(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    (old / "a.jsonl").write_text(seen().model_dump_json(), encoding="utf-8")
    later = seen(period=period("2021-22-Q1"), rag="red")
    (new / "a.jsonl").write_text(
        f"{later.model_dump_json()}\n{seen(line(n=2, value=1), evidence=[]).model_dump_json()}\n", encoding="utf-8"
    )
    difference = compare_files(old, new)
    console = Console(file=StringIO(), width=200)
    present_difference(difference, console)
    assert isinstance(console.file, StringIO)
    text = console.file.getvalue()
    assert "-- changed in wexcombe-q2.txt: period, rag" in text
    assert "rag: None -> red" in text
    assert "1 appeared, 0 vanished, 1 changed, 0 the same" in text
    console = Console(file=StringIO(), width=200)
    present_difference(compare_files(old / "a.jsonl", new / "a.jsonl"), console, machine=True)
    assert isinstance(console.file, StringIO)
    assert json.loads(console.file.getvalue())["changed"][0]["fields"] == ["period", "rag"]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"holds no \.jsonl"):
        compare_files(tmp_path, tmp_path)
