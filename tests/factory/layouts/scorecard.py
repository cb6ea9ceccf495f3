"""A scorecard: one row a measure with target, latest, earlier value, colour and direction, and comment rows."""

from __future__ import annotations

from tests.factory.gold import Figure
from tests.factory.layouts._parts import by_domain, choose, domain_title, front, intro, main_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from townclerk.models.units import Unit

_UNITS = {
    Unit.PERCENT: "%", Unit.COUNT: "Number", Unit.PER_10000: "Rate per 10,000", Unit.PER_1000: "Rate per 1,000",
    Unit.PER_100000: "Rate per 100,000", Unit.DAYS: "Days", Unit.WEEKS: "Weeks", Unit.SCORE: "Score",
    Unit.RATIO: "Average", Unit.CURRENCY: "£",
}  # fmt: skip
_ARROWS = {"up": ["↑", "▲", "⬆", "Up"], "down": ["↓", "▼", "⬇", "Down"], "same": ["→", "►", "➔", "Same"]}
_GOOD = {
    "high": ["High", "Bigger is better", "↑"],
    "low": ["Low", "Smaller is better", "↓"],
    "none": ["-", "n/a", "Neutral"],
}
_MISSING = ["n/a", "Not available", "TBC", "-"]


def compose(speaker: Speaker) -> Report:
    """Columns in this council's own order; a comment row below some measures, a section row above each domain."""
    card = _Card(speaker)
    title = main_title(speaker)
    rows: list[list[Cell]] = []
    for domain, measures in by_domain(choose(speaker, speaker.rng.randint(12, 22), kinds=("stock", "flow"))):
        rows.append([Cell(domain_title(speaker, domain), None, len(card.columns))])
        for measure in measures:
            rows.extend(card.rows(measure))
    table = Table([[Cell(card.heads[c]) for c in card.columns]], rows, widths=card.widths(), rule=card.rule)
    blocks: list[Block] = [*front(speaker, title), Para(intro(speaker)), Heading(card.title), table]
    if speaker.rng.random() < 0.5:
        blocks.append(Para(speaker.decoy("meta")))
    return report(speaker, "scorecard", [Page(blocks, landscape=True)], title)


