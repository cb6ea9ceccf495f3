"""Cards printed side by side: names above values in two or more columns of one run of lines, read card by card."""

from __future__ import annotations

import re

from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import is_value

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_DRIFT = 1
_LONGEST_RUN = 14
# A table's label column has no values, and its other columns no names of two words; a card has both.
_FEWEST_WORDS = 2


def split_cards(lines: list[Line]) -> list[Line]:
    """The lines with runs of cards put in reading order, one card behind the other.

    A run is lines without a blank one between that begin at the same two or more places; in every column names stand
    above a line that is nothing but a value.
    """
    if not any("  " in line.text for line in lines):
        return lines
    result: list[Line] = []
    index = 0
    while index < len(lines):
        last = index + 1
        while last < len(lines) and lines[last].gap == 0 and lines[last].page == lines[index].page:
            last += 1
        run = lines[index:last]
        result.extend(_cards(run) or run)
        index = last
    return result


def _cards(run: list[Line]) -> list[Line] | None:
    """A run's cards as lines; None where it is something else."""
    if not 2 <= len(run) <= _LONGEST_RUN:
        return None
    parts = [_parts(line) for line in run]
    places = [run[0].indent + start for start, _ in parts[0]]
    if len(places) < 2:
        return None
    columns: list[list[Line]] = [[] for _ in places]
    for line, spans in zip(run, parts, strict=True):
        for start, end in spans:
            at = next((n for n, place in enumerate(places) if abs(line.indent + start - place) <= _DRIFT), None)
            if at is None:
                return None
            gap = 0 if columns[at] else 1
            first = line.start + start
            part = Line(line.text[start:end], first, line.start + end, first, line.page, gap, card=True)
            columns[at].append(part)
    if not all(_is_card(column) for column in columns):
        return None
    columns[0][0].gap = run[0].gap
    return [line for column in columns for line in column]


def _parts(line: Line) -> list[tuple[int, int]]:
    bounds = [0, *(at for gap in _GAP.finditer(line.text) for at in gap.span()), len(line.text)]
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def _is_card(column: list[Line]) -> bool:
    """True where names stand above a value that has a line to itself."""
    value = next((n for n, line in enumerate(column) if is_value(line.text)), 0)
    named = " ".join(line.text for line in column[:value])
    return value > 0 and len(_WORDS.findall(named)) >= _FEWEST_WORDS
