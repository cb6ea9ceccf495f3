"""A quarterly digest: cards three to a row, each with a large value and labelled small ones."""

from __future__ import annotations

from tests.factory.held.layouts._telling import ARROWS, cell, finished, goal, own
from tests.factory.held.layouts._voice import HeldSpeaker, Said, voice
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
        blocks += [_cards(voiced, measures[start : start + 3], rows, labels) for start in range(0, len(measures), 3)]
        if rng.random() < 0.4:
            blocks.append(Para(voiced.comment("passage2")))
    blocks.append(Para(voiced.decoy("contact")))
    return finished(voiced, "digest", [Page(blocks, landscape=rng.random() < 0.5)], title)


def _kinds(speaker: HeldSpeaker) -> list[str]:
    kinds = ["before", *[kind for kind in ("year", "target", "dot", "england") if speaker.rng.random() < 0.6]]
    speaker.rng.shuffle(kinds)
    return kinds


def _cards(speaker: HeldSpeaker, measures: list[Measure], kinds: list[str], labels: dict[str, str]) -> Table:
    """Up to three cards side by side: a row of titles, a row of values, a row for each small label."""
    rng = speaker.rng
    titled = [speaker.names(m).short if rng.random() < 0.5 else speaker.names(m).title for m in measures]
    blank = [Cell("", None, 2)] * (3 - len(measures))
    nows = [own(speaker, m, speaker.world.period) for m in measures]
    rows = [[Cell(cell(speaker, m, now), None, 2) for m, now in zip(measures, nows, strict=True)] + blank]
    for kind in kinds:
        row: list[Cell] = []
        for measure, now in zip(measures, nows, strict=True):
            text = _small(speaker, measure, kind)
            if kind == "dot":
                now.direction = Said(speaker, measure, before=speaker.world.step).movement()
                text = ARROWS[now.direction][1]
            row += [Cell(labels[kind] if text else ""), Cell(text)]
        rows.append(row + blank)
    head = [Cell(text, None, 2) for text in titled] + blank
    return Table([head], rows, widths=[1.5, 1.0] * 3, rule="full")


def _small(speaker: HeldSpeaker, measure: Measure, kind: str) -> str:
    world = speaker.world
    if kind in {"before", "year"}:
        return cell(speaker, measure, own(speaker, measure, world.shifted(-(world.step if kind == "before" else 12))))
    if kind == "target":
        return cell(speaker, measure, goal(speaker, measure)) if measure.better != "none" else ""
    if kind == "england" and measure.unit is not Unit.COUNT:
        value = world.comparators(measure, world.last_year_code())["england"]
        return cell(speaker, measure, speaker.figure(measure, value, None, area="england", difficulty="medium"))
    return ""
