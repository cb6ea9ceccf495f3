"""One worker process with a channel of its own.

Workers that share a pool share its locks and its pipe too: one that is ended in the middle of an answer would leave
both unusable for all others. So each worker is the only one of its own pool, and both go together.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Protocol

import psutil
from pebble import ProcessExpired, ProcessPool

from townclerk.convert.limits import Limits
from townclerk.convert.work import OUT_OF_MEMORY, Task
from townclerk.convert.worker import work
from townclerk.extract.settings import Settings
from townclerk.store.outcome import Outcome, State

_GRACE_SECONDS = 120.0
"""A worker that is silent for so long beyond its time limit is lost: it hangs where its pool cannot see it."""


class Initializer(Protocol):
    """Prepares a worker process; a function of a module, so that it can be sent there."""

    __name__: str
    __module__: str

    def __call__(self, limits: Limits, settings: Settings, parent: int, /) -> None:
        """Called in the worker with the limits, the usual settings and the coordinator's process id."""


class WorkerLostError(Exception):
    """A worker ended, or never began, without saying what became of its document.

    Attributes:
        had_it: True where the worker had the document in hand, so that the document may be why.
    """

    def __init__(self, why: str, *, had_it: bool) -> None:
        super().__init__(why)
        self.had_it = had_it


class OneWorker:
    """A worker process, from its start to its end.

    Attributes:
        task: The document it has in hand.
        future: What becomes of that.
        held: The bytes it held when last looked at.
        over: True once it can do no more.
    """

    def __init__(self, limits: Limits, settings: Settings, initializer: Initializer) -> None:
        """Start it; `initializer` prepares the process."""
        context = get_context("spawn")
        self.task: Task | None = None
        self.future: Future[Outcome] = Future()
        self.held = 0
        self.over = False
        self._limits = limits
        self._since = 0.0
        self._swollen = False
        self._process: psutil.Process | None = None
        self._looking = threading.Lock()
        self._fault = ""
        self._reader, writer = context.Pipe(duplex=False)
        self._pool = ProcessPool(
            max_workers=1,
            initializer=_begin,
            initargs=(writer, initializer, limits, settings, os.getpid()),
            context=context,
        )
        self._ending: threading.Thread | None = None

    def give(self, task: Task) -> None:
        """Hand it a document.

        Raises:
            WorkerLostError: If it is no more.
        """
        self.task, self._since = task, time.monotonic()
        try:
            self.future = self._pool.schedule(work, args=(task,), timeout=self._limits.seconds)
        except (RuntimeError, OSError) as fault:
            raise self._lost(fault, had_it=False) from None

    @property
    def answers(self) -> bool:
        """Whether `outcome` has something to say."""
        silent = time.monotonic() - self._since > self._limits.seconds + _GRACE_SECONDS
        return self.task is not None and (self.future.done() or silent or not self._pool.active)

    def outcome(self, task: Task) -> Outcome:
        """What became of the document it had in hand; it is free again, or `over`.

        Raises:
            WorkerLostError: If it does not say.
        """
        seconds = time.monotonic() - self._since
        if not self.future.done():
            raise self._lost(TimeoutError("it says nothing any more"), had_it=self.is_ready())
        self.task = None
        try:
            return self.future.result()
        except TimeoutError:
            self.over = True
            why = f"took longer than {self._limits.seconds:g} seconds; raise --limit-time, or split the document"
            return Outcome(State.TIMED_OUT, f"{task.name}: {why}", self._limits.seconds)
        except ProcessExpired as fault:
            self.over = True
            why = OUT_OF_MEMORY if self._swollen else f"its worker died ({_died(fault.exitcode)})"
            return Outcome(State.CRASHED, f"{task.name}: {why}", seconds)
        except BrokenProcessPool as fault:
            raise self._lost(fault, had_it=self.is_ready()) from None
        except MemoryError:
            return Outcome(State.CRASHED, f"{task.name}: {OUT_OF_MEMORY}", seconds)
        except Exception as fault:  # a result that cannot be sent over, for one
            return Outcome(State.CRASHED, f"{task.name}: {_said(fault)} in its worker"[:300], seconds)

    def is_ready(self) -> bool:
        """Whether it has told, once prepared, which process it is."""
        with self._looking:
            try:
                while self._process is None and not self._fault and self._reader.poll():
                    told = self._reader.recv()
                    if isinstance(told, int):
                        self._process = psutil.Process(told)
                    else:
                        self._fault = str(told)
            except (psutil.Error, OSError, EOFError):
                return False
            return self._process is not None

    def watch(self) -> None:
        """See how much memory it holds, and end it where that is more than it may."""
        if not self.is_ready() or self._process is None:
            return
        with suppress(psutil.Error):
            self.held = self._process.memory_info().rss
            if self.held > self._limits.memory:
                self._swollen = True
                self._process.kill()

    def end(self) -> None:
        """End it, without waiting for that."""
        self.over = True
        if self.is_ready() and self._process is not None:
            with suppress(psutil.Error):
                self._process.kill()
        self._ending = threading.Thread(target=self._stop, daemon=True)
        self._ending.start()

    @property
    def is_ending(self) -> bool:
        """Whether something of it is still there."""
        return self._ending is not None and self._ending.is_alive()

    def join(self, seconds: float) -> None:
        """Wait until it has ended."""
        if self._ending is not None:
            self._ending.join(seconds)

    def _stop(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call] # Pebble types all but this
        with suppress(RuntimeError, OSError):
            self._pool.join()
        self._reader.close()

    def _lost(self, fault: Exception, *, had_it: bool) -> WorkerLostError:
        self.over = True
        self.task = None
        what = "ended without an answer" if self.is_ready() else "could not be started"
        return WorkerLostError(f"its worker {what} ({self._fault or _said(fault)})", had_it=had_it)


def _begin(told: Connection, initializer: Initializer, limits: Limits, settings: Settings, parent: int) -> None:
    """In the worker: prepare it, then say which process it is, or what failed."""
    try:
        initializer(limits, settings, parent)
    except BaseException as fault:  # whatever it is, it would only be printed here
        told.send(_said(fault))
        os._exit(1)
    told.send(os.getpid())


def _said(fault: BaseException) -> str:
    first = fault.__cause__ or fault
    said = (str(first).splitlines() or [""])[0]
    return f"{type(first).__name__}: {said}" if said else type(first).__name__


def _died(code: Any) -> str:
    """An exit code in words."""
    if isinstance(code, int) and code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"
