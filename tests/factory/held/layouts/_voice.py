"""How the held-back part speaks: statements with words of performance, and which sentence a measure is given."""

from __future__ import annotations

from tests.factory.asides import aside
from tests.factory.grammar import capital
from tests.factory.statements import Slots, Statement
from tests.factory.telling import tell
from townclerk.models.units import Unit


class Told(Statement):
    """A statement that also knows whether a movement was for the better and whether the target was met."""

    def say(self, pool: str, start_small: bool = False) -> str:
        """One sentence of a pool; a measure's name that begins with a per cent sign keeps its small letter."""
        words = super().say(pool, start_small=True)
        return words if start_small or words.startswith("%") else capital(words)

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

    def met(self) -> bool:
        """True where the printed value is at least as good as the target."""
        gap = self.rounded() - self.speaker.world.target(self.measure)
        return gap >= 0 if self.measure.better == "high" else gap <= 0

    def improved(self) -> bool:
        """True where the number moved the good way; false too where neither way is good."""
        which = self.movement()
        return which != "same" and self.measure.better == {"up": "high", "down": "low"}[which]


def sentence(told: Told) -> str:
    """A sentence on a measure: one of the shapes every part knows, or one of this part's own."""
    rng, measure = told.speaker.rng, told.measure
    if measure.unit is Unit.COUNT or rng.random() < 0.55:
        return tell(told)
    pools = ["np_comp", "np_level"]
    if measure.pop:
        pools += ["pct_comp", "pct_level"]
    if measure.better != "none":
        pools += ["met_target", "met_prev", "np_target"]
        pools += [] if told.movement() == "same" else ["fared_prev", "fared_prev"]
    return told.say(rng.choice(pools))


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
