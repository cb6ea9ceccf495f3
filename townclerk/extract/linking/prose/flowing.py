"""Numbers that many passed through, and numbers brought about: no level of one day, though told in its words."""

from __future__ import annotations

from dataclasses import replace

from townclerk.extract.linking.prose.reading import Reading, counts_stock
from townclerk.extract.linking.prose.sentence import Sentence
from townclerk.models.mentions import FigureMention
from townclerk.models.units import Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.roles import role_words

_LEAD = 90
_TAIL = 110
_COUNTS = frozenset({None, Unit.COUNT})


def without_those_passing(
    found: list[Reading], figure: FigureMention, sentence: Sentence, catalogue: Catalogue
) -> list[Reading]:
    """The readings without the stocks that a number of a year's or quarter's course is not of.

    "During the course of 2018/19 a total of 611 children were looked after" counts all that ever were, and
    "which resulted in 58 child protection plans" counts those begun.

    Args:
        found: What the figure may be of.
        figure: The figure.
        sentence: Where it stands.
        catalogue: The measures.
    """
    if figure.unit not in _COUNTS or figure.decimals or not any(counts_stock(one, catalogue) for one in found):
        return found
    words = role_words()
    lead = sentence.without(max(sentence.start, figure.start - _LEAD), figure.start, sentence.mentions.periods)
    if words.begun_before.search(lead):
        return [_begun(one, catalogue) for one in found if not counts_stock(one, catalogue) or _id(one) in words.begun]
    tail = sentence.without(figure.end, min(sentence.end, figure.end + _TAIL), sentence.mentions.periods)
    if words.passing_before.search(lead) or words.passing_behind.match(tail):
        return [one for one in found if not counts_stock(one, catalogue)]
    return found


def _id(reading: Reading) -> str:
    return reading.match.indicator_id


def _begun(reading: Reading, catalogue: Catalogue) -> Reading:
    """A reading as a stock, read as what begins and adds to it."""
    measure = role_words().begun.get(_id(reading))
    if measure is None or measure not in catalogue.indicators:
        return reading
    return replace(reading, match=reading.match._replace(indicator_id=measure))
