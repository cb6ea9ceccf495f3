"""What stands round the figures: the period in a council's words, covers, furniture, the sections a paper must have."""

from __future__ import annotations

from tests.factory.page import Block, Heading, Page, Para, Report
from tests.factory.periods import MONTHS
from tests.factory.speaker import Speaker
from townclerk.models.period import financial_year_of, parse_code

_NUMBERS = ("One", "Two", "Three", "Four")
_ENDINGS = ("finance", "legal", "equality", "sustain")


def period_words(speaker: Speaker) -> str:
    """The report's period as this council's titles have it."""
    world, rng = speaker.world, speaker.rng
    period = parse_code(world.period)
    date = speaker.calendar.date(world.period)
    last = f"{MONTHS[world.end.month - 1]} {world.end.year}"
    if world.kind == "month":
        return rng.choice([last, last, f"month ending {date}", f"{last} (Month {(world.end.month - 4) % 12 + 1})"])
    quarter = (world.end.month - 4) % 12 // 3 + 1
    year = speaker.calendar.year(financial_year_of(world.end))
    first = MONTHS[period.start.month - 1]
    forms = [
        f"Quarter {quarter} {year}", f"Q{quarter} {year}", f"Q{quarter}, {year}",
        f"Quarter {_NUMBERS[quarter - 1]} {year}", f"{first} to {last} (Quarter {quarter})",
        f"Q{quarter} {year} ({first[:3]} - {last[:3]})", f"quarter ending {date}",
    ]  # fmt: skip
    return rng.choice(forms)


def the_body(speaker: Speaker) -> str:
    """The committee with its article."""
    return f"the {speaker.world.committee}"


def title_of(speaker: Speaker, period: str) -> str:
    """A title with the period in it."""
    pool = "held_what_month" if speaker.world.kind == "month" else "held_what"
    words = speaker.say("held_join", {"what": speaker.say(pool), "period": period})
    return words[:1].upper() + words[1:]


def cover(speaker: Speaker, title: str) -> list[Block]:
    """The head of a paper: council, committee, date, title and who wrote it, in one of several orders."""
    world, rng = speaker.world, speaker.rng
    person, post = speaker.person()
    slots = {
        "committee": world.committee, "date": speaker.calendar.date(world.meeting.isoformat()), "person": person,
        "post": post, "last": person.split()[1], "n": str(rng.randint(2, 11)),
    }  # fmt: skip
    meeting: list[Block] = [Para(speaker.say("held_report_to", slots)), Para(speaker.say("held_date", slots))]
    lines = rng.sample(speaker.grammar.pools["held_front"], rng.randint(1, 4))
    details: list[Block] = [Para(speaker.fill(line, slots)) for line in lines]
    name: list[Block] = [Para(world.home.title)] if rng.random() < 0.8 else []
    heading: list[Block] = [Heading(title, 1)]
    if rng.random() < 0.5:
        return [*name, *heading, *meeting, *details]
    return [*name, *meeting, *heading, *details]


def opening(speaker: Speaker, pool: str, period: str) -> str:
    """A sentence that says what the paper is and which period it covers."""
    body = the_body(speaker)
    slots = {
        "home": speaker.world.home.name, "thebody": body, "Thebody": body[:1].upper() + body[1:], "period": period,
        "often": speaker.world.kind, "n2": str(speaker.rng.randint(10, 14)), "small": str(speaker.rng.randint(3, 9)),
    }  # fmt: skip
    words = speaker.say(pool, slots)
    return words[:1].upper() + words[1:]


def endings(speaker: Speaker) -> list[tuple[str, str]]:
    """Headings and texts of the sections a paper must have, whose numbers are no performance figures."""
    names = speaker.rng.sample(_ENDINGS, speaker.rng.randint(1, 4))
    return [(speaker.say(f"h_{n}"), speaker.decoy("money" if n == "finance" else n)) for n in names]


def finish(speaker: Speaker, layout: str, pages: list[Page], title: str, period: str) -> Report:
    """The report with its running header and footer."""
    rng, world = speaker.rng, speaker.world
    site = "".join(c for c in world.home.name.lower() if c.isalpha())
    headers = ["", "", title, world.home.title, f"{world.home.name} – {period}", "OFFICIAL: SENSITIVE", "Public report"]
    drawn = speaker.calendar.date(world.meeting.isoformat())
    footers = [
        "{n}", "Page {n}", "Page {n} of {N}", f"{world.home.name} Performance Team | {{n}}", f"{period}   {{n}}",
        f"www.{site}.example", f"Version 1.{rng.randint(0, 4)}   Page {{n}}",
        f"Published for the meeting of {drawn}   {{n}}",
    ]  # fmt: skip
    return Report(world, layout, "held", speaker.book, pages, title, rng.choice(headers), rng.choice(footers))
