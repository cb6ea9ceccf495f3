"""Linking one value cell: its measure, time, place and role as its row, its column and the text above tell them."""

from __future__ import annotations

from dataclasses import replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.conventions import closed_year, fit_period
from townclerk.extract.linking.evidence import time_told
from townclerk.extract.linking.prose.naming import of_group
from townclerk.extract.linking.scene import Scene
from townclerk.extract.linking.tables.alignment import Placed
from townclerk.extract.linking.tables.choice import (
    Choice,
    choose,
    is_borrowed,
    is_whole_name,
    label_parts,
    unit_in_cell,
)
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.grid import GridCell
from townclerk.extract.linking.tables.pairs import split_pair
from townclerk.extract.linking.tables.remarks import remarked_time, told_beside
from townclerk.extract.linking.tables.rows import RowMeaning
from townclerk.extract.linking.tables.state import TableState, span_of
from townclerk.extract.linking.tables.times import cell_period, year_before
from townclerk.extract.linking.tables.understood import understanding
from townclerk.models.area import Area, AreaKind
from townclerk.models.candidate import Candidate, Span
from townclerk.models.document import BlockKind
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Method, Rag, Role, Status, Unit
from townclerk.patterns.table_words import ColumnKind, table_words

_LONGEST_EVIDENCE = 600
# A number as great as this is no rate of a country or region but a count.
_NO_RATE = 1000


def link_cell(
    placed: Placed, label: str, meaning: RowMeaning, state: TableState, scene: Scene, knowledge: Knowledge
) -> list[Candidate]:
    """The observations of a cell: two where row and cell tell of two measures, else one at most."""
    pair = [
        candidate
        for cell, words in split_pair(placed.cell, label)
        if (candidate := _observation(replace(placed, cell=cell), words, meaning, state, scene, knowledge))
    ]
    if len({candidate.indicator_id for candidate in pair}) == 2:
        return pair
    if placed.cell.has_remark and meaning.period is None:
        meaning = replace(meaning, period=remarked_time(placed))
    single = _observation(placed, label, meaning, state, scene, knowledge)
    if single is None:
        return []
    named = placed.cell.has_remark and label == meaning.label
    return [single, *(told_beside(placed, single, meaning, state, scene, knowledge) if named else [])]


def _observation(
    placed: Placed, label: str, meaning: RowMeaning, state: TableState, scene: Scene, knowledge: Knowledge
) -> Candidate | None:
    column = placed.column
    figure = _figure(placed.cell)
    kind = meaning.kind or (column.kind if column else None)
    held = column is None or (column.holds_values and not _is_of_labels(column, state))
    if figure is None or not held or _is_empty(figure, kind) or kind in {ColumnKind.IGNORED, ColumnKind.RANK}:
        return None
    unit = unit_in_cell(figure, meaning, column, state, scene)
    parts = label_parts(label, column, state, scene)
    if len(parts) > 1 and parts[-1] == label and is_whole_name(label, unit, knowledge):
        parts = [label]
    chosen = choose(_unbounded(figure, placed, meaning, state, scene), unit, parts, knowledge)
    meant = of_group([chosen.match], scene.titles(), " ".join(parts)) if chosen is not None else ()
    if chosen is None or not meant:
        note_unlinked(placed.cell, figure, state, "no measure named by its row, column or heading fits")
        return None
    match = meant[0]
    if label and is_borrowed(match, label, parts, unit, knowledge):
        note_unlinked(placed.cell, figure, state, "its row speaks of something else than the measure above it")
        return None
    if figure.sign and not knowledge.catalogue.indicators[match.indicator_id].may_be_negative:
        note_unlinked(placed.cell, figure, state, "it has a sign: a change or a gap, not a level")
        return None
    seen = understanding(placed, label, match, unit, state, knowledge)
    chosen = Choice(match, chosen.rivals, [*chosen.features, *seen], chosen.label)
    return _candidate(placed, figure, chosen, meaning, state, scene, knowledge)


def _unbounded(
    figure: FigureMention, placed: Placed, meaning: RowMeaning, state: TableState, scene: Scene
) -> FigureMention:
    """A figure as its measure is told by; a whole country's number says nothing of what an authority's may be."""
    area, _ = _area(placed, meaning, state, scene)
    larger = area is not None and area.kind in {AreaKind.ENGLAND, AreaKind.REGION}
    number = figure.unit in {None, Unit.COUNT} and not figure.decimals
    return replace(figure, value=None) if larger and number and (figure.value or 0) >= _NO_RATE else figure


def _is_of_labels(column: Column, state: TableState) -> bool:
    """True for a first column without a head of its own, whose cells name rows, unless its row is all values."""
    told = column.kind or column.period or column.area
    return column.index == 0 and not told and len(state.columns) > 2 and not state.all_values


