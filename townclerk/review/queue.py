"""What to look at next: the most doubtful figures first, a page at a time.

Pages come in the order of what their waiting items are worth: by the most doubtful of them, and once the log holds
200 timed decisions by the errors a look at the page is expected to remove a minute (`store.decisions.pace`). Among
the doubtful ones stand the audit's, a random sample of sure readings, at turns drawn by lot. A page is finished before
the next is opened. The figures of near-duplicates are set aside: whoever decides on the final report need not decide on
its draft.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, or_, select

from townclerk.review.queue_filters import Filters, Outcome, browsed, narrowing, skipped_by, waiting
from townclerk.review.queue_items import Item, items_of, kept_item, kept_items
from townclerk.review.queue_pages import Conditions, Place, best_page
from townclerk.store.database import Store
from townclerk.store.decisions.audit import CONFIDENT
from townclerk.store.decisions.pace import read_pace
from townclerk.store.review_tables import review_documents, review_flags, review_items
from townclerk.store.tables import documents, near_duplicates
from townclerk.store.vocabulary import Review

__all__ = ["CONFIDENT", "Filters", "Item", "Outcome", "Progress", "Queue"]


_MOST_ON_A_PAGE = 100_000


@dataclass(slots=True, frozen=True)
class Progress:
    """How far the review is.

    Attributes:
        waiting: Items of the queue that nobody has decided.
        decided: Items decided, by anybody.
        accepted: Of these.
        corrected: Of these.
        rejected: Of these.
        by_reviewer: Items on which a decision of the reviewer holds.
        skipped: Items the reviewer skipped and nobody decided.
        pages: Pages with an item that waits.
        timed: Decisions with a time taken, over the whole log.
        order: "doubt" or "errors a minute": what the queue is ordered by.
        seconds_a_decision: Median over the log; None before enough decisions are timed.
        set_aside: Items that would wait, had another document not the same figures (a draft's, for one).
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
    set_aside: int = 0


class Queue:
    """The queue of a store. It keeps nothing of its own: several servers can serve one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._choices: tuple[tuple[int, int, str], dict[str, list[str]]] | None = None

    def next(self, filters: Filters, reviewer: str, after: str | None = None) -> Item | None:
        """The next item to decide on.

        Args:
            filters: Which items are wanted. Where they ask for decided ones (a state, conflicts, disagreements), items
                come in the documents' order, each once.
            reviewer: Who asks; what they skipped is passed over.
            after: The observation id of the item just dealt with: its page is finished first.

        Returns:
            None where nothing is left.
        """
        with self.store.reading() as connection:
            row = _next_row(connection, filters, reviewer, after)
            return None if row is None else items_of(connection, row["document_id"], [row])[0]

    def next_document(self, filters: Filters, reviewer: str, after: str) -> Item | None:
        """The next item of another document than that of the item `after`."""
        with self.store.reading() as connection:
            here = _row(connection, after)
            if here is not None:
                document = here["document_id"]
            elif (kept := kept_item(connection, after)) is not None:
                document = kept.document_id
            else:
                return None
            if filters.browses:
                other = review_items.c.document_id != document
                row = _after_in_order(connection, [*browsed(filters), other], here)
            else:
                row = _most_worth(
                    connection,
                    filters,
                    lambda item: [*waiting(filters, reviewer, item), item.document_id != document],
                )
            return None if row is None else items_of(connection, row["document_id"], [row])[0]

    def item(self, observation_id: str) -> Item | None:
        """One item, wherever it stands; None where the store has none of this id."""
        with self.store.reading() as connection:
            row = _row(connection, observation_id)
            if row is None:
                return kept_item(connection, observation_id)
            return items_of(connection, row["document_id"], [row])[0]

    def page_items(self, document: str, page: int, filters: Filters) -> list[Item]:
        """The items of one page, decided or not, in the order of the text, with what reviewers added to it.

        Args:
            document: The document's id in the store.
            page: Page number, from 1.
            filters: Which items are wanted; `Filters()` for all of the page: only a state that is named counts.
        """
        column = review_items.c
        here = [column.document_id == document, column.page == page]
        with self.store.reading() as connection:
            rows = _rows(connection, [*here, *browsed(filters)])
            found = items_of(connection, document, rows)
            sha256 = connection.execute(select(documents.c.sha256).where(documents.c.document_id == document)).scalar()
            kept = kept_items(connection, document, str(sha256 or ""))
        found += [one for one in kept if one.page == page and _kept_is_wanted(one, filters)]
        return sorted(found, key=lambda one: (one.figure_start, one.position is None, one.position or 0))

    def progress(self, filters: Filters, reviewer: str) -> Progress:
        """Counts for the reader."""
        with self.store.reading() as connection:
            counts = _sums(connection) if filters.is_plain else _counts(connection, filters)
            pace, timed = read_pace(connection)
            column = review_items.c
            own = select(func.count()).where(column.settled_by == reviewer, *narrowing(filters))
            left = select(func.count()).where(
                *narrowing(filters),
                column.state == Review.UNDECIDED.value,
                column.observation_id.in_(skipped_by(reviewer)),
            )
            return Progress(
                waiting=counts["waiting"],
                decided=counts["decided"],
                accepted=counts["accepted"],
                corrected=counts["corrected"],
                rejected=counts["rejected"],
                by_reviewer=int(connection.execute(own).scalar() or 0),
                skipped=int(connection.execute(left).scalar() or 0),
                pages=counts["pages"],
                timed=timed,
                order="errors a minute" if pace.by_minute else "doubt",
                seconds_a_decision=pace.median,
                set_aside=counts["set_aside"],
            )

    def choices(self) -> dict[str, list[str]]:
        """What can be filtered by: `indicator`, `authority`, `flag`, each in order of name."""
        asked = select(func.count(), func.max(documents.c.finished_at)).select_from(documents)
        with self.store.reading() as connection:
            count, latest = connection.execute(asked).one()
            held = _sums(connection)
            version = (int(count), held["undecided"] + held["decided"], str(latest))
            if self._choices is None or self._choices[0] != version:
                columns = {
                    "indicator": review_items.c.indicator_id,
                    "authority": review_items.c.authority,
                    "flag": review_flags.c.flag,
                }
                found = {name: _distinct(connection, column) for name, column in columns.items()}
                self._choices = (version, found)
            return self._choices[1]


def _next_row(connection: Connection, filters: Filters, reviewer: str, after: str | None) -> RowMapping | None:
    here = _row(connection, after) if after else None
    if filters.browses:
        return _after_in_order(connection, browsed(filters), here)
    if here is not None:
        done = here["position"]
        row = _first(
            connection,
            (here["document_id"], here["page"]),
            lambda item: [*waiting(filters, reviewer, item), item.position != done],
        )
        if row is not None:
            return row
    return _most_worth(connection, filters, lambda item: waiting(filters, reviewer, item))


def _most_worth(connection: Connection, filters: Filters, conditions: Conditions) -> RowMapping | None:
    """The first item of the page that is worth most."""
    page = best_page(connection, filters, conditions)
    return None if page is None else _first(connection, page, conditions)


def _first(connection: Connection, page: Place, conditions: Conditions) -> RowMapping | None:
    """The most doubtful of some items of one page."""
    column = review_items.c
    # The limit keeps the conditions out of the inner query: a database that knows no statistics would rather go
    # through an index that some condition has, and thereby through half of the store.
    here = select(review_items).where(column.document_id == page[0], column.page == page[1]).limit(_MOST_ON_A_PAGE)
    item = here.subquery().c
    asked = select(*item).where(*conditions(item)).order_by(item.worth.desc(), item.position).limit(1)
    return connection.execute(asked).mappings().first()


def _row(connection: Connection, observation_id: str) -> RowMapping | None:
    column = review_items.c
    asked = select(review_items).where(column.observation_id == observation_id)
    return connection.execute(asked.order_by(column.document_id, column.position).limit(1)).mappings().first()


def _rows(connection: Connection, conditions: Iterable[ColumnElement[bool]]) -> Sequence[RowMapping]:
    column = review_items.c
    asked = select(review_items).where(*conditions).order_by(column.figure_start, column.position)
    return connection.execute(asked).mappings().all()


def _after_in_order(
    connection: Connection, conditions: Iterable[ColumnElement[bool]], here: RowMapping | None
) -> RowMapping | None:
    column = review_items.c
    asked = select(review_items).where(*conditions)
    if here is not None:
        same = and_(column.document_id == here["document_id"], column.position > here["position"])
        asked = asked.where(or_(column.document_id > here["document_id"], same))
    return connection.execute(asked.order_by(column.document_id, column.position).limit(1)).mappings().first()


def _kept_is_wanted(item: Item, filters: Filters) -> bool:
    one = item.settled
    return (
        (filters.indicator is None or (one.indicator_id or "") == filters.indicator)
        and (filters.authority is None or one.document.authority.name == filters.authority)
        and (filters.state is None or item.review is filters.state)
        and (not filters.conflict or bool(item.conflict))
        and (not filters.disagreement or item.disagreement)
        and not filters.audit
    )


def _sums(connection: Connection) -> Counter[str]:
    """Counts over everything, from the sums of the documents."""
    column = review_documents.c
    names = {
        "waiting": column.waiting,
        "pages": column.pages_waiting,
        "accepted": column.accepted,
        "corrected": column.corrected,
        "rejected": column.rejected,
        "undecided": column.undecided,
        "set_aside": column.set_aside,
    }
    row = connection.execute(select(*(func.sum(one).label(name) for name, one in names.items()))).mappings().one()
    counts = Counter({name: int(row[name] or 0) for name in names})
    counts["decided"] = counts["accepted"] + counts["corrected"] + counts["rejected"]
    return counts


def _counts(connection: Connection, filters: Filters) -> Counter[str]:
    """Counts over what the filters leave."""
    column = review_items.c
    twin = column.document_id.in_(select(near_duplicates.c.document_id))
    asked = select(column.state, column.queued, twin.label("twin"), func.count().label("number"))
    counts: Counter[str] = Counter()
    for row in connection.execute(asked.where(*narrowing(filters)).group_by(column.state, column.queued, twin)):
        counts[row.state] += row.number
        if row.state == "undecided" and (row.queued or filters.queues_all):
            counts["set_aside" if row.twin and filters.document is None else "waiting"] += row.number
    pages = select(column.document_id, column.page).where(*narrowing(filters), column.state == "undecided")
    if filters.document is None:
        pages = pages.where(~twin)
    if not filters.queues_all:
        pages = pages.where(column.queued.is_(True))
    some = pages.distinct().subquery()
    counts["pages"] = int(connection.execute(select(func.count()).select_from(some)).scalar() or 0)
    counts["decided"] = counts["accepted"] + counts["corrected"] + counts["rejected"]
    return counts


def _distinct(connection: Connection, column: ColumnElement[str | None]) -> list[str]:
    asked = select(column).where(column.is_not(None)).distinct().order_by(column)
    return [str(one) for one in connection.execute(asked).scalars()]
