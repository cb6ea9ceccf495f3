"""An evaluation for people (tables, lists of what went wrong) and for machines (JSON)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from townclerk.evaluate.agreement import LEVELS, Level
from townclerk.evaluate.report import Report, Share
from townclerk.evaluate.tally import Means, Tally


def render(report: Report, console: Console) -> None:
    """Print the tables of an evaluation."""
    console.print(_documents(report))
    console.print(_breakdown(report))
    console.print(_details(report))
    for name in report.missing:
        console.print(f"{name}: has gold, but no report or observation was given", markup=False, highlight=False)
    for fault in report.faults:
        console.print(fault, markup=False, highlight=False)


def as_json(report: Report) -> dict[str, Any]:
    """The same for machines: plain numbers under plain names."""
    calibration = report.calibration()
    return {
        "documents": {
            each.name: {
                "levels": _levels(each.tallies),
                "outside": len(each.outside),
                "misses": [line.n for line in each.misses],
                "false": [seen.observation_id for seen in each.false],
            }
            for each in report.scores
        },
        "macro": {_name(level): asdict(report.macro(level)) for level in LEVELS},
        "pooled": _levels({level: report.pooled(level) for level in LEVELS}),
        "recall_by_difficulty": {
            grade.value: {_name(level): _part(tally.correct, tally.expected) for level, tally in tallies.items()}
            for grade, tallies in report.by_difficulty().items()
        },
        "precision_by_method": {
            method.value: {_name(level): _part(tally.correct, tally.reported) for level, tally in tallies.items()}
            for method, tallies in report.by_method().items()
        },
        "commentary": _share(report.commentary()),
        "period_kind": _share(report.period_kind()),
        "attributes": {name: _share(share) for name, share in report.attributes().items()},
        "calibration": None if calibration is None else asdict(calibration),
        "missing": report.missing,
        "faults": report.faults,
    }


def _name(level: Level) -> str:
    return level.name.lower()


def _levels(tallies: dict[Level, Tally]) -> dict[str, dict[str, float]]:
    return {
        _name(level): {**asdict(tally), "precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
        for level, tally in tallies.items()
    }


def _part(right: int, total: int) -> dict[str, float | None]:
    return {"right": right, "total": total, "share": right / total if total else None}


def _share(share: Share) -> dict[str, float | None]:
    return {"right": share.right, "total": share.total, "accuracy": share.accuracy, "invented": share.invented}


def _documents(report: Report) -> Table:
    table = Table("report", "gold", "seen", *(f"{_name(level)}\n  P    R    F1" for level in LEVELS), box=None)
    table.columns[0].overflow = "fold"
    for column in table.columns[1:]:
        column.no_wrap = True
    for each in report.scores:
        counts = each.tallies[Level.FOUND]
        cells = [_measures(each.tallies[level]) for level in LEVELS]
        table.add_row(each.name, str(counts.expected), str(counts.reported), *cells)
    pooled = report.pooled(Level.FOUND)
    table.add_section()
    table.add_row("mean over reports", "", "", *(_measures(report.macro(level)) for level in LEVELS), style="bold")
    cells = [_measures(report.pooled(level)) for level in LEVELS]
    table.add_row("pooled", str(pooled.expected), str(pooled.reported), *cells)
    return table


def _measures(tally: Tally | Means) -> str:
    return " ".join(_short(value) for value in (tally.precision, tally.recall, tally.f1))


def _short(value: float) -> str:
    """Three decimals in four places, so that the table fits an 80-column terminal."""
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0") else text[:4]


def _breakdown(report: Report) -> Table:
    table = Table("part", *(_name(level) for level in LEVELS), box=None)
    for grade, tallies in report.by_difficulty().items():
        cells = (_fraction(tallies[level].correct, tallies[level].expected) for level in LEVELS)
        table.add_row(f"recall, {grade.value}", *cells)
    for method, tallies in report.by_method().items():
        cells = (_fraction(tallies[level].correct, tallies[level].reported) for level in LEVELS)
        table.add_row(f"precision, {method.value}", *cells)
    return table


def _fraction(right: int, total: int) -> str:
    return f"{right / total:.3f} ({right} of {total})" if total else "-"


def _details(report: Report) -> Table:
    table = Table("detail of found figures", "right", "stated where gold has none", box=None)
    shares = {"commentary": report.commentary(), "period kind": report.period_kind(), **report.attributes()}
    for name, share in shares.items():
        table.add_row(name, _fraction(share.right, share.total), str(share.invented))
    calibration = report.calibration()
    if calibration:
        table.add_row(
            "confidence",
            f"Brier {calibration.brier:.3f}, ECE {calibration.ece:.3f}",
            f"mean {calibration.mean_confidence:.3f}, right {calibration.accuracy:.3f}",
        )
    return table
