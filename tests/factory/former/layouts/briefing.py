"""A briefing note for a scrutiny panel: questions as headings, answers that leave the subject to the question."""

from __future__ import annotations

from tests.factory.former.layouts._telling import finished, sentence, sentences
from tests.factory.former.layouts._voice import OwnSpeaker, Said, voice
from tests.factory.grammar import lower_first
from tests.factory.layouts._parts import by_domain, choose, domain_title, front, main_title
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """Some questions on one measure each, some on a theme with a list below."""
    voiced = voice(speaker)
    rng = voiced.rng
    title = voiced.say("brief_title", {"period": voiced.calendar.report_title()})
    blocks: list[Block] = [*front(voiced, title), Para(voiced.say("brief_open"))]
    numbered = rng.random() < 0.6
    number = 1
    for domain, measures in by_domain(choose(voiced, rng.randint(12, 20))):
        single = len(measures) == 1 and measures[0].unit is not Unit.COUNT
        asked = voiced.say("brief_one" if single else "brief_theme", _about(voiced, domain, measures[0]))
        blocks.append(Heading(f"Q{number}. {asked}" if numbered else asked, 2))
        number += 1
        if single:
            blocks.append(Para(_answer(voiced, measures[0])))
            continue
        blocks.append(Para(sentence(voiced, measures[0])))
        blocks += [Bullet(text.rstrip("."), "–") for text in sentences(voiced, measures[1:], 0.0)]
        if rng.random() < 0.3:
            blocks.append(Para(voiced.decoy("near", "hypothetical", "money")))
    blocks += [Heading(voiced.say("brief_end")), Para(voiced.decoy("contact"))]
    return finished(voiced, "briefing", [Page(blocks)], title or main_title(voiced))


def _about(speaker: OwnSpeaker, domain: str, measure: Measure) -> dict[str, str]:
    return {"theme": lower_first(domain_title(speaker, domain)), "s": speaker.names(measure).subject}


def _answer(speaker: OwnSpeaker, measure: Measure) -> str:
    """An answer whose subject stands in the question."""
    statement = Said(speaker, measure)
    text = statement.say("headed_same" if statement.movement() == "same" else "headed")
    for figure in statement.figures:
        figure.harder("medium")
    if statement.figure is None or speaker.rng.random() < 0.4:
        return text
    return f"{text} {speaker.passage(speaker.comment('passage3'), statement.figure)}"
