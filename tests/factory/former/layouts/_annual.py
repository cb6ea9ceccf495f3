"""Sentences on whole financial years: the year just over, and the one before it."""

from __future__ import annotations

from datetime import date, timedelta

from tests.factory.former.layouts._voice import OwnSpeaker, Said
from tests.factory.grammar import capital
from tests.factory.measures import Measure
from tests.factory.statements import Slots
from tests.factory.world import World, round_half_up
from townclerk.models.period import financial_year_of
from townclerk.models.units import Unit


def end_with_the_year(world: World) -> None:
    """Let the report's period end with the last financial year that is over. Nothing may have been read before."""
    world.kind = "quarter"
    world.end = date(financial_year_of(world.end), 3, 31)
    world.meeting = world.end + timedelta(days=world.rng.randint(70, 160))


def year_codes(world: World, count: int) -> list[str]:
    """Codes of the last financial years, the latest last."""
    last = financial_year_of(world.end)
    return [f"FY{year}-{(year + 1) % 100:02d}" for year in range(last - count + 1, last + 1)]


class Year(Said):
    """A measure's figures for one financial year and the one before."""

    def __init__(self, speaker: OwnSpeaker, measure: Measure) -> None:
        self.earlier, code = year_codes(speaker.world, 2)
        super().__init__(speaker, measure, code)

    def then(self, months_back: int | None = None) -> str:
        """The earlier year's value in print."""
        if months_back is not None:
            return super().then(months_back)
        value = self.speaker.world.reading(self.measure, self.earlier).value
        return self.speaker.print(self.measure, self._add(value, self.earlier))

    def rounded(self, months_back: int = 0) -> float:
        """This year's or the earlier year's value, as printed."""
        code = self.earlier if months_back else self.code
        return round_half_up(self.speaker.world.reading(self.measure, code).value, self.places)

    def _change(self, which: str, words: str) -> str:
        text = super()._change(which, words)
        if self._pending is not None:
            self._pending["from_period"] = self.speaker.dated(self.measure, self.earlier)
        return text

    def _time_slots(self) -> Slots:
        def earlier() -> str:
            return self.speaker.when(self.measure, self.earlier, needed=True)

        slots = super()._time_slots()
        return {
            **slots,
            "pwhen": earlier,
            "Pwhen": lambda: capital(earlier()),
            "pname": lambda: self._name_of(self.earlier),
        }


def year_sentence(speaker: OwnSpeaker, measure: Measure) -> str:
    """A sentence on the year, often with the service's words behind it."""
    rng = speaker.rng
    statement = Year(speaker, measure)
    text = statement.say(rng.choice(_pools(statement)))
    if statement.figure is not None and rng.random() < 0.4:
        text = f"{text} {speaker.passage(speaker.comment('passage2'), statement.figure)}"
    return text


def _pools(statement: Year) -> list[str]:
    measure, reading = statement.measure, statement.reading
    same = statement.movement() == "same"
    if measure.unit is Unit.COUNT:
        pools = ["count_level", "count_same"] if same else ["count_level", "count_prev", "count_prev", "count_change"]
        return pools + (["count_rate", "count_rate"] if statement.rate_slots() else [])
    pools = ["np_level", "np_comp", "np_same"] if same else ["np_level", "np_prev", "np_change", "np_comp", "name_prev"]
    if measure.pop and reading.denominator:
        pools += ["pct_level"] + ([] if same else ["pct_prev"])
        if not measure.counted and 1 < (reading.numerator or 0) < reading.denominator:
            pools += ["of_n", "n_of_d"]
    return pools
