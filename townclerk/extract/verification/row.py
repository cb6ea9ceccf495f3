"""The candidates of one table row, with the cells they came from."""

from __future__ import annotations

from dataclasses import dataclass

from townclerk.models.area import AreaKind
from townclerk.models.candidate import Candidate
from townclerk.models.document import Cell, Table
from townclerk.models.units import Role


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
        return [c for c, _ in self.held if is_of_authority(c)]

    def of_kind(self, kind: AreaKind) -> list[Candidate]:
        """The actual values of one kind of comparator."""
        return [c for c, _ in self.held if _is_actual(c) and c.area is not None and c.area.kind is kind]


def _is_actual(candidate: Candidate) -> bool:
    return candidate.role is Role.ACTUAL


def is_of_authority(candidate: Candidate) -> bool:
    """True for an actual value of a single authority, own or another."""
    return _is_actual(candidate) and (candidate.area is None or candidate.area.kind is AreaKind.AUTHORITY)
