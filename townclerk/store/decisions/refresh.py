"""Writing anew what the review keeps ready of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, func, or_, select, update

from townclerk.store.decisions.anchoring import Anchored, anchor, standing_of
from townclerk.store.decisions.audit import is_confident, is_drawn, worth
from townclerk.store.decisions.model import Decision
from townclerk.store.decisions.pace import Pace, page_rate, read_pace
from townclerk.store.decisions.readings import Reading, reading_of_row
from townclerk.store.decisions.standing import NOTHING, Standing
from townclerk.store.decisions.stored import decisions_about, decisions_on, documents_of, reading_rows
from townclerk.store.review_tables import (
    REVIEW_OF_A_DOCUMENT,
    review_documents,
    review_flags,
    review_items,
    review_pages,
)
from townclerk.store.tables import checks, documents, near_duplicates

Row = dict[str, Any]

_STANDING = (
    "state", "settled_by", "head", "conflict", "disagreement", "settled_indicator_id", "settled_area_name",
    "settled_period_code", "settled_role", "settled_value",
)  # fmt: skip


def forget(connection: Connection, document_id: str) -> None:
    """Take out what is kept ready of a document."""
    known = select(review_documents.c.document_id).where(review_documents.c.document_id == document_id)
    if connection.execute(known).first() is None:
        return
    for table in REVIEW_OF_A_DOCUMENT:
        connection.execute(delete(table).where(table.c.document_id == document_id))


def refresh_document(connection: Connection, document_id: str) -> None:
    """Write a document's items, pages and sums, from its observations and the decisions on its bytes."""
    forget(connection, document_id)
    rows = reading_rows(connection, document_id)
    readings = [reading_of_row(row) for row in rows]
    sha256 = _digest(connection, document_id)
    anchored = anchor(decisions_on(connection, sha256), readings)
    if rows:
        outcomes = _outcomes(connection, document_id)
        found = [
            _item(document_id, sha256, row, reading, outcomes.get(row["position"], "untested"), anchored)
            for row, reading in zip(rows, readings, strict=True)
        ]
        connection.execute(review_items.insert(), found)
        _write_flags(connection, document_id, rows)
    pace, _ = read_pace(connection)
    _write_pages(connection, document_id, pace)
    _write_sums(connection, document_id, _kept_in(anchored))


def refresh_decided(connection: Connection, sha256: str, observation_id: str | None = None) -> None:
    """Bring the documents with these bytes up to date after decisions on them.

    Args:
        connection: Inside a transaction that has the turn.
        sha256: The bytes.
        observation_id: The observation that was decided on, where it was only one; the others are left alone then.
    """
    pace, _ = read_pace(connection)
    for document_id in documents_of(connection, sha256):
        rows = items_named(connection, document_id, observation_id) if observation_id else []
        if rows:
            kept = _kept_of(connection, document_id)
            pages = _write_changes(connection, rows, standings_of(connection, rows))
        else:
            readings = [reading_of_row(row) for row in reading_rows(connection, document_id)]
            anchored = anchor(decisions_on(connection, sha256), readings)
            kept = _kept_in(anchored)
            rows = items_named(connection, document_id)
            pages = _write_changes(connection, rows, anchored.standings, anchored.also)
        for page in sorted(pages):
            _write_pages(connection, document_id, pace, page)
        _write_sums(connection, document_id, kept)


def items_named(connection: Connection, document_id: str, observation_id: str | None = None) -> list[RowMapping]:
    """A document's rows of `review_items`: all, or those of one observation."""
    asked = select(review_items).where(review_items.c.document_id == document_id)
    if observation_id is not None:
        asked = asked.where(review_items.c.observation_id == observation_id)
    return list(connection.execute(asked).mappings())


def standings_of(connection: Connection, rows: Sequence[RowMapping]) -> dict[str, Standing]:
    """Where the observations of some rows of `review_items`, all of one document, stand; by id."""
    if not rows:
        return {}
    owner = {other: row["observation_id"] for row in rows for other in row["also"] or ()}
    owner |= {row["observation_id"]: row["observation_id"] for row in rows}
    threads: dict[str, list[Decision]] = {}
    for one in decisions_about(connection, rows[0]["document_sha256"], list(owner)):
        threads.setdefault(owner[str(one.observation_id)], []).append(one)
    positions = [row["position"] for row in rows if row["observation_id"] in threads]
    if not positions:
        return {}
    readings = [reading_of_row(row) for row in reading_rows(connection, rows[0]["document_id"], positions)]
    return {reading.observation_id: standing_of(threads[reading.observation_id], reading) for reading in readings}


