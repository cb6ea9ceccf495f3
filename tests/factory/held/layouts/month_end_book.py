"""An improvement board's month-end book: latest months, year to date, year-end history, target, benchmarks, points."""

from __future__ import annotations

from collections.abc import Callable

from tests.factory.gold import Figure
from tests.factory.grammar import Slots
from tests.factory.held.layouts._cells import Cells
from tests.factory.held.layouts._frame import finish
from tests.factory.held.layouts._voice import begun
from tests.factory.layouts._facts import actual, whole_years
from tests.factory.layouts._parts import by_domain, choose, domain_title
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.periods import MONTHS
from tests.factory.speaker import Speaker
from townclerk.models.period import add_months, parse_code
from townclerk.models.units import Unit

_RULES: tuple[Rule, ...] = ("full", "full", "rows")
_UNITS = (Unit.PERCENT, Unit.COUNT, Unit.DAYS, Unit.WEEKS, Unit.PER_10000)
_GROUPS = {"months": "book_months", "years": "book_years", "bench": "book_bench"}


def compose(speaker: Speaker) -> Report:
    """A page for each group of domains, or one table for all, with points to note below."""
    rng, end = speaker.rng, speaker.world.end
    month = f"{MONTHS[end.month - 1]} {end.year}"
    title = speaker.say("book_title", {"month": month})
    book = _Book(speaker)
    notes = rng.sample(speaker.grammar.pools["book_note"], rng.randint(1, 3))
    first: list[Block] = [Heading(title, 1), Para(speaker.world.home.title), *(Para(note) for note in notes)]
    whole = rng.random() < 0.5
    domains = 0 if whole else rng.randint(4, 7)
    groups = by_domain(choose(speaker, rng.randint(12, 22), units=_UNITS, domains=domains))
    pages: list[Page] = []
    if whole:
        rows: list[list[Cell]] = []
        for domain, group in groups:
            rows.append([Cell(domain_title(speaker, domain), None, len(book.columns))])
            rows += [book.row(measure) for measure in group]
        blocks: list[Block] = [*first, book.table(rows)]
        pages.append(Page([*blocks, *book.points([m for _, group in groups for m in group], 5)], landscape=True))
    else:
        for number, (domain, group) in enumerate(groups):
            blocks = [] if number else list(first)
            blocks += [Heading(domain_title(speaker, domain), 2), book.table([book.row(m) for m in group])]
            pages.append(Page([*blocks, *book.points(group, 2)], landscape=True))
    return finish(speaker, "month_end_book", pages, title, month)


