"""Comparing stores row by row."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

# What says when and how often, not what was read.
_PASSING = {"attempts", "seconds", "finished_at", "run_id", "commentary_id"}
_TABLES = ("documents", "pages", "observations", "evidence", "checks", "commentary", "unlinked_figures", "sketches",
           "near_duplicates")  # fmt: skip


def content(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything a store says of its documents, in a settled order."""
    connection = sqlite3.connect(store)
    try:
        return {table: sorted(_rows(connection, table), key=repr) for table in _TABLES}
    finally:
        connection.close()


def states(store: Path) -> dict[str, tuple[str, str | None]]:
    """State and reason of each document, by name."""
    connection = sqlite3.connect(store)
    try:
        return {
            name: (state, why) for name, state, why in connection.execute("SELECT name, state, reason FROM documents")
        }
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of the list above
    names = [column[0] for column in cursor.description]
    kept = [index for index, name in enumerate(names) if name not in _PASSING]
    return [tuple(row[index] for index in kept) for row in cursor]
