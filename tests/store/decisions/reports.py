"""Stores for tests of decisions: reports with a figure a line, read once or read anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.store.samples import VERSIONS, entry, full_observation
from townclerk.models.observation import Observation
from townclerk.store.database import Store, open_store
from townclerk.store.ledger import Ledger, Outcome, State
from townclerk.store.rows import to_rows

SHA256 = "5" * 64


def figure(number: int, confidence: float | None = 0.5, *, page: int = 1, **changes: Any) -> Observation:
    """The reading of the figure that stands in line `number` of a report (a hundred characters a line)."""
    plain = full_observation().model_dump(mode="json")
    start = number * 100
    place = {"page": page, "boxes": [[72.0, start, 200.0, start + 12.0]], "start": start, "end": start + 13,
             "quote": "fell to 71.4%"}  # fmt: skip
    made = {"observation_id": f"line-{number}", "confidence": confidence, "evidence": [place], "flags": []}
    return Observation.model_validate(plain | made | changes)


def read(store: Store, observations: Iterable[Observation], document_id: str = "d1", sha256: str = SHA256) -> None:
    """Convert a document into the store, in place of what was read from it before."""
    ledger = Ledger(store)
    if document_id not in ledger.known([document_id]):
        ledger.enter([entry(document_id, sha256=sha256)], [])
    ledger.finish(document_id, Outcome(State.DONE, rows=to_rows(document_id, list(observations))), VERSIONS)


def new_store(folder: Path, observations: Iterable[Observation] = (), name: str = "x.db") -> Store:
    """A store with one report."""
    store = open_store(str(folder / name), create=True)
    read(store, observations)
    return store
