"""A chapter of an annual report: figures of whole years in running text, with small unruled tables."""

from __future__ import annotations

from tests.factory.former.layouts._annual import end_with_the_year, year_codes, year_sentence
from tests.factory.former.layouts._telling import finished, open_cell, own
from tests.factory.former.layouts._voice import OwnSpeaker, voice
from tests.factory.layouts._parts import by_domain, choose, domain_title
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker


def compose(speaker: Speaker) -> Report:
    """A chapter title, sections in paragraphs of several sentences, a table below some of them, footnotes."""
    end_with_the_year(speaker.world)
    voiced = voice(speaker)
    rng = voiced.rng
    title = voiced.say("chapter_title", {"fy": _label(voiced), "n": str(rng.randint(2, 7))})
    blocks: list[Block] = [Heading(voiced.world.home.title, 1), Heading(title, 1)]
    blocks.append(Para(voiced.say("chapter_open", {"home": voiced.world.home.name, "fy": _label(voiced)})))
    number = rng.randint(1, 9)
    chosen = choose(voiced, rng.randint(16, 26), rates_of_flows=True)
    for domain, measures in by_domain(chosen):
        blocks.append(Heading(domain_title(voiced, domain)))
        told = [year_sentence(voiced, measure) for measure in measures]
        if rng.random() < 0.25:
            told.insert(0, voiced.decoy("near", "money", "adult"))
        blocks += [Para(" ".join(told[start : start + 2])) for start in range(0, len(told), 2)]
        if len(measures) > 1 and rng.random() < 0.55:
            blocks.append(_table(voiced, measures, number))
            number += 1
    notes = rng.sample(voiced.grammar.pools["footnote"], 2)
    blocks += [Para(text, f"{count}") for count, text in enumerate(notes, 1)]
    return finished(voiced, "chapter", [Page(blocks)], title)


def _label(speaker: OwnSpeaker) -> str:
    return speaker.calendar.year(int(speaker.world.year_code[2:6]))


def _table(speaker: OwnSpeaker, measures: list[Measure], number: int) -> Table:
    """The section's measures over three or four years, without rules."""
    codes = year_codes(speaker.world, speaker.rng.choice([3, 3, 4]))
    rows = []
    for measure in measures:
        row = [Cell(speaker.names(measure).short if speaker.rng.random() < 0.4 else speaker.names(measure).title)]
        rows.append([*row, *(Cell(open_cell(speaker, measure, own(speaker, measure, code))) for code in codes)])
    head = [Cell(""), *(Cell(speaker.calendar.head(code)) for code in codes)]
    caption = speaker.say("chapter_table", {"n": str(number)})
    return Table([head], rows, caption, [2.6, *[1.0] * len(codes)], "none")
