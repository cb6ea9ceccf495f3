"""Converting an archive: look around, convert what is new or changed, write each outcome as it comes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from sqlalchemy import RowMapping

from townclerk.convert.cluster import Cluster
from townclerk.convert.comparing import compare_new
from townclerk.convert.discovery import Discovery, Looked, folder_of
from townclerk.convert.interrupts import Interrupts
from townclerk.convert.limits import Limits
from townclerk.convert.places import OutOfReachError, Place, read_place
from townclerk.convert.pool import Initializer, Workers
from townclerk.convert.versions import Wanted
from townclerk.convert.walking import walk
from townclerk.convert.work import Task
from townclerk.convert.worker import start_worker
from townclerk.extract.settings import Settings
from townclerk.models.errors import UnreadableError
from townclerk.store.address import store_url
from townclerk.store.database import Store, UnfitError, open_store
from townclerk.store.ledger import LOST, READ, Ledger, Outcome, State, Versions
from townclerk.store.lock import only_one


@dataclass(slots=True, frozen=True)
class ConvertOptions:
    """What a run is asked for.

    Attributes:
        settings: What is stated of every document.
        limits: What a document may cost.
        jobs: Worker processes; 0 for one a core.
        retry_failed: Try again what failed before.
        wait_seconds: How long to wait for another conversion into the same store.
        cluster: A Dask scheduler's address, or "local"; None to work on this machine alone.
        prepare: Prepares each worker process; called there with the limits, the settings and the coordinator's id.
    """

    settings: Settings = field(default_factory=Settings)
    limits: Limits = field(default_factory=Limits)
    jobs: int = 0
    retry_failed: bool = False
    wait_seconds: float = 0.0
    cluster: str | None = None
    prepare: Initializer = start_worker


@dataclass(slots=True)
class Conversion:
    """What a run came to.

    Attributes:
        run_id: Its number in the store.
        looked: What was found.
        states: Documents worked on, by state.
        pages: Pages read.
        observations: Observations written.
        failures: Documents that came to nothing, as (address, state, reason); the first thousand.
        faults: Sources and folders that came to nothing, as (what, why).
        near_duplicates: Documents in the store that say what another one says.
        interrupted: True where it was stopped; what was finished is kept.
    """

    run_id: int = 0
    looked: Looked = field(default_factory=Looked)
    states: dict[str, int] = field(default_factory=dict)
    pages: int = 0
    observations: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    near_duplicates: int = 0
    interrupted: bool = False

    @property
    def read(self) -> int:
        """Documents read, wholly or in part."""
        return sum(self.states.get(state, 0) for state in READ)

    @property
    def lost(self) -> int:
        """Documents that came to nothing."""
        return self.looked.failed + sum(self.states.get(state, 0) for state in LOST)


class Watcher(Protocol):
    """Is told how a run goes."""

    def looking(self, looked: Looked) -> None:
        """While places are looked at."""

    def converting(self, conversion: Conversion) -> None:
        """While documents are converted; called at least twice a second."""

    def waiting(self) -> None:
        """Another conversion holds the store."""


class Nobody:
    """A watcher that looks away."""

    def looking(self, looked: Looked) -> None:
        """Not of interest."""

    def converting(self, conversion: Conversion) -> None:
        """Not of interest."""

    def waiting(self) -> None:
        """Not of interest."""


_FAILURES_KEPT = 1000
_OUT_OF_REACH = 25
"""When so many documents in a row cannot be reached, the drive or the network is gone: the run stops."""


def convert_archive(
    sources: Sequence[str | Path],
    into: str | Path,
    options: ConvertOptions | None = None,
    watcher: Watcher | None = None,
) -> Conversion:
    """Convert everything in some folders, archives or remote places into a store.

    What the store has already, from the same bytes with the same settings, patterns and version, is left as it is. A
    run that was interrupted, even killed, goes on where it stopped.

    On Windows and macOS (and wherever processes are spawned) call this under `if __name__ == "__main__":`.

    Args:
        sources: Folders, files, zip archives, or fsspec addresses such as `s3://bucket/folder`.
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
    store = open_store(str(into), create=True)
    try:
        with only_one(store, options.wait_seconds, watcher.waiting):
            return _convert(store, [str(source) for source in sources], options, watcher)
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


