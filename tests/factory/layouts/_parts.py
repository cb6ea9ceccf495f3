"""What several layouts share: choosing measures, titles, furniture, decoys."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tests.factory.measures import Measure
from tests.factory.page import Block, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from tests.factory.world import AVERAGES
from townclerk.models.units import Unit


def report(speaker: Speaker, layout: str, pages: list[Page], title: str = "") -> Report:
    """A report with this council's furniture."""
    rng, world = speaker.rng, speaker.world
    name = world.home.title
    title = title or main_title(speaker)
    header = rng.choice(["", title, f"{name} - {title}", "OFFICIAL", f"{world.committee}"])
    site = "".join(c for c in world.home.name.lower() if c.isalpha())
    footer = rng.choice(["Page {n}", "Page {n} of {N}", "{n}", f"{{n}} | {title}", f"www.{site}.example   {{n}}"])
    return Report(world, layout, "open", speaker.book, pages, title, header, footer)


def main_title(speaker: Speaker) -> str:
    """The report's title with its period in it."""
    slots = {"what": speaker.say("main_title"), "period": speaker.calendar.report_title()}
    return speaker.say("title_join", slots)


def front(speaker: Speaker, title: str) -> list[Block]:
    """The top of a committee paper: authority, committee, date, title, author; contact details are decoys."""
    world, rng = speaker.world, speaker.rng
    date = speaker.calendar.date(world.meeting.isoformat())
    blocks: list[Block] = [Heading(world.home.title, 1)]
    if rng.random() < 0.6:
        blocks += [Para(world.committee), Para(speaker.say("meeting_line", {"date": date}))]
    else:
        blocks += [Para(f"{world.committee}, {date}")]
    lines = rng.sample(speaker.grammar.pools["front_lines"], rng.choice([0, 0, 1, 2, 3]))
    person, post = speaker.person()
    last = person.split()[1]
    slots = {"person": person, "post": post, "last": last, "committee": world.committee, "n": str(rng.randint(3, 12))}
    blocks += [Para(speaker.fill(line, slots)) for line in lines]
    blocks.append(Heading(title, 1))
    if rng.random() < 0.6:
        blocks.append(Para(speaker.decoy("contact")))
    return blocks


def intro(speaker: Speaker) -> str:
    """A sentence that says what the report is."""
    words = speaker.calendar.report_title()
    committee = speaker.world.committee
    slots = {
        "home": speaker.world.home.name,
        "committee": f"the {committee}",
        "committeecap": f"The {committee}",
        "title": words,
        "inperiod": f"in {words}",
    }
    return speaker.say("intro", slots)


def choose(
    speaker: Speaker, count: int, *, units: Collection[Unit] | None = None, kinds: Collection[str] = ("stock", "flow"),
    domains: int = 0, rates_of_flows: bool = False,
) -> list[Measure]:  # fmt: skip
    """Measures for a report, in the order of their domains.

    Args:
        speaker: The report's voice.
        count: How many.
        units: Only measures in these units.
        kinds: Only measures of these kinds.
        domains: Take them from only so many domains; 0 for any.
        rates_of_flows: Also rates of flows, which make sense for years only.
    """
    pool = [
        m for m in speaker.world.measures.values()
        if (units is None or m.unit in units) and m.kind in kinds
        and (rates_of_flows or m.rate_of is None or m.kind == "stock") and not thin(speaker, m)
    ]  # fmt: skip
    if domains:
        names = sorted({m.domain for m in pool})
        kept = set(speaker.rng.sample(names, min(domains, len(names))))
        pool = [m for m in pool if m.domain in kept]
    chosen = speaker.rng.sample(pool, min(count, len(pool)))
    order = list(speaker.world.measures)
    return sorted(chosen, key=lambda m: order.index(m.id))


def thin(speaker: Speaker, measure: Measure) -> bool:
    """True where there were too few cases in the period for the measure to mean anything."""
    reading = speaker.world.reading(measure, speaker.world.period)
    if measure.unit is Unit.PERCENT or measure.unit in AVERAGES:
        return not reading.denominator or reading.denominator < 3
    return reading.value == 0 and measure.unit is not Unit.COUNT


def by_domain(measures: Sequence[Measure]) -> list[tuple[str, list[Measure]]]:
    """Measures in runs of one domain."""
    runs: list[tuple[str, list[Measure]]] = []
    for measure in measures:
        if not runs or runs[-1][0] != measure.domain:
            runs.append((measure.domain, []))
        runs[-1][1].append(measure)
    return runs


def domain_title(speaker: Speaker, domain: str) -> str:
    """A heading for a domain."""
    return speaker.say(f"domain_{domain}")
