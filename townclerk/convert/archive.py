"""Converting an archive: look around, convert what is new or changed, write each outcome as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from townclerk.convert.cluster import need_dask
from townclerk.convert.comparing import compare_new
from townclerk.convert.conversion import Conversion, ConvertOptions, Nobody, Watcher
from townclerk.convert.discovery import FAILURES_KEPT, Discovery, folder_of
from townclerk.convert.interrupts import Interrupts
from townclerk.convert.places import Place
from townclerk.convert.versions import Wanted
from townclerk.convert.walking import walk
from townclerk.convert.working import Work
from townclerk.store.address import store_url
from townclerk.store.database import Store, open_store
from townclerk.store.ledger import Ledger, State
from townclerk.store.lock import only_one


def convert_archive(
    sources: str | Path | Sequence[str | Path],
    into: str | Path,
    options: ConvertOptions | None = None,
    watcher: Watcher | None = None,
) -> Conversion:
    """Convert everything in some folders, archives or remote places into a store.

    What the store has already, from the same bytes with the same settings, patterns and version, is left as it is. A
    run that was interrupted, even killed, goes on where it stopped.

    On Windows and macOS (and wherever processes are spawned) call this under `if __name__ == "__main__":`.

    Args:
        sources: Folders, files, zip archives, or fsspec addresses such as `s3://bucket/folder`; one, or several.
        into: A SQLite file, a folder for one, or an address such as `postgresql://user@host/name`.
        options: Settings, limits, number of workers.
        watcher: Told how it goes.

    Returns:
        What it came to. A document that fails is counted there and named in the store; it stops nothing.

    Raises:
        StoreError: If the store cannot be opened or written, or another conversion holds it.
        PatternError: If a project file or pattern pack is faulty.
    """
    options = options or ConvertOptions()
    watcher = watcher or Nobody()
    given = [str(source) for source in ([sources] if isinstance(sources, str | Path) else sources)]
    wanted = Wanted(options.settings)
    if not _exists(str(into)) and (nothing := _nothing_there(given, wanted, options)):
        return nothing
    store = open_store(str(into), create=True)
    try:
        with only_one(store, options.wait_seconds, watcher.waiting):
            return _convert(store, given, wanted, options, watcher)
    finally:
        store.close()


def look_only(sources: Sequence[str | Path], into: str | Path, options: ConvertOptions) -> tuple[Conversion, list[str]]:
    """What a run would do, without doing it.

    Returns:
        What was found, and the addresses of the documents that would be converted (copies of each other among them).
    """
    store = open_store(str(into)) if _exists(str(into)) else None
    conversion = Conversion()
    discovery = Discovery(Wanted(options.settings), options.limits, retry_failed=options.retry_failed)
    todo: list[str] = []
    for place in _walk([str(source) for source in sources], store, conversion):
        entry = Ledger(store).known([place.document_id]).get(place.document_id) if store else None
        row = discovery.look(place, entry)
        if row is not None and row["state"] == State.WAITING:
            todo.append(place.path)
    conversion.looked = discovery.looked
    return conversion, todo


def _exists(into: str) -> bool:
    url = store_url(into)
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).is_file()


def _nothing_there(sources: Sequence[str], wanted: Wanted, options: ConvertOptions) -> Conversion | None:
    """What a run comes to that finds no document at all; no store is made for it, nor for one that cannot begin."""
    if options.cluster is not None:
        need_dask()
    conversion = Conversion()
    for place in _walk(sources, None, conversion):
        wanted.for_folder(folder_of(place.uri))  # tells of faulty packs and project files
        return None
    return conversion


def _convert(store: Store, sources: list[str], wanted: Wanted, options: ConvertOptions, watcher: Watcher) -> Conversion:
    ledger = Ledger(store)
    conversion = Conversion()
    told = {"limits": asdict(options.limits), "jobs": options.jobs, "retry_failed": options.retry_failed}
    conversion.run_id = ledger.begin_run(sources, told, wanted.versions())
    state = "finished"
    try:
        with Interrupts() as interrupts:
            _look_around(ledger, wanted, sources, options, conversion, lambda: _told(watcher, conversion, interrupts))
            if conversion.looked.to_do:
                work = Work(ledger, wanted, options, conversion)
                whole = work.do(lambda: _told(watcher, conversion, interrupts))
                state = "finished" if whole else "interrupted"
            interrupts.heed()
            conversion.near_duplicates = compare_new(ledger, lambda compared: _compared(watcher, compared, interrupts))
    except KeyboardInterrupt:
        conversion.interrupted = True
        state = "interrupted"
    except BaseException:
        state = "failed"
        raise
    finally:
        ledger.end_run(conversion.run_id, state, _counts(conversion))
    return conversion


def _told(watcher: Watcher, conversion: Conversion, interrupts: Interrupts) -> None:
    """Between two documents: say how it goes, and stop if that was asked for."""
    interrupts.heed()
    if conversion.looked.entered:
        watcher.converting(conversion)
    else:
        watcher.looking(conversion.looked)


def _compared(watcher: Watcher, compared: int, interrupts: Interrupts) -> None:
    interrupts.heed()
    watcher.comparing(compared)


def _look_around(
    ledger: Ledger,
    wanted: Wanted,
    sources: Sequence[str],
    options: ConvertOptions,
    conversion: Conversion,
    idle: Callable[[], None],
) -> None:
    """Enter everything there is into the ledger."""
    discovery = Discovery(wanted, options.limits, retry_failed=options.retry_failed)
    conversion.looked = discovery.looked
    discovery.enter(ledger, conversion.run_id, _walk(sources, ledger.store, conversion), idle)


def _walk(sources: Sequence[str], store: Store | None, conversion: Conversion) -> Iterator[Place]:
    file = store.file if store else None
    own = {file.with_name(file.name + end) for end in ("", "-wal", "-shm", "-journal", ".lock")} if file else set()
    return walk(sources, own, lambda what, why: conversion.faults.append((what, why)))


def _counts(conversion: Conversion) -> dict[str, Any]:
    return {
        "faults": [why for _, why in conversion.faults[:FAILURES_KEPT]],
        "found": conversion.looked.found,
        "unchanged": conversion.looked.unchanged,
        "copies": conversion.looked.copies,
        "not_looked_into": conversion.looked.failed,
        "pages": conversion.pages,
        "observations": conversion.observations,
        **conversion.states,
    }
