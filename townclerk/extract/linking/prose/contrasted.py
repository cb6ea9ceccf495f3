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
    before = [area for area in sentence.mentions.areas if area.end <= opened]
    places = before[-(len(inside) - 1) :] if len(inside) > 1 else []
    if (
        len(places) != len(inside) - 1
        or not places
        or _NAMED.fullmatch(sentence.between(places[-1].end, opened + 1)) is None
    ):
        return False, None
    led = _THAN.search(sentence.between(max(sentence.start, places[0].start - _THAN_REACH), places[0].start))
    gaps = [sentence.between(one.end, other.start) for one, other in pairwise(inside)]
    if led is None or _AGAINST.fullmatch(gaps[0]) is None or not all(map(_AND.fullmatch, gaps[1:])):
        return False, None
    at = inside.index(figure) if figure in inside else 0
    return figure in inside, places[at - 1] if at else None
