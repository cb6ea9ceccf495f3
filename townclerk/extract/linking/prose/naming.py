"""What a measure's name means where it stands: left out, narrowed by the title, of other ages."""

from __future__ import annotations

import re
from dataclasses import replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.prose.playing import Playing
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.linking.scene import Scene
from townclerk.models.mentions import FigureMention, IndicatorMatch, IndicatorMention
from townclerk.patterns.roles import role_words
from townclerk.patterns.topics import topic_words

_AGES = re.compile(r"\b\d\d\s?(?:-|–|to|and)\s?\d\d\b")


def left_out(mention: IndicatorMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True for what a figure does not hold ("273 children, excluding the 12 young carers"), save for its own count."""
    left = any(
        cue.cue == "left_out"
        and cue.end <= mention.start
        and len(words_in(sentence.between(cue.end, mention.start))) < 2
        for cue in sentence.mentions.cues
    )
    return left and sentence.between(mention.end, figure.start).strip() != "("


def narrowed(mention: IndicatorMention, scene: Scene, knowledge: Knowledge) -> IndicatorMention:
    """A plain name as the title or heading above means it: "referrals" in the report of an officer for allegations."""
    if not mention.matches:
        return mention
    best = mention.matches[0]
    meant = topic_words().narrowed.get(best.indicator_id)
    if meant is None:
        return mention
    titles = [held.text for held in scene.headings] + ([scene.facts.title.value] if scene.facts.title.value else [])
    for title in titles:
        for match in knowledge.spotter.read_label([title])[:1]:
            if match.indicator_id in meant:
                return replace(mention, matches=(replace(best, indicator_id=match.indicator_id),))
    return mention


def of_another_age(
    playing: Playing, sentence: Sentence, label: str, knowledge: Knowledge
) -> tuple[IndicatorMatch, ...]:
    """The measure named before, of the ages that a sentence gives instead: "For those aged 19-21 it was 49%"."""
    lead = sentence.between(sentence.start, playing.figure.start)
    if _AGES.search(lead) is None or _AGES.search(label) is None:
        return ()
    matches = knowledge.spotter.read_label([label, lead], playing.figure.unit)
    return tuple(matches[:2])


def is_a_part(mention: IndicatorMention, sentence: Sentence) -> bool:
    """True for "63% of foster placements are nearby": a share of the part that the words name, not the measure."""
    if not mention.matches or mention.matches[0].indicator_id not in role_words().parts_of_whole:
        return False
    named = set(words_in(sentence.between(mention.start, mention.end)))
    behind = words_in(sentence.between(mention.end, sentence.end))[:1]
    return not named & role_words().predicates and bool(role_words().predicates & set(behind))
