"""Opening stores, and what can go wrong with them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text

from tests.store.samples import DOCUMENT_ID, VERSIONS, add, full_observation, store_with
from townclerk.models.errors import StoreError, UsageError
from townclerk.store.address import store_url
from townclerk.store.database import open_store
from townclerk.store.ledger import Ledger, Outcome, State
from townclerk.store.migrations import Migration, bring_up_to_date, newest, version_of
from townclerk.store.rows import to_rows
from townclerk.store.tables import decisions, observations, runs


def test_a_store_is_a_file_a_folder_or_a_server(tmp_path: Path) -> None:
    assert store_url(str(tmp_path)).database == str(tmp_path / "townclerk.db")
    assert store_url(str(tmp_path / "new")).database == str(tmp_path / "new" / "townclerk.db")
    assert store_url(str(tmp_path / "x.sqlite")).database == str(tmp_path / "x.sqlite")
    assert store_url("postgresql://me@there/reports").drivername == "postgresql+psycopg"
    with pytest.raises(UsageError, match="not mysql"):
        store_url("mysql://me@there/reports")


def test_a_store_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such store; make one with: townclerk convert"):
        open_store(str(tmp_path / "x.db"))
    assert not tmp_path.joinpath("x.db").exists()


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    tmp_path.joinpath("letter.db").write_bytes(b"Dear councillors, " * 100)
    with pytest.raises(StoreError, match="is no SQLite database or is damaged"):
        open_store(str(tmp_path / "letter.db"))
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE recipes (name)")
    with pytest.raises(StoreError, match="is a database of another program"):
        open_store(str(tmp_path / "other.db"), create=True)


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    open_store(str(tmp_path / "x.db"), create=True).close()
    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    with pytest.raises(StoreError, match=r"written by a newer Townclerk \(schema 99"):
        open_store(str(tmp_path / "x.db"))


def test_an_older_store_gets_the_steps_it_lacks(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "x.db"), create=True)

    def widen(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE pages ADD width REAL"))

    step = Migration(newest() + 1, widen)
    with store.writing() as connection:
        bring_up_to_date(connection, store.name, [step])
        assert version_of(connection) == step.version
        connection.execute(text("SELECT width FROM pages"))


def store_of_the_first_version(file: Path) -> None:
    """A store as the first version made it."""
    open_store(str(file), create=True).close()
    with sqlite3.connect(file) as connection:
        connection.execute("DROP VIEW observation_flat")
        connection.execute("CREATE VIEW observation_flat AS SELECT observation_id FROM observations")
        for column in ("report_item_number", "report_item_title"):
            connection.execute(f"ALTER TABLE observations DROP COLUMN {column}")
        for index in ("reviewer", "turn", "moment", "undone"):
            connection.execute(f"DROP INDEX decisions_by_{index}")
        for table in ("review_flags", "review_items", "review_pages", "review_documents", "review_pace"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM schema_version")
        connection.execute("INSERT INTO schema_version VALUES (1, '2026-01-01', '0.1.0')")


def test_a_store_of_the_first_version_learns_the_items_of_packs(tmp_path: Path) -> None:
    store_of_the_first_version(tmp_path / "x.db")
    store = store_with(tmp_path / "x.db", [full_observation()])
    with store.reading() as connection:
        assert (
            connection.execute(text("SELECT report_item_title FROM observation_flat")).scalar() == "Performance report"
        )


def test_an_older_store_ends_with_the_schema_of_a_new_one(tmp_path: Path) -> None:
    store_of_the_first_version(tmp_path / "old.db")
    open_store(str(tmp_path / "old.db")).close()
    open_store(str(tmp_path / "new.db"), create=True).close()
    assert schema(tmp_path / "old.db") == schema(tmp_path / "new.db")


def schema(file: Path) -> dict[str, set[tuple[str, ...]]]:
    """The columns of every table and view, and the indexes with what they hold, in whatever order."""
    found: dict[str, set[tuple[str, ...]]] = {}
    with sqlite3.connect(file) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        for (name,) in names:
            columns = connection.execute('SELECT name, type, "notnull" FROM pragma_table_info(?)', [name])
            found[name] = {tuple(map(str, column)) for column in columns}
        indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'").fetchall()
        found |= {name: {(" ".join((sql or "").split()),)} for name, sql in indexes}
    return found


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "x.db"), create=True)

    def fail(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE pages ADD width REAL"))
        raise RuntimeError

    with pytest.raises(RuntimeError), store.writing() as connection:
        bring_up_to_date(connection, store.name, [Migration(newest() + 1, fail)])
    with store.reading() as connection:
        assert version_of(connection) == newest()
    with pytest.raises(StoreError, match="no such column"), store.reading() as connection:
        connection.execute(text("SELECT width FROM pages"))


def test_a_locked_store_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("townclerk.store.database.BUSY_SECONDS", 0.1)
    store = open_store(str(tmp_path / "x.db"), create=True)
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="another program holds the store"):
        Ledger(store).begin_run([], {}, VERSIONS)
    other.close()


def test_a_full_disk_is_told_and_keeps_what_was_there(tmp_path: Path) -> None:
    store = store_with(tmp_path / "x.db", [full_observation()])
    with store.reading() as connection:
        pages = int(connection.execute(text("PRAGMA page_count")).scalar() or 0)
    many = [full_observation()] * 2000
    store.close()

    def fill() -> None:
        with store.writing() as connection:
            connection.execute(text(f"PRAGMA max_page_count = {pages + 5}"))
            connection.execute(observations.insert(), to_rows(DOCUMENT_ID, many).observations[1:])

    with pytest.raises(StoreError, match="the disk is full"):
        fill()
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM observations")).scalar() == 1


def test_one_flat_row_an_observation(tmp_path: Path) -> None:
    store = store_with(tmp_path / "x.db", [full_observation()])
    with store.reading() as connection:
        (row,) = connection.execute(text("SELECT * FROM observation_flat")).mappings()
    assert (row["document"], row["authority"], row["value"], row["page"], row["quote"], row["commentary"]) == (
        "wexcombe-q2.pdf", "Wexcombe", 71.4, 7, "fell to 71.4%", "Two teams were short of staff.",
    )  # fmt: skip


def test_commentary_can_be_searched(tmp_path: Path) -> None:
    store = store_with(tmp_path / "x.db", [full_observation()])
    query = text("SELECT count(*) FROM commentary_search WHERE commentary_search MATCH 'staff'")
    with store.reading() as connection:
        assert connection.execute(query).scalar() == 1
    Ledger(store).finish(DOCUMENT_ID, Outcome(State.FAILED, "gone"), VERSIONS)
    with store.reading() as connection:
        assert connection.execute(query).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM evidence")).scalar() == 0


def test_decisions_are_never_changed(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "x.db"), create=True)
    with store.writing() as connection:
        connection.execute(
            decisions.insert().values(
                decision_id="1", number=1, decided_at="2020-01-01", reviewer="A", action="accept", document_sha256="5"
            )
        )
    for statement in (decisions.update().values(reviewer="B"), decisions.delete()):
        with pytest.raises(StoreError, match="only ever added"), store.writing() as connection:
            connection.execute(statement)


def test_a_run_that_was_killed_gives_its_documents_back(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "x.db"), create=True)
    add(store, [])
    ledger = Ledger(store)
    first = ledger.begin_run(["/archive"], {}, VERSIONS)
    ledger.start([DOCUMENT_ID])
    ledger.begin_run(["/archive"], {}, VERSIONS)
    with store.reading() as connection:
        assert connection.execute(text("SELECT state, attempts FROM documents")).one() == ("waiting", 1)
        assert connection.execute(select(runs.c.state).where(runs.c.run_id == first)).scalar() == "killed"
