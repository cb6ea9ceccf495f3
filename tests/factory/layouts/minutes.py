"""Minutes of a meeting: what was reported, in chains of clauses divided by semicolons."""

from __future__ import annotations

from tests.factory.grammar import capital, lower_first
from tests.factory.layouts._parts import choose, front, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """Apologies, the report's item with chains and questions, other business, the close."""
    rng, world = speaker.rng, speaker.world
    names = rng.sample([speaker.person()[0].split()[1] for _ in range(8)], 4)
    title = f"Minutes of the {world.committee}"
    blocks: list[Block] = front(speaker, title)
    first = rng.randint(1, 60)
    blocks += [Heading(f"{first}. Apologies"), Para(speaker.say("apologies", {"a": names[0], "b": names[1]}))]
    blocks.append(Heading(f"{first + 1}. Children's services performance: {speaker.calendar.report_title()}"))
    person, post = speaker.person()
    slots = {"person": person, "post": post, "period": speaker.calendar.report_title()}
    blocks.append(Para(speaker.say("minutes_open", slots)))
    measures = choose(speaker, rng.randint(12, 22))
    while measures:
        size = rng.randint(2, 4)
        group, measures = measures[:size], measures[size:]
        blocks.append(Para(chain(speaker, group)) if rng.random() < 0.7 else _listed(speaker, group, blocks))
        if rng.random() < 0.5:
            reply = lower_first(speaker.comment("short_comment"))
            blocks.append(Para(speaker.say("minutes_question", {"name": rng.choice(names), "reply": reply})))
    blocks.append(Para(speaker.say("minutes_resolved")))
    blocks.append(Heading(f"{first + 2}. Other business"))
    blocks += [Para(speaker.decoy("adult", "place", "money")) for _ in range(rng.randint(1, 3))]
    blocks.append(Para(speaker.say("minutes_signed", {"d": str(rng.randint(0, 9))})))
    return report(speaker, "minutes", [Page(blocks)], f"{world.committee}: minutes")


def chain(speaker: Speaker, measures: list[Measure]) -> str:
    """Measures in one sentence, divided by semicolons (P38)."""
    lead = speaker.say("minutes_lead")
    clauses = [clause(speaker, measure) for measure in measures]
    last = f"; and {clauses[-1]}" if speaker.rng.random() < 0.6 else f"; {clauses[-1]}"
    return f"{lead} {'; '.join(clauses[:-1])}{last}." if len(clauses) > 1 else f"{lead} {clauses[0]}."


def clause(speaker: Speaker, measure: Measure) -> str:
    """One measure's clause, beginning small."""
    statement = Statement(speaker, measure, before=speaker.world.step)
    pool = "chain_count" if measure.unit is Unit.COUNT else "chain_np"
    if statement.movement() == "same":
        pool += "_same"
    return statement.say(pool, start_small=True)


def _listed(speaker: Speaker, measures: list[Measure], blocks: list[Block]) -> Block:
    """The clauses as a list; the last item is handed back, the others are put on `blocks`."""
    blocks.append(Para(speaker.say("minutes_lead")))
    items = [capital(clause(speaker, measure)) for measure in measures]
    glyphs = [f"({letter})" for letter in "abcdefgh"] if speaker.rng.random() < 0.5 else ["•"] * 8
    blocks += [Bullet(f"{item};", glyph) for item, glyph in zip(items[:-1], glyphs, strict=False)]
    return Bullet(f"{items[-1]}.", glyphs[len(items) - 1])
