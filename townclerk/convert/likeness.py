"""Near-duplicates: a draft and its final report, a report and the pack that holds it, a PDF and its OCR text.

Two documents are held against each other by the sketches of their texts: likeness is the part of the shorter one's
sketch that the other has too. It must reach `SAME_TIME` where both say they are about the same authority and period,
`CONTAINED` where one is much longer, `SAME` otherwise; two of about one length that state different authorities or
periods are never near-duplicates, however alike their words.

Of two, the one that is kept holds the other (it is much longer), is no draft, has more observations, is a PDF, or,
at last, comes first by address. Nothing is deleted: series and exports count the kept one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, update

from townclerk.store.database import Store
from townclerk.store.ledger import READ
from townclerk.store.tables import documents, near_duplicates, sketches

SAME_TIME = 0.5
CONTAINED = 0.6
SAME = 0.8
MUCH_LONGER = 1.7
FEWEST_SHARED = 5
EVERYWHERE = 50
"""A run of words that so many documents have is a council's boilerplate and tells nothing."""

_MOST_ASKED = 500
_DRAFT = re.compile(r"(?<![a-z])draft(?![a-z])", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class _Text:
    """What is known of a document for the comparison."""

    document_id: str
    uri: str
    name: str
    media_type: str
    authority: str | None
    period: str | None
    observations: int
    length: int


def compare_new(store: Store) -> int:
    """Compare the documents that were read since the last comparison with all others.

    Returns:
        How many near-duplicates the store holds.
    """
    with store.writing() as connection:
        known = _Sketches(connection)
        new = list(
            connection.execute(
                select(documents.c.document_id).where(documents.c.state.in_(READ), documents.c.compared.is_(False))
            ).scalars()
        )
        touched = set(new)
        for document_id in new:
            touched.update(known.shared(document_id))
        for document_id in sorted(touched):
            _enter(connection, known, document_id)
        for document_id in new:
            connection.execute(update(documents).where(documents.c.document_id == document_id).values(compared=True))
        return int(connection.execute(select(func.count()).select_from(near_duplicates)).scalar() or 0)


def _enter(connection: Connection, known: _Sketches, document_id: str) -> None:
    """Write down which document is kept for this one, if any."""
    connection.execute(delete(near_duplicates).where(near_duplicates.c.document_id == document_id))
    this = _text(connection, known, document_id)
    found: list[tuple[float, str, _Text]] = []
    for other_id, count in known.shared(document_id).items():
        other = _text(connection, known, other_id)
        likeness = count / min(this.length, other.length)
        kind = _kind(this, other, likeness)
        if kind is not None and _is_kept(other, this):
            found.append((likeness, kind, other))
    if found:
        likeness, kind, kept = max(found, key=lambda one: (one[0], one[2].length, one[2].uri))
        connection.execute(
            near_duplicates.insert(),
            {"document_id": document_id, "kept_id": kept.document_id, "kind": kind, "likeness": round(likeness, 3)},
        )


def _text(connection: Connection, known: _Sketches, document_id: str) -> _Text:
    row = connection.execute(select(documents).where(documents.c.document_id == document_id)).one()
    return _Text(
        uri=row.uri,
        name=row.name,
        media_type=row.media_type or "",
        authority=row.authority,
        period=row.period_code,
        observations=row.observation_count or 0,
        length=len(known.telling(document_id)),
        document_id=document_id,
    )


def _kind(this: _Text, other: _Text, likeness: float) -> str | None:
    """How two documents are near-duplicates; None where they are not."""
    if max(this.length, other.length) > MUCH_LONGER * min(this.length, other.length):
        return "contained" if likeness >= CONTAINED else None
    if _differ(this.authority, other.authority) or _differ(this.period, other.period):
        return None
    known = this.period is not None and this.period == other.period and this.authority == other.authority
    if likeness < (SAME_TIME if known else SAME):
        return None
    if this.media_type != other.media_type:
        return "other_form"
    return "draft" if _is_draft(this) != _is_draft(other) else "version"


def _is_kept(other: _Text, this: _Text) -> bool:
    """True where `other` is the one to count; see the module for the rule. Exactly one of two is."""
    if other.length > MUCH_LONGER * this.length or this.length > MUCH_LONGER * other.length:
        return other.length > this.length
    return _worth(other) < _worth(this)


def _worth(text: _Text) -> tuple[bool, int, bool, str]:
    return (_is_draft(text), -text.observations, text.media_type != "application/pdf", text.uri)


def _is_draft(text: _Text) -> bool:
    return bool(_DRAFT.search(text.name.replace("_", " ")))


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


class _Sketches:
    """Sketches without what is everywhere, each asked for once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._telling: dict[str, list[int]] = {}

    def telling(self, document_id: str) -> list[int]:
        """The hashes of a document that are not everywhere."""
        if document_id not in self._telling:
            own = select(sketches.c.hash).where(sketches.c.document_id == document_id)
            asked = (
                select(sketches.c.hash)
                .where(sketches.c.hash.in_(own))
                .group_by(sketches.c.hash)
                .having(func.count() <= EVERYWHERE)
            )
            self._telling[document_id] = list(self._connection.execute(asked).scalars())
        return self._telling[document_id]

    def shared(self, document_id: str) -> dict[str, int]:
        """How many telling hashes of a document each other document has too, where they are enough to tell."""
        own = self.telling(document_id)
        found: dict[str, int] = {}
        for first in range(0, len(own), _MOST_ASKED):
            asked = (
                select(sketches.c.document_id, func.count())
                .where(sketches.c.hash.in_(own[first : first + _MOST_ASKED]), sketches.c.document_id != document_id)
                .group_by(sketches.c.document_id)
            )
            for other, count in self._connection.execute(asked):
                found[other] = found.get(other, 0) + count
        return {other: count for other, count in found.items() if count >= FEWEST_SHARED}
