"""Areas of cells, as sheets and separated values hold them: titles, a table, remarks below it."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.extract.reading.office.building import Builder, Slot
from townclerk.extract.reading.pdf.knowledge import layout_knowledge
from townclerk.models.document import BlockKind


def add_area(rows: Sequence[Sequence[Slot]], builder: Builder) -> None:
    """Add rows that follow each other without an empty one: titles first, then a table.

    Args:
        rows: The filled cells of each row.
        builder: What collects the blocks.
    """
    first = 0
    while first < len(rows) and len(rows[first]) == 1 and not _is_value(rows[first][0].text):
        first += 1
    if first == len(rows):
        for row in rows:
            builder.say(BlockKind.PARAGRAPH if len(row[0].text) > 100 else BlockKind.HEADING, row[0].text, 2)
        return
    for number, row in enumerate(rows[:first]):
        long = len(row[0].text) > 100
        builder.say(BlockKind.PARAGRAPH if long else BlockKind.HEADING, row[0].text, 0 if long else min(6, 2 + number))
    last = len(rows)
    while last > first and len(rows[last - 1]) == 1 and len(rows[last - 1][0].text) > 60:
        last -= 1
    builder.table(_shifted(rows[first:last]))
    for row in rows[last:]:
        builder.say(BlockKind.PARAGRAPH, row[0].text)


def _shifted(rows: Sequence[Sequence[Slot]]) -> list[Slot]:
    """The cells with the area's first column and row as the table's."""
    left = min(slot.column for row in rows for slot in row)
    top = min(slot.row for row in rows for slot in row)
    out: list[Slot] = []
    for row in rows:
        for slot in row:
            slot.row -= top
            slot.column -= left
            out.append(slot)
    return out


def _is_value(text: str) -> bool:
    return layout_knowledge().value.fullmatch(text) is not None
