"""Tiles become candidates: the heading or the tile's own title names the measure, the slots give the roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.conventions import closed_year, fit_period
from townclerk.extract.linking.earlier import earlier_time
from townclerk.extract.linking.scene import Anchor, Scene, SpottedBlock
from townclerk.extract.linking.tables.columns import SPELLS
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
from townclerk.extract.linking.tiles.shown import Shown, shown_measure
from townclerk.extract.linking.tiles.slots import PREVIOUS, TARGET, VALUE, VARIANCE, YEAR_AGO, Slots, fill_slots
from townclerk.extract.linking.tiles.times import aim_time
from townclerk.extract.reading.text.knowledge import knowledge as reading_knowledge
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.candidate import Candidate, Feature, StatedChange
from townclerk.models.mentions import FigureMention, IndicatorMention, PeriodMention
from townclerk.models.period import Period
from townclerk.models.units import Rag, Role, Unit
from townclerk.patterns.table_words import table_words

_VALUE_THEN_BRACKET = re.compile(r"[ \t]*:?[ \t]*[£\d][\d.,]*[ \t]?%?[ \t]*[(\[][ \t]*")


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
    of_places = [time for time in times if _is_of_a_place(time, spotted)]
    dates = [time for time in times if names_date(time) and time not in of_places]
    plain = _without_spells(times, figures, spotted.text)
    slots = fill_slots(spotted.text, plain, spotted.mentions.areas, unit, [time.start for time in dates])
    slots.title = slots.title if lines.name is None else lines.name
    shown = shown_measure(slots, figures, unit, spotted, scene, knowledge)
    if shown is None:
        links.unlinked = [(figure, "the tile names no measure of the catalogue") for figure in figures]
        return links
    dated = [(scene.resolve(dates[place]), figure) for place, figure in slots.dated]
    newest = _newest(dated, slots)
    glossed = [dates[place] for place, _ in slots.dated] if newest is None else []
    glossed += [*of_places, *(t for t in times if any(start <= t.start < end for start, end in slots.glosses))]
    spells = _spells_beside(times, figures, slots, spotted.text)
    glossed += [time for time, _ in spells]
    period = newest or _period([time for time in times if time not in glossed], scene)
    dated += [(scene.resolve(time), figure) for time, figure in [*lines.dated, *spells]]
    by_slot = _by_slot(slots, shown, period, scene)
    if VALUE in by_slot:
        by_slot[VALUE].rag = _colour(spotted.text)
        _give_change(lines, by_slot[VALUE], spotted, scene)
        if PREVIOUS in by_slot and by_slot[VALUE].direction is None:
            by_slot[VALUE].direction = by_slot[VALUE].moved_since(by_slot[PREVIOUS])
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
    beside = _rate(rate, paired, period, scene)
    if beside is not None:
        links.linked.append(beside)
    links.linked.extend(_places(slots, shown, paired, scene))
    if VALUE in by_slot:
        if beside is not None and paired is not None:
            scene.remember(Anchor(beside, IndicatorMention(0, len(spotted.text), (paired.match,)), spotted))
        mention = IndicatorMention(0, len(spotted.text), (shown.match, *shown.rivals))
        scene.remember(Anchor(by_slot[VALUE], mention, spotted))
    return links


def _newest(dated: Sequence[tuple[Period | None, FigureMention]], slots: Slots) -> Period | None:
    """The newest of the times that stand before numbers, unless the tile's own value is another number than its."""
    told = [(when, figure) for when, figure in dated if when is not None]
    when, figure = max(told, key=lambda one: one[0].end, default=(None, None))
    value = slots.held.get(VALUE)
    if figure is not None and value is not None and value.value != figure.value:
        return None
    return when


def _without_spells(times: Sequence[PeriodMention], figures: Sequence[FigureMention], text: str) -> list[FigureMention]:
    """The numbers without those right behind "YTD" and the like, where others are left beside them."""
    spells = [time for time in times if time.expression.form in SPELLS]
    left = [figure for figure in figures if not any(_is_right_behind(figure, time, text) for time in spells)]
    return left if len(left) > 1 else list(figures)


