"""A chapter of a needs assessment: counts with rates, the region and England for the same year, tables of years."""

from __future__ import annotations

from collections.abc import Callable

from tests.factory.gold import Figure
from tests.factory.grammar import Slots, capital
from tests.factory.held.layouts._cells import Cells
from tests.factory.held.layouts._frame import finish
from tests.factory.layouts._facts import actual, elsewhere, whole_years, with_counts, yearly
from tests.factory.layouts._parts import by_domain, domain_title
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.speaker import Speaker
from tests.factory.world import round_half_up
from townclerk.models.period import parse_code
from townclerk.models.units import Unit

_RULES: tuple[Rule, ...] = ("full", "rows", "none")
_LEVELS = (Unit.PERCENT, Unit.DAYS, Unit.WEEKS)
_OTHERS = ("region", "england", "statistical_neighbours")


def compose(speaker: Speaker) -> Report:
    """Introduction, the population, a section for each domain, sometimes a summary table, what is being done."""
    rng, world = speaker.rng, speaker.world
    chapter = _Chapter(speaker)
    title = speaker.say("need_title", chapter.names)
    blocks: list[Block] = [Heading(title, 1), Para(world.home.title), Heading(speaker.say("need_h_intro"), 2)]
    blocks += [Para(speaker.say("need_intro", chapter.names)), Para(speaker.decoy("population"))]
    blocks.append(Heading(speaker.say("need_h_data"), 2))
    levels = yearly(speaker, rng.randint(7, 11), chapter.count, units=_LEVELS)
    pairs = chapter.pairs(rng.randint(3, 5))
    order = list(world.measures)
    for domain, group in by_domain(sorted([*levels, *pairs], key=lambda m: order.index(m.id))):
        blocks.append(Heading(domain_title(speaker, domain), 3))
        for measure in group:
            blocks += chapter.section(measure)
    if rng.random() < 0.5:
        blocks += chapter.summary(levels)
    blocks.append(Heading(speaker.say("need_h_gaps"), 2))
    blocks += [Bullet(capital(speaker.comment("sentence_"))) for _ in range(rng.randint(2, 4))]
    return finish(speaker, "needs_assessment", [Page(blocks)], title, chapter.names["year"])


