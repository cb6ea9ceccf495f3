"""Writing to the log and reading it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from townclerk.models.observation import Observation
from townclerk.store.database import Store
from townclerk.store.decisions.model import Decision


class DecisionLog:
    """The log of one store.

    `seen` is the last decision (`Item.head`) the reviewer saw of the item, None where there was none; where somebody
    decided since, `DecisionConflictError` is raised and nothing is written. `more` may hold `note`, `seconds`,
    `decision_id` (of the caller's making: writing the same decision twice writes it once) and `figure`, the figure's
    own span in the document's text (`Item.figure_start`, `Item.figure_end`).
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def accept(self, about: Observation, reviewer: str, seen: str | None, **more: Any) -> Decision:
        """Say that a reading is right."""
        raise NotImplementedError

    def correct(
        self, about: Observation, after: dict[str, Any], reviewer: str, seen: str | None, **more: Any
    ) -> Decision:
        """Say what is right: `after` holds the keys that change, each whole (`period`, `area`, `value`)."""
        raise NotImplementedError

    def reject(self, about: Observation, reviewer: str, seen: str | None, **more: Any) -> Decision:
        """Say that the figure is no observation at all."""
        raise NotImplementedError

    def skip(self, about: Observation, reviewer: str, seen: str | None, **more: Any) -> Decision:
        """Leave it to others; it does not come again for this reviewer."""
        raise NotImplementedError

    def add(self, observation: Observation, reviewer: str, **more: Any) -> Decision:
        """Add an observation that the machine missed."""
        raise NotImplementedError

    def phrase(
        self, phrase: str, indicator_id: str, document_sha256: str, start: int, end: int, reviewer: str, **more: Any
    ) -> Decision:
        """Say that a phrase of the document names an indicator."""
        raise NotImplementedError

    def undo(self, decision_id: str, reviewer: str, **more: Any) -> Decision:
        """Take a decision back, by a new decision.

        Raises:
            DecisionConflictError: If it was undone already.
        """
        raise NotImplementedError

    def last_of(self, reviewer: str) -> Decision | None:
        """The reviewer's last decision that can be undone."""
        raise NotImplementedError

    def all(self) -> Sequence[Decision]:
        """Every decision, in the order they were written."""
        raise NotImplementedError
