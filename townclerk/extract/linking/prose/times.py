"""Which time each figure of a sentence belongs to."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from townclerk.extract.linking.prose.cues import (
    begins_anew,
    changed_on,
    compared,
    has_moved_on,
    is_now,
    is_put_right,
)
from townclerk.extract.linking.prose.datable import PAST, datable
from townclerk.extract.linking.prose.dating import Dating
from townclerk.extract.linking.prose.headed import is_headed
from townclerk.extract.linking.prose.listed import alternating, between_times, in_order, only_joined
from townclerk.extract.linking.prose.playing import ASIDE, Part, Playing
from townclerk.extract.linking.prose.sentence import CAPITALISED, Sentence, words_in
from townclerk.extract.linking.prose.trailing import behind_from, is_lead, since, statealike, trailing
from townclerk.extract.linking.scene import Scene
from townclerk.models.digits import has_digit
from townclerk.models.mentions import PeriodMention
from townclerk.patterns.roles import role_words

# The report's own time, which an old level is never of.
_OURS = frozenset({"this_quarter", "this_year", "this_month", "this_period"})
_ASIDE = re.compile(r"\s*\([^()]*\)")
_ONE_SPACE = 1
# No more words than these part two places of one chain.
_CHAIN = 8
# Behind a time: what goes on tells of that time ("since the end of March, when there were 683").
_POSSESSIVE = frozenset({"'s", "’s"})
_THEN = (["when"], ["where"])


def times(parts: list[Playing], sentence: Sentence, scene: Scene) -> dict[int, PeriodMention]:
    """The time stated for each figure, by the figure's place in `parts`; figures without one are left out.

    A time right behind a figure is its own ("14.2% in June"); one right before it too ("the quarter 1 figure of
    8.1%"); a time that leads the sentence holds for every value that has none of its own, until another replaces it.
    """
    usable = datable(sentence, scene)
    dating = Dating(parts, usable, sentence)
    stated, taken = dating.stated, dating.taken
    _open_brackets(dating)
    in_order(dating)
    alternating(dating)
    between_times(dating)
    for index, playing in enumerate(parts):
        if playing.part in ASIDE or playing.part is Part.CHANGE or index in stated:
            continue
        period = behind_from(playing, usable, sentence) or trailing(index, parts, usable, sentence)
        if period is not None and playing.part is Part.PREVIOUS and period.expression.form in _OURS:
            # "Fell from 212 in the quarter to 188": the time in which it fell.
            continue
        if period is not None and period.start not in taken:
            dating.give(index, period)
    for index, playing in enumerate(parts):
        if index in stated or playing.part in ASIDE or playing.part is Part.CHANGE:
            continue
        period = _right_before(playing, usable, sentence)
        if period is not None and (period.start not in taken or _goes_on_then(period, playing, sentence)):
            dating.give(index, period)
    _date_brackets(parts, sentence, stated, scene)
    _share_backwards(parts, sentence, stated)
    _lead(dating)
    _share_backwards(parts, sentence, stated)
    _share_elsewhere(parts, sentence, stated)
    _say_again(parts, sentence, stated)
    _join_brackets(parts, sentence, stated)
    _since_then(parts, usable, sentence, stated)
    _one_time(parts, stated, sentence)
    _one_aim(parts, stated)
    return stated


def _one_aim(parts: list[Playing], stated: dict[int, PeriodMention]) -> None:
    """What one sentence aims at has one time: "to bring vacancies down to 12% by September and agency to 10%"."""
    for index in range(1, len(parts)):
        one, other = parts[index - 1], parts[index]
        aims = one.part is other.part is Part.TARGET and one.why == other.why and role_words().aiming.search(one.why)
        if aims and index not in stated and index - 1 in stated:
            stated[index] = stated[index - 1]


def go_on(
    parts: list[Playing], stated: dict[int, PeriodMention], lead: PeriodMention | None, sentence: Sentence
) -> PeriodMention | None:
    """Give the undated values of a statement the time of the one it is strung to.

    Returns:
        The one time that its values share; None where they have several or none.
    """
    own = [i for i, p in enumerate(parts) if p.part is Part.VALUE and not p.figure.bracketed and not p.of_elsewhere]
    if lead is not None and not any(i in stated for i in own):
        stated.update(dict.fromkeys((i for i in own if not is_now(parts[i].figure, sentence)), lead))
    told = {stated[i].start: stated[i] for i in own if i in stated}
    return next(iter(told.values())) if len(told) == 1 else None


def _open_brackets(dating: Dating) -> None:
    """Give a figure the time that opens its bracket, whatever follows: "(2018/19: 39%) and in quarter 4 58%"."""
    sentence = dating.sentence
    for index, playing in enumerate(dating.parts):
        if playing.part in ASIDE or playing.part is Part.CHANGE:
            continue
        for period in dating.periods:
            led = sentence.between(period.end, playing.figure.start).strip() == ":"
            if led and sentence.text[sentence.start : period.start].rstrip().endswith("("):
                dating.give(index, period)


def _join_brackets(parts: list[Playing], sentence: Sentence, stated: dict[int, PeriodMention]) -> None:
    """Give the second figure of "worse than in 2021/22 (8.8% and 68%)" the first one's time."""
    for index in range(1, len(parts)):
        one, other = parts[index - 1], parts[index]
        both = one.figure.bracketed and other.figure.bracketed and one.part is other.part
        if (
            both
            and index not in stated
            and index - 1 in stated
            and only_joined(one.figure.end, other.figure.start, sentence)
        ):
            stated[index] = stated[index - 1]


def _say_again(parts: list[Playing], sentence: Sentence, stated: dict[int, PeriodMention]) -> None:
    """Give a value told in other terms the time of the one before it: "71 in 2020/21, a rate of 244"."""
    for index, playing in enumerate(parts):
        before = next((i for i in range(index - 1, -1, -1) if not parts[i].figure.bracketed), None)
        if before is None or index in stated or (time := stated.get(before)) is None:
            continue
        levels = parts[before].part is playing.part is Part.VALUE and not playing.of_elsewhere
        if levels and time.start >= parts[before].figure.end:
            gap = _ASIDE.sub("", sentence.between(time.end, playing.figure.start))
            if words_in(gap) and role_words().say_again.fullmatch(gap):
                stated[index] = time


def _date_brackets(parts: list[Playing], sentence: Sentence, stated: dict[int, PeriodMention], scene: Scene) -> None:
    """Give a lone figure in brackets behind a value of its unit the time that the paper's note gives all of them."""
    if scene.bracket_time is None:
        return
    for index, (one, other) in enumerate(pairwise(parts), start=1):
        alone = sentence.text[other.figure.end : other.figure.end + 1] == ")"
        gap = sentence.between(one.figure.end, other.figure.start).strip()
        levels = one.part is other.part is Part.VALUE and one.figure.unit == other.figure.unit
        if levels and alone and gap == "(" and index not in stated:
            place = other.figure.start
            stated[index] = replace(scene.bracket_time, start=place, end=place)


def _since_then(
    parts: list[Playing], periods: list[PeriodMention], sentence: Sentence, stated: dict[int, PeriodMention]
) -> None:
    """Give the one old value the time that it is compared with: "Since Q1 it has dropped from 23% to 21%"."""
    old = [index for index, playing in enumerate(parts) if playing.part is Part.PREVIOUS and index not in stated]
    since = [period for period in periods if compared(period, sentence) and period.end <= parts[0].figure.start]
    if len(old) == 1 and len(since) == 1:
        stated[old[0]] = since[0]


def _one_time(parts: list[Playing], stated: dict[int, PeriodMention], sentence: Sentence) -> None:
    """Values that all but the undated share one time with share it too: "rose to 81 in September; visits to 80%"."""
    own = [i for i, p in enumerate(parts) if p.part is Part.VALUE and not p.figure.bracketed and not p.of_elsewhere]
    told = {stated[i].start for i in own if i in stated}
    if len(told) == 1:
        first = min(i for i in own if i in stated)
        rest = [
            i
            for i in own
            if i not in stated
            and i > first
            and not is_now(parts[i].figure, sentence)
            and not has_moved_on(parts[i - 1].figure, parts[i].figure, sentence)
        ]
        stated.update(dict.fromkeys(rest, stated[first]))


def _right_before(playing: Playing, periods: list[PeriodMention], sentence: Sentence) -> PeriodMention | None:
    """The time that stands right before a figure: "quarter 1 (80.6%)", "quarter 1 when the figure was 50"."""
    gaps = role_words().dated_by
    for period in reversed(periods):
        if period.end > playing.figure.start:
            continue
        gap = sentence.between(period.end, playing.figure.start)
        words = set(words_in(gap))
        if _is_of_its_place(period, playing, sentence):
            # "The 2019/20 national average (42.8)", "in 2019/20 the average for England was 42.8".
            words = set(words_in(sentence.without(period.end, playing.figure.start, sentence.mentions.areas)))
            words -= role_words().level_nouns
        if has_digit(gap) or not words <= gaps or set(";.") & set(gap):
            return None
        told_of_then = gap.strip() == "(" or words_in(gap)[:1] in _THEN
        if gap.strip() in _POSSESSIVE:
            return period
        if (since(period, sentence) and not told_of_then) or begins_anew(period, playing.figure.start, sentence):
            return None
        if changed_on(period, sentence) and gap.strip() != "(":
            return None
        return period
    return None


def _goes_on_then(period: PeriodMention, playing: Playing, sentence: Sentence) -> bool:
    """True for the second figure of "compared with 55 this time last year when performance was 13.7%"."""
    return words_in(sentence.between(period.end, playing.figure.start))[:1] in _THEN


def _is_of_its_place(period: PeriodMention, playing: Playing, sentence: Sentence) -> bool:
    """True for a time right before a figure's place; a bare year may be any kind of year there."""
    if not playing.of_elsewhere or playing.area is None or period.expression.form == "year":
        return False
    gap = sentence.between(period.end, playing.area.start)
    known = set(words_in(gap)) - role_words().level_nouns <= role_words().dated_by
    return period.end < playing.area.start and "(" not in gap and known


def _lead(dating: Dating) -> None:
    """Give values without a time the last time that stands before them and is nobody else's.

    What leads a sentence that tells of other places alone is their time: "In 2014/15 neighbours averaged 82.6%".
    """
    parts, sentence = dating.parts, dating.sentence
    elsewhere = all(playing.of_elsewhere for playing in parts)
    for index, playing in enumerate(parts):
        if index in dating.stated or playing.part is not Part.VALUE or is_now(playing.figure, sentence):
            continue
        leading = [
            p for p in dating.periods if p.end <= playing.figure.start and not _is_set_aside(p, playing, sentence)
        ]
        if not leading:
            continue
        period = leading[-1]
        apart = ";" in sentence.between(period.end, playing.figure.start) and not is_put_right(playing.figure, sentence)
        if apart and not is_lead(period, sentence):
            continue
        if period.start in dating.taken and not is_lead(period, sentence):
            period = next((p for p in reversed(leading) if is_lead(p, sentence)), period)
            if not is_lead(period, sentence):
                continue
        shared = elsewhere and is_lead(period, sentence)
        if playing.of_elsewhere and not (
            shared or sentence.between(period.end, playing.figure.start).lstrip().startswith(":")
        ):
            continue
        if compared(period, sentence):
            continue
        dating.stated[index] = period


def _is_set_aside(period: PeriodMention, playing: Playing, sentence: Sentence) -> bool:
    """True for the time of a bracket closed before a figure: "151 (2009: 118), a rate of 31"."""
    opened = sentence.text.rfind("(", sentence.start, period.start)
    closed = sentence.text.find(")", period.end, playing.figure.start)
    return opened >= 0 and closed >= 0 and ")" not in sentence.between(opened, period.start)


def _share_backwards(parts: list[Playing], sentence: Sentence, stated: dict[int, PeriodMention]) -> None:
    """In "79% and 96% in September" or "12.4% and 10.9% a year earlier" the time behind the pair is said of both."""
    for index in range(len(parts) - 2, -1, -1):
        following = parts[index + 1]
        if index in stated or index + 1 not in stated or not statealike(parts[index], following):
            continue
        if parts[index].of_elsewhere and parts[index].part is Part.PREVIOUS and following.part is Part.VALUE:
            # "England rose from 66 to 70 in March": what it rose from is older.
            continue
        time = stated[index + 1]
        gap = sentence.between(parts[index].figure.end, following.figure.start)
        listed = parts[index].of_elsewhere and following.of_elsewhere
        if (
            (listed or ";" not in gap)
            and time.start >= following.figure.end
            and _are_a_pair(parts[index], following, time, sentence)
        ):
            stated[index] = time
    for index, playing in enumerate(parts):
        if index in stated or playing.part is not Part.VALUE or not playing.figure.bracketed or playing.area:
            continue
        if index and index - 1 in stated and parts[index - 1].part is Part.VALUE:
            stated[index] = stated[index - 1]


def _share_elsewhere(parts: list[Playing], sentence: Sentence, stated: dict[int, PeriodMention]) -> None:
    """Give the next in a chain of other places their time: "England 24.8%, at 31 March 2016; neighbours 30.2%".

    A time that leads the chain is that of all in it: "the 2021/22 figures were 21% here, 20% in the region and 22%".
    """
    for index, (one, other) in enumerate(pairwise(parts)):
        if not (index in stated and index + 1 not in stated and other.of_elsewhere and statealike(one, other)):
            continue
        time = stated[index]
        led = time.end <= one.figure.start and _only_places(one, other, sentence)
        if led and is_headed(sentence) and parts[0].figure.end <= time.start:
            # "87.4% Sept 88.0% England 84%": the time heads one value in the midst of others.
            continue
        gap = sentence.between(max(one.figure.end, time.end), other.figure.start)
        # "11.3% in 2018/19, when England stood at 10%".
        then = time.start >= one.figure.end and words_in(gap)[:1] in _THEN
        placed = (one.of_elsewhere or led or then) and other.area is not None
        if placed and "." not in gap and len(words_in(gap)) <= _CHAIN:
            stated[index + 1] = time


def _only_places(one: Playing, other: Playing, sentence: Sentence) -> bool:
    """True where nothing but places and the words that lead them in parts two figures, each before its place."""
    if other.area is None or other.area.start < other.figure.end:
        return False
    gap = sentence.without(one.figure.end, other.figure.start, sentence.mentions.areas)
    return set(words_in(CAPITALISED.sub(" ", gap))) <= role_words().place_behind | {"and"}


def _are_a_pair(one: Playing, following: Playing, time: PeriodMention, sentence: Sentence) -> bool:
    """True where a time behind the second figure is said of the first as well.

    So it is for two figures joined by "and", for a chain of comparators, and for a number with its rate in brackets
    where the time stands behind the bracket.
    """
    names = sentence.plain_words(one.figure.end, following.figure.start)
    if "," in sentence.between(one.figure.end, following.figure.start) and time.expression.form in PAST:
        return False
    if names and set(names) <= role_words().people_joins and set(following.figure.noun.split()) & role_words().people:
        # "214 missing episodes involving 71 children between July and September".
        return True
    if names == ["and"] or (one.of_elsewhere and following.of_elsewhere and len(names) <= _CHAIN):
        return True
    closed = ")" in sentence.between(following.figure.end, time.start)
    return closed and set(names) <= role_words().people and following.figure.bracketed and not one.figure.bracketed
