"""Asking a store for observations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, and_, func, or_, select

from townclerk.models.observation import Observation
from townclerk.models.units import Role
from townclerk.store.database import Store
from townclerk.store.rows import to_observation
from townclerk.store.tables import checks, commentary, documents, evidence, near_duplicates, observations

_AT_ONCE = 500


@dataclass(slots=True, frozen=True)
class Wanted:
    """Which observations are wanted; what is left out does not matter.

    Attributes:
        indicators: Ids in the catalogue.
        authorities: Names of reporting authorities, in any case.
        role: Actual values or targets.
        min_confidence: At least so sure.
        period_from: ISO date; periods that end on it or later.
        period_to: ISO date; periods that end on it or earlier.
        documents: Ids of documents.
        once: Leave out documents of which a near-duplicate is kept.
        catalogued: Leave out figures without an indicator.
    """

    indicators: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    role: Role | None = None
    min_confidence: float = 0.0
    period_from: str | None = None
    period_to: str | None = None
    documents: tuple[str, ...] = ()
    once: bool = False
    catalogued: bool = False


def stored_observations(store: Store, wanted: Wanted) -> Iterator[Observation]:
    """The wanted observations, by document and place, read in small batches."""
    for row, observation in stored_rows(store, wanted):
        del row
        yield observation


def stored_rows(store: Store, wanted: Wanted) -> Iterator[tuple[RowMapping, Observation]]:
    """The wanted observations, each with its row (and its document's `path`, `name` and `sha256`)."""
    last: tuple[str, int] | None = None
    while True:
        asked = _asked(wanted).limit(_AT_ONCE)
        if last is not None:
            asked = asked.where(_after(last))
        with store.reading() as connection:
            rows = connection.execute(asked).mappings().all()
            if not rows:
                return
            parts = [_parts(connection, table, rows) for table in (evidence, checks, commentary)]
        for row in rows:
            key = (row["document_id"], row["position"])
            yield row, to_observation(row, *(part[key] for part in parts))
        last = (rows[-1]["document_id"], rows[-1]["position"])


def observations_at(connection: Connection, document_id: str, positions: Sequence[int]) -> dict[int, Observation]:
    """Some observations of one document, by position; positions it has not are left out."""
    column = observations.c
    asked = _asked(Wanted()).where(column.document_id == document_id, column.position.in_(positions))
    rows = connection.execute(asked).mappings().all()
    if not rows:
        return {}
    parts = [_parts(connection, table, rows) for table in (evidence, checks, commentary)]
    return {
        row["position"]: to_observation(row, *(part[document_id, row["position"]] for part in parts)) for row in rows
    }


def observations_named(store: Store, beginning: str, most: int = 20) -> list[Observation]:
    """The observations whose id begins so, by document and place; `most` at most."""
    column = observations.c
    asked = _asked(Wanted()).where(column.observation_id.startswith(beginning, autoescape=True)).limit(most)
    with store.reading() as connection:
        rows = connection.execute(asked).mappings().all()
        return [
            one for row in rows for one in observations_at(connection, row["document_id"], [row["position"]]).values()
        ]


def confidences(store: Store, run_id: int, bounds: Sequence[float]) -> list[int]:
    """How many observations that a run wrote are at least so sure, for each of `bounds`; the last count is of all."""
    written = (
        select(func.count())
        .select_from(observations.join(documents, documents.c.document_id == observations.c.document_id))
        .where(documents.c.run_id == run_id)
    )
    with store.reading() as connection:
        sure = [connection.scalar(written.where(observations.c.confidence >= bound)) or 0 for bound in bounds]
        return [*sure, connection.scalar(written) or 0]


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The wishes as conditions on `observations`."""
    column = observations.c
    found: list[ColumnElement[bool]] = []
    if wanted.indicators:
        found.append(column.indicator_id.in_(wanted.indicators))
    if wanted.authorities:
        found.append(func.lower(column.report_authority).in_([name.lower() for name in wanted.authorities]))
    if wanted.role is not None:
        found.append(column.role == wanted.role.value)
    if wanted.min_confidence > 0:
        found.append(column.confidence >= wanted.min_confidence)
    if wanted.period_from:
        found.append(column.period_end >= wanted.period_from)
    if wanted.period_to:
        found.append(column.period_end <= wanted.period_to)
    if wanted.documents:
        found.append(column.document_id.in_(wanted.documents))
    if wanted.once:
        found.append(column.document_id.not_in(select(near_duplicates.c.document_id)))
    if wanted.catalogued:
        found.append(column.indicator_id.is_not(None))
    return found


def fits(observation: Observation, wanted: Wanted) -> bool:
    """Whether an observation meets the wishes that are about itself: all but `documents` and `once`."""
    end, authority = observation.period.end, observation.document.authority.name
    return (
        (not wanted.indicators or observation.indicator_id in wanted.indicators)
        and (not wanted.authorities or (authority or "").lower() in {name.lower() for name in wanted.authorities})
        and (wanted.role is None or observation.role is wanted.role)
        and (wanted.min_confidence <= 0 or (observation.confidence or 0.0) >= wanted.min_confidence)
        and (not wanted.period_from or (end is not None and end >= wanted.period_from))
        and (not wanted.period_to or (end is not None and end <= wanted.period_to))
        and (not wanted.catalogued or observation.indicator_id is not None)
    )


def _asked(wanted: Wanted) -> Select[Any]:
    return (
        select(observations, documents.c.path, documents.c.name, documents.c.sha256)
        .join(documents, documents.c.document_id == observations.c.document_id)
        .where(*conditions(wanted))
        .order_by(observations.c.document_id, observations.c.position)
    )


def _after(last: tuple[str, int]) -> ColumnElement[bool]:
    document_id, position = last
    column = observations.c
    return or_(column.document_id > document_id, and_(column.document_id == document_id, column.position > position))


def _parts(
    connection: Connection, table: Table, rows: Sequence[RowMapping]
) -> Mapping[tuple[str, int], list[RowMapping]]:
    """The dependants of some observations, by observation, in their order."""
    found: defaultdict[tuple[str, int], list[RowMapping]] = defaultdict(list)
    positions: dict[str, list[int]] = {}
    for row in rows:
        positions.setdefault(row["document_id"], []).append(row["position"])
    for document_id, own in positions.items():
        asked = (
            select(table)
            .where(table.c.document_id == document_id, table.c.position.between(min(own), max(own)))
            .order_by(table.c.position, table.c.number)
        )
        for part in connection.execute(asked).mappings():
            found[document_id, part["position"]].append(part)
    return found
