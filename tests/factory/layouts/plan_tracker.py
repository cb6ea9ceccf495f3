"""An improvement plan: for each measure where it began, where it is and where it should be, with dates of their own."""

from __future__ import annotations

from tests.factory.layouts._facts import actual, whole_years
from tests.factory.layouts._parts import choose, front, report
from tests.factory.layouts.scorecard import colour
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.periods import MONTHS
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from townclerk.models.period import add_months, financial_year_of
from townclerk.models.units import Unit

_RULES: tuple[Rule, ...] = ("full", "full", "rows")
_UNITS = (Unit.PERCENT, Unit.DAYS, Unit.WEEKS, Unit.RATIO)


def compose(speaker: Speaker) -> Report:
    """Aims of the plan, each with its measures, as a table or as lines; actions stand between and carry no figures."""
    rng = speaker.rng
    title = speaker.say("tracker_title", {"period": speaker.calendar.report_title()})
    blocks: list[Block] = [*front(speaker, title), Para(speaker.say("tracker_intro"))]
    tracker = _Tracker(speaker)
    chosen = [m for m in choose(speaker, 24, units=_UNITS) if m.better != "none"][: rng.randint(8, 14)]
    parts = rng.randint(2, 4)
    aims = rng.sample(speaker.grammar.pools["tracker_aim"], parts)
    for number, words in enumerate(aims, 1):
        group = chosen[(number - 1) * len(chosen) // parts : number * len(chosen) // parts]
        blocks.append(Heading(f"{tracker.word} {number}: {words}", 2))
        blocks += [Bullet(speaker.comment("sentence_")) for _ in range(rng.randint(0, 2))]
        blocks += tracker.measures(group)
    return report(speaker, "plan_tracker", [Page(blocks, landscape=tracker.table)], title)


class _Tracker:
    """When the plan began and ends, and how it shows its measures."""

    def __init__(self, speaker: Speaker) -> None:
        rng, world = speaker.rng, speaker.world
        self.speaker = speaker
        self.word = speaker.say("tracker_word")
        self.table = rng.random() < 0.5
        self.rule: Rule = rng.choice(_RULES)
        self.yearly = rng.random() < 0.5
        if self.yearly:
            self.began = whole_years(world, rng.choice([1, 2]))[0]
        else:
            back = rng.choice([6, 9, 12, 18])
            self.began = "{:04d}-{:02d}".format(*add_months(world.end.year, world.end.month, -back))
        last = financial_year_of(world.end) + rng.choice([0, 1])
        self.ends = f"{last + 1}-03"
        self.now = f"{world.end.year:04d}-{world.end.month:02d}"
        self.columns = ["measure", "began", "now", "ends", "status"]
        self.heads = {
            "measure": speaker.say("tracker_measure"),
            "began": speaker.say("tracker_baseline", {"when": self._named(self.began)}),
            "now": speaker.say("tracker_now", {"when": self._named(self.now)}),
            "ends": speaker.say("tracker_goal", {"when": self._named(self.ends)}),
            "status": speaker.say("tracker_status"),
        }

    def _named(self, code: str) -> str:
        if code.startswith("FY"):
            return self.speaker.calendar.head(code)
        return f"{MONTHS[int(code[5:7]) - 1]} {code[:4]}"

    def measures(self, group: list[Measure]) -> list[Block]:
        """One aim's measures."""
        if self.table:
            head = [Cell(self.heads[column]) for column in self.columns]
            rows = [[Cell(words, rag) for words, rag in self._values(m)] for m in group]
            return [Table([head], rows, widths=[3.4, 1.1, 1.1, 1.1, 1.0], rule=self.rule)] if rows else []
        blocks: list[Block] = []
        for measure in group:
            (name, _), *values = self._values(measure)
            blocks.append(Heading(name, 3))
            heads = [self.heads[column] for column in self.columns[1:]]
            blocks += [Bullet(f"{head}: {words}", "") for head, (words, _) in zip(heads, values, strict=True)]
        return blocks

    def _values(self, measure: Measure) -> list[tuple[str, str | None]]:
        """Name, baseline, present value, goal and status."""
        speaker, world = self.speaker, self.speaker.world
        began = actual(speaker, measure, self.began)[1]
        figure, now = actual(speaker, measure, self.now)
        value = world.target(measure)
        places = 1 if value != int(value) else 0
        goal = speaker.figure(measure, value, self.ends, role="target", places=places, difficulty="medium")
        figure.rag = colour(Statement(speaker, measure, self.now)) if world.kind == "month" else None
        status = figure.rag.capitalize() if figure.rag else speaker.say("tracker_word_status")
        name = speaker.names(measure).title
        return [
            (name, None),
            (began, None),
            (now, None),
            (speaker.in_cell(measure, goal, True), None),
            (status, figure.rag),
        ]
