"""The time of a cell: its heads, a date column, the table, the heading above, the report."""

from __future__ import annotations

from townclerk.extract.linking.earlier import earlier_time
from townclerk.extract.linking.scene import Scene
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.rows import RowMeaning
from townclerk.extract.linking.tables.state import TableState, area_is_own
from townclerk.extract.spotting.periods import find_periods, is_complete
from townclerk.extract.spotting.periods.sums import shift_year
from townclerk.models.area import Area
from townclerk.models.mentions import PeriodMention
from townclerk.models.period import Period, PeriodKind, financial_year, financial_year_of, rolling_year, year_to_date
from townclerk.models.units import Basis
from townclerk.patterns.table_words import ColumnKind, table_words

# Comparators are published by the year.
_SHORT = frozenset({PeriodKind.MONTH, PeriodKind.QUARTER})
# A year, or the part of it so far, that goes on until it closes.
_GROWING = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.YEAR_TO_DATE})
_FEWEST_SHORT = 2
# Times that have one of their own length right before them.
_STEPPED = frozenset(
    {
        PeriodKind.MONTH,
        PeriodKind.QUARTER,
        PeriodKind.FINANCIAL_YEAR,
        PeriodKind.ACADEMIC_YEAR,
        PeriodKind.CALENDAR_YEAR,
    }
)


def cell_period(
    column: Column | None, meaning: RowMeaning, area: Area | None, state: TableState, scene: Scene
) -> Period | None:
    """The time of a cell, as year to date where its label or heading says the values add up, or as its year's target.

    "Annual", "year-end" targets are of the report's financial year (convention C3); a quarter or month of a
    cumulative row reaches from April to its end.
    """
    words = table_words()
    head = column.head if column else ""
    report = scene.facts.period.value
    if column is not None and column.kind is ColumnKind.TARGET and words.says("annual", head):
        if column.period is None and report is not None and not find_periods(head):
            return financial_year(financial_year_of(report.end)).with_basis(Basis.INFERRED, head)
        return _time_of(column, meaning, area, state, scene)
    if column is not None and area_is_own(area) and meaning.dated is None:
        closed = _year_closed_before(column, state, scene)
        if closed is not None:
            return closed
    period = _run_to(_time_of(column, meaning, area, state, scene), meaning)
    if area_is_own(area) and ColumnKind.TARGET not in {column.kind if column else None, meaning.kind}:
        period = _so_far(period, column, state, scene)
    around = (head, meaning.label, state.carried.label if state.carried else "", state.group, *_headings(scene))
    if period is None or period.kind not in {PeriodKind.QUARTER, PeriodKind.MONTH}:
        return period
    if (column is not None and column.kind is ColumnKind.TARGET) or not any(
        words.says("cumulative", w) for w in around
    ):
        return period
    return year_to_date(period.end.year, period.end.month).with_basis(period.basis, period.text)


def _year_closed_before(column: Column, state: TableState, scene: Scene) -> Period | None:
    """For an undated "Outturn" before the months or quarters of a year that has not closed: the year before that."""
    if column.period is not None or column.kind is ColumnKind.TARGET or not table_words().says("outturn", column.head):
        return None
    later = [one.period for one in state.columns[column.index + 1 :] if one.period is not None and one.area is None]
    told = [scene.resolve(mention) for mention in later]
    short = [one for one in told if one is not None and one.kind in _SHORT]
    years = {financial_year_of(one.end) for one in short}
    if len(short) < _FEWEST_SHORT or len(short) < len(told) or len(years) != 1:
        return None
    return financial_year(min(years) - 1).with_basis(Basis.INFERRED, column.head)


def _so_far(period: Period | None, column: Column | None, state: TableState, scene: Scene) -> Period | None:
    """A value under a financial year that has not closed yet: the year up to the newest month or quarter.

    That is the newest of the columns beside it, else the report's own.
    """
    head, said = (column.head, column.period) if column is not None else ("", None)
    if period is None or period.kind not in _GROWING or table_words().says("outturn", head):
        return period
    closed = said is not None and said.expression.month is not None
    if period.kind is PeriodKind.YEAR_TO_DATE and (period.basis is Basis.STATED or closed):
        return period
    report = scene.facts.period.value
    if period.kind is PeriodKind.FINANCIAL_YEAR and report is not None and report.end >= period.end:
        # A report on the whole year may print its last quarters, too.
        return period
    told = [scene.resolve(mention) for mention in _reached(state)]
    short = [one for one in (*told, report) if one is not None and one.kind in _SHORT]
    newest = max(short, key=lambda one: one.end, default=None)
    # A bare "YTD" reaches to the newest month beside it, whatever month the report is taken to be of.
    open_end = period.kind is PeriodKind.YEAR_TO_DATE and newest is not None and newest.end > period.end
    if newest is None or newest.start < period.start or (newest.end >= period.end and not open_end):
        return period
    return year_to_date(newest.end.year, newest.end.month).with_basis(Basis.INFERRED, period.text)


def _reached(state: TableState) -> list[PeriodMention]:
    """The times over the authority's own values; months to come, printed with nothing below, are not reached."""
    if state.reached is None:
        filled = {cell.cell.column for row in state.grid.body() for cell in row if cell.is_value}
        own = [column for column in state.columns if column.area is None and column.index in filled]
        # What is aimed at lies ahead.
        own = [column for column in own if column.kind is not ColumnKind.TARGET]
        state.reached = [column.period for column in own if column.period is not None]
    return state.reached


def _newest_beside(column: Column | None, state: TableState, scene: Scene) -> Period | None:
    """For a target without a time: that of the newest result beside it, where the report has none or an earlier one."""
    if column is None or column.kind is not ColumnKind.TARGET:
        return None
    report = scene.facts.period.value
    told = [scene.resolve(mention) for mention in _reached(state)]
    newest = max((one for one in told if one is not None), key=lambda one: (one.end, one.start), default=None)
    older = report is None or (newest is not None and report.end < newest.end)
    return newest.with_basis(Basis.INFERRED) if newest is not None and older else None


