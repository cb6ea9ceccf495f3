"""Cards printed side by side: names above values in two or more columns of one run of lines, read card by card."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import is_value

Spot = tuple[int, int]
"""Where a part of a line begins and ends, counted from the line's beginning."""
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
    parts = [[(line.indent + a, line.indent + b) for a, b in _parts(line)] for line in run]
    found = _by_values(run, parts) or _by_starts(run, parts)
    if found is None:
        return None
    found[0][0].gap = run[0].gap
    return [line for column in found for line in column]


def _by_values(run: list[Line], parts: list[list[Spot]]) -> list[list[Line]] | None:
    """Cards whose values stand on one line, with all lines above it their names, wrapped or not."""
    row = next((n for n in range(1, len(run)) if len(parts[n]) > 1 and _are_values(run[n], parts[n])), 0)
    columns = _columns(run, parts, parts[row]) if row else None
    if columns is None or not all(_is_named(column, row, run) for column in columns):
        return None
    words = [len(_WORDS.findall(_name(column, row, run))) for column in columns]
    if 2 * sum(count >= _FEWEST_WORDS for count in words) < len(columns) or min(words) < 1:
        return None
    for column in columns:
        for line in column:
            line.name = line.start < run[row].start
    return columns


def _by_starts(run: list[Line], parts: list[list[Spot]]) -> list[list[Line]] | None:
    """Cards of which each has its value right under its own name, on whatever line that is."""
    columns = _columns(run, parts, parts[0]) if len(parts[0]) > 1 else None
    return columns if columns is not None and all(map(_is_card, columns)) else None


def _columns(run: list[Line], parts: list[list[Spot]], places: list[Spot]) -> list[list[Line]] | None:
    """The parts of all lines under the places they begin at, or stand in the middle of; None where one is astray."""
    for nearest in (_beginning, _middle):
        columns: list[list[Line]] = [[] for _ in places]
        if all(_put(line, spots, places, nearest, columns) for line, spots in zip(run, parts, strict=True)):
            return columns
    return None


def _put(
    line: Line, spots: list[Spot], places: list[Spot], nearest: Callable[..., int | None], columns: list[list[Line]]
) -> bool:
    taken = -1
    for start, end in spots:
        at = nearest(start, end, places)
        if at is None or at <= taken:
            return False
        taken = at
        first, last = line.raw_start + start, line.raw_start + end
        text = line.text[start - line.indent : end - line.indent]
        columns[at].append(Line(text, first, last, first, line.page, 0 if columns[at] else 1, card=True))
    return True


def _beginning(start: int, _: int, places: list[Spot]) -> int | None:
    """The place that a part begins at."""
    return next((n for n, place in enumerate(places) if abs(start - place[0]) <= _DRIFT), None)


def _middle(start: int, end: int, places: list[Spot]) -> int | None:
    """The place that a part of centred cards stands around."""
    centres = [a + b for a, b in places]
    pitch = min(b - a for a, b in pairwise(centres))
    at = min(range(len(places)), key=lambda n: abs(centres[n] - start - end))
    return at if 2 * abs(centres[at] - start - end) < pitch else None


def _are_values(line: Line, spots: list[Spot]) -> bool:
    return all(is_value(line.text[start - line.indent : end - line.indent]) for start, end in spots)


def _is_named(column: list[Line], row: int, run: list[Line]) -> bool:
    """True for a card with a name above its value and no second value that stands alone below it."""
    below = [line for line in column if line.start > run[row].end]
    return bool(_name(column, row, run)) and not any(is_value(line.text) for line in below)


def _name(column: list[Line], row: int, run: list[Line]) -> str:
    return " ".join(line.text for line in column if line.start < run[row].start)


def _parts(line: Line) -> list[tuple[int, int]]:
    bounds = [0, *(at for gap in _GAP.finditer(line.text) for at in gap.span()), len(line.text)]
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def _is_card(column: list[Line]) -> bool:
    """True where names stand above the one value that has a line to itself."""
    values = [n for n, line in enumerate(column) if is_value(line.text)]
    named = " ".join(line.text for line in column[: values[0]]) if values else ""
    return len(values) == 1 and len(_WORDS.findall(named)) >= _FEWEST_WORDS
