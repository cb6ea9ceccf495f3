"""Pipe tables that a converter broke: each cell on a line of its own with its pipe, a lone pipe between the rows."""

from __future__ import annotations

import re

from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row, put_heads_over_values

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_FEWEST_ROWS, _FEWEST_VALUES = 2, 2


def fenced_rows(lines: list[Line], index: int, source: str) -> tuple[list[Row], int]:
    """The rows of a table whose cells each end in a pipe and a line, from a line on, and the place behind its last.

    Args:
        lines: All lines.
        index: The line that may hold its first cell.
        source: The document's text.

    Returns:
        The rows, heads first; nothing where the lines are no such table.
    """
    if not lines[index].text.endswith("|") or _goes_on(lines, index):
        return [], index
    rows = [Row()]
    end = index
    while end < len(lines) and lines[end].text.endswith("|") and not lines[end].furniture:
        line = lines[end]
        said = line.text[:-1].rstrip()
        if "|" in said or (end > index and line.gap):
            break
        end += 1
        if line.text == "|" and rows[-1].width and _is_whole(lines, end):
            rows.append(Row())
            continue
        if said and _IMAGE.fullmatch(said) is None:
            rows[-1].cells[rows[-1].width] = [(line.start, line.start + len(said))]
        rows[-1].width += 1
    rows = [row for row in rows if len(row.cells) > 1]
    if len(rows) < _FEWEST_ROWS or max(row.width for row in rows) <= _FEWEST_VALUES:
        return [], index
    return put_heads_over_values(rows, source), end


def _goes_on(lines: list[Line], index: int) -> bool:
    """True in the midst of such lines: a run that is no table is looked at once, not again from each of them."""
    return index > 0 and not lines[index].gap and lines[index - 1].text.endswith("|")


def _is_whole(lines: list[Line], end: int) -> bool:
    """True where a lone pipe ends a row: words stand behind it, and not another empty cell."""
    return end == len(lines) or lines[end].text != "|"
