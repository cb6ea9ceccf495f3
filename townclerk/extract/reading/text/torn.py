"""Heads of columns that a conversion tore into words one below the other, above rows that kept their values.

"Statistical", "Neighbours", "18/19", "England", "18/19", "Q1" over "Reviews on time 93.1 94.0 96.3" are put back into
one line; where one head ends and the next begins, the rows below it tell.
"""

from __future__ import annotations

import re
from itertools import takewhile

from townclerk.extract.reading.text.complete import names_comparator
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.spotting.periods import find_periods, times_apart
from townclerk.patterns.table_words import table_words

_VALUE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?|n/?a|-|–|x|c", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{3}", re.IGNORECASE)
_BLANK = re.compile(r"\s")
_LEVEL = re.compile(r"\d\s?%|\d\.\d|^\W*\d[\d,]*\W*$")
_FEWEST_LINES, _MOST_LINES, _MOST_WORDS, _LONGEST = 5, 60, 3, 24
_LONGEST_OF_HEADS, _FEWEST_TIMES = 120, 3
# Of lines that each have a blank line behind them so many have none, at most.
_FEW_TOGETHER = 0.05
_WIDEST_GAP, _FEWEST_VALUES, _MOST_LABEL_LINES = 2, 3, 3


def torn_heads(lines: list[Line]) -> dict[int, int]:
    """Where such heads begin, with the place behind their last line.

    Args:
        lines: All lines.
    """
    found: dict[int, int] = {}
    spaced = sum(not line.gap for line in lines) <= _FEW_TOGETHER * len(lines)
    for row in range(_FEWEST_LINES, len(lines) - 1):
        width = _width(lines[row])
        if width < _FEWEST_VALUES or not _goes_on(lines, row, width):
            continue
        index = _behind_parts(lines, row) if spaced else _first_of_row(lines, row)
        if not (_is_part(lines[index - 1]) and _is_part(lines[index - 2])):
            continue
        first = index
        while first > 0 and index - first < _MOST_LINES and _is_part_of(lines[first - 1], width):
            first -= 1
            if lines[first].gap > _WIDEST_GAP:
                break
        first = next((at for at in range(first, index) if table_words().names_labels(lines[at].text)), first)
        words = sum(len(line.text.split()) for line in lines[first:index])
        if index - first >= _FEWEST_LINES and words > width:
            found[first] = index
    return found


def _goes_on(lines: list[Line], row: int, width: int) -> bool:
    """True where the next row, its label in up to so many lines, has as many values."""
    below = (_width(line) for line in lines[row + 1 : row + _MOST_LABEL_LINES + 1] if not line.furniture)
    return next((count for count in below if count), 0) == width


def _first_of_row(lines: list[Line], row: int) -> int:
    """The first line of a row whose label wraps: one behind a blank line, with words that are no heads."""
    for first in range(row - 1, max(0, row - _MOST_LABEL_LINES), -1):
        if lines[first + 1].gap or lines[first].furniture:
            break
        if lines[first].gap:
            return row if any(_is_head(line.text) for line in lines[first:row]) else first
    return row


def _behind_parts(lines: list[Line], row: int) -> int:
    """The same where a blank line stands behind every line: the first one behind what can be a part of a head."""
    first = row
    while first > max(0, row - _MOST_LABEL_LINES) and not _is_part(lines[first - 1]):
        first -= 1
    return first


def _is_head(text: str) -> bool:
    return bool(find_periods(text)) or table_words().main_kind(text) is not None or names_comparator(text)


def _width(line: Line) -> int:
    """How many values end a line that is a row; 0 for another line."""
    if line.furniture or (not line.text[-1:].isalnum() and line.text[-1:] not in "%-–"):
        return 0
    behind = reversed(_BLANK.split(line.text)[1:])
    width = sum(1 for _ in takewhile(_is_cell, behind))
    return width if width >= _FEWEST_VALUES and _WORD.search(line.text) else 0


def is_title_over(text: str, below: str) -> bool:
    """True for a part of heads that is one for all times in the part below it: "Monthly trends" over "Apr May Jun".

    Args:
        text: The part.
        below: The part below it.
    """
    words = table_words()
    said = text.lower().strip(" :")
    *bases, last = said.split() or [""]
    names = said in words.facets or (last in words.facets and words.facet_bases.issuperset(bases))
    return names and len(find_periods(below)) >= _FEWEST_TIMES


def _is_cell(word: str) -> bool:
    """True for a value, a colour or an arrow."""
    return _VALUE.fullmatch(word) is not None or word.lower() in table_words().marks


def _is_part_of(line: Line, width: int) -> bool:
    """True for a part of a head, and for several heads, fewer than a row's cells: "Apr-20 May-20 Jun-20 Latest"."""
    return _is_part(line) or (not line.furniture and 1 < _heads_in(line.text) < width)


def _heads_in(text: str) -> int:
    """How many heads a line has; 0 for a line with anything else in it."""
    if len(text) > _LONGEST_OF_HEADS or "\t" in text:
        return 0
    times, rest = times_apart(text)
    heads = 0
    for _, start, end in sorted(table_words().columns.find(rest), key=lambda found: found[1] - found[2]):
        if not rest[start:end].isspace():
            rest, heads = rest[:start] + " " * (end - start) + rest[end:], heads + 1
    places = rest.split()
    return len(times) + heads + len(places) if all(map(names_comparator, places)) else 0


def _is_part(line: Line) -> bool:
    """True for a word or two that can be a part of a head: no value, unless a year is one."""
    text = line.text
    if line.furniture or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or "\t" in text:
        return False
    return _LEVEL.search(text) is None or bool(find_periods(text))
