"""What a person names as a store, and the database that stands for."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from townclerk.models.errors import UsageError

STORE_NAME = "townclerk.db"
"""The file a folder's store is kept in."""

_POSTGRES = ("postgresql", "postgres")


def store_url(given: str) -> URL:
    """The database behind a file, a folder or an address such as `postgresql://user@host/name`.

    Args:
        given: A path (a folder, or a name without a suffix, holds its store in `townclerk.db`), or an address.

    Raises:
        UsageError: If it is an address of an unknown kind.
    """
    if "://" not in given:
        return _file_url(Path(given))
    try:
        url = make_url(given)
    except ArgumentError:
        raise UsageError(f"{given}: is no database address; write postgresql://user@host/name") from None
    backend = url.get_backend_name()
    if backend == "sqlite":
        return _file_url(Path(url.database or STORE_NAME))
    if backend in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    raise UsageError(f"{printable(url)}: stores are SQLite files or postgresql:// addresses, not {backend}")


def printable(url: URL) -> str:
    """The store's name for messages, without a password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def _file_url(path: Path) -> URL:
    file = path / STORE_NAME if path.is_dir() or not path.suffix else path
    return URL.create("sqlite+pysqlite", database=str(file.absolute()))
