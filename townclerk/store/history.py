"""Runs and failures, for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import RowMapping, func, select

from townclerk.store.database import Store
from townclerk.store.ledger import LOST, State
from townclerk.store.tables import documents, runs


@dataclass(slots=True, frozen=True)
class Run:
    """One run as the store remembers it.

    Attributes:
        run_id: Its number.
        started_at: When it began, in UTC.
        ended_at: When it ended; None where it did not come to its end.
        state: How it ended.
        counts: How many documents, pages and observations it came to.
        failed: How many of its documents still have come to nothing.
        faults: Sources and folders that could not be read, and why it stopped early.
    """

    run_id: int
    started_at: str
    ended_at: str | None
    state: str
    counts: dict[str, int]
    failed: int
    faults: tuple[str, ...] = ()


def list_runs(store: Store) -> list[Run]:
    """All runs, the latest first."""
    failed = (
        select(documents.c.run_id, func.count().label("failed"))
        .where(documents.c.state.in_(LOST))
        .group_by(documents.c.run_id)
        .subquery()
    )
    asked = (
        select(runs, func.coalesce(failed.c.failed, 0).label("failed"))
        .outerjoin(failed, failed.c.run_id == runs.c.run_id)
        .order_by(runs.c.run_id.desc())
    )
    with store.reading() as connection:
        return [_run(row) for row in connection.execute(asked).mappings()]


def _run(row: RowMapping) -> Run:
    counts = dict(row["counts"] or {})
    faults = tuple(counts.pop("faults", ()))
    return Run(row["run_id"], row["started_at"], row["ended_at"], row["state"], counts, row["failed"], faults)


def states(store: Store) -> dict[str, int]:
    """How many documents are in each state."""
    asked = select(documents.c.state, func.count()).group_by(documents.c.state).order_by(documents.c.state)
    with store.reading() as connection:
        return {str(state): int(number) for state, number in connection.execute(asked)}


def failures(store: Store, run_id: int | None = None) -> list[tuple[str, str, str]]:
    """Documents that came to nothing, as (path, state, reason); of one run, or of all."""
    asked = (
        select(documents.c.path, documents.c.state, documents.c.reason)
        .where(documents.c.state.in_(LOST))
        .order_by(documents.c.uri)
    )
    if run_id is not None:
        asked = asked.where(documents.c.run_id == run_id)
    with store.reading() as connection:
        return [(row.path, row.state, row.reason or "") for row in connection.execute(asked)]


def skips(store: Store, run_id: int | None = None) -> list[tuple[str, int]]:
    """Why documents were skipped, and how many for each reason, the commonest first; of one run, or of all."""
    asked = select(documents.c.name, documents.c.reason, documents.c.same_as).where(documents.c.state == State.SKIPPED)
    if run_id is not None:
        asked = asked.where(documents.c.run_id == run_id)
    counts: Counter[str] = Counter()
    with store.reading() as connection:
        for row in connection.execute(asked):
            why = (row.reason or "").removeprefix(f"{row.name}: ")
            counts["the same bytes as another" if row.same_as else why] += 1
    return counts.most_common()
