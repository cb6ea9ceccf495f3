"""Linking in tables: a value cell takes measure, time, place and role from its row, its column and the text above."""

from __future__ import annotations

from dataclasses import dataclass, field

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.agreement import IMPOSSIBLE, agreement
from townclerk.extract.linking.scene import Scene, SpottedBlock, fit_period
from townclerk.extract.linking.tables.alignment import Placed, align_row, verified_own_index
from townclerk.extract.linking.tables.columns import Column, columns_of
from townclerk.extract.linking.tables.grid import Grid, GridCell, read_grid, unit_of
from townclerk.extract.linking.tables.rows import RowMeaning, row_meaning
from townclerk.extract.spotting.periods import find_periods
from townclerk.extract.spotting.roles import find_cues
from townclerk.models.area import Area
from townclerk.models.candidate import Candidate, Feature, Span
from townclerk.models.document import BlockKind
from townclerk.models.mentions import FigureForm, FigureMention, IndicatorMatch, PeriodMention
from townclerk.models.period import Period
from townclerk.models.units import Basis, Direction, Method, Rag, Role, Status, Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.table_words import ColumnKind, table_words

_RATE_UNITS = {Unit.PER_1000, Unit.PER_10000, Unit.PER_100000}


@dataclass(slots=True)
class TableState:
    """What holds while the rows of one table are read.

    Attributes:
        spotted: The table's block.
        grid: Its cells.
        columns: What its columns mean.
        own_index: Where the authority's own value stands in short rows, if verified.
        period: A time that holds for the whole table.
        group: The group label above the present row.
        carried: The label of the last row that named a measure, for rows that name only a time, place or role.
        linked: What was found.
        unlinked: Figures that found no measure, with the reason.
    """

    spotted: SpottedBlock
    grid: Grid
    columns: list[Column]
    own_index: int | None
    period: PeriodMention | None
    group: str = ""
    carried: RowMeaning | None = None
    linked: list[Candidate] = field(default_factory=list)
    unlinked: list[tuple[Span, str, str]] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class Choice:
    """The indicator chosen for a cell, those that lost, what spoke for it, and the words that name it."""

    match: IndicatorMatch
    rivals: list[IndicatorMatch]
    features: list[Feature]
    label: str


def link_table(spotted: SpottedBlock, scene: Scene, knowledge: Knowledge) -> TableState:
    """Link the value cells of a table.

    Args:
        spotted: The table's block.
        scene: Headings and facts in force.
        knowledge: Catalogue and spotters.

    Returns:
        The candidates, and the cells that found no measure.
    """
    table = spotted.block.table
    if table is None:
        raise ValueError("the block holds no table")
    grid = read_grid(table, knowledge)
    columns = columns_of(grid, knowledge)
    own = next((c for c in columns if c.is_authority and c.area and scene.area_of(c.area).is_reporting_authority), None)
    state = TableState(spotted, grid, columns, verified_own_index(grid, columns, own), table_period(columns))
    for row in grid.body():
        _link_row(row, state, scene, knowledge)
    return state


def _link_row(row: list[GridCell], state: TableState, scene: Scene, knowledge: Knowledge) -> None:
    group, meaning = row_meaning(row, state.columns, knowledge)
    if group:
        state.group = group
    placed = [p for p in align_row(row, state.columns, state.own_index) if p.cell.is_value]
    if not placed:
        if meaning.label and meaning.period is None and meaning.area is None:
            state.group = meaning.label
        _comment_row(row, state)
        return
    bare = meaning.period is not None or meaning.area is not None or meaning.kind is not None
    label = state.carried.label if bare and state.carried is not None else meaning.label
    if not bare and meaning.label:
        state.carried = meaning
    found = [
        candidate
        for one in placed
        if (candidate := _link_cell(one, label if not bare or state.carried else "", meaning, state, scene, knowledge))
    ]
    _attributes(row, found, state, scene)
    if meaning.comment is not None and found:
        span = _span(state.spotted, meaning.comment)
        if span is not None and len(meaning.comment.text.split()) >= 5:
            for candidate in found:
                if candidate.role is Role.ACTUAL and candidate.area and candidate.area.is_reporting_authority:
                    candidate.commentary.append(span)
    state.linked.extend(found)


