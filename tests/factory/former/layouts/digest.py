"""A quarterly digest: cards three to a row, each with a large value and labelled small ones."""

from __future__ import annotations

from tests.factory.former.layouts._telling import ARROWS, cell, finished, goal, own
from tests.factory.former.layouts._voice import OwnSpeaker, Said, voice
from tests.factory.layouts._parts import by_domain, choose, domain_title, main_title
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit

_UNITS = (Unit.PERCENT, Unit.COUNT, Unit.PER_10000, Unit.DAYS, Unit.WEEKS, Unit.SCORE)


def compose(speaker: Speaker) -> Report:
    """A title, then for each theme a line of words and its cards."""
    voiced = voice(speaker)
    rng = voiced.rng
    title = main_title(voiced)
    blocks: list[Block] = [Heading(voiced.world.home.title, 1), Heading(title, 1), Para(voiced.say("digest_open"))]
    rows = _kinds(voiced)
    labels = {kind: voiced.say(f"card_{kind}") for kind in ("before", "year", "target", "dot", "england")}
    for domain, measures in by_domain(choose(voiced, rng.randint(17, 26), units=_UNITS, domains=rng.randint(4, 6))):
        blocks.append(Heading(domain_title(voiced, domain)))
        if rng.random() < 0.35:
            blocks.append(Para(voiced.decoy("near", "hypothetical", "meta")))
        blocks += [_cards(voiced, group, rows, labels) for group in _rows_of(measures)]
        if rng.random() < 0.4:
            blocks.append(Para(voiced.comment("passage2")))
    blocks.append(Para(voiced.decoy("contact")))
    return finished(voiced, "digest", [Page(blocks, landscape=rng.random() < 0.5)], title)


def _kinds(speaker: OwnSpeaker) -> list[str]:
    kinds = ["before", *[kind for kind in ("year", "target", "dot", "england") if speaker.rng.random() < 0.6]]
    speaker.rng.shuffle(kinds)
    return kinds


def _rows_of(measures: list[Measure]) -> list[list[Measure]]:
    """The measures in rows of three at most, as even as can be."""
    count = -(-len(measures) // 3)
    sizes = [len(measures) // count + (number < len(measures) % count) for number in range(count)]
    starts = [sum(sizes[:number]) for number in range(count)]
    return [measures[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def _cards(speaker: OwnSpeaker, measures: list[Measure], kinds: list[str], labels: dict[str, str]) -> Table:
    """Up to three cards side by side: a row of titles, a row of values, a row for each small label."""
    rng = speaker.rng
    head = [Cell(speaker.names(m).short if rng.random() < 0.5 else speaker.names(m).title, None, 2) for m in measures]
    nows = [own(speaker, m, speaker.world.period) for m in measures]
    rows = [[Cell(cell(speaker, m, now), None, 2) for m, now in zip(measures, nows, strict=True)]]
    for kind in kinds:
        texts = [_small(speaker, measure, kind) for measure in measures]
        if kind == "dot":
            for measure, now in zip(measures, nows, strict=True):
                now.direction = Said(speaker, measure, before=speaker.world.step).movement()
            texts = [ARROWS[now.direction or "same"][1] for now in nows]
        if any(texts):
            rows.append([each for text in texts for each in (Cell(labels[kind] if text else ""), Cell(text))])
    return Table([head], rows, widths=[1.5, 1.0] * len(measures), rule="full")


def _small(speaker: OwnSpeaker, measure: Measure, kind: str) -> str:
    world = speaker.world
    if kind in {"before", "year"}:
        return cell(speaker, measure, own(speaker, measure, world.shifted(-(world.step if kind == "before" else 12))))
    if kind == "target":
        return cell(speaker, measure, goal(speaker, measure)) if measure.better != "none" else ""
    if kind == "england" and measure.unit is not Unit.COUNT:
        value = world.comparators(measure, world.last_year_code())["england"]
        return cell(speaker, measure, speaker.figure(measure, value, None, area="england", difficulty="medium"))
    return ""
