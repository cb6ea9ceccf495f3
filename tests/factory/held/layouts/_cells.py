"""Cells of the held-back part's tables: values with what may stand in their place, targets, ratings, movement."""

from __future__ import annotations

from tests.factory.chance import chance
from tests.factory.gold import Figure
from tests.factory.measures import Measure
from tests.factory.page import Cell
from tests.factory.speaker import Speaker
from tests.factory.world import AVERAGES, round_half_up
from townclerk.models.units import Unit

_ARROWS = ({"up": "↑", "down": "↓", "same": "→"}, {"up": "▲", "down": "▼", "same": "►"})
_SMALL = 5
_AWAITED = 0.015


class Cells:
    """One report's habits: what it writes for small numbers and missing ones, its arrows and its words of movement."""

    def __init__(self, speaker: Speaker, *, gaps: bool = True) -> None:
        rng = speaker.rng
        self.speaker = speaker
        self.hides = speaker.say("kpi_suppressed") if gaps and rng.random() < 0.35 else ""
        self.awaited = speaker.say("kpi_awaited") if gaps else ""
        self.none = speaker.say("kpi_no_target")
        self.arrows = rng.choice(_ARROWS)
        words = speaker.say("kpi_move_words").split("|")
        self.words = dict(zip(("better", "worse", "same", "more", "less"), words, strict=True))
        self.letters = rng.random() < 0.4
        self.signs = True
        good = speaker.say("kpi_good_words").split("|")
        self.good = dict(zip(("high", "low", "none"), good, strict=True))

    def units(self) -> dict[Unit, str]:
        """Words of a column of units, for a table whose cells may then leave the signs out."""
        self.signs = self.speaker.rng.random() < 0.4
        kinds = sorted({measure.unit for measure in self.speaker.world.measures.values()})
        return {unit: self.speaker.say(f"kpi_unit_{unit.value}") for unit in kinds}

    def gap(self, measure: Measure, code: str) -> str:
        """What stands where this report does not show a value: a mark for a small number, a word for a missing one."""
        world = self.speaker.world
        value = world.reading(measure, code).value
        if measure.unit is Unit.COUNT and 0 < value < _SMALL and self.hides:
            return self.hides
        late = chance(world.seed, measure.id, code, "awaited").random() < _AWAITED
        return self.awaited if late else ""

    def value(self, measure: Measure, code: str, *, newest: bool = False) -> tuple[Figure | None, Cell]:
        """The authority's value for a period; None and a dash where nothing happened that could be measured."""
        speaker = self.speaker
        reading = speaker.world.reading(measure, code)
        if (measure.unit is Unit.PERCENT or measure.unit in AVERAGES) and not reading.denominator:
            return None, Cell("-")
        period = speaker.dated(measure, code)
        figure = speaker.figure(measure, reading.value, period, difficulty="easy" if newest else "medium")
        if words := self.gap(measure, code):
            figure.value, figure.status = None, "suppressed" if words == self.hides else "not_available"
            return figure, Cell(speaker.print_words(figure, words))
        return figure, Cell(speaker.in_cell(measure, figure, self.signs))

    def target(
        self, measure: Measure, code: str, value: float | None = None, *, other_spell: bool = False
    ) -> tuple[Figure | None, Cell]:
        """The target for a period, or what stands where there is none.

        Args:
            measure: Whose target.
            code: The period it is for.
            value: The target, if it is not the one for the report's own period.
            other_spell: True for a longer or shorter spell than the report's, in which counts of events differ.
        """
        speaker = self.speaker
        if measure.better == "none" or (other_spell and self.counts_events(measure)):
            return None, Cell(self.none)
        value = speaker.world.target(measure) if value is None else value
        places = 1 if value != int(value) else 0
        period = speaker.dated(measure, code)
        figure = speaker.figure(measure, value, period, role="target", places=places, difficulty="medium")
        return figure, Cell(speaker.in_cell(measure, figure, self.signs))

    def elsewhere(self, measure: Measure, area: str, code: str, *, dated: bool) -> Cell:
        """A comparator; one whose year is not printed has no period (C2). Counts are not compared."""
        if measure.unit in {Unit.COUNT, Unit.CURRENCY}:
            return Cell("-")
        speaker = self.speaker
        value = speaker.world.comparators(measure, code)[area]
        period = speaker.dated(measure, code) if dated else None
        figure = speaker.figure(measure, value, period, area=area, difficulty="medium")
        return Cell(speaker.in_cell(measure, figure, self.signs))

    @staticmethod
    def counts_events(measure: Measure) -> bool:
        """True for counts that grow with the length of the spell they are counted in."""
        return measure.unit is Unit.COUNT and measure.kind != "stock"

    def rating(self, measure: Measure, figure: Figure | None) -> Cell:
        """The colour of a value against the target; it belongs to the value."""
        if figure is None or figure.value is None or measure.better == "none":
            return Cell("")
        target = self.speaker.world.target(measure)
        gap = (figure.value - target) * (1 if measure.better == "high" else -1)
        figure.rag = "green" if gap >= 0 else "amber" if gap >= -0.1 * target else "red"
        return Cell(figure.rag[0].upper() if self.letters else figure.rag.capitalize(), figure.rag)

    def which(self, measure: Measure, code: str, before: str) -> str:
        """up, down or same, by the printed values of two periods."""
        world = self.speaker.world
        places = world.printed(measure)
        new, old = (round_half_up(world.reading(measure, c).value, places) for c in (code, before))
        return "up" if new > old else "down" if new < old else "same"

    def movement(self, measure: Measure, figure: Figure | None, which: str, *, arrows: bool) -> Cell:
        """An arrow for the number's way, or a word for the performance's; both state the number's direction."""
        if figure is None or figure.value is None:
            return Cell("")
        figure.direction = which
        if arrows or which == "same":
            return Cell(self.arrows[which] if arrows else self.words["same"])
        if measure.better == "none":
            return Cell(self.words["more" if which == "up" else "less"])
        return Cell(self.words["better" if (which == "up") == (measure.better == "high") else "worse"])

    def counts(self, measure: Measure, figure: Figure | None, code: str, pool: str = "kpi_counts") -> str:
        """Words that give the counts behind a percentage (P31), which the figure then carries; or nothing."""
        reading = self.speaker.world.reading(measure, code)
        if figure is None or figure.value is None or measure.unit is not Unit.PERCENT or not reading.denominator:
            return ""
        figure.numerator, figure.denominator = reading.numerator, reading.denominator
        return self.speaker.say(pool, {"n": f"{reading.numerator:,}", "d": f"{reading.denominator:,}"})
