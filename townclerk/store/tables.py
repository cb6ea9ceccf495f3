"""The tables of a store.

Everything read from a document hangs on its `document_id`, a digest of where the document lies, so that the same
archive gives the same rows in whatever order its documents are done. Within a document, rows are numbered by
`position` in the report's own order.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()

_RowId = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER keys number themselves in SQLite
_Json = JSON(none_as_null=True)

schema_version = Table(
    "schema_version",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Text, nullable=False),
    Column("townclerk_version", Text, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", _RowId, primary_key=True),
    Column("started_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("state", Text, nullable=False),
    Column("sources", _Json, nullable=False),
    Column("options", _Json, nullable=False),
    Column("counts", _Json),
    Column("extractor_version", Text, nullable=False),
    Column("pattern_version", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("uri", Text, nullable=False, unique=True),
    Column("path", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger),
    Column("stamp", Text),
    Column("sha256", Text),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("attempts", Integer, nullable=False, default=0),
    Column("seconds", Float),
    Column("finished_at", Text),
    Column("run_id", ForeignKey("runs.run_id")),
    Column("extractor_version", Text),
    Column("pattern_version", Text),
    Column("options_digest", Text),
    Column("same_as", ForeignKey("documents.document_id")),
    Column("media_type", Text),
    Column("encoding", Text),
    Column("title", Text),
    Column("authority", Text),
    Column("authority_gss_code", Text),
    Column("committee", Text),
    Column("meeting_date", Text),
    Column("period_code", Text),
    Column("facts", _Json),
    Column("items", _Json),
    Column("pages_read", Integer),
    Column("pages_skipped", Integer),
    Column("observation_count", Integer),
    Column("compared", Boolean, nullable=False, default=False),
    Index("documents_by_state", "state"),
    Index("documents_by_sha256", "sha256"),
    Index("documents_by_authority", "authority", "period_code"),
)


def _document_key(primary: bool = True) -> Column[str]:
    return Column("document_id", ForeignKey("documents.document_id"), primary_key=primary, nullable=False)


def _of_observation(*, primary: bool = True) -> list[Column[str] | Column[int] | ForeignKeyConstraint]:
    """The columns that tie a row to its observation."""
    return [
        Column("document_id", Text, primary_key=primary, nullable=False),
        Column("position", Integer, primary_key=primary, autoincrement=False, nullable=False),
        ForeignKeyConstraint(
            ["document_id", "position"], ["observations.document_id", "observations.position"], ondelete="CASCADE"
        ),
    ]


pages = Table(
    "pages",
    metadata,
    _document_key(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("label", Text),
    Column("origin", Text, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("skipped", Text),
)

observations = Table(
    "observations",
    metadata,
    _document_key(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("observation_id", Text, nullable=False),
    Column("report_title", Text),
    Column("report_authority", Text),
    Column("report_authority_gss_code", Text),
    Column("report_authority_basis", Text, nullable=False),
    Column("report_committee", Text),
    Column("report_meeting_date", Text),
    Column("report_period", Text),
    Column("report_period_basis", Text, nullable=False),
    Column("report_item_number", Text),
    Column("report_item_title", Text),
    Column("indicator_id", Text),
    Column("indicator_name", Text),
    Column("label", Text, nullable=False),
    Column("area_kind", Text),
    Column("area_name", Text),
    Column("area_gss_code", Text),
    Column("is_reporting_authority", Boolean),
    Column("area_basis", Text),
    Column("period_code", Text),
    Column("period_start", Text),
    Column("period_end", Text),
    Column("period_kind", Text),
    Column("period_text", Text),
    Column("period_basis", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("value", Float),
    Column("value_text", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("numerator", Float),
    Column("denominator", Float),
    Column("change_value", Float),
    Column("change_unit", Text),
    Column("change_direction", Text),
    Column("change_from_period", Text),
    Column("rank", Integer),
    Column("rank_of", Integer),
    Column("quartile", Integer),
    Column("rag", Text),
    Column("direction", Text),
    Column("polarity", Text),
    Column("confidence", Float),
    Column("reasons", _Json, nullable=False),
    Column("alternatives", _Json, nullable=False),
    Column("flags", _Json, nullable=False),
    Column("method", Text, nullable=False),
    Column("extractor_version", Text, nullable=False),
    Column("pattern_version", Text, nullable=False),
    Index("observations_by_id", "observation_id"),
    Index("observations_by_indicator", "indicator_id", "report_authority", "period_end"),
    Index("observations_by_confidence", "confidence"),
)

evidence = Table(
    "evidence",
    metadata,
    *_of_observation(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("page", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("boxes", _Json, nullable=False),
)

checks = Table(
    "checks",
    metadata,
    *_of_observation(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("text", Text, nullable=False),
)

commentary = Table(
    "commentary",
    metadata,
    Column("commentary_id", _RowId, primary_key=True),
    *_of_observation(primary=False),
    Column("number", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Index("commentary_by_observation", "document_id", "position", "number", unique=True),
)

unlinked_figures = Table(
    "unlinked_figures",
    metadata,
    _document_key(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("page", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

sketches = Table(
    "sketches",
    metadata,
    _document_key(),
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Index("sketches_by_hash", "hash"),
)

near_duplicates = Table(
    "near_duplicates",
    metadata,
    _document_key(),
    Column("kept_id", ForeignKey("documents.document_id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("likeness", Float, nullable=False),
    Index("near_duplicates_by_kept", "kept_id"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("decision_id", Text, primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("decided_at", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("figure_start", Integer),
    Column("figure_end", Integer),
    Column("observation_id", Text),
    Column("before", _Json),
    Column("after", _Json),
    Column("note", Text),
    Column("seconds", Float),
    Column("undoes", ForeignKey("decisions.decision_id")),
    Index("decisions_by_document", "document_sha256", "figure_start"),
    Index("decisions_by_observation", "observation_id"),
)
"""What reviewers decided: rows are added, never changed (triggers see to it), and belong to no document's lifetime."""

OF_A_DOCUMENT = (sketches, unlinked_figures, commentary, checks, evidence, observations, pages)
"""Tables whose rows a new conversion of their document replaces, dependants first."""
