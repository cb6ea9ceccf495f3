"""What part each figure of a sentence plays: value, old value, target, numerator, change, or none."""

from __future__ import annotations

import re
from itertools import pairwise
from operator import attrgetter

from townclerk.extract.linking.prose.changes import CHANGE_CUES, change, direction_of, measured
from townclerk.extract.linking.prose.cues import holds, inside_indicator, nearest_cues
from townclerk.extract.linking.prose.places import is_of_measure, place_of_measure, without_times
from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.sentence import Sentence, last_opening, words_in
from townclerk.extract.linking.prose.undone import undone
from townclerk.extract.linking.sentences import clause_starts
from townclerk.models.digits import has_digit
from townclerk.models.document import BlockKind
from townclerk.models.mentions import (
    AreaMention,
    FigureForm,
    FigureMention,
    RoleCue,
)
from townclerk.models.units import Direction, Unit
from townclerk.patterns.roles import role_words

_start = attrgetter("start")
_DASH = re.compile(r"\s[–—-]\s")
_THAN_THE = re.compile(r"\bthan (?:the|our)\s+$", re.IGNORECASE)
_RECORDED = re.compile(r"\s*(?:was|were|is|are|has been|have been|of)\b", re.IGNORECASE)
_PER = re.compile(r"\bper\s+10+,?0*\b", re.IGNORECASE)
_CLOSED = re.compile(r"(?:\s+(?:average|avg|mean|rate|figure))?\s*[)\]]", re.IGNORECASE)
_ENDS_CLAUSE = re.compile(r"\s*(?:[.,;:)]|$)")
_RANGE_NAMED = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:suggested|recommended|advised|specified|guideline|range|set out)\b", re.IGNORECASE
)
_RANGE_LED = re.compile(r"\b(?:range of|recommended|suggested|guideline of)\s*$", re.IGNORECASE)
_RANGES = frozenset({"recommended", "recommended range", "recommended range of", "guideline", "guideline of"})
_ACTUAL = re.compile(r"\s*(?:actual|achieved|was|is|against)\b", re.IGNORECASE)
# "16% for children over 13": said of an age, not of all.
_OF_AGE = re.compile(
    r"\s+(?:for|among|amongst|of(?=\s+those))\s+(?:those|children|young people|girls|boys)\s+(?:who (?:are|were)\s+)?"
    r"(?:aged\b|over\s+\d|under\s+\d|between\s+\d)",
    re.IGNORECASE,
)
# "Between 2 and 5 years after the first", with no other figure on the way to it.
_SPAN = re.compile(
    r"[^\d.;:()]{0,90}?\b(?P<span>between\s+(?:\d+|\w+)\s+and\s+(?:\d+|\w+)\s+(?:years?|months?|weeks?))"
    r"\s+(?:after|of|from|before|since|following|later|apart|on|old)\b",
    re.IGNORECASE,
)
_NEAR = 25
# "54% of the plans sampled", "of the last 10 children to enter care", "none of the 11": of some that were picked out.
_SAMPLED = re.compile(r"\s+(?:of\s+)?(?:the\s+|these\s+)?(?:[\w-]+\s+){1,4}?(?:dip[\s-])?sampled\b", re.IGNORECASE)
_SOME_OF = re.compile(
    r"\b(?:the\s+(?:last|latest|first|next)|(?:none|most|some|many|few)\s+of\s+(?:the|these|those|our|its))\s+$",
    re.IGNORECASE,
)
# "The England average for ...": the words of the measure come next.
_AVERAGE_FOR = re.compile(r"\s*(?:(?:average|avg|mean|rate|figure|level)s?\s+)?(?:for|of|in)\s", re.IGNORECASE)
_THAN = re.compile(r"\b(?:than|above|below)\b[^.;:()\d]*$", re.IGNORECASE)
_WITH = re.compile(r"\s*(?:(?:average|level|figure)s?)?\s*,\s*with\s+(?:only\s+|just\s+)?", re.IGNORECASE)
_COLON = re.compile(r"\s*(?:(?:average|level|figure)s?)?(?:\s+(?:in|for|at|of))?\s*:\s*", re.IGNORECASE)
_COMPARED_WITH = re.compile(r"\s*(?:compared (?:to|with)|(?:as )?against|in comparison (?:to|with))\s*", re.IGNORECASE)
_COMPARED = re.compile(r"\s*(?:compared|against|as against|in comparison)\b", re.IGNORECASE)
# The words of a long name between a share and the bracket with its count of children.
_LONG_NAME = 20
# How far words may round a share, and how many words may stand before its exact print.
_ROUNDED_BY, _ROUNDED_WORDS = 6.0, 5
_WAS = re.compile(r",\s*(?:was|were|previously|formerly)\s*$", re.IGNORECASE)


