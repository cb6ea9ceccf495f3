"""The held-back part's own voice: other year labels, other units in words, other subjects, other brackets."""

from __future__ import annotations

from random import Random

from tests.factory.grammar import capital, fill
from tests.factory.measures import Measure
from tests.factory.periods import Calendar
from tests.factory.place import invent_person
from tests.factory.speaker import Speaker
from tests.factory.statements import NUMBER_WORDS, Slots, Statement
from tests.factory.world import World
from townclerk.models.period import Period, PeriodKind, financial_year_of, parse_code
from townclerk.models.units import Unit

_DIGITS_FROM = 10
_LETTERED = 0.3
_YEARS = ("{a}-{b:02d}", "{a}-{b:02d}", "{aa:02d}/{b:02d}", "FY{aa:02d}/{b:02d}", "{a}/{b:02d}", "FY{a}-{b:02d}")
_QUARTERS = ("Q{q} {fy}", "Qtr {q} {fy}", "{m1}-{m3} {y}", "Q{q} ({m1} to {m3} {y})", "{fy} Q{q}", "Quarter {q}, {fy}")
_SHARES = ("timeliness", "take-up", "rate", "coverage", "conversion", "population", ":", "stability", "participation")
_ENDS = ("{fy}", "Year ending March {y}", "Y/e 31 March {y}", "{fy} outturn", "{fy}")


class HeldCalendar(Calendar):
    """Dates as one council of the former held-back part writes them."""

    def __init__(self, world: World, rng: Random) -> None:
        super().__init__(world, rng)
        self.year_form = rng.choice(_YEARS)
        self.quarter_head = rng.choice(_QUARTERS)
        self.year_head = rng.choice(_ENDS)

    def year(self, start: int) -> str:
        """A financial year, "FY18/19"."""
        return self.year_form.format(a=start, aa=start % 100, b=(start + 1) % 100)

    def head(self, code: str) -> str:
        """A period as a column head."""
        period = parse_code(code)
        slots = {key: str(value) for key, value in self._slots(period).items()}
        if period.kind is PeriodKind.QUARTER:
            short = {"m1": slots["m1"][:3], "m3": slots["m3"][:3]}
            return fill(self.quarter_head, {**slots, **short})
        if period.kind is PeriodKind.FINANCIAL_YEAR:
            return fill(self.year_head, slots)
        return super().head(code)

    def report_title(self) -> str:
        """The report's period, as titles have it."""
        code = self.world.period
        if parse_code(code).kind is PeriodKind.MONTH:
            return self.world.rng.choice(["{m3} {y}", "month ending {date}"]).format(**self._slots(parse_code(code)))
        forms = (
            "{Qth} quarter of {fy}",
            "{m1} to {m3} {y}",
            "Q{q} of {fy}",
            "quarter ending {date}",
            "{fy}, quarter {q}",
        )
        slots = self._slots(parse_code(code))
        return self.world.rng.choice(forms).format(**slots, Qth=capital(slots["qth"]))

    def _slots(self, period: Period) -> dict[str, str]:
        slots = super()._slots(period)
        start = financial_year_of(period.end) if period.kind is not PeriodKind.ACADEMIC_YEAR else period.start.year
        return {**slots, "fy": self.year(start), "ay": self.year(start).removeprefix("FY")}


class OwnSpeaker(Speaker):
    """Words for numbers in the former held-back part."""

    def __init__(self, world: World) -> None:
        super().__init__(world, "former")
        rng = self.rng
        self.calendar: HeldCalendar = HeldCalendar(world, rng)
        self.percent = rng.choice(["%", "%", "%", "%", " per cent", " percent"])
        self.per = rng.choice(
            [" per 10,000", " per 10,000 children", " per 10k", " per 10,000 under-18s", " per 10,000"]
        )
        people = [invent_person(rng)[0] for _ in range(6)]
        self.initials = sorted({"".join(word[0] for word in name.split()) for name in people})
        self.points = rng.choice(["percentage points", "points", "ppts", "percentage points", "pp"])

    def with_unit(self, measure: Measure, digits: str) -> str:
        """Digits with their unit, for running text."""
        if measure.unit is Unit.PERCENT:
            return f"{digits}{self.percent}"
        if measure.unit is Unit.PER_10000:
            return f"{digits}{self.per}"
        return super().with_unit(measure, digits)

    def _is_share_of(self, measure: Measure, title: str) -> bool:
        plain = not any(word in title.lower() for word in _SHARES)
        return plain and super()._is_share_of(measure, title)

    def _subject(self, measure: Measure) -> str:
        if measure.np:
            return self.words(self.rng.choice(measure.np))
        return super()._subject(measure)


class Said(Statement):
    """Statements with the former held-back part's brackets and words of change."""

    speaker: OwnSpeaker

    def now(self) -> str:
        """The value in print; in letters only from one to nine, as style guides have it."""
        value = self.reading.value
        self.figure = self._add(value, self.code)
        if self.measure.unit is Unit.COUNT and 0 < value < _DIGITS_FROM and self.speaker.rng.random() < _LETTERED:
            return self.speaker.print_words(self.figure, NUMBER_WORDS[int(value)])
        return self.speaker.print(self.measure, self.figure)

    def _subject_slots(self) -> Slots:
        return {**super()._subject_slots(), "who": self.speaker.rng.choice(self.speaker.initials)}

    def _time_slots(self) -> Slots:
        before = self.speaker.world.shifted(-self.back)
        slots = super()._time_slots()
        return {**slots, "Pwhen": lambda: capital(self.speaker.when(self.measure, before, needed=True))}

    def _comparator_slots(self) -> Slots:
        speaker, world = self.speaker, self.speaker.world
        slots = super()._comparator_slots()
        code, name, dated = world.last_year_code(), speaker.rng.choice(world.home.neighbours), bool(slots["cin"])
        return {
            **slots,
            "Comp1": lambda: capital(fill(speaker.grammar.pick("comp"), slots)),
            "nb": name,
            "nbv": lambda: self.elsewhere(name, code, dated),
            "go": lambda: self.elsewhere("good_outstanding", code, dated),
        }

    def rate_slots(self) -> Slots:
        slots = super().rate_slots()
        inner = slots.get("r")
        if not callable(inner):
            return slots

        def say() -> str:
            printed = inner()
            self.figures[-1].label = self._label
            return printed

        return {**slots, "r": say}

    def _change(self, which: str, words: str) -> str:
        points = self.speaker.points
        text = super()._change(which, words)
        return text.replace(" percentage points", points if points == "pp" else f" {points}")

    def _counts(self) -> str:
        reading, rng = self.reading, self.speaker.rng
        if self.measure.unit is not Unit.PERCENT or not reading.denominator or rng.random() < 0.6:
            return ""
        figure = self.owner()
        figure.numerator, figure.denominator = reading.numerator, reading.denominator
        n, d = f"{reading.numerator:,}", f"{reading.denominator:,}"
        forms = (
            f" ({n} from {d})",
            f" [{n}/{d}]",
            f" ({n} of a possible {d})",
            f" ({n} of the {d})",
            f" (n = {n} of {d})",
        )
        return rng.choice(forms)


def voice(speaker: Speaker) -> OwnSpeaker:
    """A voice of the former held-back part for the world of a given one."""
    return OwnSpeaker(speaker.world)
