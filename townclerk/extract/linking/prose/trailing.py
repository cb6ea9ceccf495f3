"""The time that follows a figure and is its own ("14.2% in June")."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.cues import inside_indicator
from townclerk.extract.linking.prose.playing import ASIDE, Part, Playing
from townclerk.extract.linking.prose.sentence import DASH, Sentence, words_in
from townclerk.models.mentions import PeriodMention, RoleCue
from townclerk.patterns.roles import role_words

# "As" may be read as part of the time: "the same | as at the end of June".
_THE_SAME = re.compile(r"\b(?:the\s+same|similar|identical|equal)\s+$", re.IGNORECASE)
_AS_IN = re.compile(r",\s+(?:the same as\b|as\b(?!\s+(?:at|of)\b))", re.IGNORECASE)
# Behind a comma, more words than these before a time tell of something else that happened then.
_ASIDE_WORDS = 2
# No more words than these part the time behind a dash from the figure it dates.
_FEW_WORDS = 2
# What a second statement of a sentence opens with.
_OPENERS = (["and"], ["but"], ["while"], ["whilst"], ["whereas"])
# Words that lead a time behind such an opening.
_LEADING = (["in"], ["at"], ["by"], ["on"], ["during"], ["for"])
# Words that go on about the value told before.
_GOES_ON = frozenset({"this", "it", "these", "that"})
_BLOCKERS = {"from", "target", "becomes"}


def trailing(
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
        if following and not tail.strip(" :") and _heads_following(gap, following[0], periods, sentence):
            return None
        if following and not close and _belongs_to_next(tail, following[0], period, sentence):
            return None
        if following and (tail.strip() == ":" or (gap.rstrip().endswith("(") and ")" not in tail)):
            return None
        if following and (
            _opens_next(gap, tail, playing, following[0], sentence)
            or _came_to(gap, tail, periods, playing, following[0], sentence)
        ):
            return None
        if (
            _of_another_level(gap, period, sentence)
            or _of_a_place(period, playing, sentence)
            or _happened_then(playing, period, sentence)
        ):
            return None
        if _change_base(playing, period, sentence) or since(period, sentence):
            return None
        words = [w for w in words_in(gap) if w not in role_words().elliptical]
        own_name = any(playing.figure.end <= m.start and m.end <= period.start for m in sentence.mentions.indicators)
        return _glossed(period, periods, sentence) if len(words) <= (9 if own_name else 5) else None
    return None


def behind_from(playing: Playing, periods: list[PeriodMention], sentence: Sentence) -> PeriodMention | None:
    """The time of the old level in "up from 291 from March 2017"."""
    if playing.part is not Part.PREVIOUS:
        return None
    end = playing.figure.end
    return next((p for p in periods if p.start > end and sentence.between(end, p.start).strip() == "from"), None)


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


def _heads_following(gap: str, following: Playing, periods: list[PeriodMention], sentence: Sentence) -> bool:
    """True for a time right before the next figure that is its own: "90%, in May 92%", "87.4% Sept 88.0%"."""
    end = following.figure.end
    dated = any(p.start >= end and not sentence.between(end, p.start).strip(" (") for p in periods)
    return "," in gap or (not gap.strip() and not dated)


def _belongs_to_next(tail: str, following: Playing, period: PeriodMention, sentence: Sentence) -> bool:
    """True where a time leads the next figure: "78% in December, in April 70%", "the June 2021 figure of"."""
    if following.part is Part.CHANGE or (following.part is Part.PREVIOUS and "(" in tail):
        return False
    if any(period.end <= other.start < following.figure.start for other in sentence.mentions.periods):
        return False
    words = words_in(tail)
    if following.of_elsewhere:
        # "... 21.3%, and the figure for England in 2019/20 was 20.1%".
        named = following.area is not None and following.area.end <= period.start
        return named and len(words) <= _FEW_WORDS and set(words) <= role_words().place_before
    if any(mark in tail for mark in ",;."):
        return False
    before = sentence.text[max(sentence.start, period.start - 6) : period.start].lower()
    leads = "(" in tail or before.endswith(", in ") or not {"figure", "was", "being", "were", "stood"}.isdisjoint(words)
    return len(words) <= 4 and leads


def _opens_next(gap: str, tail: str, playing: Playing, following: Playing, sentence: Sentence) -> bool:
    """True for "... and in 2019 89.4%", "... and at the end of March it was 87%": the time opens the next statement.

    Words that stand before the figure may be said again: "we held 40 and in Quarter 1 we held 38".
    """
    if following.part is Part.CHANGE:
        return False
    if DASH.search(gap) and len(words_in(tail)) <= _FEW_WORDS:
        return True
    if gap.strip() == "," and following.part is Part.TARGET and set(words_in(tail)) <= role_words().dated_by:
        # "40, full year target 80".
        return True
    if any(mark in gap + tail for mark in ",;.()"):
        return False
    words = words_in(gap)
    # "23 adoptions and in 2012/13 just 11".
    behind_noun = next((words[at:] for at in range(1, len(words)) if words[at : at + 1] in _OPENERS), None)
    opens = words[:1] in _OPENERS or (behind_noun is not None and behind_noun[1:] in _LEADING)
    if not opens or len(words_in(tail)) > 3:
        return False
    said = words_in(sentence.between(sentence.start, playing.figure.start))
    return set(words_in(tail)) <= role_words().dated_by.union(said)


def _came_to(
    gap: str, tail: str, periods: list[PeriodMention], playing: Playing, following: Playing, sentence: Sentence
) -> bool:
    """True for "In 2019/20 it was 17% and by 2020/21 this had fallen to 13%": the second time is the second value's."""
    led = any(p.end <= playing.figure.start and is_lead(p, sentence) for p in periods)
    words = words_in(tail)
    if not led or not statealike(playing, following) or set(";.()") & set(gap + tail) or not words:
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


def since(period: PeriodMention, sentence: Sentence) -> bool:
    """True for a time from which on something has been so: it is not the time of a value."""
    return words_in(sentence.text[max(sentence.start, period.start - 8) : period.start])[-1:] == ["since"]


def is_lead(period: PeriodMention, sentence: Sentence) -> bool:
    """True where a time opens its sentence or clause ("At 30 September 463 ...") or a colon hands it on."""
    if sentence.text[period.end : period.end + 1] == ":":
        return True
    # "In the East Midlands in 2014/15" opens with its time, too.
    lead = words_in(sentence.without(sentence.start, period.start, sentence.mentions.areas).rsplit(";", 1)[-1])
    return len(lead) <= 3 and set(lead) <= role_words().elliptical


def statealike(one: Playing, other: Playing) -> bool:
    """True where two figures are both levels, present or past."""
    levels = {Part.VALUE, Part.PREVIOUS}
    return one.part is other.part or (one.part in levels and other.part in levels)