class _Chapter:
    """The years of one chapter and how it names places."""

    def __init__(self, speaker: Speaker) -> None:
        rng, world = speaker.rng, speaker.world
        self.speaker = speaker
        self.cells = Cells(speaker)
        self.count = rng.choice([3, 4, 5])
        self.codes = whole_years(world, self.count)
        self.code = self.codes[-1]
        last = parse_code(self.code).end.year
        head = speaker.calendar.head
        self.names = {
            "year": head(self.code), "yb": str(last), "home": world.home.name, "region": _region(world.home.region),
            "first": head(self.codes[0]), "last": head(self.code),
        }  # fmt: skip
        self.places = {
            "self": world.home.name, "statistical_neighbours": speaker.say("need_sn"),
            "region": world.home.region, "england": speaker.say("need_eng"),
        }  # fmt: skip
        self.areas = ["self", *[a for a in _OTHERS if a == "england" or rng.random() < 0.7]]
        self.rule: Rule = rng.choice(_RULES)
        self.tables = rng.choice([0.3, 0.6])
        self.number = 0

    def pairs(self, count: int) -> list[Measure]:
        """Counts that have a rate; each is written with it."""
        measures = self.speaker.world.measures
        ids = sorted({m.rate_of for m in measures.values() if m.rate_of and m.unit is Unit.PER_10000} & set(measures))
        return [measures[name] for name in self.speaker.rng.sample(ids, min(count, len(ids)))]

    def section(self, measure: Measure) -> list[Block]:
        """A paragraph and, for some, a table of places by years."""
        rng = self.speaker.rng
        counted = measure.unit is Unit.COUNT
        blocks: list[Block] = [Para(self._counted(measure) if counted else self._level(measure))]
        if rng.random() < self.tables:
            blocks.append(self._table(self._rate(measure) if counted else measure))
        return blocks

    def _rate(self, measure: Measure) -> Measure:
        found = (m for m in self.speaker.world.measures.values() if m.rate_of == measure.id)
        return next(m for m in found if m.unit is Unit.PER_10000)

    def _counted(self, measure: Measure) -> str:
        """A count with its rate, then the rates elsewhere or the year before."""
        speaker, rng = self.speaker, self.speaker.rng
        rate = self._rate(measure)
        things = speaker.words(rng.choice(measure.things))
        figure, value = actual(speaker, measure, self.code, prose=True, label=things)
        slots: Slots = {
            **self.names, "things": things, "v": value,
            "r": lambda: actual(speaker, rate, self.code, prose=True, label=f"{things} ... a rate of")[1],
            "p": lambda: actual(speaker, measure, self.codes[-2], prose=True, label=things)[1],
            "versus": self._versus(rate, "england", also="region"), **self._others(rate),
        }  # fmt: skip
        text = capital(speaker.say("need_stock_rate" if measure.kind == "stock" else "need_count_rate", slots))
        lines = [x for x in speaker.grammar.pools["need_rate_comp"] if slots["versus"] or "{versus}" not in x]
        if rng.random() < 0.35:
            text += " " + speaker.say("need_prior", slots)
        if rng.random() < 0.7:
            text += " " + speaker.fill(rng.choice(lines), slots)
        return text + self._why(figure)

    def _level(self, measure: Measure) -> str:
        speaker, rng = self.speaker, self.speaker.rng
        subject = speaker.names(measure).subject
        figure, value = actual(speaker, measure, self.code, prose=True, label=subject)
        line = rng.choice(speaker.grammar.pools["need_stock_level" if measure.kind == "stock" else "need_level"])
        counts = with_counts(speaker, measure, figure, self.code) if "{nd}" in line and rng.random() < 0.4 else ""
        versus = self._versus(measure, "region" if "{reg}" in line else "england")
        slots: Slots = {
            **self.names, "s": subject, "v": value, "nd": f" ({counts})" if counts else "", "versus": versus,
            **self._others(measure),
        }  # fmt: skip
        return capital(speaker.fill(line, slots)) + self._why(figure)

    def _why(self, figure: Figure) -> str:
        speaker = self.speaker
        return f" {speaker.passage(speaker.comment('passage2'), figure)}" if speaker.rng.random() < 0.4 else ""

    def _others(self, measure: Measure) -> dict[str, Callable[[], str]]:
        def slot(area: str) -> Callable[[], str]:
            return lambda: elsewhere(self.speaker, measure, area, self.code, dated=True, prose=True)[1]

        return {"reg": slot("region"), "eng": slot("england"), "sn": slot("statistical_neighbours")}

    def _versus(self, measure: Measure, area: str, also: str = "") -> str:
        """above, below or the same as; "" where two places lie on different sides."""
        world = self.speaker.world
        own = round_half_up(world.reading(measure, self.code).value, world.printed(measure))
        values = [world.comparators(measure, self.code)[name] for name in (area, also) if name]
        sides = {"above" if own > v else "below" if own < v else "the same as" for v in values}
        return sides.pop() if len(sides) == 1 else ""

    def _table(self, measure: Measure) -> Table:
        speaker = self.speaker
        self.number += 1
        slots = {**self.names, "n": str(self.number), "name": speaker.names(measure).title}
        rows = []
        for area in self.areas:
            cells = [Cell(self.places[area])]
            for code in self.codes:
                if area == "self":
                    cells.append(Cell(actual(speaker, measure, code)[1]))
                else:
                    cells.append(Cell(elsewhere(speaker, measure, area, code, dated=True)[1]))
            rows.append(cells)
        head = [Cell(""), *(Cell(speaker.calendar.head(code)) for code in self.codes)]
        if speaker.rng.random() < 0.3:
            head[0] = Cell("Area")
        widths = [2.2, *[1.0] * len(self.codes)]
        return Table([head], rows, speaker.say("need_caption", slots), widths, self.rule)

    def summary(self, measures: list[Measure]) -> list[Block]:
        """Measures down, places across, one year."""
        speaker = self.speaker
        head = [Cell(speaker.say("need_ind")), *(Cell(self.places[area]) for area in self.areas)]
        rows = []
        for measure in measures:
            cells = [Cell(speaker.names(measure).title), Cell(actual(speaker, measure, self.code)[1])]
            cells += [self.cells.elsewhere(measure, a, self.code, dated=True) for a in self.areas[1:]]
            rows.append(cells)
        widths = [3.6, *[1.1] * len(self.areas)]
        return [Heading(speaker.say("need_summary", self.names), 2), Table([head], rows, widths=widths, rule=self.rule)]


def _region(name: str) -> str:
    """The region as it stands in a sentence."""
    return name if name == "London" or name.startswith("Yorkshire") else f"the {name}"
