from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townclerk.evaluate.gate import Floors, Suite, check, fingerprint, load_floors, save_floors, update
from townclerk.models.errors import UnreadableError, UsageError


def suite(f1: float, data: str = "a") -> dict[str, Suite]:
    return {"fixtures": Suite(fingerprint=data, measures={"full_f1": f1})}


def test_the_gate_opens_at_the_floor_and_above() -> None:
    floors = update(suite(0.9), Floors())
    assert check(suite(0.9), floors) == []
    assert check(suite(0.95), floors) == []


def test_the_gate_shuts_below_the_floor() -> None:
    assert check(suite(0.8999), update(suite(0.9), Floors())) == ["fixtures full_f1: 0.8999 is below the floor 0.9000"]


def test_measures_on_other_data_are_not_compared() -> None:
    faults = check(suite(0.95, data="b"), update(suite(0.9), Floors()))
    assert len(faults) == 1
    assert "the data changed" in faults[0]


def test_new_and_forgotten_suites_shut_the_gate() -> None:
    assert "has no floors" in check(suite(0.9), Floors())[0]
    assert "was not measured" in check({}, update(suite(0.9), Floors()))[0]
    gone = {"fixtures": Suite(fingerprint="a", measures={})}
    assert "measured no longer" in check(gone, update(suite(0.9), Floors()))[0]


def test_an_update_raises_but_lowers_only_with_a_reason() -> None:
    floors = update(suite(0.9), Floors())
    assert update(suite(0.95), floors).suites["fixtures"].measures["full_f1"] == 0.95
    with pytest.raises(UsageError, match=r"fixtures full_f1 0\.9 to 0\.85.*--allow-regression"):
        update(suite(0.85, data="b"), floors)
    with pytest.raises(UsageError):
        update(suite(0.85), floors, reason="  ")
    lowered = update(suite(0.85), floors, reason="stricter gold for comparators")
    assert lowered.suites["fixtures"].measures["full_f1"] == 0.85
    assert [each.reason for each in lowered.lowered] == ["stricter gold for comparators"]


@given(st.floats(0, 1))
def test_what_was_just_pinned_passes(value: float) -> None:
    assert check(suite(value), update(suite(value), Floors())) == []


def test_floors_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert load_floors(path) == Floors()
    floors = update(suite(0.8), update(suite(0.9), Floors()), reason="why not")
    save_floors(floors, path)
    assert load_floors(path) == floors
    path.write_text("{}}", encoding="utf-8")
    with pytest.raises(UnreadableError, match="is no floors file"):
        load_floors(path)


def test_a_fingerprint_tells_names_and_words_but_not_line_ends(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_bytes(b"one\ntwo")
    second.write_bytes(b"three")
    before = fingerprint([first, second], tmp_path)
    assert fingerprint([second, first], tmp_path) == before
    first.write_bytes(b"one\r\ntwo")
    assert fingerprint([first, second], tmp_path) == before
    first.write_bytes(b"one\ntwp")
    assert fingerprint([first, second], tmp_path) != before
    assert fingerprint([second], tmp_path) != before
