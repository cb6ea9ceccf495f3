"""How a command is run, and whether faults of our own are shown in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import typer

from townclerk.console.faults import ended
from townclerk.models.errors import ExitCode

_debug = False


def debugging() -> bool:
    """Whether `--debug` was given."""
    return _debug


def start_debugging(asked: bool) -> None:
    """Show, or do not show, where faults of Townclerk's own arise."""
    global _debug  # noqa: PLW0603 - the process has one command line
    _debug = asked


def end(action: Callable[[], ExitCode]) -> NoReturn:
    """Do what a command does and leave with its exit code.

    Raises:
        typer.Exit: Always, with the code.
    """
    raise typer.Exit(ended(action, debug=_debug))
