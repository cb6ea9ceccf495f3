"""The ledger: what became of every document, written together with what was read from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, and_, delete, func, or_, select, update

from townclerk.models.errors import StoreError
from townclerk.store.database import Store
from townclerk.store.decisions.refresh import forget, refresh_document
from townclerk.store.decisions.turns import take_turn
from townclerk.store.outcome import LOST, READ, Outcome, State, Versions
from townclerk.store.patience import patiently
from townclerk.store.rows import Row
from townclerk.store.tables import (
    OF_A_DOCUMENT,
    checks,
    commentary,
    documents,
    evidence,
    near_duplicates,
    observations,
    pages,
    runs,
    sketches,
    unlinked_figures,
)

__all__ = ["LOST", "READ", "Ledger", "Outcome", "State", "Versions", "clear", "now", "settle_copies"]

_FACTS = (
    "media_type", "encoding", "title", "authority", "authority_gss_code", "committee", "meeting_date", "period_code",
    "facts", "items", "pages_read", "pages_skipped", "observation_count",
)  # fmt: skip


def now() -> str:
    """This moment, UTC, as the store writes moments."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Ledger:
    """Writes and asks after the documents of one store.

    Attributes:
        store: The store.
        patience: For how many seconds a server may be away.
        run_id: The run that is written; None before one has begun.
    """

    def __init__(self, store: Store, patience: float = 300.0) -> None:
        self.store = store
        self.patience = patience
        self.run_id: int | None = None

    def still_ours(self) -> None:
        """See that no other conversion began while the server was away, when nothing held the store for this one.

        Raises:
            StoreError: If one did.
        """
        with self.store.reading() as connection:
            state = connection.execute(select(runs.c.state).where(runs.c.run_id == self.run_id)).scalar()
        if self.run_id is not None and state != "running":
            raise StoreError(f"{self.store.name}: another conversion took over while the server was away; run again")

    def begin_run(self, sources: Sequence[str], options: Mapping[str, Any], versions: Versions) -> int:
        """Enter a run, and give up what a run that was killed had in hand."""
        with self.store.writing() as connection:
            connection.execute(update(runs).where(runs.c.state == "running").values(state="killed", ended_at=now()))
            connection.execute(update(documents).where(documents.c.state == State.RUNNING).values(state=State.WAITING))
            entered = connection.execute(
                runs.insert().values(
                    started_at=now(),
                    state="running",
                    sources=list(sources),
                    options=dict(options),
                    extractor_version=versions.extractor_version,
                    pattern_version=versions.pattern_version,
                )
            )
            self.run_id = int(entered.inserted_primary_key[0])  # type: ignore[index] # an insert of one row has it
        return self.run_id

    @patiently
    def end_run(self, run_id: int, state: str, counts: Mapping[str, Any]) -> None:
        """Close a run."""
        with self.store.writing() as connection:
            connection.execute(
                update(runs).where(runs.c.run_id == run_id).values(state=state, ended_at=now(), counts=dict(counts))
            )
            connection.execute(update(documents).where(documents.c.state == State.RUNNING).values(state=State.WAITING))

    @patiently
    def known(self, ids: Sequence[str]) -> dict[str, RowMapping]:
        """The entries of some documents."""
        wanted = select(documents).where(documents.c.document_id.in_(ids))
        with self.store.reading() as connection:
            return {row["document_id"]: row for row in connection.execute(wanted).mappings()}

    @patiently
    def enter(self, new: Sequence[Row], changed: Sequence[Row]) -> None:
        """Add documents, and change the entries of known ones (rows hold `document_id` and what changes)."""
        with self.store.writing() as connection:
            if new:
                connection.execute(documents.insert(), list(new))
            for row in changed:
                connection.execute(update(documents).where(documents.c.document_id == row["document_id"]).values(**row))

    def waiting(self, run_id: int, batch: int = 200) -> Iterator[RowMapping]:
        """The documents of a run still to be done, in order of their addresses, read in small batches."""
        last = ""
        while rows := self._waiting_after(run_id, last, batch):
            yield from rows
            last = rows[-1]["uri"]

    @patiently
    def _waiting_after(self, run_id: int, last: str, batch: int) -> Sequence[RowMapping]:
        found = (
            select(documents)
            .where(documents.c.run_id == run_id, documents.c.state == State.WAITING, documents.c.uri > last)
            .order_by(documents.c.uri)
            .limit(batch)
        )
        with self.store.reading() as connection:
            return connection.execute(found).mappings().all()

    @patiently
    def start(self, document_ids: Sequence[str]) -> None:
        """Note that documents are being worked on."""
        with self.store.writing() as connection:
            connection.execute(
                update(documents)
                .where(documents.c.document_id.in_(document_ids))
                .values(state=State.RUNNING, attempts=documents.c.attempts + 1)
            )

    @patiently
    def finish(self, document_id: str, outcome: Outcome, versions: Versions) -> None:
        """Write what came of a document and everything read from it, in one transaction, in place of what was there."""
        blank = dict.fromkeys(_FACTS)
        this = documents.c.document_id == document_id
        made_with = versions.columns()
        if outcome.passing:
            made_with = dict.fromkeys(made_with)  # it differs from the next run's, which does the document again
        with self.store.writing() as connection:
            take_turn(connection)
            if connection.execute(select(documents.c.finished_at).where(this)).scalar() is not None:
                clear(connection, document_id)
            connection.execute(
                update(documents)
                .where(this)
                .values(
                    state=outcome.state,
                    reason=outcome.reason,
                    seconds=round(outcome.seconds, 3),
                    finished_at=now(),
                    same_as=None,
                    compared=False,
                    **made_with,
                    **(blank | outcome.facts),
                )
            )
            for table, rows in _parts(document_id, outcome):
                if rows:
                    connection.execute(table.insert(), rows)
            refresh_document(connection, document_id)


