"""Decisions as rows of the store, and the readings they are brought to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, and_, select

from townclerk.store.decisions.model import Decision
from townclerk.store.decisions.readings import Reading, reading_of_row
from townclerk.store.tables import decisions, documents, evidence, observations

COLUMNS = tuple(Decision.model_fields)


def to_decision(row: RowMapping) -> Decision:
    """The decision of a row."""
    return Decision(**{name: row[name] for name in COLUMNS})


def decisions_on(connection: Connection, sha256: str) -> list[Decision]:
    """All decisions on one document's bytes, in the order they were written."""
    asked = select(decisions).where(decisions.c.document_sha256 == sha256).order_by(decisions.c.number)
    return [to_decision(row) for row in connection.execute(asked).mappings()]


def decisions_about(connection: Connection, sha256: str, ids: Sequence[str]) -> list[Decision]:
    """The decisions on some observations of one document's bytes, in the order they were written."""
    column = decisions.c
    asked = select(decisions).where(column.observation_id.in_(ids), column.document_sha256 == sha256)
    return [to_decision(row) for row in connection.execute(asked.order_by(column.number)).mappings()]


def documents_of(connection: Connection, sha256: str) -> list[str]:
    """The documents with these bytes, in order of their ids."""
    asked = select(documents.c.document_id).where(documents.c.sha256 == sha256).order_by(documents.c.document_id)
    return [str(one) for one in connection.execute(asked).scalars()]


def reading_rows(
    connection: Connection, document_id: str, positions: Sequence[int] | None = None
) -> Sequence[RowMapping]:
    """A document's observations in short, each with its first place; all of them, or those at some positions."""
    first = and_(
        evidence.c.document_id == observations.c.document_id,
        evidence.c.position == observations.c.position,
        evidence.c.number == 0,
    )
    column = observations.c
    asked = (
        select(
            column.position, column.observation_id, column.indicator_id, column.value, column.value_text,
            column.status, column.unit, column.role, column.area_kind, column.area_name, column.period_code,
            column.report_authority, column.method, column.confidence, column.flags,
            evidence.c.page, evidence.c.start, evidence.c.end, evidence.c.quote, evidence.c.boxes,
        )
        .outerjoin(evidence, first)
        .where(column.document_id == document_id)
        .order_by(column.position)
    )  # fmt: skip
    if positions is not None:
        asked = asked.where(column.position.in_(positions))
    return connection.execute(asked).mappings().all()


def readings_of(connection: Connection, document_id: str) -> list[Reading]:
    """A document's observations as decisions see them."""
    return [reading_of_row(row) for row in reading_rows(connection, document_id)]
