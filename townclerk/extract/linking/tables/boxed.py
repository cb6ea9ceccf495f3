"""Boxes of facts: tables of two columns whose rows each have a head of their own, about one measure."""

from __future__ import annotations

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.scene import Scene
from townclerk.extract.linking.tables.alignment import Placed
from townclerk.extract.linking.tables.attributes import give_attributes
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.grid import Grid, GridCell
from townclerk.extract.linking.tables.places import names_measure
from townclerk.extract.linking.tables.state import TableState, area_is_own
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.period import Period, PeriodKind
from townclerk.models.units import Basis, Role
from townclerk.patterns.table_words import ColumnKind, table_words

_PAIR = 2


def current_label(grid: Grid, scene: Scene, knowledge: Knowledge) -> str:
    """The label of the newest value where no label's words say which one is: the first of the box, if nobody knows it.

    Args:
        grid: The box.
        scene: For the report's time.
        knowledge: For places and measures in labels.

    Returns:
        The label as printed; "" where a label is understood to be the newest value's, or another stands first.
    """
    filled = [[cell for cell in row if cell.text.strip()] for row in grid.body()]
    labels = [row[0].text.strip() for row in filled if len(row) == _PAIR and row[1].is_value]
    unknown = [label for label in labels if not _is_understood(label, knowledge)]
    if unknown != labels[:1] or any(_is_now(label, scene) for label in labels):
        return ""
    return labels[0]


def _is_understood(label: str, knowledge: Knowledge) -> bool:
    told = find_periods(label) or table_words().column_kinds(label) or knowledge.areas.read_cell(label)
    return bool(told) or names_measure(label, knowledge)


def _is_now(label: str, scene: Scene) -> bool:
    """True for the words of a newest value: "Latest", the report's own time."""
    kinds = table_words().column_kinds(label)
    if kinds and kinds[0][0] is ColumnKind.ACTUAL:
        return True
    report = scene.facts.period.value
    times = [scene.resolve(time) for time in find_periods(label)]
    target = bool(kinds) and kinds[0][0] is ColumnKind.TARGET
    return not target and any(time is not None and report is not None and time.end >= report.end for time in times)


def names_it(head: str) -> bool:
    """True for the head of what names a measure: "Indicator"; "Definition" heads what explains it."""
    if table_words().explains(head):
        return False
    kinds = table_words().column_kinds(head)
    return bool(kinds) and kinds[0][0] in {ColumnKind.LABEL, ColumnKind.REF} and kinds[0][1] >= len(head.strip(" :"))


def tells_of_measure(row: list[GridCell], state: TableState, scene: Scene) -> bool:
    """True for a fact in words of a box, which names no measure; a status or direction is the newest value's."""
    filled = [cell for cell in row if cell.text.strip()]
    if len(filled) != 2 or filled[1].is_value or names_it(filled[0].text):
        return False
    kinds = table_words().column_kinds(filled[0].text)
    if state.linked and kinds and kinds[0][0] in {ColumnKind.RAG, ColumnKind.DIRECTION}:
        same = [one for one in state.linked if one.indicator_id == state.linked[-1].indicator_id]
        head = Column(1, filled[0].text, kinds[0][0], None, None, None)
        give_attributes([Placed(filled[1], head)], same, scene)
    return True


def date_targets(state: TableState) -> None:
    """A target of a box that tells no time is of the time of the newest value that does (convention C3)."""
    for target in state.linked:
        if target.role is not Role.TARGET or target.period is None or target.period.basis is Basis.STATED:
            continue
        same = [c for c in state.linked if c.indicator_id == target.indicator_id and area_is_own(c.area)]
        actual = [c.period for c in same if c.role is Role.ACTUAL and c.period]
        if any(map(_is_told, actual)) and target.period.kind is not PeriodKind.FINANCIAL_YEAR:
            told = actual if state.is_headed_by_value else [period for period in actual if _is_told(period)]
            target.period = max(told, key=lambda period: period.end).with_basis(Basis.INFERRED)


def _is_told(period: Period) -> bool:
    """True for a time that words of a fact tell, if not the year of its quarter."""
    return period.basis is Basis.STATED or bool(period.text)
