"""Decisions outlive a new reading of the report, and what contradicts them is told."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.decisions.reports import figure, new_store, read
from townclerk.models.observation import Observation
from townclerk.review.queue import Queue
from townclerk.store.database import Store
from townclerk.store.decided import Decided, Decisions, decided_observations, said_so
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.decisions.readings import figure_span, reading_of
from townclerk.store.decisions.transfer import take_in
from townclerk.store.observations import Wanted
from townclerk.store.vocabulary import Review


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path, [figure(0), figure(1)])


def settled(store: Store, **wanted: Any) -> list[tuple[str, float | None, str]]:
    """Every observation as decided: id, value, where it stands."""
    return [
        (one.observation.observation_id, one.observation.value, one.review.value)
        for one in decided_observations(store, Wanted(**wanted))
    ]


def conflicts(store: Store) -> list[str]:
    return [standing.conflict for _, _, standing in Decisions(store).contested() if standing.conflict]


def anew(number: int, **changes: Any) -> Observation:
    """The same figure as a new version of the extractor reads it: with another id."""
    return figure(number, **({"observation_id": f"new-{number}"} | changes))


def test_a_reading_that_stays_the_same_stays_decided(store: Store) -> None:
    DecisionLog(store).accept(figure(0), "Ann", None)
    read(store, [figure(0, confidence=0.9), figure(1)])
    assert settled(store) == [("line-0", 71.4, "accepted"), ("line-1", 71.4, "undecided")]


def test_an_accepted_figure_that_now_reads_otherwise_keeps_its_value_and_is_listed(store: Store) -> None:
    DecisionLog(store).accept(figure(0), "Ann", None)
    read(store, [anew(0, value=11.4), figure(1)])
    assert settled(store)[0] == ("new-0", 71.4, "accepted")
    (told,) = conflicts(store)
    assert told.startswith("decided as 71.4 percent (visits_on_time_pct, ")
    assert "the document now reads 11.4 percent" in told


def test_a_correction_that_the_machine_now_makes_itself_is_an_acceptance(store: Store) -> None:
    DecisionLog(store).correct(figure(0), {"value": 74.1}, "Ann", None)
    read(store, [anew(0, value=74.1), figure(1)])
    assert settled(store)[0] == ("new-0", 74.1, "accepted")
    assert conflicts(store) == []


def test_deciding_on_the_new_reading_ends_the_conflict(store: Store) -> None:
    log = DecisionLog(store)
    first = log.accept(figure(0), "Ann", None)
    now = anew(0, value=11.4)
    read(store, [now, figure(1)])
    log.accept(now, "Ann", first.decision_id)
    assert settled(store)[0] == ("new-0", 11.4, "accepted")
    assert conflicts(store) == []


def test_whoever_accepts_what_another_corrected_leaves_it_corrected(store: Store) -> None:
    log = DecisionLog(store)
    first = log.correct(figure(0), {"value": 74.1, "rag": "red"}, "Ann", None)
    shown = next(decided_observations(store, Wanted())).observation
    second = log.accept(shown, "Bob", first.decision_id)
    assert settled(store)[0] == ("line-0", 74.1, "corrected")
    (one, _) = decided_observations(store, Wanted())
    assert one.observation.rag == "red"
    assert not one.standing.disagreement
    log.accept(figure(0), "Bob", second.decision_id)
    assert settled(store)[0] == ("line-0", 71.4, "accepted"), "the machine's own reading, accepted over the correction"
    assert next(decided_observations(store, Wanted())).standing.disagreement


def test_confirming_a_decision_against_the_new_reading_corrects_it(store: Store) -> None:
    log = DecisionLog(store)
    first = log.accept(figure(0), "Ann", None)
    read(store, [anew(0, value=11.4), figure(1)])
    log.accept(next(decided_observations(store, Wanted())).observation, "Ann", first.decision_id)
    assert settled(store)[0] == ("new-0", 71.4, "corrected")
    assert conflicts(store) == []


courses = st.lists(
    st.tuples(st.sampled_from(["accept", "correct", "reject", "skip", "undo"]), st.integers(0, 2)), max_size=10
)


@settings(max_examples=20, deadline=None)
@given(courses, st.booleans())
def test_reading_the_same_under_other_ids_changes_nothing(course: list[tuple[str, int]], renumbered: bool) -> None:
    """Whatever was decided: the same readings in the same places stand as before, and nothing is contested."""
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(Path(folder), [figure(n) for n in range(3)])
        log = DecisionLog(store)
        for action, number in course:
            if action == "undo":
                last = log.last_of("Ann")
                if last is not None:
                    log.undo(last.decision_id, "Ann")
                continue
            item = Queue(store).item(f"line-{number}")
            assert item is not None
            match action:
                case "accept":
                    log.accept(item.settled, "Ann", item.head)
                case "reject":
                    log.reject(item.settled, "Ann", item.head)
                case "correct":
                    log.correct(item.settled, {"value": float(len(log.all()))}, "Ann", item.head)
                case _:
                    log.skip(item.settled, "Ann", item.head)
        before = [row[1:] for row in settled(store)]
        moved = [figure(n).evidence[0].model_copy(update={"start": n * 90, "end": n * 90 + 13}) for n in range(3)]
        read(store, [anew(n, **({"evidence": [moved[n]]} if renumbered else {})) for n in range(3)])
        assert [row[1:] for row in settled(store)] == before
        assert Decisions(store).contested() == []
        store.close()


def test_a_rejection_is_of_the_reading_and_not_of_the_next_one(store: Store) -> None:
    DecisionLog(store).reject(figure(0), "Ann", None)
    read(store, [anew(0, value=11.4), figure(1)])
    assert settled(store)[0] == ("new-0", 11.4, "undecided")
    assert conflicts(store)[0].startswith("rejected as 71.4 percent")
    read(store, [anew(0), figure(1)])
    assert settled(store)[0][2] == "rejected"
    assert conflicts(store) == []


def test_a_reading_that_was_rejected_after_a_correction_stays_rejected(store: Store) -> None:
    log = DecisionLog(store)
    first = log.correct(figure(0), {"value": 74.1}, "Ann", None)
    log.reject(next(decided_observations(store, Wanted())).observation, "Bob", first.decision_id)
    read(store, [anew(0), figure(1)])
    assert settled(store)[0] == ("new-0", 71.4, "rejected")


def test_a_decided_figure_that_is_no_longer_given_is_kept_and_listed(store: Store) -> None:
    log = DecisionLog(store)
    log.correct(figure(0), {"value": 74.1}, "Ann", None)
    log.reject(figure(1), "Ann", None)
    read(store, [])
    assert settled(store) == [("line-0", 74.1, "corrected")]
    assert conflicts(store)[0].endswith("the document no longer gives this figure")


def test_a_figure_is_found_by_its_place_on_the_page_where_the_text_was_numbered_anew(store: Store) -> None:
    DecisionLog(store).correct(figure(0), {"value": 74.1}, "Ann", None)
    place = figure(0).evidence[0].model_copy(update={"start": 7000, "end": 7013})
    read(store, [anew(0, evidence=[place]), figure(1)])
    assert settled(store)[0] == ("new-0", 74.1, "corrected")


def test_of_two_readings_of_one_figure_the_more_alike_takes_the_decision(store: Store) -> None:
    DecisionLog(store).accept(figure(0), "Ann", None)
    england = {"kind": "england", "name": None, "gss_code": None, "is_reporting_authority": False, "basis": "stated"}
    read(store, [anew(0, area=england, role="target", observation_id="a"), anew(0, role="target", observation_id="b")])
    assert [(key, state) for key, _, state in settled(store)] == [("a", "undecided"), ("b", "accepted")]


def test_what_a_reviewer_added_stays_until_the_machine_reads_the_same(store: Store) -> None:
    missed = figure(2, value=12.0, flags=["added_by_reviewer"])
    made = DecisionLog(store).add(missed, "Ann", figure=(208, 213))
    assert settled(store)[-1] == (made.observation_id, 12.0, "accepted")
    read(store, [figure(0), figure(1), anew(2, value=99.0)])
    assert settled(store)[-1] == (made.observation_id, 12.0, "accepted")
    read(store, [figure(0), figure(1), anew(2, value=12.0)])
    assert settled(store)[-1] == ("new-2", 12.0, "accepted")
    assert len(settled(store)) == 3


def test_an_addition_can_be_corrected_rejected_and_taken_back(store: Store) -> None:
    log = DecisionLog(store)
    made = log.add(figure(2, value=12.0), "Ann", figure=(208, 213))
    kept = next(Decisions(store).kept(Wanted()))
    corrected = log.correct(kept.observation, {"value": 13.0}, "Bob", made.decision_id)
    assert settled(store)[-1] == (made.observation_id, 13.0, "corrected")
    log.undo(corrected.decision_id, "Bob")
    assert settled(store)[-1][1] == 12.0
    log.undo(made.decision_id, "Ann")
    assert len(settled(store)) == 2


def test_a_document_that_left_the_store_takes_no_decision_with_it(tmp_path: Path) -> None:
    store = new_store(tmp_path, [figure(0)])
    DecisionLog(store).accept(figure(0), "Ann", None)
    other = new_store(tmp_path, [], "other.db")
    take_in(other, DecisionLog(store).all())
    assert settled(other) == [("line-0", 71.4, "accepted")]


def test_two_reviewers_who_differ_are_listed_until_one_takes_it_back(store: Store) -> None:
    log = DecisionLog(store)
    first = log.accept(figure(0), "Ann", None)
    second = log.reject(figure(0), "Bob", first.decision_id)
    (row,) = Decisions(store).contested()
    assert row[2].disagreement
    log.undo(second.decision_id, "Bob")
    assert Decisions(store).contested() == []
    log.correct(figure(0), {"value": 71.4, "rag": "green"}, "Bob", log.all()[-1].decision_id)
    assert Decisions(store).contested() == [], "the reading itself is the same"


def test_filters_ask_for_what_was_decided(store: Store) -> None:
    change = {"indicator_id": "referrals_count", "indicator_name": "Referrals"}
    DecisionLog(store).correct(figure(0), change, "Ann", None)
    assert [one[0] for one in settled(store, indicators=("visits_on_time_pct",))] == ["line-1"]
    assert [one[0] for one in settled(store, indicators=("referrals_count",))] == ["line-0"]


def test_decided_observations_say_so(store: Store) -> None:
    DecisionLog(store).accept(figure(0), "Ann", None)
    flags = [said_so(one.observation, one.standing).flags for one in decided_observations(store, Wanted())]
    assert flags == [["reviewed_accepted"], []]


def test_every_review_is_yielded_rejected_ones_too(store: Store) -> None:
    DecisionLog(store).reject(figure(0), "Ann", None)
    found: list[Decided] = list(decided_observations(store, Wanted()))
    assert [one.review for one in found] == [Review.REJECTED, Review.UNDECIDED]


@pytest.mark.parametrize(
    ("quote", "value", "found"),
    [
        ("Visits on time\t91%\t78%", "78%", "78%"),
        ("18 of the visits", "18", "18"),
        ("rose from 118 to 18 visits", "18", "18"),
        ("5 plans of 15", "5", "5"),
        ("a fifth", "one-fifth", "a fifth"),
    ],
)
def test_the_figure_is_found_in_its_evidence(quote: str, value: str, found: str) -> None:
    start, end = figure_span(quote, value, 1000, 1000 + len(quote))
    assert quote[start - 1000 : end - 1000] == found


def test_the_figure_of_a_row_is_its_last_and_not_an_equal_one_before() -> None:
    assert figure_span("Visits on time\t78%\t91%\t78%", "78%", 0, 25) == (22, 25)
    assert figure_span("rose from 118 to 18 visits", "18", 0, 26) == (17, 19)


def test_a_reading_without_evidence_stands_nowhere() -> None:
    plain = figure(0).model_dump(mode="json") | {"evidence": []}
    assert (reading_of(plain).start, reading_of(plain).end) == (0, 0)
