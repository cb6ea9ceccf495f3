"""`townclerk evaluate` and `townclerk diff`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from townclerk.evaluate.command import present
from townclerk.evaluate.difference import compare_files
from townclerk.evaluate.difference_view import present_difference
from townclerk.evaluate.report import evaluate
from townclerk.models.errors import ExitCode


def run(gold: Path, reports: Sequence[str], *, details: bool, machine: bool) -> ExitCode:
    """Score reports or observations against gold and print the outcome."""
    outcome = evaluate(gold, [Path(report) for report in reports])
    return present(outcome, Console(file=sys.stdout), details=details, machine=machine)


def compare(old: Path, new: Path, *, machine: bool) -> ExitCode:
    """Print what changed between two runs."""
    present_difference(compare_files(old, new), Console(file=sys.stdout), machine=machine)
    return ExitCode.OK
