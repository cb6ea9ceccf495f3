"""Values in brackets behind the places they are set against: "above England and the region (92 against 70 and 81)"."""

from __future__ import annotations

import re
from itertools import pairwise

from townclerk.extract.linking.prose.sentence import Sentence
from townclerk.models.mentions import AreaMention, FigureMention

_THAN = re.compile(r"\b(?:than|above|below|with|to)\b[^.;:()\d]*$", re.IGNORECASE)
_THAN_REACH = 50
_NAMED = re.compile(r"\s*(?:(?:average|mean|rate|figure|level)s?\s*)?\(", re.IGNORECASE)
_AGAINST = re.compile(
    r"\s*,?\s*(?:compared\s+(?:to|with)|(?:as\s+)?against|versus|vs?\.?|in\s+comparison\s+(?:to|with))\s*",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_FEWEST = 2
_AND = re.compile(r"\s*(?:,|and|&|,\s*and)\s*", re.IGNORECASE)


def contrasted(figure: FigureMention, sentence: Sentence) -> tuple[bool, AreaMention | None]:
    """Whether a figure stands so in brackets, and the place it is of; no place where it is the authority's own.

    Args:
        figure: The figure.
        sentence: Where it stands.
    """
    opened = sentence.text.rfind("(", sentence.start, figure.start)
    closed = sentence.text.find(")", figure.end, sentence.end)
    if opened < 0 or closed < 0 or not sentence.mentions.areas:
        return False, None
    inside = [one for one in sentence.mentions.figures if opened < one.start and one.end <= closed]
    if figure not in inside or len(inside) < _FEWEST:
        return False, None
    before = [area for area in sentence.mentions.areas if area.end <= opened]
    gaps = [sentence.between(one.end, other.start) for one, other in pairwise(inside)]
    if _RESPECTIVELY.search(sentence.between(inside[-1].end, closed)) and all(map(_AND.fullmatch, gaps)):
        # "England and the region (45.3 and 44.0 respectively)".
        places = before[-len(inside) :]
        told = len(places) == len(inside) and _are_named(places[-1], opened, sentence)
        return told, places[inside.index(figure)] if told else None
    places = before[-(len(inside) - 1) :]
    if len(places) != len(inside) - 1 or not _are_named(places[-1], opened, sentence):
        return False, None
    led = _THAN.search(sentence.between(max(sentence.start, places[0].start - _THAN_REACH), places[0].start))
    if led is None or _AGAINST.fullmatch(gaps[0]) is None or not all(map(_AND.fullmatch, gaps[1:])):
        return False, None
    at = inside.index(figure)
    return True, places[at - 1] if at else None


def _are_named(last: AreaMention, opened: int, sentence: Sentence) -> bool:
    """True where a bracket opens right behind the last of some places."""
    return _NAMED.fullmatch(sentence.between(last.end, opened + 1)) is not None
