"""Tiles become candidates: the heading or the tile's own title names the measure, the slots give the roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.agreement import IMPOSSIBLE, agreement
from townclerk.extract.linking.conventions import fit_period
from townclerk.extract.linking.earlier import earlier_time
from townclerk.extract.linking.evidence import margin_of, time_told
from townclerk.extract.linking.scene import Anchor, Scene, SpottedBlock
from townclerk.extract.linking.tables.comments import give_parts
from townclerk.extract.linking.tiles.lines import (
    CardLines,
    change_behind,
    names_date,
    read_lines,
    tile_figures,
    tile_times,
)
from townclerk.extract.linking.tiles.rates import rate_beside
from townclerk.extract.linking.tiles.slots import PREVIOUS, TARGET, VALUE, VARIANCE, YEAR_AGO, Slots, fill_slots
from townclerk.extract.linking.tiles.times import aim_time
from townclerk.extract.reading.text.knowledge import knowledge as reading_knowledge
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.area import Area
from townclerk.models.candidate import Candidate, Feature, Span, StatedChange
from townclerk.models.indicator import Indicator
from townclerk.models.mentions import FigureMention, IndicatorMatch, IndicatorMention, PeriodMention
from townclerk.models.period import Period
from townclerk.models.units import Method, Rag, Role, Unit
from townclerk.patterns.table_words import table_words

_LEAST_SCORE = 1.2
_MOST = 6
# An everyday name counts for less than one that is the measure's alone.
_EVERYDAY = 0.5


@dataclass(slots=True)
class TileLinks:
    """The candidates of a tile and the figures that found no place in it."""

    linked: list[Candidate] = field(default_factory=list)
    unlinked: list[tuple[FigureMention, str]] = field(default_factory=list)


def link_tile(spotted: SpottedBlock, scene: Scene, knowledge: Knowledge) -> TileLinks:
    """Link the numbers of a tile.

    Args:
        spotted: The tile's block with its mentions.
        scene: Headings and facts in force; the tile's value becomes an anchor for its commentary.
        knowledge: Catalogue and spotters.
    """
    links = TileLinks()
    spoken = tile_times(spotted)
    figures = [f for f in tile_figures(spotted) if not any(t.start <= f.start and f.end <= t.end for t in spoken)]
    rate = rate_beside(spotted.text, figures)
    figures = [figure for figure in figures if rate is None or figure is not rate[0]]
    lines = read_lines(spotted.text, figures, spoken)
    unit = _unit(spotted, scene, figures, lines, rate)
    figures = lines.left(figures)
    times = [time for time in spoken if time not in lines.times]
    dates = [time for time in times if names_date(time)]
    slots = fill_slots(spotted.text, figures, spotted.mentions.areas, unit, [time.start for time in dates])
    slots.title = slots.title if lines.name is None else lines.name
    shown = _measure(slots, figures, unit, spotted, scene, knowledge)
    if shown is None:
        links.unlinked = [(figure, "the tile names no measure of the catalogue") for figure in figures]
        return links
    dated = [(scene.resolve(dates[place]), figure) for place, figure in slots.dated]
    newest = max((when for when, _ in dated if when is not None), key=lambda when: when.end, default=None)
    glossed = [time for time in times if any(start <= time.start < end for start, end in slots.glosses)]
    glossed += [time for time in times if _is_of_a_place(time, spotted)]
    spells = _spells_beside(times, figures, slots, spotted.text)
    glossed += [time for time, _ in spells]
    period = newest or _period([time for time in times if time not in glossed], scene)
    dated += [(scene.resolve(time), figure) for time, figure in [*lines.dated, *spells]]
    by_slot: dict[str, Candidate] = {}
    for slot, role, when in (
        (VALUE, Role.ACTUAL, period),
        (TARGET, Role.TARGET, aim_time(slots.labels.get(TARGET, ""), period, scene)),
        (PREVIOUS, Role.ACTUAL, earlier_time(slots.labels.get(PREVIOUS, ""), period, scene)),
        (YEAR_AGO, Role.ACTUAL, earlier_time(slots.labels.get(YEAR_AGO, ""), period, scene)),
    ):
        figure = slots.held.get(slot)
        if figure is None or not shown.suits(figure):
            continue
        seen = Feature(f"slot_{slot}", 0.5, f"the tile's labels make it the {slot}")
        by_slot[slot] = shown.candidate(figure, role, scene.own_area(), fit_period(when, shown.indicator), seen)
    _hold(by_slot, slots)
    if VALUE in by_slot:
        by_slot[VALUE].rag = _colour(spotted.text)
        _give_change(lines, by_slot[VALUE], spotted, scene)
        give_parts([by_slot[VALUE]], spotted.text)
    for when, figure in dated:
        if when is not None and shown.suits(figure):
            seen = Feature("slot_dated", 0.5, "stands behind a time of its own")
            own = shown.candidate(figure, Role.ACTUAL, scene.own_area(), fit_period(when, shown.indicator), seen)
            links.linked.append(own)
            if when is newest:
                by_slot.setdefault(VALUE, own)
    links.linked = [*by_slot.values(), *(c for c in links.linked if c not in by_slot.values())]
    paired = shown.as_rate(rate[1], knowledge) if rate is not None else None
    links.linked.extend(_rate(rate, paired, period, scene))
    links.linked.extend(_places(slots, shown, paired, scene))
    if VALUE in by_slot:
        mention = IndicatorMention(0, len(spotted.text), (shown.match, *shown.rivals))
        scene.remember(Anchor(by_slot[VALUE], mention, spotted))
    return links


def _spells_beside(
    times: Sequence[PeriodMention], figures: Sequence[FigureMention], slots: Slots, text: str
) -> list[tuple[PeriodMention, FigureMention]]:
    """Values of a longer stretch beside the tile's own, each right behind its name: "Actual 24%  Year to date 23%"."""
    value = slots.held.get(VALUE)
    return [
        (time, figure)
        for time in times
        if time.expression.form in _SPELLS
        for figure in figures
        if value is not None
        and figure != value
        and figure not in slots.held.values()
        and figure.start >= time.end
        and not text[time.end : figure.start].strip(" \t:–-")
    ]


