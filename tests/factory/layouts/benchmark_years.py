"""Benchmarking: a small table for each measure, places down and years across, with a sentence that reads it out."""

from __future__ import annotations

from tests.factory.gold import Figure
from tests.factory.grammar import Slots, capital
from tests.factory.layouts._facts import whole_years, yearly
from tests.factory.layouts._parts import report
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.speaker import Speaker
from tests.factory.world import round_half_up
from townclerk.models.units import Unit

_RULES: tuple[Rule, ...] = ("full", "full", "rows", "none")
_UNITS = (Unit.PERCENT, Unit.PER_10000, Unit.DAYS, Unit.WEEKS)
_AREAS = ("self", "statistical_neighbours", "region", "england")


def compose(speaker: Speaker) -> Report:
    """A section for each measure: a heading or caption that names it, the table, sometimes a sentence."""
    rng, world = speaker.rng, speaker.world
    title = speaker.say("bench_title", {"home": world.home.name})
    page = _Years(speaker)
    blocks: list[Block] = [Heading(title, 1), Para(world.home.title), Para(speaker.say("bench_intro"))]
    if page.closing:
        blocks.append(Para(speaker.say("bench_closing")))
    for number, measure in enumerate(yearly(speaker, rng.randint(6, 10), page.count, units=_UNITS), 1):
        blocks += page.section(measure, number)
    return report(speaker, "benchmark_years", [Page(blocks)], title)


class _Years:
    """The years shown and how the places are named."""

    def __init__(self, speaker: Speaker) -> None:
        rng, world = speaker.rng, speaker.world
        self.speaker = speaker
        self.count = rng.choice([3, 3, 4, 5])
        self.codes = whole_years(world, self.count)
        self.rule: Rule = rng.choice(_RULES)
        self.captioned = rng.random() < 0.5
        slots = {"home": world.home.name, "region": world.home.region}
        self.places = {
            "self": speaker.say("bench_own_row", slots),
            "statistical_neighbours": speaker.say("bench_sn"),
            "region": speaker.say("bench_region_row", slots),
            "england": speaker.say("bench_england"),
        }
        self.areas = [a for a in _AREAS if a in {"self", "england"} or rng.random() < 0.75]
        self.closing = rng.random() < 0.4
        self.down = rng.random() < 0.25

    def section(self, measure: Measure, number: int) -> list[Block]:
        """Heading or caption, table, sentence."""
        speaker = self.speaker
        name = speaker.names(measure).title
        caption = speaker.say("series_caption", {"n": str(number), "name": name}) if self.captioned else ""
        blocks: list[Block] = [] if self.captioned else [Heading(name, 2)]
        blocks.append(self._table(measure, caption))
        if speaker.rng.random() < 0.6:
            blocks.append(Para(self._said(measure)))
        return blocks

    def _table(self, measure: Measure, caption: str) -> Table:
        heads = [self._year(code) for code in self.codes]
        cells = {(a, c): Cell(self._print(measure, a, c)[1]) for a in self.areas for c in self.codes}
        if self.down:
            rows = [[Cell(head), *(cells[a, c] for a in self.areas)] for head, c in zip(heads, self.codes, strict=True)]
            top = [Cell("Year"), *(Cell(self.places[a]) for a in self.areas)]
        else:
            rows = [[Cell(self.places[a]), *(cells[a, c] for c in self.codes)] for a in self.areas]
            top = [Cell(""), *(Cell(head) for head in heads)]
        return Table([top], rows, caption, widths=[2.2, *[1.0] * (len(top) - 1)], rule=self.rule)

    def _year(self, code: str) -> str:
        """A year's head: both years, or the closing one alone, as national tables have it."""
        return str(int(code[2:6]) + 1) if self.closing else self.speaker.calendar.head(code)

    def _print(self, measure: Measure, area: str, code: str, *, prose: bool = False) -> tuple[Figure, str]:
        speaker, world = self.speaker, self.speaker.world
        if area == "self":
            value = round_half_up(world.reading(measure, code).value, world.printed(measure))
        else:
            value = world.comparators(measure, code)[area]
        period = speaker.dated(measure, code)
        figure = speaker.figure(measure, value, period, area=area, difficulty="medium")
        return figure, speaker.print(measure, figure) if prose else speaker.in_cell(measure, figure, True)

    def _said(self, measure: Measure) -> str:
        """The last year's own value beside one other place, in words."""
        speaker, world = self.speaker, self.speaker.world
        code, area = self.codes[-1], speaker.rng.choice(self.areas[1:])
        own = round_half_up(world.reading(measure, code).value, world.printed(measure))
        other = world.comparators(measure, code)[area]
        which = "above" if own > other else "below" if own < other else "level with"
        place = speaker.say(f"bench_said_{area}", {"region": world.home.region})
        slots: Slots = {
            "home": world.home.name, "versus": which, "place": place,
            "v": lambda: self._print(measure, "self", code, prose=True)[1],
            "c": lambda: self._print(measure, area, code, prose=True)[1],
            "year": speaker.calendar.head(code),
        }  # fmt: skip
        return capital(speaker.say("bench_said", slots))
