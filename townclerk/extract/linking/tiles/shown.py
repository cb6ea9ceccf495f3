"""Which measure a tile shows, and the figures of the tile as its values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.agreement import IMPOSSIBLE, agreement
from townclerk.extract.linking.evidence import margin_of, time_told
from townclerk.extract.linking.scene import Scene, SpottedBlock
from townclerk.extract.linking.tiles.slots import PREVIOUS, TARGET, VALUE, YEAR_AGO, Slots
from townclerk.models.area import Area
from townclerk.models.candidate import Candidate, Feature, Span
from townclerk.models.indicator import Indicator
from townclerk.models.mentions import FigureMention, IndicatorMatch
from townclerk.models.period import Period
from townclerk.models.units import Method, Role, Unit

_LEAST_SCORE = 1.2
_MOST, _MOST_RIVALS = 6, 3
# An everyday name counts for less than one that is the measure's alone.
_EVERYDAY = 0.5


@dataclass(slots=True)
class Shown:
    """The measure that a tile shows, and what says so.

    Attributes:
        spotted: The tile.
        indicator: The measure.
        match: How its name was read.
        rivals: Other readings of the same words.
        label: The words that name it.
        features: The evidence for it.
    """

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


def shown_measure(
    slots: Slots,
    figures: list[FigureMention],
    unit: Unit | None,
    spotted: SpottedBlock,
    scene: Scene,
    knowledge: Knowledge,
) -> Shown | None:
    """The measure a tile shows: what its title says, completed by the heading above.

    Args:
        slots: What the tile's labels say of its figures.
        figures: All of its figures.
        unit: The unit of its values, where it tells.
        spotted: The tile.
        scene: Headings in force.
        knowledge: Catalogue and spotters.

    Returns:
        None where no words name a measure that suits its figures.
    """
    figure = _first_figure(slots)
    if figure is None:
        return None
    search = _Search(figure, unit, knowledge)
    for said in _nearest_names(slots, spotted, scene):
        search.hear(said)
    for said in _farther_names(slots, spotted, scene):
        if search.is_settled():
            break
        search.hear(said)
    best = search.best
    if best is None or not search.is_settled():
        return None
    match = best.match
    kind = Feature("match_" + match.kind.value, match.score, f"“{best.label}” names the measure ({match.kind.value})")
    fits = Feature("unit_fit", min(1.0, best.score - 2.0 * match.score), "the unit suits the measure")
    others = (score for name, score in search.scores.items() if name != match.indicator_id)
    margin = best.score - max(others, default=-9.0)
    seen = [kind, fits, margin_of(margin), *_doubts(match, figures, slots, spotted, knowledge, unit)]
    return Shown(spotted, knowledge.catalogue.indicators[match.indicator_id], match, best.rivals, best.label, seen)


def _first_figure(slots: Slots) -> FigureMention | None:
    """The figure by which the measure is judged: the first that has a slot, a time or a place."""
    held = [slots.held[slot] for slot in (VALUE, TARGET, PREVIOUS, YEAR_AGO) if slot in slots.held]
    told = [*held, *(figure for _, figure in slots.dated), *(figure for _, figure in slots.places)]
    return told[0] if told else None


def _nearest_names(slots: Slots, spotted: SpottedBlock, scene: Scene) -> Iterator[list[str]]:
    """The words that may name the measure: phrases of the tile, its title under the headings, a heading, its title."""
    headings = [held.text for held in scene.naming()]
    for mention in spotted.mentions.indicators:
        # "3pp" is a change in percentage points, not somebody's pathway plan.
        if not spotted.text[: mention.start][-1:].isdigit():
            yield [spotted.label(mention)]
    yield [*headings[-2:], slots.title]
    yield headings[-1:]
    yield [slots.title]


def _farther_names(slots: Slots, spotted: SpottedBlock, scene: Scene) -> Iterator[list[str]]:
    """Words that count where no nearer ones do.

    They are the heading whose place the present one took, and the section's group ("Care leavers") with a title of
    the tile's own ("In touch").
    """
    if scene.displaced is not None:
        yield [scene.displaced.text]
    above = scene.headings[-1:] if scene.headings and scene.headings[-1].index == spotted.index - 1 else []
    titles = [text for text in (slots.title, *(held.text for held in above)) if text]
    for group in scene.section:
        for text in titles:
            yield [group, text]


@dataclass(slots=True)
class _Naming:
    """A measure that words name, and how well it suits the tile."""

    score: float
    match: IndicatorMatch
    rivals: list[IndicatorMatch]
    label: str


@dataclass(slots=True)
class _Search:
    """The search for the measure of a tile by what its words name.

    Attributes:
        figure: The figure that must suit it.
        unit: The unit of the tile's values, where it tells.
        knowledge: Catalogue and spotters.
        best: The best so far.
        scores: How well each measure does that was named.
    """

    figure: FigureMention
    unit: Unit | None
    knowledge: Knowledge
    best: _Naming | None = None
    scores: dict[str, float] = field(default_factory=dict)

    def is_settled(self) -> bool:
        """True where a measure does well enough."""
        return self.best is not None and self.best.score >= _LEAST_SCORE

    def hear(self, parts: list[str]) -> None:
        """Weigh what words, outermost first, name."""
        said = [part for part in parts if part]
        matches = self.knowledge.spotter.read_label(said, self.unit) if said else []
        for match in matches:
            fit = self._fit(match, " ".join(said))
            if fit <= IMPOSSIBLE:
                continue
            score = 2.0 * match.score + fit - (_EVERYDAY if match.needs_context else 0.0)
            self.scores[match.indicator_id] = max(score, self.scores.get(match.indicator_id, score))
            if self.best is None or score > self.best.score + 1e-9:
                rivals = [other for other in matches if other.indicator_id != match.indicator_id]
                self.best = _Naming(score, match, rivals[:_MOST_RIVALS], said[-1])

    def _fit(self, match: IndicatorMatch, said: str) -> float:
        indicator = self.knowledge.catalogue.indicators[match.indicator_id]
        fit = agreement(self.figure, indicator, said)
        told = self.unit is not None and indicator.unit is self.unit and self.figure.unit in {None, self.unit}
        return max(fit, 1.0) if told else fit


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
