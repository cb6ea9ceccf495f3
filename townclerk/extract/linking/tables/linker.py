"""Linking in tables: a value cell takes measure, time, place and role from its row, its column and the text above."""

from __future__ import annotations

import re

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.scene import Scene, SpottedBlock
from townclerk.extract.linking.tables.alignment import Placed, align_row, tell_short_row, verified_own_index
from townclerk.extract.linking.tables.attributes import give_attributes
from townclerk.extract.linking.tables.bare_shares import share_meant
from townclerk.extract.linking.tables.boxed import current_label, date_targets, names_it, tells_of_measure
from townclerk.extract.linking.tables.cards import lay_out_cards
from townclerk.extract.linking.tables.cells import link_cell, note_unlinked
from townclerk.extract.linking.tables.columns import Column, columns_of
from townclerk.extract.linking.tables.comments import give_parts
from townclerk.extract.linking.tables.counts import COUNTS, show_values, take_counts
from townclerk.extract.linking.tables.elsewhere import tell_rates_elsewhere
from townclerk.extract.linking.tables.gaps import is_about_another, note_gap
from townclerk.extract.linking.tables.grid import GridCell, parts_of, read_grid
from townclerk.extract.linking.tables.parts import is_total, own_figures, part_rows, set_parts_aside, whole_named
from townclerk.extract.linking.tables.places import name_columns, named_rows, names_measure
from townclerk.extract.linking.tables.remarks import is_comment, told_in_comment, told_of_places
from townclerk.extract.linking.tables.rows import RowMeaning, is_most_of, row_meaning
from townclerk.extract.linking.tables.selfheaded import self_headed, take_dated
from townclerk.extract.linking.tables.series import series_of
from townclerk.extract.linking.tables.settling import set_codes_aside, settle_unknown
from townclerk.extract.linking.tables.state import TableState, span_of
from townclerk.extract.linking.tables.times import table_period
from townclerk.extract.linking.tables.torn import may_be_torn, rejoined
from townclerk.extract.linking.tables.variances import hold_variance
from townclerk.extract.spotting.figures import repair_column
from townclerk.models.candidate import Candidate
from townclerk.models.document import Table
from townclerk.models.mentions import AreaMention
from townclerk.models.units import Unit
from townclerk.patterns.table_words import UNIT_KINDS, ColumnKind, table_words

# What the head over the labels may be where it names a measure: "Rate per 10,000" has the words of a unit.
_ITEM = re.compile(r"\d{1,2}[.)]?")
_NAMING = UNIT_KINDS | {None, ColumnKind.LABEL}
# Columns whose cells may list the values of other places.
_LISTING = frozenset({None, ColumnKind.COMMENT, ColumnKind.ACTUAL})


def link_table(spotted: SpottedBlock, scene: Scene, knowledge: Knowledge) -> TableState:
    """Link the value cells of a table.

    Args:
        spotted: The table's block.
        scene: Headings and facts in force.
        knowledge: Catalogue and spotters.

    Returns:
        The candidates, and the cells that found no measure.
    """
    if spotted.block.table is None:
        raise ValueError("the block holds no table")
    parts = [part for table in lay_out_cards(spotted.block.table, knowledge) for part in parts_of(table, knowledge)]
    states = [_link_part(part, cells, spotted, scene, knowledge) for part, cells in parts]
    for state in states[1:]:
        states[0].linked.extend(state.linked)
        states[0].unlinked.extend(state.unlinked)
    return states[0]


