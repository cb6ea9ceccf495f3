"""A service's report for the year: paragraphs that set years side by side, small tables of years, a summary table."""

from __future__ import annotations

from collections.abc import Callable

from tests.factory.gold import Figure
from tests.factory.grammar import Slots, capital
from tests.factory.held.layouts._cells import Cells
from tests.factory.held.layouts._frame import cover, finish
from tests.factory.layouts._facts import actual, aim, elsewhere, whole_years, with_counts, yearly
from tests.factory.layouts._parts import by_domain, domain_title
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.speaker import Speaker
from tests.factory.world import round_half_up
from townclerk.models.period import parse_code
from townclerk.models.units import Unit

_RULES: tuple[Rule, ...] = ("full", "rows", "none")
_UNITS = (Unit.PERCENT, Unit.COUNT, Unit.DAYS, Unit.WEEKS, Unit.RATIO)
_FEWEST = 5
_KINDS = {
    "reviewing": ("looked_after", "child_protection", "voice", "health", "workforce", "stability"),
    "permanence": ("stability", "placements", "adoption", "courts", "looked_after"),
    "learning": ("education", "send"),
    "frontline": ("early_help", "front_door", "assessment", "child_in_need", "child_protection", "missing"),
    "young": ("care_leavers", "youth_justice", "looked_after", "health", "education"),
}


def compose(speaker: Speaker) -> Report:
    """The year in the title, sections by domain, priorities at the end."""
    rng = speaker.rng
    review = _Review(speaker)
    kind, chosen = _measures(speaker, review.back + 1)
    title = speaker.say(f"rev_title_{kind}", {"fy": review.names["y0"]})
    blocks: list[Block] = cover(speaker, title) if rng.random() < 0.4 else [Heading(title, 1), Para(review.home)]
    opened = {**review.names, "fy": review.names["y0"]}
    blocks.append(Para(speaker.say("rev_open", opened)))
    if rng.random() < 0.4:
        blocks.append(Para(speaker.decoy("population", "inspection2", "consult2", "training")))
    if rng.random() < 0.55:
        blocks += review.summary(chosen)
    for domain, group in by_domain(chosen):
        blocks.append(Heading(domain_title(speaker, domain), 2))
        for measure in group:
            blocks += review.section(measure)
        if rng.random() < 0.2:
            blocks.append(Para(speaker.decoy("consult2", "training", "money", "near")))
    blocks += [Heading(speaker.say("rev_h_close"), 2), Para(speaker.say("rev_close"))]
    return finish(speaker, "service_review", [Page(blocks)], title, review.names["y0"])


def _measures(speaker: Speaker, years: int) -> tuple[str, list[Measure]]:
    """The kind of service and measures of its domains with enough cases in every year."""
    able = yearly(speaker, len(speaker.world.measures), years, units=_UNITS)
    kinds = {kind: [m for m in able if m.domain in domains] for kind, domains in _KINDS.items()}
    kind = speaker.rng.choice([kind for kind, measures in kinds.items() if len(measures) > _FEWEST])
    some = speaker.rng.sample(kinds[kind], min(len(kinds[kind]), speaker.rng.randint(9, 17)))
    return kind, [m for m in able if m in some]


