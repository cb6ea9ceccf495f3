"""The sentence list of an inspection report: counts with rates, of whom so many, in the last twelve months so many."""

from __future__ import annotations

from tests.factory.layouts._parts import report
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from tests.factory.world import round_half_up
from townclerk.models.period import financial_year_of
from townclerk.models.units import Unit

_IN_CARE = [
    "cla_out_of_area_pct", "cla_residential_pct", "cla_foster_care_pct", "cla_placed_with_parents_pct",
    "cla_20_miles_pct", "cla_section_20_pct", "uasc_pct_of_cla",
]  # fmt: skip
_PAST_YEAR = [
    "adoptions_count", "sgo_count", "cla_ceased_count", "cla_started_count", "placement_orders_count",
    "adopters_approved_count", "care_applications_count",
]  # fmt: skip
_STOCKS = {"cin_count": "cin_rate", "cpp_count": "cpp_rate", "cla_count": "cla_rate"}


def compose(speaker: Speaker) -> Report:
    """An information section and findings in numbered prose that mostly carry no figures."""
    rng, world = speaker.rng, speaker.world
    title = f"Inspection of services for children in {world.home.name}"
    date = speaker.calendar.date(world.meeting.isoformat())
    blocks: list[Block] = [Heading(world.home.title, 1), Heading(title, 1), Para(f"Report published: {date}")]
    blocks += [Heading(speaker.say("insp_title"), 2), Heading(speaker.say("insp_sub"), 3)]
    about = f"{round(world.population, -2):,}"
    blocks.append(Bullet(speaker.say("insp_pop", {"n": about, "home": world.home.name})))
    blocks.append(Bullet(f"The local authority operates {rng.randint(2, 7)} children's homes."))
    blocks += [Heading(speaker.say("insp_cp"), 3), *_stock(speaker, "cin_count"), *_stock(speaker, "cpp_count")]
    blocks += [Heading(speaker.say("insp_care"), 3), *_stock(speaker, "cla_count")]
    blocks.append(Bullet(speaker.say("insp_list_cla")))
    for name in rng.sample(_IN_CARE, rng.randint(4, 6)):
        blocks.append(Bullet(_share(speaker, world.measures[name]), "–", 2))
    line = speaker.grammar.pick("insp_past")
    code = f"R12-{world.end.year:04d}-{world.end.month:02d}"
    # "The last 12 months" alone does not say when they ended.
    period = code if "{date}" in line else None
    blocks.append(Bullet(speaker.fill(line, {"date": speaker.calendar.date(world.end.isoformat())})))
    for name in rng.sample(_PAST_YEAR, rng.randint(3, 5)):
        blocks.append(Bullet(_past(speaker, world.measures[name], code, period), "–", 2))
    blocks.append(Heading("Findings", 2))
    blocks += [Para(speaker.comment("passage3"), f"{number}.") for number in range(1, rng.randint(3, 6))]
    return report(speaker, "inspection", [Page(blocks)], title)


def _stock(speaker: Speaker, name: str) -> list[Block]:
    """A count at the period's end with its rate, then the year before."""
    world = speaker.world
    count, rate = world.measures[name], world.measures[_STOCKS[name]]
    things = speaker.say(f"insp_{name}")
    day = world.end.isoformat()

    def both(code: str) -> tuple[str, str]:
        number = speaker.figure(count, world.reading(count, code).value, code, label=things)
        per = speaker.figure(rate, world.reading(rate, code).value, code, label=things)
        return speaker.print(count, number), speaker.print(rate, per)

    now, per = both(day)
    slots = {"date": speaker.calendar.date(day), "v": now, "r": per, "things": things}
    text = speaker.say("insp_count_rate", slots)
    if speaker.rng.random() < 0.8:
        last = financial_year_of(world.end) - 1
        before = speaker.dated(count, f"FY{last}-{(last + 1) % 100:02d}")
        line = speaker.grammar.pick("insp_was")
        old, new = world.reading(count, before).value, world.reading(count, day).value
        word = speaker.say("insp_increase" if new > old else "insp_reduction" if new < old else "insp_same")
        speaker.book.figures[-2].direction = "up" if new > old else "down" if new < old else "same"
        number = speaker.figure(count, old, before, label=things, difficulty="medium")
        slots = {"word": word, "p": speaker.print(count, number), "pdate": speaker.calendar.date(before)}
        if "{pr}" in line:
            value = world.reading(rate, before).value
            per_old = speaker.figure(rate, value, before, label=things, difficulty="medium")
            slots["pr"] = speaker.print(rate, per_old)
        text += " " + speaker.fill(line, slots)
    return [Bullet(text)]


def _share(speaker: Speaker, measure: Measure) -> str:
    """Of whom: count and share, the count a numerator only (C5)."""
    world = speaker.world
    reading = world.reading(measure, world.end.isoformat())
    period = world.end.isoformat() if measure.kind == "stock" else world.period
    did = speaker.words(speaker.rng.choice(measure.did))
    figure = speaker.figure(measure, reading.value, period, label=did, places=0 if world.decimals == 0 else 1)
    figure.harder("medium")
    figure.numerator, figure.denominator = reading.numerator, reading.denominator
    number = f"{reading.numerator:,}"
    if measure.num is not None:
        count = world.measures[measure.num]
        leading = speaker.figure(
            count, float(reading.numerator or 0), world.end.isoformat(), label=did, difficulty="medium"
        )
        number = speaker.print(count, leading)
    line = speaker.grammar.pick("insp_sub_live")
    if "({n}" in line and measure.num is not None:
        line = "{n} (or {v}) {did}"
    return speaker.fill(line, {"n": number, "v": speaker.print(measure, figure), "did": did})


def _past(speaker: Speaker, measure: Measure, code: str, period: str | None) -> str:
    world = speaker.world
    things = speaker.words(speaker.rng.choice(measure.things))
    value = round_half_up(world.reading(measure, code).value, 0)
    if measure.unit is not Unit.COUNT:
        raise ValueError(f"{measure.id} is no count")
    figure = speaker.figure(measure, value, period, label=things, difficulty="medium")
    return speaker.say("insp_item_count", {"v": speaker.print(measure, figure), "things": things})
