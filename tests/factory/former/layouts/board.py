"""Minutes of a performance board in narrative: people by their initials, what they told the board, actions."""

from __future__ import annotations

from tests.factory.former.layouts._telling import finished
from tests.factory.former.layouts._voice import OwnSpeaker, Said, voice
from tests.factory.layouts._parts import by_domain, choose, domain_title
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """Those present, matters arising, one section a theme with actions, the next meeting."""
    voiced = voice(speaker)
    rng, world = voiced.rng, voiced.world
    title = voiced.say("board_title", {"home": world.home.name})
    blocks: list[Block] = [Heading(title, 1), Para(voiced.calendar.date(world.meeting.isoformat()))]
    blocks.append(Para(voiced.say("board_present", {"who": ", ".join(voiced.initials)})))
    blocks += [Heading("1. " + voiced.say("board_arising")), Para(_action(voiced)), Para(voiced.say("board_agreed"))]
    heading = voiced.say("board_dataset", {"period": voiced.calendar.report_title()})
    blocks.append(Heading(f"2. {heading}"))
    for number, (domain, measures) in enumerate(by_domain(choose(voiced, rng.randint(12, 20))), 1):
        blocks.append(Heading(f"2.{number} {domain_title(voiced, domain)}", 3))
        told = [reported(voiced, measure) for measure in measures]
        blocks += [Para(" ".join(told[start : start + 2])) for start in range(0, len(told), 2)]
        if rng.random() < 0.4:
            blocks.append(Bullet(_action(voiced), "►"))
    blocks += [Heading("3. " + voiced.say("board_other")), Para(voiced.decoy("money", "near", "adult"))]
    day = voiced.calendar.date(voiced.world.meeting.replace(day=28).isoformat())
    blocks.append(Para(voiced.say("board_next", {"date": day, "n": str(rng.randint(2, 9))})))
    return finished(voiced, "board", [Page(blocks)], title)


def reported(speaker: OwnSpeaker, measure: Measure) -> str:
    """What somebody told the board of a measure, sometimes with the reply to a question."""
    statement = Said(speaker, measure)
    same = statement.movement() == "same"
    pool = "board_count" if measure.unit is Unit.COUNT else "board_np"
    text = statement.say(f"{pool}_same" if same else speaker.rng.choice([pool, f"{pool}_prev"]))
    if statement.figure is not None and speaker.rng.random() < 0.45:
        text += f" {speaker.passage(speaker.comment('short_comment'), statement.figure)}"
    return text


def _action(speaker: OwnSpeaker) -> str:
    rng = speaker.rng
    slots = {"who": rng.choice(speaker.initials), "d": str(rng.randint(2, 27)), "n": str(rng.randint(2, 60))}
    return speaker.say("board_action", slots)
