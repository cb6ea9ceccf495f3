"""Lines of values and what each belongs to, without a verb: "Moves 9% Target 8% Last year 11% Region 10%"."""

from __future__ import annotations

from itertools import pairwise

from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.models.mentions import FigureMention
from townclerk.patterns.roles import role_words

PARTED_BY = " :=\t"
"""What may part a value from what it belongs to."""
_FEWEST = 2
# A name of so few words may be one that only the heading explains: "EET 52.7% Sept 50.2% England 50%".
_SHORT_NAME = 4


def is_headed(sentence: Sentence) -> bool:
    """Whether each figure but the first stands right behind the time, place or role that it belongs to.

    The first is the newest value, and nothing but the measure's name may stand before it; nothing dates or places the
    last from behind, as it would in "9% last year 11% this year".
    """
    figures, heads = _figures(sentence), _heads(sentence)
    if not _alternate(figures, heads, sentence):
        return False
    return not any(start >= figures[-1].end for start, _ in heads) and _opens(figures[0], sentence)


def is_labelled_behind(sentence: Sentence) -> bool:
    """Whether each figure stands right before what it belongs to: "Moves 9% Wexcombe 11% England 10% North West"."""
    figures, heads = _figures(sentence), _heads(sentence)
    if not _alternate(figures, heads, sentence) or not _opens(figures[0], sentence):
        return False
    behind, _ = _inside(figures[-1].end, sentence.end, sentence)
    return any(start == behind for start, _ in heads)


def _alternate(figures: list[FigureMention], heads: set[tuple[int, int]], sentence: Sentence) -> bool:
    """Whether there are several figures, and one time, place or role, and nothing else, between each and the next."""
    if len(figures) < _FEWEST:
        return False
    return all(_inside(one.end, other.start, sentence) in heads for one, other in pairwise(figures))


def _figures(sentence: Sentence) -> list[FigureMention]:
    """The figures of a sentence without the counts in brackets behind shares: "11.4% (73 children)"."""
    return [figure for figure in sentence.mentions.figures if not figure.bracketed]


def _inside(start: int, end: int, sentence: Sentence) -> tuple[int, int]:
    """Where what stands between two offsets begins and ends without what parts it from them, brackets included."""
    gap = sentence.between(start, end)
    if gap.lstrip().startswith("(") and ")" in gap:
        start += gap.index(")") + 1
        gap = sentence.between(start, end)
    return start + len(gap) - len(gap.lstrip(PARTED_BY)), start + len(gap.rstrip(PARTED_BY))


def _heads(sentence: Sentence) -> set[tuple[int, int]]:
    mentions = sentence.mentions
    return {(m.start, m.end) for kind in (mentions.periods, mentions.areas, mentions.cues) for m in kind}


def _opens(figure: FigureMention, sentence: Sentence) -> bool:
    """Whether nothing stands before a figure in its sentence, or a measure's name without a verb."""
    words = words_in(sentence.between(sentence.start, figure.start))
    if not words:
        return True
    named = any(sentence.start <= m.start and m.end <= figure.start for m in sentence.mentions.indicators)
    return (named or len(words) <= _SHORT_NAME) and role_words().lack_a_verb(words)
