"""Rows of the counts behind a percentage: "Numerator", "Denominator" above or below the row of the percentages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from townclerk.extract.linking.tables.alignment import Placed
from townclerk.extract.linking.tables.comments import is_quotient
from townclerk.extract.linking.tables.state import TableState
from townclerk.models.candidate import Candidate
from townclerk.patterns.table_words import ColumnKind

COUNTS = frozenset({ColumnKind.NUMERATOR, ColumnKind.DENOMINATOR})


def take_counts(placed: Sequence[Placed], kind: ColumnKind, state: TableState) -> None:
    """Keep the counts of a row for the percentages of the same columns.

    Args:
        placed: The row's values.
        kind: Whether they are numerators or denominators.
        state: The table.
    """
    for one in placed:
        if one.column is not None and len(one.cell.figures) == 1 and one.cell.figures[0].value is not None:
            state.counts.setdefault(one.column.index, {})[kind] = one.cell.figures[0].value
    _give(state)


def show_values(placed: Sequence[Placed], found: Sequence[Candidate], state: TableState) -> None:
    """Keep a row's values for the counts of the same columns, which may stand above it or below.

    Args:
        placed: The row's values.
        found: What was read from them.
        state: The table.
    """
    read: defaultdict[int, list[Candidate]] = defaultdict(list)
    for value in found:
        read[id(value.figure)].append(value)
    for one in placed:
        if one.column is not None:
            values = [value for figure in one.cell.figures for value in read.get(id(figure), ())]
            state.shown.extend([(one.column.index, value) for value in values])
    _give(state)


def _give(state: TableState) -> None:
    for index, value in state.shown if state.counts else ():
        counts = state.counts.get(index, {})
        pair = counts.get(ColumnKind.NUMERATOR), counts.get(ColumnKind.DENOMINATOR)
        if value.denominator is None and is_quotient(value, *pair):
            value.numerator, value.denominator = pair