def _run_to(period: Period | None, meaning: RowMeaning) -> Period | None:
    """For a month or quarter in a row whose data are said to run over twelve months: the year that ends with it."""
    said = meaning.dated
    if period is None or said is None or said.expression.form != "rolling" or period.kind not in _SHORT:
        return period
    return rolling_year(period.end.year, period.end.month).with_basis(period.basis, period.text)


def year_before(period: Period | None, scene: Scene) -> Period | None:
    """For "This time last year" over what adds up: the report's own stretch, a year before; None for other times."""
    report = scene.facts.period.value
    if period is None or report is None or period.kind is not PeriodKind.DATE:
        return None
    forms = {found.expression.form for found in find_periods(period.text or "")}
    same = forms == {"same_point_last_year"} and report.kind is not PeriodKind.DATE
    return shift_year(report, -1).with_basis(period.basis, period.text) if same else None


def _headings(scene: Scene) -> list[str]:
    """The caption and the heading right above."""
    texts = [scene.caption.text] if scene.caption is not None else []
    return [*texts, *(held.text for held in scene.headings[-1:])]


def _time_of(
    column: Column | None, meaning: RowMeaning, area: Area | None, state: TableState, scene: Scene
) -> Period | None:
    """The time of a cell: its column's and row's, a date column's, the table's, the heading's, the report's."""
    head = column.period if column else None
    # A quarter over the values, a year in the label or in the column of years.
    beside = meaning.period or (meaning.dated if head is not None and head.expression.year is None else None)
    if head is not None and beside is not None:
        joined = _joined(head, beside, scene)
        if joined is not None:
            return joined
    placed = column is not None and column.area is not None
    # The one year of the comparators beside it is not the year of a column that says "Latest".
    shared = state.period if placed or state.corner_dated or not _says_now(column) else None
    if head is None and meaning.period is None and _says_before(column, meaning):
        return _time_before(column, meaning, area, state, scene)
    # The year over a place outweighs what a row says of the report's own time ("in month", "rolling 12 months").
    whole = head is not None and is_complete(head.expression)
    said, dated = meaning.period, meaning.dated
    own = None if said is not None and whole and not is_complete(said.expression) else said
    dated = None if dated is not None and whole and dated.expression.year is None else dated
    order = (own, dated, head, shared) if placed else (head, meaning.period, meaning.dated, shared)
    years = {one.expression.form for one in order if one is not None}
    for mention in order:
        period = scene.resolve(mention) if mention else None
        if period is not None and mention is not None:
            # Among financial years a lone year is, as in the government's tables, the one that closes in it.
            if mention.expression.form == "year" and "financial_year" in years:
                period = financial_year(period.end.year - 1).with_basis(Basis.INFERRED)
            return period.with_basis(period.basis, mention.text)
    if _says_before(column, meaning):
        return None
    captioned = _of_caption(scene) or _of_title(area, scene)
    if captioned is not None:
        return captioned
    above = scene.period_above()
    report = scene.facts.period.value
    if not area_is_own(area):
        # Other places' values are seldom of the report's own time (convention C2).
        is_own = above is not None and report is not None and above.code == report.code and above.kind in _SHORT
        return None if is_own else above
    newest = _newest_beside(column, state, scene) if above is None else None
    if newest is not None:
        return newest
    if above is not None or report is None:
        return above
    return report.with_basis(Basis.INFERRED)


def _says_before(column: Column | None, meaning: RowMeaning) -> bool:
    return ColumnKind.PREVIOUS in {meaning.kind, column.kind if column is not None else None}


def _time_before(
    column: Column | None, meaning: RowMeaning, area: Area | None, state: TableState, scene: Scene
) -> Period | None:
    """The time of an earlier value that is told only as that: one step before the newest time of its row."""
    words = meaning.label if meaning.kind is ColumnKind.PREVIOUS else column.head if column is not None else ""
    if not area_is_own(area) or table_words().says("baseline", words):
        return None
    if table_words().says("outturn", words):
        words = "Last year"
    undated = any(c.period is None and c.kind in {None, ColumnKind.ACTUAL} for c in state.columns[1:])
    own = [c for c in state.columns if c.holds_values and c.area is None and c.kind is not ColumnKind.TARGET]
    named = [c.period for c in own if c.period] if not undated else []
    told = [scene.resolve(mention) for mention in ([meaning.dated] if meaning.dated else named)]
    stepped = [period for period in told if period is not None and period.kind in _STEPPED]
    newest = max(stepped, key=lambda period: (period.end, -(period.end - period.start).days), default=None)
    now = newest or _of_caption(scene) or scene.period_above() or scene.facts.period.value
    return earlier_time(words, now, scene) if now is not None and now.kind in _STEPPED else None


def _says_now(column: Column | None) -> bool:
    return column is not None and column.kind in {ColumnKind.ACTUAL, ColumnKind.TARGET, ColumnKind.PREVIOUS}


def _of_caption(scene: Scene) -> Period | None:
    """The one time that the table's caption names."""
    found = scene.caption.mentions.periods if scene.caption is not None else []
    period = scene.resolve(found[0]) if len(found) == 1 else None
    return period.with_basis(Basis.INFERRED, found[0].text) if period is not None else None


def _of_title(area: Area | None, scene: Scene) -> Period | None:
    """The time of the line above the table; other places' values are published by the year."""
    period = scene.title_time
    if period is None or (period.kind in _SHORT and not area_is_own(area)):
        return None
    return period.with_basis(Basis.INFERRED)


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
