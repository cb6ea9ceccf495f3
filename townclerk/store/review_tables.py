"""What the review asks for all the time, kept ready: where each observation stands, and what a page is worth.

Everything here follows from the observations and the decisions, and is written anew in the transaction that changes
either (`decisions.refresh`); nothing here is a source of truth.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
)

from townclerk.store.tables import decisions, metadata

review_items = Table(
    "review_items",
    metadata,
    Column("document_id", Text, primary_key=True, nullable=False),
    Column("position", Integer, primary_key=True, autoincrement=False, nullable=False),
    Column("observation_id", Text, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("page", Integer, nullable=False),
    Column("figure_start", Integer, nullable=False),
    Column("figure_end", Integer, nullable=False),
    Column("indicator_id", Text),
    Column("authority", Text),
    Column("method", Text, nullable=False),
    Column("confidence", Float),
    Column("outcome", Text, nullable=False),
    Column("audit", Boolean, nullable=False),
    Column("queued", Boolean, nullable=False),
    Column("worth", Float, nullable=False),
    Column("state", Text, nullable=False),
    Column("settled_by", Text),
    Column("head", Text),
    Column("conflict", Text),
    Column("disagreement", Boolean, nullable=False),
    Column("also", JSON(none_as_null=True)),
    Column("settled_indicator_id", Text),
    Column("settled_area_name", Text),
    Column("settled_period_code", Text),
    Column("settled_role", Text),
    Column("settled_value", Float),
    ForeignKeyConstraint(
        ["document_id", "position"], ["observations.document_id", "observations.position"], ondelete="CASCADE"
    ),
    Index("review_items_by_id", "observation_id"),
    Index("review_items_by_page", "document_id", "page"),
    Index("review_items_by_indicator", "indicator_id", "state"),
    Index("review_items_by_authority", "authority", "state"),
    Index("review_items_by_outcome", "outcome", "state"),
    Index("review_items_by_worth", "worth"),
    Index("review_items_by_confidence", "confidence"),
)
"""One row an observation.

`worth` is its doubt, or its lot where it was drawn for the audit; `also` holds the ids of observations of earlier
readings whose decisions are this one's now. The `settled_…` columns are filled where it was accepted or corrected.
"""

_item = review_items.c
_in_order = (_item.document_id, _item.position)
_decided = _item.settled_by.is_not(None)
for _name, _columns, _where in (
    ("review_items_by_reviewer", (_item.settled_by,), _decided),
    ("review_items_by_state", (_item.state, *_in_order), _decided),
    ("review_items_by_conflict", _in_order, _item.conflict.is_not(None)),
    ("review_items_by_disagreement", _in_order, _item.disagreement.is_(True)),
    ("review_items_by_audit", (_item.state,), _item.audit.is_(True)),
):
    # What few items have costs the others nothing to keep.
    Index(_name, *_columns, sqlite_where=_where, postgresql_where=_where)

review_flags = Table(
    "review_flags",
    metadata,
    Column("flag", Text, primary_key=True, nullable=False),
    Column("document_id", Text, primary_key=True, nullable=False),
    Column("position", Integer, primary_key=True, autoincrement=False, nullable=False),
    ForeignKeyConstraint(
        ["document_id", "position"], ["review_items.document_id", "review_items.position"], ondelete="CASCADE"
    ),
    Index("review_flags_by_item", "document_id", "position"),
)

review_pages = Table(
    "review_pages",
    metadata,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True, nullable=False),
    Column("page", Integer, primary_key=True, autoincrement=False, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("rate", Float, nullable=False),
)
"""One row a page with observations: how many of the queue wait on it, and what they are worth together."""

Index("review_pages_by_rate", review_pages.c.rate.desc(), review_pages.c.document_id, review_pages.c.page)

review_documents = Table(
    "review_documents",
    metadata,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("pages_waiting", Integer, nullable=False),
    Column("undecided", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("corrected", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("disagreements", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("kept_conflicts", Integer, nullable=False),
    Column("kept_disagreements", Integer, nullable=False),
    Column("set_aside", Integer, nullable=False, server_default="0"),
)
"""Sums over a document's items; of what stands only in the log (`kept`, the `added` among them) on their own.

Of a near-duplicate nothing is `waiting`: what would be is `set_aside`.
"""

review_pace = Table(
    "review_pace",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("timed", Integer, nullable=False),
    Column("fitted_at", Integer, nullable=False),
    Column("pace", JSON(none_as_null=True), nullable=False),
)
"""One row: how many decisions are timed, at how many the pace was last fitted, and the pace."""

REVIEW_OF_A_DOCUMENT = (review_flags, review_items, review_pages, review_documents)
"""Tables whose rows a new conversion of their document replaces, dependants first."""

Index("decisions_by_reviewer", decisions.c.reviewer, decisions.c.action, decisions.c.observation_id)
Index("decisions_by_turn", decisions.c.reviewer, decisions.c.number)
Index("decisions_by_moment", decisions.c.decided_at)
Index("decisions_by_undone", decisions.c.undoes)
