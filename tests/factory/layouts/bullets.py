"""A narrative of glyph bullets under headings, with a key that explains the glyphs."""

from __future__ import annotations

from tests.factory.layouts._parts import by_domain, choose, domain_title, front, intro, main_title, report
from tests.factory.layouts.prose import headlines, paragraph
from tests.factory.page import Block, Bullet, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement

_KEYS = (
    {"on": "★", "near": "●", "off": "▲"},
    {"on": "✓", "near": "◦", "off": "✗"},
    {"on": "➔", "near": "➔", "off": "➔"},
)
_WORDS = {"on": "on or better than target", "near": "within tolerance", "off": "below target"}


def compose(speaker: Speaker) -> Report:
    """Sections of bullets; the glyph says how the measure does against its target, or is a plain bullet."""
    rng = speaker.rng
    title = main_title(speaker)
    blocks: list[Block] = [*front(speaker, title), Para(intro(speaker))]
    key = rng.choice(_KEYS)
    keyed = key["on"] != key["off"] and rng.random() < 0.8
    if keyed:
        blocks.append(Para("Key: " + "; ".join(f"{key[name]} {words}" for name, words in _WORDS.items())))
    plain_glyph = rng.choice(["•", "•", "▪", "➔", "-"])
    chosen = choose(speaker, rng.randint(14, 24))
    if rng.random() < 0.4:
        blocks.append(Heading(speaker.say("headline")))
        blocks += [Bullet(text, plain_glyph) for text in headlines(speaker, chosen)]
    for domain, measures in by_domain(chosen):
        blocks.append(Heading(domain_title(speaker, domain)))
        if rng.random() < 0.4:
            blocks.append(Para(speaker.comment("short_comment")))
        for measure in measures:
            glyph = key[_state(speaker, measure.id)] if keyed else plain_glyph
            blocks.append(Bullet(paragraph(speaker, measure), glyph))
        if rng.random() < 0.3:
            blocks.append(Bullet(speaker.decoy("near", "hypothetical", "meta"), plain_glyph))
    if rng.random() < 0.4:
        blocks.append(Heading(speaker.say("h_corporate")))
        blocks += [Bullet(speaker.decoy("adult", "place", "money"), plain_glyph) for _ in range(rng.randint(2, 4))]
    return report(speaker, "bullets", [Page(blocks)], title)


def _state(speaker: Speaker, measure_id: str) -> str:
    measure = speaker.world.measures[measure_id]
    if measure.better == "none":
        return "near"
    gap = Statement(speaker, measure).rounded() - speaker.world.target(measure)
    gap = gap if measure.better == "high" else -gap
    return "on" if gap >= 0 else "near" if gap > -0.05 * max(1.0, speaker.world.target(measure)) else "off"