def _is_of_a_place(time: PeriodMention, spotted: SpottedBlock) -> bool:
    """True for the time right behind a place, or in brackets behind its value: "England 71% (2019-20)"."""
    for area in spotted.mentions.areas:
        between = spotted.text[area.end : time.start] if area.end <= time.start else "\n"
        if not between.strip(" (,:") or _VALUE_THEN_BRACKET.fullmatch(between):
            return True
    return False


_SPELLS = frozenset({"year_to_date", "rolling"})
_VALUE_THEN_BRACKET = re.compile(r"[ \t]*:?[ \t]*[£\d][\d.,]*[ \t]?%?[ \t]*[(\[][ \t]*")


@dataclass(slots=True)
class Shown:
    """The measure that a tile shows, and what says so."""

    spotted: SpottedBlock
    indicator: Indicator
    match: IndicatorMatch
    rivals: list[IndicatorMatch]
    label: str
    features: list[Feature]

    def suits(self, figure: FigureMention) -> bool:
        """True for a figure that can be a value of the measure, or a bare number."""
        return figure.unit is None or agreement(figure, self.indicator, self.label) > IMPOSSIBLE

    def as_rate(self, unit: Unit, knowledge: Knowledge) -> Shown | None:
        """The rate of what the measure counts; None where it is no count or has no such rate."""
        if self.indicator.unit is not Unit.COUNT or self.indicator.family is None:
            return None
        for other in knowledge.catalogue.indicators.values():
            if other.family == self.indicator.family and other.unit is unit:
                return replace(self, indicator=other, match=self.match._replace(indicator_id=other.id))
        return None

    def candidate(
        self, figure: FigureMention, role: Role, area: Area | None, period: Period | None, seen: Feature
    ) -> Candidate:
        """The figure as a value of the measure."""
        return Candidate(
            figure=figure,
            match=self.match,
            rivals=self.rivals,
            label=self.label,
            unit=self.indicator.unit,
            value=figure.value,
            value_text=figure.text,
            role=role,
            area=area,
            period=period,
            evidence=[_evidence(figure, self.spotted)],
            figure_span=self.spotted.span(figure.start, figure.end),
            method=Method.TILE,
            block=self.spotted.index,
            status=figure.status,
            features=[*self.features, seen, time_told(period)],
            flags=[flag for flag in figure.flags if flag != "glued"],
        )


def _hold(by_slot: dict[str, Candidate], slots: Slots) -> None:
    """Keep the printed variance with the value, for verification."""
    variance = slots.held.get(VARIANCE)
    if variance is None or variance.value is None or VALUE not in by_slot or TARGET not in by_slot:
        return
    by_slot[VALUE].variance, by_slot[VALUE].variance_text = variance.value, variance.text


