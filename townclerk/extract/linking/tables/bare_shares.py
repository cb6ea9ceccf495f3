"""Values printed without the sign that others of their row have: "20" as target of "21.1%" is a share, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from townclerk.extract.linking.tables.alignment import Placed
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.rows import RowMeaning
from townclerk.models.area import AreaKind
from townclerk.models.candidate import Candidate
from townclerk.models.mentions import AreaMention, FigureForm, FigureMention
from townclerk.models.units import Unit
from townclerk.patterns.table_words import ROLE_KINDS, ColumnKind

_WHOLE = 100.0
_FEWEST_RESULTS = 2


def share_meant(
    one: Placed, meaning: RowMeaning, told: Sequence[Candidate], above: Sequence[Candidate]
) -> FigureMention | None:
    """A bare value as the share that the results of its row are; None for anything else.

    Targets and comparators follow the authority's own results; one of these follows where most others are shares.

    Args:
        one: The cell, under its column.
        meaning: The words of its row.
        told: What the row tells.
        above: What the rows above tell of the measure: results over a row of their targets, or of another place.
    """
    figures = one.cell.figures
    if len(figures) != 1 or figures[0].unit is not None or figures[0].form is not FigureForm.NUMBER:
        return None
    if one.cell.text.strip(" *") != figures[0].text:
        return None
    of_row = meaning.kind is ColumnKind.TARGET or _is_comparator(meaning.area)
    beside = _stands_beside(one.column)
    if not (of_row or beside or _is_timed(one.column)):
        return None
    results = [c for c in (above if of_row else told) if c.is_own_actual]
    shares = [c for c in results if c.unit is Unit.PERCENT]
    fewest = 1 if of_row or beside else _FEWEST_RESULTS
    one_measure = len({c.indicator_id for c in shares}) == 1 and 2 * len(shares) > len(results)
    value = figures[0].value
    if not one_measure or len(shares) < fewest or value is None or not 0 < value <= _WHOLE:
        return None
    return replace(figures[0], unit=Unit.PERCENT)


def _stands_beside(column: Column | None) -> bool:
    """True for a column of targets or comparators."""
    return column is not None and (
        column.kind is ColumnKind.TARGET or (_is_comparator(column.area) and _is_plain(column))
    )


def _is_timed(column: Column | None) -> bool:
    """True for a column of results at a time."""
    return column is not None and column.period is not None and _is_plain(column)


def _is_plain(column: Column) -> bool:
    """True for a head that says nothing of units or counts."""
    return column.unit is None and (column.kind is None or column.kind in ROLE_KINDS)


def _is_comparator(area: AreaMention | None) -> bool:
    """True for a region, the country or a group of authorities."""
    return area is not None and area.kind is not AreaKind.AUTHORITY
