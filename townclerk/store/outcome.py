"""What comes of a document: its state, and everything read from it as rows. Light: workers load no database for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from townclerk.store.rows import ObservationRows, Row


class State(StrEnum):
    """What became of a document."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    SKIPPED = "skipped"


READ = (State.DONE, State.PARTIAL)
LOST = (State.FAILED, State.TIMED_OUT, State.CRASHED)


@dataclass(slots=True, frozen=True)
class Versions:
    """What a conversion was made with: where one differs from the ledger's, the document is done again."""

    extractor_version: str
    pattern_version: str
    options_digest: str

    def columns(self) -> Row:
        """As columns of `documents`."""
        return {
            "extractor_version": self.extractor_version,
            "pattern_version": self.pattern_version,
            "options_digest": self.options_digest,
        }


@dataclass(slots=True)
class Outcome:
    """What came of one document, as rows ready to be written.

    Attributes:
        state: Its state.
        reason: Why, where it is not done.
        seconds: How long it took.
        facts: Columns of `documents`: what it says of itself, pages read, how many observations.
        rows: Its observations.
        pages: Its pages.
        unlinked: Its figures without an indicator.
        sketch: Hashes that stand for its text, to find near-duplicates.
        passing: True where its place failed, not the document: the next run tries it again.
    """

    state: State
    reason: str | None = None
    seconds: float = 0.0
    facts: Row = field(default_factory=dict)
    rows: ObservationRows = field(default_factory=ObservationRows)
    pages: list[Row] = field(default_factory=list)
    unlinked: list[Row] = field(default_factory=list)
    sketch: list[int] = field(default_factory=list)
    passing: bool = False