def _convert(store: Store, sources: list[str], options: ConvertOptions, watcher: Watcher) -> Conversion:
    ledger = Ledger(store)
    wanted = Wanted(options.settings)
    conversion = Conversion()
    told = {"limits": asdict(options.limits), "jobs": options.jobs, "retry_failed": options.retry_failed}
    conversion.run_id = ledger.begin_run(sources, told, wanted.versions())
    state = "finished"
    try:
        with Interrupts() as interrupts:
            _look_around(ledger, wanted, sources, options, conversion, lambda: _told(watcher, conversion, interrupts))
            if conversion.looked.to_do:
                whole = _work(ledger, wanted, options, conversion, lambda: _told(watcher, conversion, interrupts))
                state = "finished" if whole else "interrupted"
            interrupts.heed()
            conversion.near_duplicates = compare_new(store)
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


def _work(
    ledger: Ledger, wanted: Wanted, options: ConvertOptions, conversion: Conversion, idle: Callable[[], None]
) -> bool:
    """Convert the run's waiting documents; False where they went out of reach and some were left."""
    in_a_row = 0
    with _workers(options, conversion.looked.to_do) as workers:
        tasks = _tasks(ledger, wanted, options.limits, conversion)
        for task, outcome in workers.convert(tasks, lambda one: ledger.start([one.document_id]), idle):
            _, versions = wanted.for_folder(folder_of(task.uri))
            _count(conversion, task, _write(ledger, task, outcome, versions))
            in_a_row = in_a_row + 1 if outcome.passing else 0
            if in_a_row == _OUT_OF_REACH:
                left = conversion.looked.to_do - sum(conversion.states.values())
                why = f"{in_a_row} documents in a row could not be reached: is a drive or the network gone?"
                conversion.faults.append((task.uri, f"{why} {left} are left; run the same command when it is back"))
                return False
    return True


def _workers(options: ConvertOptions, documents: int) -> Workers | Cluster:
    if options.cluster is not None:
        return Cluster(options.cluster, options.limits, options.settings, options.prepare)
    jobs = min(options.jobs or os.cpu_count() or 1, documents)
    return Workers(jobs, options.limits, options.settings, options.prepare)


def _write(ledger: Ledger, task: Task, outcome: Outcome, versions: Versions) -> Outcome:
    """Write an outcome; one that the database does not take (a number beyond its range) is that document's failure."""
    try:
        ledger.finish(task.document_id, outcome, versions)
    except (UnfitError, OverflowError, UnicodeError) as fault:
        outcome = Outcome(State.FAILED, f"{task.name}: what was read does not fit the store ({fault})", outcome.seconds)
        ledger.finish(task.document_id, outcome, versions)
    return outcome


def _tasks(ledger: Ledger, wanted: Wanted, limits: Limits, conversion: Conversion) -> Iterator[Task]:
    for row in ledger.waiting(conversion.run_id):
        settings, versions = wanted.for_folder(folder_of(row["uri"]))
        task = Task(row["document_id"], row["uri"], row["name"], settings, limits.size)
        try:
            yield task if not _only_here(row) else _with_bytes(task)
        except UnreadableError as fault:
            outcome = Outcome(State.FAILED, str(fault), passing=isinstance(fault, OutOfReachError))
            ledger.finish(task.document_id, outcome, versions)
            _count(conversion, task, outcome)


def _only_here(row: RowMapping) -> bool:
    """True for addresses that mean something in this process alone."""
    return "memory://" in row["uri"]


def _with_bytes(task: Task) -> Task:
    data = read_place(task.uri, task.limit)
    return Task(task.document_id, task.uri, task.name, task.settings, task.limit, data)


def _count(conversion: Conversion, task: Task, outcome: Outcome) -> None:
    conversion.states[outcome.state] = conversion.states.get(outcome.state, 0) + 1
    conversion.pages += outcome.facts.get("pages_read") or 0
    conversion.observations += len(outcome.rows.observations)
    if outcome.state in LOST and len(conversion.failures) < _FAILURES_KEPT:
        conversion.failures.append((task.uri, outcome.state, outcome.reason or ""))


def _counts(conversion: Conversion) -> dict[str, int]:
    return {
        "found": conversion.looked.found,
        "unchanged": conversion.looked.unchanged,
        "copies": conversion.looked.copies,
        "not_looked_into": conversion.looked.failed,
        "pages": conversion.pages,
        "observations": conversion.observations,
        **conversion.states,
    }