def clear(connection: Connection, document_id: str) -> None:
    """Take out everything read from a document."""
    forget(connection, document_id)
    for table in OF_A_DOCUMENT:
        connection.execute(delete(table).where(table.c.document_id == document_id))
    kept_for = select(near_duplicates.c.document_id).where(near_duplicates.c.kept_id == document_id)
    connection.execute(update(documents).where(documents.c.document_id.in_(kept_for)).values(compared=False))
    either = or_(near_duplicates.c.document_id == document_id, near_duplicates.c.kept_id == document_id)
    connection.execute(delete(near_duplicates).where(either))


def _parts(document_id: str, outcome: Outcome) -> list[tuple[Table, list[Row]]]:
    """The rows of an outcome, tables that others point to first."""
    key = {"document_id": document_id}
    return [
        (pages, [key | row for row in outcome.pages]),
        (observations, outcome.rows.observations),
        (evidence, outcome.rows.evidence),
        (checks, outcome.rows.checks),
        (commentary, outcome.rows.commentary),
        (unlinked_figures, [key | {"number": number} | row for number, row in enumerate(outcome.unlinked)]),
        (sketches, [key | {"hash": value} for value in outcome.sketch]),
    ]


def settle_copies(connection: Connection, run_id: int) -> int:
    """Skip the waiting documents of a run that hold the same bytes as another, and say which.

    The one that is kept is a document already read, else the first by address.

    Returns:
        How many were skipped.
    """
    repeated = (
        select(documents.c.sha256)
        .where(documents.c.sha256.is_not(None))
        .group_by(documents.c.sha256)
        .having(func.count() > 1)
    )
    asked = (
        select(documents.c.document_id, documents.c.sha256, documents.c.path, documents.c.state, documents.c.run_id)
        .where(documents.c.sha256.in_(repeated), documents.c.same_as.is_(None))
        .where(or_(documents.c.run_id == run_id, and_(documents.c.state.in_(READ))))
        .order_by(documents.c.sha256, documents.c.state.in_(READ).desc(), documents.c.uri)
    )
    skipped = 0
    kept: RowMapping | None = None
    for row in connection.execute(asked).mappings().all():
        if kept is None or kept["sha256"] != row["sha256"]:
            kept = row
        elif row["run_id"] == run_id and row["state"] == State.WAITING:
            skipped += 1
            clear(connection, row["document_id"])
            connection.execute(
                update(documents)
                .where(documents.c.document_id == row["document_id"])
                .values(
                    dict.fromkeys(_FACTS)
                    | {
                        "state": State.SKIPPED,
                        "same_as": kept["document_id"],
                        "reason": f"the same bytes as {kept['path']}",
                    }
                )
            )
    return skipped
