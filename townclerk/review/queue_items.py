"""Items: observations with where they stand, ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from townclerk.models.observation import Observation
from townclerk.store.decided import overlaid
from townclerk.store.decisions.anchoring import anchor
from townclerk.store.decisions.audit import CONFIDENT
from townclerk.store.decisions.model import Decision
from townclerk.store.decisions.readings import reading_of
from townclerk.store.decisions.refresh import standings_of
from townclerk.store.decisions.standing import NOTHING, Standing
from townclerk.store.decisions.stored import decisions_on, readings_of
from townclerk.store.observations import observations_at
from townclerk.store.review_tables import review_documents
from townclerk.store.tables import decisions, documents
from townclerk.store.vocabulary import Review


@dataclass(slots=True, frozen=True)
class Item:
    """One figure to decide on.

    Attributes:
        document_id: The document in the store.
        position: Its number among the document's observations; None for one that a reviewer added or that the document
            no longer gives.
        page: The page it is shown on.
        figure_start: First character of the figure in the document's text.
        figure_end: Its end, exclusive.
        observation: The machine's reading (for an added one: what the reviewer added).
        settled: The reading as decided; the machine's own where nothing is.
        review: Where it stands.
        head: Id of the last decision on it, to be handed to `DecisionLog` as `seen`; None where there is none.
        decisions: Everything decided on it, oldest first.
        conflict: What a new reading of the document contradicts, in a sentence; "" where nothing is.
        disagreement: Whether reviewers decided differently.
        audit: Whether it is here as part of the random sample of sure readings.
        why: Why it is in the queue, in a sentence.
    """

    document_id: str
    position: int | None
    page: int
    figure_start: int
    figure_end: int
    observation: Observation
    settled: Observation
    review: Review
    head: str | None
    decisions: tuple[Decision, ...]
    conflict: str
    disagreement: bool
    audit: bool
    why: str

    @property
    def key(self) -> str:
        """The item's id in addresses: that of its observation."""
        return self.observation.observation_id


def items_of(connection: Connection, document_id: str, rows: Sequence[RowMapping]) -> list[Item]:
    """The items of some rows of `review_items`, all of one document, in their order."""
    if not rows:
        return []
    found = observations_at(connection, document_id, [row["position"] for row in rows])
    standings = standings_of(connection, rows)
    return [
        _item(row, found[row["position"]], standings.get(row["observation_id"], NOTHING))
        for row in rows
        if row["position"] in found
    ]


def kept_items(connection: Connection, document_id: str, sha256: str) -> list[Item]:
    """What reviewers added to a document, or settled in it and it no longer gives."""
    asked = select(review_documents.c.kept).where(review_documents.c.document_id == document_id)
    if not connection.execute(asked).scalar():
        return []
    kept = anchor(decisions_on(connection, sha256), readings_of(connection, document_id)).kept
    return [_kept_item(document_id, standing) for standing in kept.values() if standing.decided is not None]


def kept_item(connection: Connection, observation_id: str) -> Item | None:
    """One of these by its id, in whatever document."""
    about = select(decisions.c.document_sha256).where(decisions.c.observation_id == observation_id).limit(1)
    sha256 = connection.execute(about).scalar()
    if sha256 is None:
        return None
    asked = select(documents.c.document_id).where(documents.c.sha256 == sha256).order_by(documents.c.document_id)
    for document_id in connection.execute(asked).scalars():
        for one in kept_items(connection, str(document_id), str(sha256)):
            if one.key == observation_id:
                return one
    return None


def _item(row: RowMapping, observation: Observation, standing: Standing) -> Item:
    return Item(
        document_id=row["document_id"],
        position=row["position"],
        page=row["page"],
        figure_start=row["figure_start"],
        figure_end=row["figure_end"],
        observation=observation,
        settled=overlaid(observation, standing),
        audit=bool(row["audit"]),
        why=_why(row, standing),
        **_of_standing(standing),
    )


def _kept_item(document_id: str, standing: Standing) -> Item:
    observation = Observation.model_validate(standing.decided)
    reading = reading_of(observation.model_dump(mode="json"), standing.figure)
    return Item(
        document_id=document_id,
        position=None,
        page=reading.page,
        figure_start=reading.start,
        figure_end=reading.end,
        observation=observation,
        settled=observation,
        audit=False,
        why=standing.conflict or "added by a reviewer",
        **_of_standing(standing),
    )


def _of_standing(standing: Standing) -> dict[str, Any]:
    return {
        "review": standing.review,
        "head": standing.head.decision_id if standing.head else None,
        "decisions": standing.decisions,
        "conflict": standing.conflict,
        "disagreement": standing.disagreement,
    }


def _why(row: RowMapping, standing: Standing) -> str:
    """Why it is in the queue."""
    if standing.conflict:
        return standing.conflict
    if standing.disagreement:
        return "reviewers decided differently"
    if standing.holds is not None:
        return f"{standing.review.value} by {standing.holds.reviewer}"
    if row["audit"]:
        return "drawn at random from the sure readings, to see whether they are right"
    if row["confidence"] is None:
        return "how sure this reading is cannot be said"
    sure = f"{row['confidence']:.0%} sure"
    if row["outcome"] == "contradicted":
        return f"{sure}, and the report contradicts it"
    return sure if row["confidence"] < CONFIDENT else f"{sure}, asked for by the filters"