def _give_change(lines: CardLines, value: Candidate, spotted: SpottedBlock, scene: Scene) -> None:
    """Give a card's value the change that the card, or the title right above it, prints behind an arrow."""
    titled = scene.headings[-1] if scene.headings and scene.headings[-1].index == spotted.index - 1 else None
    told = change_behind(titled) if titled is not None and lines.direction is None else None
    if lines.change is not None and lines.direction is not None:
        told = (lines.direction, *lines.change)
    value.direction = told[0] if told is not None else lines.direction
    if told is None or told[1].value is None or not find_periods(told[2]):
        return
    way, figure, since = told
    plain = Unit.PERCENT if figure.unit is Unit.PERCENT else value.unit
    unit = Unit.POINTS if value.unit is Unit.PERCENT else plain
    value.change = StatedChange(abs(figure.value or 0.0), unit, way, earlier_time(since, value.period, scene))


def _colour(text: str) -> Rag | None:
    """The colour that a tile names behind the word for its status, or on a line of its own."""
    for line in text.split("\n"):
        if isinstance(meaning := table_words().marks.get(line.strip(" ()").lower()), Rag) and len(line) > 1:
            return meaning
    for said in reading_knowledge().tile_phrase.finditer(text):
        after = text[said.end() :].split() if said.lastgroup == "status" else []
        words = [word.strip(" :–-").lower() for word in after[:2] if word.strip(" :–-")]
        meaning = table_words().marks.get(words[0]) if words else None
        if isinstance(meaning, Rag):
            return meaning
    return None


def _rate(
    rate: tuple[FigureMention, Unit] | None, paired: Shown | None, period: Period | None, scene: Scene
) -> Iterator[Candidate]:
    """The rate that stands below a count."""
    if rate is not None and paired is not None:
        seen = Feature("slot_value", 0.5, "the tile's labels make it the rate beside the count")
        yield paired.candidate(rate[0], Role.ACTUAL, scene.own_area(), fit_period(period, paired.indicator), seen)


def _places(slots: Slots, shown: Shown, paired: Shown | None, scene: Scene) -> list[Candidate]:
    """Values of other places in the tile, with the year that the tile or heading gives for them.

    Beside a count and its rate, decimals are the rate's.
    """
    found: list[Candidate] = []
    year = next((p for p in shown.spotted.mentions.periods if p.expression.form == "financial_year"), None)
    period = scene.resolve(year) if year else None
    for mention, figure in slots.places:
        meant = paired if paired is not None and figure.decimals else shown
        if not meant.suits(figure):
            continue
        seen = Feature("slot_place", 0.2, "stands beside the name of the place")
        when = fit_period(period, meant.indicator)
        found.append(meant.candidate(figure, Role.ACTUAL, scene.area_of(mention), when, seen))
    return found


def _unit(
    spotted: SpottedBlock,
    scene: Scene,
    figures: list[FigureMention],
    lines: CardLines,
    rate: tuple[FigureMention, Unit] | None,
) -> Unit | None:
    """The unit of a tile's values: percent where percentages stand in it, else what its words or heading say.

    A change ("+4% on last month" below a count) says nothing of the count's unit.
    """
    if any(figure.unit is Unit.PERCENT and figure not in lines.aside for figure in figures):
        return Unit.PERCENT
    if rate is not None:
        return Unit.COUNT
    said = spotted.text
    for figure in lines.aside:
        said = f"{said[: figure.start]}{' ' * (figure.end - figure.start)}{said[figure.end :]}"
    for text in (said, *(held.text for held in reversed(scene.headings))):
        unit = table_words().unit(text.replace("\n", " "))
        if unit is not None:
            return unit
    return None


