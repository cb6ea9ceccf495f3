"""Tables printed with tabs or pipes: rows and cells as they stand, ragged and shifted ones too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from townclerk.extract.reading.text.joining import is_terminated, starts_lower
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.marks import clean
from townclerk.extract.reading.text.printed_rows import put_together
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.document import Cell, Table
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import table_words

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?|\|[\s:|+=-]*\|")
_PIPE = re.compile(r"(?<!\\)\|")
_CELL_MARK = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|\(?[a-zivx]{1,4}[.)]|\d{1,3}\.\d{1,3}|[^\w\s]{1,3}|o)")
PER_SO_MANY = r"(?:per|/)\s*1?0?,?000\b"
"""An expression for the unit of a rate: "per 10,000"."""
_VALUE = re.compile(
    r"[-+–−(]?\s*£?\s*\d[\d,. ]*\s*(?:%|\)|[a-z]{0,6})?|#{2,}|[<>≤≥]\s*\d+|n/?a|tbc|[xcz*:.]|\.\.|[-–]"
    rf"|\d+\s*/\s*\d+.*|\d[\d,]*\s*\(\d[\d,.]*\s*(?:%|{PER_SO_MANY}[^()]{{0,40}})\)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[/–-]\s*\d{1,4})?(?:\s?\d)?")
# "Rate per", and below it "10,000".
_PER = re.compile(r"\bper$", re.IGNORECASE)
_HEADS_OF = re.compile(r"10{2,6}|1(?:,000){1,2}|100?,000|10k", re.IGNORECASE)
_REFERENCE = re.compile(r"\d{1,3}[a-z]?|[A-Z]{1,5}[ .-]?\d{1,3}[a-z]?")
_LONGEST_WRAP = 60
_FEWEST_VALUES = 2
_FEWEST_HEADS = 3
_FEWEST_TORN, _REFERENCE_AND_LABEL = 3, 2
_FEWEST_WIDER = 3


@dataclass(slots=True)
class Row:
    """One row while it is read: cells' spans by column; a column without words is absent.

    `heads` is True for a row that is known to hold heads, whatever its cells look like ("19/20").
    """

    cells: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    width: int = 0
    heads: bool = False


def is_tab_row(line: Line) -> bool:
    """True where a tab divides words of the line, unless it only sets off a bullet or a paragraph number."""
    if "\t" not in line.text:
        return False
    cells = [cell for cell in line.text.split("\t") if cell.strip()]
    return len(cells) > 2 or (len(cells) == 2 and not _CELL_MARK.fullmatch(cells[0].strip()))


def is_pipe_row(line: Line) -> bool:
    """True for a row of a pipe table, its rule included."""
    text = line.text
    if "|" not in text:
        return False
    return (text[0] == "|" and text.count("|") >= 2) or text.count("|") >= 2 or _RULE.fullmatch(text) is not None


def is_value(text: str) -> bool:
    """True where a cell holds a figure or a mark that stands for one; a year, and words behind one, are a heading."""
    said = text.strip(" *_")
    year = _YEAR.match(said)
    named = year is not None and said[year.end() :].strip()[:1].isalpha()
    return bool(said) and _VALUE.fullmatch(said) is not None and _YEAR.fullmatch(said) is None and not named


def opens_another(before: Line, following: list[Line], source: str) -> bool:
    """True where the line behind a blank heads a table of its own: heads only, of another width than the row before.

    Args:
        before: The last row so far.
        following: The line behind the blank and those after it.
        source: The document's text.
    """
    heads = [cell.strip() for cell in following[0].text.split("\t") if cell.strip()]
    if len(heads) < _FEWEST_HEADS or any(is_value(cell) for cell in heads):
        return False
    known = count_known(heads)
    below = next((line for line in following[1:] if "\t" in line.text), None)
    return (
        2 * known >= len(heads)
        and width_of(following[0], source) != width_of(before, source)
        and below is not None
        and any(is_value(cell) for cell in below.text.split("\t"))
    )


def count_known(heads: Iterable[str]) -> int:
    """How many texts are understood as heads of columns: by their words, or as times."""
    return sum(bool(table_words().column_kinds(head) or find_periods(head)) for head in heads)


def width_of(line: Line, source: str) -> int:
    """How many tabs a row has, those before and behind its words included."""
    return source.count("\t", line.raw_start, _row_end(source, line.end))


def read_tab_rows(lines: list[Line], source: str) -> list[Row]:
    """Rows of tab-divided lines; lines without a tab are wrapped first cells or rows of one cell.

    A row that broke off in a label's cell goes on with the next line, where both have just as many cells as most rows.
    """
    divided = [_tab_row(line, source) if "\t" in source[line.raw_start : line.end] else None for line in lines]
    if joined := _printed_rows(lines, divided, source):
        return joined
    first = _first_valued(divided, source)
    _widen_head_of_labels(divided[:first], divided[first:], source)
    usual = _usual_width(divided, source)
    if heads := _torn_heads(lines[:first], divided[:first], usual, source):
        return [heads, *read_tab_rows(lines[first:], source)]
    divided = [_moved_back(row, usual, source) if row is not None else None for row in divided]
    _move_times_off_labels(divided, usual, source)
    rows: list[Row] = []
    wrapped: list[tuple[int, int]] = []
    begun: Row | None = None
    for index, line in enumerate(lines):
        row = divided[index]
        if row is not None and begun is not None:
            rows.append(_put_together(begun, row, source))
            begun = None
            continue
        if row is not None:
            if rows and _goes_on(rows[-1], row, line, source):
                (column,) = row.cells
                rows[-1].cells[column].extend(row.cells[column])
                continue
            if wrapped:
                row.cells[0] = wrapped + row.cells.get(0, [])
                wrapped = []
            if _breaks_off(row, lines[index : index + 2], divided[index + 1 : index + 2], usual, source):
                begun = row
            else:
                rows.append(row)
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        if rows and starts_lower(line.text) and 0 in rows[-1].cells:
            rows[-1].cells[0].append((line.start, line.end))
        elif following is not None and _is_rest(source, following):
            wrapped.append((line.start, line.end))
        else:
            rows.append(Row({0: [(line.start, line.end)]}, 1))
    return rows


def _printed_rows(lines: list[Line], divided: list[Row | None], source: str) -> list[Row]:
    """The rows of a table whose cells were printed over several lines, heads first; nothing where they were not."""
    rows = [row or Row({0: [(line.start, line.end)]}, 1) for line, row in zip(lines, divided, strict=True)]
    values = [
        {column for column, spans in row.cells.items() if column and is_value(source[spans[0][0] : spans[0][1]])}
        for row in rows
    ]
    first = next((n for n, columns in enumerate(values) if columns and 0 in rows[n].cells), 0)
    body = put_together([row.cells for row in rows[first:]], values[first:], source) if first else []
    width = max(row.width for row in rows)
    return [*rows[:first], *(Row(cells, width) for cells in body)] if body else []


def _torn_heads(lines: list[Line], divided: list[Row | None], usual: int, source: str) -> Row | None:
    """The heads of a table that was cut at each line end in them: "Ref | Measure | 11/12", "Actual | 12/13", "Target".

    Each line goes on inside the last cell of the one above, and all have just as many cells as most rows of values.

    Args:
        lines: The lines above the first row of values.
        divided: The same as rows, None for a line without a tab.
        usual: How many cells the rows of values have.
        source: The document's text.
    """
    if len(lines) < 2 or any(line.gap for line in lines[1:]):
        return None
    spans: list[list[tuple[int, int]]] = [[]]
    for line, row in zip(lines, divided, strict=True):
        cells = [row.cells.get(column, []) for column in range(row.width)] if row else [[(line.start, line.end)]]
        spans[-1].extend(cells[0])
        spans.extend([*cell] for cell in cells[1:])
    texts = [source[start:end] for cell in spans for start, end in cell]
    if any(is_value(text) and not find_periods(text) for text in texts):
        return None
    # Two lines may be heads over heads, unless the first begins with the labels' own.
    fewest = 2 if table_words().names_labels(texts[0]) else _FEWEST_TORN
    torn = sum(row is not None for row in divided) >= fewest and len(spans) == usual and all(spans)
    return Row(dict(enumerate(spans)), usual) if torn else None


def _first_valued(rows: list[Row | None], source: str) -> int:
    """The first row of values; one alone may be the year "11/12" of a head. 0 without any."""
    valued = (n for n, row in enumerate(rows) if row is not None and _count_values(row, source) >= _FEWEST_VALUES)
    return next(valued, 0)


def _goes_on(above: Row, row: Row, line: Line, source: str) -> bool:
    """True for a row that holds only the end of the label above it: "a second or subsequent time", "10,000"."""
    if len(row.cells) != 1 or min(row.cells) == 0 or line.gap or not may_wrap(line):
        return False
    ((column, spans),) = row.cells.items()
    begun = above.cells.get(column)
    if begun is None or len(above.cells) <= _FEWEST_VALUES:
        return False
    before, rest = source[begun[-1][0] : begun[-1][1]], source[spans[0][0] : spans[0][1]]
    if breaks_off_at_per(before, rest):
        return True
    return starts_lower(rest) and before[:1].isalpha() and not is_terminated(before)


def breaks_off_at_per(before: str, rest: str) -> bool:
    """True for a label that ends in "rate per" and the "10,000" below it."""
    return _PER.search(before) is not None and _HEADS_OF.fullmatch(rest) is not None


def _move_times_off_labels(rows: list[Row | None] | list[Row], usual: int, source: str) -> None:
    """Put the times of heads over the values where one cell is missing: the empty one over the labels."""
    first = next((n for n, row in enumerate(rows) if row is not None and _count_values(row, source)), 0)
    for place in range(first):
        row = rows[place]
        if row is None or not len(row.cells) == row.width == usual - 1 >= _FEWEST_VALUES:
            continue
        texts = [source[start:end] for spans in row.cells.values() for start, end in spans]
        if all(len(find_periods(text)) == 1 for text in texts):
            rows[place] = Row({column + 1: spans for column, spans in row.cells.items()}, usual)


def _widen_head_of_labels(above: list[Row | None], below: list[Row | None], source: str) -> None:
    """Put heads one column to the right where the labels' own stands over two: "Service / Indicator" over both.

    Args:
        above: The rows above the first with values, changed in place.
        below: The others.
        source: The document's text.
    """
    heads = [row for row in above if row is not None]
    if not heads or 0 not in heads[0].cells:
        return
    body = [row for row in below if row is not None and _count_values(row, source) >= _FEWEST_VALUES]
    width = max(row.width for row in heads)
    wider = [row for row in body if row.width == width + 1]
    if len(wider) < _FEWEST_WIDER or 2 * len(wider) <= len(body):
        return
    labelled = [
        row for row in wider if _is_worded(row, 1, source) and (0 not in row.cells or _is_worded(row, 0, source))
    ]
    corner = source[slice(*heads[0].cells[0][0])]
    beside = [source[slice(*row.cells[1][0])] for row in heads if 1 in row.cells]
    names_labels = table_words().names_labels
    if len(labelled) < len(wider) or not names_labels(corner) or any(map(names_labels, beside)):
        return
    for row in heads:
        row.cells = {column + (column > 0): spans for column, spans in row.cells.items()}
        row.width += 1


def _is_worded(row: Row, column: int, source: str) -> bool:
    """True for a cell of words."""
    return column in row.cells and not is_value(source[slice(*row.cells[column][0])])


def _moved_back(row: Row, usual: int, source: str) -> Row:
    """A row of values without the empty cells in front that make it wider than the others."""
    over = row.width - usual
    if not 0 < over < usual or not row.cells or min(row.cells) < over or not _count_values(row, source):
        return row
    return Row({column - over: spans for column, spans in row.cells.items()}, usual)


def _tab_row(line: Line, source: str) -> Row:
    return _divide(source, line.raw_start, _row_end(source, line.end), "\t")


def _usual_width(rows: list[Row | None], source: str) -> int:
    """How many cells the rows of values have: as many as the heads above them, else as most of them; 0 without any."""
    valued = [row is not None and _count_values(row, source) >= _FEWEST_VALUES for row in rows]
    widths = Counter(row.width for row, holds in zip(rows, valued, strict=True) if row is not None and holds)
    first = valued.index(True) if True in valued else 0
    heads = max((row.width for row in rows[:first] if row is not None), default=0)
    return heads if heads in widths else max(widths, key=lambda width: (widths[width], width), default=0)


def _count_values(row: Row, source: str) -> int:
    return sum(is_value(source[start:end]) for spans in row.cells.values() for start, end in spans)


def _breaks_off(row: Row, lines: list[Line], following: list[Row | None], usual: int, source: str) -> bool:
    """True for a row without values that the next line makes as wide as most: it broke off in its label."""
    # A reference before the label is no value.
    label = Row({column: spans for column, spans in row.cells.items() if column > 0 or row.width == 1}, row.width)
    if not following or following[0] is None or lines[1].gap or _count_values(label, source):
        return False
    rest = following[0]
    if _goes_on_in_label(row, rest, usual, source):
        return True
    whole = row.width < usual and row.width + rest.width - _shares_cell(rest, source) == usual
    return whole and _count_values(rest, source) > 0


def _goes_on_in_label(row: Row, rest: Row, usual: int, source: str) -> bool:
    """True for a reference and half a label above its rest in small letters: no other row tells how wide they are."""
    words = rest.cells.get(0)
    small = words is not None and starts_lower(source[words[0][0] : words[0][1]])
    if small and _ends_in_way(row, source):
        return rest.width + _REFERENCE_AND_LABEL >= usual > _REFERENCE_AND_LABEL
    if words is not None and _is_referred(row, source) and not _is_referred(rest, source):
        small = small or not is_value(source[slice(*words[0])])
    return small and row.width == len(row.cells) == _REFERENCE_AND_LABEL and rest.width >= usual > _REFERENCE_AND_LABEL


def _is_referred(row: Row, source: str) -> bool:
    """True for a row that begins with its number: "14", "NI 60"."""
    first = row.cells.get(0)
    return first is not None and _REFERENCE.fullmatch(source[slice(*first[0])].strip()) is not None


def _shares_cell(rest: Row, source: str) -> bool:
    """True where the rest of a broken row begins inside the cell it broke in: with words, or with a tab."""
    first = rest.cells.get(0)
    return first is None or not is_value(source[first[0][0] : first[0][1]])


def _put_together(begun: Row, rest: Row, source: str) -> Row:
    """One row of the two lines that it was broken into."""
    # The label goes on to the left of which way is better.
    shift = begun.width - _shares_cell(rest, source)
    label = shift - 1 if _ends_in_way(begun, source) else shift
    row = Row({column: list(spans) for column, spans in begun.cells.items()}, shift + rest.width)
    for column, spans in rest.cells.items():
        row.cells.setdefault(column + shift if column else label, []).extend(spans)
    return row


def _ends_in_way(row: Row, source: str) -> bool:
    """True for a reference, half a label and which way is better: "NI 60 | Core assessments in 35 | High"."""
    last = row.cells.get(_REFERENCE_AND_LABEL)
    told = last is not None and row.width == len(row.cells) == _REFERENCE_AND_LABEL + 1
    return told and last is not None and source[slice(*last[0])].lower().strip() in table_words().ways


def _is_rest(source: str, line: Line) -> bool:
    """True where a tab row begins in the middle of its first cell."""
    raw = source[line.raw_start : line.end]
    return raw.startswith("\t") or starts_lower(raw)


def read_pipe_rows(lines: list[Line], source: str) -> tuple[list[Row], int]:
    """Rows of a pipe table and how many stand above its rule (0 without one)."""
    rows: list[Row] = []
    above = 0
    for line in lines:
        if _RULE.fullmatch(line.text):
            above = above or len(rows)
            continue
        start = line.start + (line.text[0] == "|")
        end = line.end - (line.text[-1] == "|" and line.end - 1 > start)
        rows.append(_divide(source, start, end, "|"))
    return put_heads_over_values(rows, source), above


def put_heads_over_values(rows: list[Row], source: str) -> list[Row]:
    """Rows of pipes with times for heads over the values, where the empty cell over the labels is missing.

    Args:
        rows: A table's rows, the heads first.
        source: The document's text.
    """
    _move_times_off_labels(rows, max((row.width for row in rows), default=0), source)
    return rows


def _row_end(source: str, end: int) -> int:
    """Behind the tabs that end a row: they are empty cells."""
    while end < len(source) and source[end] in "\t ":
        end += 1
    return end


def _divide(source: str, start: int, end: int, mark: str) -> Row:
    """Cut a row at its dividing marks."""
    row = Row()
    text = source[start:end]
    bounds = [match.start() for match in _PIPE.finditer(text)] if mark == "|" else _places(text, mark)
    first = 0
    for column, bound in enumerate([*bounds, len(text)]):
        cell = text[first:bound]
        said = cell.strip()
        if said:
            at = start + first + len(cell) - len(cell.lstrip())
            row.cells[column] = [(at, at + len(said))]
        first = bound + 1
        row.width = column + 1
    return row


def _places(text: str, mark: str) -> list[int]:
    """Where a character stands."""
    return [index for index, character in enumerate(text) if character == mark]


def build_table(rows: list[Row], source: str, above_rule: int = 0) -> tuple[Table, Passage]:
    """The grid of some rows, and its text: cells divided by tabs, rows by line ends."""
    columns = max(row.width for row in rows)
    table = Table([], columns)
    lines: list[Passage] = []
    for number, row in enumerate(rows):
        cells = [
            Cell(number, column, Passage.join([clean(source, *span) for span in spans], " "))
            for column, spans in sorted(row.cells.items())
        ]
        table.rows.append(cells)
        by_column = {cell.column: cell.passage for cell in cells}
        last = max(by_column, default=-1)
        lines.append(Passage.join([by_column.get(column, Passage("", ())) for column in range(last + 1)], "\t"))
    table.header_rows = sum(row.heads for row in rows) or count_header_rows(table, above_rule)
    span_upper_headers(table)
    return table, Passage.join(lines, "\n")


def count_header_rows(table: Table, above_rule: int = 0) -> int:
    """How many rows at the top are headers: those without a figure behind their first cell, if figures follow.

    A row of one cell below the first header is a group's label, not a header.
    """
    count = 0
    for row in table.rows:
        others = [cell for cell in row if cell.column > 0]
        if any(is_value(cell.passage.text) for cell in others):
            break
        if not others and count and any(cell.column > 0 for earlier in table.rows[:count] for cell in earlier):
            break
        count += 1
    else:
        return above_rule
    lone = count == 1 and not any(cell.column > 0 for cell in table.rows[0])
    return 0 if lone else count


def span_upper_headers(table: Table) -> None:
    """Let a cell of an upper header row span the empty cells behind it, up to the next.

    Args:
        table: The table; its cells are changed.
    """
    for row in table.rows[: max(0, table.header_rows - 1)]:
        if len(row) < 2 and not (row and row[0].column > 0):
            continue
        for cell, following in zip(row, [*row[1:], None], strict=False):
            if cell.column > 0:
                cell.column_span = (following.column if following else table.columns) - cell.column


def may_wrap(line: Line) -> bool:
    """True where a line without a tab can belong to a table: short, and no sentence."""
    return len(line.text) <= _LONGEST_WRAP and not is_terminated(line.text)
