"""How well a cell's heads and label were understood: words left over, heads that are silent or alike, as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.tables.alignment import Placed
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.meanings import HeadMeanings, is_silent
from townclerk.extract.linking.tables.state import TableState
from townclerk.models.candidate import Feature
from townclerk.models.mentions import IndicatorMatch
from townclerk.models.units import Unit
from townclerk.patterns.table_words import table_words

_WORD = re.compile(r"[^\W\d_]{3,}")


def understanding(
    placed: Placed, label: str, match: IndicatorMatch, unit: Unit | None, state: TableState, knowledge: Knowledge
) -> Iterator[Feature]:
    """What of a cell's heads and label was not understood.

    Args:
        placed: The cell with its column.
        label: Its row's label.
        match: The measure chosen.
        unit: The cell's unit.
        state: The table.
        knowledge: For the words of the field.
    """
    column = placed.column
    meanings = state.meanings = state.meanings or HeadMeanings(state.columns)
    if column is None:
        yield Feature("no_column", 1.0, "the column it stands in cannot be told")
    elif not column.head.strip():
        yield Feature("no_head", 1.0, "nothing heads its column")
    else:
        if is_silent(column):
            yield Feature("head_silent", 1.0, "its column's head tells neither time, place nor role")
        if share := _unknown(_left_over(column), knowledge):
            yield Feature(
                "head_unknown", share, f"{share:.0%} of the words of its column's head are none that heads usually have"
            )
        if meanings.has_alike(column):
            yield Feature("heads_alike", 1.0, "another column of its table has a head of the same meaning")
        if meanings.is_repeated(column):
            yield Feature(
                "time_repeated", 1.0, "another column has the same quarter or month, and no year to part them"
            )
    if meanings.silent and column is not None:
        share = meanings.silent
        yield Feature("heads_silent", share, f"{share:.0%} of its table's columns have heads that tell nothing")
    if share := _unknown(label, knowledge):
        yield Feature(
            "label_unknown", share, f"{share:.0%} of the words of its row's label are none that measures are named with"
        )
    named = [one.indicator_id for one in knowledge.spotter.read_label([label], unit)] if label else []
    if match.indicator_id not in named:
        yield Feature("named_above", 1.0, "its row alone does not name the measure")


def _left_over(column: Column) -> str:
    """A column's head without its time and place."""
    head = column.head
    for mention in (column.period, column.area):
        text = getattr(mention, "text", None) or getattr(mention, "name", None)
        head = head.replace(text, " ", 1) if text else head
    return head


def _unknown(text: str, knowledge: Knowledge) -> float:
    """The share of a text's words that belong neither to the field nor to tables."""
    words = [word.lower() for word in _WORD.findall(text)]
    strange = [word for word in words if word not in knowledge.field_words and word not in table_words().vocabulary]
    return round(len(strange) / len(words), 3) if words else 0.0
