"""A sheet of key facts: labels with values, and the period nowhere but in the title or a sub-heading."""

from __future__ import annotations

from tests.factory.gold import Figure
from tests.factory.grammar import Slots
from tests.factory.layouts._facts import actual, aim, moved, whole_years, with_counts
from tests.factory.layouts._parts import by_domain, choose, domain_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit

_JOINS = {
    "colon": "{label}: {value}", "dash": "{label} – {value}", "dots": "{label} ..... {value}", "gap": "{label} {value}",
}  # fmt: skip


def compose(speaker: Speaker) -> Report:
    """One page of facts by domain, and often a second part on the last whole year."""
    rng = speaker.rng
    period = speaker.calendar.report_title()
    above = rng.random() < 0.6
    title = speaker.say("facts_title_dated" if above else "facts_title", {"period": period})
    blocks: list[Block] = [Heading(title, 1), Para(speaker.world.home.title)]
    if not above:
        blocks.append(Heading(speaker.say("facts_period", {"period": period}), 2))
    if rng.random() < 0.5:
        blocks.append(Para(speaker.say("facts_intro")))
    sheet = _Sheet(speaker)
    for domain, group in by_domain(choose(speaker, rng.randint(14, 24))):
        blocks.append(Heading(domain_title(speaker, domain), 3))
        blocks += sheet.lines(group, speaker.world.period)
    if rng.random() < 0.6:
        year = whole_years(speaker.world, 1)[0]
        flows = [m for m in choose(speaker, 9) if m.kind == "flow" and m.rate_of is None]
        blocks.append(Heading(speaker.say("facts_year", {"fy": speaker.calendar.head(year)}), 2))
        blocks += sheet.lines([m for m in flows if speaker.world.reading(m, year).denominator != 0], year, bare=True)
    blocks.append(Para(speaker.decoy("contact", "meta")))
    return report(speaker, "keyfacts", [Page(blocks)], title)


class _Sheet:
    """How one council sets its facts out."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.style = speaker.rng.choice([*_JOINS, "table", "value first", "colon"])
        self.glyph = speaker.rng.choice(["", "", "•", "–"])
        self.short = speaker.rng.random() < 0.4
        self.tails = speaker.rng.choice([0.0, 0.35, 0.6])

    def lines(self, measures: list[Measure], code: str, *, bare: bool = False) -> list[Block]:
        """The facts of one section, one a line."""
        said = [self._fact(measure, code, bare=bare) for measure in measures]
        if self.style == "table":
            return [Table([], [[Cell(label), Cell(value)] for label, value in said], rule="rows")] if said else []
        texts = [self._joined(label, value) for label, value in said]
        return [Bullet(text, self.glyph) for text in texts]

    def _joined(self, label: str, value: str) -> str:
        return (
            f"{value} {label}" if self.style == "value first" else _JOINS[self.style].format(label=label, value=value)
        )

    def _fact(self, measure: Measure, code: str, *, bare: bool) -> tuple[str, str]:
        """A label and a value with whatever is said of it in brackets."""
        names = self.speaker.names(measure)
        label = names.short if self.short else names.title
        prose = self.speaker.rng.random() < 0.3 and "10," not in label and "100," not in label
        if self.style == "value first":
            label = self._predicate(measure)
            prose = True
        figure, value = actual(self.speaker, measure, code, prose=prose, label=label)
        if bare or self.speaker.rng.random() > self.tails:
            return label, value
        return label, value + self._tail(measure, figure, code)

    def _predicate(self, measure: Measure) -> str:
        """What stands behind a value that comes first."""
        speaker = self.speaker
        if measure.unit is Unit.COUNT and measure.things:
            return speaker.words(speaker.rng.choice(measure.things))
        if measure.unit is Unit.PERCENT and measure.pop:
            pop, did = speaker.words(speaker.rng.choice(measure.pop)), speaker.words(speaker.rng.choice(measure.did))
            return f"of {pop} {did}"
        return f"– {speaker.names(measure).title}"

    def _tail(self, measure: Measure, figure: Figure, code: str) -> str:
        """A target, an earlier value, a movement or the counts, in brackets."""
        speaker, world = self.speaker, self.speaker.world
        before = world.shifted(-world.step)
        kinds = ["before", "moved", "year"]
        kinds += ["target"] if measure.better != "none" else []
        kinds += ["counts"] if measure.unit is Unit.PERCENT and self.style != "value first" else []
        kind = speaker.rng.choice(kinds)
        if kind == "counts":
            counts = with_counts(speaker, measure, figure, code)
            return f" ({counts})" if counts else ""
        if kind == "moved":
            figure.direction = moved(speaker, measure, code, before)
        back = world.shifted(-12) if kind == "year" else before
        slots: Slots = {
            "p": lambda: actual(speaker, measure, back, prose=False)[1],
            "t": lambda: aim(speaker, measure, code)[1],
            "higher": speaker.say(f"facts_{figure.direction or 'same'}"),
        }
        pool = {"before": f"facts_before_{world.kind}", "year": "facts_before_year", "target": "facts_target"}
        return " " + speaker.say(pool.get(kind, f"facts_moved_{world.kind}"), slots)
