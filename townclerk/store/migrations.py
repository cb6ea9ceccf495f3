"""The schema's version, and how an older store becomes one of today's.

A new store gets the tables as `tables.py` has them and the newest version. An older store gets, in one transaction,
each step that its version lacks; a step is written once, in plain SQL for both dialects, and never changed after its
release (`migration_steps.py`). What follows from other tables is then made anew. A store of a newer version is left
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, inspect, select

from townclerk import __version__
from townclerk.models.errors import StoreError
from townclerk.store import migration_steps as steps
from townclerk.store.decisions.refresh import refresh_all
from townclerk.store.extras import create_extras, create_view, drop_view
from townclerk.store.tables import metadata, schema_version

BASE_VERSION = 1
"""The version of the first released schema."""


@dataclass(slots=True, frozen=True)
class Migration:
    """One step: what makes a store of the version before into one of `version`."""

    version: int
    apply: Callable[[Connection], None]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(2, steps.name_items),
    Migration(3, steps.keep_review_ready),
    Migration(4, steps.tell_what_was_decided),
)
"""Steps after the base version, in order."""


def newest(migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """The version this program writes."""
    return migrations[-1].version if migrations else BASE_VERSION


def bring_up_to_date(connection: Connection, name: str, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Create the tables of an empty database, or take an older store to today's version.

    Args:
        connection: Inside a transaction.
        name: The store's name, for messages.
        migrations: The known steps.

    Raises:
        StoreError: If the database holds something else, or a store of a newer version.
    """
    names = set(inspect(connection).get_table_names())
    if "schema_version" not in names:
        if names:
            raise StoreError(f"{name}: is a database of another program; name another file for the store")
        metadata.create_all(connection)
        create_extras(connection)
        _stamp(connection, newest(migrations))
        return
    version = version_of(connection)
    if version > newest(migrations):
        raise StoreError(
            f"{name}: was written by a newer Townclerk (schema {version}, this one knows {newest(migrations)}); "
            "install that version or use another store"
        )
    missing = [step for step in migrations if step.version > version]
    if missing:
        # Its columns are today's: it is made again when all steps are done.
        drop_view(connection)
        for step in missing:
            step.apply(connection)
            _stamp(connection, step.version)
        refresh_all(connection)
        create_view(connection)


def version_of(connection: Connection) -> int:
    """The version a store has."""
    return int(connection.execute(select(func.max(schema_version.c.version))).scalar() or 0)


def _stamp(connection: Connection, version: int) -> None:
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(
        schema_version.insert(), {"version": version, "applied_at": moment, "townclerk_version": __version__}
    )
