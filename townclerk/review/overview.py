"""What a store holds and how far its review is: numbers for the overview page."""

from __future__ import annotations

from dataclasses import dataclass

from townclerk.store.database import Store
from townclerk.store.series import Series


@dataclass(slots=True, frozen=True)
class Bin:
    """A tenth of the confidence scale: how many readings it holds, and how those decided turned out."""

    low: float
    high: float
    count: int
    decided: int
    right: int


@dataclass(slots=True, frozen=True)
class Coverage:
    """Which periods each indicator has figures for.

    Attributes:
        indicators: Id and name, the most frequent first.
        periods: Last months (2018-12) of periods, oldest first.
        counts: Observations of the reports' own areas by (indicator id, month).
        left_out: Indicators beyond the limit.
    """

    indicators: list[tuple[str, str]]
    periods: list[str]
    counts: dict[tuple[str, str], int]
    left_out: int


@dataclass(slots=True, frozen=True)
class Agreement:
    """Items that several reviewers decided.

    Attributes:
        shared: Items decided by at least two.
        agreed: Of these, with the same outcome.
        pairs: For each two reviewers: items both decided, and those with the same outcome.
        kappa: Cohen's kappa over accept, correct and reject of all pairs; None where nothing is shared.
    """

    shared: int
    agreed: int
    pairs: dict[tuple[str, str], tuple[int, int]]
    kappa: float | None


@dataclass(slots=True, frozen=True)
class Overview:
    """The overview page's numbers.

    Attributes:
        documents: How many documents are in each state.
        observations: How many observations there are, with and without an indicator.
        uncatalogued: Of these, without an indicator.
        states: How many stand where in the review.
        conflicts: Decisions that a new reading contradicts.
        disagreements: Items on which reviewers disagree.
        added: Observations that reviewers added.
        bins: Confidence in tenths.
        failures: Reasons for which documents came to nothing, the most frequent first.
        reviewers: Decisions by reviewer that hold.
        agreement: Where several decided the same item.
    """

    documents: dict[str, int]
    observations: int
    uncatalogued: int
    states: dict[str, int]
    conflicts: int
    disagreements: int
    added: int
    bins: list[Bin]
    failures: list[tuple[str, int]]
    reviewers: dict[str, int]
    agreement: Agreement


def read_overview(store: Store) -> Overview:
    """The numbers of a store."""
    raise NotImplementedError


def read_coverage(store: Store, authority: str | None = None, limit: int = 40) -> Coverage:
    """The heat map of indicators by period."""
    raise NotImplementedError


def series_choices(store: Store, limit: int = 200) -> list[tuple[str, str, int]]:
    """Indicators with dated values: id, name, how many; the most frequent first."""
    raise NotImplementedError


def overview_series(store: Store, indicator_id: str, authority: str | None = None) -> Series:
    """One indicator's series with targets and comparators, as `townclerk.store.plotting.draw` takes it."""
    raise NotImplementedError
