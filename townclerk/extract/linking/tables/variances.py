"""Printed variances from a target, kept with the value they are of, for verification."""

from __future__ import annotations

from townclerk.extract.linking.scene import Scene
from townclerk.extract.linking.tables.alignment import Placed
from townclerk.extract.linking.tables.rows import RowMeaning
from townclerk.extract.linking.tables.state import TableState
from townclerk.models.candidate import Candidate
from townclerk.models.units import Role
from townclerk.patterns.table_words import ColumnKind, table_words


def hold_variance(
    placed: list[Placed], meaning: RowMeaning, found: list[Candidate], state: TableState, scene: Scene
) -> None:
    """Keep the variance that a row prints beside its value, or that a box of facts prints in a row of its own.

    Args:
        placed: The row's cells.
        meaning: The row's words.
        found: What was linked in it.
        state: What was linked above it.
        scene: For the report's time: a box's variance is of the value of now.
    """
    own = [c for c in found or state.linked if c.is_own_actual]
    if found:
        told = [one for one in placed if one.column is not None and _is_of_target(one.column.kind, one.column.head)]
    else:
        told = placed if _is_of_target(meaning.kind, meaning.label) else []
    figures = [one.cell.figures[0] for one in told if one.cell.is_number]
    if len(figures) != 1 or not own or (found and all(c.role is not Role.TARGET for c in found)):
        return
    if not found:
        own = [c for c in own if c.indicator_id == own[-1].indicator_id]
    newest = max(own, key=lambda c: c.period.end.toordinal() if c.period else 0)
    report = scene.facts.period.value
    if not found and report is not None and newest.period is not None and newest.period.end < report.end:
        return
    newest.variance, newest.variance_text = figures[0].value, figures[0].text


def _is_of_target(kind: ColumnKind | None, head: str) -> bool:
    return kind is ColumnKind.IGNORED and table_words().says("variance", head)
