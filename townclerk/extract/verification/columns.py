"""Columns of changes in tables: which two columns they are the difference of, and the rows that do not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.verification.changes import fits, moved
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.row import Row
from townclerk.extract.verification.rows import is_suppressed, rows_of
from townclerk.extract.verification.view import View, is_vague
from townclerk.models.candidate import Candidate, StatedChange
from townclerk.models.mentions import FigureMention
from townclerk.models.units import Role, Unit


@dataclass(slots=True)
class _Row:
    """A row with its printed change and its values by column."""

    told: FigureMention
    values: dict[int, Candidate]


@check("change_column")
def change_column(view: View) -> Iterator[Finding]:
    """In a column of changes every row prints the difference of the same two columns, plain or relative.

    Tolerance: as for `change`. Which two columns they are is told by the rows: at least two, and
    more than half, must agree on one pair of columns before one contradicts.
    """
    by_table: defaultdict[int, list[_Row]] = defaultdict(list)
    for row in rows_of(view):
        told = _told(row, view)
        values = {cell.column: c for c, cell in row.held if _counts(c)}
        if told is not None and len(values) >= 2:
            by_table[row.block].append(_Row(told, values))
    for rows in by_table.values():
        yield from _compare(rows)


def _compare(rows: list[_Row]) -> Iterator[Finding]:
    pairs = sorted({(old, new) for row in rows for old in row.values for new in row.values if old != new})
    agreeing = {pair: [row for row in rows if _agrees(row, pair)] for pair in pairs}
    best = max(agreeing, key=lambda pair: len(agreeing[pair]), default=None)
    if best is None or len(agreeing[best]) < 2 or len(agreeing[best]) <= len(rows) / 2:
        return
    for row in rows:
        if not all(column in row.values for column in best):
            continue
        old, new = row.values[best[0]], row.values[best[1]]
        if any(row is one for one in agreeing[best]):
            yield Finding("change_column", Outcome.SUPPORTS, f"{moved(old, new)} is the change printed", (new, old))
        else:
            text = f"{moved(old, new)}, but a change of {row.told.text} is printed"
            yield Finding("change_column", Outcome.CONTRADICTS, text, (new, old), "change_mismatch")


def _counts(candidate: Candidate) -> bool:
    return candidate.role is Role.ACTUAL and not is_suppressed(candidate) and not is_vague(candidate)


def _told(row: Row, view: View) -> FigureMention | None:
    """The one figure in the row's column of changes."""
    columns = view.columns_headed(row, "change", lambda head: _is_change(head, view))
    cells = [cell for cell in row.cells if cell.column in columns and not any(cell is held for _, held in row.held)]
    figures = [figure for cell in cells for figure in figures_of(cell.passage.text)]
    return figures[0] if len(figures) == 1 and figures[0].value is not None else None


def _is_change(head: str, view: View) -> bool:
    words = set(head.lower().split())
    return any(words.issuperset(told.split()) for told in view.identities.change_heads)


def _agrees(row: _Row, pair: tuple[int, int]) -> bool:
    if any(column not in row.values for column in pair):
        return False
    old, new = row.values[pair[0]], row.values[pair[1]]
    value = row.told.value or 0.0
    rose = (new.value or 0.0) >= (old.value or 0.0)
    if (row.told.sign == "-" and rose and value) or (row.told.sign == "+" and not rose):
        return False
    units = {row.told.unit or new.unit, new.unit} if row.told.unit is not Unit.PERCENT else {Unit.PERCENT, Unit.POINTS}
    return any(fits(new, old, StatedChange(abs(value), unit, None)) for unit in units)