def refresh_all(connection: Connection) -> None:
    """Write all of it anew."""
    asked = select(documents.c.document_id).order_by(documents.c.document_id)
    for document_id in connection.execute(asked).scalars().all():
        refresh_document(connection, str(document_id))


def set_aside_near_duplicates(connection: Connection) -> None:
    """Let no figure of a near-duplicate wait for a decision; those of documents that are none any more wait again."""
    column = review_documents.c
    twins = select(near_duplicates.c.document_id)
    stale = or_(
        and_(column.document_id.in_(twins), column.waiting > 0),
        and_(column.document_id.not_in(twins), column.set_aside > 0),
    )
    pace, _ = read_pace(connection)
    for document_id in connection.execute(select(column.document_id).where(stale)).scalars().all():
        _write_pages(connection, document_id, pace)
        _write_sums(connection, document_id, _kept_of(connection, document_id))


def _is_near_duplicate(connection: Connection, document_id: str) -> bool:
    asked = select(near_duplicates.c.document_id).where(near_duplicates.c.document_id == document_id)
    return connection.execute(asked).first() is not None


def _digest(connection: Connection, document_id: str) -> str:
    asked = select(documents.c.sha256).where(documents.c.document_id == document_id)
    return str(connection.execute(asked).scalar() or "")


def _outcomes(connection: Connection, document_id: str) -> dict[int, str]:
    """What the checks of each observation came to; one contradiction outweighs every support."""
    asked = select(checks.c.position, checks.c.outcome).where(checks.c.document_id == document_id)
    found: dict[int, str] = {}
    for position, outcome in connection.execute(asked):
        if outcome == "contradicts":
            found[position] = "contradicted"
        else:
            found.setdefault(position, "supported")
    return found


def _item(document_id: str, sha256: str, row: RowMapping, reading: Reading, outcome: str, anchored: Anchored) -> Row:
    sure = is_confident(row["confidence"])
    audited = sure and is_drawn(reading.observation_id)
    return {
        "document_id": document_id,
        "position": row["position"],
        "observation_id": reading.observation_id,
        "document_sha256": sha256,
        "page": reading.page,
        "figure_start": reading.start,
        "figure_end": reading.end,
        "indicator_id": row["indicator_id"],
        "authority": row["report_authority"],
        "method": row["method"],
        "confidence": row["confidence"],
        "outcome": outcome,
        "audit": audited,
        "queued": audited or not sure,
        "worth": worth(reading.observation_id, row["confidence"], audited=audited),
        "also": sorted(anchored.also.get(reading.observation_id, ())) or None,
        **_standing_columns(anchored.standings.get(reading.observation_id, NOTHING)),
    }


def _standing_columns(standing: Standing) -> Row:
    return {
        "state": standing.review.value,
        "settled_by": standing.holds.reviewer if standing.holds else None,
        "head": standing.head.decision_id if standing.head else None,
        "conflict": standing.conflict or None,
        "disagreement": standing.disagreement,
        **_settled_columns(standing),
    }


def _settled_columns(standing: Standing) -> Row:
    """What an accepted or corrected observation says, for those who ask the database itself."""
    decided = standing.decided or {}
    return {
        "settled_indicator_id": decided.get("indicator_id"),
        "settled_area_name": (decided.get("area") or {}).get("name"),
        "settled_period_code": (decided.get("period") or {}).get("code"),
        "settled_role": decided.get("role"),
        "settled_value": decided.get("value"),
    }


def _write_flags(connection: Connection, document_id: str, rows: Sequence[RowMapping]) -> None:
    flags = [
        {"flag": flag, "document_id": document_id, "position": row["position"]}
        for row in rows
        for flag in dict.fromkeys(row["flags"])
    ]
    if flags:
        connection.execute(review_flags.insert(), flags)


