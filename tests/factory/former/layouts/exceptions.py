"""A report by exception: a box for each measure that is off target, with what happened and what is being done."""

from __future__ import annotations

from tests.factory.former.layouts._telling import cell, finished, goal, own, sentences
from tests.factory.former.layouts._voice import OwnSpeaker, Said, voice
from tests.factory.layouts._parts import choose, front, main_title
from tests.factory.layouts.scorecard import colour
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit

_UNITS = (Unit.PERCENT, Unit.COUNT, Unit.DAYS, Unit.WEEKS, Unit.PER_10000)


def compose(speaker: Speaker) -> Report:
    """Red and amber boxes, then the green measures in a list of sentences."""
    voiced = voice(speaker)
    title = main_title(voiced)
    blocks: list[Block] = [*front(voiced, title), Para(voiced.say("exc_open"))]
    boxed = [m for m in choose(voiced, 60, units=_UNITS) if m.better != "none"]
    colours = {m.id: colour(Said(voiced, m)) for m in boxed}
    words = {
        part: voiced.say(f"exc_{part}") for part in ("now", "goal", "before", "why", "doing", "when", "rag", "owner")
    }
    for rag in ("red", "amber"):
        chosen = [m for m in boxed if colours[m.id] == rag][: voiced.rng.randint(3, 5)]
        if chosen:
            blocks.append(Heading(voiced.say(f"exc_{rag}")))
        blocks += [_box(voiced, measure, rag, words) for measure in chosen]
    greens = [m for m in boxed if colours[m.id] == "green"][: voiced.rng.randint(3, 6)]
    if greens:
        blocks.append(Heading(voiced.say("exc_green")))
        blocks += [Para(text) for text in sentences(voiced, greens)]
    blocks.append(Para(voiced.decoy("meta")))
    blocks += [Para(voiced.decoy("adult", "place", "money")) for _ in range(voiced.rng.randint(0, 2))]
    return finished(voiced, "exceptions", [Page(blocks)], title)


def _box(speaker: OwnSpeaker, measure: Measure, rag: str, words: dict[str, str]) -> Table:
    """Name over all; actual, target, earlier value and status; then the words."""
    rng, world = speaker.rng, speaker.world
    now = own(speaker, measure, world.period)
    now.rag = rag
    before = own(speaker, measure, world.shifted(-world.step))
    person, post = speaker.person()
    pairs = [
        (Cell(words["now"]), Cell(cell(speaker, measure, now))),
        (Cell(words["goal"]), Cell(cell(speaker, measure, goal(speaker, measure)))),
        (Cell(words["before"]), Cell(cell(speaker, measure, before))),
        (Cell(words["rag"]), Cell(rag.capitalize(), rag)),
    ]
    why = speaker.passage(speaker.say("what_happened"), now)
    wide = [
        [Cell(words["why"]), Cell(why, None, 3)],
        [Cell(words["doing"]), Cell(speaker.say("what_doing"), None, 3)],
    ]
    if rng.random() < 0.5:
        wide.append(
            [Cell(words["when"]), Cell(speaker.say("exc_month")), Cell(words["owner"]), Cell(f"{person}, {post}")]
        )
    rows = [[*pairs[0], *pairs[1]], [*pairs[2], *pairs[3]], *wide]
    return Table([[Cell(speaker.names(measure).title, None, 4)]], rows, widths=[1.3, 1.4, 1.3, 1.8])
