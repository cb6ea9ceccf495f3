"""Parts beside their total: teams, localities, sexes and ages are not the authority's figure (convention C9)."""

from __future__ import annotations

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.grid import Grid
from townclerk.extract.linking.tables.places import names_measure
from townclerk.extract.spotting.periods import find_periods
from townclerk.patterns.table_words import ColumnKind, table_words


def set_parts_aside(columns: list[Column], knowledge: Knowledge) -> None:
    """Mark the columns that hold parts of an authority's figure as holding no observations.

    With a total beside them, heads that nothing else explains are its parts; without one, only heads in words for
    sub-groups are.

    Args:
        columns: The table's columns, changed in place.
        knowledge: For heads that name a measure, which are no parts.
    """
    total = any(is_total(column.head) for column in columns[1:])
    for column in columns[1:]:
        bare = column.kind is None and column.area is None and column.period is None and column.head
        if not bare or is_total(column.head):
            continue
        if (total or table_words().says("part", column.head)) and not names_measure(column.head, knowledge):
            column.kind = ColumnKind.IGNORED


def part_rows(grid: Grid, knowledge: Knowledge) -> frozenset[str]:
    """The labels of rows that are parts of a total in another row of a table whose columns name the measures.

    Args:
        grid: The table.
        knowledge: For labels that name a measure, a place or a time, which are no parts.
    """
    labels = [row[0].text.strip() for row in grid.body() if row and row[0].cell.column == 0 and row[0].text.strip()]
    others = [label for label in labels if not is_total(label)]
    if len(others) == len(labels) or any(names_measure(label, knowledge) for label in labels):
        return frozenset()
    return frozenset(label for label in others if not _is_told(label, knowledge))


def _is_told(label: str, knowledge: Knowledge) -> bool:
    """True for a place, a time or a role."""
    return bool(find_periods(label) or table_words().column_kinds(label) or knowledge.areas.read_cell(label))


def is_total(text: str) -> bool:
    """True for words that mean the whole authority and nothing else."""
    return " ".join(text.lower().split()).strip(" :*") in table_words().totals