def _comment_row(row: list[GridCell], state: TableState) -> None:
    """A row of plain words under a measure explains it."""
    filled = [cell for cell in row if cell.text.strip()]
    if len(filled) != 1 or len(filled[0].text.split()) < 8 or not state.linked:
        return
    span = _span(state.spotted, filled[0])
    newest = state.linked[-1]
    for candidate in state.linked:
        same = candidate.indicator_id == newest.indicator_id and candidate.role is Role.ACTUAL
        if span is not None and same and candidate.area and candidate.area.is_reporting_authority:
            candidate.commentary.append(span)


def _link_cell(
    placed: Placed, label: str, meaning: RowMeaning, state: TableState, scene: Scene, knowledge: Knowledge
) -> Candidate | None:
    column = placed.column
    figure = _figure(placed.cell)
    kind = meaning.kind or (column.kind if column else None)
    if (
        figure is None
        or (column is not None and not column.holds_values)
        or kind in {ColumnKind.IGNORED, ColumnKind.RANK}
    ):
        return None
    if (
        column is not None
        and column.index == 0
        and column.kind is None
        and len(state.columns) > 2
        and not column.period
    ):
        return None
    unit = _unit(figure, meaning, column, state, scene)
    parts = _label_parts(label, column, state, scene)
    chosen = _choose(figure, unit, parts, knowledge)
    if chosen is None:
        _unlinked(placed.cell, figure, state, "no measure named by its row, column or heading fits")
        return None
    return _candidate(placed, figure, chosen, meaning, state, scene, knowledge)


def _states(figure: FigureMention) -> bool:
    """False for a mark that only fills an empty cell."""
    return any(char.isalnum() or char in "*#<" for char in figure.text)


def _figure(cell: GridCell) -> FigureMention | None:
    """The figure of a value cell: the percentage of "6 (12%)", with the count as its numerator."""
    if len(cell.figures) == 1:
        return cell.figures[0]
    percents = [f for f in cell.figures if f.unit is Unit.PERCENT]
    counts = [f for f in cell.figures if f.unit in {None, Unit.COUNT} and not f.decimals]
    if len(percents) == 1 and len(counts) == 1 and counts[0].value is not None:
        percents[0].numerator = counts[0].value
        return percents[0]
    return None


def _unit(
    figure: FigureMention, meaning: RowMeaning, column: Column | None, state: TableState, scene: Scene
) -> Unit | None:
    """The unit of a cell: its own, else its row's, column's, group's or heading's."""
    if figure.unit is not None:
        return figure.unit
    if meaning.unit is not None:
        return meaning.unit
    if column is not None and column.unit is not None:
        return column.unit
    return unit_of([*(h.text for h in scene.headings[1:]), state.group])


def _label_parts(label: str, column: Column | None, state: TableState, scene: Scene) -> list[str]:
    """The words that may name the measure, most specific last."""
    parts = [held.text for held in scene.headings if held.block.level > 1 or len(scene.headings) == 1]
    parts.extend(held.text for held in scene.lead_ins if held.block.kind is not BlockKind.LIST_ITEM)
    if state.group and state.group != label:
        parts.append(state.group)
    if label:
        parts.append(label)
    if column is not None and column.head and _names_measure(column):
        parts.append(column.head)
    return parts


def _names_measure(column: Column) -> bool:
    """True where a column's head is more than a time, a place or a role."""
    return (
        column.period is None
        and column.area is None
        and column.kind in {None, ColumnKind.COUNT, ColumnKind.PERCENT, ColumnKind.RATE}
    )


