"""A board's data pack: months across, twelve months rolling, target and averages elsewhere; few words between."""

from __future__ import annotations

from tests.factory.layouts._facts import actual, aim, elsewhere, whole_years
from tests.factory.layouts._parts import by_domain, choose, domain_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.periods import MONTHS
from tests.factory.speaker import Speaker
from townclerk.models.period import add_months, parse_code
from townclerk.models.units import Unit

_RULES: tuple[Rule, ...] = ("full", "rows", "none")
_UNITS = (Unit.PERCENT, Unit.COUNT, Unit.DAYS, Unit.WEEKS)


def compose(speaker: Speaker) -> Report:
    """A table for each domain or one for all, and a note on what the rolling column is."""
    rng = speaker.rng
    end = speaker.world.end
    title = speaker.say("pack_title", {"month": f"{MONTHS[end.month - 1]} {end.year}"})
    blocks: list[Block] = [Heading(title, 1), Para(speaker.world.home.title)]
    months = _Months(speaker)
    chosen = choose(speaker, rng.randint(12, 20), units=_UNITS)
    if rng.random() < 0.5:
        blocks.append(Para(speaker.say("pack_note", {"head": months.heads["rolling"]})))
    groups = by_domain(chosen) if rng.random() < 0.4 else [("", chosen)]
    for domain, group in groups:
        if domain:
            blocks.append(Heading(domain_title(speaker, domain), 2))
        rows = [months.row(measure) for measure in group]
        blocks.append(Table([months.head()], rows, widths=months.widths(), rule=months.rule))
        if rng.random() < 0.5:
            blocks.append(Para(speaker.comment("passage2")))
    return report(speaker, "board_months", [Page(blocks, landscape=True)], title)


class _Months:
    """The columns of one pack."""

    def __init__(self, speaker: Speaker) -> None:
        rng, world = speaker.rng, speaker.world
        self.speaker = speaker
        self.rule: Rule = rng.choice(_RULES)
        last = (world.end.year, world.end.month)
        shown = rng.choice([3, 4, 6, 12])
        self.codes = ["{:04d}-{:02d}".format(*add_months(*last, -back)) for back in range(shown - 1, -1, -1)]
        self.rolling = "R12-{:04d}-{:02d}".format(*last)
        self.year = whole_years(world, 1)[0]
        self.elsewhere = world.last_year_code()
        extra = [name for name in ("year", "target", "rolling", "sn", "england") if rng.random() < 0.6]
        if rng.random() < 0.3:
            rng.shuffle(extra)
        self.front = [name for name in extra if name in {"year", "target"}] if rng.random() < 0.4 else []
        self.columns = ["measure", *self.front, *self.codes, *[name for name in extra if name not in self.front]]
        form = rng.choice(
            ["{s} {yy:02d}", "{s}-{yy:02d}", "{s} {y}", "{s}"] if shown < 12 else ["{s} {yy:02d}", "{s}-{yy:02d}"]
        )
        head = speaker.calendar.head
        self.heads = {
            "measure": speaker.say("head_measure"),
            "year": head(self.year),
            "target": speaker.say("head_target"),
            "rolling": speaker.say("pack_rolling"),
            "sn": speaker.say("pack_sn", {"year": head(self.elsewhere)}),
            "england": speaker.say("pack_england", {"year": head(self.elsewhere)}),
        }
        for code in self.codes:
            day = parse_code(code).end
            self.heads[code] = form.format(s=MONTHS[day.month - 1][:3], y=day.year, yy=day.year % 100)

    def head(self) -> list[Cell]:
        """The header row."""
        return [Cell(self.heads[column]) for column in self.columns]

    def widths(self) -> list[float]:
        """Shares of the width."""
        return [4.0 if column == "measure" else 1.0 for column in self.columns]

    def row(self, measure: Measure) -> list[Cell]:
        """A measure's months and what else the pack shows of it."""
        return [self._cell(measure, column) for column in self.columns]

    def _cell(self, measure: Measure, column: str) -> Cell:
        speaker = self.speaker
        if column == "measure":
            return Cell(speaker.names(measure).title)
        if column == "target":
            if measure.better == "none":
                return Cell("")
            return Cell(aim(speaker, measure, self.codes[-1])[1])
        if column in {"sn", "england"}:
            if measure.unit is Unit.COUNT:
                return Cell("-")
            area = {"sn": "statistical_neighbours"}.get(column, column)
            return Cell(elsewhere(speaker, measure, area, self.elsewhere, dated=True)[1])
        if column == "rolling" and measure.kind != "flow":
            return Cell("-")
        code = {"year": self.year, "rolling": self.rolling}.get(column, column)
        return Cell(actual(speaker, measure, code)[1])
