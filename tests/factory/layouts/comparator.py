"""A comparator table: authorities as columns, then averages, rank and polarity, in the order this council likes."""

from __future__ import annotations

from tests.factory.layouts._parts import choose, front, main_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker
from tests.factory.world import round_half_up
from townclerk.models.units import Unit

_UNITS = (Unit.PERCENT, Unit.PER_10000, Unit.DAYS, Unit.SCORE, Unit.WEEKS)


def compose(speaker: Speaker) -> Report:
    """A paper that is little more than the table."""
    title = main_title(speaker)
    blocks: list[Block] = [*front(speaker, title), Para(speaker.say("background"))]
    blocks += comparison(speaker, speaker.rng.randint(8, 16))
    return report(speaker, "comparator", [Page(blocks, landscape=True)], title)


def comparison(speaker: Speaker, measures: int) -> list[Block]:
    """Heading, table of the last published year and note."""
    code = speaker.world.last_year_code()
    grid = _Grid(speaker, code)
    year = {"year": speaker.calendar.head(code)}
    chosen = choose(speaker, measures, units=_UNITS, rates_of_flows=True)
    rows = [grid.row(measure, number) for number, measure in enumerate(chosen, 1)]
    widths = [3.2 if column == "measure" else 1.0 for column in grid.columns]
    table = Table([grid.head()], rows, widths=widths, rule=speaker.rng.choice(("full", "rows")))
    return [Heading(speaker.say("compare_title", year)), table, Para(speaker.say("compare_note", year))]


class _Grid:
    """Which columns stand in which order, and what a measure puts into them."""

    def __init__(self, speaker: Speaker, code: str) -> None:
        rng, home = speaker.rng, speaker.world.home
        self.speaker = speaker
        self.code = code
        self.own = home.name
        names = [self.own, *sorted(home.neighbours)]
        if rng.random() < 0.5:
            names.sort()
        after = ["sn", "england"]
        if rng.random() < 0.5:
            after.insert(rng.randint(0, 1), "region")
        if rng.random() < 0.25:
            after.append("good_outstanding")
        self.columns = ["measure", *names, *after, *[name for name in ("good", "rank") if rng.random() < 0.7]]
        self.rank_head = speaker.say("head_rank", {"home": self.own})
        self.numbered = rng.random() < 0.4
        self.missing = rng.choice("xc")
        self.good = {better: speaker.say(f"good_{better}") for better in ("high", "low", "none")}

    def head(self) -> list[Cell]:
        """The header row."""
        slots = {"region": self.speaker.world.home.region, "year": self.speaker.calendar.head(self.code)}
        cells = []
        for column in self.columns:
            if column == "measure":
                words = self.speaker.say("compare_corner", slots)
            elif column == "rank":
                words = self.rank_head
            elif column in {"sn", "england", "region", "good_outstanding", "good"}:
                words = self.speaker.say(f"head_{column}", slots)
            else:
                words = column
            cells.append(Cell(words))
        return cells

    def row(self, measure: Measure, number: int) -> list[Cell]:
        """A measure's values here and elsewhere; the average is the mean of the neighbours shown."""
        speaker, world = self.speaker, self.speaker.world
        places = world.printed(measure)
        values = world.comparators(measure, self.code)
        values[self.own] = round_half_up(world.reading(measure, self.code).value, places)
        hidden = {name for name in world.home.neighbours if speaker.rng.random() < 0.025}
        shown = [values[name] for name in world.home.neighbours if name not in hidden]
        values["sn"] = round_half_up(sum(shown) / len(shown), places)
        order = sorted([*shown, values[self.own]], reverse=measure.better == "high")
        rank = None if measure.better == "none" else order.index(values[self.own]) + 1
        label = f"{number}. " * self.numbered + speaker.names(measure).title
        unit = measure.unit is Unit.PERCENT and speaker.rng.random() < 0.8
        fixed = {"measure": label, "good": self.good[measure.better], "rank": "" if rank is None else str(rank)}
        cells = []
        for column in self.columns:
            if column in fixed:
                cells.append(Cell(fixed[column]))
            else:
                cells.append(self._value(measure, column, values[column], (label, unit, column in hidden, rank)))
        return cells

    def _value(self, measure: Measure, column: str, value: float, how: tuple[str, bool, bool, int | None]) -> Cell:
        label, unit, hidden, rank = how
        speaker = self.speaker
        area = {self.own: "self", "sn": "statistical_neighbours"}.get(column, column)
        period = speaker.dated(measure, self.code)
        figure = speaker.figure(measure, value, period, area=area, label=label, difficulty="medium")
        if area == "self" and "rank" in self.columns and rank is not None:
            figure.rank = {"position": rank, "of": 11 if "11" in self.rank_head else None}
        if hidden:
            figure.value, figure.status = None, "suppressed"
            return Cell(speaker.print_words(figure, self.missing))
        return Cell(speaker.in_cell(measure, figure, unit))
