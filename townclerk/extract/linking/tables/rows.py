"""What a row of a table means: the words that label it, its group, its time or place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.tables.alignment import pull_back
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.grid import GridCell
from townclerk.extract.spotting.periods import find_periods, is_complete, opening_time
from townclerk.models.mentions import AreaMention, PeriodMention
from townclerk.models.units import Unit
from townclerk.patterns.table_words import ROLE_KINDS, UNIT_KINDS, ColumnKind, table_words

# The "16" of "16 to 18 year olds" and the "2" of "2 years or more" are words of the measure, no row's number.
_REFERENCE = re.compile(
    r"^\W*(?:[A-Z]{0,4}\s?)?\d{1,3}(?:\.\d{1,3})*[a-z]?[.)]?\s+"
    r"(?!(?:to|and|or|-|–|&)\s*(?:\d|more\b)|(?:working\s+)?(?:years?|weeks?|days?|months?|miles?|hours?)\b)(?=\S)"
)
_MARKED = re.compile(r"(?:[A-Z]{0,4}\s?)?\d{1,3}(?:\.\d{1,3})*[a-z]?\s?%")
_FOOTNOTE = re.compile(r"(?<=[^\W\d_)%])[¹²³⁴-⁹†‡*]+(?=$|\s)")
_BRACKETED = re.compile(r"\s*\([^()\d]*\)\s*$")
_MOST_BESIDE = 6
# What a label that stands under the theme has at least, in words and in certainty.
_FEWEST_OF_LABEL, _SURE = 4, 0.8
_AUTHORITIES = 3
# "NI 64": a national code is two words.
_CODE_WORDS = 2
_YEAR = re.compile(r"(?:19|20)\d\d")
_SKIPPED = frozenset({ColumnKind.REF, ColumnKind.FREQUENCY, ColumnKind.OWNER, ColumnKind.POLARITY, ColumnKind.RAG})
# Columns of values in which a row may print its time instead.
_TIMED = frozenset({None, ColumnKind.ACTUAL})
# How much of a label the words of a column must be for it to name nothing more; what stands beside the words of a unit
# ("CLA per 10,000") is a measure.
_MOST_OF, _ALL_OF = 0.6, 0.85
# A row may say in one of these that its data are of another time than the table's ("TBC, 2014-17 data").
_DATED = frozenset({ColumnKind.DATE, ColumnKind.RANK, ColumnKind.QUARTILE, ColumnKind.FREQUENCY})


@dataclass(slots=True)
class RowMeaning:
    """A row's own words.

    Attributes:
        label: The words that label it, printed numbering left out.
        cells: The cells those words stand in.
        period: A time that the label names, where that is all it says.
        area: A place that the label names, where that is all it says.
        kind: A role or attribute that the label names ("Target"), where that is all it says.
        unit: The unit its unit cell or label names.
        comment: A comment cell.
        dated: A time in a date column.
    """

    label: str = ""
    cells: list[GridCell] = field(default_factory=list)
    period: PeriodMention | None = None
    area: AreaMention | None = None
    kind: ColumnKind | None = None
    unit: Unit | None = None
    comment: GridCell | None = None
    dated: PeriodMention | None = None


def row_meaning(row: list[GridCell], columns: list[Column], knowledge: Knowledge) -> tuple[str, RowMeaning]:
    """Read the words of a row.

    Args:
        row: Its cells.
        columns: The table's columns.
        knowledge: For places.

    Returns:
        The text of a group that the row opens ("" where it opens none), and the row's meaning.
    """
    meaning = RowMeaning()
    kinds = {column.index: column.kind for column in columns}
    leading: list[GridCell] = []
    themes: list[GridCell] = []
    seen_value = False
    for cell in pull_back(row, columns):
        kind = kinds.get(cell.cell.column)
        text = cell.text.strip()
        if not text:
            continue
        if kind is ColumnKind.UNIT:
            meaning.unit = table_words().unit(text)
        elif kind is ColumnKind.COMMENT:
            meaning.comment = cell
        elif kind in _DATED and not cell.is_number and (named := _named_time(text)) is not None:
            meaning.dated = named
        elif cell.is_value and (leading or not _is_year(cell)):
            seen_value = seen_value or bool(leading)
        elif leading and kind in _TIMED and (whole := _only_time(text)) is not None:
            meaning.dated = whole
        elif not seen_value and kind not in _SKIPPED and not _is_aside(text):
            leading.append(cell)
        elif kind is ColumnKind.OWNER and not (seen_value or leading or cell.is_value):
            # "Leaving care" under "Theme", before the labels, says what the short ones are about.
            themes.append(cell)
    leading = _without_asides(leading, columns, knowledge) or _slipped(themes, columns, knowledge)
    if not leading:
        return "", meaning
    meaning.cells = leading[-1:]
    meaning.label = _label(leading, row, knowledge)
    _only(meaning, knowledge)
    if meaning.dated is None and meaning.period is None and not any(column.period for column in columns[1:]):
        meaning.dated = _time_in(meaning.label)
    meaning.unit = meaning.unit or table_words().unit(meaning.label)
    return " ".join(_unnumbered(cell.text) for cell in (*themes, *leading[:-1])), meaning


def _label(leading: list[GridCell], row: list[GridCell], knowledge: Knowledge) -> str:
    """The words of a row's last cell before its values, with the national code that stands before it.

    Where words and code do not go together, the code is surer: many measures share the words of a short label.
    """
    label = _with_mark(_unnumbered(leading[-1].text), leading[-1], row)
    before = [cell for cell in row if cell.cell.column < leading[-1].cell.column]
    code = next((cell for cell in before if knowledge.catalogue.is_code(cell.text)), None)
    if code is None:
        own = " ".join(label.split()[:_CODE_WORDS])
        return own if knowledge.catalogue.is_code(own) and not knowledge.spotter.read_label([label]) else label
    leading[:] = [cell for cell in leading if cell is not code]
    both = f"{code.text.strip()} {label}"
    return both if knowledge.spotter.read_label([both]) else code.text.strip()


def _slipped(themes: list[GridCell], columns: list[Column], knowledge: Knowledge) -> list[GridCell]:
    """The label of a row that has slipped to the left, where others have their theme; it is taken from the themes.

    So it is in tables of many authorities, whose rows are known by them. The label names a measure in so many words:
    themes name subjects ("Looked after children").
    """
    authorities = sum(column.is_authority for column in columns)
    if not themes or authorities < _AUTHORITIES or len(themes[-1].text.split()) < _FEWEST_OF_LABEL:
        return []
    named = knowledge.spotter.read_label([themes[-1].text])
    return [themes.pop()] if named and not named[0].needs_context and named[0].score >= _SURE else []


def _with_mark(label: str, cell: GridCell, row: list[GridCell]) -> str:
    """A label with the mark at its front that a converter gave to the row's number: "1% | of children in care"."""
    before = [one.text.strip() for one in row if one.cell.column < cell.cell.column and one.text.strip()]
    torn = before and label.startswith("of ") and _MARKED.fullmatch(before[-1])
    return f"% {label}" if torn else label


