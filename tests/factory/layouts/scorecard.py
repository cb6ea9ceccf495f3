"""A scorecard: one row a measure with target, latest, earlier value, colour and direction, and comment rows."""

from __future__ import annotations

from tests.factory.gold import Figure
from tests.factory.grammar import Slots
from tests.factory.layouts._parts import by_domain, choose, domain_title, front, intro, main_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from tests.factory.world import round_half_up
from townclerk.models.units import Unit

_ARROWS = {"up": ["↑", "▲", "⬆", "Up"], "down": ["↓", "▼", "⬇", "Down"], "same": ["→", "►", "➔", "Same"]}
_RULES: tuple[Rule, ...] = ("full", "full", "rows", "none")


def compose(speaker: Speaker) -> Report:
    """Columns in this council's own order; a comment row below some measures, a section row above each domain."""
    title = main_title(speaker)
    blocks: list[Block] = [
        *front(speaker, title),
        Para(intro(speaker)),
        *scorecard(speaker, speaker.rng.randint(12, 22)),
    ]
    if speaker.rng.random() < 0.5:
        blocks.append(Para(speaker.decoy("meta")))
    return report(speaker, "scorecard", [Page(blocks, landscape=True)], title)


def scorecard(speaker: Speaker, measures: int) -> list[Block]:
    """A heading and the table."""
    card = Card(speaker)
    rows: list[list[Cell]] = []
    for domain, group in by_domain(choose(speaker, measures)):
        rows.append([Cell(domain_title(speaker, domain), None, len(card.columns))])
        for measure in group:
            rows.extend(card.rows(measure))
    head = [Cell(card.heads[column]) for column in card.columns]
    table = Table([head], rows, widths=card.widths(), rule=speaker.rng.choice(_RULES))
    return [Heading(speaker.say("scorecard_title")), table]


