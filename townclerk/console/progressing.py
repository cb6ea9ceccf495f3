"""How a long run is followed: a live display for a person at a screen, plain lines now and then for a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from townclerk.console.streams import say
from townclerk.convert.conversion import Conversion, Nobody, Watcher

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from townclerk.convert.discovery import Looked

LINE_SECONDS = 15.0
WAITING = "townclerk: another conversion is writing into this store; waiting for it"


@contextmanager
def open_watcher(*, quiet: bool) -> Iterator[Watcher]:
    """The watcher that fits standard error."""
    if quiet or sys.stderr is None:
        yield Nobody()
    elif not sys.stderr.isatty():
        yield PlainLines()
    else:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as display:
            yield Live(display)


class PlainLines:
    """Says where the run stands every few seconds, one line each."""

    def __init__(self) -> None:
        self._started = self._last = time.monotonic()

    def looking(self, looked: Looked) -> None:
        """Say how many documents were found."""
        if self._due():
            say(f"townclerk: {looked.found} documents found")

    def converting(self, conversion: Conversion) -> None:
        """Say how many are done."""
        if self._due():
            say(f"townclerk: {standing(conversion, time.monotonic() - self._started)}")

    def comparing(self, compared: int) -> None:
        """Say how many were compared."""
        if self._due():
            say(f"townclerk: {several(compared, 'document')} compared for near-duplicates")

    def waiting(self) -> None:
        """Say why nothing happens."""
        say(WAITING)

    def _due(self) -> bool:
        due = time.monotonic() - self._last >= LINE_SECONDS
        if due:
            self._last = time.monotonic()
        return due


class Live:
    """A bar with what the plain lines say."""

    def __init__(self, display: Progress) -> None:
        self._display = display
        self._task: TaskID = display.add_task("Looking", total=None)
        self._started = time.monotonic()

    def looking(self, looked: Looked) -> None:
        """Show how many documents were found."""
        self._display.update(self._task, description=f"Looking: {looked.found} documents")

    def converting(self, conversion: Conversion) -> None:
        """Show how many are done."""
        self._display.update(
            self._task,
            total=conversion.looked.to_do,
            completed=sum(conversion.states.values()),
            description=standing(conversion, time.monotonic() - self._started),
        )

    def comparing(self, compared: int) -> None:
        """Show how many were compared."""
        told = f"Looking for near-duplicates: {several(compared, 'document')} compared"
        self._display.update(self._task, total=None, description=told)

    def waiting(self) -> None:
        """Show why nothing happens."""
        self._display.update(self._task, description=WAITING.removeprefix("townclerk: "))


def standing(conversion: Conversion, seconds: float) -> str:
    """Where a run stands: documents, pages, rate, observations, failures."""
    done, total = sum(conversion.states.values()), conversion.looked.to_do
    rate = conversion.pages / seconds if seconds > 0 else 0.0
    left = f", about {_spoken((total - done) * seconds / done)} left" if done and done < total else ""
    return (
        f"{done:,} of {several(total, 'document')}, {several(conversion.pages, 'page')} ({rate:.1f} a second), "
        f"{several(conversion.observations, 'observation')}, {conversion.lost:,} failed{left}"
    )


def several(count: int, what: str) -> str:
    """So many of something, in words."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _spoken(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return several(round(seconds), "second")
    return several(minutes, "minute") if minutes < 120 else f"{minutes / 60:.1f} hours"
