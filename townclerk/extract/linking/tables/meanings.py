"""What the heads of a table say beside one another: heads that say the same, and heads that say nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from townclerk.extract.linking.tables.columns import Column


class HeadMeanings:
    """The heads of one table, counted by what they say.

    Args:
        columns: The table's columns, their meaning settled; the first holds the labels.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        valued = [column for column in columns if column.holds_values and column.index != 0]
        self._valued = {id(column) for column in valued}
        self._said = Counter(map(_meaning, valued))
        self._printed = Counter((_meaning(column), column.head.casefold()) for column in valued)
        # A silent head is of no kind, and so may hold values.
        silent = sum(is_silent(column) for column in columns[1:])
        held = sum(column.holds_values for column in columns[1:])
        self.silent = round(silent / held, 3) if silent else 0.0
        """The share of the columns of values whose heads tell nothing, to three decimals."""

    def has_alike(self, column: Column) -> bool:
        """True where the head of another column of values says the same as this one's."""
        return self._said[_meaning(column)] > self._counted(column)

    def is_repeated(self, column: Column) -> bool:
        """True where another has the same words over it, a quarter or month without a year: nobody can tell which."""
        said = column.period.expression if column.period is not None else None
        if said is None or said.year is not None or (said.quarter is None and said.month is None):
            return False
        return self._printed[_meaning(column), column.head.casefold()] > self._counted(column)

    def _counted(self, column: Column) -> int:
        """How often a column stands among those that were counted."""
        return int(id(column) in self._valued)


def is_silent(column: Column) -> bool:
    """True for a head that tells neither kind, time, place nor unit."""
    return column.kind is None and column.period is None and column.area is None and column.unit is None


def _meaning(column: Column) -> Hashable:
    """What a head says: columns of which it is the same hold values of the same kind."""
    time = column.period.text.lower() if column.period is not None else None
    area = column.area
    place = (area.kind, area.name, area.is_own) if area is not None else None
    return column.kind, column.unit, time, place
