"""An agenda pack: a contents list, papers that are not about children, and a children's services paper among them."""

from __future__ import annotations

from tests.factory.grammar import lower_first
from tests.factory.layouts._parts import choose, intro, main_title, report
from tests.factory.layouts.comparator import comparison
from tests.factory.layouts.multiperiod import wide_table
from tests.factory.layouts.prose import paragraph
from tests.factory.layouts.scorecard import scorecard
from tests.factory.page import Block, Heading, Page, Para, Report
from tests.factory.speaker import Speaker


def compose(speaker: Speaker) -> Report:
    """Two to four other papers stand before and after the one that counts."""
    rng, world = speaker.rng, speaker.world
    title = main_title(speaker)
    kinds = rng.sample(speaker.grammar.pools["other_papers"], rng.randint(2, 4))
    others = {speaker.say(f"paper_{kind}"): kind for kind in kinds}
    papers = [*others, title]
    rng.shuffle(papers)
    date = speaker.calendar.date(world.meeting.isoformat())
    first: list[Block] = [
        Heading(world.home.title, 1),
        Heading(world.committee, 1),
        Para(speaker.say("meeting_line", {"date": date})),
        Heading(speaker.say("agenda_title")),
        Heading(speaker.say("agenda_contents"), 3),
    ]
    page = rng.randint(3, 8)
    for number, paper in enumerate(papers, 1):
        first.append(Para(f"{number}. {paper} {'.' * rng.choice([0, 12, 30])} {page}"))
        page += rng.randint(2, 14)
    pages = [Page(first)]
    for number, paper in enumerate(papers, 1):
        head: list[Block] = [Heading(speaker.say("agenda_item", {"n": str(number)}), 3), Heading(paper, 1)]
        pages += _own(speaker, head) if paper == title else [Page([*head, *_other(speaker, paper, others[paper])])]
    return report(speaker, "agenda_pack", pages, f"{world.committee} {date}")


def _other(speaker: Speaker, paper: str, kind: str) -> list[Block]:
    """A paper with numbers that are none of ours."""
    texts = [speaker.say("other_intro", {"paper": lower_first(paper)})]
    for _ in range(speaker.rng.randint(6, 16)):
        text = speaker.decoy(kind)
        if speaker.rng.random() < 0.5:
            text += " " + speaker.decoy(kind)
        if speaker.rng.random() < 0.4:
            text += " " + speaker.say("paper_talk")
        texts.append(text)
    return [Para(text, f"{number}.") for number, text in enumerate(texts, 1)]


def _own(speaker: Speaker, head: list[Block]) -> list[Page]:
    """The children's services paper: some prose and one or two tables."""
    rng = speaker.rng
    blocks: list[Block] = [*head, Para(intro(speaker), "1.")]
    measures = choose(speaker, rng.randint(5, 9))
    blocks += [Para(paragraph(speaker, measure), f"{number}.") for number, measure in enumerate(measures, 2)]
    tables = rng.sample(["scorecard", "comparison", "series"], rng.randint(1, 2))
    pages = [Page(blocks)]
    for name in tables:
        if name == "scorecard":
            pages.append(Page(scorecard(speaker, rng.randint(6, 10)), landscape=True))
        elif name == "comparison":
            pages.append(Page(comparison(speaker, rng.randint(4, 7)), landscape=True))
        else:
            pages.append(Page(wide_table(speaker, rng.randint(5, 8)), landscape=True))
    return pages
