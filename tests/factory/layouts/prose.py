"""A committee paper of numbered paragraphs under headings."""

from __future__ import annotations

from collections.abc import Sequence

from tests.factory.asides import aside
from tests.factory.layouts._parts import by_domain, choose, domain_title, front, intro, main_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from tests.factory.telling import about, academic, can_pair, comes_late, lagged, pair, tell, tell_lagged
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """Purpose, background, recommendations, then a section for each domain; numbering plain or decimal."""
    rng = speaker.rng
    title = main_title(speaker)
    blocks: list[Block] = front(speaker, title)
    numbers = _Numbers(decimal=rng.random() < 0.5)
    for pool, words in (("h_purpose", None), ("h_recommend", "recommend"), ("h_background", "background")):
        blocks.append(Heading(numbers.section(speaker.say(pool))))
        blocks.append(Para(speaker.say(words) if words else intro(speaker), numbers.paragraph()))
    if rng.random() < 0.6:
        blocks.append(Para(speaker.decoy("meta"), numbers.paragraph()))
    chosen = choose(speaker, rng.randint(14, 26))
    if rng.random() < 0.5:
        blocks.append(Heading(numbers.section(speaker.say("headline"))))
        blocks += [Para(text, numbers.paragraph()) for text in headlines(speaker, chosen)]
    headed = rng.random() < 0.25
    for domain, measures in by_domain(chosen):
        blocks.append(Heading(numbers.section(domain_title(speaker, domain))))
        blocks += _section(speaker, measures, numbers, headed=headed)
        if rng.random() < 0.3:
            blocks.append(Para(speaker.decoy("near", "hypothetical", "money"), numbers.paragraph()))
    if rng.random() < 0.5:
        blocks.append(Heading(numbers.section(speaker.say("h_other"))))
        others = [speaker.decoy("adult", "place", "money") for _ in range(rng.randint(1, 3))]
        blocks += [Para(text, numbers.paragraph()) for text in others]
    for name in rng.sample(["finance", "legal", "equality"], rng.choice([0, 1, 2, 3])):
        blocks.append(Heading(numbers.section(speaker.say(f"h_{name}"))))
        blocks.append(Para(speaker.decoy("money" if name == "finance" else name), numbers.paragraph()))
    blocks.append(Heading(numbers.section(speaker.say("h_end"))))
    blocks.append(Para(speaker.decoy("contact", "hypothetical"), numbers.paragraph()))
    return report(speaker, "prose", [Page(blocks)], title)


def _section(speaker: Speaker, measures: Sequence[Measure], numbers: _Numbers, *, headed: bool) -> list[Block]:
    """The paragraphs of one domain: each its own measure, now and then two in one sentence or a school year's."""
    blocks: list[Block] = []
    waiting = list(measures)
    while waiting:
        measure = waiting.pop(0)
        if headed:
            blocks += [
                Heading(speaker.names(measure).title, 3),
                Para(headed_text(speaker, measure), numbers.paragraph()),
            ]
        elif waiting and can_pair(measure, waiting[0]) and speaker.rng.random() < 0.3:
            blocks.append(Para(pair(speaker, measure, waiting.pop(0)), numbers.paragraph()))
        else:
            blocks.append(Para(paragraph(speaker, measure), numbers.paragraph()))
    yearly = [m for m in speaker.world.measures.values() if m.kind == "academic"]
    if yearly and measures[0].domain in {"education", "send"} and speaker.rng.random() < 0.6:
        blocks.append(Para(academic(speaker, speaker.rng.choice(yearly)), numbers.paragraph()))
    return blocks


def headlines(speaker: Speaker, measures: Sequence[Measure]) -> list[str]:
    """Some of the report's figures, said before their own paragraphs; each is one observation with two quotes (C6)."""
    some = speaker.rng.sample(list(measures), min(len(measures), speaker.rng.randint(2, 4)))
    pools = ("count_level", "count_prev"), ("np_level", "name_level")
    sentences = []
    for measure in some:
        statement = Statement(speaker, measure, before=speaker.world.step)
        pool = speaker.rng.choice(pools[measure.unit is not Unit.COUNT])
        if pool == "count_prev" and statement.movement() == "same":
            pool = "count_same"
        sentences.append(statement.say(pool))
    return sentences


def headed_text(speaker: Speaker, measure: Measure) -> str:
    """A text that leaves the measure's name to the heading above it (P03)."""
    statement = Statement(speaker, measure)
    text = statement.say("headed_same" if statement.movement() == "same" else "headed")
    for figure in statement.figures:
        figure.harder("medium")
    return explained(speaker, statement, text)


def paragraph(speaker: Speaker, measure: Measure) -> str:
    """A sentence with figures, often more of them, and often the explanation."""
    rng = speaker.rng
    if comes_late(measure) and rng.random() < 0.25 and (late := lagged(speaker, measure)) is not None:
        return explained(speaker, late, tell_lagged(late))
    if measure.unit is Unit.COUNT and measure.kind == "stock" and rng.random() < 0.05:
        return about(speaker, measure)
    statement = Statement(speaker, measure)
    text = tell(statement)
    if rng.random() < 0.3:
        text = f"{text} {aside(statement)}".strip()
    if rng.random() < 0.08:
        text += " " + speaker.decoy("hypothetical")
    return explained(speaker, statement, text)


def explained(speaker: Speaker, statement: Statement, text: str) -> str:
    """The text with the service's explanation behind it, in most cases."""
    if statement.figure is None or speaker.rng.random() > 0.6:
        return text
    words = speaker.comment(speaker.rng.choice(["passage2", "passage3", "passage4"]))
    return f"{text} {speaker.passage(words, statement.figure)}"


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
