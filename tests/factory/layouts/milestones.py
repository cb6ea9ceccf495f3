"""A delivery plan: baseline, quarterly milestones with actuals, and next year's target side by side."""

from __future__ import annotations

from tests.factory.gold import Figure
from tests.factory.layouts._parts import choose, front, intro, main_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker
from tests.factory.world import round_half_up
from townclerk.models.period import financial_year_of, parse_code
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """One table and, below it, a paragraph on some of its measures."""
    rng = speaker.rng
    title = main_title(speaker)
    units = (Unit.PERCENT, Unit.PER_10000, Unit.DAYS, Unit.WEEKS, Unit.COUNT)
    measures = [m for m in choose(speaker, rng.randint(18, 30), units=units) if m.better != "none"][:9]
    plan = _Plan(speaker)
    table = Table([plan.head()], [plan.row(m) for m in measures], widths=[3.0] + [1.0] * (len(plan.columns)))
    blocks: list[Block] = [*front(speaker, title), Para(intro(speaker)), Heading(speaker.say("mile_title")), table]
    for measure, figure in plan.latest:
        if rng.random() < 0.5:
            name = speaker.names(measure).title
            blocks += [Heading(name, 3), Para(speaker.passage(speaker.comment("passage2"), figure))]
    return report(speaker, "milestones", [Page(blocks, landscape=True)], title)


class _Plan:
    """Columns as (kind, code) in the order they stand."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        world = speaker.world
        start = financial_year_of(world.end)
        quarters = [f"{start:04d}-{(start + 1) % 100:02d}-Q{q}" for q in range(1, 5)]
        past = [code for code in quarters if parse_code(code).end <= world.end]
        self.columns = [(speaker.rng.choice(["baseline", "outturn"]), f"FY{start - 1}-{start % 100:02d}")]
        for code in past:
            self.columns += [("milestone", code), ("actual", code)]
        self.columns.append(("final", f"FY{start + 1}-{(start + 2) % 100:02d}"))
        self.latest: list[tuple[Measure, Figure]] = []
        self.forms = {kind: speaker.grammar.pick(f"mile_{kind}") for kind, _ in self.columns}

    def head(self) -> list[Cell]:
        """The header row."""
        cells = [Cell(self.speaker.say("head_measure"))]
        for kind, code in self.columns:
            slots = {"fy": self.speaker.calendar.year(parse_code(code).start.year), "q": code[-2:]}
            cells.append(Cell(self.speaker.fill(self.forms[kind], slots)))
        return cells

    def row(self, measure: Measure) -> list[Cell]:
        """A measure's baseline, milestones on a line to the final target, and actuals."""
        speaker, world = self.speaker, self.speaker.world
        places = world.printed(measure)
        base = world.reading(measure, self.columns[0][1]).value
        if measure.unit is Unit.COUNT and measure.kind == "flow":
            base /= 4
        aim = base * (1.1 if measure.better == "high" else 0.9)
        aim = min(aim, 99.0) if measure.unit is Unit.PERCENT else aim
        cells = [Cell(speaker.names(measure).title)]
        steps = len(self.columns)
        for index, (kind, code) in enumerate(self.columns):
            role = "target" if kind in {"milestone", "final"} else "actual"
            value = world.reading(measure, code).value if role == "actual" else base + (aim - base) * index / steps
            period = speaker.dated(measure, code) if role == "actual" or kind == "milestone" else code
            value = round_half_up(value, places)
            figure = speaker.figure(measure, value, period, role=role, difficulty="medium")
            cells.append(Cell(speaker.in_cell(measure, figure, True)))
            if kind == "actual" and code == world.quarter_code(world.end):
                self.latest.append((measure, figure))
        return cells