def _without_asides(leading: list[GridCell], columns: list[Column], knowledge: Knowledge) -> list[GridCell]:
    """The words before a row's values without those behind its label that stand under a head of their own.

    "Children" under "Branch" is no label where "What we measure" heads the column before it, nor is "National average"
    under "Target".
    """
    by_index = {column.index: column for column in columns}
    kept = list(leading)
    while len(kept) > 1 and _stands_for_value(kept[-1], by_index.get(kept[-1].cell.column), kept[-2], knowledge):
        kept.pop()
    while len(kept) > 1:
        column, before = by_index.get(kept[-1].cell.column), by_index.get(kept[-2].cell.column)
        bare = column is not None and column.head and not (column.kind or column.period or column.area)
        if not bare or before is None or before.kind is not ColumnKind.LABEL:
            break
        kept.pop()
    return kept


def _only_time(text: str) -> PeriodMention | None:
    """The month or date that is all a cell says: under "Latest month" it is that of the row's values."""
    return next((p for p in find_periods(text) if p.text == text and is_complete(p.expression)), None)


def _stands_for_value(cell: GridCell, column: Column | None, label: GridCell, knowledge: Knowledge) -> bool:
    """True for words under a head of values that name no measure, behind a label that does."""
    if column is None or not (column.kind in ROLE_KINDS or column.period or column.area):
        return False
    return knowledge.names_measure(_unnumbered(label.text)) and not knowledge.names_measure(cell.text)


