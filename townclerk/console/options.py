"""What a person asked `extract` for, once the arguments are checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from townclerk.extract.output.formats import Format
from townclerk.models.errors import UsageError
from townclerk.models.period import parse_code
from townclerk.models.units import Role


@dataclass(slots=True, frozen=True)
class Wanted:
    """Which observations are kept.

    Attributes:
        min_confidence: Those at least this sure; 0 keeps all.
        indicators: Those of these indicators; empty keeps all.
        role: Those in this role; None keeps both.
    """

    min_confidence: float = 0.0
    indicators: frozenset[str] = frozenset()
    role: Role | None = None


@dataclass(slots=True, frozen=True)
class ExtractOptions:
    """One run of `extract`.

    Attributes:
        inputs: Files, folders, wildcards, "-".
        output: Where observations go; None for standard output.
        form: Their format; None for what the output asks for.
        documents: Where the record of each input goes, if anywhere.
        wanted: Which observations are kept.
        accept_at: `auto`, or the precision at which observations are accepted; None tells nothing of acceptance.
        calibration: The user's own calibration file; None for the shipped one.
        quiet: Say nothing but faults.
        debug: Show where a fault of the program's own arose.
    """

    inputs: tuple[str, ...]
    output: Path | None = None
    form: Format | None = None
    documents: Path | None = None
    wanted: Wanted = field(default_factory=Wanted)
    accept_at: str | None = None
    calibration: Path | None = None
    quiet: bool = False
    debug: bool = False


def period_option(code: str | None) -> str | None:
    """The period code of `--period CODE`, checked.

    Raises:
        UsageError: If it is no period code.
    """
    if code is None:
        return None
    try:
        return parse_code(code).code
    except ValueError as fault:
        raise UsageError(f"--period: {fault}") from None


def date_option(text: str | None, option: str = "--meeting-date") -> date | None:
    """The date of an option such as `--meeting-date YYYY-MM-DD`.

    Raises:
        UsageError: If it is no such date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option}: {text!r} is no date; write it as 2019-03-14") from None
