"""An appendix on data quality: figures corrected since they were reported, records missing, definitions and methods."""

from __future__ import annotations

from tests.factory.grammar import Slots, capital
from tests.factory.layouts._facts import actual, with_counts
from tests.factory.layouts._parts import choose, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from tests.factory.telling import tell
from tests.factory.world import round_half_up
from townclerk.models.units import Unit

_RULES: tuple[Rule, ...] = ("full", "rows", "none")
_UNITS = (Unit.PERCENT, Unit.COUNT, Unit.DAYS, Unit.WEEKS)


def compose(speaker: Speaker) -> Report:
    """Method, a table of corrections, notes on single measures, definitions."""
    rng, world = speaker.rng, speaker.world
    period = speaker.calendar.report_title()
    title = speaker.say("quality_title", {"period": period})
    blocks: list[Block] = [Heading(title, 1), Para(world.home.title), Para(speaker.say("background"))]
    chosen = choose(speaker, rng.randint(14, 20), units=_UNITS)
    rng.shuffle(chosen)
    fixed, told = chosen[: rng.randint(4, 8)], chosen[8:]
    blocks += [Heading(speaker.say("quality_corrected"), 2), Para(speaker.say("quality_corrected_intro"))]
    blocks.append(_corrections(speaker, fixed))
    blocks.append(Heading(speaker.say("quality_notes"), 2))
    blocks += [Bullet(_note(speaker, measure)) for measure in told]
    blocks.append(Heading(speaker.say("quality_terms"), 2))
    lines = rng.sample(speaker.grammar.pools["quality_term"], rng.randint(3, 6))
    blocks += [Para(speaker.fill(line, {"small": str(rng.randint(2, 9))})) for line in lines]
    return report(speaker, "data_notes", [Page(blocks)], title)


def _corrections(speaker: Speaker, measures: list[Measure]) -> Table:
    """Measure, what was reported and what is right; only the right value counts (P60)."""
    world = speaker.world
    before = world.shifted(-world.step)
    heads = [speaker.say(f"quality_head_{name}") for name in ("measure", "first", "right", "why")]
    when = speaker.calendar.head(before)
    rows = []
    for measure in measures:
        figure, right = actual(speaker, measure, before)
        figure.notes.append("revised")
        rows.append([Cell(speaker.names(measure).title), Cell(_first(speaker, measure, before)), Cell(right)])
        rows[-1].append(Cell(speaker.say("quality_why")))
    head = [Cell(heads[0]), Cell(heads[1]), Cell(f"{heads[2]} ({when})"), Cell(heads[3])]
    return Table([head], rows, widths=[3.2, 1.0, 1.3, 2.2], rule=speaker.rng.choice(_RULES))


def _first(speaker: Speaker, measure: Measure, code: str) -> str:
    """The value as it was first given: near the right one, never the same, and no observation."""
    places = speaker.world.printed(measure)
    value = speaker.world.reading(measure, code).value
    wrong = round_half_up(value * speaker.rng.choice([0.94, 0.96, 0.98]) - 10**-places, places)
    digits = speaker.number(measure, max(wrong, 0.0))
    return f"{digits}%" if measure.unit is Unit.PERCENT else digits


def _note(speaker: Speaker, measure: Measure) -> str:
    """A note on one measure: the value with what should be known of it."""
    world, rng = speaker.world, speaker.rng
    if measure.unit is not Unit.PERCENT or rng.random() < 0.4:
        return f"{tell(Statement(speaker, measure))} {speaker.say('quality_caveat')}"
    names = speaker.names(measure)
    figure, value = actual(speaker, measure, world.period, prose=True, label=names.title)
    slots: Slots = {
        "name": names.title,
        "v": value,
        "counts": lambda: with_counts(speaker, measure, figure, world.period) or "all records",
        "when": speaker.when(measure, world.period, needed=True),
    }
    return capital(speaker.say("quality_said", slots))
