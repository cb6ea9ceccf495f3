"""Tables that a recogniser wrote as markup among plain text: HTML's `<table>`, LaTeX's `tabular`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TABLE = re.compile(r"<(?P<closes>/?)table\b[^<>]*>", re.IGNORECASE)
_PART = re.compile(r"<(?P<closes>/?)(?P<name>table|tr|td|th|caption)\b(?P<said>[^<>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"\b(?P<name>row|col)span\s*=\s*[\"']?\s*(?P<count>\d{1,3})", re.IGNORECASE)
_BRACED = r"\{(?:[^{}]|\{[^{}]*\})*\}"
_TABULAR = re.compile(
    rf"\\begin\{{(?P<name>tabular|tabularx|tabulary|longtable|array)\*?\}}(?:\[[^\]]*\])?(?:\s*{_BRACED}){{1,2}}"
)
_ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?|\\tabularnewline\b")
_CELL_END = re.compile(r"(?<!\\)&")
_RULE = re.compile(rf"\s*(?:\\(?:[hc]line|cmidrule|(?:top|mid|bottom)rule)(?:\([^)]*\))?(?:{_BRACED})?|\[[^\]]*\])")
_OVER = re.compile(
    r"\s*\\multi(?P<name>column|row)\s*(?:\[[^\]]*\])?\s*\{\s*(?P<count>\d{1,2})\s*\}\s*(?:\[[^\]]*\])?\s*"
    rf"(?:{_BRACED}|\*)\s*\{{"
)
_MOST_SPAN, _FEWEST_COLUMNS = 60, 2


@dataclass(slots=True, frozen=True)
class MarkupCell:
    """A cell with words.

    Attributes:
        row: From 0.
        column: From 0.
        row_span: Rows it covers.
        column_span: Columns it covers.
        start: Where its words begin in the text.
        end: Where they end.
        is_head: True where the markup says that it is a head.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    start: int
    end: int
    is_head: bool


@dataclass(slots=True)
class MarkupTable:
    """A table and its place in the text.

    Attributes:
        start: Where its markup begins.
        end: Where it ends.
        cells: Those with words, row by row.
        caption: Where the words over it stand, if any do.
    """

    start: int
    end: int
    cells: list[MarkupCell] = field(default_factory=list)
    caption: tuple[int, int] | None = None

    @property
    def is_grid(self) -> bool:
        """True for more than a single column."""
        return len({cell.column for cell in self.cells}) >= _FEWEST_COLUMNS


def find_markup_tables(text: str) -> list[MarkupTable]:
    """The tables of a text that are markup, in order; one inside another belongs to the outer one's cell.

    Args:
        text: The text.
    """
    found = [_read_html(text, start, end) for start, end in _html_places(text)] if "<" in text else []
    if "\\begin" in text:
        found += [_read_latex(text, *place) for place in _latex_places(text)]
    return sorted((table for table in found if table.cells), key=lambda table: table.start)


def _html_places(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost tables begin and end; one that is never closed ends with its page."""
    depth = start = 0
    for tag in _TABLE.finditer(text):
        if not tag["closes"]:
            start, depth = (start, depth + 1) if depth else (tag.start(), 1)
        elif depth:
            depth -= 1
            if not depth:
                yield start, tag.end()
    if depth:
        end = text.find("\f", start)
        yield start, len(text) if end < 0 else end


def _read_html(text: str, start: int, end: int) -> MarkupTable:
    table = MarkupTable(start, end)
    taken: set[tuple[int, int]] = set()
    row, column, depth = -1, 0, 0
    opened: re.Match[str] | None = None

    def close(at: int) -> None:
        nonlocal opened, column
        if opened is None:
            return
        first, last = _stripped(text, opened.end(), at)
        if opened["name"].lower() == "caption":
            table.caption = (first, last) if first < last else None
            opened = None
            return
        spans = {one["name"].lower(): min(_MOST_SPAN, max(1, int(one["count"]))) for one in _SPAN.finditer(opened[0])}
        while (row, column) in taken:
            column += 1
        down, across = spans.get("row", 1), spans.get("col", 1)
        taken.update((row + one, column + other) for one in range(down) for other in range(across))
        if first < last:
            is_head = opened["name"].lower() == "th"
            table.cells.append(MarkupCell(row, column, down, across, first, last, is_head))
        column += across
        opened = None

    for tag in _PART.finditer(text, start, end):
        name = tag["name"].lower()
        if name == "table":
            depth += -1 if tag["closes"] else 1
            if not depth:
                close(tag.start())
        elif depth == 1:
            close(tag.start())
            if name == "tr" and not tag["closes"]:
                row, column = row + 1, 0
            elif name != "tr" and not tag["closes"]:
                row = max(row, 0)
                opened = tag
    close(end)
    return table


def _latex_places(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Where tables begin, where their rows begin and end, and where they end."""
    position = 0
    while (begun := _TABULAR.search(text, position)) is not None:
        ended = re.compile(rf"\\end\{{{begun['name']}\*?\}}").search(text, begun.end())
        last = (ended.start(), ended.end()) if ended is not None else (len(text), len(text))
        yield begun.start(), begun.end(), *last
        position = last[1]


def _read_latex(text: str, start: int, first: int, last: int, end: int) -> MarkupTable:
    table = MarkupTable(start, end)
    for row, (begins, ends) in enumerate(_parts(text, first, last, _ROW_END)):
        column = 0
        for place in _parts(text, begins, ends, _CELL_END):
            down, across, opens, closes = _spanned(text, *place)
            if opens < closes:
                table.cells.append(MarkupCell(row, column, down, across, opens, closes, is_head=False))
            column += across
    return table


def _spanned(text: str, start: int, end: int) -> tuple[int, int, int, int]:
    """How many rows and columns a cell covers, and where its words begin and end."""
    while (rule := _RULE.match(text, start, end)) is not None:
        start = rule.end()
    spans = {"row": 1, "column": 1}
    while (over := _OVER.match(text, start, end)) is not None:
        spans[over["name"]] = min(_MOST_SPAN, max(1, int(over["count"])))
        closing = text.rfind("}", over.end(), end)
        start, end = over.end(), closing if closing >= 0 else end
    return spans["row"], spans["column"], *_stripped(text, start, end)


def _parts(text: str, start: int, end: int, mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The parts of a stretch between marks."""
    position = start
    for found in mark.finditer(text, start, end):
        yield position, found.start()
        position = found.end()
    yield position, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end]
    return start + len(said) - len(said.lstrip()), max(start, end - (len(said) - len(said.rstrip())))
