"""The first half of a run: look at every document and enter it in the ledger, with what is to be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sqlalchemy import RowMapping

from townclerk.convert.limits import Limits
from townclerk.convert.places import Place, digest_of, empty, local_path, split_member, too_large
from townclerk.convert.versions import Wanted
from townclerk.models.errors import MissingComponentError, UnreadableError
from townclerk.store.ledger import LOST, READ, Ledger, State, settle_copies
from townclerk.store.rows import Row

BATCH = 500
FAILURES_KEPT = 1000
"""So many failures are named when a run ends; the ledger has all."""


@dataclass(slots=True)
class Looked:
    """What looking around came to, in documents; `entered` once all are in the ledger.

    `failures` are those that cannot be read, as (address, state, reason); the first thousand.
    """

    found: int = 0
    to_do: int = 0
    unchanged: int = 0
    left: int = 0
    copies: int = 0
    failed: int = 0
    entered: bool = False
    failures: list[tuple[str, str, str]] = field(default_factory=list)


class Discovery:
    """Looks at places and settles what is to be done with each."""

    def __init__(self, wanted: Wanted, limits: Limits, *, retry_failed: bool) -> None:
        self._wanted = wanted
        self._limits = limits
        self._retry = retry_failed
        self.looked = Looked()

    def enter(
        self, ledger: Ledger, run_id: int, places: Iterable[Place], idle: Callable[[], None] = lambda: None
    ) -> None:
        """Enter every place into the ledger; documents to be converted become `waiting` and belong to the run."""
        for batch in _batches(places):
            known = ledger.known([place.document_id for place in batch])
            new: list[Row] = []
            changed: list[Row] = []
            for place in batch:
                entry = known.get(place.document_id)
                row = self.look(place, entry)
                if row is not None:
                    (changed if entry is not None else new).append(row | {"run_id": run_id})
                idle()
            ledger.enter([_whole(row) for row in new], changed)
        with ledger.store.writing() as connection:
            self.looked.copies = settle_copies(connection, run_id)
        self.looked.to_do -= self.looked.copies
        self.looked.entered = True

    def look(self, place: Place, entry: RowMapping | None) -> Row | None:
        """The columns a place's entry is to get; None where it stays as it is."""
        self.looked.found += 1
        _, versions = self._wanted.for_folder(folder_of(place.uri))
        same_file = entry is not None and entry["stamp"] == place.stamp and entry["sha256"] is not None
        if entry is not None and same_file and all(entry[key] == new for key, new in versions.columns().items()):
            if entry["state"] in READ or (entry["state"] == State.SKIPPED and entry["same_as"] is None):
                self.looked.unchanged += 1
                return None
            if entry["state"] in LOST and not self._retry:
                self.looked.left += 1
                return None
        row: Row = {
            "document_id": place.document_id,
            "uri": place.uri,
            "path": place.path,
            "name": place.name,
            "size": place.size,
            "stamp": place.stamp,
            "state": State.WAITING,
            "reason": None,
            "same_as": None,
        }
        try:
            row["sha256"] = entry["sha256"] if entry is not None and same_file else self._digest(place)
        except (UnreadableError, MissingComponentError) as fault:
            self.looked.failed += 1
            if len(self.looked.failures) < FAILURES_KEPT:
                self.looked.failures.append((place.uri, State.FAILED, str(fault)))
            return row | {"sha256": None, "state": State.FAILED, "reason": str(fault)} | versions.columns()
        self.looked.to_do += 1
        return row

    def _digest(self, place: Place) -> str:
        if place.fault:
            raise UnreadableError(place.fault)
        if place.size == 0:
            raise empty(place.uri)
        if place.size is not None and place.size > self._limits.size:
            raise too_large(place.uri, self._limits.size)
        return digest_of(place.uri, self._limits.size)


def folder_of(uri: str) -> Path | None:
    """The local folder whose project file holds for a document; None where it lies elsewhere."""
    while parts := split_member(uri):
        uri = parts[1]
    return local_path(uri).parent if uri.startswith("file:") else None


def _whole(row: Row) -> Row:
    """Rows that are added together have the same columns."""
    return {
        "extractor_version": None,
        "pattern_version": None,
        "options_digest": None,
        "attempts": 0,
        "compared": False,
    } | row


def _batches(places: Iterable[Place]) -> Iterator[list[Place]]:
    coming = iter(places)
    while batch := list(islice(coming, BATCH)):
        yield batch