class _Book:
    """The columns of one book and the lines that speak of its rows."""

    def __init__(self, speaker: Speaker) -> None:
        rng, world, say, head = speaker.rng, speaker.world, speaker.say, speaker.calendar.head
        self.speaker = speaker
        self.cells = Cells(speaker)
        last = (world.end.year, world.end.month)
        self.months = ["{:04d}-{:02d}".format(*add_months(*last, -back)) for back in range(rng.choice([3, 3, 4, 6]))]
        self.months.reverse()
        self.to_date = "YTD-{:04d}-{:02d}".format(*last)
        self.rolling = "R12-{:04d}-{:02d}".format(*last)
        self.years = whole_years(world, rng.randint(2, 3))
        self.bench = world.last_year_code()
        self.dated = rng.random() < 0.75
        self.stacked = rng.random() < 0.6
        self.rule: Rule = rng.choice(_RULES)
        self.arrows = rng.random() < 0.7
        optional = {name for name in ("type", "good", "ytd", "dot", "years", "bench") if rng.random() < 0.65}
        optional |= {"unit"} if rng.random() < 0.3 else set()
        self.columns = ["no", "name", *[name for name in ("unit", "good", "type") if name in optional], *self.months]
        self.columns += [name for name in ("ytd", "dot") if name in optional] + ["rag", "target"]
        self.columns += self.years if "years" in optional else []
        self.columns += ["sn", "england"] if "bench" in optional else []
        year = head(self.bench)
        this = speaker.calendar.year(int(world.year_code[2:6]))
        suffix = f" {year}" if self.dated and not self.stacked else ""
        self.heads = {
            "no": say("kpi_no"), "name": say("kpi_name"), "good": say("kpi_good"),
            "unit": say("kpi_unit"), "type": say("book_type"),
            "ytd": say(rng.choice(["book_ytd", "book_ytd_plain"]), {"fy": this}), "dot": say("book_dot"),
            "rag": say("kpi_rag"), "target": say("book_target", {"fy": this}), "sn": say("book_sn") + suffix,
            "england": say("book_eng") + suffix, **{code: head(code) for code in self.years},
        }  # fmt: skip
        form = rng.choice(["{s}-{yy:02d}", "{s} {yy:02d}", "{s} {y}"])
        for code in self.months:
            day = parse_code(code).end
            self.heads[code] = form.format(s=MONTHS[day.month - 1][:3], y=day.year, yy=day.year % 100)
        self.this = this
        self.groups = {name: say(pool, {"year": year}) for name, pool in _GROUPS.items()}
        if not self.dated:
            self.groups["bench"] = "Benchmarking"
        self.units = self.cells.units() if "unit" in optional else {}
        self.kinds = {"stock": say("book_type_stock"), "flow": say("book_type_flow")}
        self.number = 0

    def table(self, rows: list[list[Cell]]) -> Table:
        """A table of the book."""
        widths = [3.6 if column == "name" else 0.7 if column == "no" else 1.0 for column in self.columns]
        lower = [Cell(self.heads[column]) for column in self.columns]
        return Table([self._upper(), lower] if self.stacked else [lower], rows, widths=widths, rule=self.rule)

    def _upper(self) -> list[Cell]:
        """Names over the months, the years and the comparators."""
        cells: list[Cell] = []
        for column in self.columns:
            group = "months" if column in self.months else "years" if column in self.years else ""
            group = "bench" if column in {"sn", "england"} else group
            words = self.groups.get(group, "")
            if words and cells and cells[-1].text == words:
                cells[-1].span += 1
            else:
                cells.append(Cell(words))
        return cells

    def row(self, measure: Measure) -> list[Cell]:
        """A measure's row."""
        self.number += 1
        now, cell = self.cells.value(measure, self.months[-1], newest=True)
        return [cell if c == self.months[-1] else self._cell(measure, c, now) for c in self.columns]

    def _cell(self, measure: Measure, column: str, now: Figure | None) -> Cell:
        cells = self.cells
        if column in self.months or column in self.years:
            return cells.value(measure, column)[1]
        goal = self.speaker.world.year_code if self.this in self.heads["target"] else self.months[-1]
        made: dict[str, Callable[[], Cell]] = {
            "no": lambda: Cell(str(self.number)),
            "name": lambda: Cell(self.speaker.names(measure).title),
            "unit": lambda: Cell(self.units[measure.unit]),
            "good": lambda: Cell(cells.good[measure.better]),
            "type": lambda: Cell(self.kinds[measure.kind]),
            "ytd": lambda: cells.value(measure, self.to_date)[1] if measure.kind == "flow" else Cell("-"),
            "target": lambda: cells.target(measure, goal, other_spell=True)[1],
            "rag": lambda: Cell("") if cells.counts_events(measure) else cells.rating(measure, now),
            "dot": lambda: self._moved(measure, now),
            "sn": lambda: cells.elsewhere(measure, "statistical_neighbours", self.bench, dated=self.dated),
            "england": lambda: cells.elsewhere(measure, "england", self.bench, dated=self.dated),
        }
        return made[column]()

    def _moved(self, measure: Measure, now: Figure | None) -> Cell:
        which = self.cells.which(measure, self.months[-1], self.months[-2])
        return self.cells.movement(measure, now, which, arrows=self.arrows)

    def points(self, measures: list[Measure], most: int) -> list[Block]:
        """Some of the rows in words, with other spells, and what the service says of them."""
        speaker, rng = self.speaker, self.speaker.rng
        some = [m for m in measures if self._full(m) and rng.random() < 0.5][:most]
        if not some:
            return []
        blocks: list[Block] = [Heading(speaker.say("book_say"), 3)]
        for measure in some:
            text, figure = self._said(measure)
            if rng.random() < 0.6:
                text = f"{text} {speaker.passage(speaker.comment('passage2'), figure)}"
            blocks.append(Bullet(text))
        return blocks

    def _full(self, measure: Measure) -> bool:
        reading = self.speaker.world.reading(measure, self.months[-1])
        before = self.speaker.world.reading(measure, self.months[-2])
        codes = (*self.months[-2:], self.to_date, self.rolling, self.years[-1])
        if any(self.cells.gap(measure, code) for code in codes):
            return False
        return all(r.value > 4 and (r.denominator is None or r.denominator > 2) for r in (reading, before))

    def _said(self, measure: Measure) -> tuple[str, Figure]:
        speaker = self.speaker
        year = self.years[-1]
        figure, value = actual(speaker, measure, self.months[-1], prose=True)
        named = [f"{MONTHS[parse_code(c).end.month - 1]} {parse_code(c).end.year}" for c in self.months[-2:]]
        slots: Slots = {
            "name": speaker.names(measure).title, "m0": named[1], "m1": named[0], "v": value,
            "fy": speaker.calendar.head(year),
            "p": lambda: actual(speaker, measure, self.months[-2], prose=True)[1],
            "y": lambda: actual(speaker, measure, year if measure.kind == "stock" else self.to_date, prose=True)[1],
            "r": lambda: actual(speaker, measure, self.rolling, prose=True)[1],
        }  # fmt: skip
        return begun(speaker.say(f"book_{measure.kind}", slots)), figure