class _Card:
    """The columns of one scorecard and how a measure fills them."""

    def __init__(self, speaker: Speaker) -> None:
        rng = speaker.rng
        self.speaker = speaker
        world, calendar = speaker.world, speaker.calendar
        self.number = 0
        self.title = rng.choice(
            ["Performance scorecard", "Key performance indicators", "Scorecard", "Monthly scorecard"]
        )
        self.rule = rng.choice(["full", "full", "rows", "none"])
        now, before = calendar.head(world.period), calendar.head(world.shifted(-world.step))
        year = calendar.head(world.shifted(-12))
        self.heads = {
            "ref": rng.choice(["Ref", "No.", "#"]), "measure": rng.choice(["Measure", "Indicator", "Performance indicator"]),
            "unit": "Unit", "good": rng.choice(["Good is", "Polarity", "Aim"]), "target": rng.choice(["Target", "Target", "Current target"]),
            "now": rng.choice([now, now, "Latest", "Actual"]), "before": rng.choice([before, before, _previous(world.kind)]),
            "year": rng.choice([year, year, "Same period last year"]), "rag": rng.choice(["RAG", "Status", "RAG rating"]),
            "dot": rng.choice(["DoT", "Direction of travel", "Trend"]),
        }  # fmt: skip
        optional = [c for c in ("unit", "good", "before", "year", "dot") if rng.random() < 0.55]
        if "unit" not in optional:
            self.with_unit = True
        else:
            self.with_unit = rng.random() < 0.3
        values = ["target", "now", *[c for c in optional if c in {"before", "year"}]]
        rng.shuffle(values)
        self.columns = [
            *(["ref"] if rng.random() < 0.6 else []), "measure", *[c for c in optional if c in {"unit", "good"}],
            *values, "rag", *(["dot"] if "dot" in optional else []),
        ]  # fmt: skip
        self.comments = rng.choice([0.0, 0.4, 0.7])

    def widths(self) -> list[float]:
        """Shares of the width: the measure's name takes most."""
        return [4.0 if c == "measure" else 0.5 if c == "ref" else 1.0 for c in self.columns]

    def rows(self, measure: Measure) -> list[list[Cell]]:
        """The measure's row and, sometimes, a comment row below it."""
        self.number += 1
        statement = Statement(self.speaker, measure, before=self.speaker.world.step)
        name = self.speaker.names(measure).title
        statement._label = name
        figure = self._figure(statement, "now")
        cells = []
        for column in self.columns:
            cells.append(self._cell(column, statement, figure, name))
        out = [cells]
        if self.speaker.rng.random() < self.comments:
            comment = self.speaker.comment("short_comment")
            word = self.speaker.rng.choice(["Comment: ", "Commentary: ", ""])
            if figure is not None:
                comment = self.speaker.passage(comment, figure)
                counts = self._counts(statement, figure)
                comment = f"{counts}{comment}"
            out.append([Cell(f"{word}{comment}", None, len(self.columns))])
        return out

    def _counts(self, statement: Statement, figure: Figure) -> str:
        """The parts of a percentage, which a comment may give (P31)."""
        reading = statement.reading
        if statement.measure.unit is not Unit.PERCENT or not reading.denominator or self.speaker.rng.random() < 0.5:
            return ""
        figure.numerator, figure.denominator = reading.numerator, reading.denominator
        when = self.speaker.rng.choice(["", " in the period", " this time"])
        return f"{reading.numerator:,} of {reading.denominator:,}{when}. "

    def _figure(self, statement: Statement, column: str) -> Figure | None:
        measure, world = statement.measure, self.speaker.world
        months = {"now": 0, "before": world.step, "year": 12}[column]
        code = self.speaker.code(measure, months)
        value = world.reading(measure, world.shifted(-months)).value
        difficulty = "easy" if column == "now" else "medium"
        return self.speaker.figure(measure, value, code, difficulty=difficulty)

    def _cell(self, column: str, statement: Statement, now: Figure | None, name: str) -> Cell:
        speaker, measure, rng = self.speaker, statement.measure, self.speaker.rng
        if column in {"now", "before", "year"}:
            figure = now if column == "now" else self._figure(statement, column)
            if figure is None:
                return Cell("")
            return self._value_cell(measure, figure)
        if column == "target":
            return self._target_cell(statement)
        if column == "rag":
            return self._rag_cell(statement, now)
        if column == "dot":
            which = statement.movement()
            if now is not None:
                now.direction = which
            return Cell(_ARROWS[which][self._arrow])
        words = {"ref": str(self.number), "measure": name, "unit": _UNITS[measure.unit]}
        return Cell(
            words.get(column) or rng.choice(_GOOD[measure.better][:1] if self._arrow else _GOOD[measure.better][:2])
        )

    @property
    def _arrow(self) -> int:
        """Which of the arrow styles this card uses, always the same one."""
        return len(self.heads["measure"] + self.heads["now"]) % 4

    def _value_cell(self, measure: Measure, figure: Figure) -> Cell:
        speaker = self.speaker
        if speaker.rng.random() < 0.03:
            word = speaker.rng.choice(_MISSING[:2])
            figure.value, figure.status = None, "not_available"
            return Cell(speaker.print_words(figure, word))
        if measure.unit is Unit.COUNT and figure.value is not None and figure.value < 5 and speaker.rng.random() < 0.5:
            figure.value, figure.status = None, "suppressed"
            return Cell(speaker.print_words(figure, speaker.rng.choice(["<5", "c", "*"])))
        unit = self.with_unit and measure.unit in {Unit.PERCENT, Unit.CURRENCY}
        return Cell(speaker.print(measure, figure, unit=unit).replace(" per cent", "%"))

    def _target_cell(self, statement: Statement) -> Cell:
        measure, speaker = statement.measure, self.speaker
        if measure.better == "none" or speaker.rng.random() < 0.1:
            return Cell(speaker.rng.choice(["n/a", "-", "", "N/A"]))
        value = speaker.world.target(measure)
        places = 1 if value != int(value) else 0
        figure = speaker.figure(
            measure, value, speaker.code(measure), role="target", places=places, difficulty="medium"
        )
        unit = self.with_unit and measure.unit in {Unit.PERCENT, Unit.CURRENCY}
        return Cell(speaker.print(measure, figure, unit=unit).replace(" per cent", "%"))

    def _rag_cell(self, statement: Statement, now: Figure | None) -> Cell:
        measure = statement.measure
        if measure.better == "none" or now is None or now.value is None:
            return Cell(self.speaker.rng.choice(["", "-"]))
        target = self.speaker.world.target(measure)
        gap = (statement.rounded() - target) * (1 if measure.better == "high" else -1)
        rag = "green" if gap >= 0 else "amber" if gap > -0.1 * target else "red"
        now.rag = rag
        return Cell(rag.capitalize() if self._arrow % 2 else rag[0].upper(), rag)


def _previous(kind: str) -> str:
    return "Previous month" if kind == "month" else "Previous quarter"
