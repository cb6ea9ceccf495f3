"""Workers that may crash, hang or swell without harm to anything but the document they have in hand."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait

from townclerk.convert.limits import Limits
from townclerk.convert.one_worker import Initializer, OneWorker, WorkerLostError
from townclerk.convert.work import Task
from townclerk.convert.worker import start_worker
from townclerk.extract.settings import Settings
from townclerk.models.errors import TownclerkError
from townclerk.store.outcome import Outcome, State

_WATCH_SECONDS = 0.1
_END_SECONDS = 15.0
_MOST_LOST = 6
"""When so many workers in a row are lost with nothing done in between, it is the machine that fails: the run stops."""
_MOST_HELD = 0.5
"""A worker that still holds so much of its limit after a document is replaced: the next one is not to pay for it."""


class WorkersFailError(TownclerkError):
    """Workers cannot be started, or end again and again; the documents in hand came to nothing."""


class Workers:
    """So many worker processes, each replaced when it ends.

    Use as a context: leaving it ends every worker at once.
    """

    def __init__(self, jobs: int, limits: Limits, settings: Settings, initializer: Initializer = start_worker) -> None:
        """`initializer` prepares each worker process."""
        self._jobs = jobs
        self._limits = limits
        self._prepared = (settings, initializer)
        self._workers: list[OneWorker] = []
        self._ended: list[OneWorker] = []
        self._lost_in_a_row = 0
        self._rest_until = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._watch_memory, daemon=True)

    def __enter__(self) -> Workers:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for worker in self._workers:
            worker.end()
        until = time.monotonic() + _END_SECONDS
        for worker in [*self._workers, *self._ended]:
            worker.join(max(0.0, until - time.monotonic()))

    def convert(
        self, tasks: Iterable[Task], started: Callable[[Task], None], idle: Callable[[], None]
    ) -> Iterator[tuple[Task, Outcome]]:
        """Convert documents, each result as soon as it is there.

        A document whose worker is lost is tried once more when all others are done.

        Args:
            tasks: The documents; taken one by one as workers come free.
            started: Told of each document before a worker gets it.
            idle: Called at least twice a second.

        Raises:
            WorkersFailError: If several workers in a row are lost.
        """
        waiting = _Waiting(tasks, started)
        while self._hand_out(waiting):
            busy = [worker.future for worker in self._workers if worker.task]
            wait(busy, 0.5, FIRST_COMPLETED) if busy else time.sleep(_WATCH_SECONDS)
            while found := self._next_outcome(waiting):
                self._hand_out(waiting)  # while this one is written, its worker is not to stand idle
                yield found
                idle()
            idle()

    def _hand_out(self, waiting: _Waiting) -> bool:
        """Give every free worker a document; False where all is done."""
        self._replace()
        for worker in self._workers:
            if worker.task is None and (task := waiting.take()):
                try:
                    worker.give(task)
                except WorkerLostError as fault:
                    self._lost(task, fault, waiting)
        return waiting.any_left() or any(worker.task for worker in self._workers)

    def _replace(self) -> None:
        """Put new workers in the place of those that ended."""
        for worker in self._workers:
            if worker.over:
                worker.end()
                self._ended.append(worker)
        self._workers = [worker for worker in self._workers if not worker.over]
        self._ended = [worker for worker in self._ended if worker.is_ending]
        if time.monotonic() >= self._rest_until:
            while len(self._workers) < self._jobs:
                self._workers.append(OneWorker(self._limits, *self._prepared))

    def _next_outcome(self, waiting: _Waiting) -> tuple[Task, Outcome] | None:
        """A document that is done, with what became of it."""
        for worker in self._workers:
            task = worker.task
            if task is None or not worker.answers:
                continue
            try:
                outcome = worker.outcome(task)
            except WorkerLostError as fault:
                if outcome_of_it := self._lost(task, fault, waiting):
                    return task, outcome_of_it
                continue
            self._lost_in_a_row = 0
            worker.over = worker.over or worker.held > _MOST_HELD * self._limits.memory
            self._workers.remove(worker)
            self._workers.append(worker)  # the others come first the next time
            return task, outcome
        return None

    def _lost(self, task: Task, fault: WorkerLostError, waiting: _Waiting) -> Outcome | None:
        """Put a document whose worker was lost back; its outcome where that happened to it before."""
        self._lost_in_a_row += 1
        if self._lost_in_a_row >= _MOST_LOST:
            raise WorkersFailError(
                f"{task.name}: {fault}, the {self._lost_in_a_row}th worker in a row: is the machine short of memory, "
                "or is something missing? Try --jobs 1 and run the same command again; what was finished is kept"
            )
        self._rest_until = time.monotonic() + 0.5 * (self._lost_in_a_row - 1)
        if not fault.had_it:
            waiting.put_back(task)
        elif not waiting.once_more(task):
            return Outcome(State.CRASHED, f"{task.name}: {fault}, twice")
        return None

    def _watch_memory(self) -> None:
        """End workers that hold more than they may."""
        while not self._over.wait(_WATCH_SECONDS):
            for worker in list(self._workers):
                worker.watch()


class _Waiting:
    """The documents still to be handed out: those put back, those not yet taken, those to be tried once more."""

    def __init__(self, tasks: Iterable[Task], started: Callable[[Task], None]) -> None:
        self._coming = iter(tasks)
        self._started = started
        self._back: deque[Task] = deque()
        self._again: deque[Task] = deque()
        self._tried: set[str] = set()
        self._exhausted = False

    def take(self) -> Task | None:
        """The next one, if any."""
        if self._back:
            return self._back.popleft()
        task = None if self._exhausted else next(self._coming, None)
        if task is None:
            self._exhausted = True
            task = self._again.popleft() if self._again else None
        if task is not None:
            self._started(task)
        return task

    def any_left(self) -> bool:
        """Whether there may be more."""
        return bool(self._back or self._again) or not self._exhausted

    def put_back(self, task: Task) -> None:
        """Hand it out again: no worker had it."""
        self._back.append(task)

    def once_more(self, task: Task) -> bool:
        """Hand it out again at the end; False where that was done before."""
        if task.document_id in self._tried:
            return False
        self._tried.add(task.document_id)
        self._again.append(task)
        return True
