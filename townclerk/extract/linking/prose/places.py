"""The place whose measure a sentence names: "the national re-referral rate", "In England, the share of"."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.cues import holds
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.models.area import AreaKind
from townclerk.models.mentions import AreaMention, FigureMention, IndicatorMention
from townclerk.patterns.area_words import load_area_words
from townclerk.patterns.kept import kept
from townclerk.patterns.phrases import branches
from townclerk.patterns.roles import role_words

# What may stand before a place that opens a sentence.
_OPENS = frozenset({"in", "for", "across", "the"})
_BACK = 40


@kept
def _before_measure() -> tuple[re.Pattern[str], dict[str, AreaKind]]:
    """Finds, at the end of a text, the words that say whose a measure is, and the kind of place that each names."""
    kinds = load_area_words().kinds
    of = {
        phrase: kind
        for kind, words in (
            (AreaKind.ENGLAND, kinds.england),
            (AreaKind.REGION, kinds.region),
            (AreaKind.STATISTICAL_NEIGHBOURS, kinds.statistical_neighbours),
        )
        for phrase in words.before_measure
    }
    return re.compile(rf"(?<!\w)(?P<place>{branches(of)})(?:\s+(?:average|avg|mean))?\s+$", re.IGNORECASE), of


def place_of_measure(figure: FigureMention, sentence: Sentence) -> AreaMention | None:
    """The place that an adjective right before the name of a figure's measure tells: "regional LAC: 58"."""
    mention = _named_before(figure, sentence)
    if mention is None:
        return None
    pattern, kinds = _before_measure()
    # A name may begin with the adjective's own word or with "rate of".
    found = pattern.search(sentence.text, max(sentence.start, mention.start - _BACK), mention.start)
    if found is None or not is_of_measure(*found.span("place"), figure, sentence):
        return None
    kind = kinds[" ".join(found["place"].lower().split())]
    return AreaMention(*found.span("place"), kind)


def _named_before(figure: FigureMention, sentence: Sentence) -> IndicatorMention | None:
    named = [m for m in sentence.mentions.indicators if m.matches and m.end <= figure.start]
    return named[-1] if named else None


def is_of_measure(start: int, end: int, figure: FigureMention, sentence: Sentence) -> bool:
    """True where a place stands right before the name of the measure that a figure behind it is of.

    So in "the national re-referral rate was 22%", "In England, the share of re-referrals is 22%" and "Kent's LAC: 67".

    Args:
        start: Where the place's words begin.
        end: Where they end.
        figure: The figure.
        sentence: Where they stand.
    """
    mention = _named_before(figure, sentence)
    if mention is None or mention.end <= end:
        return False
    if any(end <= other.start and other.end <= figure.start for other in sentence.mentions.figures):
        return False
    lead = without_times(end, mention.start, sentence) if mention.start > end else ""
    behind = without_times(mention.end, figure.start, sentence)
    words = role_words()
    if not set(words_in(lead)) <= words.place_leads or holds(lead) or set(";.()") & set(lead):
        return False
    if not set(words_in(behind)) <= words.place_before | words.movements or holds(behind) or set(";.),") & set(behind):
        return False
    # "Compared with England, re-referrals were 22%" tells our own.
    opens = set(words_in(sentence.between(sentence.start, start))) <= _OPENS
    return opens or not set(",:") & set(lead)


def without_times(start: int, end: int, sentence: Sentence) -> str:
    """The text between two offsets without its times: "in England at March 2019 was" names England's value."""
    gap = sentence.between(start, end)
    for period in sentence.mentions.periods:
        if start <= period.start and period.end <= end:
            gap = gap.replace(sentence.between(period.start, period.end), " ", 1)
    return gap
