"""What part each figure of a sentence plays: value, old value, target, numerator, change, or none."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.aside import why_aside
from townclerk.extract.linking.prose.changes import CHANGE_CUES, change, direction_of, measured, restates_change
from townclerk.extract.linking.prose.cues import inside_indicator, nearest_cues
from townclerk.extract.linking.prose.places import area_beside, has_moved, place_of_measure
from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.sentence import DASH, Sentence, last_opening, words_in
from townclerk.extract.linking.prose.together import settle_together
from townclerk.extract.linking.prose.undone import undone
from townclerk.models.mentions import FigureForm, FigureMention, RoleCue
from townclerk.models.units import Direction, Unit
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words

# What says that a level moved.
_MOVED = frozenset({"up", "down", "better", "worse"})
_THAN_THE = re.compile(r"\bthan (?:the|our)\s+$", re.IGNORECASE)
_RECORDED = re.compile(r"\s*(?:was|were|is|are|has been|have been|of)\b", re.IGNORECASE)
_ENDS_CLAUSE = re.compile(r"\s*(?:[.,;:)]|$|(?:and|but)\b)")
_ACTUAL = re.compile(r"\s*(?:actual|achieved|was|is|against)\b", re.IGNORECASE)
# The words of a long name between a share and the bracket with its count of children.
_LONG_NAME = 20
_SHARE_BEHIND = re.compile(r"\s*\(\s*\d[\d.]*\s*(?:%|per\s?cent)", re.IGNORECASE)
# "Decisions in 24 hoursTarget90%", as a conversion runs a tile's words together.
_GLUED_TARGET, _GLUED_REACH = re.compile(r"(?<=[a-z%])Target\s?$"), 8
_WAS = re.compile(r",\s*(?:was|were|previously|formerly)\s*$", re.IGNORECASE)


def play(sentence: Sentence) -> list[Playing]:
    """Decide the part of every figure of a sentence, in order."""
    parts: list[Playing] = []
    for figure in sentence.mentions.figures:
        if figure.bound and (_old_level(figure, sentence) or _reached(figure, sentence)):
            figure.bound = ""
        parts.append(_part_of(figure, parts, sentence))
    settle_together(parts, sentence)
    return parts


def _ends_range(figure: FigureMention, before: list[Playing], sentence: Sentence) -> bool:
    """True for the second figure of "within the recommended 50 to 70"."""
    if not before or before[-1].part is not Part.IGNORED or before[-1].why not in phrasing().recommended:
        return False
    return sentence.between(before[-1].figure.end, figure.start).strip() in {"to", "and", "-", "–"}


def _reached(figure: FigureMention, sentence: Sentence) -> bool:
    """True for "up to 69 from 65", which tells a movement, not a bound."""
    lead = sentence.text[max(sentence.start, figure.start - 8) : figure.start + 8].lower()
    behind = sentence.text[figure.end : min(sentence.end, figure.end + 30)].lower()
    if role_words().went.search(sentence.between(max(sentence.start, figure.start - 20), figure.start + 8)):
        return True
    return ("up to" in lead or "down to" in lead) and " from " in behind


def _part_of(figure: FigureMention, before: list[Playing], sentence: Sentence) -> Playing:
    if aside := why_aside(figure, sentence):
        return Playing(figure, Part.IGNORED, why=aside)
    if _counted(figure, before, sentence):
        return Playing(figure, Part.PIECE, why="one of the counts behind a share")
    if before and restates_change(figure, before, sentence):
        return Playing(figure, Part.IGNORED, why="the change before it in another unit")
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
    if _GLUED_TARGET.search(sentence.between(max(sentence.start, figure.start - _GLUED_REACH), figure.start)):
        return Playing(figure, Part.TARGET, why="Target")
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
    words = words_in(sentence.without(before[-1].figure.end, figure.start, sentence.mentions.periods))
    if _RECORDED.match(sentence.text, figure.end):
        return None
    if _is_dated_level(figure, before[-1].figure, sentence):
        return None
    further = bool({"and", "then"} & set(words)) and set(words) <= role_words().gap_words | {"then", "by"}
    return Playing(figure, Part.TARGET, why="goes on from a target") if further else None


def _is_dated_level(figure: FigureMention, target: FigureMention, sentence: Sentence) -> bool:
    """True for the second figure of "a target of 10% and 11.8% at the end of Quarter 1": it was so then."""
    if any(target.end <= period.start < figure.start for period in sentence.mentions.periods):
        return False
    behind = next((p for p in sentence.mentions.periods if p.start >= figure.end), None)
    if behind is None or len(words_in(sentence.between(figure.end, behind.start))) > 1:
        return False
    return not {"by", "for", "from", "this", "next"} & set(words_in(sentence.between(figure.end, behind.end)))


def _level(figure: FigureMention, front: list[RoleCue], before: list[Playing], sentence: Sentence) -> Playing:
    """A figure that states a level: an old one behind "from", else a value, perhaps of another place."""
    area = area_beside(figure, sentence) or place_of_measure(figure, sentence)
    if figure.unit is Unit.POINTS:
        return Playing(figure, Part.CHANGE, direction=direction_of(sentence, figure))
    if (area is None or has_moved(area, figure, sentence)) and any(cue.cue == "from" for cue in front):
        return Playing(figure, Part.PREVIOUS, area, why=front[0].value)
    if area is None and _opens_move(figure, sentence):
        return Playing(figure, Part.PREVIOUS, why="to")
    if area is None and _long_ago(figure, sentence):
        return Playing(figure, Part.PREVIOUS, why="of an earlier time")
    lead = sentence.between(sentence.start, figure.start)
    if _WAS.search(lead) and any(p.part is Part.VALUE and p.figure.unit == figure.unit for p in before):
        return Playing(figure, Part.PREVIOUS, why="was")
    playing = Playing(figure, Part.VALUE, area=area)
    _share(playing, sentence)
    return playing


def _opens_move(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the first level of "repeat plans fell again (24.7% to 21.3%)"."""
    lead = sentence.between(sentence.start, figure.start).rstrip()
    following = next((other for other in sentence.mentions.figures if other.start >= figure.end), None)
    if following is None or not lead.endswith("(") or following.unit is not figure.unit:
        return False
    moved = any(cue.cue in _MOVED and sentence.start <= cue.start < figure.start for cue in sentence.mentions.cues)
    to = sentence.between(figure.end, following.start).strip() == "to"
    return moved and to and sentence.text[following.end : following.end + 1] == ")"