def play(sentence: Sentence) -> list[Playing]:
    """Decide the part of every figure of a sentence, in order."""
    parts: list[Playing] = []
    for figure in sentence.mentions.figures:
        if figure.bound and (_old_level(figure, sentence) or _reached(figure, sentence)):
            figure.bound = ""
        parts.append(_part_of(figure, parts, sentence))
    _give_shares_their_counts(parts)
    _set_rounded_aside(parts, sentence)
    _find_wholes_behind(parts)
    _set_superseded_aside(parts, sentence)
    _set_ranges_aside(parts, sentence)
    _take_for_aims(parts, sentence)
    _join_brackets(parts, sentence)
    return parts


def _join_brackets(parts: list[Playing], sentence: Sentence) -> None:
    """Take both figures of "slightly worse than in 2021/22 (8.8% and 68%)" for old levels, as the first is one."""
    for one, other in pairwise(parts):
        both = one.figure.bracketed and other.figure.bracketed and one.figure.unit is other.figure.unit
        levels = one.part is Part.PREVIOUS and other.part is Part.VALUE and other.area is None
        if both and levels and sentence.between(one.figure.end, other.figure.start).strip() == "and":
            other.part, other.why = Part.PREVIOUS, one.why


def _set_superseded_aside(parts: list[Playing], sentence: Sentence) -> None:
    """Of "the 88% quoted before was wrong and should have read 92%" only the second is a level."""
    cues = sentence.mentions.cues
    corrected = next((cue for cue in cues if cue.cue == "corrected"), None)
    if corrected is None and any(cue.cue == "misreported" for cue in cues):
        corrected = next((cue for cue in cues if cue.cue == "target" and cue.value in role_words().amends), None)
    if corrected is None:
        return
    behind = next((p for p in parts if p.figure.start >= corrected.end), None)
    if behind is None:
        return
    behind.part, behind.why = Part.VALUE, corrected.value
    for playing in parts:
        if playing.figure.end <= corrected.start and playing.figure.unit == behind.figure.unit:
            playing.part, playing.why = Part.IGNORED, "put right in the same sentence"


def _ends_range(figure: FigureMention, before: list[Playing], sentence: Sentence) -> bool:
    """True for the second figure of "within the recommended 50 to 70"."""
    if not before or before[-1].part is not Part.IGNORED or before[-1].why not in _RANGES:
        return False
    return sentence.between(before[-1].figure.end, figure.start).strip() in {"to", "and", "-", "–"}


def _set_ranges_aside(parts: list[Playing], sentence: Sentence) -> None:
    """Set "the 50 to 70 suggested in the handbook" aside: a range, and nobody's level."""
    for one, other in pairwise(parts):
        joined = sentence.between(one.figure.end, other.figure.start).strip() in {"to", "-", "–"}
        lead = sentence.between(max(sentence.start, one.figure.start - 20), one.figure.start)
        tail = sentence.between(other.figure.end, min(sentence.end, other.figure.end + 40))
        if joined and (_RANGE_NAMED.match(tail) or _RANGE_LED.search(lead)):
            one.part = other.part = Part.IGNORED
            one.why = other.why = "a range"


def _take_for_aims(parts: list[Playing], sentence: Sentence) -> None:
    """Take the levels of "Our aim is to bring vacancies down to 12% and the agency rate to 10%" for targets."""
    aiming = role_words().aiming.search(sentence.text, sentence.start, sentence.end)
    if aiming is None:
        return
    for playing in parts:
        figure = playing.figure
        if figure.start < aiming.end() or playing.area is not None or "threshold_like" in figure.flags:
            continue
        becomes = any(cue.cue == "becomes" and cue.value == "to" for cue in nearest_cues(figure, sentence))
        verb = playing.part is Part.VALUE and not sentence.between(aiming.end(), figure.start).strip()
        if verb or (playing.part is Part.VALUE and becomes) or (playing.part is Part.IGNORED and figure.bound):
            playing.part, playing.why = Part.TARGET, aiming[0]


