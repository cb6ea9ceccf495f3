"""Commentary: the passages in which a report explains a figure."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.linker import Told
from townclerk.extract.linking.prose.parts import Part
from townclerk.extract.linking.scene import SpottedBlock
from townclerk.extract.linking.sentences import sentences
from townclerk.models.candidate import Candidate, Span
from townclerk.models.units import Role

_MIN_WORDS = 8
_MIN_WORDS_OPENED = 5
_HEAD = re.compile(
    r"^\W*(?:[A-Z]{2,5}\s+)?(?:comment(?:ary|s)?|narrative|analysis|explanation|service comment)\b\W*", re.IGNORECASE
)


def is_commentary_head(text: str) -> bool:
    """True for a heading that announces commentary ("CSC Commentary", "Comments")."""
    match = _HEAD.match(text)
    return match is not None and len(text[match.end() :].split()) <= 1


def opens_commentary(text: str) -> int:
    """Length of the words that announce commentary inside a block ("Comment: ..."), 0 where there are none."""
    match = _HEAD.match(text)
    return match.end() if match and ":" in match[0] else 0


def explain_in_block(spotted: SpottedBlock, told: list[Told]) -> None:
    """Give a paragraph's values the sentences behind them that state no level themselves.

    Args:
        spotted: The paragraph.
        told: What its sentences told.
    """
    linked_spans = [(one.sentence.start, one.sentence.end) for one in told if one.links]
    if not linked_spans:
        return
    last = max(start for start, _ in linked_spans)
    behind = [
        (start, end)
        for start, end in sentences(spotted.text)
        if start > last and len(spotted.text[start:end].split()) >= _MIN_WORDS_OPENED
    ]
    if not behind or len(spotted.text[behind[0][0] : behind[-1][1]].split()) < _MIN_WORDS:
        return
    span = spotted.span(behind[0][0], behind[-1][1])
    for candidate in _own_actuals(told):
        candidate.commentary.append(span)


def _own_actuals(told: list[Told]) -> list[Candidate]:
    """Present values of the authority itself: commentary explains neither targets nor comparators nor old values."""
    return [
        candidate
        for one in told
        for index, candidate in one.links.items()
        if candidate.role is Role.ACTUAL
        and one.parts[index].part is Part.VALUE
        and candidate.area is not None
        and candidate.area.is_reporting_authority
    ]


def explain_with_block(spotted: SpottedBlock, candidates: list[Candidate]) -> None:
    """Give values the whole of a commentary block that follows them."""
    opened = opens_commentary(spotted.text)
    if len(spotted.text[opened:].split()) < _MIN_WORDS:
        return
    span: Span = spotted.span(opened, len(spotted.text))
    for candidate in candidates:
        if span not in candidate.commentary:
            candidate.commentary.append(span)
