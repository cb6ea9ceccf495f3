"""What reviewers decided of each observation: the last decision that was not undone holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from townclerk.models.observation import Observation
from townclerk.store.database import Store
from townclerk.store.tables import decisions
from townclerk.store.vocabulary import Review

_BY_ACTION = {"accept": Review.ACCEPTED, "correct": Review.CORRECTED, "reject": Review.REJECTED}


@dataclass(slots=True, frozen=True)
class Decided:
    """The decision that holds for an observation, and the fields it changes."""

    review: Review
    after: dict[str, Any]


class Decisions:
    """The decisions of a store, as they stood when this was made."""

    def __init__(self, store: Store) -> None:
        self._by_id: dict[str, Decided] = {}
        asked = select(decisions).order_by(decisions.c.number)
        with store.reading() as connection:
            entered = connection.execute(asked).all()
        undone = {row.undoes for row in entered if row.undoes}
        for row in entered:
            if row.action in _BY_ACTION and row.observation_id and row.decision_id not in undone:
                self._by_id[row.observation_id] = Decided(_BY_ACTION[row.action], row.after or {})

    def review(self, observation: Observation) -> Review:
        """Where an observation stands."""
        found = self._by_id.get(observation.observation_id)
        return found.review if found else Review.UNDECIDED

    def settled(self, observation: Observation) -> Observation:
        """The observation as decided: a corrected one with the fields the reviewer gave."""
        found = self._by_id.get(observation.observation_id)
        if found is None or found.review is not Review.CORRECTED:
            return observation
        return Observation.model_validate(observation.model_dump(mode="json") | found.after)
