"""Single figures for layouts that set them out one by one: a value of any period, in print, with its gold."""

from __future__ import annotations

from collections.abc import Collection

from tests.factory.gold import Figure
from tests.factory.layouts._parts import choose
from tests.factory.measures import Measure
from tests.factory.speaker import Speaker
from tests.factory.world import World, round_half_up
from townclerk.models.period import financial_year_of
from townclerk.models.units import Unit

_ENOUGH = 3


def financial_year(start: int) -> str:
    """The code of the financial year that begins in April of `start`."""
    return f"FY{start}-{(start + 1) % 100:02d}"


def whole_years(world: World, count: int) -> list[str]:
    """The last financial years that were over at the report's end, oldest first."""
    last = financial_year_of(world.end) - (world.end.month != 3)
    return [financial_year(last - back) for back in range(count - 1, -1, -1)]


def yearly(speaker: Speaker, count: int, years: int, *, units: Collection[Unit] | None = None) -> list[Measure]:
    """Measures with enough cases in each of the last whole years."""
    codes = whole_years(speaker.world, years)
    return [m for m in choose(speaker, count + 6, units=units) if all(_enough(speaker, m, c) for c in codes)][:count]


def _enough(speaker: Speaker, measure: Measure, code: str) -> bool:
    reading = speaker.world.reading(measure, code)
    return reading.value > 0 and (reading.denominator is None or reading.denominator >= _ENOUGH)


def actual(
    speaker: Speaker, measure: Measure, code: str, *, prose: bool = False, label: str | None = None,
    difficulty: str = "medium",
) -> tuple[Figure, str]:  # fmt: skip
    """The authority's own value for a period and its print, as running text or as a cell has it."""
    value = speaker.world.reading(measure, code).value
    figure = speaker.figure(measure, value, speaker.dated(measure, code), label=label, difficulty=difficulty)
    return figure, speaker.print(measure, figure) if prose else speaker.in_cell(measure, figure, True)


def aim(
    speaker: Speaker, measure: Measure, code: str, *, prose: bool = False, difficulty: str = "medium"
) -> tuple[Figure, str]:
    """The target and its print."""
    value = speaker.world.target(measure)
    places = 1 if value != int(value) else 0
    period = speaker.dated(measure, code)
    figure = speaker.figure(measure, value, period, role="target", places=places, difficulty=difficulty)
    return figure, speaker.print(measure, figure) if prose else speaker.in_cell(measure, figure, True)


def elsewhere(
    speaker: Speaker, measure: Measure, area: str, code: str, *, dated: bool, prose: bool = False
) -> tuple[Figure, str]:
    """A comparator for a year and its print; one that is printed without its year has no period (C2)."""
    value = speaker.world.comparators(measure, code)[area]
    period = speaker.dated(measure, code) if dated else None
    figure = speaker.figure(measure, value, period, area=area, difficulty="medium")
    return figure, speaker.print(measure, figure) if prose else speaker.in_cell(measure, figure, True)


def with_counts(speaker: Speaker, measure: Measure, figure: Figure, code: str) -> str:
    """The counts behind a percentage, "166 of 201", which the figure then carries; "" where there are none."""
    reading = speaker.world.reading(measure, code)
    if measure.unit is not Unit.PERCENT or not reading.denominator or not reading.numerator:
        return ""
    figure.numerator, figure.denominator = reading.numerator, reading.denominator
    return f"{reading.numerator:,} {speaker.rng.choice(['of', 'out of'])} {reading.denominator:,}"


def moved(speaker: Speaker, measure: Measure, code: str, before: str) -> str:
    """up, down or same, by the printed values of two periods."""
    places = speaker.world.printed(measure)
    new, old = (round_half_up(speaker.world.reading(measure, c).value, places) for c in (code, before))
    return "up" if new > old else "down" if new < old else "same"
