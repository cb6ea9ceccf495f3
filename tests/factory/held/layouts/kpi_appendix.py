"""An appendix of key performance indicators: quarters or months across, targets, ratings, movement, comments below."""

from __future__ import annotations

from collections.abc import Callable

from tests.factory.gold import Figure
from tests.factory.held.layouts._cells import Cells
from tests.factory.held.layouts._frame import cover, finish, opening, period_words
from tests.factory.layouts._facts import whole_years
from tests.factory.layouts._parts import by_domain, choose, domain_title
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.speaker import Speaker
from townclerk.models.period import financial_year_of, parse_code

_RULES: tuple[Rule, ...] = ("full", "full", "rows", "none")


def compose(speaker: Speaker) -> Report:
    """A cover or only a title, the key, and one table with a row for each domain."""
    rng = speaker.rng
    period = period_words(speaker)
    title = speaker.say("kpi_title", {"letter": rng.choice("ABC123"), "period": period})
    title = title[:1].upper() + title[1:]
    blocks: list[Block] = cover(speaker, title) if rng.random() < 0.5 else [Heading(title, 1)]
    if rng.random() < 0.6:
        blocks.append(Para(opening(speaker, "held_purpose", period)))
    grid = _Grid(speaker)
    keys: list[Block] = [Para(words) for words in grid.legend()]
    rows: list[list[Cell]] = []
    for domain, group in by_domain(choose(speaker, rng.randint(12, 24))):
        if grid.sections:
            rows.append([Cell(domain_title(speaker, domain), None, len(grid.columns))])
        for measure in group:
            rows += grid.rows(measure)
    table = Table(grid.head(), rows, widths=grid.widths(), rule=rng.choice(_RULES))
    before = rng.random() < 0.5
    blocks += [*keys, table] if before else [table, *keys]
    rated = [cell.rag for row in rows for cell in row if cell.rag]
    if rated and rng.random() < 0.4:
        tally = {colour: str(rated.count(colour)) for colour in ("green", "amber", "red")}
        blocks.append(Para(speaker.say("kpi_tally", {**tally, "n": str(len(rated))})))
    return finish(speaker, "kpi_appendix", [Page(blocks, landscape=True)], title, period)


