"""Observations as a table for people: readable at 80 columns, with the words and attributes where there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
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

LEAD = 16
"""Characters of the report's words shown before the figure."""

UNKNOWN = "not known"
"""Stands for an area or a period that the report does not tell."""

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


@dataclass(slots=True, frozen=True)
class _Column:
    """A column of the table: as wide as its widest cell, but no wider than `most`."""

    head: str
    cell: Callable[[Observation], str]
    most: int
    right: bool = False


def show_table(observations: Iterable[Observation], console: Console) -> None:
    """Print the observations in the reports' order: under each report its measures, under each measure its figures."""
    reports = groupby(observations, key=lambda observation: observation.document.sha256)
    for number, (_, group) in enumerate(reports):
        if number:
            console.print()
        _show_report(list(group), console)


def _show_report(observations: Sequence[Observation], console: Console) -> None:
    document = observations[0].document
    about = [part for part in (document.authority.name, document.period.code) if part]
    console.print(Text(document.name, style="bold") + Text("  " + ", ".join(about)))
    columns = _WIDE_COLUMNS if console.width >= WIDE else _COLUMNS
    widths = [_width(column, observations) for column in columns]
    heads = _grid(columns, widths, console.width)
    heads.add_row(*(column.head for column in columns), style="underline")
    console.print(heads)
    for name, group in groupby(observations, key=_measure):
        console.print(Text(name, style="bold"), soft_wrap=False)
        grid = _grid(columns, widths, console.width)
        for observation in group:
            grid.add_row(*(Text(column.cell(observation)) for column in columns), style=_style(observation))
        console.print(grid)


def _width(column: _Column, observations: Sequence[Observation]) -> int:
    return min(column.most, max(cell_len(text) for text in (column.head, *map(column.cell, observations))))


def _grid(columns: Sequence[_Column], widths: Sequence[int], width: int) -> Table:
    """An empty table whose columns stand in the same places for every measure."""
    grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), width=width)
    for column, wide in zip(columns, widths, strict=True):
        last = column.head == _QUOTE
        grid.add_column(
            width=None if last else wide,
            ratio=1 if last else None,
            justify="right" if column.right else "left",
            no_wrap=last,
            overflow="ellipsis" if last else "fold",
        )
    if columns[-1].head != _QUOTE:
        grid.add_column(ratio=1)
    return grid


def _measure(observation: Observation) -> str:
    return observation.indicator_name or f"{observation.label} (not in the catalogue)"


def _area(observation: Observation) -> str:
    area = observation.area
    if area is None:
        return UNKNOWN
    if area.is_reporting_authority:
        return "own"
    return area.name or _AREAS[area.kind.value]


def _value(observation: Observation) -> str:
    before = "target " if observation.role is Role.TARGET else ""
    if observation.value is None:
        return before + _without_value(observation)
    unit = _UNIT_SIGNS.get(observation.unit, f" {observation.unit.value}")
    return f"{before}{_number(observation.value)}{unit}"


def _without_value(observation: Observation) -> str:
    """A mark in place of a number, with its meaning: "<5 (suppressed)"; a dash says nothing that is worth a column."""
    printed = observation.value_text.strip()
    if observation.status is Status.REPORTED:
        return printed
    meaning = observation.status.value.replace("_", " ")
    return f"{printed} ({meaning})" if any(sign.isalnum() for sign in printed) else meaning


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


def _quote(observation: Observation) -> str:
    """The words of the first place, cut at the left where the figure would stand too far out to be seen."""
    if not observation.evidence:
        return ""
    quote = " ".join(observation.evidence[0].quote.split())
    place = quote.find(observation.value_text)
    return quote if place <= LEAD else "…" + quote[place - LEAD + 1 :]


def _page(observation: Observation) -> str:
    return str(observation.evidence[0].page) if observation.evidence else ""


def _period(observation: Observation) -> str:
    return observation.period.code or UNKNOWN


def _sure(observation: Observation) -> str:
    """The confidence as a percentage; never a 100% that is not one."""
    if observation.confidence is None:
        return ""
    return ">99%" if 0.995 <= observation.confidence < 1 else f"{observation.confidence:.0%}"


def _style(observation: Observation) -> str:
    doubtful = observation.confidence is not None and observation.confidence < DOUBTFUL
    return "dim" if doubtful or observation.indicator_id is None else ""


_QUOTE = "As printed"
_COLUMNS = (
    _Column("", lambda _: "", 1),
    _Column("Area", _area, 24),
    _Column("Period", _period, 21),
    _Column("Value", _value, 24, right=True),
    _Column("Sure", _sure, 4, right=True),
    _Column("Page", _page, 4, right=True),
)
_WIDE_COLUMNS = (
    *_COLUMNS,
    _Column("Also stated", _attributes, 24),
    _Column(_QUOTE, _quote, 0),
)
