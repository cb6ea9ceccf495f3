"""Many machines: documents go to the workers of a Dask cluster, results come back to the one who writes the store.

Inside each Dask worker a document has a process of its own, with the same limits as on one machine. A worker that is
lost takes nothing with it: its documents are done again elsewhere, and since the client alone writes, each stands in
the store once. Documents must lie where every worker can read them (a shared folder, `s3://…`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from multiprocessing import current_process
from threading import Lock, get_ident
from typing import Any

from townclerk.convert.limits import Limits
from townclerk.convert.one_worker import Initializer
from townclerk.convert.pool import Workers, WorkersFailError
from townclerk.convert.work import Task
from townclerk.extract.settings import Settings
from townclerk.models.errors import MissingComponentError, StoreError, UsageError
from townclerk.store.outcome import Outcome, State

LOCAL = "local"
"""Stands for a cluster of this machine's own, to try it."""
_AHEAD = 3
_CONNECT_SECONDS = 30

_TRIES = 3
"""How often a document is handed out whose Dask worker cannot start processes: another one may."""

_Key = tuple[str, int]
_pools: dict[_Key, Workers] = {}
_making = Lock()


def need_dask() -> None:
    """See that Dask is installed.

    Raises:
        MissingComponentError: If it is not.
    """
    if find_spec("distributed") is None:
        raise MissingComponentError("Clusters need Dask; run: pip install 'townclerk[cluster]'")


class Cluster:
    """The workers of a Dask cluster, used as `Workers` are."""

    def __init__(self, address: str, limits: Limits, settings: Settings, prepare: Initializer) -> None:
        """`address` is a scheduler's (`tcp://host:8786`), or `local`.

        Raises:
            MissingComponentError: If Dask is not installed.
            UsageError: If there is no scheduler at the address.
        """
        need_dask()
        import dask  # noqa: PLC0415 - an extra
        import distributed  # noqa: PLC0415

        self._distributed = distributed
        self._given = (limits, settings, prepare)
        self._local: Any = None
        where: Any = address
        if address == LOCAL:
            with dask.config.set({"distributed.worker.daemon": False}):
                self._local = where = distributed.LocalCluster(threads_per_worker=1, dashboard_address=None)
        try:
            self._client = distributed.Client(where, timeout=_CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as fault:
            raise UsageError(f"{address}: no Dask scheduler answers there ({fault}); start one, or check it") from None
        if any(self._client.run(is_daemon).values()):
            self.__exit__()
            remedy = "start them with DASK_DISTRIBUTED__WORKER__DAEMON=False"
            raise UsageError(f"{address}: its workers may not start processes of their own; {remedy}")

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.run(end_processes, *self._given)
        self._client.close()
        if self._local is not None:
            self._local.close()

    def convert(
        self, tasks: Iterable[Task], started: Callable[[Task], None], idle: Callable[[], None]
    ) -> Iterator[tuple[Task, Outcome]]:
        """Convert documents, each result as soon as it is there; see `Workers.convert`."""
        coming = iter(tasks)
        under_way: dict[Any, Task] = {}
        exhausted = False
        while under_way or not exhausted:
            while not exhausted and len(under_way) < _AHEAD * max(1, self._count()):
                task = next(coming, None)
                if task is None:
                    exhausted = True
                    break
                started(task)
                future = self._client.submit(convert_in_process, task, *self._given, pure=False, retries=_TRIES - 1)
                under_way[future] = task
            finished = [future for future in under_way if future.done()]
            if not finished:
                self._wait(list(under_way))
            for future in finished:
                task = under_way.pop(future)
                yield task, self._outcome(task, future)
            idle()

    def _count(self) -> int:
        return sum(self._client.nthreads().values())

    def _wait(self, futures: list[Any]) -> None:
        try:
            self._distributed.wait(futures, timeout=0.5, return_when="FIRST_COMPLETED")
        except TimeoutError:
            if self._client.status not in {"running", "connecting"}:
                raise StoreError("the Dask scheduler went away; what was finished is kept, run again") from None

    def _outcome(self, task: Task, future: Any) -> Outcome:
        try:
            outcome: Outcome = future.result()
        except Exception as fault:  # a document that took several workers with it, for one
            return Outcome(State.CRASHED, f"{task.name}: {type(fault).__name__} on the cluster: {fault}"[:300])
        return outcome


def is_daemon() -> bool:
    """True in a worker process that may have no children, as Dask's nanny starts them unless told otherwise."""
    return current_process().daemon


def convert_in_process(task: Task, limits: Limits, settings: Settings, prepare: Initializer) -> Outcome:
    """Convert one document in a process of its own, inside a Dask worker; that process stays for the next document."""
    key = (_given(limits, settings, prepare), get_ident())  # a Dask worker may have several threads
    with _making:
        if key not in _pools:
            _pools[key] = Workers(1, limits, settings, prepare).__enter__()
    try:
        ((_, outcome),) = _pools[key].convert([task], lambda _: None, lambda: None)
    except WorkersFailError:
        _end(key)
        raise
    return outcome


def end_processes(limits: Limits, settings: Settings, prepare: Initializer) -> None:
    """End the processes that a run had inside a Dask worker."""
    with _making:
        ours = [key for key in _pools if key[0] == _given(limits, settings, prepare)]
    for key in ours:
        _end(key)


def _end(key: _Key) -> None:
    pool = _pools.pop(key, None)
    if pool is not None:
        pool.__exit__()


def _given(limits: Limits, settings: Settings, prepare: Initializer) -> str:
    return repr((limits, settings, prepare.__module__, prepare.__name__))
