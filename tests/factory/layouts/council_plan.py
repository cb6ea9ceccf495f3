"""A corporate scorecard: the council's priorities, children's measures among others, colours and movement in words."""

from __future__ import annotations

from tests.factory.layouts._facts import actual, aim, moved, whole_years
from tests.factory.layouts._parts import choose, front, report
from tests.factory.layouts.scorecard import colour
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from townclerk.models.units import Unit

_RULES: tuple[Rule, ...] = ("full", "full", "rows", "none")
_UNITS = (Unit.PERCENT, Unit.COUNT, Unit.PER_10000, Unit.DAYS, Unit.WEEKS)


def compose(speaker: Speaker) -> Report:
    """A table for each priority, the children's one in the midst of others, then comments on what is red."""
    rng = speaker.rng
    title = speaker.say("plan_title", {"period": speaker.calendar.report_title()})
    blocks: list[Block] = [*front(speaker, title), Para(speaker.say("plan_intro"))]
    card = _PlanCard(speaker)
    chosen = choose(speaker, rng.randint(12, 20), units=_UNITS)
    middle = len(chosen) // 2
    parts = ["children", "learning"] if rng.random() < 0.6 else ["children"]
    groups = [chosen[:middle], chosen[middle:]] if len(parts) == 2 else [chosen]
    around = rng.sample(["place", "homes", "adults", "money"], rng.randint(1, 3))
    order = [*parts, *around]
    rng.shuffle(order)
    for name in order:
        blocks.append(Heading(speaker.say(f"priority_{name}"), 2))
        rows = [card.row(m) for m in groups[parts.index(name)]] if name in parts else card.others(name)
        blocks.append(Table([card.head()], rows, widths=card.widths(), rule=card.rule))
    blocks += card.comments
    return report(speaker, "council_plan", [Page(blocks, landscape=True)], title)


class _PlanCard:
    """The columns of the scorecard and what stands in them."""

    def __init__(self, speaker: Speaker) -> None:
        rng, world, head = speaker.rng, speaker.world, speaker.calendar.head
        self.speaker = speaker
        self.rule: Rule = rng.choice(_RULES)
        self.year = whole_years(world, 1)[0]
        self.columns = ["measure", "year", "before", "target", "now", "rag", "dot"]
        for name in ("year", "before", "dot"):
            if rng.random() < 0.35:
                self.columns.remove(name)
        self.heads = {
            "measure": speaker.say("head_measure"),
            "year": speaker.say("plan_outturn", {"fy": head(self.year)}),
            "before": head(world.shifted(-world.step)),
            "target": speaker.say("plan_target"),
            "now": head(world.period),
            "rag": speaker.say("head_rag"),
            "dot": speaker.say("plan_dot"),
        }
        self.words = {which: speaker.say(f"plan_{which}") for which in ("better", "worse", "same", "more", "less")}
        self.comments: list[Block] = []

    def head(self) -> list[Cell]:
        """The header row."""
        return [Cell(self.heads[column]) for column in self.columns]

    def widths(self) -> list[float]:
        """Shares of the width."""
        return [4.0 if column == "measure" else 1.1 for column in self.columns]

    def row(self, measure: Measure) -> list[Cell]:
        """One of the children's measures."""
        speaker, world = self.speaker, self.speaker.world
        statement = Statement(speaker, measure, before=world.step)
        figure, now = actual(speaker, measure, world.period, difficulty="easy")
        figure.rag = colour(statement)
        before = world.shifted(-world.step)
        which = moved(speaker, measure, world.period, before)
        if "dot" in self.columns:
            figure.direction = which
        made = {
            "measure": lambda: speaker.names(measure).title,
            "now": lambda: now,
            "year": lambda: actual(speaker, measure, self.year)[1],
            "before": lambda: actual(speaker, measure, before)[1],
            "target": lambda: (
                speaker.say("no_target") if measure.better == "none" else aim(speaker, measure, world.period)[1]
            ),
            "rag": lambda: figure.rag.capitalize() if figure.rag else "",
            "dot": lambda: self.words[self._movement(measure, which)],
        }
        if figure.rag == "red" and speaker.rng.random() < 0.7:
            comment = speaker.passage(speaker.comment("passage2"), figure)
            self.comments += [
                Para(speaker.say("plan_comment", {"name": speaker.names(measure).title, "text": comment}))
            ]
        return [Cell(made[column](), figure.rag if column == "rag" else None) for column in self.columns]

    @staticmethod
    def _movement(measure: Measure, which: str) -> str:
        """The word of the direction column: performance where a direction is good, else the number."""
        if which == "same":
            return "same"
        if measure.better == "none":
            return {"up": "more", "down": "less"}[which]
        return "better" if (which == "up") == (measure.better == "high") else "worse"

    def others(self, name: str) -> list[list[Cell]]:
        """Measures of the rest of the council: numbers that are no children's indicator."""
        rng = self.speaker.rng
        titles = rng.sample(self.speaker.grammar.pools[f"other_{name}"], rng.randint(2, 4))
        rows = []
        for title in titles:
            value = rng.uniform(20, 95)
            cells = {
                "measure": title,
                "now": f"{value:.1f}%",
                "year": f"{value * rng.uniform(0.9, 1.05):.1f}%",
                "before": f"{value * rng.uniform(0.95, 1.05):.1f}%",
                "target": f"{round(value * rng.uniform(0.95, 1.08))}%",
                "rag": rng.choice(["Green", "Amber", "Red"]),
                "dot": self.words[rng.choice(["better", "worse", "same"])],
            }
            rows.append([Cell(cells[column]) for column in self.columns])
        return rows
