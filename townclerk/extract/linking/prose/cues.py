"""The words of role that stand before a figure, and which of them are said of it."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.models.digits import has_digit
from townclerk.models.mentions import (
    FigureMention,
    PeriodMention,
    RoleCue,
)
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words

_OF_MEASURE = re.compile(r"\s(?:for|of|on)\s", re.IGNORECASE)
_NOW_REACH = 24
# "Rose by 11% on quarter 1": what the change is measured from.
_ON_BASE = re.compile(r"(?:\d\s*%|\bper cent|\bpoints?)\s+(?:(?:up|down)\s+)?on\s+(?:the\s+)?$", re.IGNORECASE)
# "50% of current social workers".
_CLOSING = 60
_OF_CURRENT = re.compile(
    r"\s+(?:of\s+)?(?:our\s+|the\s+)?(?:current\s|(?:children|young\s+people|those)\s+(?:now|currently)\s)",
    re.IGNORECASE,
)
_AIM_REACH = 40
_AT_AIM = re.compile(
    r"\b(?:above|below|over|under|within|on|at|exceeding|meeting|met|meets)\s+(?:the\s+|our\s+)?$", re.IGNORECASE
)
# Cues that a time's own words may be: "the end of October".
_OF_TIMES = frozenset({"by", "out_of"})
_DASHED = re.compile(r"\s*[–—-]\s")


def is_now(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the newest level of "a year earlier it was 19%; it is now 21%", not for one "now confirmed at 21%"."""
    if _OF_CURRENT.match(sentence.text, figure.end):
        return True
    if phrasing().closing_number.search(sentence.text, max(sentence.start, figure.start - _CLOSING), figure.start):
        return True
    return bool(role_words().now_words & _words_before(figure, sentence)) and not is_put_right(figure, sentence)


def is_put_right(figure: FigureMention, sentence: Sentence) -> bool:
    """True for "now confirmed at 21%": the figure replaces an earlier one and has its time."""
    before = _words_before(figure, sentence)
    return bool(role_words().now_words & before) and bool(role_words().put_right & before)


def has_moved_on(one: FigureMention, other: FigureMention, sentence: Sentence) -> bool:
    """True for the second level of "peaked at 251 in June before falling to 229": it is of a later time."""
    gap = sentence.between(one.end, other.start)
    named = any(one.end <= mention.start and mention.end <= other.start for mention in sentence.mentions.indicators)
    words = words_in(gap)
    return not named and ";" not in gap and words[-1:] == ["to"] and not role_words().movements.isdisjoint(words)


def _words_before(figure: FigureMention, sentence: Sentence) -> set[str]:
    """The three words before a figure."""
    lead = sentence.between(max(sentence.start, figure.start - _NOW_REACH), figure.start)
    return set() if has_digit(lead[-4:]) else set(words_in(lead.rpartition("%")[2])[-3:])


def nearest_cues(figure: FigureMention, sentence: Sentence) -> list[RoleCue]:
    """The cues that stand right before a figure, nearest first, with nothing but gap words between."""
    gaps = role_words().gap_words
    found: list[RoleCue] = []
    reach = figure.start
    for cue in sorted((c for c in sentence.mentions.cues if c.end <= figure.start), key=lambda c: (-c.end, c.start)):
        if cue.cue in {"rank", "quartile", "subgroup", "approximate"} or inside_indicator(cue, sentence):
            continue
        if cue.cue in _OF_TIMES and any(p.start <= cue.start and cue.end <= p.end for p in sentence.mentions.periods):
            continue
        if cue.cue != "target" and any(
            cue.start < p.end <= figure.start and begins_anew(p, figure.start, sentence)
            for p in sentence.mentions.periods
        ):
            continue
        between = _between(cue, reach, sentence)
        if (
            cue.cue == "target"
            and between.lstrip().startswith(":")
            and _AT_AIM.search(sentence.text, max(0, cue.start - _AIM_REACH), cue.start)
        ):
            # "Each month above target: October 90%".
            break
        apart = any(mark in between for mark in ";).") or not set(words_in(between)) <= gaps or has_digit(between)
        dated = _takes_time(cue, sentence) and _period_between(cue.end, reach, sentence)
        if (apart and not dated) or ("(" in between and (_spoken_for(cue, sentence) or _placed(reach, cue, sentence))):
            break
        found.append(cue)
        reach = min(reach, cue.start)
    return found