def _link_part(
    table: Table, cells: list[list[GridCell]], spotted: SpottedBlock, scene: Scene, knowledge: Knowledge
) -> TableState:
    """Link the value cells of a table, or of the part of one under heads of its own."""
    grid = read_grid(table, cells, knowledge)
    columns = columns_of(grid, knowledge)
    set_codes_aside(columns, grid)
    name_columns(columns, grid, scene, knowledge)
    set_parts_aside(columns, scene, knowledge)
    settle_unknown(columns, grid)
    own = next((c for c in columns if c.is_authority and c.area and scene.area_of(c.area).is_reporting_authority), None)
    state = TableState(spotted, grid, columns, verified_own_index(grid, columns, own), table_period(columns))
    state.places = named_rows(grid, scene, knowledge)
    state.carried = _corner(columns, knowledge)
    state.place = _corner_place(columns)
    if grid.is_box:
        state.current = current_label(grid, scene, knowledge)
    parts = part_rows(grid, scene, knowledge)
    for row in grid.body():
        if parts and row and row[0].text.strip() in parts:
            continue
        _link_row(row, state, scene, knowledge)
    if grid.is_box:
        date_targets(state)
    if is_about_another(state, scene):
        _give_up(state, "its gaps contradict the measure above")
    if state.linked and _is_of_changes(state, scene):
        _give_up(state, "the chart's title speaks of changes, not levels")
    return state


def _give_up(state: TableState, reason: str) -> None:
    lost, state.linked = state.linked, []
    state.unlinked.extend((c.figure_span, c.value_text, reason) for c in lost)


def _is_of_changes(state: TableState, scene: Scene) -> bool:
    """True for values without labels under a title of changes or gaps: "Plans: change on previous year"."""
    if any(row and row[0].cell.column == 0 and not row[0].is_value for row in state.grid.body()):
        return False
    title = scene.caption.text if scene.caption is not None else scene.headings[-1].text if scene.headings else ""
    kinds = table_words().column_kinds(title)
    return bool(kinds) and kinds[0][0] is ColumnKind.IGNORED


def _corner(columns: list[Column], knowledge: Knowledge) -> RowMeaning | None:
    """The measure that the head over the labels names, for rows that are places or times; None where it names none."""
    head = columns[0].head if columns else ""
    named_here = head and columns[0].kind in _NAMING
    matches = knowledge.spotter.read_label([head]) if named_here else []
    named = bool(matches) and not matches[0].needs_context
    return RowMeaning(label=head) if named else None


def _corner_place(columns: list[Column]) -> AreaMention | None:
    """The place that heads the labels beside times: "National | 2016/17 | 2017/18" over rows of measures."""
    head = columns[0].head if columns else ""
    place = columns[0].area if head and any(column.period is not None for column in columns[1:]) else None
    whole = place is not None and is_most_of(place, head) and not table_words().column_kinds(head)
    return place if whole else None


def _link_row(row: list[GridCell], state: TableState, scene: Scene, knowledge: Knowledge) -> None:
    filled = [cell for cell in row if cell.text.strip()]
    if len(filled) == 1 and (
        series := series_of(scene.row_above, filled[0].cell.passage, state.spotted.index, scene, knowledge)
    ):
        state.linked.extend(series)
        _comment_row(filled, state, scene)
        return
    headed: list[Placed] = []
    dated = None
    if not state.has_heads:
        headed = [one for cell in row[1:] if (one := self_headed(cell, knowledge))]
        taken = {one.cell.cell.column for one in headed}
        row, dated = take_dated([cell for cell in row if cell.cell.column not in taken])
    group, meaning = row_meaning(row, state.columns, knowledge)
    if meaning.area is None and meaning.period is None and meaning.kind is None:
        meaning.area = state.places.get(meaning.label)
    meaning.dated = meaning.dated or dated
    if state.grid.is_box and tells_of_measure(row, state, scene):
        return
    if group and group != state.group:
        state.group = group
        _carry_group(meaning, state, knowledge)
    state.all_values = all(cell.is_value for cell in row if cell.text.strip())
    labels = {cell.cell.column for cell in meaning.cells}
    cells = align_row(row, state.columns, state.own_index)
    placed = [p for p in cells if p.cell.is_value and p.cell.cell.column not in labels and not _numbers(p, labels, row)]
    placed += [one for one in headed if one.cell.figures]
    _repair(placed)
    if not placed:
        # Cells that brought their own head, or a time, are left out by now.
        _take_words([cell for cell in row if cell.text.strip()], meaning, state, scene, knowledge)
    elif meaning.kind in COUNTS:
        take_counts(placed, meaning.kind, state)
        for one in placed:
            note_unlinked(one.cell, one.cell.figures[0], state, "a count behind the values of another row")
    elif _settle_label(placed, meaning, state, scene, knowledge):
        found = _link_values(placed, meaning, state, scene, knowledge)
        found.extend(_listed(cells, placed, found, meaning, state, scene, knowledge))
        tell_rates_elsewhere(found, knowledge.catalogue)
        tell_short_row(row, state.columns, found)
        give_attributes([*cells, *headed], found, scene)
        _take_comment(meaning, found, state)
        if meaning.comment is not None:
            state.linked.extend(told_in_comment(meaning.comment, found, meaning, state, scene, knowledge))
        note_gap(placed, found, state)
        hold_variance(placed, meaning, found, state, scene)
        show_values(placed, found, state)
        state.linked.extend(found)
        scene.row_above = found


