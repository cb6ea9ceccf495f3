"""Two measures in one row: "Plans (new / open)" or "Contacts / referrals" beside "74 / 1,905".

Each number has the words in its own place. "203 (52.1 per 10,000)" is a count and its rate.
"""

from __future__ import annotations

import re

from townclerk.extract.linking.tables.grid import COUNT_AND_RATE, GridCell
from townclerk.extract.spotting.figures import read_cell
from townclerk.models.mentions import FigureForm, FigureMention

_LABEL = re.compile(r"(?P<stem>[^()]+)\((?P<first>[^()/]+)\s/\s(?P<second>[^()/]+)\)\s*")
_BARE_LABEL = re.compile(r"(?P<stem>)(?P<first>[^()/]+)\s/\s(?P<second>[^()/]+)")
_CELL = re.compile(r"\s*(?P<first>[^/]+?)\s*/\s*(?P<second>[^/]+?)\s*")


def split_pair(cell: GridCell, label: str) -> list[tuple[GridCell, str]]:
    """The two numbers of a cell, each with the label it has for itself.

    Args:
        cell: A value cell.
        label: The row's label.

    Returns:
        Two cells with one figure each and their labels; nothing where cell or label does not name two.
    """
    if COUNT_AND_RATE.fullmatch(cell.text):
        # The unit of each tells which measure it is of.
        return [(GridCell(cell.cell, cell.text, [figure]), label) for figure in cell.figures]
    named = _LABEL.fullmatch(label) or _BARE_LABEL.fullmatch(label)
    printed = _CELL.fullmatch(cell.text)
    if named is None or printed is None:
        return []
    found: list[tuple[GridCell, str]] = []
    for part in ("first", "second"):
        figure = _number(cell.text, *printed.span(part))
        if figure is None:
            return []
        words = f"{named['stem'].strip()} {named[part].strip()}".strip()
        found.append((GridCell(cell.cell, cell.text, [figure]), words))
    return found


def _number(text: str, start: int, end: int) -> FigureMention | None:
    figures = read_cell(text[start:end])
    if len(figures) != 1 or figures[0].form is not FigureForm.NUMBER:
        return None
    figures[0].start += start
    figures[0].end += start
    return figures[0]