def _long_ago(figure: FigureMention, sentence: Sentence) -> bool:
    """True for "pre-pandemic around 12 were adopted": an old level of no time that can be named."""
    start, _ = sentence.clause_at(figure.start)
    return any(c.cue == "undated_past" and start <= c.start and c.end <= figure.start for c in sentence.mentions.cues)


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
    return named is not None and figure.unit is not Unit.POINTS and area_beside(figure, sentence) is None


def _counted(figure: FigureMention, before: list[Playing], sentence: Sentence) -> bool:
    """True for the counts of "Out of 201 assessments, 166 were": the whole, and the first count behind it.

    "Of these 27 (8.5%) are" tells its own share: 27 are so, and not some of 27.
    """
    if figure.unit not in {None, Unit.COUNT} or figure.decimals or figure.form is FigureForm.PARTS:
        return False
    if "whole" in figure.flags:
        return _SHARE_BEHIND.match(sentence.text, figure.end) is None
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
        if len(words) > 2 or "and" in words or any(mark in gap for mark in ",;:().") or DASH.search(gap):
            break
        if sentence.text[cue.end : cue.end + 1] == ":":
            break
        if cue.cue == "told_before" and not words and _ENDS_CLAUSE.match(sentence.text, cue.end):
            return Playing(figure, Part.PREVIOUS, why=cue.value)
        if cue.cue == "target" and not words and figure.unit is None and cue.value.endswith("s"):
            return Playing(figure, Part.IGNORED, why="a number of aims")
        if cue.cue == "target" and words[:1] == ["of"] and figure.unit is Unit.PERCENT:
            return Playing(figure, Part.IGNORED, why="a share of the target")
        if cue.cue == "target" and set(words) <= role_words().gap_words and not _heads_next(figure, cue, sentence):
            return Playing(figure, Part.TARGET, why=cue.value)
        if cue.cue == "excluded" and not words and cue.value in role_words().set_aside_behind:
            return Playing(figure, Part.IGNORED, why=cue.value)
        if cue.cue in CHANGE_CUES | {"gap_to"} and not words:
            return measured(figure, cue, sentence)
    return None


def _heads_next(figure: FigureMention, cue: RoleCue, sentence: Sentence) -> bool:
    """True for the word of "90.2% Target 95%", which stands right before the next figure of the same unit or none."""
    following = next((f for f in sentence.mentions.figures if f.start >= cue.end), None)
    if (
        following is None
        or following.unit not in (figure.unit, None)
        or sentence.between(figure.end, cue.start).strip()
    ):
        return False
    apart = sentence.between(cue.end, following.start).strip(" :=")
    return not apart and not _ACTUAL.match(sentence.text, following.end)


def _share(playing: Playing, sentence: Sentence) -> None:
    """One figure said of several: "our target, the region and England each stand at 9%"."""
    lead = sentence.between(sentence.start, playing.figure.start)
    match = re.search(r"\b(each|both|all(?: three| four)?)\b[^.;]{0,30}$", lead)
    if match is None:
        return
    stop = sentence.start + match.start()
    playing.areas = [a for a in sentence.mentions.areas if a.end <= stop]
    playing.also_target = any(c.cue == "target" and c.end <= stop for c in sentence.mentions.cues)
