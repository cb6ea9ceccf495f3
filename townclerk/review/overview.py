"""What a store holds and how far its review is: numbers for the overview page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from townclerk.review.overview_agreement import Agreement, read_agreement
from townclerk.store.database import Store
from townclerk.store.decided import Decisions
from townclerk.store.history import failures, states
from townclerk.store.review_tables import review_documents, review_items
from townclerk.store.series import Series, read_series
from townclerk.store.tables import observations
from townclerk.store.vocabulary import Review

_BINS = 10


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
    with store.reading() as connection:
        sums = _sums(connection)
        found = _bins(connection)
        item = review_items.c
        counted = select(func.count(), func.sum(case((item.indicator_id.is_(None), 1), else_=0)))
        count, uncatalogued = connection.execute(counted).one()
        held = select(item.settled_by, func.count()).where(item.settled_by.is_not(None)).group_by(item.settled_by)
        reviewers = {str(name): int(number) for name, number in connection.execute(held.order_by(item.settled_by))}
    return Overview(
        documents=states(store),
        observations=int(count),
        uncatalogued=int(uncatalogued or 0),
        states={state.value: sums[state.value] for state in Review},
        conflicts=sums["conflicts"] + sums["kept_conflicts"],
        disagreements=sums["disagreements"] + sums["kept_disagreements"],
        added=sums["added"],
        bins=found,
        failures=_reasons(store),
        reviewers=reviewers,
        agreement=read_agreement(Decisions(store)),
    )


def read_coverage(store: Store, authority: str | None = None, limit: int = 40) -> Coverage:
    """The heat map of indicators by the month their periods end in, for the reports' own areas.

    Args:
        store: The store.
        authority: Whose reports; None for all.
        limit: So many indicators, the most frequent ones.
    """
    column = observations.c
    month = func.substr(column.period_end, 1, 7)
    asked = (
        select(column.indicator_id, func.max(column.indicator_name), month, func.count())
        .where(column.indicator_id.is_not(None), column.period_end.is_not(None))
        .where(column.is_reporting_authority.is_(True), column.role == "actual")
        .group_by(column.indicator_id, month)
    )
    if authority is not None:
        asked = asked.where(column.report_authority == authority)
    counts: dict[tuple[str, str], int] = {}
    names: dict[str, str] = {}
    totals: Counter[str] = Counter()
    with store.reading() as connection:
        for indicator_id, name, ends, number in connection.execute(asked):
            counts[indicator_id, ends] = int(number)
            names[indicator_id] = name or indicator_id
            totals[indicator_id] += int(number)
    kept = sorted(totals, key=lambda one: (-totals[one], one))[:limit]
    shown = {key: number for key, number in counts.items() if key[0] in set(kept)}
    return Coverage(
        indicators=[(one, names[one]) for one in kept],
        periods=sorted({ends for _, ends in shown}),
        counts=shown,
        left_out=len(totals) - len(kept),
    )


def series_choices(store: Store, limit: int = 200) -> list[tuple[str, str, int]]:
    """Indicators with dated values: id, name, how many; the most frequent first."""
    column = observations.c
    asked = (
        select(column.indicator_id, func.max(column.indicator_name), func.count().label("number"))
        .where(column.indicator_id.is_not(None), column.period_code.is_not(None), column.value.is_not(None))
        .group_by(column.indicator_id)
        .order_by(func.count().desc(), column.indicator_id)
        .limit(limit)
    )
    with store.reading() as connection:
        return [(one, name or one, int(number)) for one, name, number in connection.execute(asked)]


def overview_series(store: Store, indicator_id: str, authority: str | None = None) -> Series:
    """One indicator's series with targets and comparators, as `townclerk.store.plotting.draw` takes it."""
    return read_series(store, indicator_id, authority)


def _sums(connection: Connection) -> Counter[str]:
    column = review_documents.c
    names = [one.name for one in column if one.name != "document_id"]
    row = connection.execute(select(*(func.sum(column[name]).label(name) for name in names))).mappings().one()
    return Counter({name: int(row[name] or 0) for name in names})


def _bins(connection: Connection) -> list[Bin]:
    item = review_items.c
    tenth = case(*((item.confidence < (n + 1) / _BINS, n) for n in range(_BINS - 1)), else_=_BINS - 1)
    decided = func.sum(case((item.state == Review.UNDECIDED.value, 0), else_=1))
    right = func.sum(case((item.state == Review.ACCEPTED.value, 1), else_=0))
    asked = select(tenth.label("tenth"), func.count(), decided, right).where(item.confidence.is_not(None))
    found = {row[0]: row for row in connection.execute(asked.group_by(tenth))}
    bins = []
    for number in range(_BINS):
        _, count, settled, kept = found.get(number, (number, 0, 0, 0))
        bins.append(Bin(number / _BINS, (number + 1) / _BINS, int(count), int(settled or 0), int(kept or 0)))
    return bins


def _reasons(store: Store) -> list[tuple[str, int]]:
    """Why documents came to nothing, without their names, so that like reasons are counted together."""
    reasons: Counter[str] = Counter()
    for path, state, reason in failures(store):
        name = path.replace("\\", "/").rsplit("/", 1)[-1]
        reasons[reason.replace(path, "").replace(name, "").lstrip(": ") or state] += 1
    return sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