def _measure(
    slots: Slots,
    figures: list[FigureMention],
    unit: Unit | None,
    spotted: SpottedBlock,
    scene: Scene,
    knowledge: Knowledge,
) -> Shown | None:
    """The measure a tile shows: what its title says, completed by the heading above."""
    headings = [held.text for held in scene.naming()]
    figure = next((slots.held[slot] for slot in (VALUE, TARGET, PREVIOUS, YEAR_AGO) if slot in slots.held), None)
    if figure is None and slots.dated:
        figure = slots.dated[0][1]
    if figure is None:
        figure = slots.places[0][1] if slots.places else None
    if figure is None:
        return None
    best: tuple[float, IndicatorMatch, list[IndicatorMatch], str] | None = None
    scores: dict[str, float] = {}
    # "3pp" is a change in percentage points, not somebody's pathway plan.
    own = [spotted.label(m) for m in spotted.mentions.indicators if not spotted.text[: m.start][-1:].isdigit()]
    over = [scene.displaced.text] if scene.displaced is not None else []
    # A section's group ("Care leavers") completes a title of its own ("In touch") where nothing nearer does.
    name = scene.headings[-1:] if scene.headings and scene.headings[-1].index == spotted.index - 1 else []
    titles = [text for text in (slots.title, *(held.text for held in name)) if text]
    grouped = [[group, text] for group in scene.section for text in titles]
    for parts in (
        *([name] for name in own),
        [*headings[-2:], slots.title],
        headings[-1:],
        [slots.title],
        over,
        *grouped,
    ):
        if (parts is over or parts in grouped) and best is not None and best[0] >= _LEAST_SCORE:
            break
        said = [part for part in parts if part]
        if not said:
            continue
        matches = knowledge.spotter.read_label(said, unit)
        for match in matches:
            indicator = knowledge.catalogue.indicators[match.indicator_id]
            fit = agreement(figure, indicator, " ".join(said))
            if unit is not None and indicator.unit is unit and figure.unit in {None, unit}:
                fit = max(fit, 1.0)
            score = 2.0 * match.score + fit - (_EVERYDAY if match.needs_context else 0.0)
            if fit > IMPOSSIBLE:
                scores[match.indicator_id] = max(score, scores.get(match.indicator_id, score))
            if fit > IMPOSSIBLE and (best is None or score > best[0] + 1e-9):
                rivals = [other for other in matches if other.indicator_id != match.indicator_id]
                best = (score, match, rivals[:3], said[-1])
    if best is None or best[0] < _LEAST_SCORE:
        return None
    score, match, rivals, label = best
    kind = Feature("match_" + match.kind.value, match.score, f"“{label}” names the measure ({match.kind.value})")
    fits = Feature("unit_fit", min(1.0, score - 2.0 * match.score), "the unit suits the measure")
    indicator = knowledge.catalogue.indicators[match.indicator_id]
    margin = score - max((held for name, held in scores.items() if name != match.indicator_id), default=-9.0)
    seen = [kind, fits, margin_of(margin), *_doubts(match, figures, slots, spotted, knowledge, unit)]
    return Shown(spotted, indicator, match, rivals, label, seen)


def _doubts(
    match: IndicatorMatch,
    figures: list[FigureMention],
    slots: Slots,
    spotted: SpottedBlock,
    knowledge: Knowledge,
    unit: Unit | None,
) -> Iterator[Feature]:
    """What of a tile is not accounted for: figures without a slot, measures named beside, a title that names none."""
    placed = len(slots.held) + len(slots.dated) + len(slots.places)
    if len(figures) > placed:
        count = float(min(len(figures) - placed, _MOST))
        yield Feature("figures_beside", count, "the tile has figures without a label")
    others = {m.matches[0].indicator_id for m in spotted.mentions.indicators if m.matches} - {match.indicator_id}
    if others:
        yield Feature("measures_beside", float(min(len(others), _MOST)), "the tile names another measure, too")
    named = [one.indicator_id for one in knowledge.spotter.read_label([slots.title], unit)] if slots.title else []
    if match.indicator_id not in named:
        yield Feature("named_above", 1.0, "the tile alone does not name the measure")


def _period(times: list[PeriodMention], scene: Scene) -> Period | None:
    """The time of a tile: its own, else the heading's, else the report's."""
    for mention in times:
        if mention.expression.form.startswith(("previous", "same", "last")) or "maybe_definition" in mention.flags:
            continue
        period = scene.resolve(mention)
        if period is not None:
            return period.with_basis(period.basis, mention.text)
    return scene.undated(None)


def _evidence(figure: FigureMention, spotted: SpottedBlock) -> Span:
    """The figure with the words right before it, by which a reader finds it."""
    start = figure.start
    head = spotted.text[:start]
    for _ in range(3):
        head = head.rstrip()
        head = head[: max(head.rfind(" "), head.rfind("\n"), 0)]
    whole = spotted.span(len(head), figure.end)
    # Where the tile was gathered from places apart, the words between belong to something else.
    return whole if whole.end - whole.start <= 2 * (figure.end - len(head)) + 20 else spotted.span(start, figure.end)
