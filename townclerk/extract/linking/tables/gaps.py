"""Whether a table of comparators is about the measure above it at all: its printed gaps tell the authority's own value.

"England 69.0%, -4.9" says that the authority's figure is 64.1. Where the rows agree on that figure and the report gives
the measure another, the table lost its title and stands under a measure that is not its own.
"""

from __future__ import annotations

from townclerk.extract.linking.scene import Scene
from townclerk.extract.linking.tables.alignment import Placed
from townclerk.extract.linking.tables.state import TableState, area_is_own
from townclerk.models.candidate import Candidate
from townclerk.models.units import Role
from townclerk.patterns.table_words import ColumnKind

_FEWEST_ROWS = 2
_ROUNDING = 0.15


def note_gap(placed: list[Placed], found: list[Candidate], state: TableState) -> None:
    """Keep the gap that a row prints beside its one value.

    Args:
        placed: The row's cells.
        found: What was linked in it.
        state: Where gaps are kept.
    """
    gaps = [
        one.cell.figures[0].value
        for one in placed
        if one.cell.is_number and one.cell.figures[0].sign and _may_hold_gaps(one)
    ]
    if len(gaps) == 1 and len(found) == 1 and gaps[0] is not None:
        state.gaps.append((found[0], gaps[0]))


def _may_hold_gaps(one: Placed) -> bool:
    return one.column is None or one.column.kind is ColumnKind.IGNORED or not one.column.head


def is_about_another(state: TableState, scene: Scene) -> bool:
    """True where a table's gaps agree on an own value that none of the measure's values above it is.

    Args:
        state: The table with its candidates and gaps.
        scene: Holds the values linked above.
    """
    measures = {candidate.indicator_id for candidate in state.linked}
    if len(measures) != 1 or len(state.gaps) < _FEWEST_ROWS:
        return False
    own = [
        anchor.candidate.value
        for anchor in (*scene.anchors, *scene.told_above)
        if anchor.candidate.indicator_id in measures
        and anchor.candidate.role is Role.ACTUAL
        and area_is_own(anchor.candidate.area)
        and anchor.candidate.value is not None
    ]
    told = [implied for sign in (1.0, -1.0) if (implied := _agreed(state, sign)) is not None]
    return bool(own) and bool(told) and not any(abs(value - one) <= _ROUNDING for value in own for one in told)


def _agreed(state: TableState, sign: float) -> float | None:
    """The own value that most rows' gaps lead to; None where they lead to different ones."""
    implied = sorted(one.value + sign * gap for one, gap in state.gaps if one.value is not None)
    if len(implied) < _FEWEST_ROWS:
        return None
    middle = implied[len(implied) // 2]
    near = [value for value in implied if abs(value - middle) <= _ROUNDING]
    return middle if len(near) >= _FEWEST_ROWS and len(near) > len(implied) / 2 else None