def _is_aside(text: str) -> bool:
    """True for a cell that says that there is no value, or which way is better, under whatever head."""
    words = table_words()
    return words.stands_for_none(text) or " ".join(text.lower().split()) in words.polarity


def _is_year(cell: GridCell) -> bool:
    """True for a lone year in the first column, which labels its row."""
    return cell.cell.column == 0 and _YEAR.fullmatch(cell.text.strip()) is not None


def _named_time(text: str) -> PeriodMention | None:
    """The time that a cell names, also where the words beside a lone year are misread ("2017 date")."""
    found = find_periods(text) or [period for word in text.split() for period in find_periods(word)]
    return found[0] if found else None


def _time_in(label: str) -> PeriodMention | None:
    """The one time that a label names beside its measure: "Binary rate, Apr 17 - Jun 17 cohort"."""
    told = [period for period in find_periods(label) if "maybe_definition" not in period.flags]
    return told[0] if len(told) == 1 and is_complete(told[0].expression) else None


def _unnumbered(text: str) -> str:
    """A label without the number printed in front of it and the marks of its footnotes.

    The quarter of "Q2 2020/21" is no number, nor are the months of "12 months ago".
    """
    stripped = _FOOTNOTE.sub("", " ".join(text.split()))
    if opening_time(stripped) is not None:
        return stripped
    number = _REFERENCE.match(stripped)
    if number is not None and _is_name("".join(number[0].split()).lower().lstrip("%#")):
        return stripped
    return _REFERENCE.sub("", stripped)


def _is_name(number: str) -> bool:
    """True for a number that names something ("s47s") or is one of a national set ("ni62")."""
    ways = (number, number.removesuffix("s"), number.rstrip("0123456789."))
    return any(way in table_words().named_numbers for way in ways)


def _only(meaning: RowMeaning, knowledge: Knowledge) -> None:
    """Settle whether the label is nothing but a time, a place or a role."""
    label = meaning.label
    bare = _BRACKETED.sub("", label)
    if bare and bare != label and len(named := find_periods(bare)) == 1 and _is_all(named[0], bare):
        # "Jan 19 - Dec 19 (latest period)" is a time and no more.
        label = bare
    periods = find_periods(label)
    rest = (label[: periods[0].start] + label[periods[0].end :]).strip(" ()-–:,") if periods else label
    place = knowledge.areas.read_cell(rest) if periods and rest else None
    if place is not None and is_most_of(place, rest):
        # "England (2020/21)" names a place and a time.
        meaning.period, meaning.area = periods[0], place
        return
    if periods and (_is_all(periods[0], label) or table_words().says_nothing(rest)):
        meaning.period = periods[0]
        return
    if periods:
        # "2021/22 target" names a time and a role.
        roles = table_words().column_kinds(rest)
        if roles and roles[0][0] in ROLE_KINDS and roles[0][1] >= _ALL_OF * len(rest):
            meaning.period, meaning.kind = periods[0], roles[0][0]
            return
    if len(label) <= 50:
        meaning.area = knowledge.areas.read_cell(label)
        if meaning.area is not None and not is_most_of(meaning.area, label):
            meaning.area = None
    kinds = table_words().column_kinds(label)
    if kinds and kinds[0][1] >= (_ALL_OF if kinds[0][0] in UNIT_KINDS else _MOST_OF) * len(label):
        # "Number" heads references, and labels a row of counts.
        counted = kinds[0][0] is ColumnKind.REF and table_words().unit(label) is Unit.COUNT
        meaning.kind = ColumnKind.COUNT if counted else kinds[0][0]


def _is_all(period: PeriodMention, label: str) -> bool:
    """True where a time is next to all that a label says."""
    return len(label) - (period.end - period.start) <= _MOST_BESIDE


def is_most_of(area: AreaMention, label: str) -> bool:
    """True where a place is most of what a label says."""
    words = [word for word in label.split() if any(char.isalnum() for char in word)]
    return (area.end - area.start) >= 0.5 * len(label) or len(words) <= 3
