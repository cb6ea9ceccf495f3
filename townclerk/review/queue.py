"""What to look at next: the most doubtful figures first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from townclerk.models.observation import Observation
from townclerk.store.database import Store
from townclerk.store.decisions.model import Decision
from townclerk.store.vocabulary import Review

CONFIDENT = 0.9
"""A reading at least so sure is not queued, unless it is drawn for the audit."""


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
        head: Id of the last decision on it, to be handed to `DecisionLog.append` as `seen`; None where there is none.
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


@dataclass(slots=True, frozen=True)
class Progress:
    """How far the review is.

    Attributes:
        waiting: Items of the queue that nobody has decided.
        decided: Items decided, by anybody.
        accepted: Of these.
        corrected: Of these.
        rejected: Of these.
        by_reviewer: Decisions of the reviewer that hold.
        skipped: Items the reviewer skipped and nobody decided.
        pages: Pages with an item that waits.
        timed: Decisions with a time taken, over the whole log.
        order: "doubt" or "errors a minute": what the queue is ordered by.
        seconds_a_decision: Median over the log; None where nothing is timed.
    """

    waiting: int
    decided: int
    accepted: int
    corrected: int
    rejected: int
    by_reviewer: int
    skipped: int
    pages: int
    timed: int
    order: str
    seconds_a_decision: float | None


class Queue:
    """The queue of a store. It holds nothing itself: several servers can serve one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def next(self, filters: Filters, reviewer: str, after: str | None = None) -> Item | None:
        """The next item to decide on.

        Args:
            filters: Which items are wanted.
            reviewer: Who asks; what they skipped is passed over.
            after: The observation id of the item just dealt with: its page is finished first.

        Returns:
            None where nothing is left.
        """
        raise NotImplementedError

    def next_document(self, filters: Filters, reviewer: str, after: str) -> Item | None:
        """The next item of another document than that of the item `after`."""
        raise NotImplementedError

    def item(self, observation_id: str) -> Item | None:
        """One item, wherever it stands; None where the store has none of this id."""
        raise NotImplementedError

    def page_items(self, document: str, page: int, filters: Filters) -> list[Item]:
        """The items of one page, decided or not, in the order of the text.

        Args:
            document: The document's id in the store.
            page: Page number, from 1.
            filters: Which items are wanted; `Filters()` for all of the page (its state is not asked for).
        """
        raise NotImplementedError

    def progress(self, filters: Filters, reviewer: str) -> Progress:
        """Counts for the reader."""
        raise NotImplementedError

    def choices(self) -> dict[str, list[str]]:
        """What can be filtered by: `indicator`, `authority`, `flag`, each in order of name."""
        raise NotImplementedError
