"""What each column of a table means: a time, a place, a role, an attribute, a unit, an indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.tables.ages import age_columns
from townclerk.extract.linking.tables.damaged import mended
from townclerk.extract.linking.tables.grid import Grid
from townclerk.extract.spotting.periods import find_periods
from townclerk.extract.spotting.periods.spot import find_whole
from townclerk.models.area import AreaKind
from townclerk.models.mentions import AreaMention, PeriodExpression, PeriodMention
from townclerk.models.units import Rag, Unit
from townclerk.patterns.table_words import ColumnKind, table_words

ATTRIBUTES = frozenset(
    {
        ColumnKind.RANK,
        ColumnKind.QUARTILE,
        ColumnKind.RAG,
        ColumnKind.DIRECTION,
        ColumnKind.POLARITY,
        ColumnKind.NUMERATOR,
        ColumnKind.DENOMINATOR,
    }
)
ASIDE = frozenset(
    {
        ColumnKind.IGNORED,
        ColumnKind.REF,
        ColumnKind.LABEL,
        ColumnKind.FREQUENCY,
        ColumnKind.OWNER,
        ColumnKind.COMMENT,
        ColumnKind.UNIT,
        ColumnKind.DATE,
    }
)


_RANK = re.compile(r"\brank", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_BROKEN = re.compile(r"\b([^\W\d_]{3,}) ([^\W\d_]{1,3})\b")
_LETTERS = re.compile(r"[^\W_]+")
_SHORTEST, _LONGER = 6, 9
_FEWEST_WORDS = 2
_QUARTER, _LAST_QUARTER = 3, 4
# The first and the last of a run of quarters, and what stands between them.
_RUN, _TO = 2, frozenset({"-", "–", "—", "to"})
# The end of a month or quarter that is not named.
_UNNAMED_ENDS = frozenset({"month_end", "quarter_end", "period_end"})
# What "Cumulative" or "12 months" over values is, though it is no time in a sentence.
SPELLS = frozenset({"year_to_date", "rolling"})


@dataclass(slots=True)
class Column:
    """A column's meaning.

    Attributes:
        index: Its place.
        head: All its head texts, top first, joined.
        kind: What its cells are, where words tell.
        period: The time in its head.
        area: The place in its head.
        unit: The unit in its head.
        place_unknown: Its values are some place's, but the head does not say which in words that are understood.
    """

    index: int
    head: str
    kind: ColumnKind | None
    period: PeriodMention | None
    area: AreaMention | None
    unit: Unit | None
    place_unknown: bool = False

    @property
    def is_authority(self) -> bool:
        """True for a column that holds one authority's values."""
        return self.area is not None and self.area.kind is AreaKind.AUTHORITY and self.kind is not ColumnKind.RANK

    @property
    def holds_values(self) -> bool:
        """True for a column whose cells can be observations."""
        return self.kind not in ATTRIBUTES and self.kind not in ASIDE


def columns_of(grid: Grid, knowledge: Knowledge) -> list[Column]:
    """The meaning of every column of a grid, from its heads."""
    columns = settle_numbers([read_column(index, parts, knowledge) for index, parts in enumerate(grid.heads)])
    _settle_targets_beside(columns, grid)
    _settle_labels(columns, grid)
    _settle_ranks(columns, grid)
    _settle_directions(columns, grid)
    _settle_years_ahead(columns)
    _settle_ways(columns, grid)
    return columns


def _settle_targets_beside(columns: list[Column], grid: Grid) -> None:
    """Take years under "Target and tolerances" for years of results where the targets' own heads stand beside it.

    A conversion that lost how far an upper head reaches printed those behind it too far left.
    """
    below = [parts[-1] if parts else "" for parts in grid.heads]
    above = [" ".join(parts[:-1]) for parts in grid.heads]
    heads_targets = table_words().heads_targets
    told = [column for column in columns if heads_targets(below[column.index]) and above[column.index]]
    told = [column for column in told if not heads_targets(above[column.index])]
    for column in columns if told else ():
        time = find_periods(below[column.index])
        dated = len(time) == 1 and time[0].text == below[column.index].strip()
        if column.kind is ColumnKind.TARGET and dated and heads_targets(above[column.index]):
            column.kind, column.period = None, time[0]
            for target in told:
                # What stands over them is another's head.
                target.period = next(iter(find_periods(below[target.index])), None)


