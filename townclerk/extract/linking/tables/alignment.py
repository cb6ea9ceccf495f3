"""Rows that hold fewer cells than the table has heads: which cell stands under which head, as far as can be known."""

from __future__ import annotations

from dataclasses import dataclass, replace

from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.grid import Grid, GridCell
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.candidate import Candidate, Feature
from townclerk.patterns.table_words import ColumnKind, table_words


@dataclass(slots=True)
class Placed:
    """A cell with the column it stands under.

    Attributes:
        cell: The cell.
        column: Its column; None where the row is short and the column cannot be told.
        certain: False where the column is one of several it could be (its place is unknown, its kind is not).
    """

    cell: GridCell
    column: Column | None
    certain: bool = True


def align_row(row: list[GridCell], columns: list[Column], own_index: int | None) -> list[Placed]:
    """Place the cells of a row under the columns of the table.

    Args:
        row: The cells as printed.
        columns: The table's columns.
        own_index: The printed index at which the reporting authority's own value was verified to stand, if it was.

    Returns:
        One entry a cell. Where the row is shifted against the heads (a worded cell stands left of its own column),
        cells right of the gap move back; which authority a cell between belongs to stays open.
    """
    row = pull_back(row, columns)
    shift, anchor = _shift(row, columns)
    if shift == 0:
        by_index = {column.index: column for column in columns}
        return [Placed(cell, by_index.get(cell.cell.column)) for cell in row]
    return [_place(cell, columns, shift, anchor, own_index) for cell in row]


def tell_short_row(row: list[GridCell], columns: list[Column], found: list[Candidate]) -> None:
    """Note on a row's candidates that it has fewer values than its table has authorities to put them under.

    Args:
        row: The cells as printed.
        columns: The table's columns.
        found: What was linked in the row; the feature `short_row` is added.
    """
    row = pull_back(row, columns)
    shift, _ = _shift(row, columns)
    names = [column.index for column in columns if column.is_authority]
    if shift <= 0 or not names:
        return
    values = [cell for cell in row if names[0] <= cell.cell.column <= names[-1] - shift and cell.text.strip()]
    if len(values) != names[-1] - names[0] + 1 - shift:
        return
    text = f"the row has {len(values)} values under the names of {len(names)} authorities"
    for candidate in found:
        candidate.features.append(Feature("short_row", 1.0, text))


def pull_back(row: list[GridCell], columns: list[Column]) -> list[GridCell]:
    """A row whose label stands in the first value column, because a group name took its own, moved back into place."""
    first = next((c.index for c in columns if c.index > 0 and c.holds_values and (c.area or c.period)), None)
    values = [cell.cell.column for cell in row if cell.is_value]
    if first is None or not values:
        return row
    worded = [c for c in row if first <= c.cell.column < values[0] and c.text.strip() and not c.is_value]
    if not worded or worded[0].cell.column_span > 1 or all(_is_no_label(c.text) for c in worded):
        return row
    last = max((column.index for column in columns if column.head), default=0)
    filled = [cell.cell.column for cell in row if cell.text.strip()]
    if filled[0] == 0 and filled[-1] <= last:
        # "Awaiting data" under a head, where the row reaches no further than its heads.
        return row
    over = worded[-1].cell.column - first + 1
    return [replace(c, cell=replace(c.cell, column=max(0, c.cell.column - over))) for c in row]


def _is_no_label(text: str) -> bool:
    """True for words that stand for no value, and for a time ("December 2022" under "Latest month")."""
    return table_words().stands_for_none(text) or any(p.text == text.strip() for p in find_periods(text))


def _shift(row: list[GridCell], columns: list[Column]) -> tuple[int, int]:
    """How many columns a row's worded cell stands left of its head, and the head's index; 0 for a row in place."""
    by_index = {column.index: column for column in columns}
    for cell in row:
        if " ".join(cell.text.lower().split()) not in table_words().polarity:
            continue
        here = by_index.get(cell.cell.column)
        if here is None or _takes_words(here) or not any(c.is_value and c.cell.column < here.index for c in row):
            continue
        heads = [column.index for column in columns if column.index > here.index and _takes_words(column)]
        if heads and heads[0] - here.index <= 3:
            return heads[0] - here.index, heads[0]
    return 0, 0


def _takes_words(column: Column) -> bool:
    """True for a column that may hold polarity words: one that is neither a time's nor a place's nor a value's."""
    return column.kind is ColumnKind.POLARITY or (column.kind is None and column.area is None and column.period is None)


def _place(cell: GridCell, columns: list[Column], shift: int, anchor: int, own_index: int | None) -> Placed:
    by_index = {column.index: column for column in columns}
    printed = cell.cell.column
    if printed + shift >= anchor:
        return Placed(cell, by_index.get(printed + shift))
    moved = by_index.get(printed + shift)
    kept = by_index.get(printed)
    if moved is not None and not moved.is_authority and moved.holds_values and cell.is_value:
        return Placed(cell, moved)
    if kept is not None and not kept.is_authority:
        return Placed(cell, kept)
    if own_index is not None and printed <= own_index:
        return Placed(cell, kept)
    return Placed(cell, kept, certain=False)


def verified_own_index(grid: Grid, columns: list[Column], own: Column | None) -> int | None:
    """The printed index of the authority's own cell in short rows, where the printed ranks confirm one place.

    A rank of the authority is printed in its own column; at the right index the cell's rank among the authorities'
    cells agrees with it in more rows than at any other index.

    Args:
        grid: The table.
        columns: Its columns.
        own: The reporting authority's column.
    """
    rank = next((c for c in reversed(columns) if c.kind is ColumnKind.RANK), None)
    if own is None or rank is None:
        return None
    votes: dict[int, int] = {}
    for printed_row in grid.body():
        row = pull_back(printed_row, columns)
        shift, _ = _shift(row, columns)
        if shift == 0:
            continue
        printed = _printed_rank(row, rank.index - shift)
        if printed is None:
            continue
        values = {
            cell.cell.column: cell.figures[0].value
            for cell in row
            if cell.is_number and _authority_at(cell.cell.column, shift, columns)
        }
        for index in range(own.index - shift, own.index + 1):
            if index in values and printed in _ranks(values[index], [v for v in values.values() if v is not None]):
                votes[index] = votes.get(index, 0) + 1
    if not votes:
        return None
    best = max(votes.values())
    winners = [index for index, count in votes.items() if count == best]
    return winners[0] if len(winners) == 1 and best >= 2 else None


def _authority_at(printed: int, shift: int, columns: list[Column]) -> bool:
    return any(column.is_authority and printed <= column.index <= printed + shift for column in columns)


def _printed_rank(row: list[GridCell], index: int) -> int | None:
    for cell in row:
        if cell.cell.column == index and cell.is_number and cell.figures[0].value is not None:
            value = cell.figures[0].value
            return int(value) if value == int(value) else None
    return None


def _ranks(value: float | None, values: list[float]) -> set[int]:
    """The rank of a value counted from the smallest and from the largest."""
    if value is None:
        return set()
    return {1 + sum(other < value for other in values), 1 + sum(other > value for other in values)}
