"""What the rest of a report says of one reading: damage all over it, and doubts about the figures right beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from townclerk.models.candidate import Candidate, Feature, Span
from townclerk.models.document import Document

_WORD = re.compile(r"\S+")
# Letters and digits in one word, but for ordinals and short codes ("2nd", "Q3", "16a", "NI65") that reports print.
_MIXED = re.compile(
    r"(?<![\w/.-])(?![A-Z]{1,3}\d{1,4}\b)(?!\d+(?:st|nd|rd|th|pp|[a-zA-Z])\b)(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z\d]{2,12}(?!\w)"
)
_FULL = 0.015
"""Share of mixed words at which a text counts as damaged all over."""
_COMPANY = 2


def note_company(candidates: Sequence[Candidate], unlinked: Sequence[Span], document: Document) -> None:
    """Add to each candidate's evidence what the report around it says.

    Args:
        candidates: The linked and checked candidates of a document; features are added.
        unlinked: Figures that found no measure.
        document: The report.
    """
    damage = damage_of(document.text)
    beside: defaultdict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        beside[candidate.block].append(candidate)
    starts = sorted(span.start for span in unlinked)
    lost = {block: _lost(block, starts, document) for block in beside}
    for block, held in beside.items():
        doubted = [bool({"conflict", "columns_disagree"} & set(candidate.flags)) for candidate in held]
        for candidate, own in zip(held, doubted, strict=True):
            others = len(held) - 1
            if damage > 0:
                text = "letters and digits are mixed up in words of this report"
                candidate.features.append(Feature("damaged_text", damage, text))
            if others >= _COMPANY and sum(doubted) - own > 0:
                share = (sum(doubted) - own) / others
                candidate.features.append(
                    Feature("doubts_beside", share, f"{share:.0%} of the figures beside it are in doubt")
                )
            if others >= _COMPANY and lost[block]:
                share = lost[block] / (lost[block] + len(held))
                candidate.features.append(
                    Feature("lost_beside", share, f"{share:.0%} of the figures beside it found no measure")
                )


def damage_of(text: str) -> float:
    """How damaged a text looks, 0 to 1: the share of words in which letters and digits are mixed up, against 1.5%."""
    words = sum(1 for _ in _WORD.finditer(text))
    if not words:
        return 0.0
    mixed = sum(1 for _ in _MIXED.finditer(text))
    return round(min(1.0, mixed / words / _FULL), 3)


def _lost(block: int, starts: Sequence[int], document: Document) -> int:
    """How many of some figures, given by their starts in order, stand in a block."""
    if not 0 <= block < len(document.blocks):
        return 0
    pieces = document.blocks[block].passage.pieces
    if not pieces:
        return 0
    low, high = min(p.source_start for p in pieces), max(p.source_end for p in pieces)
    return bisect_left(starts, high) - bisect_left(starts, low)
