"""A corporate scorecard: children's rows stand among the rows of every other service."""

from __future__ import annotations

from tests.factory.former.layouts._telling import ARROWS, cell, finished, goal, open_cell, own
from tests.factory.former.layouts._voice import OwnSpeaker, Said, voice
from tests.factory.layouts._parts import choose, front, main_title
from tests.factory.layouts.scorecard import colour
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit

_UNITS = (Unit.PERCENT, Unit.COUNT, Unit.PER_10000, Unit.DAYS, Unit.WEEKS)
_LETTERS = {"green": "G", "amber": "A", "red": "R"}


def compose(speaker: Speaker) -> Report:
    """One table; measures of all directorates by number, a note on the key, sometimes words on a few rows."""
    voiced = voice(speaker)
    rng = voiced.rng
    title = voiced.say("corp_title", {"period": voiced.calendar.report_title()})
    card = _Card(voiced)
    rows = [card.ours(measure) for measure in choose(voiced, rng.randint(8, 16), units=_UNITS)]
    for _ in range(rng.randint(7, 14)):
        rows.insert(rng.randint(0, len(rows)), card.others())
    for number, row in enumerate(rows, 1):
        row[0] = Cell(card.numbering.format(n=number))
    table = Table([card.head()], rows, widths=card.widths(), rule=rng.choice(["full", "rows", "full"]))
    blocks: list[Block] = [*front(voiced, title), Para(voiced.say("corp_key")), table, Para(voiced.decoy("meta"))]
    if rng.random() < 0.5:
        blocks.append(Para(voiced.decoy("money", "place")))
    blocks.append(Heading(voiced.say("corp_notes"), 3))
    blocks += [
        Para(text, f"{number}") for number, text in enumerate(rng.sample(voiced.grammar.pools["footnote"], 3), 1)
    ]
    return finished(voiced, "corporate", [Page(blocks, landscape=True)], title or main_title(voiced))


class _Card:
    """The columns of one corporate scorecard."""

    def __init__(self, speaker: OwnSpeaker) -> None:
        rng, world = speaker.rng, speaker.world
        self.speaker = speaker
        self.numbering = rng.choice(["CP{n:02d}", "{n}", "KPI {n}", "P{n}"])
        values = {"now": world.period, "before": world.shifted(-world.step), "year": world.shifted(-12)}
        kept = ["now", *[name for name in ("before", "year") if rng.random() < 0.6]]
        self.codes = {name: values[name] for name in kept}
        self.columns = ["service"] * (rng.random() < 0.7) + rng.choice([["target", *kept], [*reversed(kept), "target"]])
        self.columns += rng.choice([["rag", "dot"], ["dot", "rag"], ["rag"]])
        self.arrow = rng.randrange(4)
        self.service = speaker.say("corp_service")
        self.waiting = rng.sample(speaker.grammar.pools["corp_other"], 14)

    def head(self) -> list[Cell]:
        """The header row."""
        speaker = self.speaker
        named = {"service": "Directorate", "target": speaker.say("corp_target"), "rag": "RAG", "dot": "DoT"}
        heads = [named.get(name) or speaker.calendar.head(self.codes[name]) for name in self.columns]
        return [Cell(text) for text in ("Ref", speaker.say("corp_measure"), *heads)]

    def widths(self) -> list[float]:
        """Shares of the width."""
        return [0.8, 3.8, *(1.5 if name == "service" else 1.0 for name in self.columns)]

    def ours(self, measure: Measure) -> list[Cell]:
        """A row of ours."""
        speaker = self.speaker
        statement = Said(speaker, measure, before=speaker.world.step)
        now = own(speaker, measure, self.codes["now"], "easy")
        shown = open_cell(speaker, measure, now)
        cells = [Cell(""), Cell(speaker.names(measure).title + speaker.rng.choice(["", "", "", "", "¹", "²"]))]
        aimed = measure.better != "none" and speaker.rng.random() < 0.9
        for name in self.columns:
            if name in self.codes:
                other = name != "now"
                cells.append(
                    Cell(open_cell(speaker, measure, own(speaker, measure, self.codes[name])) if other else shown)
                )
            elif name == "target":
                cells.append(Cell(cell(speaker, measure, goal(speaker, measure)) if aimed else "Monitor"))
            elif name == "rag":
                now.rag = colour(statement) if aimed and now.value is not None else None
                cells.append(Cell(_LETTERS[now.rag] if now.rag else "n/r", now.rag))
            elif name == "dot":
                now.direction = statement.movement() if now.value is not None else None
                cells.append(Cell(ARROWS[now.direction][self.arrow] if now.direction else ""))
            else:
                cells.append(Cell(self.service))
        return cells

    def others(self) -> list[Cell]:
        """A row of another service; its numbers are nobody's gold."""
        rng = self.speaker.rng
        service, name, low, high, sign = self.waiting.pop().split("|")
        cells = [Cell(""), Cell(name)]
        usual = rng.uniform(float(low), float(high))
        top = 100.0 if sign == "%" else usual * 2
        values = {each: min(usual * rng.uniform(0.93, 1.07), top) for each in ("now", "before", "year", "target")}
        printed = {each: f"{value:,.1f}%" if sign == "%" else f"{value:,.0f}" for each, value in values.items()}
        up = values["now"] > values["before"]
        moved = "same" if printed["now"] == printed["before"] else "up" if up else "down"
        for column in self.columns:
            if column in printed:
                cells.append(Cell(printed[column]))
            elif column == "rag":
                rag = rng.choice(["green", "green", "amber", "red"])
                cells.append(Cell(_LETTERS[rag], rag))
            elif column == "dot":
                cells.append(Cell(ARROWS[moved][self.arrow]))
            else:
                cells.append(Cell(service))
        return cells
