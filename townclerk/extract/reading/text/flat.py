"""Tables of times that were printed into one line: "Sep 21 Dec 21 Mar 22 Actual 18% 17% 15% Target 20% 20% 20%"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row
from townclerk.extract.reading.text.time_heads import has_parts, times_behind_words
from townclerk.extract.reading.text.unrolled import is_cell_value
from townclerk.patterns.table_words import table_words

_WORD = re.compile(r"\S+")
_FEWEST_TIMES, _LONGEST_LABEL = 3, 8


@dataclass(slots=True)
class _Word:
    """A word of the line, with its place in the document's text, and whether it can be a cell's value."""

    start: int
    end: int
    is_value: bool


def flat_rows(lines: list[Line], index: int) -> tuple[list[Row], int]:
    """The rows of a table of times that stands in one line: its heads, then labels each with a value for every time.

    Args:
        lines: All lines.
        index: The line.

    Returns:
        The rows, heads first, and the place behind the line; nothing where it is no such table to its last word.
    """
    line = lines[index]
    if not has_parts(line.text) or "\t" in line.text:
        return [], index
    heads = times_behind_words(line)
    if heads is None or len(heads.spots) < _FEWEST_TIMES:
        return [], index
    body = _body(_words(line, heads.end - line.start), len(heads.spots))
    return ([heads.as_heads(), *body], index + 1) if body else ([], index)


def _words(line: Line, start: int) -> list[_Word]:
    marks = table_words().marks
    return [
        _Word(line.start + word.start(), line.start + word.end(), is_cell_value(word[0]) or word[0].lower() in marks)
        for word in _WORD.finditer(line.text, start)
    ]


def _body(words: list[_Word], width: int) -> list[Row]:
    """The rows that words make, each a label and so many values; nothing where one does not come out even."""
    rows: list[Row] = []
    at = 0
    while at < len(words):
        first = next((place for place in range(at, len(words)) if words[place].is_value), len(words))
        values = words[first : first + width]
        behind = words[first + width : first + width + 1]
        if not 0 < first - at <= _LONGEST_LABEL or len(values) < width or not all(one.is_value for one in values):
            return []
        if behind and behind[0].is_value:
            return []
        row = Row({place: [(one.start, one.end)] for place, one in enumerate(values, 1)}, width + 1)
        row.cells[0] = [(words[at].start, words[first - 1].end)]
        rows.append(row)
        at = first + width
    return rows
