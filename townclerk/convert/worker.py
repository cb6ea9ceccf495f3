"""The worker process: quiet, bounded, warm, and gone when its parent is."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

from townclerk.convert.limits import MB, Limits
from townclerk.convert.work import Task, convert_one
from townclerk.extract.settings import Settings
from townclerk.models.errors import TownclerkError

if TYPE_CHECKING:
    from townclerk.extract.extractors import Extractors
    from townclerk.store.outcome import Outcome

_SPARE = 512 * MB
"""What a worker may map beyond its limit before the system itself refuses: the parent's watch comes first."""

_extractors: Extractors | None = None


def start_worker(limits: Limits, settings: Settings, parent: int) -> None:
    """Prepare a worker process.

    Args:
        limits: What a document may cost.
        settings: What most documents are read with; their extractor is built before the first one arrives.
        parent: The coordinator's process id: a worker that outlives it ends itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the coordinator's to handle
    _be_quiet()
    _bound_memory(limits.memory + _SPARE)
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    with suppress(TownclerkError):  # a fault in the settings is told with the document that needs them
        _ready().with_settings(settings)


def work(task: Task) -> Outcome:
    """Convert one document in a prepared worker."""
    return convert_one(task, _ready())


def _ready() -> Extractors:
    global _extractors  # noqa: PLW0603 - a worker process keeps one set of extractors warm
    if _extractors is None:
        from townclerk.extract.extractors import Extractors  # noqa: PLC0415 - loaded in the worker only

        _extractors = Extractors()
    return _extractors


def _be_quiet() -> None:
    """Send whatever a library prints, in Python or C, nowhere: the streams are the coordinator's."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)


def _bound_memory(most: int) -> None:
    """Bound the memory a worker may take, where the system can (not on Windows)."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _follow(parent: int) -> None:
    """End this process once its parent is gone: a killed coordinator leaves no hung worker behind."""
    while os.getppid() == parent and psutil.pid_exists(parent):  # Windows keeps telling the id of a dead parent
        time.sleep(1.0)
    os._exit(0)
