"""Workers that may crash, hang or swell without harm to anything but the document they have in hand."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from multiprocessing import get_context
from typing import Any, Protocol

import psutil
from pebble import ProcessExpired, ProcessPool

from townclerk.convert.limits import MB, Limits
from townclerk.convert.work import OUT_OF_MEMORY, Task
from townclerk.convert.worker import start_worker, work
from townclerk.extract.settings import Settings
from townclerk.store.outcome import Outcome, State

_WATCH_SECONDS = 0.1
_LOOK_SECONDS = 1.0
"""To find the workers among all processes costs some milliseconds, so that new ones are looked for less often."""
_AHEAD = 2
"""Tasks waiting for each worker: enough that none stands idle, few enough that memory stays flat."""


class Initializer(Protocol):
    """Prepares a worker process; a function of a module, so that it can be sent there."""

    __name__: str
    __module__: str

    def __call__(self, limits: Limits, settings: Settings, parent: int, /) -> None:
        """Called in the worker with the limits, the usual settings and the coordinator's process id."""


class Workers:
    """A pool of spawned workers.

    Use as a context: leaving it ends every worker at once.
    """

    def __init__(self, jobs: int, limits: Limits, settings: Settings, initializer: Initializer = start_worker) -> None:
        """`initializer` prepares each worker process."""
        self._jobs = jobs
        self._limits = limits
        self._pool = ProcessPool(
            max_workers=jobs,
            initializer=initializer,
            initargs=(limits, settings, os.getpid()),
            context=get_context("spawn"),
        )
        self._swollen: dict[int, int] = {}
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._watch_memory, daemon=True)

    def __enter__(self) -> Workers:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._pool.stop()  # type: ignore[no-untyped-call] # Pebble types all but this
        self._pool.join()

    def convert(
        self, tasks: Iterable[Task], started: Callable[[Task], None], idle: Callable[[], None]
    ) -> Iterator[tuple[Task, Outcome]]:
        """Convert documents, each result as soon as it is there.

        Args:
            tasks: The documents; taken one by one as workers come free.
            started: Told of each document before a worker gets it.
            idle: Called at least twice a second.
        """
        coming = iter(tasks)
        under_way: dict[Future[Outcome], tuple[Task, float]] = {}
        exhausted = False
        while under_way or not exhausted:
            while not exhausted and len(under_way) < self._jobs * _AHEAD:
                task = next(coming, None)
                if task is None:
                    exhausted = True
                    break
                started(task)
                future: Future[Outcome] = self._pool.schedule(work, args=(task,), timeout=self._limits.seconds)
                under_way[future] = (task, time.monotonic())
            finished, _ = wait(under_way, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in finished:
                task, since = under_way.pop(future)
                yield task, self._outcome(task, future, time.monotonic() - since)
            idle()

    def _outcome(self, task: Task, future: Future[Outcome], seconds: float) -> Outcome:
        try:
            return future.result()
        except TimeoutError:
            why = f"took longer than {self._limits.seconds:g} seconds; raise --limit-time, or split the document"
            return Outcome(State.TIMED_OUT, f"{task.name}: {why}", self._limits.seconds)
        except ProcessExpired as fault:
            if fault.pid in self._swollen:
                return Outcome(State.CRASHED, f"{task.name}: {OUT_OF_MEMORY}", seconds)
            return Outcome(State.CRASHED, f"{task.name}: its worker died ({_died(fault.exitcode)})", seconds)
        except MemoryError:
            return Outcome(State.CRASHED, f"{task.name}: {OUT_OF_MEMORY}", seconds)
        except Exception as fault:  # a result that cannot be sent over, for one
            return Outcome(State.CRASHED, f"{task.name}: {type(fault).__name__} in its worker: {fault}"[:300], seconds)

    def _watch_memory(self) -> None:
        """End workers that hold more than they may."""
        watched: list[psutil.Process] = []
        looked = -_LOOK_SECONDS
        while not self._over.wait(_WATCH_SECONDS):
            # Not asked of multiprocessing: it would collect the exit codes of ended workers, for which the pool waits.
            if time.monotonic() - looked >= _LOOK_SECONDS:
                watched, looked = _children(), time.monotonic()
            for worker in watched:
                try:
                    held = worker.memory_info().rss
                    if held > self._limits.memory:
                        self._swollen[worker.pid] = held // MB
                        worker.kill()
                except psutil.Error:
                    continue


def _children() -> list[psutil.Process]:
    """The processes that this one started and that still run."""
    try:
        return psutil.Process().children()
    except psutil.Error:
        return []


def _died(code: Any) -> str:
    """An exit code in words."""
    if isinstance(code, int) and code < 0:
        import signal  # noqa: PLC0415 - for the name only

        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"
