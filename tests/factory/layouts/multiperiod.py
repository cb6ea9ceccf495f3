"""Tables over many periods: years stacked over quarters or months, outturns, year to date, targets; and year-by-quarter
tables whose caption names the measure."""

from __future__ import annotations

from tests.factory.gold import Figure
from tests.factory.layouts._parts import by_domain, choose, domain_title, front, intro, main_title, report
from tests.factory.layouts.scorecard import value_cell
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.periods import MONTHS
from tests.factory.speaker import Speaker
from townclerk.models.period import add_months, financial_year_of, parse_code
from townclerk.models.units import Unit

_RULES: tuple[Rule, ...] = ("full", "rows", "none")


def compose(speaker: Speaker) -> Report:
    """One wide table of many measures, then, in quarterly reports, some tables of one measure each."""
    rng = speaker.rng
    title = main_title(speaker)
    blocks: list[Block] = [*front(speaker, title), Para(intro(speaker)), *wide_table(speaker, rng.randint(9, 16))]
    pages = [Page(blocks, landscape=True)]
    if speaker.world.kind == "quarter" and rng.random() < 0.7:
        chosen = choose(speaker, rng.randint(2, 4), units=(Unit.PERCENT, Unit.COUNT))
        more: list[Block] = [Heading(speaker.say("series_title"))]
        for number, measure in enumerate(chosen, 1):
            more += [year_by_quarter(speaker, measure, number), Para(speaker.comment("short_comment"))]
        pages.append(Page(more))
    return report(speaker, "multiperiod", pages, title)


def wide_table(speaker: Speaker, measures: int) -> list[Block]:
    """Measures down, periods across, the year above its quarters or months."""
    series = _Series(speaker)
    rows: list[list[Cell]] = []
    grouped = speaker.rng.random() < 0.5
    for domain, group in by_domain(choose(speaker, measures)):
        if grouped:
            rows.append([Cell(domain_title(speaker, domain), None, series.width)])
        rows += [series.row(measure) for measure in group]
    widths = [3.5] + [1.0] * (series.width - 1)
    table = Table(series.heads(), rows, widths=widths, rule=speaker.rng.choice(_RULES))
    return [Heading(speaker.say("series_title")), table]


class _Series:
    """The periods of one wide table."""

    def __init__(self, speaker: Speaker) -> None:
        rng, world = speaker.rng, speaker.world
        self.speaker = speaker
        steps = rng.randint(4, 7) if world.kind == "quarter" else rng.randint(5, 9)
        self.codes = [world.shifted(-world.step * back) for back in range(steps - 1, -1, -1)]
        first = financial_year_of(parse_code(self.codes[0]).start)
        self.outturns = [f"FY{y}-{(y + 1) % 100:02d}" for y in range(first - rng.randint(0, 2), first)]
        self.target = rng.random() < 0.6
        self.to_date = rng.random() < 0.3 and world.end.month not in {4, 5, 6}
        self.unit = rng.random() < 0.6
        self.width = 1 + len(self.outturns) + len(self.codes) + self.target + self.to_date

    def heads(self) -> list[list[Cell]]:
        """Two rows: the year over its periods, and the periods."""
        calendar, say = self.speaker.calendar, self.speaker.say
        upper, lower = [Cell(say("head_measure"))], [Cell("")]
        for code in self.outturns:
            upper.append(Cell(calendar.head(code)))
            lower.append(Cell(self.speaker.rng.choice(["", "Outturn", "Year"])))
        for code in self.codes:
            year = calendar.year(financial_year_of(parse_code(code).end))
            if upper[-1].text == year and len(upper) > 1 + len(self.outturns):
                upper[-1].span += 1
            else:
                upper.append(Cell(year))
            lower.append(Cell(_short(code)))
        if self.to_date:
            upper.append(Cell("YTD"))
            lower.append(Cell(""))
        if self.target:
            fy = {"fy": calendar.head(self.speaker.world.year_code)}
            upper.append(Cell(say("head_annual_target", fy)))
            lower.append(Cell(""))
        return [upper, lower]

    def row(self, measure: Measure) -> list[Cell]:
        """The measure's values; early ones are sometimes missing."""
        speaker = self.speaker
        cells = [Cell(speaker.names(measure).title)]
        gap = speaker.rng.randint(1, 2) if speaker.rng.random() < 0.12 else 0
        for index, code in enumerate([*self.outturns, *self.codes]):
            cells.append(Cell("") if index < gap else self._value(measure, code))
        if self.to_date:
            end = speaker.world.end
            same = measure.kind == "stock" or measure.rate_of is not None
            cells.append(Cell("") if same else self._value(measure, f"YTD-{end.year:04d}-{end.month:02d}"))
        if self.target:
            cells.append(self._aim(measure))
        return cells

    def _value(self, measure: Measure, code: str) -> Cell:
        value = self.speaker.world.reading(measure, code).value
        figure = self.speaker.figure(measure, value, self.speaker.dated(measure, code), difficulty="medium")
        return value_cell(self.speaker, measure, figure, self.unit)

    def _aim(self, measure: Measure) -> Cell:
        speaker = self.speaker
        if measure.better == "none" or measure.unit is Unit.COUNT:
            return Cell(speaker.say("no_target"))
        value = speaker.world.target(measure)
        figure = speaker.figure(
            measure,
            value,
            speaker.world.year_code,
            role="target",
            places=1 if value != int(value) else 0,
            difficulty="medium",
        )
        return Cell(speaker.in_cell(measure, figure, self.unit))


def year_by_quarter(speaker: Speaker, measure: Measure, number: int) -> Table:
    """Years down, quarters across; the caption names the measure, quarters to come are empty (P16)."""
    world = speaker.world
    last = financial_year_of(world.end)
    name = speaker.names(measure).title
    summed = measure.unit is Unit.COUNT and measure.kind == "flow" and speaker.rng.random() < 0.35
    head = [Cell(speaker.rng.choice(["", "Year"])), *(Cell(f"Q{q}") for q in range(1, 5))]
    rows = []
    for start in range(last - speaker.rng.randint(1, 2), last + 1):
        row = [Cell(speaker.calendar.year(start))]
        for quarter in range(1, 5):
            code = f"{start:04d}-{(start + 1) % 100:02d}-Q{quarter}"
            end = parse_code(code).end
            if summed:
                code = f"YTD-{end.year:04d}-{end.month:02d}"
            row.append(Cell("") if end > world.end else _plain(speaker, measure, code))
        rows.append(row)
    caption = speaker.say("series_caption", {"n": str(number), "name": name})
    return Table([head], rows, f"{caption} ({speaker.say('summed')})" if summed else caption)


def _plain(speaker: Speaker, measure: Measure, code: str) -> Cell:
    value = speaker.world.reading(measure, code).value
    figure: Figure = speaker.figure(measure, value, speaker.dated(measure, code), difficulty="medium")
    return Cell(speaker.in_cell(measure, figure, True))


def _short(code: str) -> str:
    period = parse_code(code)
    if "Q" in code:
        return code[-2:]
    return MONTHS[add_months(period.end.year, period.end.month, 0)[1] - 1][:3]
