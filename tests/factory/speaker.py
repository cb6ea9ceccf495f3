"""The voice of one report: turns the world's numbers into marked words and keeps the gold book as it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.factory.gold import Book, Figure
from tests.factory.grammar import Grammar, Slots, fill, load_pools, lower_first
from tests.factory.marks import mark
from tests.factory.measures import Measure
from tests.factory.periods import Calendar
from tests.factory.place import invent_person
from tests.factory.world import World, round_half_up
from townclerk.models.period import PeriodKind, parse_code
from townclerk.models.units import Unit

_HERE = Path(__file__).parent
WORDING = {
    "open": (_HERE / "wording" / "open",),
    "former": (_HERE / "wording" / "open", _HERE / "former" / "wording"),
    "held": (_HERE / "wording" / "open", _HERE / "held" / "wording"),
}
_RATES = {Unit.PER_1000: "1,000", Unit.PER_10000: "10,000", Unit.PER_100000: "100,000"}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh")


@dataclass(slots=True)
class Names:
    """How this report calls one measure, chosen once."""

    title: str
    short: str
    subject: str


class Speaker:
    """Words for numbers. One for each report."""

    def __init__(self, world: World, part: str) -> None:
        self.world = world
        self.rng: Random = world.rng
        self.grammar = Grammar(load_pools(WORDING[part]), self.rng)
        self.calendar = Calendar(world, self.rng)
        self.book = Book()
        self.percent_word = self.rng.random() < 0.08
        self._names: dict[str, Names] = {}

    def words(self, line: str) -> str:
        """The line with this council's own words in its slots."""
        return fill(line, self.world.words)

    def names(self, measure: Measure) -> Names:
        """What this report calls a measure."""
        if measure.id not in self._names:
            rng = self.rng
            title = rng.choice(measure.names + (measure.legacy if rng.random() < 0.2 else []))
            title = self.words(title)
            if self._is_share_of(measure, title) and rng.random() < 0.5:
                title = f"{rng.choice(['Percentage of', '%', '% of', 'Proportion of'])} {lower_first(title)}"
            if measure.codes and rng.random() < 0.25 and self.world.end.year < 2016:
                title = f"{rng.choice(measure.codes)} {_capital(title)}"
            self._names[measure.id] = Names(
                _capital(title), _capital(self.words(rng.choice(measure.short))), self._subject(measure)
            )
        return self._names[measure.id]

    def _is_share_of(self, measure: Measure, title: str) -> bool:
        """True where "percentage of" may stand before the title: it begins with the things the percentage is of."""
        first = title.split(maxsplit=1)[0].lower()
        return measure.unit is Unit.PERCENT and any(first in self.words(pop).lower().split() for pop in measure.pop)

    def _subject(self, measure: Measure) -> str:
        rng = self.rng
        if measure.np and (not measure.pop or rng.random() < 0.4):
            return self.words(rng.choice(measure.np))
        if measure.pop:
            pop, did = self.words(rng.choice(measure.pop)), self.words(rng.choice(measure.did))
            share = rng.choice(["proportion", "percentage", "share"])
            return f"the {share} of {pop} {'who' if measure.who else 'that'} {did}"
        return f"the number of {self.words(rng.choice(measure.things))}"

    # Values -----------------------------------------------------------------------------------------------------

    def number(self, measure: Measure, value: float, places: int | None = None) -> str:
        """A value's digits as printed, without its unit."""
        places = self.world.printed(measure) if places is None else places
        return f"{round_half_up(value, places):,.{places}f}"

    def with_unit(self, measure: Measure, digits: str) -> str:
        """Digits with their unit, for running text."""
        if measure.unit is Unit.PERCENT:
            return f"{digits} per cent" if self.percent_word else f"{digits}%"
        if measure.unit in _RATES:
            return f"{digits} per {_RATES[measure.unit]}"
        if measure.unit in {Unit.DAYS, Unit.WEEKS}:
            return f"{digits} {measure.unit.value}"
        return f"£{digits}" if measure.unit is Unit.CURRENCY else digits

    def figure(
        self,
        measure: Measure,
        value: float,
        period: str | None,
        *,
        role: str = "actual",
        area: str | None = "self",
        places: int | None = None,
        label: str | None = None,
        difficulty: str = "easy",
    ) -> Figure:
        """A new entry of the gold book for a value as it will be printed."""
        places = self.world.printed(measure) if places is None else places
        return self.book.add(
            Figure(
                measure.id,
                label or self.names(measure).title,
                round_half_up(value, places),
                measure.unit.value,
                role,
                area,
                period,
                difficulty=difficulty,
                decimals=places,
            )
        )

    def print(self, measure: Measure, figure: Figure, *, unit: bool = True, places: int | None = None) -> str:
        """The figure's value in print, marked."""
        if figure.value is None:
            raise ValueError("a figure without a value has no print; use print_words")
        digits = self.number(measure, figure.value, figure.decimals if places is None else places)
        return self.print_words(figure, self.with_unit(measure, digits) if unit else digits)

    def in_cell(self, measure: Measure, figure: Figure, with_unit: bool) -> str:
        """The figure's value as table cells have it: per cent as a sign or not at all, rates without their base."""
        if figure.value is None:
            raise ValueError("a figure without a value has no print; use print_words")
        digits = self.number(measure, figure.value, figure.decimals)
        if with_unit and measure.unit in {Unit.PERCENT, Unit.CURRENCY}:
            digits = f"{digits}%" if measure.unit is Unit.PERCENT else f"£{digits}"
        return self.print_words(figure, digits)

    def print_words(self, figure: Figure, words: str) -> str:
        """Any words, marked as a print of the figure."""
        number = self.book.new_mark()
        figure.prints.append(number)
        return mark(words, number)

    def passage(self, words: str, *figures: Figure) -> str:
        """Words marked as the commentary of some figures."""
        number = self.book.new_mark()
        for figure in figures:
            figure.passage = number
        return mark(words, number)

    # Time -------------------------------------------------------------------------------------------------------

    def code(self, measure: Measure, months_back: int = 0) -> str:
        """The gold code of the measure's value in the report's period moved back (for a stock: its last day)."""
        code = self.world.shifted(-months_back)
        return self.dated(measure, code)

    def dated(self, measure: Measure, code: str) -> str:
        """A period's code as gold has it for this measure."""
        period = parse_code(code)
        if measure.kind == "stock" and period.kind in {PeriodKind.QUARTER, PeriodKind.FINANCIAL_YEAR}:
            return period.end.isoformat()
        return code

    def when(self, measure: Measure, code: str, *, needed: bool = False) -> str:
        """A time phrase for the measure's value of that code."""
        return self.calendar.when(code, measure.kind == "stock", self.grammar, needed)

    # Talk without figures ---------------------------------------------------------------------------------------

    def comment(self, pool: str = "passage3") -> str:
        """Sentences of explanation; no sentence occurs twice in one passage."""
        while True:
            words = self.grammar.say(pool)
            starts = [" ".join(sentence.split()[:3]) for sentence in words.split(". ")]
            if len(set(starts)) == len(starts):
                return words

    def say(self, pool: str, slots: Slots | None = None) -> str:
        """A line of a pool with the council's words."""
        return self.grammar.say(pool, {**self.world.words, **(slots or {})})

    def fill(self, line: str, slots: Slots) -> str:
        """A line of a pool that was picked before, with its slots filled."""
        return fill(line, {**self.world.words, **slots})

    def person(self) -> tuple[str, str]:
        """A made-up name and post."""
        return invent_person(self.rng)

    def decoy(self, *pools: str) -> str:
        """A sentence with numbers that are no observation."""
        rng = self.rng
        person, post = invent_person(rng)
        return self.grammar.say(
            rng.choice(pools),
            {
                "low": lambda: f"{rng.uniform(2, 14):.{rng.choice([0, 1])}f}%",
                "mid": lambda: f"{rng.uniform(18, 52):.{rng.choice([0, 1])}f}%",
                "high": lambda: f"{rng.uniform(70, 98):.{rng.choice([0, 1])}f}%",
                "n2": lambda: str(rng.randint(11, 89)),
                "n3": lambda: str(rng.randint(102, 985)),
                "m": lambda: f"{rng.uniform(0.3, 9.8):.1f}",
                "small": lambda: str(rng.randint(2, 9)),
                "year": lambda: str(rng.randint(1989, 2014)),
                "s": lambda: str(rng.choice([17, 20, 22, 31, 47])),
                "digit": lambda: str(rng.randint(1, 5)),
                "person": person,
                "post": post,
                "phone": lambda: f"01632 960{rng.randint(100, 999)}",
            },
        )

    def ordinal(self, position: int) -> str:
        """A rank in words or figures."""
        suffix = {1: "st", 2: "nd", 3: "rd"}.get(position, "th")
        return self.rng.choice([_ORDINALS[position - 1], f"{position}{suffix}"])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
