"""One indicator a page: a box of facts, the last periods in a row or a chart, the story behind them, next steps."""

from __future__ import annotations

from collections.abc import Callable

from tests.factory.gold import Figure
from tests.factory.grammar import capital
from tests.factory.held.layouts._cells import Cells
from tests.factory.held.layouts._frame import cover, finish, period_words, the_body
from tests.factory.held.layouts._voice import Told, sentence
from tests.factory.layouts._parts import choose
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Cell, Chart, Heading, Page, Para, Report, Rule, Table
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit

_RULES: tuple[Rule, ...] = ("full", "rows", "none")


def compose(speaker: Speaker) -> Report:
    """A cover and seven to twelve profiles."""
    rng = speaker.rng
    period = period_words(speaker)
    title = speaker.say("prof_title", {"period": period, "thebody": the_body(speaker)})
    sheet = _Sheet(speaker)
    pages = [Page(cover(speaker, title))] if rng.random() < 0.6 else []
    for number, measure in enumerate(choose(speaker, rng.randint(7, 12)), 1):
        page = sheet.page(measure, number)
        if number == 1 and not pages:
            page = [Heading(title, 1), Para(speaker.world.home.title), *page]
        pages.append(Page(page))
    return finish(speaker, "profile_sheets", pages, title, period)


