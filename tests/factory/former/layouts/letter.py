"""A letter from the director to a councillor or an adviser: no headings, figures in running text."""

from __future__ import annotations

from tests.factory.former.layouts._telling import finished, sentences
from tests.factory.former.layouts._voice import voice
from tests.factory.layouts._parts import by_domain, choose
from tests.factory.page import Block, Heading, Page, Para, Report
from tests.factory.speaker import Speaker


def compose(speaker: Speaker) -> Report:
    """Address, date, salutation, paragraphs on themes, a close."""
    voiced = voice(speaker)
    rng, world = voiced.rng, voiced.world
    (writer, post), (reader, _) = voiced.person(), voiced.person()
    slots = {"last": reader.split()[1], "person": reader, "committee": world.committee, "home": world.home.title}
    slots |= {"n": str(rng.randint(102, 985)), "date": voiced.calendar.date(world.meeting.isoformat())}
    slots |= {"period": voiced.calendar.report_title()}
    title = voiced.say("letter_about", slots)
    blocks: list[Block] = [Para(world.home.title), Para(voiced.say("letter_to", slots)), Para(slots["date"])]
    if rng.random() < 0.6:
        blocks.append(Para(voiced.say("letter_ref", slots)))
    blocks += [Para(voiced.say("letter_dear", slots)), Heading(title, 2), Para(voiced.say("letter_open", slots))]
    turns = rng.sample(voiced.grammar.pools["letter_turn"], 8)
    for _, measures in by_domain(choose(voiced, rng.randint(11, 18), domains=6)):
        told = sentences(voiced, measures)
        told[0] = f"{turns.pop()} {told[0]}".strip()
        if rng.random() < 0.2:
            told.append(voiced.decoy("hypothetical", "money", "near"))
        blocks += [Para(" ".join(told[start : start + 3])) for start in range(0, len(told), 3)]
    blocks += [Para(voiced.say("letter_close", slots)), Para(voiced.say("letter_sign")), Para(writer), Para(post)]
    if rng.random() < 0.4:
        blocks.append(Para(f"cc {world.committee}"))
    return finished(voiced, "letter", [Page(blocks)], title)