class _Grid:
    """The columns of one appendix."""

    def __init__(self, speaker: Speaker) -> None:
        rng, world = speaker.rng, speaker.world
        self.speaker = speaker
        self.cells = Cells(speaker)
        quarter = (world.end.month - 4) % 12 // 3 + 1
        styles = ["flat", "flat", "stacked", "year"] if world.kind == "quarter" else ["flat"]
        self.style = rng.choice(styles)
        shown = quarter if self.style == "year" else rng.randint(2, 5)
        self.codes = [world.shifted(-world.step * back) for back in range(shown - 1, -1, -1)]
        self.year = whole_years(world, 1)[0]
        self.annual = self.style == "year" and rng.random() < 0.5
        self.arrows = rng.random() < 0.6
        self.sections = rng.random() < 0.7
        self.comments = rng.choice([0.0, 0.0, 0.35, 0.8])
        before = ["no"] * (rng.random() < 0.5) + ["name"]
        before += ["unit"] * (rng.random() < 0.3) + ["good"] * (rng.random() < 0.5)
        outturn = ["outturn"] * (self.style == "year" or rng.random() < 0.25)
        targets = ["target"] + ["annual"] * self.annual
        values = [*outturn, *self.codes]
        values = [*targets, *values] if rng.random() < 0.3 else [*values, *targets]
        after = ["rag"] * (rng.random() < 0.8) + ["dot"] * (rng.random() < 0.7)
        if rng.random() < 0.3:
            after.reverse()
        self.columns = [*before, *values, *after]
        self.short_years = rng.random() < 0.5
        self.number = rng.choice([0, 0, 100])
        self.prefix = rng.choice(["", "CS", "CYP", "KPI "])
        named = ("no", "name", "unit", "good", "target", "rag", "dot")
        self.heads = {name: speaker.say(f"kpi_{name}") for name in named}
        fy = speaker.calendar.year(financial_year_of(world.end))
        self.heads["annual"] = speaker.say("kpi_target_year", {"fy": fy})
        self.heads["outturn"] = speaker.say("kpi_outturn", {"fy": speaker.calendar.head(self.year)})
        self.units = self.cells.units() if "unit" in before else {}
        self.provisional = speaker.grammar.pick("kpi_provisional") if rng.random() < 0.12 else "{head}"

    def legend(self) -> list[str]:
        """Sentences that explain arrows, words and colours."""
        speaker, out = self.speaker, []
        if "dot" in self.columns:
            slots = {**self.cells.words, **(self.cells.arrows if self.arrows else {})}
            out.append(speaker.say("kpi_key_arrows" if self.arrows else "kpi_key_words", slots))
        if "rag" in self.columns and speaker.rng.random() < 0.6:
            out.append(speaker.say("kpi_key_rag"))
        return out

    def head(self) -> list[list[Cell]]:
        """One header row, or years over quarters."""
        if self.style == "stacked":
            upper: list[Cell] = []
            for column in self.columns:
                year = self._year(column) if column in self.codes else ""
                if year and upper and upper[-1].text == year:
                    upper[-1].span += 1
                else:
                    upper.append(Cell(year))
            return [upper, [Cell(self._name(column)) for column in self.columns]]
        return [[Cell(self._name(column)) for column in self.columns]]

    def _year(self, code: str) -> str:
        start = financial_year_of(parse_code(code).end)
        return f"{start % 100:02d}/{(start + 1) % 100:02d}" if self.short_years else self.speaker.calendar.year(start)

    def _name(self, column: str) -> str:
        if column not in self.codes:
            return self.heads[column]
        if "Q" not in column:
            name = self.speaker.calendar.head(column)
        else:
            name = column[-2:] if self.style in {"stacked", "year"} else f"{column[-2:]} {self._year(column)}"
        return self.provisional.format(head=name) if column == self.codes[-1] else name

    def widths(self) -> list[float]:
        """Shares of the width."""
        return [4.2 if column == "name" else 0.8 if column == "no" else 1.1 for column in self.columns]

    def rows(self, measure: Measure) -> list[list[Cell]]:
        """A measure's row and, in some appendices, its comment."""
        speaker = self.speaker
        self.number += 1
        now, cell = self.cells.value(measure, self.codes[-1], newest=True)
        row = [self._cell(measure, column, now, cell) for column in self.columns]
        if speaker.rng.random() >= self.comments:
            return [row]
        counts = self.cells.counts(measure, now, self.codes[-1]) if speaker.rng.random() < 0.5 else ""
        words = speaker.comment("short_comment")
        said = words if now is None else speaker.passage(words, now)
        text = " ".join(part for part in (speaker.say("kpi_comment"), counts, said) if part)
        return [row, [Cell(text, None, len(self.columns))]]

    def _cell(self, measure: Measure, column: str, now: Figure | None, cell: Cell) -> Cell:
        cells, world = self.cells, self.speaker.world
        if column == self.codes[-1]:
            return cell
        if column in self.codes:
            return cells.value(measure, column)[1]
        made: dict[str, Callable[[], Cell]] = {
            "no": lambda: Cell(f"{self.prefix}{self.number}"),
            "name": lambda: Cell(self.speaker.names(measure).title),
            "unit": lambda: Cell(self.units[measure.unit]),
            "good": lambda: Cell(cells.good[measure.better]),
            "outturn": lambda: cells.value(measure, self.year)[1],
            "target": lambda: cells.target(measure, self.codes[-1])[1],
            "annual": lambda: cells.target(measure, world.year_code, self._stretched(measure), other_spell=True)[1],
            "rag": lambda: cells.rating(measure, now),
            "dot": lambda: self._moved(measure, now),
        }
        return made[column]()

    def _moved(self, measure: Measure, now: Figure | None) -> Cell:
        before = self.speaker.world.shifted(-self.speaker.world.step)
        which = self.cells.which(measure, self.codes[-1], before)
        return self.cells.movement(measure, now, which, arrows=self.arrows)

    def _stretched(self, measure: Measure) -> float:
        """The year-end target: at the current one or a step beyond it."""
        target = self.speaker.world.target(measure)
        step = 1.0 if target >= 10 else 0.5
        better = target + step if measure.better == "high" else target - step
        allowed = better > 0 and (measure.better != "high" or better <= 100 or target > 100)
        return better if allowed and self.speaker.rng.random() < 0.6 else target
