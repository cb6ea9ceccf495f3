"""`townclerk export` and `townclerk series`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from townclerk.console.streams import put, say, stdout_console
from townclerk.models.errors import ExitCode, UsageError
from townclerk.store.database import open_store
from townclerk.store.exporting.export import ExportOptions, export
from townclerk.store.plotting import write_plot
from townclerk.store.series import Point, Series, read_series
from townclerk.store.vocabulary import ExportFormat

_ROUNDING = 1e-9
"""What a product of fractions may fall short of."""


def run_export(db: str, output: Path, options: ExportOptions, form: ExportFormat | None) -> ExitCode:
    """Export a store's observations and say how many rows were written."""
    store = open_store(db)
    if store.file is not None and output.resolve() == store.file.resolve():
        raise UsageError(f"{output} is the store itself; choose another name for the export")
    count = export(store, output, options, form)
    store.close()
    empty = "" if count else "; the store holds nothing that meets what was asked for"
    say(f"townclerk: {count} {'row' if count == 1 else 'rows'} written to {output}{empty}")
    return ExitCode.OK


def run_series(
    db: str, indicator: str, authority: str | None, min_confidence: float, plot: Path | None, *, machine: bool
) -> ExitCode:
    """Print an indicator's series with what was restated, and draw it.

    Raises:
        UsageError: If the store holds nothing of it.
    """
    store = open_store(db)
    series = read_series(store, indicator, authority, min_confidence)
    store.close()
    if not series.points:
        of = f" in the reports of {authority}" if authority else ""
        from townclerk.console.settings import nearest
        from townclerk.patterns.catalogue import load_catalogue

        known = load_catalogue().indicators
        near = "" if indicator in known else nearest(indicator, known)
        remedy = near or "; townclerk export lists what it holds"
        raise UsageError(f"{indicator}: the store holds no dated value of it{of}{remedy}")
    if plot is not None:
        write_plot(series, plot)
        say(f"townclerk: drawn into {plot}")
    if machine:
        put("".join(json.dumps(_plain(point), ensure_ascii=False) + "\n" for point in series.points))
    else:
        _print(series)
    return ExitCode.OK


def _print(series: Series) -> None:
    """A table an authority, area and role: what they share stands above it, so that it fits a narrow screen."""
    from rich.table import Table

    groups: dict[tuple[str, str, str], list[Point]] = {}
    for point in series.points:
        groups.setdefault((point.slot.authority, point.slot.area, point.slot.role.value), []).append(point)
    unit = series.points[0].observation.unit.value.replace("_", " ")
    with stdout_console() as console:
        console.print(f"{series.name} ({unit})", markup=False)
        for (authority, area, role), points in groups.items():
            whose = area if area == authority else f"{area} in the reports of {authority or 'unknown authorities'}"
            console.print(f"\n{whose}, {role}", markup=False)
            table = Table(box=None)
            for head in ("period", "value", "sure", "reports"):
                table.add_column(head, justify="left" if head == "period" else "right", no_wrap=True)
            heads = ("report", "restated") if any(point.restated for point in points) else ("report",)
            for head in heads:
                table.add_column(head, overflow="fold")
            for point in points:
                table.add_row(*_cells(point)[: len(table.columns)])
            console.print(table)


def _cells(point: Point) -> list[str]:
    from rich.markup import escape

    one = point.observation
    restated = ", ".join(
        f"{other.observation.value:g} in {other.observation.document.name}" for other in point.restated
    )
    # Rounded down: nothing that is less than certain is shown as 100%.
    sure = "" if one.confidence is None else f"{int(one.confidence * 100 + _ROUNDING)}%"
    decided = "" if point.chosen.review.value == "undecided" else f" {point.chosen.review.value}"
    cells = [point.slot.period_code, f"{one.value:g}", sure + decided, str(point.reports), one.document.name, restated]
    return [escape(cell) for cell in cells]


def _plain(point: Point) -> dict[str, Any]:
    """A point for machines."""
    one = point.observation
    return {
        "indicator_id": point.slot.indicator_id,
        "authority": point.slot.authority,
        "area": point.slot.area,
        "role": point.slot.role.value,
        "period": point.slot.period_code,
        "value": one.value,
        "unit": one.unit.value,
        "confidence": one.confidence,
        "review": point.chosen.review.value,
        "decided_by": point.chosen.decided_by,
        "document": one.document.name,
        "reports": point.reports,
        "restated": [
            {"value": other.observation.value, "document": other.observation.document.name} for other in point.restated
        ],
    }
