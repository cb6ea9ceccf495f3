"""The steps from one schema to the next, as each was when it was released: plain SQL that calls nothing of today.

What follows from other tables (what the review keeps ready, the view) is not written here: when all steps are done it
is made anew by the code of that day (`migrations.bring_up_to_date`).
"""

from __future__ import annotations

from sqlalchemy import Connection, text


def name_items(connection: Connection) -> None:
    """2: observations name the paper of an agenda pack they stand in."""
    for column in ("report_item_number", "report_item_title"):
        connection.execute(text(f"ALTER TABLE observations ADD COLUMN {column} TEXT"))


def keep_review_ready(connection: Connection) -> None:
    """3: what the review asks for all the time is kept ready."""
    true = "1" if connection.dialect.name == "sqlite" else "true"
    for statement in _REVIEW_TABLES:
        connection.execute(text(statement.format(true=true)))


def tell_what_was_decided(connection: Connection) -> None:
    """4: items hold what was decided, and documents how many of their figures wait in vain as near-duplicates."""
    for column, kind in _DECIDED_COLUMNS:
        connection.execute(text(f"ALTER TABLE review_items ADD COLUMN {column} {kind}"))
    connection.execute(text("ALTER TABLE review_documents ADD COLUMN set_aside INTEGER NOT NULL DEFAULT 0"))


_DECIDED_COLUMNS = (
    ("settled_indicator_id", "TEXT"),
    ("settled_area_name", "TEXT"),
    ("settled_period_code", "TEXT"),
    ("settled_role", "TEXT"),
    ("settled_value", "FLOAT"),
)

_REVIEW_TABLES = (
    """
    CREATE TABLE review_documents (
      document_id TEXT NOT NULL,
      waiting INTEGER NOT NULL,
      pages_waiting INTEGER NOT NULL,
      undecided INTEGER NOT NULL,
      accepted INTEGER NOT NULL,
      corrected INTEGER NOT NULL,
      rejected INTEGER NOT NULL,
      conflicts INTEGER NOT NULL,
      disagreements INTEGER NOT NULL,
      added INTEGER NOT NULL,
      kept INTEGER NOT NULL,
      kept_conflicts INTEGER NOT NULL,
      kept_disagreements INTEGER NOT NULL,
      PRIMARY KEY (document_id),
      FOREIGN KEY(document_id) REFERENCES documents (document_id)
    )
    """,
    """
    CREATE TABLE review_pages (
      document_id TEXT NOT NULL,
      page INTEGER NOT NULL,
      waiting INTEGER NOT NULL,
      rate FLOAT NOT NULL,
      PRIMARY KEY (document_id, page),
      FOREIGN KEY(document_id) REFERENCES documents (document_id)
    )
    """,
    "CREATE INDEX review_pages_by_rate ON review_pages (rate DESC, document_id, page)",
    """
    CREATE TABLE review_items (
      document_id TEXT NOT NULL,
      position INTEGER NOT NULL,
      observation_id TEXT NOT NULL,
      document_sha256 TEXT NOT NULL,
      page INTEGER NOT NULL,
      figure_start INTEGER NOT NULL,
      figure_end INTEGER NOT NULL,
      indicator_id TEXT,
      authority TEXT,
      method TEXT NOT NULL,
      confidence FLOAT,
      outcome TEXT NOT NULL,
      audit BOOLEAN NOT NULL,
      queued BOOLEAN NOT NULL,
      worth FLOAT NOT NULL,
      state TEXT NOT NULL,
      settled_by TEXT,
      head TEXT,
      "conflict" TEXT,
      disagreement BOOLEAN NOT NULL,
      also JSON,
      PRIMARY KEY (document_id, position),
      FOREIGN KEY(document_id, position) REFERENCES observations (document_id, position) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX review_items_by_audit ON review_items (state) WHERE audit IS {true}",
    "CREATE INDEX review_items_by_authority ON review_items (authority, state)",
    "CREATE INDEX review_items_by_confidence ON review_items (confidence)",
    'CREATE INDEX review_items_by_conflict ON review_items (document_id, position) WHERE "conflict" IS NOT NULL',
    "CREATE INDEX review_items_by_disagreement ON review_items (document_id, position) WHERE disagreement IS {true}",
    "CREATE INDEX review_items_by_id ON review_items (observation_id)",
    "CREATE INDEX review_items_by_indicator ON review_items (indicator_id, state)",
    "CREATE INDEX review_items_by_outcome ON review_items (outcome, state)",
    "CREATE INDEX review_items_by_page ON review_items (document_id, page)",
    "CREATE INDEX review_items_by_reviewer ON review_items (settled_by) WHERE settled_by IS NOT NULL",
    "CREATE INDEX review_items_by_state ON review_items (state, document_id, position) WHERE settled_by IS NOT NULL",
    "CREATE INDEX review_items_by_worth ON review_items (worth)",
    """
    CREATE TABLE review_flags (
      flag TEXT NOT NULL,
      document_id TEXT NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (flag, document_id, position),
      FOREIGN KEY(document_id, position) REFERENCES review_items (document_id, position) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX review_flags_by_item ON review_flags (document_id, position)",
    """
    CREATE TABLE review_pace (
      one INTEGER NOT NULL,
      timed INTEGER NOT NULL,
      fitted_at INTEGER NOT NULL,
      pace JSON NOT NULL,
      PRIMARY KEY (one)
    )
    """,
    "CREATE INDEX decisions_by_reviewer ON decisions (reviewer, action, observation_id)",
    "CREATE INDEX decisions_by_turn ON decisions (reviewer, number)",
    "CREATE INDEX decisions_by_moment ON decisions (decided_at)",
    "CREATE INDEX decisions_by_undone ON decisions (undoes)",
)
