"""Two pages of key facts: the number first, then what it counts."""

from __future__ import annotations

from tests.factory.former.layouts._telling import cell, finished, own
from tests.factory.former.layouts._voice import OwnSpeaker, Said, voice
from tests.factory.layouts._parts import by_domain, choose, domain_title
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """A title with the date, themes of facts as lines or as an unruled pair of columns, small print."""
    voiced = voice(speaker)
    rng = voiced.rng
    title = voiced.say("fact_title", {"home": voiced.world.home.name})
    blocks: list[Block] = [Heading(title, 1), Para(voiced.say("fact_when", {"period": voiced.calendar.report_title()}))]
    blocks.append(
        Para(voiced.say("fact_people", {"n": f"{voiced.world.population:,}", "home": voiced.world.home.name}))
    )
    glyph = rng.choice(["•", "▪", "→", "–"])
    for domain, measures in by_domain(choose(voiced, rng.randint(14, 20))):
        blocks.append(Heading(domain_title(voiced, domain)))
        if len(measures) > 1 and rng.random() < 0.4:
            blocks.append(_columns(voiced, measures))
        else:
            blocks += [Bullet(fact(voiced, measure), glyph) for measure in measures]
        if rng.random() < 0.2:
            blocks.append(Bullet(voiced.decoy("near", "adult").rstrip("."), glyph))
    blocks.append(Heading(voiced.say("fact_small"), 3))
    blocks += [Para(text) for text in rng.sample(voiced.grammar.pools["footnote"], 3)]
    blocks.append(Para(voiced.decoy("contact")))
    return finished(voiced, "factsheet", [Page(blocks)], title)


def fact(speaker: OwnSpeaker, measure: Measure) -> str:
    """One fact, led by its number."""
    statement = Said(speaker, measure)
    if measure.unit is Unit.COUNT:
        pool = "fact_count_prev" if statement.movement() != "same" and speaker.rng.random() < 0.5 else "fact_count"
    elif measure.pop and speaker.rng.random() < 0.7:
        pool = speaker.rng.choice(["fact_pct", "fact_pct_comp"])
    else:
        pool = speaker.rng.choice(["fact_np", "fact_np_comp"])
    return statement.say(pool)


def _columns(speaker: OwnSpeaker, measures: list[Measure]) -> Table:
    """Numbers on the left, their names on the right."""
    rows = []
    for measure in measures:
        figure = own(speaker, measure, speaker.world.period)
        rows.append([Cell(cell(speaker, measure, figure)), Cell(speaker.names(measure).title)])
    return Table([], rows, widths=[1.0, 3.2], rule="none")
