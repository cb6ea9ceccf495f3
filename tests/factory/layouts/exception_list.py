"""Measures of concern and measures doing well: the period stands in a heading, each measure has a section."""

from __future__ import annotations

from tests.factory.gold import Figure
from tests.factory.grammar import Slots, capital
from tests.factory.layouts._facts import actual, aim, elsewhere, moved, with_counts
from tests.factory.layouts._parts import choose, front, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker
from tests.factory.world import round_half_up
from townclerk.models.units import Unit

_UNITS = (Unit.PERCENT, Unit.DAYS, Unit.WEEKS, Unit.RATIO)


def compose(speaker: Speaker) -> Report:
    """Off target first, then what is on target, as sections of prose or of labelled lines, or as a table."""
    rng, world = speaker.rng, speaker.world
    period = speaker.calendar.report_title()
    title = speaker.say("exception_title", {"period": period})
    blocks: list[Block] = front(speaker, title) if rng.random() < 0.5 else [Heading(title, 1)]
    blocks.append(Para(speaker.say("exception_intro", {"committee": world.committee})))
    chosen = [m for m in choose(speaker, 30, units=_UNITS) if m.better != "none"]
    missed = [m for m in chosen if not _met(speaker, m)][: rng.randint(5, 9)]
    met = [m for m in chosen if _met(speaker, m)][: rng.randint(2, 6)]
    style = rng.choice([_section, _section, _lines])
    slots = {"period": period}
    blocks.append(Heading(speaker.say("exception_off", slots), 2))
    for number, measure in enumerate(missed, 1):
        blocks += style(speaker, measure, number)
    if met:
        blocks += [Heading(speaker.say("exception_on", slots), 2), *_table(speaker, met)]
    return report(speaker, "exception_list", [Page(blocks)], title)


def _met(speaker: Speaker, measure: Measure) -> bool:
    value = round_half_up(speaker.world.reading(measure, speaker.world.period).value, speaker.world.printed(measure))
    target = speaker.world.target(measure)
    return value >= target if measure.better == "high" else value <= target


def _section(speaker: Speaker, measure: Measure, number: int) -> list[Block]:
    """The measure as a heading, and a paragraph that does not name it again."""
    rng = speaker.rng
    numbered = f"{number}. " if rng.random() < 0.4 else ""
    slots, figures = _slots(speaker, measure)
    text = capital(speaker.say("exception_said", slots))
    if rng.random() < 0.5:
        text += " " + speaker.say("exception_before", slots)
    if measure.unit is Unit.PERCENT and rng.random() < 0.25:
        text += " " + speaker.say("exception_compared", slots)
    why = speaker.passage(speaker.comment("passage2"), *figures[:1])
    return [Heading(numbered + speaker.names(measure).title, 3), Para(f"{text} {why}")]


def _lines(speaker: Speaker, measure: Measure, number: int) -> list[Block]:
    """The measure as a heading, then labelled lines of result, target, earlier result and the service's answer."""
    del number
    slots, figures = _slots(speaker, measure)
    blocks: list[Block] = [Heading(speaker.names(measure).title, 3)]
    blocks += [Para(speaker.say(pool, slots)) for pool in ("exc_line_now", "exc_line_target")]
    if speaker.rng.random() < 0.6:
        blocks.append(Para(speaker.say(f"exc_line_before_{speaker.world.kind}", slots)))
    comment = speaker.passage(speaker.comment("passage2"), *figures[:1])
    return [*blocks, Para(f"{speaker.say('exc_line_why')} {comment}")]


def _slots(speaker: Speaker, measure: Measure) -> tuple[Slots, list[Figure]]:
    """Words for one measure's figures; the list holds the value once it is printed."""
    world = speaker.world
    figures: list[Figure] = []
    back = 12 if speaker.rng.random() < 0.3 else world.step
    before = world.shifted(-back)
    code = world.last_year_code()

    def value() -> str:
        figure, printed = actual(speaker, measure, world.period, prose=True)
        figures.append(figure)
        return printed

    def counts() -> str:
        words = with_counts(speaker, measure, figures[0], world.period) if speaker.rng.random() < 0.4 else ""
        return f" ({words})" if words else ""

    def moves() -> str:
        which = moved(speaker, measure, world.period, before)
        figures[0].direction = which
        return speaker.say(f"exc_{which}")

    span = "year" if back == 12 else world.kind
    target = world.target(measure)
    gap = abs(round_half_up(world.reading(measure, world.period).value, world.printed(measure)) - target)
    return {
        "v": value, "nd": counts, "moved": moves,
        "t": lambda: aim(speaker, measure, world.period, prose=True)[1],
        "p": lambda: actual(speaker, measure, before, prose=True)[1],
        "eng": lambda: elsewhere(speaker, measure, "england", code, dated=False, prose=True)[1],
        "sn": lambda: elsewhere(speaker, measure, "statistical_neighbours", code, dated=False, prose=True)[1],
        "then": speaker.say(f"exc_then_{span}"),
        "gap": speaker.number(measure, gap) + (" percentage points" if measure.unit is Unit.PERCENT else ""),
    }, figures  # fmt: skip


def _table(speaker: Speaker, measures: list[Measure]) -> list[Block]:
    """What is on target, as a small table or a line for each."""
    world = speaker.world
    if speaker.rng.random() < 0.5:
        rows = []
        for measure in measures:
            now = actual(speaker, measure, world.period, difficulty="easy")[1]
            rows.append([Cell(speaker.names(measure).title), Cell(now), Cell(aim(speaker, measure, world.period)[1])])
        head = [Cell(speaker.say("head_measure")), Cell(speaker.say("exc_result")), Cell("Target")]
        return [Table([head], rows, widths=[3.5, 1.0, 1.0], rule=speaker.rng.choice(("full", "rows")))]
    blocks: list[Block] = []
    for measure in measures:
        slots, _ = _slots(speaker, measure)
        blocks.append(Para(speaker.say("exc_met", {**slots, "name": speaker.names(measure).title})))
    return blocks