def _is_empty(figure: FigureMention, kind: ColumnKind | None) -> bool:
    """True for a mark that only fills an empty cell, and for "n/a" where a target would stand: there is none."""
    if figure.form is not FigureForm.MARK:
        return False
    no_target = kind is ColumnKind.TARGET and figure.status is Status.NOT_AVAILABLE
    return no_target or not any(char.isalnum() or char in "*#<" for char in figure.text)


def _figure(cell: GridCell) -> FigureMention | None:
    """The figure of a value cell: the percentage of "6 (12%)", with the count as its numerator."""
    if len(cell.figures) == 1:
        return cell.figures[0]
    percents = [f for f in cell.figures if f.unit is Unit.PERCENT]
    parts = [f for f in cell.figures if f.form is FigureForm.PARTS]
    if len(percents) == len(parts) == 1 and len(cell.figures) == 2:
        percents[0].numerator, percents[0].denominator = parts[0].numerator, parts[0].denominator
        return percents[0]
    counts = [f for f in cell.figures if f.unit in {None, Unit.COUNT} and not f.decimals]
    if len(percents) == 1 and len(counts) == 1 and counts[0].value is not None:
        percents[0].numerator = counts[0].value
        return percents[0]
    return None


def _candidate(
    placed: Placed,
    figure: FigureMention,
    choice: Choice,
    meaning: RowMeaning,
    state: TableState,
    scene: Scene,
    knowledge: Knowledge,
) -> Candidate | None:
    indicator = knowledge.catalogue.indicators[choice.match.indicator_id]
    column = placed.column
    span = span_of(state.spotted, placed.cell, figure)
    if span is None:
        return None
    kinds = {meaning.kind, column.kind if column else None}
    role = Role.TARGET if ColumnKind.TARGET in kinds else Role.ACTUAL
    area, certain = _area(placed, meaning, state, scene)
    period = fit_period(closed_year(cell_period(column, meaning, area, state, scene), indicator), indicator)
    if not indicator.is_stock:
        period = year_before(period, scene) or period
    return Candidate(
        figure=figure,
        match=choice.match,
        rivals=choice.rivals,
        label=choice.label,
        unit=indicator.unit,
        value=figure.value if figure.status is Status.REPORTED else None,
        value_text=figure.text,
        role=role,
        area=area,
        period=period,
        evidence=[_evidence(span, meaning, state)],
        figure_span=span,
        method=Method.TABLE,
        block=state.spotted.index,
        status=figure.status,
        numerator=figure.numerator,
        denominator=figure.denominator,
        rag=_colour(placed.cell) if role is Role.ACTUAL else None,
        features=[*choice.features, time_told(period, "a head states the time")],
        flags=[*figure.flags, *_doubts(placed, state, certain=certain)],
    )


def _evidence(value: Span, meaning: RowMeaning, state: TableState) -> Span:
    """The row from its label to the value where they stand near each other on the page, else the value alone."""
    label = span_of(state.spotted, meaning.cells[0]) if meaning.cells else None
    opens = state.spotted.block.passage.pieces
    if label is None or not opens or opens[0].source_start > label.start:
        return value
    near = label.start <= value.start and value.end - label.start < _LONGEST_EVIDENCE
    return Span(value.page, label.start, value.end) if near else value


def _doubts(placed: Placed, state: TableState, *, certain: bool) -> list[str]:
    """What makes the reading of a cell less sure, as flags."""
    doubtful = placed.column is not None and placed.cell.cell.is_doubtful
    told = {
        "chart": state.spotted.block.kind is BlockKind.CHART,
        "columns_unclear": not certain,
        "columns_disagree": doubtful,
    }
    flags = [flag for flag, holds in told.items() if holds]
    return [*flags, placed.cell.cell.doubt] if placed.cell.cell.doubt else flags


def _colour(cell: GridCell) -> Rag | None:
    """The colour of a value's own cell: its fill's, else the one named behind the value."""
    named = table_words().marks.get(cell.colour) if cell.colour else None
    return cell.cell.rag or (named if isinstance(named, Rag) else None)


def _area(placed: Placed, meaning: RowMeaning, state: TableState, scene: Scene) -> tuple[Area | None, bool]:
    """The place of a cell, and whether it is certain."""
    if placed.column is not None and placed.column.place_unknown:
        return None, False
    mention = (placed.column.area if placed.column else None) or meaning.area or state.place
    if mention is None:
        return scene.own_area(), True
    if not placed.certain:
        return None, False
    return scene.area_of(mention), True


def note_unlinked(cell: GridCell, figure: FigureMention, state: TableState, reason: str) -> None:
    """Keep a figure that became no observation, with the reason; a mark for an empty cell is none."""
    span = span_of(state.spotted, cell, figure)
    if span is not None and figure.form is not FigureForm.MARK:
        state.unlinked.append((span, figure.text, reason))
