"""Sheets too wide for a page: the columns that were printed on a later page get the labels of the earlier one.

The values of such a page stand at the heights of the rows whose labels are printed pages before; nothing on it says
what they are of. A cell with such a label keeps the place of the label's words in the document's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from townclerk.extract.reading.pdf.knowledge import layout_knowledge
from townclerk.models.document import Block, Cell, Table

_FEWEST_ROWS = 3
_SAME_HEIGHT = 2.5
_MOST_MATCHED = 0.9
_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS, _LONGEST_WORD = 8, 14


def label_from_pages_before(blocks: Sequence[Block]) -> None:
    """Give tables without labels those of the table whose rows stand at the same heights on a page before.

    Args:
        blocks: The blocks of all pages, in reading order; the tables of some change.
    """
    tables = [block for block in blocks if block.table is not None and block.box is not None]
    if len({block.page for block in tables}) < 2:
        return
    labelled: list[tuple[Block, dict[float, Cell]]] = []
    taken: set[int] = set()
    for block in tables:
        labels = _labels(block)
        if labels:
            labelled.append((block, labels))
            continue
        # Without heads of its own nothing would tell the labelled values apart.
        heights = _value_rows(block) if block.table is not None and block.table.header_rows else []
        if len(heights) < _FEWEST_ROWS:
            continue
        fitting = [
            one
            for one in labelled
            if one[0].page < block.page and _fits(heights, one[1], sparse=_heads_at_one_height(one[0], block))
        ]
        free = [one for one in fitting if id(one[0]) not in taken]
        if not fitting:
            continue
        if not free:
            # The columns run over more than two pages: the labels serve again.
            taken.difference_update(id(one[0]) for one in fitting)
            free = fitting
        source, found = free[0]
        taken.add(id(source))
        block.table = _with_labels(block, found)


def _labels(block: Block) -> dict[float, Cell]:
    """The label of each row with a value, by its height; nothing for a table whose rows have none for the most part."""
    table = block.table
    if table is None:
        return {}
    found: dict[float, Cell] = {}
    rows = 0
    for row in table.rows[table.header_rows :]:
        filled = [cell for cell in row if cell.passage.text.strip()]
        if not filled:
            continue
        rows += 1
        wordy = next((cell for cell in filled if _is_label(cell.passage.text)), None)
        if wordy is not None and wordy.box is not None:
            found[_height(wordy)] = wordy
    return found if rows and len(found) >= 0.5 * rows else {}


def _is_label(text: str) -> bool:
    return len(_LETTERS.findall(text)) >= _FEWEST_LETTERS


def _value_rows(block: Block) -> list[float]:
    """The heights of the rows of a table of nothing but values and single words ("Green"); nothing for another."""
    table = block.table
    value = layout_knowledge().value
    heights: list[float] = []
    if table is None:
        return heights
    for row in table.rows[table.header_rows :]:
        filled = [cell for cell in row if cell.passage.text.strip()]
        if any(len(cell.passage.text) > _LONGEST_WORD for cell in filled):
            return []
        values = [cell for cell in filled if value.fullmatch(cell.passage.text) and cell.box is not None]
        if values:
            heights.append(_height(values[0]))
    return heights


def _height(cell: Cell) -> float:
    box = cell.box
    return (box.y0 + box.y1) / 2 if box is not None else 0.0


def _fits(heights: Sequence[float], labels: dict[float, Cell], *, sparse: bool) -> bool:
    """True where values stand at the heights of labels; `sparse` lets half the labels and more have none."""
    matched = sum(any(abs(height - other) <= _SAME_HEIGHT for other in labels) for height in heights)
    if sparse:
        return matched == len(heights)
    return matched >= _MOST_MATCHED * len(heights) and matched >= 0.5 * len(labels)


def _heads_at_one_height(one: Block, other: Block) -> bool:
    """True where the heads of a table stand at heights of another's heads, as those of one sheet on two pages do."""
    first, second = _head_heights(one), _head_heights(other)
    return bool(second) and all(any(abs(height - above) <= _SAME_HEIGHT for above in first) for height in second)


def _head_heights(block: Block) -> list[float]:
    table = block.table
    heads = table.rows[: table.header_rows] if table is not None else []
    return [_height(cell) for row in heads for cell in row if cell.passage.text.strip()]


def _with_labels(block: Block, labels: dict[float, Cell]) -> Table | None:
    """The table with a first column of labels."""
    table = block.table
    if table is None:
        return None
    rows: list[list[Cell]] = []
    for number, row in enumerate(table.rows):
        moved = [
            replace(
                cell,
                column=cell.column + 1,
                line_column=None if cell.line_column is None else cell.line_column + 1,
            )
            for cell in row
        ]
        filled = [cell for cell in row if cell.passage.text.strip() and cell.box is not None]
        near = min(labels, key=lambda height: abs(height - _height(filled[0]))) if filled else None
        if number >= table.header_rows and near is not None and abs(near - _height(filled[0])) <= _SAME_HEIGHT:
            moved.insert(0, Cell(number, 0, labels[near].passage))
        rows.append(moved)
    return Table(rows, table.columns + 1, table.header_rows, table.continues)
