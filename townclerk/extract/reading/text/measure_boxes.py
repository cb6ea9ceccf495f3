"""Boxes of one measure that lost their grid: its name, then the heads of its values and the values, line by line.

A head may stand right above its value ("Actual", "17.8%", "Target", "18.0%"), or all heads above all values. Both are
read as a table of one row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from townclerk.extract.reading.text.complete import names_comparator
from townclerk.extract.reading.text.joining import is_terminated
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row
from townclerk.extract.reading.text.unrolled import is_cell_value
from townclerk.extract.spotting.periods import times_apart
from townclerk.models.digits import has_digit
from townclerk.patterns.table_words import ROLE_KINDS, ColumnKind, table_words

_LONGEST_NAME, _LONGEST_HEAD, _LONGEST_VALUE = 90, 28, 30
_MOST_NAME_LINES, _FEWEST_HEADS, _FEWEST_NUMBERS, _MOST_WORDS = 5, 3, 2, 3
_MANY_HEADS = 4
_AROUND = " ()[]:,–-"
# What leads a time behind a name: "Fortnight to 13 Oct", "Ashmere in 2021/22".
_LEADING = frozenset({"to", "in", "at", "ending", "ended"})
# The number that a report gives a measure, on a line of its own: "KPI 4", "2b".
_CODE = re.compile(r"[A-Z]{0,6}[ ./-]?\d{1,3}(?:\.\d{1,2})?[a-z]?", re.ASCII)
# What says that the present value is among them; without it, a target alone may stand in a text.
_WORDED = frozenset({ColumnKind.RAG, ColumnKind.DIRECTION, ColumnKind.POLARITY, ColumnKind.FREQUENCY})
# A value whose digits a recogniser may have taken for letters.
_DAMAGED = re.compile(r"[-+–]?[\dOoIlSB|]*\d[\dOoIlSB|]*(?:[.,][\dOoIlSB|]+)?\s?%?")
_Spot = tuple[int, int]


@dataclass(slots=True)
class _Box:
    """What was read of a box: its heads with their kinds, and its values, in order."""

    heads: list[tuple[_Spot, ColumnKind]] = field(default_factory=list)
    values: list[_Spot] = field(default_factory=list)
    numbers: int = 0

    @property
    def waiting(self) -> ColumnKind | None:
        """The kind of the first head that has no value yet."""
        return self.heads[len(self.values)][1] if len(self.values) < len(self.heads) else None


def measure_box(lines: list[Line], index: int) -> tuple[list[Row], int]:
    """The heads and the row of a box whose name begins on a line, and the place behind its last line.

    Args:
        lines: All lines.
        index: The line that may be the first of its name.

    Returns:
        Two rows; nothing where the lines are no such box.
    """
    first = _first_head(lines, index)
    if first is None:
        return [], index
    box, end = _Box(), first
    while end < len(lines) and (end == first or not lines[end].gap) and _take(lines[end], box):
        end += 1
    while box.heads and len(box.heads) > len(box.values):
        # A head without a value below it opens something else.
        box.heads.pop()
        end -= 1
    kinds = {kind for _, kind in box.heads}
    known = len(box.heads) >= _FEWEST_HEADS and ColumnKind.ACTUAL in kinds and len(kinds & ROLE_KINDS) > 1
    if not (known or _is_dated(box)) or box.numbers < _FEWEST_NUMBERS:
        return [], index
    name = [(line.start, line.end) for line in lines[index:first]]
    coded = len(name) > 1 and _CODE.fullmatch(lines[index].text.strip(" .:")) is not None
    labels = [name[:1], name[1:]] if coded else [name]
    width = len(labels) + len(box.heads)
    top = Row({n: [spot] for n, (spot, _) in enumerate(box.heads, len(labels))}, width, heads=True)
    row = Row({**dict(enumerate(labels)), **{n: [spot] for n, spot in enumerate(box.values, len(labels))}}, width)
    return [top, row], end


def _first_head(lines: list[Line], index: int) -> int | None:
    """The line with the first head, behind the lines of a name."""
    for place in range(index, min(len(lines), index + _MOST_NAME_LINES + 1)):
        line = lines[place]
        if place > index and line.gap:
            return None
        if _kind_of(line) is not None:
            named = any(len(one.text.split()) > 1 for one in lines[index:place])
            return place if named else None
        if not _may_be_name(line):
            return None
    return None


def _may_be_name(line: Line) -> bool:
    text = line.text
    plain = len(text) <= _LONGEST_NAME and not line.furniture and "\t" not in text and "   " not in text
    return plain and not is_terminated(text) and not (is_cell_value(text) and _CODE.fullmatch(text) is None)


def _kind_of(line: Line) -> ColumnKind | None:
    """The kind of value that a line heads, where that is all it says."""
    text = line.text.strip(" :*")
    if not text or len(text) > _LONGEST_HEAD or line.furniture or "\t" in text or not text[0].isalpha():
        return None
    kinds = table_words().column_kinds(text)
    told = kinds[0] if kinds else None
    # "Milestone Dec 22", "Current Jan 23": a time may stand behind the word.
    if told is not None and told[0] in ROLE_KINDS | _WORDED and (told[1] * 2 >= len(text) or has_digit(text)):
        return told[0]
    return _kind_of_time_or_place(text)


def _kind_of_time_or_place(text: str) -> ColumnKind | None:
    """DATE for the head of a time, LABEL for that of another authority's value ("England 2021/22"), else None."""
    times, rest = times_apart(text)
    rest = rest.strip(_AROUND)
    if names_comparator(rest):
        return ColumnKind.LABEL
    named = all(word[:1].isupper() or word in _LEADING for word in rest.split())
    return ColumnKind.DATE if times and named and len(rest.split()) < _MOST_WORDS else None


def _is_dated(box: _Box) -> bool:
    """True for many heads of times, places and roles, each right above its value: "London", "86%", "Target", "90%"."""
    spots = [place for (head, _), value in zip(box.heads, box.values, strict=True) for place in (head[0], value[0])]
    kinds = {kind for _, kind in box.heads}
    return (
        len(box.heads) >= _MANY_HEADS
        and {ColumnKind.DATE, ColumnKind.LABEL} <= kinds
        and bool(kinds & ROLE_KINDS)
        and spots == sorted(spots)
    )


def _take(line: Line, box: _Box) -> bool:
    """Take a line as the next head or value of a box; False where it is neither."""
    text, spot = line.text, (line.start, line.end)
    waiting = box.waiting
    worded = waiting in _WORDED and len(text.split()) <= _MOST_WORDS and not is_terminated(text)
    if waiting is not None and len(text) <= _LONGEST_VALUE and (_is_value(text) or worded):
        box.values.append(spot)
        box.numbers += has_digit(text)
        return True
    kind = _kind_of(line)
    if kind is None or (box.values and len(box.heads) != len(box.values)):
        return False
    box.heads.append((spot, kind))
    return True


def _is_value(text: str) -> bool:
    """True for a value, with or without a remark in brackets behind it."""
    bare = text.partition("(")[0].strip() if text.endswith(")") else text
    return bool(bare) and (is_cell_value(bare) or _DAMAGED.fullmatch(bare) is not None)