def _spells_beside(
    times: Sequence[PeriodMention], figures: Sequence[FigureMention], slots: Slots, text: str
) -> list[tuple[PeriodMention, FigureMention]]:
    """Values of a longer stretch beside the tile's own, each right behind its name: "Actual 24%  Year to date 23%"."""
    value = slots.held.get(VALUE)
    return [
        (time, figure)
        for time in times
        if time.expression.form in SPELLS
        for figure in figures
        if value is not None
        and figure != value
        and figure not in slots.held.values()
        and _is_right_behind(figure, time, text)
    ]


def _is_right_behind(figure: FigureMention, time: PeriodMention, text: str) -> bool:
    return figure.start >= time.end and not text[time.end : figure.start].strip(" \t:–-")


def _is_of_a_place(time: PeriodMention, spotted: SpottedBlock) -> bool:
    """True for the time right behind a place, or in brackets behind its value: "England 71% (2019-20)"."""
    for area in spotted.mentions.areas:
        between = spotted.text[area.end : time.start] if area.end <= time.start else "\n"
        if not between.strip(" (,:") or _VALUE_THEN_BRACKET.fullmatch(between):
            return True
    return False


def _by_slot(slots: Slots, shown: Shown, period: Period | None, scene: Scene) -> dict[str, Candidate]:
    """The values that the tile's labels name, by what they make them."""
    found: dict[str, Candidate] = {}
    for slot, role, when in (
        (VALUE, Role.ACTUAL, period),
        (TARGET, Role.TARGET, aim_time(slots.labels.get(TARGET, ""), period, scene)),
        (PREVIOUS, Role.ACTUAL, earlier_time(slots.labels.get(PREVIOUS, ""), period, scene)),
        (YEAR_AGO, Role.ACTUAL, earlier_time(slots.labels.get(YEAR_AGO, ""), period, scene)),
    ):
        figure = slots.held.get(slot)
        if figure is not None and shown.suits(figure):
            seen = Feature(f"slot_{slot}", 0.5, f"the tile's labels make it the {slot}")
            found[slot] = shown.candidate(figure, role, scene.own_area(), fit_period(when, shown.indicator), seen)
    _hold(found, slots)
    return found


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
) -> Candidate | None:
    """The rate that stands below a count."""
    if rate is None or paired is None:
        return None
    seen = Feature("slot_value", 0.5, "the tile's labels make it the rate beside the count")
    return paired.candidate(rate[0], Role.ACTUAL, scene.own_area(), fit_period(period, paired.indicator), seen)


def _places(slots: Slots, shown: Shown, paired: Shown | None, scene: Scene) -> list[Candidate]:
    """Values of other places in the tile, with the year that the tile or heading gives for them.

    Beside a count and its rate, decimals are the rate's.
    """
    found: list[Candidate] = []
    told = shown.spotted.mentions.periods
    years = [p for p in told if p.expression.form == "financial_year"]
    years += [p for p in told if p.expression.form == "year" and _is_of_a_place(p, shown.spotted)]
    year = scene.resolve(years[0]) if years else None
    for mention, figure in slots.places:
        meant = paired if paired is not None and figure.decimals else shown
        if not meant.suits(figure):
            continue
        seen = Feature("slot_place", 0.2, "stands beside the name of the place")
        when = fit_period(closed_year(year, meant.indicator), meant.indicator)
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


def _period(times: list[PeriodMention], scene: Scene) -> Period | None:
    """The time of a tile: its own, else the heading's, else the report's."""
    for mention in times:
        if mention.expression.form.startswith(("previous", "same", "last")) or "maybe_definition" in mention.flags:
            continue
        period = scene.resolve(mention)
        if period is not None:
            return period.with_basis(period.basis, mention.text)
    return scene.undated(None)
