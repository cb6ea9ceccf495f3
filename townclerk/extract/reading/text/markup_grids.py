"""Tables of markup among the lines of a text: each is one line while lines are grouped, and then a grid."""

from __future__ import annotations

from townclerk.extract.reading.text.drafts import Chunk, Draft
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.marks import clean
from townclerk.extract.reading.text.markup_tables import MarkupTable, find_markup_tables
from townclerk.extract.reading.text.tables import count_header_rows, span_upper_headers
from townclerk.models.document import BlockKind, Cell, Table
from townclerk.models.passage import Passage

# What stands for a table in its line's text: neither words nor a row.
_FOLDED = "|"


def fold_tables(lines: list[Line], source: str) -> list[Line]:
    """Put each table of markup into one line of its own; one of a single column becomes a line a cell.

    Args:
        lines: All lines.
        source: The document's text.

    Returns:
        The lines, those of nothing but markup around a table left out.
    """
    tables = find_markup_tables(source)
    if not tables:
        return _without_bare_marks(lines, source)
    folded: list[Line] = []
    waiting = iter([*tables, MarkupTable(len(source) + 1, len(source) + 1)])
    table = next(waiting)
    for line in lines:
        position = line.start
        while table.start < line.end:
            if position < table.start:
                folded += _words(line, position, table.start, source)
            if line.start <= table.start:
                folded += _lines_of(table, line, source)
            if table.end > line.end:
                position = line.end
                break
            position = max(position, table.end)
            table = next(waiting)
        folded += _words(line, position, line.end, source) if position > line.start else [line]
    return _without_bare_marks(folded, source)


def _without_bare_marks(lines: list[Line], source: str) -> list[Line]:
    """The lines without those of nothing but markup ("</div>"), which are as good as blank."""
    kept: list[Line] = []
    gap = 0
    for line in lines:
        if line.table is None and line.text[0] == "<" and not clean(source, line.start, line.end).text:
            gap += line.gap + 1
            continue
        line.gap += gap
        gap = 0
        kept.append(line)
    return kept


def _words(line: Line, start: int, end: int, source: str) -> list[Line]:
    """The part of a line before or behind a table, where it holds words."""
    said = source[start:end]
    start += len(said) - len(said.lstrip())
    text = said.strip()
    if not text or not clean(source, start, start + len(text)).text:
        return []
    return [Line(text, start, start + len(text), line.raw_start, line.page, line.gap)]


def _lines_of(table: MarkupTable, line: Line, source: str) -> list[Line]:
    """The line that stands for a table, behind that of its caption."""
    lines = _words(line, *table.caption, source) if table.caption is not None else []
    if table.is_grid:
        return [*lines, Line(_FOLDED, table.start, table.end, table.start, line.page, max(1, line.gap), table=table)]
    return lines + [one for cell in table.cells for one in _words(line, cell.start, cell.end, source)]


def table_chunk(line: Line, source: str) -> Chunk:
    """The chunk of a line that stands for a table.

    Args:
        line: The line.
        source: The document's text.
    """
    if line.table is None:
        return Chunk([line])
    table, passage = _grid(line.table, source)
    draft = Draft(BlockKind.TABLE, line.page, line.gap, [(line.start, line.end)], table=table, passage=passage)
    return Chunk([line], draft)


def _grid(table: MarkupTable, source: str) -> tuple[Table, Passage]:
    """The grid of a table, and its text: cells divided by tabs, rows by line ends."""
    rows: dict[int, list[Cell]] = {}
    heads: dict[int, bool] = {}
    for one in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        passage = clean(source, one.start, one.end)
        if not passage.text:
            continue
        number = len(rows) - (one.row in rows)
        cell = Cell(number, one.column, passage, one.row_span, one.column_span)
        rows.setdefault(one.row, []).append(cell)
        heads[one.row] = heads.get(one.row, True) and one.is_head
    columns = max((cell.column + cell.column_span for row in rows.values() for cell in row), default=0)
    grid = Table(list(rows.values()), columns)
    said = next((count for count, head in enumerate(heads.values()) if not head), len(heads))
    grid.header_rows = said if 0 < said < len(heads) else count_header_rows(grid)
    if not any(cell.column_span > 1 for row in grid.rows[: grid.header_rows] for cell in row):
        span_upper_headers(grid)
    lines = [Passage.join([cell.passage for cell in row], "\t") for row in grid.rows]
    return grid, Passage.join(lines, "\n")