def _find_wholes_behind(parts: list[Playing]) -> None:
    """Take the counts of "17 of them from a total of 149 left", and the last of "4 (8%) of 50 moved", for a share's."""
    for place, playing in enumerate(parts):
        if place == 0 or "whole_behind" not in playing.figure.flags or not _is_count(playing):
            continue
        before = parts[place - 1]
        if before.figure.bracketed and before.figure.unit is Unit.PERCENT:
            playing.part = Part.PIECE
        elif _is_count(before) and (before.figure.value or 0.0) <= (playing.figure.value or 0.0):
            playing.part = before.part = Part.PIECE


def _set_rounded_aside(parts: list[Playing], sentence: Sentence) -> None:
    """Of "just over three quarters (76.3%)" the exact share in brackets is the level, not the words before it."""
    for one, other in pairwise(parts):
        rough, exact = one.figure, other.figure
        odds = rough.form is FigureForm.ODDS
        if one.part is not Part.VALUE or not exact.bracketed or (rough.unit is not Unit.PERCENT and not odds):
            continue
        spelled = (odds or not has_digit(rough.text)) and exact.unit is Unit.PERCENT
        gap = sentence.between(rough.end, exact.start)
        near = len(words_in(gap)) <= _ROUNDED_WORDS and not set(".;,:)") & set(gap)
        share = rough.value
        if odds and rough.numerator is not None and rough.denominator:
            share = 100.0 * rough.numerator / rough.denominator
        if not spelled or not near or share is None or exact.value is None:
            continue
        if abs(share - exact.value) <= _ROUNDED_BY:
            one.part, one.why = Part.IGNORED, "the exact share stands in brackets behind it"


def _is_count(playing: Playing) -> bool:
    figure = playing.figure
    bare = figure.unit in {None, Unit.COUNT} and not figure.decimals and figure.form is FigureForm.NUMBER
    return bare and playing.part is Part.VALUE


def _give_shares_their_counts(parts: list[Playing]) -> None:
    """Take "40 of 45" for the counts of a percentage of the sentence that they divide to."""
    shares = [p for p in parts if p.part is Part.VALUE and p.figure.unit is Unit.PERCENT and p.figure.value is not None]
    for playing in parts:
        figure = playing.figure
        if playing.part is not Part.VALUE or figure.form is not FigureForm.PARTS:
            continue
        if figure.numerator is None or not figure.denominator:
            continue
        exact = 100.0 * figure.numerator / figure.denominator
        for share in shares:
            if share.figure.value is not None and abs(share.figure.value - exact) <= 0.5 * 10.0**-share.figure.decimals:
                playing.part, playing.whole = Part.NUMERATOR, share.figure
                break


def _reached(figure: FigureMention, sentence: Sentence) -> bool:
    """True for "up to 69 from 65", which tells a movement, not a bound."""
    lead = sentence.text[max(sentence.start, figure.start - 8) : figure.start + 8].lower()
    behind = sentence.text[figure.end : min(sentence.end, figure.end + 30)].lower()
    if role_words().went.search(sentence.between(max(sentence.start, figure.start - 20), figure.start + 8)):
        return True
    return ("up to" in lead or "down to" in lead) and " from " in behind


def _part_of(figure: FigureMention, before: list[Playing], sentence: Sentence) -> Playing:
    if _hidden(figure, sentence):
        return Playing(figure, Part.IGNORED, why="part of a name")
    if _of_a_part(figure, sentence) or _hypothetical(figure, sentence) or _of_a_sample(figure, sentence):
        return Playing(figure, Part.IGNORED, why="said of a part, or of what is not so")
    if _counted(figure, before):
        return Playing(figure, Part.PIECE, why="one of the counts behind a share")
    if numerator := _numerator_of(figure, before, sentence):
        return Playing(figure, Part.NUMERATOR, whole=numerator)
    behind = _cue_behind(figure, sentence)
    if behind is not None:
        return behind
    if _is_base(figure, sentence):
        return Playing(figure, Part.PREVIOUS, why="than the")
    if figure.text.startswith("+") and (figure.unit in {Unit.PERCENT, Unit.POINTS} or not figure.decimals):
        return Playing(figure, Part.CHANGE, direction=Direction.UP, why="+")
    front = nearest_cues(figure, sentence)
    if _ends_range(figure, before, sentence):
        return Playing(figure, Part.IGNORED, why=before[-1].why)
    return (
        _by_cue(figure, front, sentence)
        or change(figure, front, sentence)
        or _further_target(figure, before, sentence)
        or _level(figure, front, before, sentence)
    )


