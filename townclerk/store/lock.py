"""One conversion at a time into a store: a second one waits, or says clearly that it does not.

The lock is the operating system's (beside a SQLite file) or the server's (PostgreSQL's advisory lock), so that a
program that is killed leaves none behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from townclerk.models.errors import StoreError
from townclerk.store.database import Store, told

_KEY = 0x70776E63  # any number that other programs are unlikely to lock
_POLL_SECONDS = 0.5


@contextmanager
def only_one(store: Store, wait_seconds: float, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the store for one conversion.

    Args:
        store: The store.
        wait_seconds: How long to wait for another conversion to end.
        waiting: Called once, if there is one to wait for.

    Raises:
        StoreError: If the other one is still at it.
    """
    hold = _file_lock if store.file else _server_lock
    with hold(store, wait_seconds, waiting):
        yield


@contextmanager
def _file_lock(store: Store, wait_seconds: float, waiting: Callable[[], None]) -> Iterator[None]:
    lock = FileLock(f"{store.file}.lock")
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if wait_seconds <= 0:
                raise
            waiting()
            lock.acquire(timeout=wait_seconds, poll_interval=_POLL_SECONDS)
    except Timeout:
        raise _busy(store) from None
    except OSError as fault:
        raise StoreError(f"{lock.lock_file}: cannot be made ({fault.strerror}); check the folder") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _server_lock(store: Store, wait_seconds: float, waiting: Callable[[], None]) -> Iterator[None]:
    with told(store.name), store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}).scalar():
            if wait_seconds <= 0:  # a lock_timeout of 0 means for ever
                raise _busy(store)
            waiting()
            connection.execute(text(f"SET lock_timeout = {max(1, int(wait_seconds * 1000))}"))
            try:
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _KEY})
            except DBAPIError as fault:
                raise _busy(store) from fault
        try:
            yield
        finally:
            with suppress(DBAPIError):  # a server that went away has let go of its locks itself
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})


def _busy(store: Store) -> StoreError:
    return StoreError(f"{store.name}: another conversion is writing into it; wait until it is done, then run again")