def _numbers(one: Placed, labels: set[int], row: list[GridCell]) -> bool:
    """True for the number of a row, left of its label: "2." or, without a head and with cells behind the label, "2"."""
    at, text = one.cell.cell.column, one.cell.text.strip()
    if not labels or at >= min(labels) or _ITEM.fullmatch(text) is None:
        return False
    bare = one.column is None or not one.column.head
    return not text.isdigit() or (bare and any(cell.cell.column > max(labels) and cell.text.strip() for cell in row))


def _carry_group(meaning: RowMeaning, state: TableState, knowledge: Knowledge) -> None:
    """Let a group's name stand for the label of its rows that name only a unit: "Children in care | Number | 391"."""
    if meaning.kind not in UNIT_KINDS:
        return
    named = bool(knowledge.spotter.read_label([state.group]))
    state.carried, state.rated = RowMeaning(label=state.group) if named else None, ""


def _take_words(
    filled: list[GridCell], meaning: RowMeaning, state: TableState, scene: Scene, knowledge: Knowledge
) -> None:
    """A row of words: a comment on the measure above it, or the name of the rows below."""
    if not is_comment(filled):
        _take_group(filled, meaning, state, knowledge)
    elif state.carried is not None:
        state.linked.extend(told_in_comment(filled[0], scene.row_above, state.carried, state, scene, knowledge))
    _comment_row(filled, state, scene)


def _take_group(filled: list[GridCell], meaning: RowMeaning, state: TableState, knowledge: Knowledge) -> None:
    """A row of words names the measure of the rows below it; "Definition | Referrals that ..." only tells of it."""
    bare = meaning.period is not None or meaning.area is not None
    if meaning.label and not bare and (len(filled) == 1 or names_it(filled[0].text)):
        state.group = meaning.label
        if knowledge.spotter.read_label([meaning.label], meaning.unit):
            # Rows of times below are of this measure, not of the one above it.
            state.carried = None


def _settle_label(
    placed: list[Placed], meaning: RowMeaning, state: TableState, scene: Scene, knowledge: Knowledge
) -> bool:
    """Settle what the label of a row with values stands for; False where nobody can tell whose values they are."""
    if is_total(meaning.label, scene):
        meaning.label, meaning.kind = whole_named(scene), None
    if not state.grid.is_box or not _is_unknown(meaning, knowledge):
        return True
    if meaning.label == state.current:
        meaning.kind = ColumnKind.ACTUAL
        return True
    for one in placed:
        note_unlinked(one.cell, one.cell.figures[0], state, "its label says neither when nor whose it is")
    return False


def _goes_on(meaning: RowMeaning, state: TableState) -> bool:
    """True for a row that has a time in its column of times and no label: it is of the dated row above."""
    above = state.carried
    return not meaning.label and meaning.dated is not None and above is not None and above.dated is not None


