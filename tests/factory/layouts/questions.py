"""Written questions and answers: tables whose columns are letters that the question defines (P17), plain answers."""

from __future__ import annotations

from tests.factory.grammar import capital
from tests.factory.layouts._parts import choose, front, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from tests.factory.telling import tell
from townclerk.models.period import financial_year_of
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """Some questions with lettered tables, some with a sentence, in any order."""
    rng = speaker.rng
    title = f"{speaker.say('question_title')}: {speaker.calendar.report_title()}"
    blocks: list[Block] = front(speaker, title)
    counts = [m for m in choose(speaker, 40, units=(Unit.COUNT,)) if m.kind == "flow" and not thin_count(speaker, m)]
    others = choose(speaker, 8, units=(Unit.PERCENT, Unit.DAYS, Unit.WEEKS))
    rng.shuffle(counts)
    number = 1
    for _ in range(rng.randint(3, 5)):
        if len(counts) >= 2 and rng.random() < 0.6:
            blocks += _lettered(speaker, number, counts.pop(), counts.pop())
        elif others:
            blocks += _plain(speaker, number, others.pop())
        number += 1
    return report(speaker, "questions", [Page(blocks)], title)


def thin_count(speaker: Speaker, measure: Measure) -> bool:
    """True where a year holds too few cases for a table of years."""
    return speaker.world.reading(measure, speaker.world.last_year_code()).value < 5


def _years(speaker: Speaker) -> list[str]:
    last = financial_year_of(speaker.world.end) - 1
    count = speaker.rng.randint(2, 4)
    return [f"FY{year}-{(year + 1) % 100:02d}" for year in range(last - count + 1, last + 1)]


def _lettered(speaker: Speaker, number: int, one: Measure, other: Measure) -> list[Block]:
    years = _years(speaker)
    words = {key: speaker.words(speaker.rng.choice(m.things)) for key, m in (("a", one), ("b", other))}
    slots = {**words, "q": str(number), "years": str(len(years))}
    gap = speaker.rng.choice([",", ",", " "])
    rows = []
    for code in years:
        row = [Cell(speaker.calendar.head(code))]
        for key, measure in (("a", one), ("b", other)):
            value = speaker.world.reading(measure, code).value
            figure = speaker.figure(measure, value, code, label=words[key], difficulty="hard")
            digits = speaker.number(measure, value).replace(",", gap)
            row.append(Cell(speaker.print_words(figure, digits)))
        rows.append(row)
    table = Table([[Cell("Year"), Cell("(a)"), Cell("(b)")]], rows)
    return [Para(speaker.say("question_asked", slots)), Heading(speaker.say("answer"), 3), table]


def _plain(speaker: Speaker, number: int, measure: Measure) -> list[Block]:
    subject = speaker.names(measure).subject
    what = capital(speaker.say("question_what", {"s": subject}))
    years = _years(speaker)
    asked = speaker.say("question_single", {"q": str(number), "What": what, "years": str(len(years))})
    return [Para(asked), Heading(speaker.say("answer"), 3), _reply(speaker, measure, subject, years)]


def _reply(speaker: Speaker, measure: Measure, subject: str, years: list[str]) -> Block:
    if speaker.rng.random() < 0.4:
        return Para(tell(Statement(speaker, measure)))
    rows = []
    for code in years:
        value = speaker.world.reading(measure, code).value
        figure = speaker.figure(measure, value, speaker.dated(measure, code), label=subject, difficulty="medium")
        rows.append([Cell(speaker.calendar.head(code)), Cell(speaker.in_cell(measure, figure, True))])
    return Table([[Cell("Year"), Cell(speaker.names(measure).short)]], rows)
