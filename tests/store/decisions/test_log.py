"""The log of decisions: what holds, what is taken back, and two reviewers at one figure."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from tests.store.decisions.reports import figure, new_store, read
from townclerk.models.errors import StoreError, UsageError
from townclerk.store.database import Store, open_store
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.decisions.model import Action, DecisionConflictError
from townclerk.store.decisions.refresh import refresh_all
from townclerk.store.review_tables import REVIEW_OF_A_DOCUMENT, review_items, review_pages


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path, [figure(0), figure(1)])


def state(store: Store, observation_id: str = "line-0") -> tuple[str, str | None]:
    asked = select(review_items.c.state, review_items.c.head).where(review_items.c.observation_id == observation_id)
    with store.reading() as connection:
        found = connection.execute(asked).one()
    return found.state, found.head


def kept_ready(store: Store) -> list[list[tuple[object, ...]]]:
    """Everything the review keeps ready."""
    with store.reading() as connection:
        tables = [select(table).order_by(*table.primary_key) for table in REVIEW_OF_A_DOCUMENT]
        return [[tuple(row) for row in connection.execute(asked)] for asked in tables]


def test_a_decision_says_who_what_when_before_and_after(store: Store) -> None:
    seen = figure(0)
    made = DecisionLog(store).correct(
        seen, {"value": 74.1, "unit": "percent"}, " Ann ", None, note="digits swapped", seconds=7.5, figure=(8, 13)
    )
    assert (made.reviewer, made.action, made.after, made.note) == (
        "Ann",
        Action.CORRECT,
        {"value": 74.1},
        "digits swapped",
    )
    assert made.before == seen.model_dump(mode="json")
    assert (made.document_sha256, made.figure_start, made.figure_end) == (seen.document.sha256, 8, 13)
    assert DecisionLog(store).all() == [made]
    assert state(store) == ("corrected", made.decision_id)


def test_a_decision_hangs_on_the_figures_own_place(store: Store) -> None:
    made = DecisionLog(store).accept(figure(1), "Ann", None)
    assert (made.figure_start, made.figure_end) == (108, 113), "71.4% in `fell to 71.4%`, which begins at 100"


def test_whoever_did_not_see_the_last_decision_is_refused(store: Store) -> None:
    log, seen = DecisionLog(store), figure(0)
    first = log.accept(seen, "Ann", None)
    with pytest.raises(DecisionConflictError, match=r"Ann decided it \(accept\)") as refused:
        log.reject(seen, "Bob", None)
    assert refused.value.latest == first
    assert len(log.all()) == 1
    log.reject(seen, "Bob", first.decision_id)
    assert state(store)[0] == "rejected"


def test_a_skip_changes_nothing_for_others(store: Store) -> None:
    log, seen = DecisionLog(store), figure(0)
    log.skip(seen, "Ann", None)
    log.accept(seen, "Bob", None)
    assert state(store)[0] == "accepted"


def test_an_undo_brings_back_what_held_before(store: Store) -> None:
    log, seen = DecisionLog(store), figure(0)
    first = log.accept(seen, "Ann", None)
    second = log.reject(seen, "Ann", first.decision_id)
    undo = log.undo(second.decision_id, "Ann")
    assert state(store) == ("accepted", undo.decision_id)
    with pytest.raises(DecisionConflictError, match="taken back already"):
        log.undo(second.decision_id, "Bob")
    with pytest.raises(UsageError, match="is an undo itself"):
        log.undo(undo.decision_id, "Ann")
    with pytest.raises(UsageError, match="there is no such decision"):
        log.undo("nothing", "Ann")
    last = log.last_of("Ann")
    assert last is not None
    assert last.decision_id == first.decision_id
    log.undo(first.decision_id, "Ann")
    assert state(store)[0] == "undecided"
    assert log.last_of("Ann") is None


def test_a_request_that_comes_twice_is_written_once(store: Store) -> None:
    log, seen = DecisionLog(store), figure(0)
    made = log.accept(seen, "Ann", None, decision_id="request-1")
    assert log.accept(seen, "Ann", None, decision_id="request-1") == made
    assert len(log.all()) == 1
    with pytest.raises(UsageError, match="another decision has this id"):
        log.reject(seen, "Ann", None, decision_id="request-1")


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ({}, "changes nothing"),
        ({"value": 71.4}, "changes nothing"),
        ({"unit": "furlongs"}, "faulty"),
        ({"colour": 1}, "faulty"),
    ],
)
def test_a_correction_must_change_something_into_an_observation(
    store: Store, after: dict[str, object], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        DecisionLog(store).correct(figure(0), after, "Ann", None)


def test_a_decision_without_a_name_or_with_unknown_keys_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="names its reviewer"):
        DecisionLog(store).accept(figure(0), "  ", None)
    with pytest.raises(UsageError, match="has no mood"):
        DecisionLog(store).accept(figure(0), "Ann", None, mood="good")


def test_the_same_is_added_once_only(store: Store) -> None:
    log = DecisionLog(store)
    missed = figure(5, value=12.0)
    log.add(missed, "Ann", figure=(508, 513))
    with pytest.raises(DecisionConflictError):
        log.add(missed, "Bob", figure=(508, 513))


def test_moments_never_run_backwards(store: Store) -> None:
    log = DecisionLog(store)
    with store.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO decisions (decision_id, number, decided_at, reviewer, action, document_sha256, after) "
                "VALUES ('ahead', 1, '2999-01-01T00:00:00.000000+00:00', 'Z', 'phrase', 'x', '{\"phrase\": \"y\"}')"
            )
        )
    assert log.accept(figure(0), "Ann", None).decided_at == "2999-01-01T00:00:00.000001+00:00"


def test_reviewers_at_once_take_turns(tmp_path: Path) -> None:
    """Of ten who saw the same, one decides; the others are told, and nothing of theirs is written."""
    new_store(tmp_path, [figure(0)]).close()

    def decide(number: int) -> bool:
        store = open_store(str(tmp_path / "x.db"))
        try:
            DecisionLog(store).accept(figure(0), f"Reviewer {number}", None)
        except DecisionConflictError:
            return False
        finally:
            store.close()
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(decide, range(10))) == 1
    assert len(DecisionLog(open_store(str(tmp_path / "x.db"))).all()) == 1


def test_pages_count_what_waits(store: Store) -> None:
    def waiting() -> list[tuple[int, float]]:
        with store.reading() as connection:
            return [(row.waiting, row.rate) for row in connection.execute(select(review_pages))]

    assert waiting() == [(2, 0.5)]
    log = DecisionLog(store)
    first = log.accept(figure(0), "Ann", None)
    log.reject(figure(1), "Ann", None)
    assert waiting() == [(0, 0.0)]
    log.undo(first.decision_id, "Ann")
    assert waiting() == [(1, 0.5)]


def test_an_older_store_gets_what_the_review_keeps_ready(store: Store, tmp_path: Path) -> None:
    """A store of the version before, with observations and a decision in it, is brought up to date when opened."""
    DecisionLog(store).reject(figure(1), "Ann", None)
    ready = kept_ready(store)
    with store.writing() as connection:
        for name in ("review_flags", "review_items", "review_pages", "review_documents", "review_pace"):
            connection.execute(text(f"DROP TABLE {name}"))
        for name in ("decisions_by_reviewer", "decisions_by_turn", "decisions_by_moment", "decisions_by_undone"):
            connection.execute(text(f"DROP INDEX {name}"))
        connection.execute(text("UPDATE schema_version SET version = 2"))
    store.close()
    again = open_store(str(tmp_path / "x.db"))
    assert kept_ready(again) == ready
    assert state(again, "line-1")[0] == "rejected"


def test_the_flat_view_tells_what_counts_after_the_review(store: Store) -> None:
    """Undecided: as read. Accepted and corrected: as decided. Rejected: nothing. What was read stays beside it."""
    log = DecisionLog(store)
    read(store, [figure(0), figure(1), figure(2)])
    log.correct(figure(0), {"value": 17.4, "value_text": "17.4%"}, "Ann", None)
    log.reject(figure(1), "Bob", None)
    asked = (
        "SELECT value, review, decided_by, settled_value, settled_period_code, settled_indicator_id"
        " FROM observation_flat ORDER BY position"
    )
    with store.reading() as connection:
        rows = [tuple(row) for row in connection.execute(text(asked))]
    assert rows[0] == (71.4, "corrected", "Ann", 17.4, "2018-19-Q2", "visits_on_time_pct")
    assert rows[1] == (71.4, "rejected", "Bob", None, None, None)
    assert rows[2] == (71.4, "undecided", None, 71.4, "2018-19-Q2", "visits_on_time_pct")


def test_the_log_is_only_ever_added_to(store: Store) -> None:
    DecisionLog(store).accept(figure(0), "Ann", None)
    with pytest.raises(StoreError, match="only ever added"), store.writing() as connection:
        connection.execute(text("DELETE FROM decisions"))


steps = st.lists(
    st.tuples(st.sampled_from(["accept", "correct", "reject", "skip", "undo"]), st.integers(0, 1), st.booleans()),
    max_size=12,
)


@settings(max_examples=20, deadline=None)
@given(steps)
def test_any_course_of_a_review_keeps_its_laws(course: list[tuple[str, int, bool]]) -> None:
    """An undo restores, and what is kept ready is what the log and the readings give when worked out anew."""
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(Path(folder), [figure(0), figure(1, 0.99)])
        log = DecisionLog(store)
        history: list[tuple[str, str]] = []
        for action, number, ann in course:
            who, about = ("Ann" if ann else "Bob"), figure(number)
            before, head = state(store, about.observation_id)
            if action == "undo":
                if history:
                    decision_id, was = history.pop()
                    log.undo(decision_id, who)
                    assert state(store, decision_id.split(":")[0])[0] == was
                continue
            decision_id = f"{about.observation_id}:{len(log.all())}"
            match action:
                case "accept":
                    log.accept(about, who, head, decision_id=decision_id)
                case "reject":
                    log.reject(about, who, head, decision_id=decision_id)
                case "correct":
                    log.correct(about, {"value": float(len(history))}, who, head, decision_id=decision_id)
                case _:
                    log.skip(about, who, head, decision_id=decision_id)
            history.append((decision_id, before))
        ready = kept_ready(store)
        with store.writing() as connection:
            refresh_all(connection)
        assert kept_ready(store) == ready
        store.close()
