"""One phrase read for one figure: how well its words and unit suit, whichever way the two came together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from townclerk.extract.linking.agreement import readings
from townclerk.extract.linking.prose.playing import Playing
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.linking.scene import SpottedBlock
from townclerk.models.candidate import Feature
from townclerk.models.digits import has_digit
from townclerk.models.mentions import FigureMention, IndicatorMatch, IndicatorMention
from townclerk.models.units import RATES, Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.table_words import table_words

# A link weaker than this is not made: an honest "not linked" beats a guess.
THRESHOLD = 1.9
_AT_ONCE = 3
_OTHER_SHARE = re.compile(r"\d[\d.,]*\s*(?:%|per\s*cent)", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """One indicator reading of a figure with the evidence for it.

    Attributes:
        match: The indicator.
        score: Sum of the features, comparable between readings of one figure.
        mention: The phrase.
        where: The block the phrase stands in.
        features: What spoke for and against it.
    """

    match: IndicatorMatch
    score: float
    mention: IndicatorMention
    where: SpottedBlock
    features: list[Feature]

    def plus(self, feature: Feature) -> Reading:
        """The same reading with one thing more that speaks for or against it."""
        return replace(self, score=self.score + feature.amount, features=[*self.features, feature])


def said_as_rate(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the bare number of "the national rate of 60", which is no count."""
    if figure.unit is not None or figure.noun:
        return False
    if phrasing().rate_told.search(sentence.between(max(sentence.start, figure.start - 60), figure.start)):
        return True
    words = sentence.between(sentence.start, sentence.end)
    if "rate" not in words.lower() or sentence.mentions.indicators:
        return False
    return not {"rate", "rates"}.isdisjoint(words_in(phrasing().rate_of_change.sub(" ", words)))


def counts_stock(reading: Reading, catalogue: Catalogue) -> bool:
    """True for a reading as a number of all who are something on one day."""
    indicator = catalogue.indicators[reading.match.indicator_id]
    return indicator.is_stock and indicator.unit is Unit.COUNT


def said_in(reading: Reading, sentence: Sentence) -> bool:
    """True where the phrase that names a reading's measure stands in the sentence itself."""
    return reading.where is sentence.where and sentence.start <= reading.mention.start < sentence.end


def direct_readings(
    playing: Playing, where: SpottedBlock, mention: IndicatorMention, catalogue: Catalogue
) -> list[Reading]:
    """The readings of one given phrase for a figure, wherever the phrase stands, best first."""
    found = read_phrase(playing.figure, mention, where, [], catalogue)
    return sorted(found, key=lambda reading: (-reading.score, reading.match.indicator_id))


def read_phrase(
    figure: FigureMention,
    mention: IndicatorMention,
    where: SpottedBlock,
    place: list[Feature],
    catalogue: Catalogue,
) -> list[Reading]:
    """The readings of one phrase for one figure, `place` being what speaks for bringing the two together."""
    label = where.label(mention)
    # "Referral rate", "% of referrals": the words of the unit may stand beside the phrase.
    around = where.text[max(0, mention.start - 20) : mention.end + 6]
    # The sign of another figure inside a long name says nothing of this one.
    around = _OTHER_SHARE.sub(" ", around) if figure.unit is None else around
    figure = _with_unit_of(figure, mention, where)
    found: list[Reading] = []
    for match in mention.matches:
        for read, fit in readings(figure, match, around, catalogue):
            features = [
                Feature("match_" + match.kind.value, match.score, f"“{label}” names the measure ({match.kind.value})"),
                Feature("unit_fit", fit, unit_words(figure, fit)),
                *place,
            ]
            if match.needs_context:
                supported = figure.unit is not None and figure.unit is not Unit.COUNT
                features.append(Feature("needs_context", -0.3 if supported else -0.9, "an everyday phrase on its own"))
            score = 2.0 * match.score + fit + sum(f.amount for f in features[2:])
            found.append(Reading(read, score, mention, where, features))
    return found


def _with_unit_of(figure: FigureMention, mention: IndicatorMention, where: SpottedBlock) -> FigureMention:
    """A bare number with the unit that stands right behind the phrase: "Looked after per 10,000: Penworth 54"."""
    # "147 first time entrants per 100,000": what is counted stands between the number and its unit.
    between = where.text[figure.end : mention.start] if figure.noun and mention.start >= figure.end else "."
    counted = not set(between) & set(".,;:()") and len(words_in(between)) <= _AT_ONCE
    if figure.unit is not None or (figure.noun and not counted):
        return figure
    behind = where.text[mention.end : mention.end + 16]
    for place, start, _ in table_words().units.find(behind):
        unit = table_words().units_of[place]
        if start <= 3 and not has_digit(behind[:start]):
            fits = unit in RATES or (unit is Unit.PERCENT and not counted)
            return replace(figure, unit=unit, noun="") if fits else figure
    return figure


def unit_words(figure: FigureMention, fit: float) -> str:
    """What is said of how a figure suits a measure."""
    if fit >= 1.0:
        return "the unit printed is the measure's own"
    if fit >= 0:
        return "a bare number that suits the measure"
    return f"{figure.text} suits the measure poorly in unit or size"