def _settle_ways(columns: list[Column], grid: Grid) -> None:
    """Take a column of "High" and "Low", or their letters, for that of which way is better: "Aim" heads no target."""
    ways = table_words().ways
    for column in columns[1:]:
        if not column.holds_values or column.period is not None or column.area is not None:
            continue
        cells = [cell.text.strip().lower() for cell in grid.below(column.index)]
        told = [text for text in cells if text]
        if (
            len(told) >= _FEWEST_WORDS
            and len({*told} - {"-"}) > 1
            and all(text in ways or text == "-" for text in told)
        ):
            column.kind = ColumnKind.POLARITY


def _settle_years_ahead(columns: list[Column]) -> None:
    """Take bare years behind the year of the actual values for targets, where one of the years ahead is said to be.

    "Targets" printed over the middle one of three years to come is the head of all three.
    """
    dated = [(column, year) for column in columns if (year := _year(column)) is not None and column.area is None]
    reached = [year for column, year in dated if column.kind is ColumnKind.ACTUAL]
    if reached:
        # Months and quarters told of are over: "2009/10 Outturn | 2010/11 | Nov 2011/12".
        reached += [year for column in columns if (year := _year_told_of(column)) is not None]
    ahead = [(column, year) for column, year in dated if reached and year > max(reached)]
    if any(column.kind is ColumnKind.TARGET for column, _ in ahead):
        for column, _ in ahead:
            column.kind = column.kind or ColumnKind.TARGET


def _year(column: Column) -> int | None:
    """The financial year that a head names whole."""
    said = column.period.expression if column.period is not None else None
    return said.year if said is not None and said.form == "financial_year" else None


def _year_told_of(column: Column) -> int | None:
    """The year before that of a month or quarter in a head over actual values of the authority."""
    said = column.period.expression if column.period is not None and column.kind is not ColumnKind.TARGET else None
    short = said is not None and (said.month is not None or said.quarter is not None)
    return said.year - 1 if said is not None and short and said.year is not None else None


def _settle_ranks(columns: list[Column], grid: Grid) -> None:
    """Take "Position" over percentages for where the measures stand: no rank has a unit or a decimal."""
    for column in columns:
        if column.kind is not ColumnKind.RANK or _RANK.search(column.head):
            continue
        cells = [cell for cell in grid.below(column.index) if cell.is_number]
        if any(figure.unit is not None or figure.decimals for cell in cells for figure in cell.figures):
            column.kind = ColumnKind.ACTUAL


def _settle_directions(columns: list[Column], grid: Grid) -> None:
    """Tell values from arrows under heads of direction that name a time.

    "Yearly trend 2016/17" over numbers heads the values of that year; a column of numbers without a head, right of
    arrows "against Q4", holds what they are drawn against.
    """
    for column, before in zip(columns, [None, *columns[:-1]], strict=True):
        if column.kind is ColumnKind.DIRECTION and column.period is not None and _is_numeric(column.index, grid):
            column.kind = None
        held = before is not None and before.kind is ColumnKind.DIRECTION and before.period is not None
        if before is not None and held and not column.head and _is_numeric(column.index, grid):
            column.kind, column.period = ColumnKind.PREVIOUS, before.period


def _is_numeric(index: int, grid: Grid) -> bool:
    """True for a column whose cells are numbers."""
    cells = [cell for cell in grid.below(index) if cell.text.strip()]
    numbers = sum(cell.is_number for cell in cells)
    return numbers >= _FEWEST_WORDS and 2 * numbers > len(cells)


def _settle_labels(columns: list[Column], grid: Grid) -> None:
    """Take the first column of words for the labels where no head says which one holds them: "PI", "Service"."""
    wordy = [column for column in columns if _is_wordy(column.index, grid)]
    named = any(column.kind is ColumnKind.LABEL for column in columns)
    if wordy and not named and wordy[0].kind not in {None, ColumnKind.COMMENT}:
        unknown = [column for column in wordy if column.kind is None]
        (unknown or wordy)[0].kind = ColumnKind.LABEL


def _is_wordy(index: int, grid: Grid) -> bool:
    cells = [cell for cell in grid.below(index) if cell.text.strip()]
    words = sum(len(cell.text.split()) for cell in cells if not cell.is_value)
    return bool(cells) and words >= _FEWEST_WORDS * len(cells)


