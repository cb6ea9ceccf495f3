"""Exit codes, and faults a person can mend: each says what is wrong, where, and what to do."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says to the shell. The table in the README is made from these."""

    OK = 0
    FAULT = 1
    USAGE = 2
    PARTIAL = 3
    NOTHING_READ = 4
    CONTRADICTIONS = 5
    MISSING_COMPONENT = 6
    STORE = 7
    PATTERNS = 8
    OUTPUT = 9
    INTERRUPTED = 130


class TownclerkError(Exception):
    """A fault with a remedy. Its message names the file (and page or line) and says what to do.

    Attributes:
        exit_code: The code the command line ends with when this fault ends the run.
    """

    exit_code = ExitCode.FAULT


class UsageError(TownclerkError):
    """The command or a library function was used wrongly."""

    exit_code = ExitCode.USAGE


class UnreadableError(TownclerkError):
    """An input could not be read at all: missing, empty, binary, truncated, encrypted."""

    exit_code = ExitCode.NOTHING_READ


class OutputError(TownclerkError):
    """The output could not be written: full disk, no permission."""

    exit_code = ExitCode.OUTPUT


class MissingComponentError(TownclerkError):
    """An optional component (an extra, OCR data, a driver) is not installed."""

    exit_code = ExitCode.MISSING_COMPONENT


class StoreError(TownclerkError):
    """The store is locked, damaged or of another version."""

    exit_code = ExitCode.STORE


class PatternError(TownclerkError):
    """A pattern pack or project file is faulty.

    Attributes:
        faults: Every fault found, each with file and line, so that all can be mended at once.
    """

    exit_code = ExitCode.PATTERNS

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def why_unread(fault: OSError | UnicodeDecodeError) -> str:
    """Why a text file could not be read, in words that need no knowledge of error numbers."""
    if isinstance(fault, FileNotFoundError):
        return "there is no such file"
    if isinstance(fault, UnicodeDecodeError):
        return f"no UTF-8 text from byte {fault.start + 1} on"
    return str(fault.strerror or fault)
