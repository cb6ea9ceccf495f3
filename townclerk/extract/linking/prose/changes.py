"""Figures that say by how much something moved, or how far it lies from something."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.models.digits import has_digit
from townclerk.models.mentions import (
    FigureMention,
    PeriodMention,
    RoleCue,
)
from townclerk.models.units import Direction, Unit
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words

# How far a change in numbers may lie from the same change in percent, of a level that may be the old or the new one.
# "The" and its like between a word and a time.
_ARTICLE = 6
_ROUGHLY, _FEW = 0.3, 2.0
_BASE_WORDS = {"on", "from", "since", "compared", "than", "against", "over"}
_BY = re.compile(r"\bby\s+(?:an?\s+)?(?:(?!to\b)[a-z-]+\s+){0,2}$", re.IGNORECASE)
# "Requests continue to rise: 163" tells no change by 163.
_GOES_ON = re.compile(r"\b(?:to|is|are|been|still|has|have|had|this|it|numbers|keep|keeps)\s+$", re.IGNORECASE)
# "1,000 fewer contacts than last year", "12 more children": never how many there are.
# "Timeliness slipped: 79% were finished in time": what stands behind the figure says what it is of.
_SAYS_OWN = re.compile(r"\s+(?:of\s|were\b|was\b|are\b|is\b|had\b|have\b|met\b|took\b)", re.IGNORECASE)
_SO_MANY_MORE = re.compile(r"\s+(?!than\b|or\b|of\b|in\b|to\b)[a-z]", re.IGNORECASE)
CHANGE_CUES = {"up", "down", "better", "worse", "same"}


def measured(figure: FigureMention, cue: RoleCue, sentence: Sentence) -> Playing | None:
    """A figure followed by "lower than", "below", "reduction on": a change from a time, or a gap to something else."""
    rest = sentence.text[cue.end : min(sentence.end, cue.end + 40)]
    compares = cue.value.endswith(" than") or re.match(r"\s*(than|on|from|compared|since|in|over|\)|\.|,|;|$)", rest)
    if cue.value in phrasing().movement_nouns or (cue.value in {"fewer", "more"} and _SO_MANY_MORE.match(rest)):
        return Playing(figure, Part.CHANGE, direction=way(cue), against=base(figure, sentence), why=cue.value)
    if cue.cue in CHANGE_CUES and not compares:
        return None
    if cue.cue == "gap_to" and cue.value in {"over", "under"}:
        # "Averaged 388 days over the three years to March" tells of no gap either.
        timed = any(cue.end < p.start <= cue.end + _ARTICLE for p in sentence.mentions.periods)
        if timed or figure.unit in {Unit.PERCENT, None, Unit.COUNT}:
            return None
    target = next((c for c in sentence.mentions.cues if c.cue == "target" and cue.end <= c.start <= cue.end + 25), None)
    place = next((a for a in sentence.mentions.areas if cue.end <= a.start <= cue.end + 25), None)
    if target or place:
        return Playing(figure, Part.IGNORED, why="a gap, not a level")
    # A time's own "the" may be the last word of "below the".
    time = next((p for p in sentence.mentions.periods if cue.start < p.start <= cue.end + 30), None)
    if cue.cue == "gap_to" and time is None and "than" not in cue.value:
        return Playing(figure, Part.IGNORED, why="a gap, not a level") if cue.value in {"below", "above"} else None
    return Playing(figure, Part.CHANGE, direction=way(cue), against=time, why=cue.value)


def way(cue: RoleCue) -> Direction | None:
    """The direction a change cue gives; None where it speaks of performance, not of the number."""
    if cue.cue == "up" or cue.value in {"more than", "higher than", "greater than"}:
        return Direction.UP
    if cue.cue == "down" or cue.value in {"fewer than", "less than", "lower than"}:
        return Direction.DOWN
    return Direction.SAME if cue.cue == "same" else None


def base(figure: FigureMention, sentence: Sentence) -> PeriodMention | None:
    """The time a change is measured from, where words say so: "up 5 points on quarter 1"."""
    for period in sentence.mentions.periods:
        gap = sentence.between(figure.end, period.start) if period.start >= figure.end else "0"
        if period.start - figure.end <= 45 and not has_digit(gap) and _BASE_WORDS & set(words_in(gap)):
            return period
    return None


def _by_how_much(figure: FigureMention, sentence: Sentence) -> Playing | None:
    """A change with words of praise or blame before it: "have reduced by an impressive 49%"."""
    lead = sentence.between(max(sentence.start, figure.start - 40), figure.start)
    match = _BY.search(lead)
    if match is None:
        return None
    place = max(sentence.start, figure.start - 40) + match.start()
    move = [c for c in sentence.mentions.cues if c.cue in CHANGE_CUES and c.end <= place + 1]
    return Playing(figure, Part.CHANGE, direction=way(move[-1]), why=move[-1].value) if move else None


def _size_of(figure: FigureMention, sentence: Sentence) -> Playing | None:
    """The size of a movement told behind the measure that moved: "a reduction in the number of plans of 12"."""
    lead = sentence.between(sentence.start, figure.start)
    if " in " not in lead:
        return None
    told = phrasing().size_of_movement.search(lead) or phrasing().label_of_movement.fullmatch(lead)
    if told is None:
        return None
    start, end = (sentence.start + at for at in told.span("what"))
    if not role_words().tells_more.isdisjoint(sentence.plain_words(start, end)):
        return None
    if role_words().moved_measures.search(told["what"].lower()):
        return None
    place = sentence.start + told.start("move")
    cue = next((c for c in sentence.mentions.cues if c.start == place and c.cue in CHANGE_CUES), None)
    if cue is None or any(m.start <= place < m.end for m in sentence.mentions.indicators):
        # A measure of its own may be a movement: "Reduction in first time entrants: 14%".
        return None
    return Playing(figure, Part.CHANGE, direction=way(cue), against=base(figure, sentence), why=cue.value)


def change(figure: FigureMention, front: list[RoleCue], sentence: Sentence) -> Playing | None:
    """A figure that says by how much something moved: "fell by 12%", "a rise of 10 children", "up 5.5 points"."""
    moves = [cue for cue in front if cue.cue in CHANGE_CUES]
    if not moves:
        return _by_how_much(figure, sentence) or _size_of(figure, sentence)
    move = moves[0]
    if ":" in sentence.between(move.end, figure.start) and (
        _GOES_ON.search(sentence.between(sentence.start, move.start)) or _SAYS_OWN.match(sentence.text, figure.end)
    ):
        return None
    between = words_in(sentence.between(move.end, figure.start))
    if between[-1:] == ["and"] or any(
        word in between for word in ("to", "at", "now", "is", "was", "were", "from", "stands")
    ):
        return None
    named = any(cue.cue == "from" and cue.start >= move.start for cue in front)
    if named or move.value in {"remained", "remains", "remain", "same", "the same", "held at", "similar", "stable"}:
        return None
    if move.cue in {"better", "worse", "up", "down"} or "of" in between or "by" in between:
        return Playing(figure, Part.CHANGE, direction=way(move), against=base(figure, sentence), why=move.value)
    return None


def restates_change(figure: FigureMention, before: list[Playing], sentence: Sentence) -> bool:
    """True for the bracket of "an increase of 342 (11%)", and of "6,404, down 1.5% (98)", which the level bears out."""
    last = before[-1]
    if last.part is not Part.CHANGE or sentence.between(last.figure.end, figure.start).strip() != "(":
        return False
    counts = {None, Unit.COUNT}
    if last.figure.unit in counts and figure.unit is Unit.PERCENT:
        return True
    level = next((p.figure.value for p in reversed(before) if p.part is Part.VALUE and p.figure.unit in counts), None)
    share = last.figure.value
    if last.figure.unit is not Unit.PERCENT or figure.unit not in counts or not level or not share:
        return False
    return abs((figure.value or 0.0) - level * share / 100) <= max(_FEW, _ROUGHLY * level * share / 100)


def direction_of(sentence: Sentence, figure: FigureMention) -> Direction | None:
    """The direction of the nearest change cue around a figure."""
    ways = [(abs(c.start - figure.start), way(c)) for c in sentence.mentions.cues if c.cue in CHANGE_CUES]
    return min(ways, key=lambda pair: pair[0])[1] if ways else None
