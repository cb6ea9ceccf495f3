"""A digest of cards printed side by side; the period stands in the title, each card has a value and lines below it."""

from __future__ import annotations

from tests.factory.gold import Figure
from tests.factory.grammar import Slots
from tests.factory.layouts._facts import actual, aim, elsewhere, moved, with_counts
from tests.factory.layouts._parts import by_domain, choose, domain_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Card, Cards, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from tests.factory.world import round_half_up
from townclerk.models.units import Unit

_UNITS = (Unit.PERCENT, Unit.COUNT, Unit.PER_10000, Unit.DAYS, Unit.WEEKS)


def compose(speaker: Speaker) -> Report:
    """Cards by domain, with a line of commentary below some rows."""
    rng = speaker.rng
    period = speaker.calendar.report_title()
    title = speaker.say("digest_title", {"period": period})
    blocks: list[Block] = [Heading(title, 1), Para(speaker.world.home.title)]
    deck = _Deck(speaker)
    across = rng.choice([2, 3, 3, 4])
    mixed = rng.random() < 0.4
    chosen = choose(speaker, rng.randint(14, 22), units=_UNITS, domains=0 if mixed else 4)
    if mixed:
        blocks.append(Cards([deck.card(measure) for measure in chosen], across))
    for domain, group in by_domain([] if mixed else chosen):
        blocks += [Heading(domain_title(speaker, domain), 2), Cards([deck.card(measure) for measure in group], across)]
        if rng.random() < 0.35:
            blocks.append(Para(speaker.comment("short_comment")))
    return report(speaker, "cards", [Page(blocks, landscape=across > 2)], title)


class _Deck:
    """What the cards of one digest have below their values."""

    def __init__(self, speaker: Speaker) -> None:
        rng = speaker.rng
        self.speaker = speaker
        self.short = rng.random() < 0.6
        kinds = ["target", "before", "year", "moved", "england", "counts"]
        self.kinds = rng.sample(kinds, rng.randint(1, 3))
        self.dated = rng.random() < 0.5
        self.place = rng.choice(["england", "statistical_neighbours"])

    def card(self, measure: Measure) -> Card:
        """One card."""
        speaker = self.speaker
        names = speaker.names(measure)
        title = names.short if self.short else names.title
        figure, value = actual(speaker, measure, speaker.world.period, label=title)
        notes = [note for note in (self._note(kind, measure, figure) for kind in self.kinds) if note]
        return Card(title, value, notes)

    def _note(self, kind: str, measure: Measure, figure: Figure) -> str:
        speaker, world = self.speaker, self.speaker.world
        if kind == "counts":
            return with_counts(speaker, measure, figure, world.period)
        if kind == "target":
            if measure.better == "none":
                return ""
            return speaker.say("card_target", {"t": aim(speaker, measure, world.period)[1]})
        if kind == "england":
            return "" if measure.unit is Unit.COUNT else self._comparator(measure)
        if kind == "moved":
            return self._change(measure, figure)
        back = world.shifted(-12 if kind == "year" else -world.step)
        pool = "card_dated" if self.dated else "card_year" if kind == "year" else f"card_before_{world.kind}"
        slots: Slots = {"p": lambda: actual(speaker, measure, back)[1], "head": speaker.calendar.head(back)}
        return speaker.say(pool, slots)

    def _comparator(self, measure: Measure) -> str:
        """England or the neighbours, with the year it is of or without."""
        speaker = self.speaker
        code = speaker.world.last_year_code()
        slots: Slots = {
            "c": lambda: elsewhere(speaker, measure, self.place, code, dated=self.dated)[1],
            "year": speaker.calendar.head(code),
        }
        return speaker.say(f"card_{self.place}{'_year' if self.dated else ''}", slots)

    def _change(self, measure: Measure, figure: Figure) -> str:
        """An arrow with the size of the change since the period before, which is no value of its own."""
        speaker, world = self.speaker, self.speaker.world
        before = world.shifted(-world.step)
        places = world.printed(measure)
        which = moved(speaker, measure, world.period, before)
        figure.direction = which
        old, new = (round_half_up(world.reading(measure, c).value, places) for c in (before, world.period))
        gap = round_half_up(abs(new - old), places)
        unit = "percentage_points" if measure.unit is Unit.PERCENT else measure.unit.value
        sign = {"up": "▲", "down": "▼", "same": "►"}[which]
        if which == "same":
            return speaker.say(f"card_same_{world.kind}", {"sign": sign})
        figure.change = {"value": gap, "unit": unit, "direction": which, "from_period": speaker.dated(measure, before)}
        size = speaker.number(measure, gap) + ("pp" if measure.unit is Unit.PERCENT else "")
        return speaker.say(f"card_moved_{world.kind}", {"sign": sign, "size": size})
