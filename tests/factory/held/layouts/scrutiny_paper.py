"""A paper for a scrutiny committee: numbered paragraphs under headings, sometimes with a page of headline figures."""

from __future__ import annotations

from collections.abc import Sequence

from tests.factory.grammar import Slots
from tests.factory.held.layouts._frame import cover, endings, finish, opening, period_words, title_of
from tests.factory.held.layouts._voice import Told, explained, paragraph, sentence
from tests.factory.layouts._facts import actual, aim, elsewhere
from tests.factory.layouts._parts import by_domain, choose, domain_title
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Card, Cards, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from tests.factory.telling import academic, can_pair, comes_late, lagged, pair, tell_lagged
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """Purpose, recommendation, background, headlines, a section for each domain, implications, next report."""
    rng = speaker.rng
    period = period_words(speaker)
    title = title_of(speaker, period)
    blocks = cover(speaker, title)
    paper = _Paper(speaker, numbered=rng.random() < 0.75)
    for name in ("purpose", "recommend", "background"):
        blocks.append(paper.heading(speaker.say(f"h_{name}")))
        blocks.append(paper.para(opening(speaker, f"held_{name}", period)))
    chosen = choose(speaker, rng.randint(13, 24))
    blocks += _headlines(speaker, chosen, paper)
    for domain, measures in by_domain(chosen):
        blocks.append(paper.heading(domain_title(speaker, domain)))
        blocks += _section(speaker, measures, paper)
        if rng.random() < 0.25:
            blocks.append(paper.para(speaker.decoy("near", "hypothetical", "money", "training")))
    if rng.random() < 0.5:
        blocks.append(paper.heading(speaker.say("h_other")))
        blocks += [paper.para(speaker.decoy("adult", "inspection2", "consult2")) for _ in range(rng.randint(1, 2))]
    for heading, text in endings(speaker):
        blocks += [paper.heading(heading), paper.para(text)]
    blocks += [paper.heading(speaker.say("h_end")), paper.para(opening(speaker, "end_line", period))]
    blocks.append(Para(speaker.decoy("contact")))
    return finish(speaker, "scrutiny_paper", [Page(blocks)], title, period)


class _Paper:
    """Headings and paragraphs with their numbers, where this paper has them."""

    def __init__(self, speaker: Speaker, *, numbered: bool) -> None:
        self._speaker = speaker
        self._numbered = numbered
        self._section = 0
        self._paragraph = 0
        self.glyph = speaker.rng.choice(["•", "•", "–", "o"])

    def heading(self, words: str) -> Block:
        """A section's heading."""
        self._section += 1
        self._paragraph = 0
        return Heading(f"{self._section}. {words}" if self._numbered else words)

    def para(self, words: str) -> Block:
        """A paragraph of the section."""
        self._paragraph += 1
        return Para(words, f"{self._section}.{self._paragraph}" if self._numbered else "")


def _headlines(speaker: Speaker, chosen: Sequence[Measure], paper: _Paper) -> list[Block]:
    """Nothing, bullets, or cards with the figures that come again below (C6)."""
    rng = speaker.rng
    kind = rng.choice(["", "bullets", "cards"])
    if not kind:
        return []
    some = rng.sample(list(chosen), min(len(chosen), rng.randint(3, 6)))
    heading = paper.heading(speaker.say("h_headlines"))
    if kind == "cards":
        return [heading, Cards([_card(speaker, measure) for measure in some], rng.choice([2, 3, 3]))]
    told = [Told(speaker, measure, before=speaker.world.step) for measure in some]
    pools = [("tel_count", "tel_np")[each.measure.unit is not Unit.COUNT] for each in told]
    lines = [each.say(_allowed(each, pool)) for each, pool in zip(told, pools, strict=True)]
    return [heading, *(Bullet(line, paper.glyph) for line in lines)]


def _allowed(told: Told, pool: str) -> str:
    return "np_level" if pool == "tel_np" and told.measure.better == "none" else pool


def _card(speaker: Speaker, measure: Measure) -> Card:
    """A card: the short name, the value, and a note or two."""
    world, rng = speaker.world, speaker.rng
    name = speaker.names(measure).short
    _, value = actual(speaker, measure, world.period)
    year = world.last_year_code()
    slots: Slots = {
        "p": lambda: actual(speaker, measure, world.shifted(-world.step))[1],
        "t": lambda: aim(speaker, measure, world.period)[1],
        "c": lambda: elsewhere(speaker, measure, "england", year, dated=True)[1],
        "year": speaker.calendar.head(year),
    }
    pools = [f"cards_before_{world.kind}"] * (rng.random() < 0.7)
    pools += ["cards_target"] * (measure.better != "none" and rng.random() < 0.6)
    pools += ["cards_england"] * (measure.unit is not Unit.COUNT and rng.random() < 0.4)
    return Card(name, value, [speaker.say(pool, slots) for pool in pools])


def _section(speaker: Speaker, measures: Sequence[Measure], paper: _Paper) -> list[Block]:
    rng = speaker.rng
    blocks: list[Block] = []
    waiting = list(measures)
    bulleted = len(waiting) > 2 and rng.random() < 0.2
    while waiting:
        measure = waiting.pop(0)
        if waiting and can_pair(measure, waiting[0]) and rng.random() < 0.2:
            blocks.append(paper.para(pair(speaker, measure, waiting.pop(0))))
        elif comes_late(measure) and rng.random() < 0.25 and (late := lagged(speaker, measure)) is not None:
            blocks.append(paper.para(tell_lagged(late)))
        elif bulleted:
            blocks.append(Bullet(sentence(Told(speaker, measure)), paper.glyph))
        else:
            told = Told(speaker, measure)
            blocks.append(paper.para(paragraph(told) if rng.random() < 0.8 else explained(told, _plain(told))))
    yearly = [m for m in speaker.world.measures.values() if m.kind == "academic"]
    if yearly and measures[0].domain in {"education", "send"} and rng.random() < 0.5:
        blocks.append(paper.para(academic(speaker, rng.choice(yearly))))
    return blocks


def _plain(told: Told) -> str:
    """A short sentence with the earlier value, as busy officers write."""
    if told.movement() == "same":
        return told.say("count_same" if told.measure.unit is Unit.COUNT else "np_same")
    return told.say("count_prev" if told.measure.unit is Unit.COUNT else "np_prev")
