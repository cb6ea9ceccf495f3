"""Times and values told as lists: "89%, 87% and 88% in 2019, 2020 and 2021", "Q1 56%, Q4 57%"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from townclerk.extract.linking.prose.dating import Dating
from townclerk.extract.linking.prose.headed import is_headed
from townclerk.extract.linking.prose.playing import Part
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.mentions import PeriodMention

_FEWEST_HEADED = 2
_AND = re.compile(r"\s*(?:\band\b|&)\s*", re.IGNORECASE)


def in_order(dating: Dating) -> None:
    """Where "respectively" stands and there are as many times before the values as values, both follow one order."""
    parts, periods = dating.parts, dating.periods
    cue = next((c for c in dating.sentence.mentions.cues if c.cue == "respectively"), None)
    if cue is None:
        _pair_lists(dating)
        return
    values = [i for i, p in enumerate(parts) if p.part is Part.VALUE and p.figure.end <= cue.start]
    if len(values) < 2:
        return
    first = parts[values[0]].figure.start
    for group in (
        [p for p in periods if p.end <= first],
        [p for p in periods if parts[values[-1]].figure.end <= p.start],
    ):
        told = _as_many(group, len(values))
        if told:
            dating.give_each(dict(zip(values, told, strict=True)))
            return


def _pair_lists(dating: Dating) -> None:
    """Pair a list of values with the list of as many times behind it: "89%, 87% and 88% in 2019, 2020 and 2021"."""
    parts, periods, sentence = dating.parts, dating.periods, dating.sentence
    values = [i for i, p in enumerate(parts) if p.part is Part.VALUE]
    last = max((i for i in values if any(p.start >= parts[i].figure.end for p in periods)), default=None)
    if last is None:
        return
    run = [last]
    while run[0] - 1 in values and only_joined(parts[run[0] - 1].figure.end, parts[run[0]].figure.start, sentence):
        run.insert(0, run[0] - 1)
    behind = [p for p in periods if p.start >= parts[last].figure.end]
    told = _as_many(behind[: len(run)], len(run)) or _as_many(behind[: len(run) - 1], len(run))
    joined = all(only_joined(one.end, other.start, sentence) for one, other in pairwise(told))
    if len(run) > 1 and told and joined:
        dating.give_each(dict(zip(run, told, strict=True)))


def _as_many(times: list[PeriodMention], count: int) -> list[PeriodMention]:
    """So many times; "Q2 and Q3" are two where there are as many values; nothing where there are more or fewer."""
    if len(times) == count:
        return times
    apart = [one for time in times for one in _apart(time)]
    return apart if len(apart) == count else []


def _apart(time: PeriodMention) -> list[PeriodMention]:
    """The two quarters of "Q2 and Q3 2022/23"."""
    joined = _AND.search(time.text) if time.expression.form == "quarter_range" else None
    if joined is None:
        return [time]
    first, last = find_periods(time.text[: joined.start()]), find_periods(time.text[joined.end() :])
    if len(first) != 1 or len(last) != 1 or {first[0].expression.form, last[0].expression.form} != {"quarter"}:
        return [time]
    year = first[0].expression.year or last[0].expression.year
    one = replace(first[0].expression, year=year)
    start = time.start + joined.end() + last[0].start
    return [
        replace(first[0], start=time.start, end=time.start + joined.start(), expression=one),
        replace(last[0], start=start, end=time.end),
    ]


def alternating(dating: Dating) -> None:
    """Pair each value of a run with the time that heads it: "Earlier: Q1 56%, Q4 57%, Q3 55%"."""
    parts, sentence = dating.parts, dating.sentence
    headed: dict[int, PeriodMention] = {}
    for index, playing in enumerate(parts):
        if playing.part is not Part.VALUE or index in dating.stated:
            continue
        before = [p for p in dating.periods if p.end <= playing.figure.start]
        gap = sentence.between(before[-1].end, playing.figure.start) if before else ")"
        if ")" not in gap and not words_in(gap):
            headed[index] = before[-1]
    if len({time.start for time in headed.values()}) < len(headed) or not headed:
        return
    first = headed[min(headed)]
    earlier = [p for p in parts if p.figure.end <= first.start and p.part is Part.VALUE]
    if earlier and not is_headed(sentence):
        return
    if not earlier and len(headed) < _FEWEST_HEADED:
        return
    dating.give_each(headed)


def between_times(dating: Dating) -> None:
    """Give the old and the new level of a movement its two times: "rose from 61 to 88 between 2018/19 and 2019/20"."""
    parts, sentence = dating.parts, dating.sentence
    for one, other in pairwise(dating.periods):
        if sentence.between(one.end, other.start).strip() != "and" or {one.start, other.start} & dating.taken:
            continue
        if words_in(sentence.between(sentence.start, one.start))[-1:] != ["between"]:
            continue
        for index in range(1, len(parts)):
            moved = parts[index - 1].part is Part.PREVIOUS and parts[index].part is Part.VALUE
            if moved and not {index - 1, index} & dating.stated.keys():
                dating.give_each({index - 1: one, index: other})
                break


def only_joined(start: int, end: int, sentence: Sentence) -> bool:
    """True where nothing but a comma or "and" stands between two members of a list."""
    return sentence.between(start, end).strip() in {",", "and", ", and", "&"}
