"""Rows of comparator tables: the candidates of one table row, with the cells they came from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from townclerk.extract.verification.view import View
from townclerk.models.area import AreaKind
from townclerk.models.candidate import Candidate
from townclerk.models.document import Cell, Table
from townclerk.models.units import Role, Status


@dataclass(slots=True)
class Row:
    """One row of a table.

    Attributes:
        block: Index of the table's block.
        table: The grid.
        cells: The row's cells.
        held: The candidates linked in it, each with its cell.
    """

    block: int
    table: Table
    cells: list[Cell]
    held: list[tuple[Candidate, Cell]]

    def authorities(self) -> list[Candidate]:
        """The actual values of single authorities, own and others, suppressed ones too."""
        return [c for c, _ in self.held if _is_actual(c) and (c.area is None or c.area.kind is AreaKind.AUTHORITY)]

    def of_kind(self, kind: AreaKind) -> list[Candidate]:
        """The actual values of one kind of comparator."""
        return [c for c, _ in self.held if _is_actual(c) and c.area is not None and c.area.kind is kind]


def _is_actual(candidate: Candidate) -> bool:
    return candidate.role is Role.ACTUAL


def rows_of(view: View) -> list[Row]:
    """The table rows that hold candidates of one measure."""
    by_block: defaultdict[int, list[Candidate]] = defaultdict(list)
    for candidate in view.candidates:
        if 0 <= candidate.block < len(view.document.blocks) and view.document.blocks[candidate.block].table is not None:
            by_block[candidate.block].append(candidate)
    found: list[Row] = []
    for block, candidates in sorted(by_block.items()):
        table = view.document.blocks[block].table
        if table is not None:
            found.extend(_rows(block, table, candidates))
    return found


def _rows(block: int, table: Table, candidates: list[Candidate]) -> list[Row]:
    rows: list[Row] = []
    for cells in table.rows:
        held = [(candidate, cell) for candidate in candidates if (cell := _cell_of(candidate, cells)) is not None]
        if held and len({candidate.indicator_id for candidate, _ in held}) == 1:
            rows.append(Row(block, table, cells, held))
    return rows


def _cell_of(candidate: Candidate, cells: list[Cell]) -> Cell | None:
    """The cell that a candidate's figure stands in."""
    start = candidate.figure_span.start
    for cell in cells:
        if cell.passage.pieces and cell.passage.pieces[0].source_start <= start < cell.passage.pieces[-1].source_end:
            return cell
    return None


def is_suppressed(candidate: Candidate) -> bool:
    """True for a value that is hidden or not there."""
    return candidate.status is not Status.REPORTED or candidate.value is None