def _choose(figure: FigureMention, unit: Unit | None, parts: list[str], knowledge: Knowledge) -> Choice | None:
    """The best indicator for a cell whose label is made of `parts`."""
    if not parts:
        return None
    matches = knowledge.spotter.read_label(parts, unit)
    label = " ".join(parts)
    scored: list[tuple[float, IndicatorMatch, float]] = []
    for match in matches:
        fit = _cell_fit(figure, unit, match, label, knowledge.catalogue)
        if fit > IMPOSSIBLE:
            scored.append((2.0 * match.score + fit - (0.5 if match.needs_context else 0.0), match, fit))
    scored.sort(key=lambda entry: (-entry[0], entry[1].indicator_id))
    if not scored or scored[0][0] < 1.2:
        return None
    score, match, fit = scored[0]
    margin = score - scored[1][0] if len(scored) > 1 else 3.0
    features = [
        Feature(
            "match_" + match.kind.value, match.score, f"row and column heads name the measure ({match.kind.value})"
        ),
        Feature(
            "unit_fit", fit, "unit and size suit the measure" if fit >= 0 else "unit or size suit the measure poorly"
        ),
        Feature(
            "margin",
            min(margin, 3.0),
            "no other measure comes near" if margin >= 1 else "another measure fits nearly as well",
        ),
    ]
    return Choice(match, [entry[1] for entry in scored[1:4]], features, parts[-1])


def _cell_fit(
    figure: FigureMention, unit: Unit | None, match: IndicatorMatch, label: str, catalogue: Catalogue
) -> float:
    """How a cell's figure suits an indicator, the unit of its row or column counting as printed with it."""
    indicator = catalogue.indicators[match.indicator_id]
    if figure.form is FigureForm.MARK:
        return 0.6
    if figure.unit is None and unit is not None and unit is not Unit.COUNT:
        if unit is indicator.unit:
            return 1.2
        if unit in _RATE_UNITS or unit is Unit.PERCENT:
            return IMPOSSIBLE if indicator.unit is not unit else 1.2
    fit = agreement(figure, indicator, label)
    if figure.unit is None and indicator.unit is Unit.PERCENT and fit > IMPOSSIBLE:
        fit = max(fit, -0.2 if figure.decimals else -0.6)
    return fit


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
    span = _span(state.spotted, placed.cell, figure)
    if span is None:
        return None
    kinds = {meaning.kind, column.kind if column else None}
    role = Role.TARGET if ColumnKind.TARGET in kinds else Role.ACTUAL
    area, certain = _area(placed, meaning, scene)
    period = fit_period(_period(column, meaning, area, state, scene), indicator)
    evidence = span
    if meaning.cells:
        first = _span(state.spotted, meaning.cells[0])
        if first is not None and first.start <= span.start and span.end - first.start < 600:
            evidence = Span(span.page, first.start, span.end)
    flags = list(figure.flags)
    if not certain:
        flags.append("columns_unclear")
    second = placed.cell.cell.line_column
    if second is not None and column is not None and second != placed.cell.cell.column:
        flags.append("columns_disagree")
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
        evidence=[evidence],
        figure_span=span,
        method=Method.TABLE,
        block=state.spotted.index,
        status=figure.status,
        numerator=figure.numerator,
        denominator=figure.denominator,
        rag=placed.cell.cell.rag if role is Role.ACTUAL else None,
        features=[*choice.features, _time_feature(period)],
        flags=flags,
    )


def area_is_own(area: Area | None) -> bool:
    """True for the reporting authority."""
    return area is not None and area.is_reporting_authority


def _time_feature(period: Period | None) -> Feature:
    if period is None:
        return Feature("period_unknown", 1.0, "no time is stated")
    if period.basis is Basis.STATED:
        return Feature("period_stated", 1.0, f"a head states the time: {period.text or period.code}")
    return Feature("period_inferred", 1.0, f"the time follows from the heading or the report: {period.code}")


def _area(placed: Placed, meaning: RowMeaning, scene: Scene) -> tuple[Area | None, bool]:
    """The place of a cell, and whether it is certain."""
    mention = (placed.column.area if placed.column else None) or meaning.area
    if mention is None:
        return scene.own_area(), True
    if not placed.certain:
        return None, False
    return scene.area_of(mention), True