class _Review:
    """The year reported on, those before it, and how they are written."""

    def __init__(self, speaker: Speaker) -> None:
        rng = speaker.rng
        self.speaker = speaker
        self.cells = Cells(speaker, gaps=False)
        self.home = speaker.world.home.title
        self.back = rng.choice([2, 2, 3, 4])
        self.codes = whole_years(speaker.world, self.back + 1)
        head = speaker.calendar.head
        last = parse_code(self.codes[-1]).end.year
        self.names = {f"y{back}": head(self.codes[-1 - back]) for back in range(3)}
        self.names |= {"yb": str(last), "ya": str(last - 1), "yz": str(last - 2), "home": speaker.world.home.name}
        self.rule: Rule = rng.choice(_RULES)
        self.tables = rng.choice([0.25, 0.5])
        self.labelled = rng.random() < 0.6
        self.number = 0

    def section(self, measure: Measure) -> list[Block]:
        """A paragraph, sometimes with its table of years before or after it."""
        rng = self.speaker.rng
        blocks: list[Block] = [Para(self._paragraph(measure))]
        if rng.random() < self.tables:
            blocks.insert(rng.choice([0, 1, 1]), self._years(measure))
        return blocks

    def _years(self, measure: Measure) -> Table:
        """One row of years; the caption names the measure, and in some reports the row does too."""
        self.number += 1
        name = self.speaker.names(measure).title
        caption = self.speaker.say("rev_caption", {"n": str(self.number), "name": name})
        cells = [Cell(actual(self.speaker, measure, code)[1]) for code in self.codes]
        heads = [Cell(self.speaker.calendar.head(code)) for code in self.codes]
        counted = "count" if measure.unit is Unit.COUNT else "level"
        label = self.speaker.names(measure).short if self.labelled else self.speaker.say(f"rev_row_{counted}")
        widths = [2.4, *[1.0] * len(cells)]
        return Table([[Cell(""), *heads]], [[Cell(label), *cells]], caption, widths, self.rule)

    def summary(self, measures: list[Measure]) -> list[Block]:
        """Measures down, three years across, and the change on the year before."""
        speaker = self.speaker
        codes = self.codes[-3:]
        with_change = speaker.rng.random() < 0.6
        head = [Cell(speaker.say("need_ind")), *(Cell(speaker.calendar.head(code)) for code in codes)]
        if with_change:
            head.append(Cell(speaker.say("rev_change", self.names)))
        rows = []
        for measure in measures:
            figures = [self.cells.value(measure, code) for code in codes]
            row = [Cell(speaker.names(measure).title), *(cell for _, cell in figures)]
            if with_change:
                row.append(self._change(measure, figures[-1][0], figures[-2][0], codes[-2]))
            rows.append(row)
        widths = [4.0, *[1.1] * (len(head) - 1)]
        return [Heading(speaker.say("rev_h_table", self.names), 2), Table([head], rows, widths=widths, rule=self.rule)]

    def _change(self, measure: Measure, now: Figure | None, before: Figure | None, code: str) -> Cell:
        """The difference between two printed years, an attribute of the newer one."""
        if now is None or before is None or now.value is None or before.value is None:
            return Cell("-")
        places = self.speaker.world.printed(measure)
        gap = round_half_up(now.value - before.value, places)
        which = "up" if gap > 0 else "down" if gap < 0 else "same"
        unit = "percentage_points" if measure.unit is Unit.PERCENT else measure.unit.value
        period = self.speaker.dated(measure, code)
        now.change = {"value": abs(gap), "unit": unit, "direction": which, "from_period": period}
        now.direction = which
        points = " pts" if measure.unit is Unit.PERCENT else ""
        return Cell(f"{gap:+,.{places}f}{points}" if gap else f"0{points}")

    def _paragraph(self, measure: Measure) -> str:
        """What the year and those before it were, sometimes England's figure and the explanation."""
        speaker, rng = self.speaker, self.speaker.rng
        figures: list[Figure] = []
        slots = self._slots(measure, figures)
        unit = "count" if measure.unit is Unit.COUNT else "level"
        pool = f"rev_{measure.kind}_{unit}"
        lines = [x for x in speaker.grammar.pools[pool] if measure.better != "none" or "{t}" not in x]
        text = capital(speaker.fill(rng.choice(lines), slots))
        if measure.unit in {Unit.PERCENT, Unit.DAYS, Unit.WEEKS} and rng.random() < 0.3:
            text += " " + speaker.say("rev_eng", slots)
        if rng.random() < 0.55:
            text += " " + speaker.passage(speaker.comment("passage3"), *figures[:1])
        return text

    def _slots(self, measure: Measure, figures: list[Figure]) -> Slots:
        speaker, world = self.speaker, self.speaker.world
        things = speaker.words(speaker.rng.choice(measure.things)) if measure.things else ""
        subject = speaker.names(measure).subject
        year = world.last_year_code()

        def printed(back: int) -> Callable[[], str]:
            def say() -> str:
                figure, words = actual(speaker, measure, self.codes[-1 - back], prose=True, label=things or subject)
                if back == 0:
                    figures.append(figure)
                return words

            return say

        def counts() -> str:
            words = with_counts(speaker, measure, figures[0], self.codes[-1]) if speaker.rng.random() < 0.35 else ""
            return f" ({words})" if words else ""

        def higher() -> str:
            which = self.cells.which(measure, self.codes[-1], self.codes[-2])
            figures[0].direction = which
            return speaker.say({"up": "higher", "down": "lower", "same": "equal"}[which])

        def other(area: str) -> Callable[[], str]:
            return lambda: elsewhere(speaker, measure, area, year, dated=True, prose=True)[1]

        return {
            **self.names, "things": things, "s": subject, "nd": counts, "higher": higher,
            "v": printed(0), "p": printed(1), "p2": printed(2), "ey": speaker.calendar.head(year),
            "t": lambda: aim(speaker, measure, self.codes[-1], prose=True)[1],
            "eng": other("england"), "sn": other("statistical_neighbours"),
        }  # fmt: skip
