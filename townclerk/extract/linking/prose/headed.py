"""Lines of values and what each belongs to, without a verb: "Moves 9% Target 8% Last year 11% Region 10%"."""

from __future__ import annotations

from itertools import pairwise

from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.models.mentions import FigureMention
from townclerk.patterns.roles import role_words

_PARTED_BY = " :=\t"


def is_headed(sentence: Sentence) -> bool:
    """Whether each figure but the first stands right behind the time, place or role that it belongs to.

    The first is the newest value, and nothing but the measure's name may stand before it; nothing dates or places the
    last from behind, as it would in "9% last year 11% this year".
    """
    figures = sentence.mentions.figures
    if len(figures) < 2 or not _alternate(sentence):
        return False
    return not any(start >= figures[-1].end for start, _ in _heads(sentence)) and _opens(figures[0], sentence)


def is_labelled_behind(sentence: Sentence) -> bool:
    """Whether each figure stands right before what it belongs to: "Moves 9% Wexcombe 11% England 10% North West"."""
    figures = sentence.mentions.figures
    if len(figures) < 2 or not _alternate(sentence) or not _opens(figures[0], sentence):
        return False
    behind = sentence.between(figures[-1].end, sentence.end)
    start = figures[-1].end + len(behind) - len(behind.lstrip(_PARTED_BY))
    return any(head_start == start for head_start, _ in _heads(sentence))


def _alternate(sentence: Sentence) -> bool:
    """Whether one time, place or role, and nothing else, stands between each figure and the next."""
    heads = _heads(sentence)
    for one, other in pairwise(sentence.mentions.figures):
        gap = sentence.between(one.end, other.start)
        start = one.end + len(gap) - len(gap.lstrip(_PARTED_BY))
        if (start, one.end + len(gap.rstrip(_PARTED_BY))) not in heads:
            return False
    return True


def _heads(sentence: Sentence) -> set[tuple[int, int]]:
    mentions = sentence.mentions
    return {(m.start, m.end) for kind in (mentions.periods, mentions.areas, mentions.cues) for m in kind}


def _opens(figure: FigureMention, sentence: Sentence) -> bool:
    """Whether nothing stands before a figure in its sentence, or a measure's name without a verb."""
    words = words_in(sentence.between(sentence.start, figure.start))
    if not words:
        return True
    known = role_words()
    named = any(sentence.start <= m.start and m.end <= figure.start for m in sentence.mentions.indicators)
    return named and known.predicates.isdisjoint(words) and known.movements.isdisjoint(words)
