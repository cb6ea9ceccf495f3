"""Asking the store for a list of figures, a screenful at a time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from townclerk.review.queue import Filters, Item, Outcome
from townclerk.review.queue_filters import browsed
from townclerk.store.database import Store
from townclerk.store.review_tables import review_items
from townclerk.store.tables import documents, observations
from townclerk.store.vocabulary import Review

ROWS = 50
"""Figures a screen."""
_MOST_DOCUMENTS = 500


@dataclass(slots=True, frozen=True)
class Listed:
    """One figure of the list, as the machine read it."""

    key: str
    document: str
    page: int
    indicator: str | None
    label: str
    value_text: str
    role: str
    period: str | None
    area: str | None
    confidence: float | None
    outcome: str
    state: Review


def listed(store: Store, filters: Filters, number: int) -> tuple[list[Listed], int]:
    """One screen of the list, by document and place, and how many figures fit the filters in all.

    Args:
        store: The store.
        filters: Which figures.
        number: Which screen, from 1.
    """
    item, one = review_items.c, observations.c
    asked = (
        select(
            item.observation_id, item.page, item.confidence, item.outcome, item.state, documents.c.name,
            one.indicator_name, one.label, one.value_text, one.role, one.period_code, one.area_name, one.area_kind,
        )
        .join(observations, and_(one.document_id == item.document_id, one.position == item.position))
        .join(documents, documents.c.document_id == item.document_id)
        .where(*browsed(filters))
        .order_by(documents.c.name, item.document_id, item.position)
        .limit(ROWS)
        .offset((number - 1) * ROWS)
    )  # fmt: skip
    counted = select(func.count()).select_from(review_items).where(*browsed(filters))
    with store.reading() as connection:
        rows = connection.execute(asked).mappings().all()
        count = int(connection.execute(counted).scalar() or 0)
    found = [
        Listed(
            row["observation_id"], row["name"], row["page"], row["indicator_name"], row["label"], row["value_text"],
            row["role"], row["period_code"], row["area_name"] or (row["area_kind"] or "").replace("_", " ") or None,
            row["confidence"], row["outcome"], Review(row["state"]),
        )
        for row in rows
    ]  # fmt: skip
    return found, count


def listed_item(item: Item) -> Listed:
    """An item as a row of the list."""
    one = item.observation
    area = (one.area.name or one.area.kind.value.replace("_", " ")) if one.area else None
    return Listed(
        item.key, one.document.name, item.page, one.indicator_name, one.label, one.value_text, one.role.value,
        one.period.code, area, one.confidence, Outcome.UNTESTED.value, item.review,
    )  # fmt: skip


def document_names(store: Store) -> list[tuple[str, str]]:
    """The documents with observations, as (id, name), by name."""
    asked = (
        select(documents.c.document_id, documents.c.name)
        .where(documents.c.observation_count > 0)
        .order_by(documents.c.name, documents.c.document_id)
        .limit(_MOST_DOCUMENTS)
    )
    with store.reading() as connection:
        return [(row.document_id, row.name) for row in connection.execute(asked)]