def _period(
    column: Column | None, meaning: RowMeaning, area: Area | None, state: TableState, scene: Scene
) -> Period | None:
    """The time of a cell: its column's and row's, a date column's, the table's, the heading's, the report's."""
    head = column.period if column else None
    if head is not None and meaning.period is not None:
        joined = _joined(head, meaning.period, scene)
        if joined is not None:
            return joined
    placed = column is not None and column.area is not None
    order = (
        (meaning.period, meaning.dated, head, state.period)
        if placed
        else (head, meaning.period, meaning.dated, state.period)
    )
    for mention in order:
        period = scene.resolve(mention) if mention else None
        if period is not None and mention is not None:
            return period.with_basis(period.basis, mention.text)
    if column is not None and column.kind is ColumnKind.PREVIOUS:
        return None
    above = scene.period_above()
    report = scene.facts.period.value
    if above is not None or report is None or not area_is_own(area):
        return above
    return report.with_basis(Basis.INFERRED)


def table_period(columns: list[Column]) -> PeriodMention | None:
    """The time of a whole table: what its corner says, else the one time that its dated heads agree on."""
    if columns and columns[0].period is not None:
        return columns[0].period
    dated = [column.period for column in columns if column.period is not None and column.area is not None]
    texts = {period.text for period in dated}
    return dated[0] if len(texts) == 1 and len(dated) > 1 else None


def _joined(column: PeriodMention, row: PeriodMention, scene: Scene) -> Period | None:
    """A quarter or month in one head and its year in the other."""
    for text in (f"{column.text} {row.text}", f"{row.text} {column.text}"):
        found = find_periods(text)
        if len(found) == 1:
            period = scene.resolve(found[0])
            if period is not None:
                return period.with_basis(Basis.STATED, text)
    return None


def _span(spotted: SpottedBlock, cell: GridCell, figure: FigureMention | None = None) -> Span | None:
    """A cell, or a figure in it, as a span of the document's text."""
    start, end = (figure.start, figure.end) if figure else (0, len(cell.text))
    try:
        return Span(spotted.block.page, *cell.cell.passage.source_span(start, end))
    except ValueError:
        return None


def _unlinked(cell: GridCell, figure: FigureMention, state: TableState, reason: str) -> None:
    span = _span(state.spotted, cell, figure)
    if span is not None and figure.form is not FigureForm.MARK:
        state.unlinked.append((span, figure.text, reason))


def _attributes(row: list[GridCell], found: list[Candidate], state: TableState, scene: Scene) -> None:
    """Ranks, quartiles, colours, arrows and counts of a row belong to the authority's newest actual in it."""
    own = [c for c in found if c.role is Role.ACTUAL and area_is_own(c.area)]
    if not own:
        return
    newest = max(own, key=lambda c: c.period.end.toordinal() if c.period else 0)
    ranks: list[tuple[int, GridCell]] = []
    for one in align_row(row, state.columns, state.own_index):
        kind = one.column.kind if one.column else None
        if kind is ColumnKind.RANK and one.cell.is_number and one.cell.figures[0].value is not None and one.column:
            ranks.append((_rank_time(one.column, scene), one.cell))
        elif kind is ColumnKind.QUARTILE:
            newest.quartile = _quartile(one.cell)
        elif kind in {ColumnKind.RAG, ColumnKind.DIRECTION} and one.cell.text.strip():
            _mark(one.cell.text, newest)
            if one.cell.cell.rag and newest.rag is None:
                newest.rag = one.cell.cell.rag
        elif kind is ColumnKind.NUMERATOR and one.cell.is_number and newest.unit is Unit.PERCENT:
            newest.numerator = one.cell.figures[0].value
        elif kind is ColumnKind.DENOMINATOR and one.cell.is_number and newest.unit is Unit.PERCENT:
            newest.denominator = one.cell.figures[0].value
    if ranks:
        _rank(max(ranks, key=lambda pair: pair[0])[1], newest)


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
    value = cell.figures[0].value if cell.is_number else None
    return int(value) if value in {1.0, 2.0, 3.0, 4.0} else None


def _mark(text: str, candidate: Candidate) -> None:
    """A status or direction cell: the first word or glyph that has a meaning, current before forecast."""
    marks = table_words().marks
    for word in [text.strip().lower(), *text.lower().split()]:
        meaning = marks.get(word)
        if isinstance(meaning, Direction):
            candidate.direction = candidate.direction or meaning
        elif isinstance(meaning, Rag):
            candidate.rag = candidate.rag or meaning
            return
