"""What a reviewer filters by, and the conditions it makes on the items kept ready."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, or_, select, tuple_
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import KeyedColumnElement

from townclerk.store.decisions.model import Action
from townclerk.store.review_tables import review_flags, review_items
from townclerk.store.tables import decisions, near_duplicates
from townclerk.store.vocabulary import Review

Condition = ColumnElement[bool]
Columns = ReadOnlyColumnCollection[str, Column[Any]] | ReadOnlyColumnCollection[str, KeyedColumnElement[Any]]


class Outcome(StrEnum):
    """What the checks of an observation came to."""

    CONTRADICTED = "contradicted"
    SUPPORTED = "supported"
    UNTESTED = "untested"


@dataclass(slots=True, frozen=True)
class Filters:
    """Which items are wanted; what is left out does not matter.

    Attributes:
        indicator: Id in the catalogue; "" for figures without one.
        authority: Name of the reporting authority.
        document: Id of the document in the store.
        least: At least so sure.
        most: At most so sure. Where `least` or `most` is given, sure readings are queued like others.
        outcome: What the checks came to.
        flag: A flag that the observation carries.
        state: How it stands in the review; None for what waits for a decision.
        conflict: Only decisions that a new reading of the document contradicts.
        disagreement: Only items on which reviewers disagree.
        audit: Only the audit's random sample of sure readings.
    """

    indicator: str | None = None
    authority: str | None = None
    document: str | None = None
    least: float | None = None
    most: float | None = None
    outcome: Outcome | None = None
    flag: str | None = None
    state: Review | None = None
    conflict: bool = False
    disagreement: bool = False
    audit: bool = False

    @property
    def browses(self) -> bool:
        """Whether it is about what was decided: gone through in the documents' order, each item once."""
        return self.state not in {None, Review.UNDECIDED} or self.conflict or self.disagreement

    @property
    def queues_all(self) -> bool:
        """Whether sure readings are queued like others."""
        return self.state is Review.UNDECIDED or self.least is not None or self.most is not None or self.audit

    @property
    def is_plain(self) -> bool:
        """Whether nothing is left out of what waits."""
        return self == Filters()


def narrowing(filters: Filters, item: Columns = review_items.c) -> list[Condition]:
    """The conditions but for the state.

    Args:
        filters: What is wanted.
        item: The columns of `review_items`, or of a query that has them all.
    """
    found: list[Condition] = []
    if filters.indicator is not None:
        found.append(item.indicator_id == filters.indicator if filters.indicator else item.indicator_id.is_(None))
    if filters.authority is not None:
        found.append(item.authority == filters.authority)
    if filters.document is not None:
        found.append(item.document_id == filters.document)
    if filters.least is not None:
        found.append(item.confidence >= filters.least)
    if filters.most is not None:
        unknown = [item.confidence.is_(None)] if filters.least is None else []
        found.append(or_(item.confidence <= filters.most, *unknown))
    if filters.outcome is not None:
        found.append(item.outcome == filters.outcome.value)
    if filters.flag is not None:
        flagged = select(review_flags.c.document_id, review_flags.c.position).where(review_flags.c.flag == filters.flag)
        if item is review_items.c:
            found.append(tuple_(item.document_id, item.position).in_(flagged))
        else:
            own = flagged.where(
                review_flags.c.document_id == item.document_id, review_flags.c.position == item.position
            )
            found.append(own.exists())
    if filters.audit:
        found.append(item.audit.is_(True))
    if filters.conflict:
        found.append(item.conflict.is_not(None))
    if filters.disagreement:
        found.append(item.disagreement.is_(True))
    return found


def waiting(filters: Filters, reviewer: str, item: Columns = review_items.c) -> list[Condition]:
    """The conditions on what waits for a decision of this reviewer; `item` is as for `narrowing`.

    Figures of near-duplicates, which series do not count, wait only where their document is asked for by name.
    """
    found = [*narrowing(filters, item), item.state == Review.UNDECIDED.value]
    if filters.document is None:
        found.append(item.document_id.not_in(select(near_duplicates.c.document_id)))
    if not filters.queues_all:
        found.append(item.queued.is_(True))
    return [*found, item.observation_id.not_in(skipped_by(reviewer))]


def browsed(filters: Filters) -> list[Condition]:
    """The conditions on what is gone through although it is decided."""
    found = narrowing(filters)
    if filters.state is not None:
        found.append(review_items.c.state == filters.state.value)
    if filters.state not in {None, Review.UNDECIDED}:
        # Says nothing new to a reader, but names the index that holds decided items only.
        found.append(review_items.c.settled_by.is_not(None))
    return found


def skipped_by(reviewer: str) -> Select[tuple[str | None]]:
    """The ids of the observations that a reviewer left to others."""
    undoing = decisions.alias("undoing")
    return select(decisions.c.observation_id).where(
        decisions.c.reviewer == reviewer,
        decisions.c.action == Action.SKIP.value,
        decisions.c.observation_id.is_not(None),
        ~select(undoing.c.decision_id).where(undoing.c.undoes == decisions.c.decision_id).exists(),
    )
