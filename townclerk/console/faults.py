"""From a fault to one clear line and an exit code."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from townclerk import __version__
from townclerk.console.streams import abandon_stdout, say
from townclerk.models.errors import ExitCode, MissingComponentError, TownclerkError

if TYPE_CHECKING:
    from townclerk.models.document import Document

REPORT_HINT = (
    "This is a fault of Townclerk's own. Please report it with the command you ran, this message and "
    "the output of --debug; take out anything of the report that must not be public."
)


def tell(fault: TownclerkError) -> ExitCode:
    """Say what is wrong and return the code to end with."""
    for line in str(fault).splitlines():
        say(f"townclerk: {line}")
    return fault.exit_code


def tell_internal(fault: BaseException, debug: bool, name: str = "") -> ExitCode:
    """Say that the program itself failed and how to report it; with `debug`, where."""
    if debug:
        say("".join(traceback.format_exception(fault)).rstrip())
        say(f"townclerk {__version__}, Python {platform.python_version()}, {platform.platform()}")
    where = f"{name}: " if name else ""
    first_line = (str(fault).splitlines() or [""])[0]
    say(f"townclerk: {where}{type(fault).__name__}: {first_line}")
    say(f"townclerk: {REPORT_HINT}")
    return ExitCode.FAULT


def tell_skipped(given: str, document: Document) -> bool:
    """Say which page of an input was not read, and how many more; False where all were.

    Args:
        given: The input as it was named.
        document: What was read of it.
    """
    told = document.skipped()
    if told:
        say(f"townclerk: {given}: {told}")
    return bool(told)


def as_told(fault: Exception) -> TownclerkError | None:
    """The fault in words for a person, where it is one that a person can mend; None for a fault of our own."""
    if isinstance(fault, TownclerkError):
        return fault
    if isinstance(fault, ModuleNotFoundError) and fault.name and not fault.name.startswith("townclerk"):
        return MissingComponentError(
            f"the component {fault.name} is not installed; set Townclerk up again with its README's commands"
        )
    return None


def ended(action: Callable[[], ExitCode], *, debug: bool = False) -> ExitCode:
    """Do what a command does, and turn whatever stops it into words and an exit code."""
    try:
        return action()
    except BrokenPipeError:
        # The program that reads our output has seen enough (`| head`): no fault of anybody.
        abandon_stdout()
        return ExitCode.OK
    except KeyboardInterrupt:
        say("townclerk: interrupted")
        return ExitCode.INTERRUPTED
    except Exception as fault:  # the last place where a fault of our own can still be told as one
        told = as_told(fault)
        return tell(told) if told else tell_internal(fault, debug)
