"""Sentences that carry figures, with the gold that belongs to each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.factory.gold import Figure
from tests.factory.grammar import capital, fill
from tests.factory.measures import Measure
from tests.factory.speaker import Speaker
from tests.factory.world import round_half_up
from townclerk.models.units import Unit

NUMBER_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_WRONG_CHANGE = 0.04  # share of stated changes that are made wrong on purpose
COMPUTED = "computed from the two counts"
Slots = dict[str, str | Callable[[], str]]


class Statement:
    """One measure's figures in one report, ready to be spoken of: now, before, a year ago, target, elsewhere."""

    def __init__(self, speaker: Speaker, measure: Measure, code: str | None = None, before: int | None = None) -> None:
        self.speaker = speaker
        self.measure = measure
        world = speaker.world
        self.code = code or world.period
        self.back = before if before is not None else speaker.rng.choice([world.step, world.step, 12])
        self.reading = world.reading(measure, self.code)
        self.places = world.printed(measure)
        self.figure: Figure | None = None
        self.figures: list[Figure] = []
        self._label = ""
        self._directed: str | None = None
        self._pending: dict[str, Any] | None = None
        self._wrong = ""

    # The figures ------------------------------------------------------------------------------------------------

    def now(self) -> str:
        """The value in print, with its unit."""
        self.figure = self._add(self.reading.value, self.code)
        value = self.reading.value
        if self.measure.unit is Unit.COUNT and value < len(NUMBER_WORDS) and self.speaker.rng.random() < 0.3:
            return self.speaker.print_words(self.figure, NUMBER_WORDS[int(value)])
        return self.speaker.print(self.measure, self.figure)

    def then(self, months_back: int | None = None) -> str:
        """The earlier value in print."""
        back = self.back if months_back is None else months_back
        code = self.speaker.world.shifted(-back)
        value = self.speaker.world.reading(self.measure, code).value
        return self.speaker.print(self.measure, self._add(value, code))

    def aim(self) -> str:
        """The target in print."""
        value = self.speaker.world.target(self.measure)
        places = 1 if value != int(value) else 0
        if self.measure.unit is Unit.PERCENT and self.places == 1 and self.speaker.rng.random() < 0.2:
            places = 1
        figure = self._add(value, self.code, role="target", places=places)
        return self.speaker.print(self.measure, figure)

    def elsewhere(self, area: str, code: str, dated: bool) -> str:
        """A comparator in print; undated ones have no period (C2)."""
        value = self.speaker.world.comparators(self.measure, code)[area]
        period = self.speaker.dated(self.measure, code) if dated else None
        figure = self._add(value, period, area=area, known=True)
        return self.speaker.print(self.measure, figure)

    def _add(
        self, value: float, code: str | None, *, role: str = "actual", area: str = "self", places: int | None = None,
        known: bool = False,
    ) -> Figure:  # fmt: skip
        period = code if known or code is None else self.speaker.dated(self.measure, code)
        figure = self.speaker.figure(
            self.measure, value, period, role=role, area=area, label=self._label or None,
            places=self.places if places is None else places,
        )  # fmt: skip
        self.figures.append(figure)
        return figure

    # What the numbers did ---------------------------------------------------------------------------------------

    def rounded(self, months_back: int = 0) -> float:
        """The value that far back, as printed."""
        if months_back == 0:
            return round_half_up(self.reading.value, self.places)
        code = self.speaker.world.shifted(-months_back)
        return round_half_up(self.speaker.world.reading(self.measure, code).value, self.places)

    def movement(self, months_back: int | None = None) -> str:
        """up, down or same, by the printed values."""
        old = self.rounded(self.back if months_back is None else months_back)
        new = self.rounded()
        return "up" if new > old else "down" if new < old else "same"

    def _moves(self, slots: Slots) -> Slots:
        """Slots for words of movement; using one states a direction."""
        which = self.movement()
        grammar = self.speaker.grammar

        def word(pool: str) -> Callable[[], str]:
            def say() -> str:
                self._directed = which
                return grammar.say(pool)

            return say

        self._directed = None
        slots["moved"] = word({"up": "rise", "down": "fall", "same": "steady"}[which])
        slots["movedpp"] = word({"up": "rise_pp", "down": "fall_pp", "same": "rise_pp"}[which])
        slots["moved0"] = lambda: capital(word({"up": "rise", "down": "fall", "same": "rise"}[which])())
        slots["higher"] = word({"up": "higher", "down": "lower", "same": "equal"}[which])
        slots["change"] = lambda: self._change(which, words="{n} {w} than")
        slots["changeby"] = lambda: self._change(which, words="{n}")
        return slots

    def _change(self, which: str, words: str) -> str:
        """A change in print. On a count it is children or per cent, on a percentage points (P48)."""
        self._directed = which
        gap = abs(self.rounded() - self.rounded(self.back))
        up = "higher" if which == "up" else "lower"
        old_code = self.speaker.code(self.measure, self.back)
        if self.measure.unit is Unit.PERCENT:
            value = round_half_up(gap, self.places)
            text = f"{self.speaker.number(self.measure, gap)} percentage points"
            unit = "percentage_points"
        elif self.measure.unit is Unit.COUNT and self.speaker.rng.random() < 0.6 and self.rounded(self.back):
            value = round_half_up(100 * gap / self.rounded(self.back), 1)
            text, unit = f"{value:.1f}%", "percent"
        else:
            value = round_half_up(gap, self.places)
            text, unit = self.speaker.number(self.measure, gap), self.measure.unit.value
        if unit == "percentage_points" and self.speaker.rng.random() < _WRONG_CHANGE:
            value = round_half_up(value + self.speaker.rng.choice([2, 3, 4]), self.places)
            text = f"{self.speaker.number(self.measure, value)} percentage points"
            self._wrong = f"planted change that does not fit; it was {self.speaker.number(self.measure, gap)}"
        self._pending = {"value": value, "unit": unit, "direction": which, "from_period": old_code}
        return words.format(n=text, w=up)

    # Sentences --------------------------------------------------------------------------------------------------

    def _subject_slots(self) -> Slots:
        speaker, measure = self.speaker, self.measure
        subject = speaker.names(measure).subject
        pop = speaker.words(speaker.rng.choice(measure.pop)) if measure.pop else ""
        did = speaker.words(speaker.rng.choice(measure.did)) if measure.did else ""
        things = speaker.words(speaker.rng.choice(measure.things)) if measure.things else ""
        return {
            "s": subject, "S": capital(subject), "pop": pop, "did": did, "things": things,
            "name": speaker.names(measure).title, "home": speaker.world.home.name, "k": str(speaker.rng.randint(1, 64)),
        }  # fmt: skip

    def _time_slots(self) -> Slots:
        speaker, measure = self.speaker, self.measure
        before = speaker.world.shifted(-self.back)

        def first() -> str:
            phrase = speaker.when(measure, self.code, needed=self.code != speaker.world.period)
            return f"{capital(phrase)}, " if phrase else ""

        return {
            "when": lambda: speaker.when(measure, self.code, needed=self.code != speaker.world.period),
            "When": first,
            "When2": lambda: f"{capital(speaker.when(measure, self.code, needed=True))} ",
            "pwhen": lambda: speaker.when(measure, before, needed=True),
            "whenx": lambda: speaker.when(measure, self.code, needed=True),
            "Whenx": lambda: f"{capital(speaker.when(measure, self.code, needed=True))}, ",
            "pq": lambda: speaker.calendar.named(self.code),
            "pname": lambda: self._name_of(before),
        }

    def _name_of(self, code: str) -> str:
        phrase = self.speaker.when(self.measure, code, needed=True)
        for preposition in ("in ", "during ", "over "):
            if phrase.startswith(preposition):
                return phrase.removeprefix(preposition)
        return "the figure " + phrase

    def _counts(self) -> str:
        """Bracketed counts behind a percentage, or nothing."""
        reading, rng = self.reading, self.speaker.rng
        if self.measure.unit is not Unit.PERCENT or reading.denominator is None or rng.random() < 0.6:
            return ""
        figure = self.owner()
        if rng.random() < 0.65 and reading.denominator:
            figure.numerator, figure.denominator = reading.numerator, reading.denominator
            n, d = f"{reading.numerator:,}", f"{reading.denominator:,}"
            return rng.choice([f" ({n} of {d})", f" ({n} out of {d})", f" ({n}/{d})"])
        figure.numerator = reading.numerator
        noun = "children" if self.measure.who and self.measure.domain not in {"care_leavers", "education"} else "cases"
        return f" ({reading.numerator:,} {noun})" if reading.numerator and reading.numerator > 1 else ""

    def owner(self) -> Figure:
        """The figure of the value itself.

        Raises:
            ValueError: If it has not been spoken of yet.
        """
        if self.figure is None:
            raise ValueError("counts are written after their percentage")
        return self.figure

    def _target_slots(self) -> Slots:
        target = self.speaker.world.target(self.measure)
        now = self.rounded()
        word = "above" if now > target else "below" if now < target else "exactly on"
        return {"t": self.aim, "versus": word}

    def _comparator_slots(self) -> Slots:
        speaker = self.speaker
        code = speaker.world.last_year_code()
        dated = speaker.rng.random() < 0.5
        year = speaker.calendar.when(code, self.measure.kind == "stock", speaker.grammar, True)
        slots: Slots = {
            "sn": lambda: self.elsewhere("statistical_neighbours", code, dated),
            "eng": lambda: self.elsewhere("england", code, dated),
            "reg": lambda: self.elsewhere("region", code, dated),
            "cin": f" {year}" if dated else "",
            "cinc": f", {year}" if dated else "",
        }
        slots["comp"] = lambda: fill(speaker.grammar.pick("comp"), slots)
        slots["compb"] = lambda: fill(speaker.grammar.pick("compb"), slots)
        return slots

    def say(self, pool: str, start_small: bool = False) -> str:
        """One sentence of a pool, its gold kept."""
        self._pending = None
        self._wrong = ""
        self.figure = None
        slots = self._moves({})
        slots |= self._subject_slots() | self._time_slots() | self._target_slots() | self._comparator_slots()
        slots |= {"v": self._value, "p": self.then, "nd": self._counts, "num": self._num, "den": self._den}
        slots |= {"Num": lambda: capital(self._num()), **self.rate_slots()}
        line = self.speaker.grammar.pick(pool)
        if "{den}" in line and "{v}" not in line:
            self._computed()
        elif "{den}" in line:
            self._prepare()
        self._label = self._label_for(line, slots)
        sentence = fill(line, slots)
        self._settle(line)
        return sentence if start_small else capital(sentence)

    def _label_for(self, line: str, slots: Slots) -> str:
        for keys, words in (
            (("{pop}", "{did}"), "{pop} {did}"), (("{things}",), "{things}"), (("{name}",), "{name}"),
            (("{s}",), "{s}"), (("{S}",), "{s}"),
        ):  # fmt: skip
            if all(key in line for key in keys):
                return fill(words, slots)
        return self.speaker.names(self.measure).title

    def _settle(self, line: str) -> None:
        if self.figure is None:
            return
        if self._directed is not None:
            self.figure.direction = self._directed
        if self._pending is not None:
            if "pname" not in line:
                self._pending["from_period"] = None
            self.figure.change = self._pending
        if self._wrong:
            self.figure.notes.append(self._wrong)
            self.speaker.book.planted.append(f"{self.measure.id} {self.figure.period} {self._wrong}")

    def rate_slots(self) -> Slots:
        rate = next(
            (m for m in self.speaker.world.measures.values() if m.rate_of == self.measure.id and m.kind == "stock"),
            None,
        )
        if rate is None:
            return {}
        other = Statement(self.speaker, rate, self.code)

        def say() -> str:
            printed = other.now()
            other.figures[-1].label = f"{self._label} ... a rate of"
            self.figures.extend(other.figures)
            return printed

        comparators = other._comparator_slots()
        return {"r": say, "comp": comparators["comp"]}

    def _prepare(self) -> None:
        """Make the figure before its counts are written."""
        figure = self._add(self.reading.value, self.code)
        figure.numerator, figure.denominator = self.reading.numerator, self.reading.denominator
        self.figure = figure

    def _value(self) -> str:
        """The value in print; one that was made before its counts is printed, not made again."""
        return self.now() if self.figure is None else self.speaker.print(self.measure, self.figure)

    def _computed(self) -> None:
        """The one computed value the conventions allow: N of D without its percentage, to one decimal (C4)."""
        self._prepare()
        figure = self.owner()
        figure.value, figure.decimals = round_half_up(self.reading.value, 1), 1
        figure.harder("hard")
        figure.notes.append(COMPUTED)

    def _num(self) -> str:
        """The numerator. Where it leads its clause and has a row of its own, it is also an observation (C5)."""
        number = f"{self.reading.numerator:,}"
        figure = self.owner()
        if not self.reading.numerator:
            return self.speaker.print_words(figure, "none")
        if COMPUTED in figure.notes:
            number = self.speaker.print_words(figure, number)
        if self.measure.num is None:
            return number
        count = self.speaker.world.catalogue[self.measure.num]
        period = self.speaker.dated(count, self.code)
        leading = self.speaker.figure(count, float(self.reading.numerator), period, label=self._label)
        return self.speaker.print_words(leading, number)

    def _den(self) -> str:
        text = f"{self.reading.denominator:,}"
        if self.reading.numerator == self.reading.denominator:
            return self.speaker.print_words(self.owner(), text)
        return text
