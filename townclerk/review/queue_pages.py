"""Which page to open next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, select

from townclerk.review.queue_filters import Columns, Condition, Filters
from townclerk.store.decisions.audit import CONFIDENT
from townclerk.store.decisions.pace import Pace, page_rate, read_pace
from townclerk.store.review_tables import review_flags, review_items, review_pages

FEW = 500
"""So many matching items are weighed page by page; of more, the best of the whole queue are looked at first."""

_CHUNKS = (500, 5000)
_ALL_OF_THEM = 10_000_000
_COMMON_FLAG = 5000
_ROUNDING = 1e-9

Place = tuple[str, int]
Conditions = Callable[[Columns], list[Condition]]
"""What items must meet, for the columns of `review_items` or of a query that has them."""


def best_page(connection: Connection, filters: Filters, conditions: Conditions) -> Place | None:
    """The page whose matching items are worth most.

    Where many items match, the costs stay bounded: the most doubtful items of the whole queue are gone through for
    the first that matches or, once the queue goes by errors a minute, the pages that are worth most over all.
    """
    if filters.is_plain:
        return _first_of_all(connection, conditions)
    pace, _ = read_pace(connection)
    if not _are_few(connection, filters, conditions):
        for chunk in _CHUNKS:
            if pace.by_minute:
                found = _among_best_pages(connection, conditions, chunk, pace)
            else:
                found = _among_most_doubtful(connection, conditions, chunk, _most_worth_of(filters))
            if found is not None:
                return found
    return _best_of_all(connection, conditions, pace)


def _most_worth_of(filters: Filters) -> float:
    """The greatest worth that an item the filters let through can have."""
    # Below the audit's range worth is doubt; inside it, a lot.
    is_doubt = filters.most is not None and filters.most < CONFIDENT
    return 1.0 if filters.least is None or not is_doubt else 1.0 - filters.least + _ROUNDING


def _among_most_doubtful(connection: Connection, conditions: Conditions, chunk: int, most: float) -> Place | None:
    """The page of the most doubtful matching item, if it is among so many of the most doubtful up to `most`."""
    worth = review_items.c.worth
    item = select(review_items).where(worth <= most).order_by(worth.desc()).limit(chunk).subquery().c
    asked = select(item.document_id, item.page).where(*conditions(item))
    return _place(connection.execute(asked.order_by(item.worth.desc(), item.document_id, item.page).limit(1)).first())


def _among_best_pages(connection: Connection, conditions: Conditions, chunk: int, pace: Pace) -> Place | None:
    """The page whose matching items are worth most among so many of the pages that are worth most over all."""
    pages, column = review_pages.c, review_items.c
    top = (
        select(pages.document_id, pages.page)
        .where(pages.waiting > 0)
        .order_by(pages.rate.desc(), pages.document_id, pages.page)
        .limit(chunk)
        .subquery()
    )
    there = and_(column.document_id == top.c.document_id, column.page == top.c.page)
    # The limit keeps the conditions out of the inner query: its items are to be reached by their pages, and not by an
    # index that some condition has.
    items = select(review_items).select_from(top.join(review_items, there)).limit(_ALL_OF_THEM).subquery()
    asked = select(items.c.document_id, items.c.page).where(*conditions(items.c))
    asked = asked.group_by(items.c.document_id, items.c.page).order_by(*_ranked(items.c, pace)).limit(1)
    return _place(connection.execute(asked).first())


def _first_of_all(connection: Connection, conditions: Conditions) -> Place | None:
    pages, item = review_pages.c, review_items.c
    one_waits = (
        select(item.position)
        .where(item.document_id == pages.document_id, item.page == pages.page, *conditions(item))
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


def _are_few(connection: Connection, filters: Filters, conditions: Conditions) -> bool:
    if filters.flag is not None:
        flags = review_flags.c
        carried = select(flags.position).where(flags.flag == filters.flag).limit(_COMMON_FLAG).subquery()
        if int(connection.execute(select(func.count()).select_from(carried)).scalar() or 0) >= _COMMON_FLAG:
            return False
    item = review_items.c
    some = select(item.position).where(*conditions(item)).limit(FEW + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar() or 0) <= FEW


def _best_of_all(connection: Connection, conditions: Conditions, pace: Pace) -> Place | None:
    item = review_items.c
    asked = select(item.document_id, item.page).where(*conditions(item)).group_by(item.document_id, item.page)
    return _place(connection.execute(asked.order_by(*_ranked(item, pace)).limit(1)).first())


def _ranked(item: Columns, pace: Pace) -> tuple[ColumnElement[float], ColumnElement[str], ColumnElement[int]]:
    return page_rate(pace, item).desc(), item.document_id, item.page


def _place(row: Sequence[object] | None) -> Place | None:
    return None if row is None else (str(row[0]), int(str(row[1])))
