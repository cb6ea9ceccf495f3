"""One table that holds two: a row of times among the values heads the rows below it."""

from __future__ import annotations

from dataclasses import replace

from townclerk.extract.spotting.figures import read_cell
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.document import Block, Box, Cell, Document, Table
from townclerk.models.passage import Passage

_FEWEST_HEADS, _FACT = 2, 2
_LONGEST_NAME = 14


def cut_strips(document: Document) -> None:
    """Cut the tables of a document where a strip of times begins inside them: a trend under a fact box.

    Args:
        document: As read; its blocks are changed in place.
    """
    blocks: list[Block] = []
    for block in document.blocks:
        cuts = _cuts(block.table) if block.table is not None else []
        blocks.extend(_parts(block, block.table, cuts) if cuts and block.table is not None else [block])
    document.blocks[:] = blocks


def _cuts(table: Table) -> list[int]:
    """Rows at which a table of its own begins."""
    rows = table.rows
    above = [
        place - 1 if _is_name(table, place - 1) else place
        for place in range(max(1, table.header_rows), len(rows) - 1)
        if _only_times(rows[place]) and _is_of_values(rows[place + 1]) and _told(rows[:place])
    ]
    return sorted({*above, *_ends_of_strips(rows)})


def _is_name(table: Table, row: int) -> bool:
    """True for a row that names what the table below it is about."""
    title = table.title_at(row, _LONGEST_NAME)
    return title is not None and not title.passage.text.endswith(".")


def _ends_of_strips(rows: list[list[Cell]]) -> list[int]:
    """Rows right below a strip, heads and values, at which a box of facts begins: a few words and one value."""
    return [
        place
        for place in range(2, len(rows))
        if _only_times(rows[place - 2])
        and len(_filled(rows[place - 2])) > len(_filled(rows[place]))
        and _is_of_values(rows[place - 1])
        and _is_fact(rows[place])
    ]


def _is_fact(row: list[Cell]) -> bool:
    texts = _filled(row)
    return len(texts) == _FACT and any(char.isalpha() for char in texts[0]) and not read_cell(texts[0])


def _parts(block: Block, table: Table, cuts: list[int]) -> list[Block]:
    parts: list[Block] = []
    for start, end in zip([0, *cuts], [*cuts, len(table.rows)], strict=True):
        rows = table.rows[start:end]
        width = max((c.column + c.column_span for row in rows for c in row if c.passage.text.strip()), default=0)
        cells = [[replace(c, row=c.row - start) for c in row if c.column < width] for row in rows]
        lines = [Passage.join([cell.passage for cell in row], "\t") for row in cells]
        heads = 1 + _is_name(table, start) if start else table.header_rows
        part = Table(cells, width, heads, table.continues and not start)
        parts.append(replace(block, passage=Passage.join(lines, "\n"), table=part, box=_box(cells) or block.box))
    return parts


def _box(rows: list[list[Cell]]) -> Box | None:
    boxes = [cell.box for row in rows for cell in row if cell.box is not None]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def _filled(row: list[Cell]) -> list[str]:
    return [text for cell in row if (text := cell.passage.text.strip())]


def _only_times(row: list[Cell]) -> bool:
    texts = _filled(row)
    return len(texts) >= _FEWEST_HEADS and all(_is_time(text) for text in texts)


def _is_time(text: str) -> bool:
    return any(time.start <= 1 and time.end >= len(text) - 1 for time in find_periods(text))


def _is_of_values(row: list[Cell]) -> bool:
    """True for a row with figures under the times, perhaps behind a label."""
    texts = _filled(row)
    figured = [text for text in texts if read_cell(text) and not _is_time(text)]
    return len(figured) >= _FEWEST_HEADS and len(figured) >= len(texts) - 1


def _told(rows: list[list[Cell]]) -> bool:
    """True where the rows above hold a figure of their own."""
    return any(read_cell(text) and not _is_time(text) for row in rows for text in _filled(row)[1:])
