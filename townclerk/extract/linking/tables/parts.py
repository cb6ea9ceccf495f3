"""Parts beside their total: teams, localities, sexes and ages are not the authority's figure (convention C9)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.scene import Scene
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.grid import Grid
from townclerk.extract.linking.tables.places import is_own_name, names_measure
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.candidate import Candidate
from townclerk.models.units import Unit
from townclerk.patterns.table_words import ColumnKind, table_words

_SURE = 0.85
_SPLIT = re.compile(r"\s+by\s+\w", re.IGNORECASE)


def set_parts_aside(columns: list[Column], scene: Scene, knowledge: Knowledge) -> None:
    """Mark the columns that hold parts of an authority's figure as holding no observations.

    With a total beside them, heads that nothing else explains are its parts; without one, only heads in words for
    sub-groups are.

    Args:
        columns: The table's columns, changed in place.
        scene: For the reporting authority's name, whose column is the total of the parts beside it.
        knowledge: For heads that name a measure, which are no parts.
    """
    total = any(is_total(column.head, scene) for column in columns[1:]) or _has_own_whole(columns[1:])
    aside = False
    for column in columns[1:]:
        bare = column.kind is None and column.area is None and column.period is None and column.head
        if not bare or is_total(column.head, scene):
            continue
        if (total or table_words().says("part", column.head)) and not names_measure(column.head, knowledge):
            column.kind = ColumnKind.IGNORED
            aside = True
    for column in columns[1:]:
        if aside and column.kind is ColumnKind.COUNT and is_total(column.head, scene):
            # The total of teams is the authority's own, a count or a share as its row says.
            column.kind = column.unit = None


def _has_own_whole(columns: Sequence[Column]) -> bool:
    """True where the one place among the heads is the authority by its kind ("Borough"): the others are its parts."""
    places = [column.area for column in columns if column.area is not None]
    return bool(places) and all(place.is_own and place.name is None for place in places)


def part_rows(grid: Grid, scene: Scene, knowledge: Knowledge) -> frozenset[str]:
    """The labels of rows that are parts of a total in another row of a table whose columns name the measures.

    Args:
        grid: The table.
        scene: For the reporting authority's name.
        knowledge: For labels that name a measure, a place or a time, which are no parts.
    """
    labels = [row[0].text.strip() for row in grid.body() if row and row[0].cell.column == 0 and row[0].text.strip()]
    others = [label for label in labels if not is_total(label, scene)]
    if len(others) == len(labels) or any(names_measure(label, knowledge) for label in labels):
        return frozenset()
    above = [held.text for held in scene.naming()] + ([scene.caption.text] if scene.caption is not None else [])
    whole = {match.indicator_id for match in knowledge.spotter.read_label(above)} if above else set()
    return frozenset(
        label for label in others if not _is_told(label, knowledge) and not _is_slice(label, above, whole, knowledge)
    )


def _is_slice(label: str, above: list[str], whole: set[str], knowledge: Knowledge) -> bool:
    """True for a part that is a measure of its own under its heading: "Residential" of the placements of children."""
    found = knowledge.spotter.read_label([*above, label], Unit.PERCENT)
    return bool(found) and found[0].score >= _SURE and found[0].indicator_id not in whole


def _is_told(label: str, knowledge: Knowledge) -> bool:
    """True for a place, a time or a role."""
    return bool(find_periods(label) or table_words().column_kinds(label) or knowledge.areas.read_cell(label))


def is_total(text: str, scene: Scene | None = None) -> bool:
    """True for words that mean the whole authority and nothing else: "Total", "Council total", "Wexcombe total"."""
    words = table_words()
    said = " ".join(text.lower().split()).strip(" :*")
    if said in words.totals:
        return True
    rest = [word for word in said.split() if word not in words.total_words]
    if len(rest) == len(said.split()):
        return False
    return all(word in words.council_words for word in rest) or (
        scene is not None and is_own_name(" ".join(rest), scene)
    )


def whole_named(scene: Scene) -> str:
    """What a total is the total of: "Children looked after" of "Children looked after by placement", else ""."""
    above = [*(held.text for held in scene.naming()), *([scene.caption.text] if scene.caption is not None else [])]
    return next((text[: cut.start()] for text in reversed(above) if (cut := _SPLIT.search(text))), "")


def own_figures(found: Sequence[tuple[Column | None, Candidate]]) -> list[tuple[Column | None, Candidate]]:
    """The candidates of a row without those that can only be parts.

    Several different values of one measure, time, place and role, under heads that nothing explains, are those of
    teams, sites or sexes whatever they say; beside one whose head is understood they are its parts.

    Args:
        found: The candidates of a row, each with its column.
    """
    rivals: defaultdict[Hashable, set[float | None]] = defaultdict(set)
    for _, one in found:
        rivals[_place(one)].add(one.value)
    return [
        (column, one)
        for column, one in found
        if column is None or len(rivals[_place(one)]) == 1 or _is_explained(column)
    ]


def _is_explained(column: Column) -> bool:
    return bool(column.kind or column.period or column.area) or is_total(column.head) or not column.head


def _place(one: Candidate) -> Hashable:
    """What figures said of one measure, time, place and role share."""
    return one.indicator_id, one.role, one.area, one.period and one.period.code
