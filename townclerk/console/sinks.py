"""Where observations go: a file, standard output for another program, or a table for a person."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from townclerk.console.streams import guarded_stdout, stdout_console
from townclerk.extract.output.atomic import whole_file, written
from townclerk.extract.output.formats import Format, format_of, start_writer
from townclerk.models.errors import UsageError

if TYPE_CHECKING:
    from townclerk.models.observation import Observation


class Sink(Protocol):
    """Takes observations."""

    def write(self, observation: Observation) -> None:
        """Take one."""


class _Gathered:
    """Keeps observations for the table, whose column widths depend on all of them."""

    def __init__(self) -> None:
        self.observations: list[Observation] = []

    def write(self, observation: Observation) -> None:
        self.observations.append(observation)


def choose_format(output: Path | None, form: Format | None) -> Format:
    """The format asked for by name, else by the output: a file's suffix, a table for a screen, JSON Lines for a pipe.

    Raises:
        UsageError: If the file's suffix names no format, or a table is to go into a file.
    """
    if output is not None and form is Format.TABLE:
        raise UsageError("a table is for the screen; leave out -o, or write .jsonl, .json or .csv")
    if form is not None:
        return form
    if output is not None:
        return format_of(output)
    return Format.TABLE if sys.stdout is not None and sys.stdout.isatty() else Format.JSONL


def check_places(output: Path | None, documents: Path | None, inputs: Iterable[Path]) -> None:
    """See that no output would take the place of an input or of the other output.

    Raises:
        UsageError: If it would, or records are to go to standard output.
    """
    if documents == Path("-"):
        raise UsageError("--documents needs a file, such as inputs.jsonl; standard output is for observations")
    read = {path.resolve() for path in inputs}
    for place in (output, documents):
        if place is not None and place.resolve() in read:
            raise UsageError(f"{place} is an input of this run; choose another name for the output")
    if output is not None and documents is not None and output.resolve() == documents.resolve():
        raise UsageError(f"{output}: observations and the records of inputs need a file each")


@contextmanager
def open_sink(output: Path | None, form: Format) -> Iterator[Sink]:
    """A place for observations; what was written counts only when the block ends without a fault.

    Standard output carries the data and nothing else, whatever a library prints meanwhile.
    """
    if form is Format.TABLE:
        gathered = _Gathered()
        with guarded_stdout():
            yield gathered
        _print_table(gathered.observations)
        return
    target = guarded_stdout() if output is None else whole_file(output)
    # With the data in a file, prints of libraries are still kept off standard output, unless there is none.
    guard = guarded_stdout() if output is not None and sys.stdout is not None else nullcontext()
    name = "standard output" if output is None else str(output)
    with guard, target as stream, written(name):
        writer = start_writer(form, stream)
        yield writer
        writer.finish()
        stream.flush()


def _print_table(observations: list[Observation]) -> None:
    from townclerk.extract.output.terminal import show_table

    with stdout_console() as console:
        show_table(observations, console)
