"""What is looked at next."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event, update

from tests.store.decisions.reports import figure, new_store, read
from townclerk.review.queue import Filters, Item, Outcome, Queue
from townclerk.review.queue_filters import Columns, Condition
from townclerk.review.queue_pages import best_page
from townclerk.store.database import Store
from townclerk.store.decisions import pace as pacing
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.decisions.pace import Pace
from townclerk.store.decisions.refresh import set_aside_near_duplicates
from townclerk.store.review_tables import review_items
from townclerk.store.tables import near_duplicates
from townclerk.store.vocabulary import Review

CONTRADICTED = [{"name": "ratio", "outcome": "contradicts", "text": "50 / 70 is 71.4%"}]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two reports; the most doubtful figure stands on page 2 of the first, beside a less doubtful one."""
    made = new_store(
        tmp_path,
        [
            figure(0, 0.5, page=1, flags=["odd"]),
            figure(1, 0.1, page=2),
            figure(2, 0.8, page=2, checks=CONTRADICTED),
            figure(3, None, page=3, indicator_id=None, indicator_name=None),
            figure(4, 0.99, page=3, observation_id="sure"),
        ],
    )
    other = figure(0).document.model_dump(mode="json")
    other |= {"sha256": "6" * 64, "authority": {"name": "Harlowshire", "gss_code": None, "basis": "stated"}}
    found = [figure(5, 0.3, document=other), figure(6, 0.6, document=other, indicator_id="referrals_count")]
    read(made, found, "d2", "6" * 64)
    return made


def keys(store: Store, filters: Filters, reviewer: str = "Ann") -> list[str]:
    """Everything the queue gives a reviewer who accepts all of it."""
    queue, log = Queue(store), DecisionLog(store)
    found: list[str] = []
    item = queue.next(filters, reviewer)
    while item is not None:
        found.append(item.key)
        log.accept(item.settled, reviewer, item.head)
        item = queue.next(filters, reviewer, item.key)
    return found


def next_of(store: Store, filters: Filters, after: str | None = None) -> Item:
    item = Queue(store).next(filters, "Ann", after)
    assert item is not None
    return item


def test_the_most_doubtful_comes_first_and_its_page_is_finished_before_the_next(store: Store) -> None:
    assert keys(store, Filters()) == ["line-3", "line-1", "line-2", "line-5", "line-6", "line-0"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(indicator="referrals_count"), ["line-6"]),
        (Filters(indicator=""), ["line-3"]),
        (Filters(authority="Harlowshire"), ["line-5", "line-6"]),
        (Filters(document="d2"), ["line-5", "line-6"]),
        (Filters(least=0.25, most=0.65), ["line-5", "line-6", "line-0"]),
        (Filters(most=0.2), ["line-3", "line-1"]),
        (Filters(least=0.95), ["sure"]),
        (Filters(outcome=Outcome.CONTRADICTED), ["line-2"]),
        (Filters(flag="odd"), ["line-0"]),
        (Filters(authority="Wexcombe", most=0.3), ["line-3", "line-1"]),
        (Filters(authority="Nowhere"), []),
    ],
)
def test_filters_leave_the_rest_out(store: Store, filters: Filters, expected: list[str]) -> None:
    assert keys(store, filters) == expected


def test_an_item_says_why_it_is_there(store: Store) -> None:
    assert next_of(store, Filters()).why == "how sure this reading is cannot be said"
    assert next_of(store, Filters(outcome=Outcome.CONTRADICTED)).why == "80% sure, and the report contradicts it"
    assert next_of(store, Filters(least=0.95)).why == "99% sure, asked for by the filters"


def test_what_a_reviewer_skipped_comes_to_others_only(store: Store) -> None:
    first = next_of(store, Filters())
    skip = DecisionLog(store).skip(first.settled, "Ann", first.head)
    queue = Queue(store)
    assert next_of(store, Filters()).key == "line-1"
    others = queue.next(Filters(), "Bob")
    assert others is not None
    assert others.key == first.key
    assert queue.progress(Filters(), "Ann").skipped == 1
    DecisionLog(store).undo(skip.decision_id, "Ann")
    assert next_of(store, Filters()).key == first.key


def test_decided_items_are_gone_through_in_the_order_of_the_documents(store: Store) -> None:
    keys(store, Filters())
    queue, found = Queue(store), []
    item = queue.next(Filters(state=Review.ACCEPTED), "Bob")
    while item is not None:
        found.append(item.key)
        item = queue.next(Filters(state=Review.ACCEPTED), "Bob", item.key)
    assert found == ["line-0", "line-1", "line-2", "line-3", "line-5", "line-6"]


