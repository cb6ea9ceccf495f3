"""Which measure a cell of a table states: the words of heading, group, row and column, and how its figure suits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.agreement import IMPOSSIBLE, agreement
from townclerk.extract.linking.evidence import margin_of
from townclerk.extract.linking.scene import Scene, SpottedBlock
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.grid import unit_of
from townclerk.extract.linking.tables.rows import RowMeaning
from townclerk.extract.linking.tables.state import TableState
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.candidate import Feature
from townclerk.models.document import BlockKind
from townclerk.models.mentions import FigureForm, FigureMention, IndicatorMatch, MatchKind
from townclerk.models.spans import blanked
from townclerk.models.units import Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.table_words import ColumnKind, table_words

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_TERM = re.compile(r"(?P<term>[^–—:.\n]{3,60}?)\s*(?:[–—:]\s|\s-\s)(?=\w)")
_BRACKETED = re.compile(r"\([^()]+\)")
_FEWEST_UNKNOWN = 2
_SURE, _WHOLE = 0.95, 100
_RATE_UNITS = {Unit.PER_1000, Unit.PER_10000, Unit.PER_100000}


@dataclass(slots=True, frozen=True)
class Choice:
    """The indicator chosen for a cell, those that lost, what spoke for it, and the words that name it."""

    match: IndicatorMatch
    rivals: list[IndicatorMatch]
    features: list[Feature]
    label: str


def unit_in_cell(
    figure: FigureMention, meaning: RowMeaning, column: Column | None, state: TableState, scene: Scene
) -> Unit | None:
    """The unit of a cell: its own, else its row's, column's, group's or heading's."""
    if figure.unit is not None:
        return figure.unit
    if meaning.unit is not None:
        return meaning.unit
    if column is not None and column.unit is not None:
        return column.unit
    if column is not None and column.kind is ColumnKind.TARGET and _is_beside_percent(figure, column, state):
        return Unit.PERCENT
    # "Rate per 10,000 children" over the labels is said of all values.
    corner = state.columns[0].unit if state.columns and state.columns[0].kind is not ColumnKind.UNIT else None
    return unit_of([state.group]) or corner or unit_of([h.text for h in scene.headings[1:]])


def _is_beside_percent(figure: FigureMention, column: Column, state: TableState) -> bool:
    """True where the last unit that a head before a bare target names is the percentage of counts before it."""
    before = [one.unit for one in state.columns if one.index < column.index and one.unit is not None]
    return (
        before[-1:] == [Unit.PERCENT] and Unit.COUNT in before and figure.value is not None and figure.value <= _WHOLE
    )


def label_parts(label: str, column: Column | None, state: TableState, scene: Scene) -> list[str]:
    """The words that may name the measure, most specific last."""
    parts = [_untimed(held) for held in scene.naming()]
    parts.extend(held.text for held in scene.lead_ins if held.block.kind is not BlockKind.LIST_ITEM)
    if scene.caption is not None:
        parts.append(scene.caption.text)
    if not label and (term := _term_above(state, scene)):
        parts.append(term)
    if state.group and state.group != label:
        parts.append(state.group)
    if label:
        parts.append(label)
    if column is not None and column.head and _names_measure(column):
        parts.append(column.head)
    return parts


def _term_above(state: TableState, scene: Scene) -> str:
    """What the text right above a table without labels explains: "Section 47 enquiries – these are started where"."""
    above = scene.passed[-1] if scene.passed else None
    if above is None or above.index != state.spotted.index - 1 or above.mentions.figures:
        return ""
    explained = _TERM.match(above.text)
    return explained["term"] if explained is not None else ""


def is_whole_name(label: str, unit: Unit | None, knowledge: Knowledge) -> bool:
    """True for a label that names a measure in full, which no words above it change.

    It says what it counts or when ("Number of children in care", "Children in care at 31 March"); one that is a
    phrase and no more ("Children in care") may be those whom a heading tells of.
    """
    if table_words().unit(label) is None and not find_periods(label):
        return False
    found = knowledge.spotter.read_label([label], unit)
    return bool(found) and found[0].kind is MatchKind.EXACT and found[0].score >= _SURE and not found[0].needs_context


def _untimed(held: SpottedBlock) -> str:
    """A heading without the times in it that name their year: "month ending" is no ending of a plan."""
    periods = held.mentions.periods
    dated = (p for p in periods if p.expression.year is not None and "maybe_definition" not in p.flags)
    return " ".join(blanked(held.text, dated).split())


def is_borrowed(match: IndicatorMatch, label: str, parts: list[str], unit: Unit | None, knowledge: Knowledge) -> bool:
    """True where a row speaks of something of its own and only the words above it name the measure.

    Args:
        match: The measure chosen.
        label: The row's label.
        parts: All words that may name the measure.
        unit: The cell's unit.
        knowledge: For the words that measures are named with.
    """
    said = {word.lower() for word in _LONG_WORD.findall(label)}
    unknown = said - knowledge.field_words - table_words().vocabulary
    if len(unknown) < _FEWEST_UNKNOWN:
        return False
    if any(one.indicator_id == match.indicator_id for one in knowledge.spotter.read_label([label], unit)):
        return False
    others = [part for part in parts if part != label]
    above = knowledge.spotter.read_label(others, unit) if others else []
    return any(one.indicator_id == match.indicator_id and one.score >= match.score for one in above)


def _names_measure(column: Column) -> bool:
    """True where a column's head is more than a time, a place or a role."""
    return (
        column.period is None
        and column.area is None
        and column.kind in {None, ColumnKind.COUNT, ColumnKind.PERCENT, ColumnKind.RATE}
    )


def choose(figure: FigureMention, unit: Unit | None, parts: list[str], knowledge: Knowledge) -> Choice | None:
    """The best indicator for a cell whose label is made of `parts`."""
    if not parts:
        return None
    parts = [_without_counted(part, unit, knowledge) for part in parts]
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
        margin_of(margin),
    ]
    return Choice(match, [entry[1] for entry in scored[1:4]], features, parts[-1])


def _without_counted(part: str, unit: Unit | None, knowledge: Knowledge) -> str:
    """A name without the measure that its bracket only counts with it: "Contacts received (including step ups)"."""
    bracket = _BRACKETED.search(part)
    if bracket is None or not table_words().says("included", bracket[0]):
        return part
    bare = " ".join((part[: bracket.start()] + part[bracket.end() :]).split())
    named, whole, inside = (knowledge.spotter.read_label([text], unit) for text in (bare, part, bracket[0]))
    told = bool(named) and named[0].score >= _SURE
    return bare if told and whole[:1] and whole[0].indicator_id in {one.indicator_id for one in inside} else part


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
