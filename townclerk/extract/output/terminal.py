"""Observations as a table for people: readable at 80 columns, with the words and attributes where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from townclerk.models.units import Direction, Role, Status, Unit

if TYPE_CHECKING:
    from rich.console import Console

    from townclerk.models.observation import Observation

WIDE = 110
"""From this many columns on, attributes and the report's own words are shown."""

DOUBTFUL = 0.5
"""Observations less sure than this are dimmed: a person should look at them before using them."""

_UNIT_SIGNS = {
    Unit.PERCENT: "%",
    Unit.COUNT: "",
    Unit.PER_1000: " per 1,000",
    Unit.PER_10000: " per 10,000",
    Unit.PER_100000: " per 100,000",
    Unit.POINTS: " points",
    Unit.SCORE: "",
    Unit.RATIO: "",
}
_ARROWS = {Direction.UP: "↑", Direction.DOWN: "↓", Direction.SAME: "→"}
_AREAS = {
    "statistical_neighbours": "neighbours",
    "england": "England",
    "good_outstanding": "good & outst.",
    "region": "region",
    "other": "other",
    "authority": "authority",
}


def show_table(observations: Iterable[Observation], console: Console) -> None:
    """Print one table a report, observations in the report's order."""
    reports = groupby(observations, key=lambda observation: observation.document.sha256)
    for number, (_, group) in enumerate(reports):
        if number:
            console.print()
        _show_report(list(group), console)


def _show_report(observations: Sequence[Observation], console: Console) -> None:
    document = observations[0].document
    about = [part for part in (document.authority.name, document.period.code) if part]
    console.print(Text(document.name, style="bold") + Text("  " + ", ".join(about)))
    wide = console.width >= WIDE
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), expand=False)
    table.add_column("Indicator", ratio=3, overflow="fold")
    table.add_column("Area", overflow="fold", max_width=18 if wide else 12)
    table.add_column("Period", no_wrap=True)
    table.add_column("Value", justify="right", overflow="fold", max_width=22 if wide else 14)
    if wide:
        table.add_column("Also stated", overflow="fold", max_width=24)
        table.add_column("As printed", ratio=2, overflow="fold")
    table.add_column("Page", justify="right", no_wrap=True)
    table.add_column("Sure", justify="right", no_wrap=True)
    for observation in observations:
        row = _row(observation, wide)
        table.add_row(*(escape(cell) for cell in row), style=_style(observation))
    console.print(table)


def _row(observation: Observation, wide: bool) -> list[str]:
    name = observation.indicator_name or f"not in the catalogue: {observation.label}"
    place = observation.evidence[0] if observation.evidence else None
    cells = [name, _area(observation), observation.period.code or "?", _value(observation)]
    if wide:
        cells += [_attributes(observation), _one_line(place.quote) if place else ""]
    return [*cells, str(place.page) if place else "", _sure(observation)]


def _area(observation: Observation) -> str:
    area = observation.area
    if area is None:
        return "?"
    if area.is_reporting_authority:
        return "own"
    return area.name or _AREAS[area.kind.value]


def _value(observation: Observation) -> str:
    before = "target " if observation.role is Role.TARGET else ""
    if observation.value is None:
        said = "" if observation.status is Status.REPORTED else f" ({observation.status.value.replace('_', ' ')})"
        return f"{before}{observation.value_text}{said}"
    unit = _UNIT_SIGNS.get(observation.unit, f" {observation.unit.value}")
    return f"{before}{_number(observation.value)}{unit}"


def _number(value: float) -> str:
    return f"{int(value):,}" if value.is_integer() else f"{value:,}"


def _attributes(observation: Observation) -> str:
    parts: list[str] = []
    if observation.numerator is not None and observation.denominator is not None:
        parts.append(f"{_number(observation.numerator)} of {_number(observation.denominator)}")
    if observation.change:
        arrow = _ARROWS[observation.change.direction] if observation.change.direction else "±"
        unit = _UNIT_SIGNS.get(observation.change.unit, f" {observation.change.unit.value}")
        parts.append(f"{arrow} {_number(observation.change.value)}{unit}")
    elif observation.direction:
        parts.append(_ARROWS[observation.direction])
    if observation.rag:
        parts.append(observation.rag.value)
    if observation.rank:
        of = f" of {observation.rank.of}" if observation.rank.of else ""
        parts.append(f"rank {observation.rank.position}{of}")
    if observation.quartile:
        parts.append(f"quartile {observation.quartile}")
    return ", ".join(parts)


def _one_line(quote: str) -> str:
    return " ".join(quote.split())


def _sure(observation: Observation) -> str:
    return "" if observation.confidence is None else f"{observation.confidence:.0%}"


def _style(observation: Observation) -> str:
    doubtful = observation.confidence is not None and observation.confidence < DOUBTFUL
    return "dim" if doubtful or observation.indicator_id is None else ""