def test_conflicts_and_disagreements_can_be_gone_through(store: Store) -> None:
    log = DecisionLog(store)
    accepted = log.accept(figure(1, 0.1, page=2), "Ann", None)
    log.reject(figure(1, 0.1, page=2), "Bob", accepted.decision_id)
    assert next_of(store, Filters(disagreement=True)).why == "reviewers decided differently"
    log.accept(figure(0, 0.5), "Ann", None)
    read(store, [figure(0, 0.5, observation_id="new", value=7.0)])
    item = next_of(store, Filters(conflict=True))
    assert (item.key, item.settled.value, item.observation.value) == ("new", 71.4, 7.0)
    assert "the document now reads 7 percent" in item.why


def test_the_next_document_is_another_one(store: Store) -> None:
    other = Queue(store).next_document(Filters(), "Ann", "line-1")
    assert other is not None
    assert other.document_id == "d2"


def test_another_document_comes_behind_one_that_was_added_too(store: Store) -> None:
    added = DecisionLog(store).add(figure(0, value=3.0, page=2), "Ann", figure=(150, 153)).observation_id
    other = Queue(store).next_document(Filters(), "Ann", str(added))
    assert other is not None
    assert other.document_id == "d2"
    assert Queue(store).next_document(Filters(), "Ann", "nothing") is None


def test_a_page_shows_everything_on_it_and_what_was_added(store: Store) -> None:
    log, queue = DecisionLog(store), Queue(store)
    log.add(figure(0, value=3.0, page=2), "Ann", figure=(150, 153))
    on_page = queue.page_items("d1", 2, Filters())
    assert [(item.key, item.position) for item in on_page][::2] == [("line-1", 1), ("line-2", 2)]
    added = on_page[1]
    assert (added.position, added.figure_start, added.why) == (None, 150, "added by a reviewer")
    assert queue.item(added.key) == added
    assert [item.key for item in queue.page_items("d1", 3, Filters())] == ["line-3", "sure"]
    assert [item.key for item in queue.page_items("d1", 2, Filters(outcome=Outcome.CONTRADICTED))] == [
        added.key, "line-2"
    ]  # fmt: skip
    assert queue.item("nothing") is None


def test_progress_counts(store: Store) -> None:
    queue, log = Queue(store), DecisionLog(store)
    first = next_of(store, Filters())
    log.reject(first.settled, "Ann", first.head, seconds=4.0)
    second = next_of(store, Filters())
    log.accept(second.settled, "Bob", second.head)
    progress = queue.progress(Filters(), "Ann")
    assert (progress.waiting, progress.decided, progress.accepted, progress.rejected) == (4, 2, 1, 1)
    assert (progress.by_reviewer, progress.pages, progress.timed, progress.order) == (1, 3, 1, "doubt")
    own = queue.progress(Filters(authority="Harlowshire"), "Ann")
    assert (own.waiting, own.decided, own.pages) == (2, 0, 1)


@pytest.mark.parametrize("filters", [Filters(least=0.95), Filters(state=Review.UNDECIDED), Filters(document="d2")])
@pytest.mark.parametrize("draft", [None, "d2"])
def test_as_many_wait_as_the_queue_gives(store: Store, filters: Filters, draft: str | None) -> None:
    supersede(store, draft)
    progress = Queue(store).progress(filters, "Ann")
    found = [Queue(store).item(key) for key in keys(store, filters)]
    assert progress.waiting == len(found) > 0
    assert progress.pages == len({(item.document_id, item.page) for item in found if item is not None})


def supersede(store: Store, document_id: str | None) -> None:
    """Make a document the near-duplicate of the first one, or (None) let there be none."""
    with store.writing() as connection:
        connection.execute(near_duplicates.delete())
        if document_id is not None:
            row = {"document_id": document_id, "kept_id": "d1", "kind": "draft", "likeness": 0.9}
            connection.execute(near_duplicates.insert(), row)
        set_aside_near_duplicates(connection)


def test_figures_of_a_near_duplicate_are_set_aside_and_counted(store: Store) -> None:
    supersede(store, "d2")
    assert Queue(store).progress(Filters(), "Ann").set_aside == 2
    assert Queue(store).progress(Filters(least=0.2), "Ann").set_aside == 2
    assert Queue(store).progress(Filters(), "Ann").waiting == 4
    assert keys(store, Filters()) == ["line-3", "line-1", "line-2", "line-0"]
    assert keys(store, Filters(authority="Harlowshire")) == []
    assert keys(store, Filters(document="d2")) == ["line-5", "line-6"], "whoever names the draft gets its figures"


