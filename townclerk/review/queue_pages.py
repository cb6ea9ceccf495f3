"""Which page to open next."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, select

from townclerk.review.queue_filters import Condition, Filters
from townclerk.store.decisions.pace import page_rate, read_pace
from townclerk.store.review_tables import review_items, review_pages

FEW = 500
"""So many matching items are weighed page by page; of more, the best of the whole queue are looked at first."""

_CHUNKS = (500, 5000)

Place = tuple[str, int]


def best_page(connection: Connection, filters: Filters, conditions: Sequence[Condition]) -> Place | None:
    """The page whose matching items are worth most.

    With `conditions` on `review_items` that many items meet, the costs stay bounded: by doubt, the most doubtful
    matching item is found through its index; by errors a minute, the best of the pages that rank highest over all.
    """
    if filters.is_plain:
        return _first_of_all(connection, conditions)
    if not _are_few(connection, conditions):
        pace, _ = read_pace(connection)
        find = _among_best_pages if pace.by_minute else _among_most_doubtful
        for chunk in _CHUNKS:
            if (found := find(connection, conditions, chunk)) is not None:
                return found
    return _best_of_few(connection, conditions)


def _among_most_doubtful(connection: Connection, conditions: Sequence[Condition], chunk: int) -> Place | None:
    """The page of the most doubtful matching item, if it is among so many of the most doubtful."""
    item = review_items.c
    top = select(item.document_id, item.position).order_by(item.worth.desc()).limit(chunk).subquery()
    there = and_(item.document_id == top.c.document_id, item.position == top.c.position)
    asked = select(item.document_id, item.page).select_from(top.join(review_items, there)).where(*conditions)
    asked = asked.order_by(item.worth.desc(), item.document_id, item.page).limit(1)
    return _place(connection.execute(asked).first())


def _among_best_pages(connection: Connection, conditions: Sequence[Condition], chunk: int) -> Place | None:
    """The page whose matching items are worth most among so many of the pages that are worth most over all."""
    pages, item = review_pages.c, review_items.c
    pace, _ = read_pace(connection)
    top = (
        select(pages.document_id, pages.page)
        .where(pages.waiting > 0)
        .order_by(pages.rate.desc(), pages.document_id, pages.page)
        .limit(chunk)
        .subquery()
    )
    there = and_(item.document_id == top.c.document_id, item.page == top.c.page)
    asked = select(item.document_id, item.page).select_from(top.join(review_items, there)).where(*conditions)
    asked = asked.group_by(item.document_id, item.page).order_by(*_ranked(page_rate(pace))).limit(1)
    return _place(connection.execute(asked).first())


def _first_of_all(connection: Connection, conditions: Sequence[Condition]) -> Place | None:
    pages, item = review_pages.c, review_items.c
    one_waits = (
        select(item.position)
        .where(item.document_id == pages.document_id, item.page == pages.page, *conditions)
        .correlate(review_pages)
        .exists()
    )
    asked = (
        select(pages.document_id, pages.page)
        .where(pages.waiting > 0, one_waits)
        .order_by(pages.rate.desc(), pages.document_id, pages.page)
        .limit(1)
    )
    return _place(connection.execute(asked).first())


def _are_few(connection: Connection, conditions: Sequence[Condition]) -> bool:
    some = select(review_items.c.position).where(*conditions).limit(FEW + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar() or 0) <= FEW


def _best_of_few(connection: Connection, conditions: Sequence[Condition]) -> Place | None:
    item = review_items.c
    pace, _ = read_pace(connection)
    asked = (
        select(item.document_id, item.page)
        .where(*conditions)
        .group_by(item.document_id, item.page)
        .order_by(*_ranked(page_rate(pace)))
        .limit(1)
    )
    return _place(connection.execute(asked).first())


def _ranked(rate: ColumnElement[float]) -> tuple[ColumnElement[float], ColumnElement[str], ColumnElement[int]]:
    return rate.desc(), review_items.c.document_id, review_items.c.page


def _place(row: Sequence[object] | None) -> Place | None:
    return None if row is None else (str(row[0]), int(str(row[1])))
