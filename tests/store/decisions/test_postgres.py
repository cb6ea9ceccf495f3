"""The log, the queue and what is kept ready, in PostgreSQL as in SQLite."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.store.decisions.reports import figure, new_store, read
from tests.store.postgres import Server, is_installed
from townclerk.models.errors import StoreError
from townclerk.review.overview import read_coverage, read_overview
from townclerk.review.queue import Filters, Item, Outcome, Queue
from townclerk.store.database import Store, open_store
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.decisions.model import DecisionConflictError
from townclerk.store.decisions.pace import fit as fit_pace
from townclerk.store.decisions.pace import rate_pages
from townclerk.store.decisions.transfer import take_in
from townclerk.store.tables import decisions
from townclerk.store.vocabulary import Review

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(not is_installed(), reason="PostgreSQL is not installed (Debian: apt-get install postgresql)"),
]
FILTERS = (
    Filters(),
    Filters(indicator="visits_on_time_pct"),
    Filters(authority="Wexcombe", outcome=Outcome.SUPPORTED),
    Filters(flag="odd"),
    Filters(least=0.3, most=0.6),
    Filters(audit=True),
    Filters(state=Review.REJECTED),
    Filters(conflict=True),
    Filters(disagreement=True),
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="tc-pg-", ignore_cleanup_errors=True) as folder:
        one = Server(Path(folder))
        one.start()
        yield one
        one.stop()


def review(store: Store) -> list[object]:
    """A short review of ten figures, and everything that can be asked of it."""
    read(store, [figure(n, n / 10, page=n // 3 + 1, flags=["odd"] if n % 2 else []) for n in range(10)])
    queue, log = Queue(store), DecisionLog(store)
    seen: list[object] = []
    item: Item | None = queue.next(Filters(), "Ann")
    for number in range(6):
        if item is None:
            break
        seen.append((item.key, item.why))
        if number == 1:
            log.skip(item.settled, "Ann", item.head)
        elif number % 2:
            log.reject(item.settled, "Ann", item.head, seconds=3.0)
        else:
            log.correct(item.settled, {"value": float(number)}, "Ann", item.head, seconds=5.0)
        item = queue.next(Filters(), "Ann", item.key)
    read(store, [figure(n, n / 10, page=n // 3 + 1, observation_id=f"new-{n}", value=5.0) for n in range(10)])
    with store.writing() as connection:
        rate_pages(connection, fit_pace(connection))
    for filters in FILTERS:
        found = queue.next(filters, "Bob")
        seen += [found and found.key, queue.progress(filters, "Ann")]
    overview = read_overview(store)
    return [*seen, queue.choices(), overview, read_coverage(store)]


def test_both_kinds_of_store_come_to_the_same(server: Server, tmp_path: Path) -> None:
    on_server = open_store(server.url, create=True)
    assert review(on_server) == review(new_store(tmp_path))
    log = DecisionLog(on_server)
    other = new_store(tmp_path, [], "other.db")
    take_in(other, log.all())
    assert DecisionLog(other).all() == log.all()
    with pytest.raises(StoreError, match="only ever added"), on_server.writing() as connection:
        connection.execute(decisions.delete())
    on_server.close()


def test_reviewers_at_once_take_turns_there_too(server: Server) -> None:
    store = open_store(server.url)
    read(store, [figure(20)], "d9", "9" * 64)
    about = figure(20).model_copy(update={"document": figure(20).document.model_copy(update={"sha256": "9" * 64})})

    def decide(number: int) -> bool:
        try:
            DecisionLog(store).accept(about, f"Reviewer {number}", None)
        except DecisionConflictError:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(decide, range(10))) == 1
    store.close()
