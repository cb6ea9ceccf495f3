"""Logs travel between stores as JSON Lines."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.decisions.reports import figure, new_store
from townclerk.models.errors import UnreadableError
from townclerk.store.database import Store
from townclerk.store.decided import decided_observations
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.decisions.transfer import Imported, exported, read_decisions, take_in
from townclerk.store.observations import Wanted


def written(store: Store, file: Path) -> Path:
    file.write_text("".join(f"{line}\n" for line in exported(store)), encoding="utf-8")
    return file


def came_to(store: Store) -> list[tuple[str, float | None, str]]:
    return [
        (one.observation.observation_id, one.observation.value, one.review.value)
        for one in decided_observations(store, Wanted())
    ]


def test_a_log_comes_out_as_it_went_in(tmp_path: Path) -> None:
    store = new_store(tmp_path, [figure(0), figure(1)])
    log = DecisionLog(store)
    first = log.correct(figure(0), {"value": 74.1}, "Ann", None, note="digits", seconds=4.0)
    log.undo(first.decision_id, "Ann")
    log.add(figure(4, value=3.0), "Bob", figure=(408, 413))
    log.phrase("visits in time", "visits_on_time_pct", "5" * 64, 10, 24, "Bob")
    file = written(store, tmp_path / "log.jsonl")
    assert take_in(store, read_decisions(file)) == Imported(added=0, known=4, elsewhere=0)
    other = new_store(tmp_path, [figure(0), figure(1)], "other.db")
    assert take_in(other, read_decisions(file)) == Imported(added=4, known=0, elsewhere=0)
    assert list(exported(other)) == list(exported(store))
    assert came_to(other) == came_to(store)
    assert take_in(other, read_decisions(file)) == Imported(added=0, known=4, elsewhere=0)


def test_decisions_wait_for_their_document(tmp_path: Path) -> None:
    store = new_store(tmp_path, [figure(0)])
    DecisionLog(store).reject(figure(0), "Ann", None)
    empty = new_store(tmp_path, [], "empty.db")
    elsewhere = [one.model_copy(update={"document_sha256": "7" * 64}) for one in DecisionLog(store).all()]
    assert take_in(empty, elsewhere) == Imported(added=1, known=0, elsewhere=1)


def test_an_undo_may_stand_before_what_it_undoes(tmp_path: Path) -> None:
    store = new_store(tmp_path, [figure(0)])
    log = DecisionLog(store)
    log.undo(log.reject(figure(0), "Ann", None).decision_id, "Ann")
    other = new_store(tmp_path, [figure(0)], "other.db")
    take_in(other, reversed(log.all()))
    assert came_to(other) == [("line-0", 71.4, "undecided")]


def test_every_faulty_line_is_told_and_nothing_taken_in(tmp_path: Path) -> None:
    store = new_store(tmp_path, [figure(0)])
    DecisionLog(store).accept(figure(0), "Ann", None)
    file = written(store, tmp_path / "log.jsonl")
    good = json.loads(file.read_text(encoding="utf-8"))
    bad = [good | {"action": "shrug"}, good | {"decided_at": "2019-03-14T09:30:00"}, good | {"mood": "fine"}]
    file.write_text("\n".join(json.dumps(line) for line in [good, *bad]) + "\nno JSON\n", encoding="utf-8")
    with pytest.raises(UnreadableError) as fault:
        read_decisions(file)
    told = str(fault.value)
    assert [f"log.jsonl:{number}:" in told for number in (1, 2, 3, 4, 5)] == [False, True, True, True, True]
    assert "say the time zone" in told
    with pytest.raises(UnreadableError, match="there is no such file"):
        read_decisions(tmp_path / "nothing.jsonl")


def test_a_log_that_was_rewritten_is_refused(tmp_path: Path) -> None:
    store = new_store(tmp_path, [figure(0)])
    made = DecisionLog(store).accept(figure(0), "Ann", None)
    with pytest.raises(UnreadableError, match="logs are never rewritten"):
        take_in(store, [made.model_copy(update={"reviewer": "Bob"})])
    with pytest.raises(UnreadableError, match="undoes gone, which is neither"):
        take_in(store, [made.model_copy(update={"decision_id": "u", "action": "undo", "undoes": "gone"})])
    assert DecisionLog(store).all() == [made]


choices = st.lists(
    st.tuples(st.sampled_from(["accept", "reject", "correct", "add", "undo"]), st.integers(0, 2)), max_size=6
)


def reviewed(folder: Path, name: str, course: list[tuple[str, int]]) -> Store:
    """A store of the same report in which somebody went their own way."""
    store = new_store(folder, [figure(0), figure(1), figure(2)], f"{name}.db")
    log = DecisionLog(store)
    heads: dict[str, str] = {}
    for action, number in course:
        about = figure(number)
        if action == "undo":
            last = log.last_of(name)
            if last is not None:
                heads[str(last.observation_id)] = log.undo(last.decision_id, name).decision_id
            continue
        if action == "add":
            value = float(len(log.all()))
            log.add(figure(number + 5, value=value), name, figure=(number, number + 1))
            continue
        head = heads.get(about.observation_id)
        after = {"value": float(len(log.all()))}
        made = {
            "accept": lambda: log.accept(about, name, head),  # noqa: B023 - called at once
            "reject": lambda: log.reject(about, name, head),  # noqa: B023
            "correct": lambda: log.correct(about, after, name, head),  # noqa: B023
        }[action]()
        heads[about.observation_id] = made.decision_id
    return store


@settings(max_examples=15, deadline=None)
@given(choices, choices)
def test_two_stores_that_exchange_their_logs_agree(first: list[tuple[str, int]], second: list[tuple[str, int]]) -> None:
    """In whatever order decisions arrive, the same ones come to the same."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, other = reviewed(folder, "Ann", first), reviewed(folder, "Bob", second)
        ours, theirs = list(DecisionLog(one).all()), list(DecisionLog(other).all())
        take_in(one, theirs)
        take_in(other, ours)
        assert sorted(came_to(one)) == sorted(came_to(other))
        assert set(exported(one)) == set(exported(other))
        one.close()
        other.close()
