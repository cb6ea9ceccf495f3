"""How the held-back part speaks: statements with words of performance, and which sentence a measure is given."""

from __future__ import annotations

from tests.factory.asides import aside
from tests.factory.grammar import capital
from tests.factory.statements import Slots, Statement
from townclerk.models.units import Unit

_MANY = 2
_WHOLE = 0.7  # share of full and empty percentages that are said as "all" and "none"
_RARE = 0.25
_NOUNS = {"care_leavers": "young people", "youth_justice": "young people", "workforce": "workers"}


class Told(Statement):
    """A statement that also knows whether a movement was for the better and whether the target was met."""

    def say(self, pool: str, start_small: bool = False) -> str:
        """One sentence of a pool."""
        words = super().say(pool, start_small=True)
        return words if start_small else begun(words)

    def _moves(self, slots: Slots) -> Slots:
        slots = super()._moves(slots)
        slots["fared"] = self._fared
        slots["met"] = lambda: self.speaker.say("met_word" if self.met() else "missed_word")
        return slots

    def _fared(self) -> str:
        """Improved or declined; the direction it states is the number's (a low figure may be the good one)."""
        self._directed = self.movement()
        better = (self._directed == "up") == (self.measure.better == "high")
        return self.speaker.say("better_word" if better else "worse_word")

    def _counts(self) -> str:
        """Bracketed counts behind a percentage, or the numerator alone with what it counts, or nothing."""
        reading, rng = self.reading, self.speaker.rng
        if self.measure.unit is not Unit.PERCENT or not reading.denominator or rng.random() < 0.6:
            return ""
        figure = self.owner()
        if rng.random() < 0.65:
            figure.numerator, figure.denominator = reading.numerator, reading.denominator
            join = rng.choice([" of ", " out of ", "/", " from "])
            return f" ({reading.numerator:,}{join}{reading.denominator:,})"
        if (reading.numerator or 0) < _MANY:
            return ""
        figure.numerator = reading.numerator
        return f" ({reading.numerator:,} {self._noun()})"

    def _noun(self) -> str:
        """What the numerator counts."""
        if not self.measure.who:
            return "cases"
        return _NOUNS.get(self.measure.domain, "children")

    def met(self) -> bool:
        """True where the printed value is at least as good as the target."""
        gap = self.rounded() - self.speaker.world.target(self.measure)
        return gap >= 0 if self.measure.better == "high" else gap <= 0

    def improved(self) -> bool:
        """True where the number moved the good way; false too where neither way is good."""
        which = self.movement()
        return which != "same" and self.measure.better == {"up": "high", "down": "low"}[which]


def begun(words: str) -> str:
    """The words as a sentence begins; a name that begins with a per cent sign keeps its small letter."""
    return words if words.startswith("%") else capital(words)


def sentence(told: Told) -> str:
    """A sentence on a measure, of any shape that its unit and its numbers allow."""
    rng, measure, reading = told.speaker.rng, told.measure, told.reading
    if measure.unit is Unit.COUNT:
        return told.say(rng.choice(_count_pools(told)))
    if measure.pop and not measure.counted and reading.denominator and rng.random() < _WHOLE:
        if reading.numerator == reading.denominator:
            return told.say("all_of")
        if reading.numerator == 0 and measure.num is None:
            return told.say("none_of")
    return told.say(rng.choice(_level_pools(told)))


def _count_pools(told: Told) -> list[str]:
    pools = ["count_level", "count_same"]
    if told.movement() != "same":
        pools = ["count_level", "count_level", "count_prev", "count_prev", "count_prev", "count_change"]
    if told.measure.better != "none":
        pools.append("count_target")
    if told.rate_slots():
        pools += ["count_rate", "count_rate", "count_rate_comp"]
    return pools


def _level_pools(told: Told) -> list[str]:
    """Shapes for percentages, rates and averages; only measures with a good way have targets and fare well or ill."""
    measure, still = told.measure, told.movement() == "same"
    aimed = measure.better != "none"
    pools = ["np_level", "np_comp", "name_level"] + (["np_target", "met_target", "met_prev"] if aimed else [])
    pools += ["np_same"] if still else ["np_prev", "np_prev", "np_change", "name_prev", "pronoun"]
    pools += ["np_prev_target", "fared_prev", "fared_prev"] if aimed and not still else []
    if not measure.pop:
        return pools
    pools += ["pct_level", "pct_comp"] + (["pct_target"] if aimed else []) + ([] if still else ["pct_prev", "pct_prev"])
    if (told.reading.numerator or 0) > 1 and not measure.counted:
        pools += ["of_n", "of_n"] + (["n_of_d"] if told.speaker.rng.random() < _RARE else [])
    return pools


def explained(told: Told, text: str, *, often: float = 0.6, pools: tuple[str, ...] = ("passage2", "passage3")) -> str:
    """The text and behind it, in most cases, the service's explanation."""
    speaker = told.speaker
    if told.figure is None or speaker.rng.random() > often:
        return text
    words = speaker.passage(speaker.comment(speaker.rng.choice(pools)), told.figure)
    return f"{text} {words}"


def paragraph(told: Told) -> str:
    """A sentence, now and then a second one with further figures, and the explanation."""
    text = sentence(told)
    if told.speaker.rng.random() < 0.3:
        text = f"{text} {aside(told)}".strip()
    return explained(told, text)
