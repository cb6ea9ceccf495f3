"""One predicate for two groups: "100% of children on a plan and 98% of those in care had their reviews in time"."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.playing import Part
from townclerk.extract.linking.prose.reading import Reading, read_phrase
from townclerk.extract.linking.prose.sentence import WORD, words_in
from townclerk.extract.linking.prose.told import Setting
from townclerk.models.candidate import Feature
from townclerk.models.mentions import IndicatorMention
from townclerk.models.units import Unit
from townclerk.patterns.roles import role_words

_GROUP = re.compile(r"\s*of\s+(?P<group>[^;:.]{4,120}?),?\s+and\s+(?:only\s+|just\s+|some\s+)?$", re.IGNORECASE)
_END = re.compile(r"[;.](?=\s|$)|,\s+(?:which|and|with|while|whilst|but|compared|against|up|down|above|below)\b")
_LONGEST_PREDICATE = 20


def shared_predicate(index: int, here: Setting) -> list[Reading]:
    """Readings of a share whose group stands without a predicate, by the one that stands behind the next share's group.

    Args:
        index: The share's place among the parts.
        here: Where it stands.
    """
    if index + 1 >= len(here.parts):
        return []
    one, other = here.parts[index], here.parts[index + 1]
    if one.figure.unit is not Unit.PERCENT or other.figure.unit is not Unit.PERCENT or other.part is not Part.VALUE:
        return []
    sentence = here.sentence
    group = _GROUP.fullmatch(sentence.between(one.figure.end, other.figure.start))
    if group is None or any(word in role_words().predicates for word in words_in(group["group"])):
        return []
    said = _predicate(sentence.between(other.figure.end, sentence.end))
    matches = here.knowledge.spotter.read_label([f"{group['group']} {said}"], Unit.PERCENT) if said else []
    if not matches:
        return []
    start, end = (one.figure.end + at for at in group.span("group"))
    feature = Feature("completed", -0.3, f"“{said}” is said of this group and of the next one")
    mention = IndicatorMention(start, end, tuple(matches))
    return read_phrase(one.figure, mention, sentence.where, [feature], here.knowledge.catalogue)


def _predicate(behind: str) -> str:
    """What is said of the group that a stretch of text begins with: from its verb to the end of the clause."""
    stop = _END.search(behind)
    clause = behind[: stop.start()] if stop is not None else behind
    verb = next((found for found in WORD.finditer(clause) if found[0].lower() in role_words().predicates), None)
    if verb is None:
        return ""
    return " ".join(clause[verb.start() :].split()[:_LONGEST_PREDICATE])