def _link_values(
    placed: list[Placed], meaning: RowMeaning, state: TableState, scene: Scene, knowledge: Knowledge
) -> list[Candidate]:
    bare = meaning.period is not None or meaning.area is not None or meaning.kind is not None
    bare = bare or _goes_on(meaning, state)
    label = _carried_label(meaning, state) if bare and state.carried is not None else meaning.label
    if not bare and meaning.label:
        state.carried = meaning
        state.rated = ""
        state.counts.clear()
        state.shown.clear()
    label = label if not bare or state.carried else ""
    linked = [(one, link_cell(one, label, meaning, state, scene, knowledge)) for one in placed]
    beside = [c for _, candidates in linked for c in candidates]
    above = [c for _, c in state.shown]
    for at, (one, candidates) in enumerate(linked):
        share = share_meant(one, meaning, beside, above)
        if share is not None and all(c.unit is not Unit.PERCENT for c in candidates):
            one.cell.figures[0] = share
            linked[at] = one, link_cell(one, label, meaning, state, scene, knowledge)
    told = [(one.column, c) for one, candidates in linked for c in candidates]
    found = [candidate for _, candidate in own_figures(told)]
    kept = {id(candidate) for candidate in found}
    parts = [candidate for _, candidate in told if id(candidate) not in kept]
    state.unlinked.extend((c.figure_span, c.value_text, "one of several values of parts") for c in parts)
    return found


def _carried_label(meaning: RowMeaning, state: TableState) -> str:
    """The label that a row of a time, place or role is read by: places below a rate have rates."""
    label = state.carried.label if state.carried is not None else ""
    if meaning.kind is ColumnKind.RATE:
        state.rated = f"{label} {meaning.label}"
    elif meaning.area is not None and state.rated:
        return state.rated
    else:
        state.rated = ""
    return label


def _listed(
    cells: list[Placed],
    placed: list[Placed],
    found: list[Candidate],
    meaning: RowMeaning,
    state: TableState,
    scene: Scene,
    knowledge: Knowledge,
) -> list[Candidate]:
    """The values of other places that cells of words list, under no head of a value."""
    if meaning.period is not None or meaning.area is not None or meaning.kind is not None:
        return []
    values = {id(one) for one in placed}
    words = [one for one in cells if (one.column is None or one.column.kind in _LISTING) and id(one) not in values]
    return [c for one in words for c in told_of_places(one, found, meaning, state, scene, knowledge)]


def _take_comment(meaning: RowMeaning, found: list[Candidate], state: TableState) -> None:
    """The comment of a row explains the authority's own values, and may tell the counts behind them."""
    if meaning.comment is None or not found:
        return
    span = span_of(state.spotted, meaning.comment)
    give_parts(found, meaning.comment.text)
    if span is not None and len(meaning.comment.text.split()) >= 5:
        for candidate in found:
            if candidate.is_own_actual:
                candidate.commentary.append(span)


def _is_unknown(meaning: RowMeaning, knowledge: Knowledge) -> bool:
    """True for a label that is no time, place or role and names no measure."""
    told = meaning.period or meaning.area or meaning.kind
    return bool(meaning.label) and told is None and not names_measure(meaning.label, knowledge)


def _repair(placed: list[Placed]) -> None:
    """Repair odd figures of a row by its other figures: all are values of one measure."""
    torn = [one for one in placed if may_be_torn(one.cell.text)]
    if torn:
        whole = [one.cell.figures[0].value for one in placed if len(one.cell.figures) == 1]
        others = [value for value in whole if value is not None]
        for one in torn:
            one.cell.figures = rejoined(one.cell.text, one.cell.figures, others) or one.cell.figures
    own = [one for one in placed if len(one.cell.figures) == 1 and (one.column is None or one.column.holds_values)]
    for one, figure in zip(own, repair_column([one.cell.figures[0] for one in own]), strict=True):
        one.cell.figures[0] = figure


def _comment_row(filled: list[GridCell], state: TableState, scene: Scene) -> None:
    """A row of plain words under a measure explains it."""
    if len(filled) != 1 or len(filled[0].text.split()) < 8 or not state.linked:
        return
    span = span_of(state.spotted, filled[0])
    newest = state.linked[-1]
    give_parts(scene.row_above, filled[0].text)
    for candidate in state.linked:
        same = candidate.indicator_id == newest.indicator_id
        if span is not None and same and candidate.is_own_actual:
            candidate.commentary.append(span)
