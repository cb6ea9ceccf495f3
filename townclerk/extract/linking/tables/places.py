"""Places that the gazetteer does not know: the heads of a table whose other heads are places.

A council whose name is misspelt, or is not in the gazetteer, stands in a comparator table beside places that are
known. Its figures are never the reporting authority's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.scene import Scene
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.grid import Grid
from townclerk.models.area import AreaKind
from townclerk.models.mentions import AreaMention
from townclerk.patterns.table_words import ColumnKind, table_words

_MOST_WORDS = 5
# A name of so many letters may have one of them wrong, a longer one two, and still be the authority's.
_SHORTEST, _LONGER = 6, 10
_WORDS = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
# A sign that is no small letter, behind one.
_INSIDE = re.compile(r"(?<=[a-z])[^a-z\s]")
_NAME = re.compile(r"[A-Z](?:[^\W\d_]|['’.&, -])*")


def name_columns(columns: list[Column], grid: Grid, scene: Scene, knowledge: Knowledge) -> None:
    """Give the unknown heads of a table of places their place, or mark it as unknown.

    Args:
        columns: The table's columns, changed in place.
        grid: The table; a column of words holds no place's values.
        scene: For the reporting authority's name.
        knowledge: For measures, which are no places.
    """
    bare = [c for c in columns[1:] if c.kind is None and c.area is None and c.period is None and c.head]
    for column in bare:
        if is_own_name(column.head, scene):
            column.area = AreaMention(0, len(column.head), AreaKind.AUTHORITY, is_own=True)
            column.kind = ColumnKind.ACTUAL
    placed = [c for c in columns[1:] if c.area is not None and c.holds_values]
    if not _are_places([c.area for c in placed if c.area is not None]):
        return
    last = placed[-1].index if _has_homeless_words(columns, grid) else len(columns)
    unknown = [c for c in bare if c.area is None and c.index < last and not names_measure(c.head, knowledge)]
    told = any(c.area is not None and c.area.is_own for c in columns)
    for column in unknown:
        column.area = _misspelt(column.head, scene, told=told) or _named(column.head, knowledge)
        column.place_unknown = column.area is None


def named_rows(grid: Grid, scene: Scene, knowledge: Knowledge) -> dict[str, AreaMention]:
    """The place of each row label that the gazetteer does not know, in a table whose rows are places.

    Args:
        grid: The table.
        scene: For the reporting authority's name.
        knowledge: For places and measures.
    """
    labels = [row[0].text.strip() for row in grid.body() if row and row[0].cell.column == 0 and row[0].text.strip()]
    found: dict[str, AreaMention] = {}
    known: list[AreaMention] = []
    others: list[str] = []
    for label in labels:
        if is_own_name(label, scene):
            found[label] = AreaMention(0, len(label), AreaKind.AUTHORITY, is_own=True)
            known.append(found[label])
        elif len(label) <= 50 and (place := knowledge.areas.read_cell(label)) is not None:
            known.append(place)
        else:
            others.append(label)
    if not _are_places(known) or any(_is_no_place(label, knowledge) for label in others):
        return found
    told = any(place.is_own for place in found.values())
    for label in others:
        place = _misspelt(label, scene, told=told) or _named(label, knowledge)
        if place is not None:
            found[label] = place
    return found


def _is_no_place(label: str, knowledge: Knowledge) -> bool:
    """True for a label that is a column's head or names a measure."""
    return bool(table_words().column_kinds(label)) or names_measure(label, knowledge)


def is_own_name(text: str, scene: Scene) -> bool:
    """True for the reporting authority's name, with or without the words for a council."""
    authority = scene.facts.authority.value
    words = _core(text)
    return authority is not None and bool(words) and words == _core(authority.name)


def _misspelt(text: str, scene: Scene, *, told: bool) -> AreaMention | None:
    """The reporting authority, where a name nobody knows is nearly its own and its own stands nowhere else."""
    authority = scene.facts.authority.value
    own = " ".join(_core(authority.name)) if authority is not None else ""
    said = " ".join(_core(text))
    reach = 2 if len(own) >= _LONGER else 1
    if told or len(own) < _SHORTEST or Levenshtein.distance(own, said, score_cutoff=reach) > reach:
        return None
    return AreaMention(0, len(text), AreaKind.AUTHORITY, is_own=True)


def _named(head: str, knowledge: Knowledge) -> AreaMention | None:
    """The place of a head that the gazetteer does not know as it is printed ("Bramc0mbe", "GresweIl")."""
    right = _INSIDE.sub(lambda found: found[0].translate(table_words().name_misprints), head)
    known = knowledge.areas.read_cell(right) if right != head else None
    return known or knowledge.areas.misspelt(right) or unknown_place(right)


def unknown_place(head: str) -> AreaMention | None:
    """A head that looks like a name, as the authority of that name; None for other words."""
    words = _WORDS.findall(head)
    looks = _NAME.fullmatch(head) is not None and 1 <= len(words) <= _MOST_WORDS
    small = table_words().name_links
    if not looks or not all(word[0].isupper() or word in small for word in words):
        return None
    if len(words) == 1 and table_words().says("compass", head):
        return None
    if table_words().says("part", head) or not any(len(word) >= 4 for word in words):
        return None
    return AreaMention(0, len(head), AreaKind.AUTHORITY, " ".join(head.split()))


def names_measure(head: str, knowledge: Knowledge) -> bool:
    """True where a head has a measure's words."""
    return table_words().unit(head) is not None or knowledge.names_measure(head)


def _has_homeless_words(columns: list[Column], grid: Grid) -> bool:
    """True where cells say which way is better and no known column is theirs: an unknown head behind the places is."""
    if any(column.kind is ColumnKind.POLARITY for column in columns):
        return False
    words = table_words().polarity
    return any(" ".join(cell.text.lower().split()) in words for row in grid.body() for cell in row[1:])


def _are_places(areas: Sequence[AreaMention]) -> bool:
    """True for two or more different places."""
    return len({(area.kind, area.name, area.is_own) for area in areas}) >= 2


def _core(name: str) -> tuple[str, ...]:
    stock = table_words().council_words
    return tuple(word for word in (w.lower() for w in _WORDS.findall(name)) if word not in stock)
