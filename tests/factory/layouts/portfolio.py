"""A cabinet member's report to full council: first person, flowing paragraphs, years compared, other duties between."""

from __future__ import annotations

from collections.abc import Callable

from tests.factory.grammar import Slots, capital
from tests.factory.layouts._facts import actual, aim, elsewhere, moved, whole_years, yearly
from tests.factory.layouts._parts import choose, domain_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit

_UNITS = (Unit.PERCENT, Unit.COUNT, Unit.DAYS, Unit.WEEKS)


def compose(speaker: Speaker) -> Report:
    """A salutation, paragraphs of two or three measures of one domain, decoys of other duties, a signature."""
    rng, world = speaker.rng, speaker.world
    period = speaker.calendar.report_title()
    title = speaker.say("letter_title", {"period": period})
    name, _ = speaker.person()
    blocks: list[Block] = [Heading(world.home.title, 1), Heading(title, 1)]
    blocks.append(Para(speaker.say("letter_open", {"period": period, "name": name})))
    chosen = choose(speaker, rng.randint(12, 18), units=_UNITS, domains=6)
    domains = list(dict.fromkeys(m.domain for m in chosen))
    for domain in domains:
        if rng.random() < 0.7:
            blocks.append(Heading(domain_title(speaker, domain), 2))
        group = [m for m in chosen if m.domain == domain]
        blocks += [Para(_paragraph(speaker, group[start : start + 2])) for start in range(0, len(group), 2)]
        if rng.random() < 0.25:
            blocks.append(Para(speaker.decoy("near", "money", "place")))
    lasting = yearly(speaker, 3, 3, units=(Unit.PERCENT, Unit.COUNT))
    blocks += [Para(_over_years(speaker, measure)) for measure in lasting]
    blocks += [Para(speaker.say("letter_close")), Para(name), Para(speaker.say("letter_post"))]
    return report(speaker, "portfolio", [Page(blocks)], title)


def _paragraph(speaker: Speaker, measures: list[Measure]) -> str:
    """Sentences on some measures of one kind, the councillor's own voice round them."""
    sentences = [_sentence(speaker, measure) for measure in measures]
    if speaker.rng.random() < 0.6:
        sentences.append(speaker.comment("sentence_"))
    return " ".join(sentences)


def _sentence(speaker: Speaker, measure: Measure) -> str:
    world, rng = speaker.world, speaker.rng
    back = rng.choice([world.step, 12])
    before = world.shifted(-back)
    things = speaker.words(rng.choice(measure.things)) if measure.things else ""
    subject = speaker.names(measure).subject
    label = things or subject
    figure, value = actual(speaker, measure, world.period, prose=True, label=label)
    slots: Slots = {
        "v": value, "s": subject, "things": things,
        "p": lambda: actual(speaker, measure, before, prose=True, label=label)[1],
        "t": lambda: aim(speaker, measure, world.period, prose=True)[1],
        "eng": lambda: elsewhere(speaker, measure, "england", world.last_year_code(), dated=False, prose=True)[1],
        "when": speaker.when(measure, world.period, needed=True),
        "pwhen": speaker.when(measure, before, needed=True),
        "fy": speaker.calendar.head(world.last_year_code()),
    }  # fmt: skip
    which = moved(speaker, measure, world.period, before)
    kind = "count" if measure.unit is Unit.COUNT else "level"
    pool = f"letter_{kind}_{'same' if which == 'same' else rng.choice(['moved', 'moved', 'said'])}"
    if pool.endswith("moved"):
        figure.direction = which
        rose = which == "up"
        slots = {**slots, "more": speaker.say(f"more_{which}"), "moved": speaker.say("rise" if rose else "fall")}
    if kind == "level" and measure.better != "none" and rng.random() < 0.3:
        pool = "letter_level_target"
        figure.direction = None
    return capital(speaker.say(pool, slots))


def _over_years(speaker: Speaker, measure: Measure) -> str:
    """One measure over three whole years."""
    codes = whole_years(speaker.world, 3)
    subject = speaker.names(measure).subject

    def printed(code: str) -> Callable[[], str]:
        return lambda: actual(speaker, measure, code, prose=True, label=subject)[1]

    slots: Slots = {
        "s": subject, "a": printed(codes[0]), "b": printed(codes[1]), "v": printed(codes[2]),
        "ya": speaker.calendar.head(codes[0]), "yb": speaker.calendar.head(codes[1]),
        "yv": speaker.calendar.head(codes[2]),
    }  # fmt: skip
    return capital(speaker.say(f"letter_years_{'stock' if measure.kind == 'stock' else 'flow'}", slots))
