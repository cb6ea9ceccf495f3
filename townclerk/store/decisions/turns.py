"""One writer of decisions at a time, so that each sees what the one before it wrote."""

from __future__ import annotations

from sqlalchemy import Connection, text

_KEY = 7_366_128_901
"""A number that names this lock to PostgreSQL."""


def take_turn(connection: Connection) -> None:
    """Wait until no other transaction writes decisions or what follows from them; held until this one ends.

    SQLite has one writer anyway: `Store.writing` takes the turn.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _KEY})
