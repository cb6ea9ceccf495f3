"""Ranks, quartiles, colours, arrows and counts of a row, given to the value they describe."""

from __future__ import annotations

from townclerk.extract.linking.scene import Scene
from townclerk.extract.linking.tables.alignment import Placed
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.grid import GridCell
from townclerk.extract.spotting.roles import find_cues
from townclerk.models.candidate import Candidate
from townclerk.models.mentions import FigureForm
from townclerk.models.units import Direction, Rag, Unit
from townclerk.patterns.table_words import ColumnKind, table_words


def give_attributes(placed: list[Placed], found: list[Candidate], scene: Scene) -> None:
    """Ranks, quartiles, colours, arrows and counts of a row belong to the authority's newest actual in it."""
    own = [c for c in found if c.is_own_actual]
    if not own:
        return
    newest = max(own, key=lambda c: c.period.end.toordinal() if c.period else 0)
    ranks: list[tuple[int, GridCell]] = []
    for one in placed:
        kind = one.column.kind if one.column else None
        if kind is ColumnKind.RANK and one.cell.is_number and one.cell.figures[0].value is not None and one.column:
            ranks.append((_rank_time(one.column, scene), one.cell))
        elif kind is ColumnKind.QUARTILE:
            newest.quartile = _quartile(one.cell)
        elif kind is ColumnKind.RAG or (kind is ColumnKind.DIRECTION and one.cell.text.strip()):
            # A status may be told by a cell's colour alone.
            _mark(one.cell.text, newest, scene.legend)
            if one.cell.cell.rag and newest.rag is None:
                newest.rag = one.cell.cell.rag
        elif kind is None and not (one.column and one.column.head):
            _unheaded(one.cell, newest, scene.legend)
        elif kind is ColumnKind.NUMERATOR and one.cell.is_number and newest.unit is Unit.PERCENT:
            newest.numerator = one.cell.figures[0].value
        elif kind is ColumnKind.DENOMINATOR and one.cell.is_number and newest.unit is Unit.PERCENT:
            newest.denominator = one.cell.figures[0].value
    told = [one.cell.text.strip() for one in placed if one.column and one.column.kind is ColumnKind.DIRECTION]
    if any(told):
        newest.direction = _moved(newest, own) or newest.direction
    if ranks:
        _rank(max(ranks, key=lambda pair: pair[0])[1], newest)


def _moved(newest: Candidate, own: list[Candidate]) -> Direction | None:
    """Which way a value moved from the one before it in its row; None where there is none.

    An arrow or "Better" may be of the number or of the performance it stands for; the numbers tell.
    """
    before = [c for c in own if c.is_before(newest) and c.indicator_id == newest.indicator_id and c.value is not None]
    last = max(before, key=lambda c: c.period.end.toordinal() if c.period else 0, default=None)
    return newest.moved_since(last) if last is not None else None


def _rank_time(column: Column, scene: Scene) -> int:
    period = scene.resolve(column.period) if column.period else None
    return period.end.toordinal() if period else 0


def _rank(cell: GridCell, candidate: Candidate) -> None:
    figure = cell.figures[0]
    position = figure.numerator if figure.form is FigureForm.PARTS else figure.value
    if position is None or position < 1 or position != int(position):
        return
    size = int(figure.denominator) if figure.form is FigureForm.PARTS and figure.denominator else None
    candidate.rank = (int(position), size)


def _quartile(cell: GridCell) -> int | None:
    for cue in find_cues(cell.text):
        if cue.cue == "quartile" and cue.number:
            return int(cue.number)
    if (band := table_words().bands.get(cell.text.strip().lower())) is not None:
        return band
    value = cell.figures[0].value if cell.is_number else None
    return int(value) if value in {1.0, 2.0, 3.0, 4.0} else None


def _unheaded(cell: GridCell, candidate: Candidate, legend: dict[str, str]) -> None:
    """A cell under no head: a lone colour or arrow, or those behind the value in its own cell."""
    text = cell.text.strip()
    if cell.is_value and cell.figures:
        text = cell.text[cell.figures[-1].end :].strip()
    if text and all(word.lower() in table_words().marks for word in text.split()):
        _mark(text, candidate, legend)


def _mark(text: str, candidate: Candidate, legend: dict[str, str]) -> None:
    """A status or direction cell: the first word or glyph that has a meaning, current before forecast.

    A glyph that the report's own key defines means what the key says, not a direction.
    """
    marks = {mark: meaning for mark, meaning in table_words().marks.items() if mark not in legend}
    for word in [text.strip().lower(), *text.lower().split()]:
        meaning = marks.get(word)
        if isinstance(meaning, Direction):
            candidate.direction = candidate.direction or meaning
        elif isinstance(meaning, Rag):
            candidate.rag = candidate.rag or meaning
            return
