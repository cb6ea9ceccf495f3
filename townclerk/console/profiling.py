"""`extract --profile`: which stage of the work took how much of the time."""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from townclerk.console.streams import say

_INTERVAL = 0.002
_PACKAGE = Path(__file__).resolve().parents[1]
# The stages in the order of the work, each with the part of the package that does it.
_STAGES = {
    "start": "start",
    "extract/inputs": "read",
    "extract/reading": "read",
    "extract/facts": "facts",
    "extract/spotting": "spot",
    "extract/linking": "link",
    "extract/verification": "verify",
    "extract/confidence": "score",
    "extract/observing": "score",
    "extract/output": "write",
    "console": "write",
    "models": "write",
}
_OTHER = "other"


class StageClock:
    """Looks many times a second at where the work stands, so that the work itself carries no clocks.

    A look that came late, because a library held the interpreter, counts for all the time since the last one.
    """

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._watched = threading.get_ident()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="stage clock", daemon=True)
        self._last = time.perf_counter()

    def start(self) -> None:
        """Begin to watch the thread that made the clock."""
        self._last = time.perf_counter()
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_INTERVAL):
            frame = sys._current_frames().get(self._watched)
            now = time.perf_counter()
            if frame is not None:
                self.seconds[stage_of(frame)] += now - self._last
            self._last = now


def stage_of(frame: FrameType) -> str:
    """The stage a stack of calls is in: that of the innermost call that belongs to one."""
    stage = _OTHER
    step: FrameType | None = frame
    while step is not None:
        name = step.f_code.co_filename
        if name.startswith(str(_PACKAGE)):
            part = name[len(str(_PACKAGE)) + 1 :].replace("\\", "/")
            if part.startswith("extract/pipeline") and step.f_code.co_name == "__init__":
                return "start"
            if stage == _OTHER:
                stage = next((told for prefix, told in _STAGES.items() if part.startswith(prefix)), _OTHER)
        step = step.f_back
    return stage


@contextmanager
def profiled(wanted: bool) -> Iterator[None]:
    """Tell on standard error, when the work is done, what share of the time each stage took; if wanted."""
    if not wanted:
        yield
        return
    clock = StageClock()
    clock.start()
    try:
        yield
    finally:
        clock.stop()
        for line in shares(clock.seconds):
            say(line)


def shares(seconds: Mapping[str, float]) -> list[str]:
    """The stages in the order of the work, one a line, each with its seconds and its share."""
    total = sum(seconds.values()) or 1.0
    order = [*dict.fromkeys(_STAGES.values()), _OTHER]
    told = [(stage, seconds[stage]) for stage in order if stage in seconds]
    return [f"{stage:<8}{spent:>9.2f} s {spent / total:>6.1%}" for stage, spent in [*told, ("total", total)]]
