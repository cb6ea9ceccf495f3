"""Commentary: the passages in which a report explains a figure."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.playing import Part
from townclerk.extract.linking.prose.told import Told
from townclerk.extract.linking.scene import SpottedBlock
from townclerk.extract.linking.sentences import sentences
from townclerk.models.area import AreaKind
from townclerk.models.candidate import Candidate, Span
from townclerk.patterns.commentary import commentary_words

_MIN_WORDS = 8
_PLACING_WORDS = 24
_PLACING = {"rank", "quartile", "up", "down", "same", "gap_to"}
_THAN = re.compile(r"\A\w+ than|\A(?:above|below)", re.IGNORECASE)


def is_commentary_head(text: str) -> bool:
    """True for a heading that announces commentary ("CSC Commentary", "Comments")."""
    match = commentary_words().heads.match(text)
    return match is not None and len(text[match.end() :].split()) <= 1


def opens_commentary(text: str) -> int:
    """Length of the words that announce commentary inside a block ("Comment: ..."), 0 where there are none."""
    match = commentary_words().heads.match(text)
    return match.end() if match and ":" in match[0] else 0


def explain_in_block(spotted: SpottedBlock, told: list[Told]) -> None:
    """Give a paragraph's values the sentences behind them that explain, up to the next sentence with values.

    A sentence that only places the figure ("This is in the second quartile", "This is lower than quarter 1") explains
    nothing; a passage begins with the first sentence that does.

    Args:
        spotted: The paragraph.
        told: What its sentences told.
    """
    by_start = {one.sentence.start: one for one in told}
    held: list[Candidate] = []
    passage: list[tuple[int, int]] = []
    for start, end in sentences(spotted.text):
        one = by_start.get(start)
        own = _own_actuals(one) if one else []
        levels = [c for c in own if not _is_older(c, [*held, *own])]
        if levels:
            _give(spotted, held, passage)
            held, passage = levels, []
        elif held and (passage or not _only_compares(one, spotted.text[start:end])):
            passage.append((start, end))
    _give(spotted, held, passage)


def _give(spotted: SpottedBlock, held: list[Candidate], passage: list[tuple[int, int]]) -> None:
    """Attach a passage to the values before it, if it is long enough to say something."""
    if not passage or len(spotted.text[passage[0][0] : passage[-1][1]].split()) < _MIN_WORDS:
        return
    span = spotted.span(passage[0][0], passage[-1][1])
    for candidate in held:
        candidate.commentary.append(span)


def _only_compares(one: Told | None, text: str) -> bool:
    """True for a sentence that says no more than where a figure stands, or what other places and times have."""
    short = one is not None and bool(one.links) and len(text.split()) <= _PLACING_WORDS
    return _only_places(one, text) or (short and not commentary_words().reasons.search(text))


def _only_places(one: Told | None, text: str) -> bool:
    """True for a sentence that says no more than where a figure stands: its rank, its movement, its neighbours."""
    if one is None or len(text.split()) > _PLACING_WORDS or commentary_words().reasons.search(text):
        return False
    mentions = one.sentence.mentions
    cues = {
        cue.cue for cue in mentions.cues if cue.cue != "gap_to" or _THAN.search(text[cue.start - one.sentence.start :])
    }
    if not cues & _PLACING:
        return False
    compares = any(area.kind is not AreaKind.AUTHORITY for area in mentions.areas)
    return commentary_words().points_back.match(text) is not None or compares or "rank" in cues


def _own_actuals(one: Told) -> list[Candidate]:
    """Present values of the authority itself: commentary explains neither targets nor comparators nor old values."""
    return [
        candidate
        for index, candidate in one.links.items()
        if candidate.is_own_actual and one.parts[index].part is Part.VALUE
    ]


def _is_older(candidate: Candidate, held: list[Candidate]) -> bool:
    """True for an earlier value of a measure that has one: "similar to the quarter before (3)" explains the new one."""
    return any(
        one.indicator_id == candidate.indicator_id
        and one.period is not None
        and candidate.period is not None
        and candidate.period.end < one.period.end
        for one in held
    )


def explain_with_block(spotted: SpottedBlock, told: list[Told], candidates: list[Candidate]) -> None:
    """Give values the whole of a commentary block that follows them, unless all it does is place them."""
    by_start = {one.sentence.start: one for one in told}
    if all(_only_places(by_start.get(start), spotted.text[start:end]) for start, end in sentences(spotted.text)):
        return
    opened = opens_commentary(spotted.text)
    if len(spotted.text[opened:].split()) < _MIN_WORDS:
        return
    span: Span = spotted.span(opened, len(spotted.text))
    for candidate in candidates:
        if span not in candidate.commentary:
            candidate.commentary.append(span)
