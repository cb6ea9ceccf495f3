"""`townclerk evaluate` and `townclerk diff`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from townclerk.console.streams import stdout_console
from townclerk.evaluate.command import present
from townclerk.evaluate.difference import compare_files
from townclerk.evaluate.difference_view import present_difference
from townclerk.evaluate.report import evaluate
from townclerk.models.errors import ExitCode


def run(gold: Path, reports: Sequence[str], *, details: bool, machine: bool) -> ExitCode:
    """Score reports or observations against gold and print the outcome."""
    outcome = evaluate(gold, [Path(report) for report in reports])
    with stdout_console() as console:
        return present(outcome, console, details=details, machine=machine)


def compare(old: Path, new: Path, *, machine: bool) -> ExitCode:
    """Print what changed between two runs."""
    difference = compare_files(old, new)
    with stdout_console() as console:
        present_difference(difference, console, machine=machine)
    return ExitCode.OK
