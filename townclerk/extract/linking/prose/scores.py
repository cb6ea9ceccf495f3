"""Scores told behind the subject that is scored: "SDQs came back for 79% and the average score was 14.9"."""

from __future__ import annotations

from townclerk.extract.linking.prose.carried import said_before
from townclerk.extract.linking.prose.playing import Playing
from townclerk.extract.linking.prose.reading import Reading, read_phrase
from townclerk.extract.linking.prose.sentence import Sentence
from townclerk.extract.linking.prose.told import Setting
from townclerk.models.candidate import Feature
from townclerk.models.mentions import FigureMention, IndicatorMention
from townclerk.models.units import Unit
from townclerk.patterns.phrasing import phrasing

# A subject and "average score" name a measure at least so well, or not at all.
_SURE = 0.7


def of_score(found: list[Reading], playing: Playing, here: Setting) -> list[Reading]:
    """The readings of scores alone for a bare number that is called one: "the score was 14.9, against 14.2"."""
    figure = playing.figure
    said = _lead(figure, here.sentence) if figure.unit is None and not figure.noun else None
    if said is None:
        return found
    indicators = here.knowledge.catalogue.indicators
    scores = [one for one in found if indicators[one.match.indicator_id].unit is Unit.SCORE]
    return scores or _scored(said, playing, here)


def _scored(said: str, playing: Playing, here: Setting) -> list[Reading]:
    """Readings of a score by the subject named last, whose own measure may be another: a share that was returned."""
    sentence, knowledge = here.sentence, here.knowledge
    own = [(sentence.where, m) for m in sentence.mentions.indicators if m.end <= playing.figure.start]
    for where, mention in reversed((own or said_before(sentence, here.scene))[-1:]):
        # "Returned an SDQ for 79% of eligible children" is scored as far as its own figure.
        inside = [f.start for f in where.mentions.figures if mention.start < f.start < mention.end]
        label = where.text[mention.start : min(inside, default=mention.end)].strip()
        matches = knowledge.spotter.read_label([label, said], playing.figure.unit)
        indicators = knowledge.catalogue.indicators
        scores = [m for m in matches if m.score >= _SURE and indicators[m.indicator_id].unit is Unit.SCORE]
        if scores:
            feature = Feature("completed", -0.3, f"“{said}” is said of “{label}”, named before")
            named = IndicatorMention(mention.start, mention.end, tuple(scores))
            return read_phrase(playing.figure, named, where, [feature], knowledge.catalogue)
    return []


def _lead(figure: FigureMention, sentence: Sentence) -> str | None:
    """The words that call a figure a score: "average score"; None where none do."""
    if "score" not in sentence.between(sentence.start, figure.start).lower():
        return None
    held = sentence.mentions
    lead = sentence.without(sentence.start, figure.start, held.figures, held.periods, held.areas)
    found = phrasing().scores.search(lead)
    return found["score"] if found is not None else None