def _by_cue(figure: FigureMention, front: list[RoleCue], sentence: Sentence) -> Playing | None:
    """The part that the words right before a figure give it outright: target, tolerance, variance, points."""
    names = {cue.cue for cue in front}
    if names & {"excluded", "variance", "first_reported"}:
        return Playing(figure, Part.IGNORED, why=front[0].value)
    if "target" in names:
        return Playing(figure, Part.TARGET, why=front[0].value)
    if figure.unit is Unit.POINTS and not any(cue.cue in CHANGE_CUES for cue in front):
        return Playing(figure, Part.CHANGE, direction=direction_of(sentence, figure))
    return None


def _further_target(figure: FigureMention, before: list[Playing], sentence: Sentence) -> Playing | None:
    """A target that goes on from the one before it: "cut to 20% this year and to 18% by 2023"."""
    if not before or before[-1].part is not Part.TARGET:
        return None
    gap = sentence.between(before[-1].figure.end, figure.start)
    if not role_words().level_nouns.isdisjoint(words_in(gap)):
        # "Against a target of 80% and last year's outturn of 55%".
        return None
    for period in sentence.mentions.periods:
        gap = gap.replace(sentence.between(period.start, period.end), " ")
    words = words_in(gap)
    if _RECORDED.match(sentence.text, figure.end):
        return None
    further = bool({"and", "then"} & set(words)) and set(words) <= role_words().gap_words | {"then", "by"}
    return Playing(figure, Part.TARGET, why="goes on from a target") if further else None


def _of_a_part(figure: FigureMention, sentence: Sentence) -> bool:
    """True for a figure said of a team, a district or a sex (convention C9): the name stands right beside it."""
    if _OF_AGE.match(sentence.text, figure.end) and not _named_behind(figure, sentence):
        return True
    if _spans_between(figure, sentence):
        return True
    for cue in sentence.mentions.cues:
        if cue.cue != "subgroup" or inside_indicator(cue, sentence):
            continue
        if cue.end <= figure.start and sentence.between(cue.end, figure.start).strip(" :-–") in {
            "",
            "was",
            "had",
            "has",
        }:
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
    if _SAMPLED.match(sentence.text, figure.end, sentence.end):
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
    starts = clause_starts(sentence.text, sentence.start, sentence.end)
    start = max(cut for cut in starts if cut <= figure.start)
    end = min((cut for cut in starts if cut > figure.start), default=sentence.end)
    return any(c.cue == "hypothetical" and start <= c.start < end for c in sentence.mentions.cues)


def _level(figure: FigureMention, front: list[RoleCue], before: list[Playing], sentence: Sentence) -> Playing:
    """A figure that states a level: an old one behind "from", else a value, perhaps of another place."""
    area = _area_beside(figure, sentence) or place_of_measure(figure, sentence)
    if figure.unit is Unit.POINTS:
        return Playing(figure, Part.CHANGE, direction=direction_of(sentence, figure))
    if area is None and any(cue.cue == "from" for cue in front):
        return Playing(figure, Part.PREVIOUS, why=front[0].value)
    if area is None and _long_ago(figure, sentence):
        return Playing(figure, Part.PREVIOUS, why="of an earlier time")
    lead = sentence.between(sentence.start, figure.start)
    if _WAS.search(lead) and any(p.part is Part.VALUE and p.figure.unit == figure.unit for p in before):
        return Playing(figure, Part.PREVIOUS, why="was")
    playing = Playing(figure, Part.VALUE, area=area)
    _share(playing, sentence)
    return playing


def _long_ago(figure: FigureMention, sentence: Sentence) -> bool:
    """True for "pre-pandemic around 12 were adopted": an old level of no time that can be named."""
    starts = clause_starts(sentence.text, sentence.start, sentence.end)
    start = max(cut for cut in starts if cut <= figure.start)
    return any(c.cue == "undated_past" and start <= c.start and c.end <= figure.start for c in sentence.mentions.cues)


def _hidden(figure: FigureMention, sentence: Sentence) -> bool:
    """True where a figure is a limit inside an indicator's name ("within 45 working days")."""
    if "threshold_like" in figure.flags:
        return True
    if figure.bracketed and figure.unit in {Unit.DAYS, Unit.WEEKS} and _inside_name(figure, sentence):
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
    if figure.form is FigureForm.RANGE:
        return True
    return bool(figure.bound) and not _target_near(figure, sentence)