def settle_numbers(columns: list[Column]) -> list[Column]:
    """Columns with those headed "Number" or "No." told apart: of references before the labels, of counts behind them.

    Ages among them hold nothing of the authority.

    Args:
        columns: The columns of a table, changed in place.
    """
    for place, column in enumerate(columns[1:], 2):
        after = columns[place] if place < len(columns) else None
        labelled = after is not None and after.kind is ColumnKind.LABEL
        if column.kind is ColumnKind.REF and table_words().unit(column.head) is Unit.COUNT and not labelled:
            column.kind = ColumnKind.COUNT
    for place in age_columns([column.head for column in columns]):
        # The values of parts; "16-17" behind "11-15" is no year.
        columns[place].kind, columns[place].period = ColumnKind.IGNORED, None
    return columns


def read_column(index: int, parts: list[str], knowledge: Knowledge) -> Column:
    """The meaning of one column; words of its head that a recogniser damaged are put right where that tells more.

    Args:
        index: Its place.
        parts: The texts over it, top first.
        knowledge: For places in heads.
    """
    column = _column(index, parts, knowledge)
    if column.area is None and (right := [mended(part, knowledge.field_words) for part in parts]) != parts:
        again = _column(index, right, knowledge)
        if again.area or again.kind or again.period:
            return again
    return column


def _column(index: int, parts: list[str], knowledge: Knowledge) -> Column:
    """The meaning of one column by its words as they stand."""
    head = " ".join(parts)
    period = head_period(parts)
    if period is not None and period.expression.form in _UNNAMED_ENDS and knowledge.spotter.read_label([head]):
        # "CP plans at month end" over rows of months names a measure; the months are the rows'.
        return Column(index, head, None, None, None, table_words().unit(head))
    # A name may be wrapped: "East" over "Midlands".
    wrapped = (head,) if len(parts) > 1 else ()
    area = next((found for found in map(knowledge.areas.read_cell, (*reversed(parts), *wrapped)) if found), None)
    kind = _kind(head, period, area) if not _is_colour(parts) else ColumnKind.IGNORED
    if kind is None or (kind is ColumnKind.ACTUAL and not table_words().column_kinds(head)):
        mended = mend_head(head, knowledge.field_words) if area is None else head
        kind = _kind(mended, period, area) if mended != head else kind
    if kind is ColumnKind.DIRECTION and len(parts) > 1 and any(p.text == parts[-1] for p in find_periods(parts[-1])):
        # "Trend" over years: their values.
        kind = None
    return Column(index, head, kind, period, area, table_words().unit(head))


def _is_colour(parts: list[str]) -> bool:
    """True for a colour below another head: where the bands of "Target and tolerances" begin, no target."""
    return len(parts) > 1 and isinstance(table_words().marks.get(parts[-1].lower().strip()), Rag)


@lru_cache(maxsize=2048)
def mend_head(head: str, right: frozenset[str] = frozenset()) -> str:
    """A head with words that a recogniser damaged put right: each by the one word of heads that is nearly it.

    Args:
        head: The words as printed.
        right: Words that stand for themselves ("protection" is no damaged "projection").
    """
    return _LETTERS.sub(lambda word: _mended(word[0], right), _BROKEN.sub(_rejoined, head))


def _rejoined(broken: re.Match[str]) -> str:
    """A word that a narrow cell broke before its last letters ("Targe t"), where it is a word of heads whole."""
    whole = broken[1] + broken[2]
    return whole if whole.lower() in table_words().vocabulary else broken[0]


def _mended(word: str, right: frozenset[str]) -> str:
    known = table_words().vocabulary
    said = word.lower()
    if said in known or said in right or len(said) < _SHORTEST:
        return word
    reach = 1 if len(said) < _LONGER else 2
    near = [(Levenshtein.distance(said, other, score_cutoff=reach), other) for other in known]
    least = min(distance for distance, _ in near)
    best = [other for distance, other in near if distance == least]
    return best[0] if least <= reach and len(best) == 1 else word