def _write_changes(
    connection: Connection,
    rows: Sequence[RowMapping],
    standings: Mapping[str, Standing],
    also: Mapping[str, list[str]] | None = None,
) -> set[int]:
    """Write where items stand now; returns the pages on which one changed."""
    changed: list[Row] = []
    pages: set[int] = set()
    for row in rows:
        now = _standing_columns(standings.get(row["observation_id"], NOTHING))
        now["also"] = row["also"] if also is None else sorted(also.get(row["observation_id"], ())) or None
        if any(row[name] != value for name, value in now.items()):
            changed.append({"of": row["document_id"], "at": row["position"], **now})
            pages.add(row["page"])
    if changed:
        item = review_items.c
        here = (item.document_id == bindparam("of")) & (item.position == bindparam("at"))
        names = [*_STANDING, "also"]
        connection.execute(update(review_items).where(here).values({name: bindparam(name) for name in names}), changed)
    return pages


def _write_pages(connection: Connection, document_id: str, pace: Pace, page: int | None = None) -> None:
    """Write how many items wait on a document's pages, or on one of them, and what they are worth."""
    item = review_items.c
    here = [item.document_id == document_id] + ([] if page is None else [item.page == page])
    waiting = select(item.page, func.count().label("waiting"), page_rate(pace).label("rate")).where(
        *here, item.state == "undecided", item.queued
    )
    worth_of = {}
    if not _is_near_duplicate(connection, document_id):
        worth_of = {row.page: (row.waiting, row.rate) for row in connection.execute(waiting.group_by(item.page))}
    pages = connection.execute(select(item.page).where(*here).distinct()).scalars().all()
    gone = delete(review_pages).where(review_pages.c.document_id == document_id)
    connection.execute(gone if page is None else gone.where(review_pages.c.page == page))
    rows = [
        {
            "document_id": document_id,
            "page": one,
            "waiting": worth_of.get(one, (0, 0))[0],
            "rate": worth_of.get(one, (0, 0.0))[1],
        }
        for one in sorted(pages)
    ]
    if rows:
        connection.execute(review_pages.insert(), rows)


def _kept_in(anchored: Anchored) -> Row:
    """Sums over what stands only in the log."""
    kept = anchored.kept.values()
    return {
        "kept": len(kept),
        "added": sum(not one.conflict for one in kept),
        "kept_conflicts": sum(bool(one.conflict) for one in kept),
        "kept_disagreements": sum(one.disagreement for one in kept),
    }


def _kept_of(connection: Connection, document_id: str) -> Row:
    """The same sums as they were written last."""
    names = ("kept", "added", "kept_conflicts", "kept_disagreements")
    asked = select(*(review_documents.c[name] for name in names)).where(review_documents.c.document_id == document_id)
    return dict(connection.execute(asked).mappings().one())


def _write_sums(connection: Connection, document_id: str, kept: Row) -> None:
    item = review_items.c
    asked = (
        select(
            item.state, item.queued, item.conflict.is_not(None).label("conflict"), item.disagreement,
            func.count().label("number"),
        )
        .where(item.document_id == document_id)
        .group_by(item.state, item.queued, item.conflict.is_not(None), item.disagreement)
    )  # fmt: skip
    sums: Counter[str] = Counter()
    for row in connection.execute(asked):
        sums[row.state] += row.number
        sums["waiting"] += row.number if row.queued and row.state == "undecided" else 0
        sums["conflicts"] += row.number if row.conflict else 0
        sums["disagreements"] += row.number if row.disagreement else 0
    page = review_pages.c
    waiting_pages = select(func.count()).where(page.document_id == document_id, page.waiting > 0)
    sums["pages_waiting"] = int(connection.execute(waiting_pages).scalar() or 0)
    if _is_near_duplicate(connection, document_id):
        sums["set_aside"], sums["waiting"] = sums["waiting"], 0
    totals = {name: sums[name] for name in _SUMS} | kept
    connection.execute(delete(review_documents).where(review_documents.c.document_id == document_id))
    connection.execute(review_documents.insert().values(document_id=document_id, **totals))


_SUMS = tuple(column.name for column in review_documents.columns if column.name != "document_id")
