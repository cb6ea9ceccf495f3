"""Opening a store: one engine for SQLite and PostgreSQL, with the faults of both in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DataError, DBAPIError, OperationalError

from townclerk.models.errors import MissingComponentError, StoreError
from townclerk.store.address import printable, store_url
from townclerk.store.migrations import bring_up_to_date
from townclerk.store.patience import ServerLostError

BUSY_SECONDS = 30
"""How long a writer waits for another one."""


class Store:
    """An open store.

    Attributes:
        url: The database.
        name: What to call it in messages.
        engine: SQLAlchemy's engine.
    """

    def __init__(self, url: URL, engine: Engine) -> None:
        self.url = url
        self.name = printable(url)
        self.engine = engine

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for a server."""
        return Path(self.url.database) if self.engine.dialect.name == "sqlite" and self.url.database else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with.

        Raises:
            StoreError: If the database fails; the message says what to do.
        """
        with told(self.name), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is kept, or nothing.

        Raises:
            StoreError: If the database fails; the message says what to do.
        """
        with told(self.name), self.engine.connect() as plain:
            connection = plain.execution_options(townclerk_writes=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def open_store(given: str, *, create: bool = False) -> Store:
    """Open a store and bring its schema up to date.

    Args:
        given: A file, a folder, or an address such as `postgresql://user@host/name`.
        create: Make it where there is none.

    Raises:
        StoreError: If there is none, it is locked, damaged, of a newer version, or the server cannot be reached.
        MissingComponentError: If the server's driver is not installed.
        UsageError: If `given` is no address of a store.
    """
    url = store_url(given)
    if url.get_backend_name() == "sqlite":
        _check_file(Path(str(url.database)), create=create)
    try:
        engine = _sqlite_engine(url) if url.get_backend_name() == "sqlite" else create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise MissingComponentError(
            f"{printable(url)}: the driver for PostgreSQL is not installed; run: pip install 'townclerk[postgres]'"
        ) from None
    store = Store(url, engine)
    with store.writing() as connection:
        bring_up_to_date(connection, store.name)
    return store


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn a database's faults into the store's.

    Raises:
        StoreError: In place of the driver's fault.
    """
    try:
        yield
    except DBAPIError as fault:
        kind = ServerLostError if _is_lost(fault) else UnfitError if isinstance(fault, DataError) else StoreError
        raise kind(f"{name}: {_explained(fault)}") from fault


class UnfitError(StoreError):
    """A row that the database does not take; nothing of its transaction was written."""


def _is_lost(fault: DBAPIError) -> bool:
    """True where the server went away or is on its way up or down."""
    state = str(getattr(fault.orig, "sqlstate", None) or "")
    on_its_way = state.startswith(("57P", "08"))
    unreachable = isinstance(fault, OperationalError) and "connection" in str(fault.orig).lower()
    return fault.connection_invalidated or on_its_way or unreachable


def _explained(fault: DBAPIError) -> str:
    said = str(fault.orig).strip().splitlines()[0] if str(fault.orig).strip() else type(fault.orig).__name__
    lower = said.lower()
    if "locked" in lower:
        return "another program holds the store; wait until it is done, then run again"
    if "disk is full" in lower or "no space" in lower:
        return "the disk is full; make room and run again: what was finished is kept"
    if "malformed" in lower or "not a database" in lower:
        return "is no SQLite database or is damaged; restore a copy or name another file"
    if "readonly" in lower or "read-only" in lower or "unable to open" in lower:
        return f"cannot be written ({said}); check the permissions of the file and its folder"
    if _is_lost(fault):
        return f"the server cannot be reached ({said}); start it or check the address, then run again"
    return said


def _check_file(file: Path, *, create: bool) -> None:
    if not create and not file.is_file():
        raise StoreError(f"{file}: there is no such store; make one with: townclerk convert REPORTS --into {file.name}")
    if create:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise StoreError(f"{file.parent}: the folder cannot be made ({fault.strerror}); choose another") from None


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver must not begin transactions of its own: schema changes are to be undone as a whole too.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer waits for its turn at the start: one that has read before it writes would be refused, not queued.
        writes = connection.get_execution_options().get("townclerk_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
