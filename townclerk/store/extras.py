"""What a store has beside its tables: the flat view, full-text search, the guard of the decisions; by dialect."""

from __future__ import annotations

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

_FLAT = """
CREATE VIEW observation_flat AS
SELECT o.observation_id, d.name AS document, o.report_authority AS authority, o.report_period,
       o.indicator_id, o.indicator_name, o.label,
       o.area_kind, o.area_name, o.area_gss_code, o.is_reporting_authority,
       o.period_code, o.period_start, o.period_end, o.period_kind, o.period_basis,
       o.role, o.value, o.value_text, o.status, o.unit, o.numerator, o.denominator,
       o.change_value, o.change_unit, o.change_direction, o.change_from_period,
       o.rank, o.rank_of, o.quartile, o.rag, o.direction, o.polarity, o.confidence,
       e.page, e.quote,
       (SELECT c.text FROM commentary c
         WHERE c.document_id = o.document_id AND c.position = o.position AND c.number = 0) AS commentary,
       o.method, o.report_title, o.report_item_number, o.report_item_title, o.report_committee, o.report_meeting_date,
       d.path AS document_path, d.sha256 AS document_sha256, o.document_id, o.position,
       COALESCE(r.state, 'undecided') AS review, r.settled_by AS decided_by,
       {settled},
       (SELECT k.name FROM near_duplicates n JOIN documents k ON k.document_id = n.kept_id
         WHERE n.document_id = o.document_id) AS near_duplicate_of
  FROM observations o
  JOIN documents d ON d.document_id = o.document_id
  LEFT JOIN evidence e ON e.document_id = o.document_id AND e.position = o.position AND e.number = 0
  LEFT JOIN review_items r ON r.document_id = o.document_id AND r.position = o.position
"""

_SETTLED = (
    "CASE COALESCE(r.state, 'undecided') WHEN 'undecided' THEN o.{column} WHEN 'rejected' THEN NULL"
    " ELSE r.settled_{column} END AS settled_{column}"
)
"""The value that counts: a reviewer's where one accepted or corrected it, none where it was rejected."""
_SETTLED_COLUMNS = ("indicator_id", "area_name", "period_code", "role", "value")

_SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE commentary_search USING fts5(text, content='commentary', content_rowid='commentary_id')",
    """CREATE TRIGGER commentary_added AFTER INSERT ON commentary BEGIN
         INSERT INTO commentary_search(rowid, text) VALUES (new.commentary_id, new.text);
       END""",
    """CREATE TRIGGER commentary_removed AFTER DELETE ON commentary BEGIN
         INSERT INTO commentary_search(commentary_search, rowid, text)
         VALUES ('delete', old.commentary_id, old.text);
       END""",
)
_SQLITE_GUARD = tuple(
    f"""CREATE TRIGGER decisions_no_{verb} BEFORE {verb} ON decisions BEGIN
          SELECT RAISE(ABORT, 'decisions are only ever added');
        END"""
    for verb in ("update", "delete")
)
_POSTGRES_SEARCH = ("CREATE INDEX commentary_search ON commentary USING gin (to_tsvector('english', text))",)
_POSTGRES_GUARD = (
    """CREATE FUNCTION townclerk_decisions_are_kept() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'decisions are only ever added'; END $$""",
    """CREATE TRIGGER decisions_no_change BEFORE UPDATE OR DELETE ON decisions
       FOR EACH ROW EXECUTE FUNCTION townclerk_decisions_are_kept()""",
)


def drop_view(connection: Connection) -> None:
    """Take the flat view away, whose columns are those of today."""
    connection.execute(text("DROP VIEW IF EXISTS observation_flat"))


def create_view(connection: Connection) -> None:
    """Make the flat view."""
    settled = ",\n       ".join(_SETTLED.format(column=column) for column in _SETTLED_COLUMNS)
    connection.execute(text(_FLAT.format(settled=settled)))


def create_extras(connection: Connection) -> None:
    """Create the view, the search and the triggers of a new store. A SQLite without FTS5 goes without the search."""
    sqlite = connection.dialect.name == "sqlite"
    create_view(connection)
    statements = (*(_SQLITE_GUARD if sqlite else _POSTGRES_GUARD), *(() if sqlite else _POSTGRES_SEARCH))
    for statement in statements:
        connection.execute(text(statement))
    if sqlite and _has_fts5(connection):
        for statement in _SQLITE_SEARCH:
            connection.execute(text(statement))


def _has_fts5(connection: Connection) -> bool:
    try:
        connection.execute(text("CREATE VIRTUAL TABLE temp.fts5_trial USING fts5(text)"))
        connection.execute(text("DROP TABLE temp.fts5_trial"))
    except OperationalError:
        return False
    return True
