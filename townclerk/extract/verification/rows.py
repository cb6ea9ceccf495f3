"""Rows of comparator tables: finding them among the candidates."""

from __future__ import annotations

from collections import defaultdict

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.verification.row import Row, is_of_authority
from townclerk.extract.verification.view import View, stand_in
from townclerk.models.candidate import Candidate, Span
from townclerk.models.document import Cell, Table
from townclerk.models.units import Status

_LEAST_ROWS = 2
_LEAST_VALUES = 5
_COMPARATORS = 4
"""Averages of neighbours, region, country, good authorities: what may stand in a row beside the authorities."""
SHORT_ROW = "short_row"
"""The feature by which the linker tells that a row has fewer cells than heads."""


def rows_of(view: View) -> list[Row]:
    """The table rows that hold candidates of one measure."""
    if view.rows is None:
        view.rows = _all_rows(view)
    return view.rows


def _all_rows(view: View) -> list[Row]:
    by_block: defaultdict[int, list[Candidate]] = defaultdict(list)
    for candidate in view.candidates:
        if 0 <= candidate.block < len(view.document.blocks) and view.document.blocks[candidate.block].table is not None:
            by_block[candidate.block].append(candidate)
    found: list[Row] = []
    for block, candidates in sorted(by_block.items()):
        table = view.document.blocks[block].table
        if table is not None:
            rows = _rows(block, table, candidates)
            _fill(rows, view)
            found.extend(rows)
    return found


def _fill(rows: list[Row], view: View) -> None:
    """Put a stand-in where a row of authorities lacks the one value that the linker refused as unlikely.

    Whose column it is, is told by the other rows: all of at least two hold a value of one authority there. A row that
    lacks more, or stands beside its heads, is left as it is.
    """
    columns: defaultdict[int, list[Candidate]] = defaultdict(list)
    for row in rows:
        for candidate, cell in row.held:
            if is_of_authority(candidate):
                columns[cell.column].append(candidate)
    shared = {column: held[0] for column, held in columns.items() if len(held) >= _LEAST_ROWS and _is_one_place(held)}
    for row in rows:
        own = [c for c in row.authorities() if not _is_shifted(c)]
        missing = shared.keys() - {cell.column for _, cell in row.held}
        if len(missing) != 1 or len(own) < _LEAST_VALUES or len(own) < len(row.held) - _COMPARATORS:
            continue
        (column,) = missing
        for cell in [cell for cell in row.cells if cell.column == column]:
            filled = _stand_in(cell, row, own[0], shared[column], view)
            row.held.extend([(filled, cell)] if filled is not None else [])


def _is_one_place(candidates: list[Candidate]) -> bool:
    return len({c.area.name if c.area else None for c in candidates}) == 1


def _is_shifted(candidate: Candidate) -> bool:
    return "columns_unclear" in candidate.flags or any(f.name == SHORT_ROW for f in candidate.features)


def _stand_in(cell: Cell, row: Row, like: Candidate, above: Candidate, view: View) -> Candidate | None:
    """The refused value as one of its row, of the place of its column."""
    figures = figures_of(cell.passage.text)
    if len(figures) != 1 or figures[0].value is None or figures[0].unit not in {None, like.unit}:
        return None
    start, end = cell.passage.source_span(figures[0].start, figures[0].end)
    filled = stand_in(figures[0], Span(view.document.page_at(start).number, start, end), row.block)
    filled.match, filled.unit, filled.area, filled.period = like.match, like.unit, above.area, like.period
    filled.method = like.method
    return filled


def _rows(block: int, table: Table, candidates: list[Candidate]) -> list[Row]:
    rows: list[Row] = []
    places = [(candidate, candidate.figure_span.start) for candidate in candidates]
    for cells in table.rows:
        spans = [
            (cell.passage.pieces[0].source_start, cell.passage.pieces[-1].source_end, cell)
            for cell in cells
            if cell.passage.pieces
        ]
        if not spans:
            continue
        low, high = min(span[0] for span in spans), max(span[1] for span in spans)
        held = [
            (candidate, cell)
            for candidate, place in places
            if low <= place < high and (cell := _cell_at(place, spans)) is not None
        ]
        if held and len({candidate.indicator_id for candidate, _ in held}) == 1:
            rows.append(Row(block, table, cells, held))
    return rows


def _cell_at(place: int, spans: list[tuple[int, int, Cell]]) -> Cell | None:
    """The cell that holds a place in the document's text."""
    return next((cell for start, end, cell in spans if start <= place < end), None)


def is_suppressed(candidate: Candidate) -> bool:
    """True for a value that is hidden or not there."""
    return candidate.status is not Status.REPORTED or candidate.value is None