class _Sheet:
    """Which facts this council's profiles have, in which order, under which names."""

    def __init__(self, speaker: Speaker) -> None:
        rng, world, say, head = speaker.rng, speaker.world, speaker.say, speaker.calendar.head
        self.speaker = speaker
        self.cells = Cells(speaker)
        self.rule: Rule = rng.choice(_RULES)
        self.before, self.ago = world.shifted(-world.step), world.shifted(-12)
        self.year = world.last_year_code()
        self.annual = rng.random() < 0.25
        order = ["now", "target", "rag", "before", "move", "ago", "sn", "england", "counts", "good", "owner", "source"]
        kept = [n for n in order if n in {"now", "before"} or rng.random() < 0.62]
        if rng.random() < 0.4:
            kept.insert(0, kept.pop(kept.index("good")) if "good" in kept else "good")
        self.order = kept
        target = {"fy": speaker.calendar.year(int(world.year_code[2:6])), "head": head(world.period)}
        year = {"year": head(self.year)}
        self.names = {
            "now": say("prof_now", {"head": head(world.period)}),
            "before": say("prof_before", {"head": head(self.before)}),
            "ago": say("prof_year", {"head": head(self.ago)}),
            "target": say("prof_target_year" if self.annual else "prof_target", target),
            "rag": say("prof_rag"), "move": say("prof_move"), "good": say("prof_good"), "counts": say("prof_counts"),
            "sn": say("prof_sn", year), "england": say("prof_eng", year), "owner": say("prof_owner"),
            "source": say("prof_source"),
        }  # fmt: skip
        self.head, self.story, self.next = (speaker.grammar.pick(f"prof_{name}") for name in ("head", "story", "next"))
        self.define, self.trend_name = say("prof_define"), say("prof_trend")
        self.trend = rng.choice(["row", "row", "chart", ""])
        self.moves = dict(zip(("up", "down", "same"), say("prof_move_words").split("|"), strict=True))
        self.goods = dict(zip(("high", "low", "none"), say("prof_good_words").split("|"), strict=True))

    def page(self, measure: Measure, number: int) -> list[Block]:
        """The blocks of one profile."""
        speaker, rng = self.speaker, self.speaker.rng
        slots = {"n": str(number), "name": speaker.names(measure).title}
        blocks: list[Block] = [Heading(speaker.fill(self.head, slots), 2)]
        if rng.random() < 0.6:
            blocks.append(Para(f"{self.define}: {self._definition(measure)}"))
        figure, cell = self.cells.value(measure, speaker.world.period, newest=True)
        blocks.append(Table([], self._facts(measure, figure, cell), widths=[1.5, 1.0], rule=self.rule))
        if self.trend == "row":
            blocks.append(self._row(measure))
        elif self.trend == "chart" and measure.rate_of is None:
            blocks.append(self._chart(measure))
        words = speaker.comment(rng.choice(["passage2", "passage3"]))
        said = words if figure is None else speaker.passage(words, figure)
        shown = not any(self.cells.gap(measure, code) for code in (speaker.world.period, self.before, self.ago))
        text = f"{sentence(Told(speaker, measure))} {said}" if shown and rng.random() < 0.5 else said
        blocks += [Heading(self.story, 3), Para(text)]
        if rng.random() < 0.6:
            blocks.append(Heading(self.next, 3))
            blocks += [Bullet(speaker.say("tel_do")) for _ in range(rng.randint(1, 3))]
        return blocks

    def _definition(self, measure: Measure) -> str:
        speaker = self.speaker
        if measure.unit is Unit.PERCENT and measure.pop:
            slots = {"pop": speaker.words(measure.pop[0]), "did": speaker.words(measure.did[0])}
            return capital(speaker.say("prof_define_who" if measure.who else "prof_define_things", slots))
        if measure.things:
            return speaker.say("prof_define_count", {"things": speaker.words(measure.things[0])})
        return speaker.say("prof_define_other")

    def _facts(self, measure: Measure, now: Figure | None, cell: Cell) -> list[list[Cell]]:
        rows = []
        for name in self.order:
            made = cell if name == "now" else self._fact(measure, name, now)
            if made.text:
                rows.append([Cell(self.names[name]), made])
        return rows

    def _fact(self, measure: Measure, name: str, now: Figure | None) -> Cell:
        """One fact's cell, empty where this measure has no such fact."""
        cells, speaker, world = self.cells, self.speaker, self.speaker.world
        code = world.year_code if self.annual else world.period
        made: dict[str, Callable[[], Cell]] = {
            "before": lambda: cells.value(measure, self.before)[1],
            "ago": lambda: cells.value(measure, self.ago)[1],
            "target": lambda: cells.target(measure, code, other_spell=self.annual)[1],
            "rag": lambda: cells.rating(measure, now),
            "move": lambda: self._move(measure, now),
            "counts": lambda: Cell(cells.counts(measure, now, world.period, "prof_counts_is")),
            "sn": lambda: self._elsewhere(measure, "statistical_neighbours"),
            "england": lambda: self._elsewhere(measure, "england"),
            "good": lambda: Cell(self.goods[measure.better]),
            "owner": lambda: Cell(speaker.person()[1]),
            "source": lambda: Cell(speaker.say("prof_source_is")),
        }
        return made[name]()

    def _move(self, measure: Measure, now: Figure | None) -> Cell:
        if now is None or now.value is None:
            return Cell("")
        now.direction = self.cells.which(measure, self.speaker.world.period, self.before)
        return Cell(self.moves[now.direction])

    def _elsewhere(self, measure: Measure, area: str) -> Cell:
        """A comparator's cell; none at all where the measure is not compared."""
        if measure.unit in {Unit.COUNT, Unit.CURRENCY}:
            return Cell("")
        return self.cells.elsewhere(measure, area, self.year, dated=True)

    def _codes(self) -> list[str]:
        world = self.speaker.world
        return [world.shifted(-world.step * back) for back in range(self.speaker.rng.randint(4, 6) - 1, -1, -1)]

    def _row(self, measure: Measure) -> Table:
        """The last periods in one row under their names."""
        codes = self._codes()
        heads = [Cell(""), *(Cell(self.speaker.calendar.head(code)) for code in codes)]
        label = self.speaker.names(measure).short
        row = [Cell(label), *(self.cells.value(measure, code)[1] for code in codes)]
        return Table([heads], [row], self.trend_name, [1.8, *[1.0] * len(codes)], self.rule)

    def _chart(self, measure: Measure) -> Chart:
        """A chart without labels over its points: a picture of the trend, no values."""
        world = self.speaker.world
        codes = self._codes()
        values = [world.reading(measure, code).value for code in codes]
        top = max(values) or 1.0
        share = measure.unit is Unit.PERCENT
        ticks = ["0%", "25%", "50%", "75%", "100%"] if share else ["0", f"{round(top / 2):,}", f"{round(top):,}"]
        axis = [code[-2:] if "Q" in code else code for code in codes]
        return Chart(self.trend_name, axis, [], values, ticks, self.speaker.rng.choice(("bar", "line")))