def test_what_is_no_near_duplicate_any_more_waits_again(store: Store) -> None:
    supersede(store, "d2")
    supersede(store, None)
    progress = Queue(store).progress(Filters(), "Ann")
    assert (progress.waiting, progress.set_aside) == (6, 0)
    assert "line-5" in keys(store, Filters())


def test_choices_are_what_the_store_holds(store: Store) -> None:
    queue = Queue(store)
    assert queue.choices() == {
        "indicator": ["referrals_count", "visits_on_time_pct"],
        "authority": ["Harlowshire", "Wexcombe"],
        "flag": ["odd"],
    }
    read(store, [], "d2", "6" * 64)
    assert queue.choices()["authority"] == ["Wexcombe"], "a store that was converted into is looked at again"


def test_once_enough_is_timed_a_page_full_of_doubt_goes_before_one_great_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page with four figures that are wrong half the time gives more a minute than a page with one that is wrong."""
    monkeypatch.setattr(pacing, "ENOUGH", 2)
    doubtful = [figure(n, 0.5, page=1) for n in range(4)]
    store = new_store(tmp_path, [*doubtful, figure(4, 0.05, page=2), *(figure(n, 0.8, page=7) for n in (7, 8))])
    assert next_of(store, Filters()).key == "line-4"
    log = DecisionLog(store)
    for n, seconds in ((7, 20.0), (8, 2.0)):
        log.accept(figure(n, 0.8, page=7), "Ann", None, seconds=seconds)
    item = next_of(store, Filters())
    assert (item.page, Queue(store).progress(Filters(), "Ann").order) == (1, "errors a minute")
    assert keys(store, Filters()) == ["line-0", "line-1", "line-2", "line-3", "line-4"]


@pytest.mark.parametrize("opening", [None, 10.0])
def test_filters_that_leave_much_find_the_same_page_without_weighing_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opening: float | None
) -> None:
    store = new_store(tmp_path, [figure(n, 0.2 + (n * 37 % 60) / 100, page=n // 3 + 1) for n in range(90)])
    wanted = Filters(indicator="visits_on_time_pct")
    pace = Pace(opening, {"": 3.0}, [1 - (n + 0.5) / 10 for n in range(10)]) if opening else Pace()
    monkeypatch.setattr("townclerk.review.queue_pages.read_pace", lambda _: (pace, 0))

    def conditions(item: Columns) -> list[Condition]:
        return [item.state == "undecided"]

    with store.writing() as connection:
        pacing.rate_pages(connection, pace)
        exact = best_page(connection, wanted, conditions)
        monkeypatch.setattr("townclerk.review.queue_pages.FEW", 10)
        assert best_page(connection, wanted, conditions) == exact
        connection.execute(update(review_items).where(review_items.c.page != 17).values(state="accepted"))
        monkeypatch.setattr("townclerk.review.queue_pages.FEW", 1)
        assert best_page(connection, wanted, conditions) == ("d1", 17)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(indicator="referrals_count"),
        Filters(authority="Harlowshire"),
        Filters(document="d2"),
        Filters(outcome=Outcome.CONTRADICTED),
        Filters(flag="odd"),
        Filters(least=0.25, most=0.65),
        Filters(audit=True),
        Filters(conflict=True),
        Filters(disagreement=True),
        Filters(state=Review.REJECTED),
    ],
)
def test_no_question_goes_through_the_whole_store(store: Store, filters: Filters) -> None:
    """Every statement reaches items, pages and decisions through an index, so that its cost does not grow with them."""
    asked: list[tuple[str, object]] = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    item = Queue(store).next(filters, "Ann")
    Queue(store).next(filters, "Ann", item.key if item else "line-0")
    statements = [told for told in asked if told[0].startswith("SELECT")]
    assert len(statements) > 1
    for statement, parameters in statements:
        with sqlite3.connect(str(store.file)) as connection:
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]  # type: ignore[arg-type] # as the driver was given them
        whole = [line.split() for line in plan if line.startswith("SCAN") and line.split()[-1] not in IN_ORDER]
        assert not [line for line in whole if line[1] in GROWING], (statement, plan)


GROWING = ("review_items", "review_pages", "review_flags", "decisions", "observations", "evidence")
IN_ORDER = {
    "review_pages_by_rate", "review_items_by_worth", "review_items_by_conflict", "review_items_by_disagreement"
}  # fmt: skip
"""Indexes that are gone through in their order until one row fits, or that hold few rows."""