def _inside_name(figure: FigureMention, sentence: Sentence) -> bool:
    return any(m.start <= figure.start and figure.end <= m.end for m in sentence.mentions.indicators)


def _old_level(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the base of a comparison that reads like a bound: "higher than the 63.6% in quarter 1"."""
    if _is_base(figure, sentence):
        return True
    lead = sentence.text[max(sentence.start, figure.start - 8) : figure.end].lower()
    dated = any(0 <= p.start - figure.end <= 12 for p in sentence.mentions.periods)
    return any(c.cue == "from" for c in nearest_cues(figure, sentence)) and (dated or "the " in lead)


def _is_base(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the figure of "fewer than the 512 we had", which names one level; a place beside it names another."""
    named = _THAN_THE.search(sentence.between(max(sentence.start, figure.start - 12), figure.start))
    return named is not None and figure.unit is not Unit.POINTS and _area_beside(figure, sentence) is None


def _target_near(figure: FigureMention, sentence: Sentence) -> bool:
    return any(cue.cue == "target" for cue in nearest_cues(figure, sentence))


def _counted(figure: FigureMention, before: list[Playing]) -> bool:
    """True for the counts of "Out of 201 assessments, 166 were": the whole, and the first count behind it."""
    if figure.unit not in {None, Unit.COUNT} or figure.decimals or figure.form is FigureForm.PARTS:
        return False
    if "whole" in figure.flags:
        return True
    return bool(before) and before[-1].part is Part.PIECE and "whole" in before[-1].figure.flags


def _numerator_of(figure: FigureMention, before: list[Playing], sentence: Sentence) -> FigureMention | None:
    """The percentage whose count this figure is: "91.8% (139 young people)", "8.3% (11/132)", "66.0% (52 of 77)"."""
    if figure.unit not in {None, Unit.COUNT} or figure.decimals or not figure.bracketed or not before:
        return None
    last = before[-1]
    if last.figure.unit is not Unit.PERCENT or last.figure.bracketed or last.part in {Part.IGNORED, Part.CHANGE}:
        return None
    gap = sentence.between(last.figure.end, figure.start)
    opened = last_opening(gap)
    if opened < 0 or words_in(gap[opened:]) not in ([], ["n"], ["or"], ["i", "e"]):
        return None
    if figure.form is FigureForm.PARTS:
        return last.figure
    words = words_in(gap[:opened])
    closing = sentence.text.find(")", figure.end)
    tail = set(words_in(sentence.text[figure.end : closing if closing > 0 else figure.end]))
    dated = any(figure.end <= period.start < closing for period in sentence.mentions.periods)
    counted = figure.noun.split()
    children = bool(counted) and counted[-1] in role_words().people and tail <= set(counted)
    if (
        undone(figure, sentence) is not None
        or dated
        or tail & {"in", "last", "previous"}
        or len(words) > (_LONG_NAME if children else 10)
    ):
        return None
    if any(last.figure.end <= period.start < figure.start for period in sentence.mentions.periods) and not figure.noun:
        return None
    return last.figure


def _cue_behind(figure: FigureMention, sentence: Sentence) -> Playing | None:
    """Words right behind a figure that settle it: "the 90% target", "15 less than the target", "27% reduction on"."""
    for cue in sentence.mentions.cues:
        if cue.start < figure.end or inside_indicator(cue, sentence):
            continue
        gap = sentence.between(figure.end, cue.start)
        words = words_in(gap)
        if len(words) > 2 or "and" in words or any(mark in gap for mark in ",;:().") or _DASH.search(gap):
            break
        if sentence.text[cue.end : cue.end + 1] == ":":
            break
        if cue.cue == "told_before" and not words and _ENDS_CLAUSE.match(sentence.text, cue.end):
            return Playing(figure, Part.PREVIOUS, why=cue.value)
        if cue.cue == "target" and set(words) <= role_words().gap_words and not _heads_next(figure, cue, sentence):
            return Playing(figure, Part.TARGET, why=cue.value)
        if cue.cue == "excluded" and not words and cue.value in role_words().set_aside_behind:
            return Playing(figure, Part.IGNORED, why=cue.value)
        if cue.cue in CHANGE_CUES | {"gap_to"} and not words:
            return measured(figure, cue, sentence)
    return None


def _heads_next(figure: FigureMention, cue: RoleCue, sentence: Sentence) -> bool:
    """True for the word of "90.2% Target 95%", which stands right before the next figure of the same unit."""
    following = next((f for f in sentence.mentions.figures if f.start >= cue.end), None)
    if following is None or following.unit != figure.unit or sentence.between(figure.end, cue.start).strip():
        return False
    apart = sentence.between(cue.end, following.start).strip(" :=")
    return not apart and not _ACTUAL.match(sentence.text, following.end)


def _area_beside(figure: FigureMention, sentence: Sentence) -> AreaMention | None:
    """The place named right before or right behind a figure."""
    best: AreaMention | None = None
    for area in sentence.mentions.areas:
        if area.end <= figure.start:
            gap = without_times(area.end, figure.start, sentence)
            if _surpassed(gap, area, figure, sentence):
                continue
            if _set_against(area, figure, sentence):
                best = area
            if _tells_of(gap, area, figure, sentence) or is_of_measure(area.start, area.end, figure, sentence):
                best = area
            if "," in gap and _is_of_another(area, sentence):
                continue
            if not holds(gap) and set(words_in(gap)) <= role_words().place_before and not set(";).") & set(gap):
                best = area
        elif area.start >= figure.end and best is None:
            gap = sentence.between(figure.end, area.start)
            if gap.strip() in {"(", "["} and _CLOSED.match(sentence.text, area.end):
                return area
            if not holds(gap) and set(words_in(gap)) <= role_words().place_behind and not set(";([.,:") & set(gap):
                return area
    return best


def _is_of_another(area: AreaMention, sentence: Sentence) -> bool:
    """True for the first place of "67 in England, 74 in the North West": it stands behind a figure of its own."""
    before = [figure for figure in sentence.mentions.figures if figure.end <= area.start]
    gap = words_in(sentence.between(before[-1].end, area.start)) if before else []
    return bool(gap) and set(gap) <= {"in", "for", "across", "the"}


def _tells_of(gap: str, area: AreaMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True where a place's own measure is named behind it.

    So in "higher than our neighbours, where the rate of children looked after is 62" and "the England average for
    children with three or more placements is 11%".
    """
    average = _AVERAGE_FOR.match(gap) is not None
    if words_in(gap)[:1] not in (["where"], ["whose"]) and not average:
        return False
    named = [m for m in sentence.mentions.indicators if area.end <= m.start and m.end <= figure.start]
    for mention in named:
        gap = gap.replace(sentence.between(mention.start, mention.end), " ")
    if average and not named:  # "above the regional average in 2015-16: 76% against 67%"
        return False
    if average and not set(words_in(gap)) <= role_words().place_before | role_words().place_behind:
        return False
    return not holds(_PER.sub(" ", gap)) and not set(";.") & set(gap)


def _surpassed(gap: str, area: AreaMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True where a place is only what the authority's own value is better or worse than.

    So in "better than comparators, with 90%" and "lower than England: 4% compared with 6% nationally".
    """
    if not _THAN.search(sentence.between(max(sentence.start, area.start - 2 * _NEAR), area.start)):
        return False
    if _WITH.fullmatch(gap):
        return True
    return _COLON.fullmatch(gap) is not None and _COMPARED.match(sentence.text, figure.end) is not None


def _set_against(area: AreaMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True for the second figure of "above the England average: 16% against 13%", which is that place's."""
    ours = [other for other in sentence.mentions.figures if area.end <= other.start and other.end <= figure.start]
    if len(ours) != 1 or not _surpassed(without_times(area.end, ours[0].start, sentence), area, ours[0], sentence):
        return False
    return _COMPARED_WITH.fullmatch(sentence.between(ours[0].end, figure.start)) is not None


def _share(playing: Playing, sentence: Sentence) -> None:
    """One figure said of several: "our target, the region and England each stand at 9%"."""
    lead = sentence.between(sentence.start, playing.figure.start)
    match = re.search(r"\b(each|both|all(?: three| four)?)\b[^.;]{0,30}$", lead)
    if match is None:
        return
    stop = sentence.start + match.start()
    playing.areas = [a for a in sentence.mentions.areas if a.end <= stop]
    playing.also_target = any(c.cue == "target" and c.end <= stop for c in sentence.mentions.cues)
