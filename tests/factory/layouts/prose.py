"""A committee paper of numbered paragraphs under headings."""

from __future__ import annotations

from collections.abc import Sequence

from tests.factory.asides import aside
from tests.factory.layouts._parts import by_domain, choose, domain_title, front, intro, main_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """Purpose, background, recommendations, then a section for each domain; numbering plain or decimal."""
    rng = speaker.rng
    title = main_title(speaker)
    blocks: list[Block] = front(speaker, title)
    numbers = _Numbers(decimal=rng.random() < 0.5)
    for heading, pools in (
        (speaker.say("h_purpose"), None),
        (speaker.say("h_recommend"), "recommend"),
        (speaker.say("h_background"), "background"),
    ):
        blocks.append(Heading(numbers.section(heading)))
        blocks.append(Para(speaker.say(pools) if pools else intro(speaker), numbers.paragraph()))
        if pools == "background" and rng.random() < 0.6:
            blocks.append(Para(speaker.decoy("meta"), numbers.paragraph()))
    chosen = choose(speaker, rng.randint(14, 26))
    if rng.random() < 0.5:
        blocks.append(Heading(numbers.section(speaker.say("headline"))))
        blocks += [Para(text, numbers.paragraph()) for text in headlines(speaker, chosen)]
    for domain, measures in by_domain(chosen):
        blocks.append(Heading(numbers.section(domain_title(speaker, domain))))
        blocks += [Para(paragraph(speaker, measure), numbers.paragraph()) for measure in measures]
        if rng.random() < 0.3:
            blocks.append(Para(speaker.decoy("near", "hypothetical", "money"), numbers.paragraph()))
    if rng.random() < 0.5:
        blocks.append(Heading(numbers.section(speaker.say("h_other"))))
        others = [speaker.decoy("adult", "place", "money") for _ in range(rng.randint(1, 3))]
        blocks += [Para(text, numbers.paragraph()) for text in others]
    blocks.append(Heading(numbers.section(speaker.say("h_end"))))
    blocks.append(Para(speaker.decoy("contact", "hypothetical"), numbers.paragraph()))
    return report(speaker, "prose", [Page(blocks)], title)


def headlines(speaker: Speaker, measures: Sequence[Measure]) -> list[str]:
    """Some of the report's figures, said before their own paragraphs; each is one observation with two quotes (C6)."""
    some = speaker.rng.sample(list(measures), min(len(measures), speaker.rng.randint(2, 4)))
    pools = ("count_level", "count_prev"), ("np_level", "name_level")
    sentences = []
    for measure in some:
        statement = Statement(speaker, measure, before=speaker.world.step)
        pool = speaker.rng.choice(pools[measure.unit is not Unit.COUNT])
        sentences.append(
            statement.say("count_same" if pool == "count_prev" and statement.movement() == "same" else pool)
        )
    return sentences


def paragraph(speaker: Speaker, measure: Measure) -> str:
    """A sentence with figures, often more of them, and often the explanation."""
    rng = speaker.rng
    statement = Statement(speaker, measure)
    text = statement.tell()
    owner = statement.figure
    if rng.random() < 0.3:
        text = f"{text} {aside(statement)}".strip()
    if rng.random() < 0.08:
        text += " " + speaker.decoy("hypothetical")
    if rng.random() < 0.6 and owner is not None:
        text += " " + speaker.passage(speaker.comment(rng.choice(["passage2", "passage3", "passage4"])), owner)
    return text


class _Numbers:
    """Paragraph numbers, plain ("12.") or by section ("3.2")."""

    def __init__(self, decimal: bool) -> None:
        self._decimal = decimal
        self._section = 0
        self._paragraph = 0

    def section(self, title: str) -> str:
        """A heading with its number."""
        self._section += 1
        if not self._decimal:
            return title
        self._paragraph = 0
        return f"{self._section}. {title}"

    def paragraph(self) -> str:
        """The next paragraph's number."""
        self._paragraph += 1
        return f"{self._section}.{self._paragraph}" if self._decimal else f"{self._paragraph}."
