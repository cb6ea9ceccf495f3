"""Rows of tabs that were printed over several lines, each with a part of some cells, the values among them.

"% of plans that were | Lower is | | | 12%", "a second or subsequent | | 10% | 11% | | 13%", "plan | better | | | RED"
is one row, whose cells are put together column by column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from townclerk.extract.reading.text.joining import starts_lower

Span = tuple[int, int]
_MOST_LINES, _FEWEST_ROWS, _FEWEST_VALUES = 4, 2, 3
_LEAST_PRINTED_SO = 0.6


@dataclass(slots=True)
class _Group:
    """The lines of one row: the cells by column, the columns with a value, the values of the fullest line."""

    cells: dict[int, list[Span]] = field(default_factory=dict)
    valued: set[int] = field(default_factory=set)
    lines: int = 0
    fullest: int = 0

    def take(self, cells: dict[int, list[Span]], valued: set[int]) -> None:
        for column, spans in cells.items():
            self.cells.setdefault(column, []).extend(spans)
        self.valued |= valued
        self.lines += 1
        self.fullest = max(self.fullest, len(valued))


def put_together(
    lines: Sequence[dict[int, list[Span]]], values: Sequence[set[int]], source: str
) -> list[dict[int, list[Span]]]:
    """The rows that lines under the heads of a table make together.

    Args:
        lines: The cells of each line by column.
        values: The columns of each line that hold a value.
        source: The document's text.

    Returns:
        The cells of each row; nothing where the lines are rows by themselves.
    """
    groups: list[_Group] = []
    for cells, valued in zip(lines, values, strict=True):
        label = cells.get(0)
        goes_on = bool(groups) and (label is None or starts_lower(source[label[0][0] : label[0][1]].lstrip("(")))
        if not goes_on:
            groups.append(_Group())
        if groups[-1].valued & valued or groups[-1].lines >= _MOST_LINES:
            return []
        groups[-1].take(cells, valued)
    return [group.cells for group in groups] if _are_rows(groups) else []


def _are_rows(groups: Iterable[_Group]) -> bool:
    """True where most rows are printed over several lines, no one of which holds all their values."""
    told = [group for group in groups if group.valued]
    torn = [g for g in told if g.lines > 1 and g.fullest < len(g.valued) >= _FEWEST_VALUES]
    return len(torn) >= _FEWEST_ROWS and len(torn) >= _LEAST_PRINTED_SO * len(told)
