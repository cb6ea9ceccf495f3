"""Records of a scorecard that lost its grid: a reference number, a name and the cells of a row, one below the other.

Their heads are printed once, in a line with tabs or one below the other, and may stand far above: groups, page ends and
comments part the records.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from townclerk.extract.reading.text.complete import names_comparator
from townclerk.extract.reading.text.joining import is_terminated
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row, count_known
from townclerk.extract.reading.text.unrolled import is_cell_value
from townclerk.extract.spotting.periods import find_periods, times_apart
from townclerk.patterns.table_words import ROLE_KINDS, ColumnKind, table_words

_REFERENCE = re.compile(r"[A-Z]{1,5}[ .-]?\d{1,3}[a-z]?|\d{1,2}\.\d{1,2}[a-z]?")
_COUNTED = re.compile(r"(?P<series>[A-Z]{1,5}|\d{1,2}\.)[ .-]?(?P<number>\d{1,3})[a-z]?")
_LONGEST_REFERENCE, _LONGEST_CORNER = 14, 24
_FEWEST_HEADS, _MOST_HEADS, _LONGEST_HEAD = 5, 16, 40
_MOST_LABEL_LINES, _LONGEST_LABEL = 3, 120
# A cell of words: a colour, a direction, what is good.
_LONGEST_CELL, _MOST_CELL_WORDS = 28, 3
# Blank lines between records, and empty cells inside one.
_WIDEST_GAP, _MOST_EMPTY = 3, 2
_FEWEST_RECORDS = 2
# A box of fewer times, its target and its colour is a tile.
_FEWEST_DATED = 2
_OF_VALUES = ROLE_KINDS | {ColumnKind.RAG, ColumnKind.DIRECTION}
Span = tuple[int, int]


@dataclass(slots=True, frozen=True)
class Records:
    """Records that follow one another.

    Attributes:
        rows: Their heads, and a row for each.
        end: The place behind their last line.
    """

    rows: list[Row]
    end: int


@dataclass(slots=True, frozen=True)
class RecordHeads:
    """Heads of records.

    Attributes:
        spans: Where each stands.
        comment: True where the last of them heads a comment.
        end: The place behind their last line.
    """

    spans: list[Span]
    comment: bool
    end: int


def record_heads(lines: list[Line], index: int) -> RecordHeads | None:
    """The heads that begin at a line: one that heads reference numbers, with those behind or below it."""
    line = lines[index]
    if line.furniture or not line.text[:1].isalpha():
        return None
    parts = line.text.split("\t")
    if len(parts[0]) > _LONGEST_CORNER or table_words().main_kind(parts[0]) is not ColumnKind.REF:
        return None
    if len(parts) > 1:
        spans = []
        place = line.start
        for part in parts:
            spans.append((place, place + len(part)))
            place += len(part) + 1
        return _heads([part.strip() for part in parts], spans, index + 1)
    last = index + 1
    while last < min(len(lines), index + _MOST_HEADS) and lines[last].gap == 0 and _may_head(lines[last]):
        last += 1
    below = lines[index:last]
    return _heads([one.text for one in below], _spans(below), last)


def find_records(lines: list[Line]) -> tuple[dict[int, Records], dict[int, int]]:
    """Where runs of records begin, under the heads last printed.

    Args:
        lines: All lines.

    Returns:
        The runs by their first line; where heads one below the other begin, and the place behind them.
    """
    if not any(map(_is_reference, lines)):
        return {}, {}
    found: dict[int, Records] = {}
    stacked: dict[int, int] = {}
    heads: RecordHeads | None = None
    # A record with heads of its own needs no other beside it.
    alone = False
    index = 0
    while index < len(lines):
        printed = record_heads(lines, index)
        if printed is not None:
            if printed.end > index + 1:
                stacked[index] = printed.end
            heads, index = printed, printed.end
            continue
        if not _is_reference(lines[index]):
            index += 1
            continue
        if headed := _headed(lines, index):
            found[index] = headed
            alone = True
            index = headed.end
            continue
        run = _run(lines, index, heads) if heads is not None else None
        if heads is None or run is None:
            index += 1
            continue
        rows, end = run
        top = Row(dict(enumerate([span] for span in heads.spans)), len(heads.spans), heads=True)
        found[index] = Records([top, *rows], end)
        index = end
    enough = alone or sum(len(one.rows) - 1 for one in found.values()) >= _FEWEST_RECORDS
    return (found, stacked) if enough else ({}, {})


def _heads(texts: list[str], spans: list[Span], end: int) -> RecordHeads | None:
    if not _FEWEST_HEADS <= len(texts) <= _MOST_HEADS:
        return None
    if 3 * count_known(texts) < 2 * len(texts):
        return None
    return RecordHeads(spans, table_words().main_kind(texts[-1]) is ColumnKind.COMMENT, end)


def _may_head(line: Line) -> bool:
    return not line.furniture and "\t" not in line.text and len(line.text) <= _LONGEST_HEAD and not _is_level(line.text)


def _is_level(text: str) -> bool:
    return is_cell_value(text) and not find_periods(text)


def _run(lines: list[Line], index: int, heads: RecordHeads) -> tuple[list[Row], int] | None:
    """The records from a line on, and the place behind the last."""
    rows: list[Row] = []
    while index < len(lines) and not (rows and lines[index].gap > _WIDEST_GAP):
        record = _record(lines, index, heads)
        if record is None:
            break
        row, index = record
        rows.append(row)
    return (rows, index) if rows else None


def _headed(lines: list[Line], index: int) -> Records | None:
    """A record whose values each stand below a head of their own: "NI 111", its name, "Qtr 1", "27", "Target", "30"."""
    label = _label(lines, index + 1, lambda line: _is_of_label(line) and not _heads_value(line.text))
    last = index + 1 + len(label)
    pairs: list[tuple[Line | None, Line]] = []
    while last < len(lines):
        if pairs and _is_mark(lines[last]):
            pairs.append((None, lines[last]))
            last += 1
        elif last + 1 < len(lines) and _is_pair(lines[last], lines[last + 1]):
            pairs.append((lines[last], lines[last + 1]))
            last += 2
        else:
            break
    own = [head.text for head, _ in pairs if head is not None and not names_comparator(times_apart(head.text)[1])]
    times = [time.expression.form for text in own for time in find_periods(text)[:1]]
    if not label or len(times) < _FEWEST_DATED or set(times) == {"month"}:
        # Months above their values are a box, which is read as a tile.
        return None
    heads = {place: _spans([head]) for place, (head, _) in enumerate(pairs, 2) if head is not None}
    cells = [[lines[index]], label, *([value] for _, value in pairs)]
    row = Row({place: _spans(cell) for place, cell in enumerate(cells)}, len(cells))
    return Records([Row(heads, len(cells), heads=True), row], last)


def _is_mark(line: Line) -> bool:
    """True for a colour or direction on a line of its own, right below the others."""
    return not line.gap and not line.furniture and line.text.strip(" *_").lower() in table_words().marks


def _is_pair(head: Line, value: Line) -> bool:
    """True for a head right above a value, or above the mark of a colour."""
    if head.gap or value.gap or head.furniture or value.furniture or not _heads_value(head.text):
        return False
    said = value.text.strip(" *_")
    glyph = len(said) == 1 and not said.isalnum()
    return is_cell_value(said) or glyph


def _record(lines: list[Line], index: int, heads: RecordHeads) -> tuple[Row, int] | None:
    """One record, and the place behind it; None where a line is none, or has not a cell for each head."""
    if not _is_reference(lines[index]):
        return None
    label = _label(lines, index + 1, _is_of_label)
    if not label or sum(len(line.text) for line in label) > _LONGEST_LABEL:
        return None
    width = len(heads.spans)
    cells = [[lines[index]], label]
    left = width - heads.comment
    last = index + 1 + len(label)
    while len(cells) < left and last < len(lines) and _is_cell(lines[last]):
        if _follows(lines[last].text, lines[index].text) or _heads_value(lines[last].text):
            return None
        if lines[last].gap:
            cells.extend([] for _ in range(lines[last].gap))
        cells.append([lines[last]])
        last += 1
    empty = sum(not cell for cell in cells)
    valued = any(_is_level(line.text) for cell in cells[2:] for line in cell)
    if len(cells) != left or empty > _MOST_EMPTY or not valued:
        return None
    if heads.comment:
        first = last
        while last < len(lines) and lines[last].gap == 0 and not lines[last].furniture and not _opens(lines[last]):
            last += 1
        cells.append(lines[first:last])
    return Row({place: _spans(cell) for place, cell in enumerate(cells) if cell}, width), last


def _heads_value(text: str) -> bool:
    """True for a line that is a head: a time, a place, or the words of a column of values, colours or directions."""
    said = text.strip(" *_:")
    if is_cell_value(said):
        return False
    times, rest = times_apart(said)
    if not rest.strip(" .:-–"):
        return bool(times)
    return table_words().main_kind(rest.strip(" .:-–")) in _OF_VALUES or names_comparator(rest)


def _opens(line: Line) -> bool:
    """True for a line that another record or list of heads begins with."""
    return _is_reference(line) or table_words().main_kind(line.text) is ColumnKind.REF


def _is_reference(line: Line) -> bool:
    short = not line.furniture and len(line.text) <= _LONGEST_REFERENCE
    return short and _REFERENCE.fullmatch(line.text.strip("*_ ")) is not None


def _follows(text: str, before: str) -> bool:
    """True for the reference after another: "CS4" or "CS5" after "CS3", "3.4" after "3.3"."""
    one, other = (_COUNTED.fullmatch(said.strip("*_ ")) for said in (before, text))
    if one is None or other is None or one["series"] != other["series"]:
        return False
    step = int(other["number"]) - int(one["number"])
    return step == 1 or (step > 1 and one["series"].isalpha())


def _spans(lines: list[Line]) -> list[Span]:
    return [(line.start, line.end) for line in lines]


def _label(lines: list[Line], first: int, belongs: Callable[[Line], bool]) -> list[Line]:
    """The lines of a record's name."""
    return list(takewhile(belongs, lines[first : first + _MOST_LABEL_LINES]))


def _is_of_label(line: Line) -> bool:
    """True for words, right below those before, that are no cell of a value, colour or direction."""
    return line.gap == 0 and not line.furniture and "\t" not in line.text and not _is_word_of_cell(line.text)


def _is_word_of_cell(text: str) -> bool:
    return is_cell_value(text) or text.strip(" *_").lower() in table_words().polarity


def _is_cell(line: Line) -> bool:
    if line.furniture or line.gap > _MOST_EMPTY or "\t" in line.text:
        return False
    if _is_word_of_cell(line.text):
        return True
    short = len(line.text) <= _LONGEST_CELL and len(line.text.split()) <= _MOST_CELL_WORDS
    return short and not is_terminated(line.text)
