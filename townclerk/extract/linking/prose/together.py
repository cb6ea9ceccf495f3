"""What the figures of a sentence are once all of them are known: counts of shares, ranges, aims, corrections."""

from __future__ import annotations

from itertools import pairwise

from townclerk.extract.linking.prose.cues import nearest_cues
from townclerk.extract.linking.prose.parallel import alike
from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.models.digits import has_digit
from townclerk.models.mentions import FigureForm
from townclerk.models.units import Unit
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.restricting import restricting_words
from townclerk.patterns.roles import role_words

# How far words may round a share, and how many words may stand before its exact print.
_ROUNDED_BY, _ROUNDED_WORDS = 6.0, 8


def settle_together(parts: list[Playing], sentence: Sentence) -> None:
    """Mend the parts of a sentence's figures by what the figures beside them are."""
    _give_shares_their_counts(parts)
    _set_rounded_aside(parts, sentence)
    _find_wholes_behind(parts)
    _set_superseded_aside(parts, sentence)
    _set_ranges_aside(parts, sentence)
    _take_for_aims(parts, sentence)
    _join_brackets(parts, sentence)
    alike(parts, sentence)


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


def _set_ranges_aside(parts: list[Playing], sentence: Sentence) -> None:
    """Set "the 50 to 70 suggested in the handbook" aside: a range, and nobody's level."""
    for one, other in pairwise(parts):
        joined = sentence.between(one.figure.end, other.figure.start).strip() in {"to", "-", "–"}
        lead = sentence.between(max(sentence.start, one.figure.start - 20), one.figure.start)
        tail = sentence.between(other.figure.end, min(sentence.end, other.figure.end + 40))
        if joined and (phrasing().range_named.match(tail) or phrasing().range_led.search(lead)):
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
        if restricting_words().happened_already.search(sentence.text, aiming.end(), figure.start):
            # "We committed to fewer plans, and they had gone down from 236 to 213."
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
