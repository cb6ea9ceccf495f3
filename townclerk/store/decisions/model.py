"""A decision: one line of the log."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import Field, field_validator, model_validator

from townclerk.models.errors import StoreError
from townclerk.models.observation import Record


class Action(StrEnum):
    """What a reviewer did."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    SKIP = "skip"
    ADD = "add"
    PHRASE = "phrase"
    UNDO = "undo"


SETTLING = frozenset({Action.ACCEPT, Action.CORRECT, Action.REJECT, Action.ADD})
"""Actions that say what becomes of a figure."""


class Decision(Record):
    """One line of the log, as it is stored, exported and imported.

    A decision hangs on the document's bytes and the figure's place, not on a row of the store, so that it is still
    there when the document is read anew.
    """

    decision_id: str = Field(min_length=1)
    decided_at: str = Field(description="UTC, ISO 8601 with microseconds")
    reviewer: str = Field(min_length=1)
    action: Action
    document_sha256: str = Field(min_length=1)
    figure_start: int | None = Field(default=None, description="First character of the figure in the document's text")
    figure_end: int | None = None
    observation_id: str | None = Field(default=None, description="The observation it is about, as it was then")
    before: dict[str, Any] | None = Field(default=None, description="The whole observation as the reviewer saw it")
    after: dict[str, Any] | None = Field(
        default=None,
        description="correct: the fields that change; add: the whole observation; phrase: `phrase`, `indicator_id`",
    )
    note: str | None = Field(default=None, description="Why, in the reviewer's words")
    seconds: float | None = Field(default=None, ge=0, description="How long the reviewer looked at it")
    undoes: str | None = None

    @field_validator("decided_at")
    @classmethod
    def _is_a_moment(cls, text: str) -> str:
        if datetime.fromisoformat(text).tzinfo is None:
            raise ValueError("say the time zone: 2019-03-14T09:30:00.000000+00:00")
        return text

    @model_validator(mode="after")
    def _has_what_its_action_needs(self) -> Decision:
        if self.action is Action.UNDO and self.undoes is None:
            raise ValueError("an undo names the decision it undoes")
        if self.action in {Action.CORRECT, Action.ADD, Action.PHRASE} and not self.after:
            raise ValueError(f"{self.action.value} says in `after` what it changes")
        if self.action in {Action.ACCEPT, Action.CORRECT, Action.REJECT, Action.SKIP, Action.ADD} and (
            self.observation_id is None
        ):
            raise ValueError(f"{self.action.value} names an observation")
        return self

    @property
    def order(self) -> tuple[str, str]:
        """Decisions hold in this order, the last one first, in whatever order two logs were put together."""
        moment = datetime.fromisoformat(self.decided_at).astimezone(UTC)
        return moment.isoformat(timespec="microseconds"), self.decision_id


class DecisionConflictError(StoreError):
    """Someone else decided this item since the reviewer saw it; nothing was written.

    Attributes:
        latest: The decision the reviewer had not seen; None where the one seen was undone or is not there.
    """

    def __init__(self, message: str, latest: Decision | None) -> None:
        super().__init__(message)
        self.latest = latest
