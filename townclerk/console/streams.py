"""The process's own streams: data on standard output and nothing else there, everything said to people on the other."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from townclerk.extract.output.atomic import written
from townclerk.models.errors import OutputError

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")

CLOSED = "standard output is closed; write to a file with -o FILE"


def prepare_streams() -> None:
    """Let a console that cannot show a character show a stand-in, where it would have ended the program.

    Windows consoles with code page 1252 know no arrows.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(line: str) -> None:
    """Write a line for people on standard error; a closed standard error is nobody listening."""
    if sys.stderr is None:
        return
    with suppress(OSError, ValueError):
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


@contextmanager
def guarded_stdout() -> Iterator[BinaryIO]:
    """Standard output as bytes, kept for data: whatever else prints there inside the block goes to standard error.

    The guard works on file descriptors too, so prints of libraries written in C are caught as well.

    Raises:
        OutputError: If standard output is closed.
    """
    if sys.stdout is not None:
        sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:
        raise OutputError(CLOSED) from None
    try:
        _redirect(1, 2)
        stream = os.fdopen(os.dup(kept), "wb")
        try:
            with redirect_stdout(sys.stderr):
                yield stream
            stream.flush()
        finally:
            # After a failed write the rest in the buffer fails again: the first fault is the one to tell.
            with suppress(OSError):
                stream.close()
    finally:
        with suppress(OSError, ValueError):
            if sys.stdout is not None:
                sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


@contextmanager
def stdout_console() -> Iterator[Console]:
    """A console for tables and other text for people on standard output.

    Raises:
        OutputError: If standard output is closed or cannot be written.
        BrokenPipeError: If the reader has gone away.
    """
    from rich.console import Console

    class Plain(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    if sys.stdout is None:
        raise OutputError(CLOSED)
    with written("standard output"):
        yield Plain(file=sys.stdout, highlight=False)
        sys.stdout.flush()


def put(text: str) -> None:
    """Write text to standard output as UTF-8, byte for byte: line ends stay as they are on every system.

    Raises:
        OutputError: If it cannot be written.
    """
    with guarded_stdout() as stream, written("standard output"):
        stream.write(text.encode())
        stream.flush()


def abandon_stdout() -> None:
    """Send what is left in the buffers nowhere, so that the interpreter's last flush finds no closed pipe."""
    with suppress(OSError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.close(nothing)


def _redirect(descriptor: int, to: int) -> None:
    """Make `descriptor` another name of `to`; of nothing, where `to` is closed."""
    try:
        os.dup2(to, descriptor)
    except OSError:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, descriptor)
        os.close(nothing)


def progress(items: Sequence[T], *, quiet: bool) -> Iterator[T]:
    """Go through `items`, with a bar on standard error where a person watches and there is more than one."""
    if quiet or len(items) < 2 or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description="Reading", console=Console(stderr=True), transient=True)
