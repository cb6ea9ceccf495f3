"""The same archive in PostgreSQL as in SQLite, also where the server is stopped and started in the middle."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.convert.conftest import write_reports
from tests.convert.workers import quick
from tests.store.postgres import Server, is_installed
from townclerk.convert.archive import convert_archive
from townclerk.convert.conversion import Conversion, ConvertOptions, Nobody
from townclerk.models.errors import StoreError
from townclerk.store.database import open_store
from townclerk.store.lock import only_one
from townclerk.store.migrations import newest
from townclerk.store.observations import Wanted, stored_observations

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(not is_installed(), reason="PostgreSQL is not installed (Debian: apt-get install postgresql)"),
]
OPTIONS = ConvertOptions(jobs=1, prepare=quick)


@pytest.fixture
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="tc-pg-", ignore_cleanup_errors=True) as folder:
        one = Server(Path(folder))
        one.start()
        yield one
        one.stop()


def content(store: str) -> tuple[list[Any], list[Any]]:
    """What a store says, for comparison."""
    opened = open_store(store)
    with opened.reading() as connection:
        rows = connection.execute(text("SELECT uri, state, sha256, same_as FROM documents ORDER BY document_id")).all()
    found = list(stored_observations(opened, Wanted()))
    opened.close()
    return [tuple(row) for row in rows], found


class StopsServer(Nobody):
    """Stops the server once some documents are done, and starts it a little later."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.stopped = False

    def converting(self, conversion: Conversion) -> None:
        if conversion.read >= 5 and not self.stopped:
            self.stopped = True
            self._server.stop()
            threading.Timer(2.0, self._server.start).start()


def test_a_server_that_restarts_loses_nothing(server: Server, tmp_path: Path) -> None:
    source = write_reports(tmp_path / "archive", 30)
    convert_archive([source], tmp_path / "x.db", OPTIONS)
    watcher = StopsServer(server)
    done = convert_archive([source], server.url, OPTIONS, watcher)
    assert watcher.stopped
    assert done.read == 27
    assert content(server.url) == content(str(tmp_path / "x.db"))
    store = open_store(server.url)
    with store.reading() as connection:
        found = "SELECT count(*) FROM commentary WHERE to_tsvector('english', text) @@ to_tsquery('plans')"
        assert int(connection.execute(text(found)).scalar() or 0) > 0
    for wait in (0.0, 0.2):
        options = replace(OPTIONS, wait_seconds=wait)
        with only_one(store, 0, lambda: None), pytest.raises(StoreError, match="another conversion"):
            convert_archive([source], server.url, options)
    store.close()


def test_an_older_store_is_brought_up_to_date_there_too(server: Server, tmp_path: Path) -> None:
    """A store of the first version: without the papers of packs, and without what the review keeps ready."""
    convert_archive([write_reports(tmp_path / "archive", 3)], server.url, OPTIONS)
    store = open_store(server.url)
    asked = "SELECT document, value, settled_value, review FROM observation_flat ORDER BY document_id, position"
    with store.reading() as connection:
        flat = connection.execute(text(asked)).all()
    with store.writing() as connection:
        connection.execute(text("DROP VIEW observation_flat"))
        for column in ("report_item_number", "report_item_title"):
            connection.execute(text(f"ALTER TABLE observations DROP COLUMN {column}"))
        for index in ("reviewer", "turn", "moment", "undone"):
            connection.execute(text(f"DROP INDEX decisions_by_{index}"))
        for table in ("review_flags", "review_items", "review_pages", "review_documents", "review_pace"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE schema_version SET version = 1"))
    store.close()
    again = open_store(server.url)
    with again.reading() as connection:
        assert connection.execute(text(asked)).all() == flat
        assert connection.execute(text("SELECT max(version) FROM schema_version")).scalar() == newest()
    again.close()


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the server cannot be reached"):
        open_store(f"postgresql://nobody@/reports?host={tmp_path}")
