"""Columns whose heads nobody understands, settled by what they hold.

Actual less target is the variance beside them; letters that a key explains are no values.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.grid import Grid, GridCell
from townclerk.models.mentions import FigureMention
from townclerk.patterns.table_words import ColumnKind, table_words

_FEWEST_ROWS, _LONGEST_CODE = 2, 2


def settle_unknown(columns: list[Column], grid: Grid) -> None:
    """Give two columns the roles that the gaps of a third prove, where a head does not tell.

    Every row that holds all three must agree, at least two must, and only one pair of columns may.

    Args:
        columns: The table's columns, changed in place.
        grid: The table.
    """
    gap = next((column for column in columns if _holds_gaps(column, grid)), None)
    levels = [c for c in columns[1:] if c.holds_values and c.area is None and c.kind is not ColumnKind.PREVIOUS]
    if gap is None or not any(_is_unknown(column) for column in levels):
        return
    proved = [pair for pair in permutations(levels, 2) if _proves(*pair, gap, grid)]
    if len(proved) != 1:
        return
    now, before = proved[0]
    if now.kind is ColumnKind.TARGET or before.kind is ColumnKind.ACTUAL:
        return
    if _is_unknown(now):
        now.kind = ColumnKind.ACTUAL
    if _is_unknown(before):
        change = table_words().says("change", gap.head)
        before.kind = ColumnKind.PREVIOUS if change else ColumnKind.TARGET


def set_codes_aside(columns: Sequence[Column], grid: Grid) -> None:
    """Take a column that holds letters and no number for what a key explains: "Basis" over "C", "P", "R"."""
    for column in columns[1:]:
        if not _is_unknown(column) or column.area is not None:
            continue
        held = [cell.text.strip() for cell in grid.below(column.index)]
        codes = [text for text in held if text]
        if len(codes) >= _FEWEST_ROWS and all(text.isalpha() and len(text) <= _LONGEST_CODE for text in codes):
            column.kind = ColumnKind.FREQUENCY


def _is_unknown(column: Column) -> bool:
    return column.kind is None and column.period is None and bool(column.head)


def _holds_gaps(column: Column, grid: Grid) -> bool:
    """True for a column of variances: its cells are mostly signed."""
    if column.kind is not ColumnKind.IGNORED:
        return False
    figures = [f for row in grid.body() if (f := _figure(row, column)) is not None]
    signed = sum(bool(figure.sign) for figure in figures)
    return len(figures) >= _FEWEST_ROWS and 2 * signed > len(figures)


def _figure(row: Sequence[GridCell], column: Column) -> FigureMention | None:
    cell = next((one for one in row if one.cell.column == column.index and one.is_number), None)
    return cell.figures[0] if cell is not None and cell.figures[0].value is not None else None


def _proves(now: Column, before: Column, gap: Column, grid: Grid) -> bool:
    """True where the one column less the other is the gap in every row, to half its last printed digit."""
    rows = [tuple(_figure(row, column) for column in (now, before, gap)) for row in grid.body()]
    whole = [[figure for figure in row if figure is not None] for row in rows]
    full = [row for row in whole if len(row) == len((now, before, gap))]
    return len(full) >= _FEWEST_ROWS and all(_fits(*row) for row in full)


def _fits(now: FigureMention, before: FigureMention, gap: FigureMention) -> bool:
    if now.value is None or before.value is None or gap.value is None:
        return False
    margin = 0.5 * 10.0 ** -min(now.decimals, before.decimals, gap.decimals) + 1e-9
    return abs(now.value - before.value - gap.value) <= margin
