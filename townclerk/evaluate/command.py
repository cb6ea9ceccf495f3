"""`townclerk evaluate`, apart from the reading of its arguments."""

from __future__ import annotations

import json

from rich.console import Console

from townclerk.evaluate.render import as_json, render
from townclerk.evaluate.report import Report
from townclerk.evaluate.show import show
from townclerk.models.errors import ExitCode


def present(report: Report, console: Console, *, details: bool = False, machine: bool = False) -> ExitCode:
    """Print the outcome of `townclerk.evaluate.report.evaluate`.

    Args:
        report: The outcome.
        console: Where to print.
        details: List misses, false observations and near-misses, too.
        machine: Print JSON instead of tables.

    Returns:
        OK, or PARTIAL where a report could not be read.
    """
    listed = list(show(report)) if details else []
    if machine:
        content = as_json(report) | ({"shown": listed} if details else {})
        listed = [json.dumps(content, indent=2, ensure_ascii=False)]
    for line in listed:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if not machine:
        render(report, console)
    return ExitCode.PARTIAL if report.faults else ExitCode.OK