def head_period(parts: list[str]) -> PeriodMention | None:
    """The time a column's stacked heads name together: year above, quarter below."""
    if len(parts) > 1:
        if (within := _month_within(parts) or _quarter_within(parts)) is not None:
            return within
        told = [found for found in map(find_periods, parts) if found]
        if len(told) == 1 and len(told[0]) == 1 and told[0][0].expression.year is not None:
            # Read alone: "Mar 21" before a name is 21 March.
            return told[0][0]
        for text in (" ".join(reversed(parts)), " ".join(parts)):
            found = find_periods(text)
            if len(found) == 1:
                return found[0]
    for text in reversed(parts):
        found = find_periods(text)
        if found:
            # "Annual target 2017/18" is of that year.
            return next((one for one in found if one.expression.year is not None), found[0])
    whole = find_whole(parts[-1]) if parts else None
    return whole if whole is not None and whole.expression.form in SPELLS else None


def _month_within(parts: list[str]) -> PeriodMention | None:
    """A month below a quarter that it is one of ("Apr - Jun 2019" over "May"): of the quarter's year."""
    below = find_periods(parts[-1])
    if len(below) != 1 or below[0].text != parts[-1].strip() or below[0].expression.form != "month":
        return None
    month, above = below[0].expression.month, find_periods(" ".join(parts[:-1]))
    first = _first_month(above[0].expression) if len(above) == 1 else None
    if month is None or below[0].expression.year is not None or first is None:
        return None
    year, opening = first
    if (month - opening) % 12 >= _QUARTER:
        return None
    return replace(below[0], expression=replace(below[0].expression, year=year + (month < opening)))


def _quarter_within(parts: list[str]) -> PeriodMention | None:
    """A quarter below a run of quarters that it is one of ("Q3 2017/18 - Q2 2018/19" over "Q4"): of the year there."""
    head = " ".join(parts[:-1])
    below, run = find_periods(parts[-1]), find_periods(head)
    if len(below) != 1 or len(run) != _RUN or head[run[0].end : run[1].start].strip().lower() not in _TO:
        return None
    said, first, last = below[0].expression, run[0].expression, run[1].expression
    if {said.form, first.form, last.form} != {"quarter"} or said.year is not None or first.year is None:
        return None
    if said.quarter is None or first.quarter is None:
        return None
    return replace(below[0], expression=replace(said, year=first.year + (said.quarter < first.quarter)))


def _first_month(said: PeriodExpression) -> tuple[int, int] | None:
    """The year and the month in which a quarter begins; None for any other time, and for one of no year."""
    if said.year is None:
        return None
    if said.form == "quarter" and said.quarter is not None:
        return said.year + (said.quarter == _LAST_QUARTER), _QUARTER * (said.quarter % _LAST_QUARTER) + 1
    last = said.last.month if said.form == "month_range" and said.last is not None else None
    if last is None or said.month is None or (last - said.month) % 12 + 1 != _QUARTER:
        return None
    return said.year, said.month


def _kind(head: str, period: PeriodMention | None, area: AreaMention | None) -> ColumnKind | None:
    """The kind that a head's words name; a place or time in the head outweighs weak words beside it."""
    bare = _BRACKETS.sub(" ", head).strip()
    if bare and bare != head.strip() and (told := table_words().column_kinds(bare)) and told[0][0] in ATTRIBUTES:
        # The time in "RAG (in month)" is that of what the colours judge.
        head, period = bare, None
    # "Placement type" is no column of units.
    kinds = [
        k
        for k, length in table_words().column_kinds(head)
        if (k is not ColumnKind.UNIT or length >= 0.4 * len(head))
        # "Position at" over months is where a measure stands, not a rank.
        and (k is not ColumnKind.RANK or _RANK.search(head) or (period is None and length >= 0.6 * len(head)))
    ]
    whole = table_words().column_kinds(head)
    if whole and whole[0][0] in ATTRIBUTES and whole[0][1] >= len(head.strip()):
        # "Performance against target" is a status, although a target is in it.
        return whole[0][0]
    for strong in (ColumnKind.RANK, ColumnKind.IGNORED, ColumnKind.TARGET):
        if strong in kinds:
            return strong
    if kinds and kinds[0] in {ColumnKind.LABEL, ColumnKind.REF}:
        return kinds[0]
    if (area is not None or period is not None) and kinds and kinds[0] not in ATTRIBUTES:
        return ColumnKind.PREVIOUS if kinds[0] is ColumnKind.PREVIOUS else ColumnKind.ACTUAL
    return kinds[0] if kinds else None
