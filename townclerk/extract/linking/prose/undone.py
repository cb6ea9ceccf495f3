"""Figures told of what was not done, or not in time: they are no values of the measure of what was."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.reading import Reading
from townclerk.extract.linking.prose.sentence import DASH, Sentence, words_in
from townclerk.models.digits import has_digit
from townclerk.models.mentions import FigureMention, MatchKind, RoleCue
from townclerk.models.units import Polarity, Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words

# The most words of what is counted between a figure and the words that say it was not done.
_WORDS_BETWEEN = 10
_FEW_BETWEEN = 3
# "Assessments not yet overdue".
_DENIED = re.compile(r"\b(?:not|never|no|none)\s+(?:yet\s+|been\s+)?$", re.IGNORECASE)
# "Half of the children who are old enough do not come": what is said of them stands behind the cue.
_RELATIVE = frozenset({"who", "that", "whose"})
_JOINS = frozenset({"and", "but", "while", "whilst", "whereas", "which", "although"})


def undone(figure: FigureMention, sentence: Sentence) -> RoleCue | None:
    """The words right behind a share or a count that say it is of what was not done.

    So in "10 cases were not reviewed in time", "22 were late" and "the 40 children without a check"; not in "412
    referrals, which was not unexpected" or "88% did not meet the target".
    """
    if figure.unit not in {None, Unit.COUNT, Unit.PERCENT}:
        return None
    for cue in sentence.mentions.cues:
        if cue.cue == "negation" and cue.start >= figure.end:
            return cue if _is_of(figure, cue, sentence) else None
    return None


def _is_of(figure: FigureMention, cue: RoleCue, sentence: Sentence) -> bool:
    gap = sentence.between(figure.end, cue.start)
    if figure.bracketed:
        # "45 of 52 health assessments (86.5%) were late".
        gap = gap.removeprefix(")")
    words = words_in(gap)
    if (
        has_digit(gap)
        or set(gap) & set(",;:.()[]")
        or DASH.search(gap)
        or len(words) > _WORDS_BETWEEN
        or not _JOINS.isdisjoint(words)
    ):
        return False
    denies = "not" in cue.value.split()
    if denies and not role_words().predicates.isdisjoint(words) and not _RELATIVE & set(words):
        # "12% are in care and were not known" is for no rule to say; "10% are known not to be housed" is.
        return words[-1] in phrasing().knowing
    return role_words().not_undone.match(sentence.text, cue.start, sentence.end) is None


def without_the_done(
    found: list[Reading], figure: FigureMention, sentence: Sentence, catalogue: Catalogue
) -> list[Reading]:
    """The readings of a figure without those whose measure is of what was done, where the figure is of what was not.

    A measure may say "not" itself ("not in suitable accommodation"): its readings stay.
    """
    cues = [cue for cue in sentence.mentions.cues if cue.cue == "negation"]
    if not cues:
        return found
    cues = [cue for cue in cues if not _DENIED.search(sentence.text, sentence.start, cue.start)]
    failed = undone(figure, sentence)
    if failed is not None:
        return [r for r in found if _covers(r, failed, sentence) and not _is_of_the_done(r, failed, catalogue)]
    # "Assessments not completed in 45 days fell to 9%"; those that "had not passed 45 days" were in time.
    cues = [cue for cue in cues if not role_words().not_undone.match(sentence.text, cue.start, sentence.end)]
    left = [cue for cue in cues if "outstanding" in cue.value.split()]
    return [
        r
        for r in found
        if not any(_follows(r, cue, figure, sentence) and not _is_lower(r, catalogue) for cue in left)
        if r.mention.end > figure.start
        or not any(_is_of_the_done(r, cue, catalogue) and _covers(r, cue, sentence) for cue in cues)
    ]


def _covers(reading: Reading, cue: RoleCue, sentence: Sentence) -> bool:
    mention = reading.mention
    return reading.where is sentence.where and mention.start <= cue.start and cue.end <= mention.end


def _follows(reading: Reading, cue: RoleCue, figure: FigureMention, sentence: Sentence) -> bool:
    """True for the reviews of "annual reviews: the number outstanding fell from 62% to 36%"."""
    end = reading.mention.end
    if reading.where is not sentence.where or not end <= cue.start < cue.end <= figure.start:
        return False
    gap = sentence.between(end, cue.start)
    return "outstanding" in cue.value.split() and not has_digit(gap) and len(words_in(gap)) <= _FEW_BETWEEN


def _is_of_the_done(reading: Reading, cue: RoleCue, catalogue: Catalogue) -> bool:
    """True but for a measure of which less is better, and for a name that a pack spells out with the cue's own word."""
    if _is_lower(reading, catalogue):
        return False
    spelt = reading.match.kind is MatchKind.EXACT and cue.value.split()[-1] in reading.match.phrase.lower().split()
    return not spelt


def _is_lower(reading: Reading, catalogue: Catalogue) -> bool:
    return catalogue.indicators[reading.match.indicator_id].polarity is Polarity.LOWER
