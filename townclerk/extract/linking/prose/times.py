"""Which time each figure of a sentence belongs to."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from townclerk.extract.linking.prose.cues import (
    begins_anew,
    changed_on,
    compared,
    inside_indicator,
    is_now,
    is_put_right,
)
from townclerk.extract.linking.prose.listed import alternating, in_order, only_joined
from townclerk.extract.linking.prose.playing import ASIDE, Part, Playing
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.linking.scene import Scene
from townclerk.models.digits import has_digit
from townclerk.models.mentions import PeriodMention, RoleCue
from townclerk.models.period import PeriodKind
from townclerk.patterns.roles import role_words

# "As" may be read as part of the time: "the same | as at the end of June".
_THE_SAME = re.compile(r"\b(?:the\s+same|similar|identical|equal)\s+$", re.IGNORECASE)
_AS_IN = re.compile(r",\s+(?:the same as\b|as\b(?!\s+(?:at|of)\b))", re.IGNORECASE)
# Behind "20%, and 22% a year earlier" such a time is the second figure's alone.
_PAST = frozenset(
    {
        "previous_quarter",
        "previous_month",
        "same_period_last_year",
        "same_quarter_last_year",
        "same_month_last_year",
        "same_point_last_year",
        "previous_period",
        "previous_year",
        "year_before",
    }
)
# The report's own time, which an old level is never of.
_OURS = frozenset({"this_quarter", "this_year", "this_month", "this_period"})
_BRACKETED = re.compile(r"\s\(\d[\d.,]*\s?(?:%|per\s?cent|\))", re.IGNORECASE)
_WHEN = re.compile(r"\s*,?\s*(?:where|when)\s", re.IGNORECASE)
# Behind a comma, more words than these before a time tell of something else that happened then.
_ASIDE_WORDS = 2
_ASIDE = re.compile(r"\s*\([^()]*\)")
_DASH = re.compile(r"\s[–—-]\s")
# No more words than these part the time behind a dash from the figure it dates.
_FEW_WORDS = 2
# Words that go on about the value told before.
_GOES_ON = frozenset({"this", "it", "these", "that"})
_WHOLE_YEAR = re.compile(r"\bfor the year (?:as a whole|overall)$", re.IGNORECASE)
_BLOCKERS = {"from", "target", "becomes"}


def times(parts: list[Playing], sentence: Sentence, scene: Scene) -> dict[int, PeriodMention]:
    """The time stated for each figure, by the figure's place in `parts`; figures without one are left out.

    A time right behind a figure is its own ("14.2% in June"); one right before it too ("the quarter 1 figure of
    8.1%"); a time that leads the sentence holds for every value that has none of its own, until another replaces it.
    """
    usable = [
        p
        for p in [_then(period, sentence) for period in sentence.mentions.periods]
        if _usable(p, sentence) and not _is_age(p, scene) and not _long_running(p, scene)
    ]
    usable = [_meant(_counted_on(period, usable[:place]), usable[:place]) for place, period in enumerate(usable)]
    stated: dict[int, PeriodMention] = {}
    taken: set[int] = set()
    in_order(parts, usable, sentence, stated, taken)
    alternating(parts, usable, sentence, stated, taken)
    for index, playing in enumerate(parts):
        if playing.part in ASIDE or playing.part is Part.CHANGE or index in stated:
            continue
        period = _trailing(index, parts, usable, sentence)
        if period is not None and playing.part is Part.PREVIOUS and period.expression.form in _OURS:
            # "Fell from 212 in the quarter to 188": the time in which it fell.
            continue
        if period is not None and period.start not in taken:
            stated[index] = period
            taken.add(period.start)
    for index, playing in enumerate(parts):
        if index in stated or playing.part in ASIDE or playing.part is Part.CHANGE:
            continue
        period = _right_before(playing, usable, sentence)
        if period is not None and period.start not in taken:
            stated[index] = period
            taken.add(period.start)
    _date_brackets(parts, sentence, stated, scene)
    _share_backwards(parts, sentence, stated)
    _lead(parts, usable, sentence, stated, taken)
    _share_backwards(parts, sentence, stated)
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


def go_on(parts: list[Playing], stated: dict[int, PeriodMention], lead: PeriodMention | None) -> PeriodMention | None:
    """Give the undated values of a statement the time of the one it is strung to.

    Returns:
        The one time that its values share; None where they have several or none.
    """
    own = [i for i, p in enumerate(parts) if p.part is Part.VALUE and not p.figure.bracketed and not p.of_elsewhere]
    if lead is not None and not any(i in stated for i in own):
        stated.update(dict.fromkeys(own, lead))
    told = {stated[i].start: stated[i] for i in own if i in stated}
    return next(iter(told.values())) if len(told) == 1 else None


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
        rest = [i for i in own if i not in stated and i > first and not is_now(parts[i].figure, sentence)]
        stated.update(dict.fromkeys(rest, stated[first]))


def _counted_on(period: PeriodMention, before: list[PeriodMention]) -> PeriodMention:
    """Count "the year before" from "last year", or "the year before that" from the year right before it."""
    if period.expression.form != "year_before" or not before:
        return period
    if any(p.expression.form == "previous_year" for p in before):
        return replace(period, expression=replace(period.expression, form="year_before_last", count=2))
    last = before[-1].expression
    if last.form == "financial_year" and last.year is not None and words_in(period.text)[-1:] == ["that"]:
        return replace(period, expression=replace(last, year=last.year - 1))
    return period


def _meant(period: PeriodMention, before: list[PeriodMention]) -> PeriodMention:
    """What a time means behind others.

    "This period" is the one that the sentence began with ("In 2020/21 21 left; 32 came in this period"), "the year as a
    whole" that of the quarter right before it.
    """
    years = [p.expression.year for p in before if p.expression.form in {"quarter", "financial_year"}]
    if years and years[-1] is not None and _WHOLE_YEAR.search(period.text):
        return replace(period, expression=replace(period.expression, form="financial_year", year=years[-1]))
    over = period.expression.form == "this_period" and period.text.lower().endswith("period")
    if over and len(before) == 1 and before[0].expression.form not in _PAST:
        return replace(period, expression=before[0].expression)
    return period


def _then(period: PeriodMention, sentence: Sentence) -> PeriodMention:
    """Take "since June 2016, when 96% were" and "the best since February (74%)" for that month."""
    told = _WHEN.match(sentence.text, period.end) or _BRACKETED.match(sentence.text, period.end)
    if period.expression.form != "since_month" or told is None:
        return period
    return replace(period, expression=replace(period.expression, form="month"))


def _usable(period: PeriodMention, sentence: Sentence) -> bool:
    """False for a time inside an indicator's definition ("in the last 12 months"), and for the ages of "16-17 NEET"."""
    if "maybe_range" in period.flags and any(
        m.start <= period.start and period.end <= m.end for m in sentence.mentions.indicators
    ):
        return False
    if "maybe_definition" not in period.flags:
        return True
    if any(m.start <= period.start and period.end <= m.end for m in sentence.mentions.indicators):
        return False
    near = any(
        f.end <= period.start and len(sentence.plain_words(f.end, period.start)) <= 3 for f in sentence.mentions.figures
    )
    return near or period.start - sentence.start <= 6


def _is_age(period: PeriodMention, scene: Scene) -> bool:
    """True for a lone "16-17" that would be a year long before the report: two ages, not a financial year."""
    report = scene.facts.period.value
    if "maybe_range" not in period.flags or report is None:
        return False
    resolved = scene.resolve(period)
    return resolved is None or report.end.year - resolved.end.year > 3


def _long_running(period: PeriodMention, scene: Scene) -> bool:
    """True for "since March 2018" where that is no running total of the report's year: something has been so since."""
    if period.expression.form != "since_month":
        return False
    resolved = scene.resolve(period)
    return resolved is not None and resolved.kind is not PeriodKind.YEAR_TO_DATE


def _trailing(
    index: int, parts: list[Playing], periods: list[PeriodMention], sentence: Sentence
) -> PeriodMention | None:
    """The time that follows a figure before another level is named."""
    playing = parts[index]
    following = [p for p in parts[index + 1 :] if p.part not in ASIDE and not _change_aside(p)]
    limit = following[0].figure.start if following else sentence.end
    for period in periods:
        if period.start < playing.figure.end or period.start >= limit:
            continue
        gap = sentence.between(playing.figure.end, period.start)
        if ";" in gap or any(
            c.cue in _BLOCKERS and not _only_says_when(c, sentence) and not _in_name_behind(c, playing, sentence)
            for c in sentence.mentions.cues
            if playing.figure.end <= c.start < period.start
        ):
            return None
        tail = sentence.between(period.end, limit)
        close = len(words_in(gap)) <= 3 and "," not in gap
        if following and "," in gap and not tail.strip():
            return None
        if following and not close and _belongs_to_next(tail, following[0], period, sentence):
            return None
        if following and (tail.strip() == ":" or (gap.rstrip().endswith("(") and ")" not in tail)):
            return None
        if following and (
            _opens_next(gap, tail, following[0]) or _came_to(gap, tail, periods, playing, following[0], sentence)
        ):
            return None
        if (
            _of_another_level(gap, period, sentence)
            or _of_a_place(period, playing, sentence)
            or _happened_then(playing, period, sentence)
        ):
            return None
        if _change_base(playing, period, sentence) or _since(period, sentence):
            return None
        words = [w for w in words_in(gap) if w not in role_words().elliptical]
        own_name = any(playing.figure.end <= m.start and m.end <= period.start for m in sentence.mentions.indicators)
        return _glossed(period, periods, sentence) if len(words) <= (9 if own_name else 5) else None
    return None


def _change_aside(playing: Playing) -> bool:
    """True for the "(+5%)" behind a value, which stands between it and its time."""
    return playing.part is Part.CHANGE and playing.figure.bracketed


def _glossed(period: PeriodMention, periods: list[PeriodMention], sentence: Sentence) -> PeriodMention:
    """The time that brackets right behind another spell out: "same period last year (Q1 2017/18)"."""
    for other in periods:
        closed = sentence.text[other.end : sentence.end].lstrip().startswith(")")
        if closed and other.start > period.end and sentence.between(period.end, other.start).strip() == "(":
            return other
    return period


def _only_says_when(cue: RoleCue, sentence: Sentence) -> bool:
    """True for "at the last report" and the like, behind which the time itself may stand."""
    return any(c.cue == "told_before" and (c.start, c.end) == (cue.start, cue.end) for c in sentence.mentions.cues)


def _in_name_behind(cue: RoleCue, playing: Playing, sentence: Sentence) -> bool:
    """True for the "to" of "91% had an up to date plan at the end of May", a word of the measure's own name."""
    return any(
        playing.figure.end <= mention.start <= cue.start and cue.end <= mention.end
        for mention in sentence.mentions.indicators
    )


def _belongs_to_next(tail: str, following: Playing, period: PeriodMention, sentence: Sentence) -> bool:
    """True where a time leads the next figure: "78% in December, in April 70%", "the June 2021 figure of"."""
    if following.part is Part.CHANGE or (following.part is Part.PREVIOUS and "(" in tail):
        return False
    if following.of_elsewhere or any(
        period.end <= other.start < following.figure.start for other in sentence.mentions.periods
    ):
        return False
    words = words_in(tail)
    if any(mark in tail for mark in ",;."):
        return False
    before = sentence.text[max(sentence.start, period.start - 6) : period.start].lower()
    leads = "(" in tail or before.endswith(", in ") or not {"figure", "was", "being"}.isdisjoint(words)
    return len(words) <= 4 and leads


def _opens_next(gap: str, tail: str, following: Playing) -> bool:
    """True for "... and in 2019 89.4%", "... and at the end of March it was 87%": the time opens the next statement."""
    if following.part is Part.CHANGE:
        return False
    if _DASH.search(gap) and len(words_in(tail)) <= _FEW_WORDS:
        return True
    if any(mark in gap + tail for mark in ",;.()"):
        return False
    return words_in(gap)[:1] == ["and"] and set(words_in(tail)) <= role_words().dated_by and len(words_in(tail)) <= 3


def _came_to(
    gap: str, tail: str, periods: list[PeriodMention], playing: Playing, following: Playing, sentence: Sentence
) -> bool:
    """True for "In 2019/20 it was 17% and by 2020/21 this had fallen to 13%": the second time is the second value's."""
    led = any(p.end <= playing.figure.start and _is_lead(p, sentence) for p in periods)
    words = words_in(tail)
    if not led or not _statealike(playing, following) or set(";.()") & set(gap + tail) or not words:
        return False
    if any(
        following.figure.end <= p.start and not _figures_in(following.figure.end, p.start, sentence) for p in periods
    ):
        return False
    moved = role_words().elliptical | role_words().movements
    return set(words) <= moved and (words_in(gap)[-1:] == ["by"] or words[0] in _GOES_ON)


def _figures_in(start: int, end: int, sentence: Sentence) -> bool:
    return any(start <= figure.start < end for figure in sentence.mentions.figures)


def _happened_then(playing: Playing, period: PeriodMention, sentence: Sentence) -> bool:
    """True for "12 new carers, alongside the campaign in late 2020": the time is that of something else told."""
    ends = [m.end for m in sentence.mentions.indicators if playing.figure.end <= m.start and m.end <= period.start]
    if not ends:
        return False
    gap = sentence.between(ends[-1], period.start)
    comma = gap.rfind(",")
    if comma < 0:
        return False
    words = [word for word in words_in(gap[comma:]) if word not in role_words().elliptical]
    return len(words) > _ASIDE_WORDS


def _of_another_level(gap: str, period: PeriodMention, sentence: Sentence) -> bool:
    """True for "better than the target of 90% and the 2016/17 outturn": the time is another level's."""
    behind = words_in(sentence.text[period.end : min(sentence.end, period.end + 30)])[:2]
    return words_in(gap)[-2:] == ["and", "the"] and not role_words().level_nouns.isdisjoint(behind)


def _change_base(playing: Playing, period: PeriodMention, sentence: Sentence) -> bool:
    """True where a time is what a value is compared with: "83%, higher than last year"."""
    if playing.part is not Part.VALUE:
        return False
    gap = sentence.between(playing.figure.end, period.start)
    if _AS_IN.search(gap) or _THE_SAME.search(gap):
        return True
    return any(
        cue.cue in {"up", "down", "gap_to", "same", "better", "worse", "from"}
        and cue.value not in {"over", "under", "within", "outside"}
        and playing.figure.end <= cue.start
        and cue.end <= period.start
        and not inside_indicator(cue, sentence)
        and not _only_says_when(cue, sentence)
        for cue in sentence.mentions.cues
    )


def _of_a_place(period: PeriodMention, playing: Playing, sentence: Sentence) -> bool:
    """True for "7%, which compares well with the 2020 national average": the time is the place's."""
    return any(
        0 <= area.start - period.end <= 1 and area is not playing.area and not area.is_own
        for area in sentence.mentions.areas
    )


def _since(period: PeriodMention, sentence: Sentence) -> bool:
    """True for a time from which on something has been so: it is not the time of a value."""
    return words_in(sentence.text[max(sentence.start, period.start - 8) : period.start])[-1:] == ["since"]


def _right_before(playing: Playing, periods: list[PeriodMention], sentence: Sentence) -> PeriodMention | None:
    """The time that stands right before a figure: "quarter 1 (80.6%)", "quarter 1 when the figure was 50"."""
    gaps = role_words().dated_by
    for period in reversed(periods):
        if period.end > playing.figure.start:
            continue
        gap = sentence.between(period.end, playing.figure.start)
        if has_digit(gap) or not set(words_in(gap)) <= gaps or set(";.") & set(gap):
            return None
        if (_since(period, sentence) and gap.strip() not in {"(", "where", "when"}) or begins_anew(
            period, playing.figure.start, sentence
        ):
            return None
        if changed_on(period, sentence) and gap.strip() != "(":
            return None
        return period
    return None


def _lead(
    parts: list[Playing],
    periods: list[PeriodMention],
    sentence: Sentence,
    stated: dict[int, PeriodMention],
    taken: set[int],
) -> None:
    """Give values without a time the last time that stands before them and is nobody else's."""
    for index, playing in enumerate(parts):
        if index in stated or playing.part is not Part.VALUE or is_now(playing.figure, sentence):
            continue
        leading = [p for p in periods if p.end <= playing.figure.start and not _is_set_aside(p, playing, sentence)]
        if not leading:
            continue
        period = leading[-1]
        apart = ";" in sentence.between(period.end, playing.figure.start) and not is_put_right(playing.figure, sentence)
        if apart and not _is_lead(period, sentence):
            continue
        if period.start in taken and not _is_lead(period, sentence):
            period = next((p for p in reversed(leading) if _is_lead(p, sentence)), period)
            if not _is_lead(period, sentence):
                continue
        if playing.of_elsewhere and not sentence.between(period.end, playing.figure.start).lstrip().startswith(":"):
            continue
        if compared(period, sentence):
            continue
        stated[index] = period


def _is_set_aside(period: PeriodMention, playing: Playing, sentence: Sentence) -> bool:
    """True for the time of a bracket closed before a figure: "151 (2009: 118), a rate of 31"."""
    opened = sentence.text.rfind("(", sentence.start, period.start)
    closed = sentence.text.find(")", period.end, playing.figure.start)
    return opened >= 0 and closed >= 0 and ")" not in sentence.between(opened, period.start)


def _is_lead(period: PeriodMention, sentence: Sentence) -> bool:
    """True where a time opens its sentence or clause ("At 30 September 463 ...") or a colon hands it on."""
    if sentence.text[period.end : period.end + 1] == ":":
        return True
    lead = words_in(sentence.between(sentence.start, period.start).rsplit(";", 1)[-1])
    return len(lead) <= 3 and set(lead) <= role_words().elliptical


def _statealike(one: Playing, other: Playing) -> bool:
    """True where two figures are both levels, present or past."""
    levels = {Part.VALUE, Part.PREVIOUS}
    return one.part is other.part or (one.part in levels and other.part in levels)


def _share_backwards(parts: list[Playing], sentence: Sentence, stated: dict[int, PeriodMention]) -> None:
    """In "79% and 96% in September" or "12.4% and 10.9% a year earlier" the time behind the pair is said of both."""
    for index in range(len(parts) - 2, -1, -1):
        following = parts[index + 1]
        if index in stated or index + 1 not in stated or not _statealike(parts[index], following):
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


def _are_a_pair(one: Playing, following: Playing, time: PeriodMention, sentence: Sentence) -> bool:
    """True where a time behind the second figure is said of the first as well.

    So it is for two figures joined by "and", for a chain of comparators, and for a number with its rate in brackets
    where the time stands behind the bracket.
    """
    names = sentence.plain_words(one.figure.end, following.figure.start)
    if "," in sentence.between(one.figure.end, following.figure.start) and time.expression.form in _PAST:
        return False
    if names == ["and"] or (one.of_elsewhere and following.of_elsewhere and len(names) <= 8):
        return True
    closed = ")" in sentence.between(following.figure.end, time.start)
    return closed and not names and following.figure.bracketed and not one.figure.bracketed