class Card:
    """The columns of one scorecard and how a measure fills them."""

    def __init__(self, speaker: Speaker) -> None:
        rng, world, head = speaker.rng, speaker.world, speaker.calendar.head
        self.speaker = speaker
        self.number = 0
        kind = world.kind
        dated = rng.random() < 0.7
        self.heads = {
            name: speaker.say(f"head_{name}") for name in ("ref", "measure", "unit", "good", "target", "rag", "dot")
        }
        self.heads["now"] = head(world.period) if dated else speaker.say("head_latest")
        self.heads["before"] = head(world.shifted(-world.step)) if dated else speaker.say(f"head_prev_{kind}")
        self.heads["year"] = head(world.shifted(-12)) if dated else speaker.say(f"head_year_{kind}")
        optional = [name for name in ("unit", "good", "before", "year", "dot") if rng.random() < 0.55]
        self.with_unit = "unit" not in optional or rng.random() < 0.3
        values = ["target", "now", *[name for name in optional if name in {"before", "year"}]]
        rng.shuffle(values)
        self.columns = ["ref"] * (rng.random() < 0.6) + ["measure"]
        self.columns += [name for name in optional if name in {"unit", "good"}]
        self.columns += [*values, "rag", *(["dot"] if "dot" in optional else [])]
        self.arrow = rng.randrange(4)
        self.letters = rng.random() < 0.5
        self.good = {better: speaker.say(f"good_{better}") for better in ("high", "low", "none")}
        units = sorted({m.unit for m in world.measures.values()})
        self.units = {unit: speaker.say(f"unit_{unit.value}") for unit in units}
        self.logs = rng.random() < 0.12
        self.comments = rng.choice([0.0, 0.4, 0.7])

    def widths(self) -> list[float]:
        """Shares of the width: the measure's name takes most."""
        return [4.0 if column == "measure" else 0.5 if column == "ref" else 1.0 for column in self.columns]

    def rows(self, measure: Measure) -> list[list[Cell]]:
        """The measure's row and, sometimes, a comment row below it."""
        self.number += 1
        statement = Statement(self.speaker, measure, before=self.speaker.world.step)
        now = self._figure(measure, "now")
        target = self._target_cell(measure)
        rated = any(character.isdigit() for character in target.text)
        out = [[self._cell(column, statement, now, target, rated=rated) for column in self.columns]]
        if self.speaker.rng.random() < self.comments:
            if self.logs and measure.unit is Unit.PERCENT:
                out.append([Cell(self._log(measure), None, len(self.columns))])
                return out
            words = f"{self.speaker.say('comment_word')} {self._counts(statement, now)}".lstrip()
            comment = self.speaker.passage(self.speaker.comment("short_comment"), now)
            out.append([Cell(f"{words}{comment}", None, len(self.columns))])
        return out

    def _log(self, measure: Measure) -> str:
        """A dated log of values, newest first; each entry has its own period (P33)."""
        speaker, world = self.speaker, self.speaker.world
        places = world.printed(measure)
        entries = []
        for back in range(speaker.rng.randint(2, 4)):
            code = world.shifted(-world.step * back)
            value = world.reading(measure, code).value
            before = world.reading(measure, world.shifted(-world.step * (back + 1))).value
            new, old = round_half_up(value, places), round_half_up(before, places)
            figure = speaker.figure(measure, value, speaker.dated(measure, code), difficulty="medium")
            line = speaker.grammar.pick("log_entry")
            if "{word}" in line:
                figure.direction = "up" if new > old else "down" if new < old else "same"
            slots: Slots = {
                "head": speaker.calendar.head(code),
                "v": speaker.print(measure, figure),
                "word": speaker.say(f"log_{figure.direction or 'same'}"),
                "text": speaker.comment("sentence_"),
            }
            entries.append(speaker.fill(line, slots))
        return " ".join(entries)

    def _counts(self, statement: Statement, figure: Figure) -> str:
        """The parts of a percentage, which a comment may give (P31)."""
        reading = statement.reading
        if statement.measure.unit is not Unit.PERCENT or not reading.denominator or self.speaker.rng.random() < 0.5:
            return ""
        figure.numerator, figure.denominator = reading.numerator, reading.denominator
        slots = {"n": f"{reading.numerator:,}", "d": f"{reading.denominator:,}"}
        return self.speaker.say("comment_counts", slots) + " "

    def _figure(self, measure: Measure, column: str) -> Figure:
        world = self.speaker.world
        months = {"now": 0, "before": world.step, "year": 12}[column]
        value = world.reading(measure, world.shifted(-months)).value
        difficulty = "easy" if column == "now" else "medium"
        return self.speaker.figure(measure, value, self.speaker.code(measure, months), difficulty=difficulty)

    def _cell(self, column: str, statement: Statement, now: Figure, target: Cell, *, rated: bool) -> Cell:
        measure = statement.measure
        if column in {"now", "before", "year"}:
            return value_cell(
                self.speaker, measure, now if column == "now" else self._figure(measure, column), self.with_unit
            )
        if column == "target":
            return target
        if column == "rag":
            return self._rag_cell(statement, now) if rated else Cell("")
        if column == "dot":
            now.direction = statement.movement()
            return Cell(_ARROWS[now.direction][self.arrow])
        words = {
            "ref": str(self.number),
            "measure": self.speaker.names(measure).title,
            "unit": self.units[measure.unit],
            "good": self.good[measure.better],
        }
        return Cell(words[column])

    def _target_cell(self, measure: Measure) -> Cell:
        speaker = self.speaker
        if measure.better == "none" or speaker.rng.random() < 0.1:
            return Cell(speaker.say("no_target"))
        value = speaker.world.target(measure)
        places = 1 if value != int(value) else 0
        figure = speaker.figure(
            measure, value, speaker.code(measure), role="target", places=places, difficulty="medium"
        )
        return Cell(speaker.in_cell(measure, figure, self.with_unit))

    def _rag_cell(self, statement: Statement, now: Figure) -> Cell:
        now.rag = None if now.value is None else colour(statement)
        if now.rag is None:
            return Cell("")
        return Cell(now.rag[0].upper() if self.letters else now.rag.capitalize(), now.rag)


def colour(statement: Statement) -> str | None:
    """The colour of a value against its target: green where met, amber within a tenth, else red."""
    measure = statement.measure
    if measure.better == "none":
        return None
    target = statement.speaker.world.target(measure)
    gap = (statement.rounded() - target) * (1 if measure.better == "high" else -1)
    return "green" if gap >= 0 else "amber" if gap > -0.1 * target else "red"


def value_cell(speaker: Speaker, measure: Measure, figure: Figure, with_unit: bool) -> Cell:
    """A cell that holds the figure, or the word for a value that is missing or withheld."""
    roll = speaker.rng.random()
    if roll < 0.03:
        figure.value, figure.status = None, "not_available"
        return Cell(speaker.print_words(figure, speaker.say("missing")))
    if roll > 0.99:
        figure.value, figure.status = None, "unreadable"
        return Cell(speaker.print_words(figure, "#" * speaker.rng.randint(4, 7)))
    if measure.unit is Unit.COUNT and figure.value is not None and 0 < figure.value < 5 and roll < 0.5:
        figure.value, figure.status = None, "suppressed"
        return Cell(speaker.print_words(figure, speaker.say("suppressed")))
    return Cell(speaker.in_cell(measure, figure, with_unit))
