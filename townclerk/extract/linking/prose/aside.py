"""Figures that are no level of the measure: parts of names, of a group or a sample, and what is not so."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.cues import inside_indicator, nearest_cues
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.models.document import BlockKind
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Unit
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words

# "Between 2 and 5 years after the first", with no other figure on the way to it.
_SPAN = re.compile(
    r"[^\d.;:()]{0,90}?\b(?P<span>between\s+(?:\d+|\w+)\s+and\s+(?:\d+|\w+)\s+(?:years?|months?|weeks?))"
    r"\s+(?:after|of|from|before|since|following|later|apart|on|old)\b",
    re.IGNORECASE,
)
# "Of the last 10 children to enter care", "none of the 11": of some that were picked out.
_SOME_OF = re.compile(
    r"\b(?:the\s+(?:last|latest|first|next)|(?:none|most|some|many|few)\s+of\s+(?:the|these|those|our|its))\s+$",
    re.IGNORECASE,
)
# Between an amount and the bracket behind it: "£2.3 million (".
_BRACKET = re.compile(r"\s?(?:m|k|bn|million|thousand|billion)?\s*\(\s*", re.IGNORECASE)
# "Below the 550 mark": a round number that was passed.
_MARK = re.compile(r"\s+mark\b", re.IGNORECASE)
# "Restated as 33.3%, not 32.5%".
_NOT_SO = re.compile(r"[,;(]\s*(?:and\s+)?not\s+(?:the\s+)?$", re.IGNORECASE)
# A line's number before a name that begins with its unit.
_NUMBER = re.compile(r"\d{1,2}\s%")
# How many characters around a figure tell of a sample, or begin a measure's name.
_NEAR = 25


def why_aside(figure: FigureMention, sentence: Sentence) -> str:
    """Why a figure is nobody's level; empty where it may be one."""
    if _hidden(figure, sentence) or _MARK.match(sentence.text, figure.end):
        return "part of a name"
    if _of_a_part(figure, sentence) or _hypothetical(figure, sentence) or _of_a_sample(figure, sentence):
        return "said of a part, or of what is not so"
    if _foreseen(figure, sentence):
        return "only foreseen"
    return "a share of money" if _of_money(figure, sentence) else ""


def _of_money(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the share in brackets behind an amount: "an overspend of £2.3m (9.3%)"."""
    if not figure.bracketed or figure.unit is not Unit.PERCENT:
        return False
    before = [one for one in sentence.mentions.figures if one.end <= figure.start]
    amount = bool(before) and before[-1].unit is Unit.CURRENCY
    return amount and _BRACKET.fullmatch(sentence.between(before[-1].end, figure.start)) is not None


def _foreseen(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the 420 of "is forecast to rise from 402 to 420" and for "a rise to 420 is expected"."""
    words = role_words().foreseen
    if words.needs.search(sentence.between(sentence.start, sentence.end).lower()) is None:
        return False
    lead = sentence.between(sentence.start, figure.start)
    if role_words().aiming.search(lead):
        return False
    if words.before.search(lead) or words.noun.search(lead):
        return not _target_near(figure, sentence)
    return bool(words.movement.search(lead) and words.behind.match(sentence.text, figure.end, sentence.end))


def _of_a_part(figure: FigureMention, sentence: Sentence) -> bool:
    """True for a figure said of a team, a district or a sex (convention C9): the name stands right beside it."""
    if phrasing().of_an_age.match(sentence.text, figure.end) and not _named_behind(figure, sentence):
        return True
    if _spans_between(figure, sentence):
        return True
    for cue in sentence.mentions.cues:
        if cue.cue != "subgroup" or inside_indicator(cue, sentence):
            continue
        if cue.end <= figure.start:
            gap = sentence.between(cue.end, figure.start).strip(" :-–")
            if not gap or gap in phrasing().had:
                return True
        if cue.start >= figure.end and not words_in(sentence.between(figure.end, cue.start)):
            return not _marks(sentence.between(figure.end, cue.start))
    return False


def _spans_between(figure: FigureMention, sentence: Sentence) -> bool:
    """True for "67% had a repeat plan between two and five years after the first": one step of a breakdown."""
    if figure.unit not in {None, Unit.COUNT, Unit.PERCENT} or "between" not in sentence.between(
        figure.end, sentence.end
    ):
        return False
    span = _SPAN.match(sentence.text, figure.end, sentence.end)
    if span is None:
        return False
    place = span.start("span")
    return not any(m.start <= place < m.end and m.matches for m in sentence.mentions.indicators)


def _named_behind(figure: FigureMention, sentence: Sentence) -> bool:
    """True where a measure's name begins right behind a figure, and may hold the ages it is about."""
    return any(0 <= mention.start - figure.end <= _NEAR for mention in sentence.mentions.indicators)


def _of_a_sample(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the cases that somebody looked at, and for "both": neither is a level of the service."""
    if figure.form is FigureForm.ALL and figure.numerator == 2:
        return True
    if phrasing().sampled.match(sentence.text, figure.end, sentence.end):
        return True
    if figure.unit in {None, Unit.COUNT} and _SOME_OF.search(sentence.between(sentence.start, figure.start)[-_NEAR:]):
        return True
    return any(
        cue.cue == "sample" and -len(figure.noun) - 2 <= cue.start - figure.end <= 2 for cue in sentence.mentions.cues
    )


def _marks(text: str) -> bool:
    return any(mark in text for mark in ",;:.()")


def _hypothetical(figure: FigureMention, sentence: Sentence) -> bool:
    """True for a figure of a clause that says what would be, or what a rule asks."""
    start, end = sentence.clause_at(figure.start)
    return any(c.cue == "hypothetical" and start <= c.start < end for c in sentence.mentions.cues)


def _hidden(figure: FigureMention, sentence: Sentence) -> bool:
    """True where a figure is a limit inside an indicator's name ("within 45 working days")."""
    if "threshold_like" in figure.flags:
        return True
    if figure.bracketed and figure.unit in {Unit.DAYS, Unit.WEEKS} and sentence.is_in_name(figure):
        return True
    if "reference_like" in figure.flags and figure.unit is None:
        return True
    if sentence.where.block.kind is BlockKind.HEADING and "row_number_like" in figure.flags:
        return True
    if any(c.cue in {"rank", "quartile"} and c.start <= figure.start < c.end for c in sentence.mentions.cues):
        return True
    if any(p.start <= figure.start and figure.end <= p.end for p in sentence.mentions.periods):
        return True
    if "bare_word" in figure.flags and figure.value == 1 and not figure.noun:
        return True
    if figure.form is FigureForm.RANGE or _numbers_a_name(figure, sentence) or _is_denied(figure, sentence):
        return True
    return bool(figure.bound) and not _target_near(figure, sentence)


def _is_denied(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the 32.5% of "restated as 33.3%, not 32.5%"."""
    return _NOT_SO.search(sentence.between(max(sentence.start, figure.start - _NEAR), figure.start)) is not None


def _numbers_a_name(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the 6 of "6 % of core groups held on time", a line that is a name behind its number."""
    if figure.start != sentence.start or not _NUMBER.fullmatch(figure.text):
        return False
    said = set(words_in(sentence.between(figure.end, sentence.end)))
    return sentence.text[sentence.end - 1] not in ".;!?" and role_words().predicates.isdisjoint(said)


def _target_near(figure: FigureMention, sentence: Sentence) -> bool:
    return any(cue.cue == "target" for cue in nearest_cues(figure, sentence))
