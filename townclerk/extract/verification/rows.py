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
    places = [(candidate, candidate.figure_span.start) for candidate in candidates]
    for cells in table.rows:
        spans = [
            (cell.passage.pieces[0].source_start, cell.passage.pieces[-1].source_end, cell)
            for cell in cells
            if cell.passage.pieces
        ]
        if not spans:
            continue
        low, high = min(span[0] for span in spans), max(span[1] for span in spans)
        held = [
            (candidate, cell)
            for candidate, place in places
            if low <= place < high and (cell := _cell_at(place, spans)) is not None
        ]
        if held and len({candidate.indicator_id for candidate, _ in held}) == 1:
            rows.append(Row(block, table, cells, held))
    return rows


def _cell_at(place: int, spans: list[tuple[int, int, Cell]]) -> Cell | None:
    """The cell that holds a place in the document's text."""
    return next((cell for start, end, cell in spans if start <= place < end), None)


def is_suppressed(candidate: Candidate) -> bool:
    """True for a value that is hidden or not there."""
    return candidate.status is not Status.REPORTED or candidate.value is None