def _spoken_for(cue: RoleCue, sentence: Sentence) -> bool:
    """True for the word of "18% target", which settles the figure before it."""
    return cue.cue == "target" and any(
        figure.end <= cue.start and not sentence.between(figure.end, cue.start).strip()
        for figure in sentence.mentions.figures
    )


def _placed(start: int, cue: RoleCue, sentence: Sentence) -> bool:
    """True where a place stands between a cue and a bracket's figure: "met the standard (national 82%)"."""
    return any(cue.end <= area.start and area.end <= start for area in sentence.mentions.areas)


def _between(cue: RoleCue, reach: int, sentence: Sentence) -> str:
    """What stands between a cue and a figure; the measure's name in "target for repeat referrals is" does not count."""
    between = sentence.between(cue.end, reach) if cue.end <= reach else ""
    if cue.cue == "target" and _OF_MEASURE.match(between):
        for mention in sentence.mentions.indicators:
            if cue.end <= mention.start and mention.end <= reach:
                return sentence.between(cue.end, mention.start)[4:] + sentence.between(mention.end, reach)
    return between


def _takes_time(cue: RoleCue, sentence: Sentence) -> bool:
    """True where a cue's words may be parted from their figure by a time: "lower than the quarter 1 figure of"."""
    names = {other.cue for other in sentence.mentions.cues if (other.start, other.end) == (cue.start, cue.end)}
    return bool(names & {"target", "excluded", "from"})


def _period_between(start: int, end: int, sentence: Sentence) -> bool:
    """True where nothing but a time and gap words stand between: "target for 2021/22 is", "against a September"."""
    for period in sentence.mentions.periods:
        if start <= period.start and period.end <= end:
            rest = sentence.between(start, period.start) + " " + sentence.between(period.end, end)
            if sentence.text[period.start - 1] == "(" and sentence.text[period.end : period.end + 1] == ")":
                rest = rest.replace("(", " ", 1).replace(")", " ", 1)
            return set(words_in(rest)) <= role_words().gap_words and not has_digit(rest) and not set(";).,") & set(rest)
    return False


def begins_anew(period: PeriodMention, start: int, sentence: Sentence) -> bool:
    """True where a time is what a level is compared with, and the figure behind it is the level.

    So "similar to the previous year at 9.3%", "better than last year - 80.2%", "lower than in June and 82% had ...".
    """
    gap = sentence.between(period.end, start)
    first = words_in(gap)[:1]
    if has_digit(gap):
        return False
    if first == ["at"]:
        return alike(period, sentence)
    return (first == ["and"] or bool(_DASHED.match(gap))) and compared(period, sentence)


def compared(period: PeriodMention, sentence: Sentence) -> bool:
    """True where "from", "since", "than", "similar to" right before a time make it the base of a comparison."""
    if changed_on(period, sentence):
        return True
    if alike(period, sentence):
        return True
    if phrasing().compared_level.search(sentence.text[max(sentence.start, period.start - 48) : period.start]):
        return True
    lead = words_in(sentence.text[max(sentence.start, period.start - 16) : period.start])
    return bool(set(lead[-2:]) & {"from", "than", "since", "compared", "against", "comparison"})


def changed_on(period: PeriodMention, sentence: Sentence) -> bool:
    """True for the time of "rose by 11% on quarter 1", from which the change is measured."""
    return _ON_BASE.search(sentence.text[max(sentence.start, period.start - 24) : period.start]) is not None


def alike(period: PeriodMention, sentence: Sentence) -> bool:
    """True for a time that a level is said to be like: "similar to the previous year at 9.3%"."""
    return any(
        cue.cue == "alike"
        and cue.end <= period.start
        and not words_in(sentence.between(cue.end, period.start).replace("the", ""))
        for cue in sentence.mentions.cues
    )


def inside_indicator(cue: RoleCue, sentence: Sentence) -> bool:
    """True where a cue's word is part of an indicator's name ("first time entrants reduction").

    A name that reaches over a figure holds words of the sentence, too.
    """
    if cue.cue in {"by", "out_of", "becomes"}:
        return False
    figures = sentence.mentions.figures
    return any(
        mention.start <= cue.start
        and cue.end <= mention.end
        and not any(mention.start < figure.start and figure.end < mention.end for figure in figures)
        for mention in sentence.mentions.indicators
    )
