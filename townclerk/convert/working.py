"""The second half of a run: convert what waits, and write each outcome as it comes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from sqlalchemy import RowMapping

from townclerk.convert.cluster import Cluster
from townclerk.convert.conversion import Conversion, ConvertOptions
from townclerk.convert.discovery import FAILURES_KEPT, folder_of
from townclerk.convert.places import OutOfReachError, read_place
from townclerk.convert.pool import Workers, WorkersFailError
from townclerk.convert.versions import Wanted
from townclerk.convert.work import Task
from townclerk.models.errors import UnreadableError
from townclerk.store.database import UnfitError
from townclerk.store.ledger import LOST, Ledger, Outcome, State, Versions

_OUT_OF_REACH = 25
"""When so many documents in a row cannot be reached, the drive or the network is gone: the run stops."""


class Work:
    """The converting of one run's waiting documents."""

    def __init__(self, ledger: Ledger, wanted: Wanted, options: ConvertOptions, conversion: Conversion) -> None:
        """`conversion` is told what it comes to."""
        self._ledger = ledger
        self._wanted = wanted
        self._options = options
        self._conversion = conversion
        self._unreached = 0
        self._gone = ""

    def do(self, idle: Callable[[], None]) -> bool:
        """Convert them; False where some were left, for a reason that is among the conversion's faults."""
        with self._workers() as workers:
            try:
                for task, outcome in workers.convert(self._tasks(), self._start, idle):
                    self._finish(task, outcome)
                    if self._gone:
                        break
            except WorkersFailError as fault:
                self._left("workers", str(fault))
                return False
        if self._gone:
            why = f"{_OUT_OF_REACH} documents in a row could not be reached: is a drive or the network gone?"
            self._left(self._gone, f"{why} Run the same command when it is back")
        return not self._gone

    def _workers(self) -> Workers | Cluster:
        options = self._options
        if options.cluster is not None:
            return Cluster(options.cluster, options.limits, options.settings, options.prepare)
        jobs = min(options.jobs or os.cpu_count() or 1, self._conversion.looked.to_do)
        return Workers(jobs, options.limits, options.settings, options.prepare)

    def _left(self, what: str, why: str) -> None:
        left = self._conversion.looked.to_do - sum(self._conversion.states.values())
        self._conversion.faults.append((what, f"{why}; {left} of this run are left"))

    def _tasks(self) -> Iterator[Task]:
        limit = self._options.limits.size
        for row in self._ledger.waiting(self._conversion.run_id):
            settings, _ = self._wanted.for_folder(folder_of(row["uri"]))
            task = Task(row["document_id"], row["uri"], row["name"], settings, limit)
            try:
                yield task if not _only_here(row) else _with_bytes(task)
            except UnreadableError as fault:
                self._finish(task, Outcome(State.FAILED, str(fault), passing=isinstance(fault, OutOfReachError)))
            if self._gone:
                return

    def _start(self, task: Task) -> None:
        self._ledger.start([task.document_id])

    def _finish(self, task: Task, outcome: Outcome) -> None:
        """Write an outcome, count it, and see whether documents can still be reached."""
        _, versions = self._wanted.for_folder(folder_of(task.uri))
        self._count(task, self._write(task, outcome, versions))
        self._unreached = self._unreached + 1 if outcome.passing else 0
        if self._unreached >= _OUT_OF_REACH:
            self._gone = task.uri

    def _write(self, task: Task, outcome: Outcome, versions: Versions) -> Outcome:
        """Write an outcome; one that the database does not take (a number beyond its range) is that document's."""
        try:
            self._ledger.finish(task.document_id, outcome, versions)
        except (UnfitError, OverflowError, UnicodeError) as fault:
            why = f"{task.name}: what was read does not fit the store ({fault})"
            outcome = Outcome(State.FAILED, why, outcome.seconds)
            self._ledger.finish(task.document_id, outcome, versions)
        return outcome

    def _count(self, task: Task, outcome: Outcome) -> None:
        conversion = self._conversion
        conversion.states[outcome.state] = conversion.states.get(outcome.state, 0) + 1
        conversion.pages += outcome.facts.get("pages_read") or 0
        conversion.observations += len(outcome.rows.observations)
        if outcome.state in LOST and len(conversion.failures) < FAILURES_KEPT:
            conversion.failures.append((task.uri, outcome.state, outcome.reason or ""))


def _only_here(row: RowMapping) -> bool:
    """True for addresses that mean something in this process alone."""
    return "memory://" in row["uri"]


def _with_bytes(task: Task) -> Task:
    data = read_place(task.uri, task.limit)
    return Task(task.document_id, task.uri, task.name, task.settings, task.limit, data)
