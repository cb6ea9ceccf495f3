"""Cells that carry their own head: "Target 97%", "Q1 4", "Status Green", "Year-end forecast 79% Amber"."""

from __future__ import annotations

from dataclasses import replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.tables.alignment import Placed
from townclerk.extract.linking.tables.columns import read_column
from townclerk.extract.linking.tables.grid import GridCell
from townclerk.extract.spotting.figures import read_cell
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.mentions import PeriodMention
from townclerk.patterns.table_words import ColumnKind, table_words

_LONGEST = 40
_ATTRIBUTES = {ColumnKind.RAG, ColumnKind.DIRECTION}


def self_headed(cell: GridCell, knowledge: Knowledge) -> Placed | None:
    """Read a cell whose first words are a column's head.

    Args:
        cell: A cell under no head.
        knowledge: For places in the words.

    Returns:
        The cell with only its figure, under a column of its own; None for a cell that is no head with a value.
    """
    text = cell.text
    if cell.is_value and not cell.is_number:
        return None
    end = head_end(text)
    if not end or len(text) > _LONGEST:
        return None
    column = read_column(cell.cell.column, [text[:end].strip(" :-–")], knowledge)
    if column.kind in _ATTRIBUTES:
        inner = text[end:].strip(" :-–")
        passage = (
            cell.cell.passage.slice(text.index(inner, end), text.index(inner, end) + len(inner)) if inner else None
        )
        return Placed(GridCell(replace(cell.cell, passage=passage), inner, []), column) if passage else None
    figures = [f for f in read_cell(text[end:]) if f.value is not None or f.form.value == "mark"]
    if len(figures) != 1 or not (column.kind or column.period or column.area):
        return None
    figures[0].start += end
    figures[0].end += end
    return Placed(GridCell(cell.cell, text, figures), column)


def head_end(text: str) -> int:
    """Where the words that head a cell end: a time at its start, or words of a column; 0 where it has none.

    Args:
        text: The cell's text.
    """
    times = [p.end for p in find_periods(text) if p.start == 0 and p.end < len(text.rstrip())]
    words = table_words().columns.find(text)
    ends = [end for _, start, end in words if start == 0]
    reach = max([*times, *ends], default=0)
    # "Annual target 20": words of a head may stand behind words of a head. "Amber" may head a column, and is said here.
    more = [end for _, start, end in words if reach and start == reach + 1 and end < len(text.rstrip())]
    return max([reach, *more])


def take_dated(row: list[GridCell]) -> tuple[list[GridCell], PeriodMention | None]:
    """A headless row without a cell that is nothing but a time, and that time.

    Args:
        row: The cells; the first words are its label.
    """
    for place, cell in enumerate(row):
        found = find_periods(cell.text)
        if place and len(found) == 1 and found[0].end - found[0].start >= len(cell.text.strip()):
            return [*row[:place], *row[place + 1 :]], found[0]
    return row, None
