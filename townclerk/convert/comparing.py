"""Finding the near-duplicates in a store: every document that is new is held against those that share words with it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, update

from townclerk.convert.likeness import Likeness, Text, is_kept, kind_of, likeness
from townclerk.store.decisions.refresh import set_aside_near_duplicates
from townclerk.store.ledger import READ, Ledger
from townclerk.store.patience import patiently
from townclerk.store.tables import documents, near_duplicates, sketches

FEWEST_SHARED = 5
EVERYWHERE = 50
"""A run of words that so many documents have is a council's boilerplate and tells nothing."""

_MOST_ASKED = 500
_AT_ONCE = 100
_TEXTS_KEPT = 400
"""Texts held in memory: an archive's documents are compared in the order of their addresses, neighbours first."""


@dataclass(slots=True, frozen=True)
class _Match:
    kept: Text
    kind: str
    found: Likeness


def compare_new(ledger: Ledger, idle: Callable[[int], None] = lambda _: None) -> int:
    """Compare the documents that were read since the last comparison with all others.

    It is done in small transactions, so that reviewers need not wait for it and a kill costs little.

    Args:
        ledger: The store's.
        idle: Told between them how many documents were compared.

    Returns:
        How many near-duplicates the store holds.
    """
    comparison = _Comparison(ledger)
    compared = 0
    while some := comparison.some():
        compared += some
        idle(compared)
    return comparison.end()


class _Comparison:
    """The comparing of what is new; what was compared is noted with it, so that it goes on where it stopped."""

    def __init__(self, ledger: Ledger) -> None:
        self.patience = ledger.patience
        self.still_ours = ledger.still_ours
        self._store = ledger.store
        self._texts: OrderedDict[str, Text] = OrderedDict()
        self._entered: set[str] = set()

    @patiently
    def some(self) -> int:
        """Compare some and return how many; 0 where none is left."""
        entered: set[str] = set()
        with self._store.writing() as connection:
            known = _Known(connection, self._texts)
            new = list(
                connection.execute(
                    select(documents.c.document_id)
                    .where(documents.c.state.in_(READ), documents.c.compared.is_(False))
                    .order_by(documents.c.uri)
                    .limit(_AT_ONCE)
                ).scalars()
            )
            for document_id in new:
                for other in (document_id, *known.sharing(document_id)):
                    if other not in self._entered and other not in entered:
                        entered.add(other)
                        _enter(connection, known, other)
            connection.execute(update(documents).where(documents.c.document_id.in_(new)).values(compared=True))
        self._entered |= entered
        return len(new)

    @patiently
    def end(self) -> int:
        """Let the review know; returns how many near-duplicates there are."""
        with self._store.writing() as connection:
            set_aside_near_duplicates(connection)
            return int(connection.execute(select(func.count()).select_from(near_duplicates)).scalar() or 0)


def _enter(connection: Connection, known: _Known, document_id: str) -> None:
    """Write down which document is kept for this one, if any."""
    connection.execute(delete(near_duplicates).where(near_duplicates.c.document_id == document_id))
    this = known.text(document_id)
    matches: list[_Match] = []
    for other_id in known.sharing(document_id):
        other = known.text(other_id)
        found = likeness(this, other)
        kind = kind_of(this, other, found)
        if kind is not None and is_kept(other, this, found):
            matches.append(_Match(other, kind, found))
    if matches:
        best = max(matches, key=lambda one: (one.found.share, one.found.longer, one.kept.uri))
        row = {"document_id": document_id, "kept_id": best.kept.document_id, "kind": best.kind}
        connection.execute(near_duplicates.insert(), row | {"likeness": round(best.found.share, 3)})


class _Known:
    """Documents with their sketches, without what is everywhere; the last ones asked for are kept."""

    def __init__(self, connection: Connection, texts: OrderedDict[str, Text]) -> None:
        """`texts` are those read before, which it adds to."""
        self._connection = connection
        self._texts = texts

    def text(self, document_id: str) -> Text:
        """A document."""
        if document_id not in self._texts:
            self._texts[document_id] = self._read(document_id)
            if len(self._texts) > _TEXTS_KEPT:
                self._texts.popitem(last=False)
        self._texts.move_to_end(document_id)
        return self._texts[document_id]

    def sharing(self, document_id: str) -> list[str]:
        """The documents that share enough of a document's sketch to be held against it."""
        own = self.text(document_id).sketch
        found: dict[str, int] = {}
        for first in range(0, len(own), _MOST_ASKED):
            asked = (
                select(sketches.c.document_id, func.count())
                .where(sketches.c.hash.in_(own[first : first + _MOST_ASKED]), sketches.c.document_id != document_id)
                .group_by(sketches.c.document_id)
            )
            for other, count in self._connection.execute(asked):
                found[other] = found.get(other, 0) + count
        return sorted(other for other, count in found.items() if count >= FEWEST_SHARED)

    def _read(self, document_id: str) -> Text:
        row = self._connection.execute(select(documents).where(documents.c.document_id == document_id)).one()
        # Whether one more than so many have it is all that is asked: to count how many would take the longer, the
        # larger the archive.
        others = sketches.alias("others")
        one_more = select(others.c.hash).where(others.c.hash == sketches.c.hash).limit(1).offset(EVERYWHERE)
        telling = select(sketches.c.hash).where(
            sketches.c.document_id == document_id, one_more.correlate(sketches).scalar_subquery().is_(None)
        )
        return Text(
            document_id=document_id,
            uri=row.uri,
            name=row.name,
            media_type=row.media_type or "",
            authority=row.authority,
            period=row.period_code,
            observations=row.observation_count or 0,
            sketch=tuple(self._connection.execute(telling).scalars()),
        )
