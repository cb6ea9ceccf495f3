"""The two counts behind a percentage, and percentages worked out where only the counts are printed."""

from __future__ import annotations

from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.sentence import last_opening
from townclerk.extract.linking.prose.told import Told
from townclerk.extract.linking.prose.undone import undone
from townclerk.models.candidate import Candidate
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Role, Unit
from townclerk.patterns.roles import role_words


def computed(figure: FigureMention) -> float | None:
    """The percentage of "N of D", "all N" or "one in N", to one decimal (convention C4); None where D is nought."""
    if figure.form is FigureForm.ALL:
        return 100.0
    if figure.numerator is None or not figure.denominator:
        return None
    return round(100.0 * figure.numerator / figure.denominator, 1)


def attach_counts(told: list[Told], before: list[float]) -> None:
    """Give percentages their counts: in brackets behind them, or in sentences beside them that divide to them.

    Args:
        told: The sentences of one block.
        before: Counts linked before the block, of which its counts may be parts.
    """
    for index, one in enumerate(told):
        for place, playing in enumerate(one.parts):
            if playing.part is Part.NUMERATOR and playing.whole is not None:
                _bracketed(playing, one)
            if playing.part is not Part.NUMERATOR:
                _leading_count(place, one, before)
        near = told[max(0, index - 1) : index + 2]
        for candidate in one.links.values():
            if _wants_counts(candidate):
                _dividing(candidate, near)


def numerator_behind(one: Told, anchor: Candidate | None) -> int | None:
    """The place of a lone count of children that goes on from a percentage: "4 children on this occasion".

    Args:
        one: A sentence that names no measure of its own.
        anchor: The value linked last before it, in the same block.
    """
    if anchor is None or anchor.unit is not Unit.PERCENT or anchor.numerator is not None:
        return None
    if one.sentence.mentions.indicators:
        return None
    counts = [
        place
        for place, playing in enumerate(one.parts)
        if playing.part is Part.VALUE and playing.figure.noun and playing.figure.form is FigureForm.NUMBER
    ]
    people = role_words().people
    if not counts or one.parts[counts[0]].figure.noun.split()[-1] not in people:
        return None
    return counts[0] if undone(one.parts[counts[0]].figure, one.sentence) is None else None


def _wants_counts(candidate: Candidate) -> bool:
    return (
        candidate.unit is Unit.PERCENT
        and candidate.role is Role.ACTUAL
        and candidate.numerator is None
        and candidate.value is not None
    )


def _bracketed(playing: Playing, told: Told) -> None:
    for candidate in told.links.values():
        if candidate.figure is not playing.whole:
            continue
        if playing.figure.form is FigureForm.PARTS:
            candidate.numerator, candidate.denominator = playing.figure.numerator, playing.figure.denominator
        else:
            candidate.numerator = playing.figure.value


def _leading_count(place: int, told: Told, before: list[float]) -> None:
    """In "41 (8.9%)" or "277 (or 42.5%)" the count that leads is the bracketed percentage's numerator."""
    if place == 0:
        return
    playing, leader = told.parts[place], told.parts[place - 1]
    candidate = told.links.get(place)
    if candidate is None or not playing.figure.bracketed or playing.figure.unit is not Unit.PERCENT:
        return
    count = leader.figure
    if count.unit not in {None, Unit.COUNT} or count.decimals or count.bracketed or count.value is None:
        return
    gap = told.sentence.between(count.end, playing.figure.start)
    opened = last_opening(gap)
    if opened >= 0 and len(gap[:opened].split()) <= 6 and not _words(gap[opened:]) - {"or", "i", "e", "ie"}:
        candidate.numerator = count.value
        around = [*told.parts[: place - 1], *(p for p in told.parts[place + 1 :] if p.part is Part.PIECE)]
        candidate.denominator = _of_whole(count.value, playing.figure, around, before)


def _of_whole(part: float, percent: FigureMention, parts: list[Playing], before: list[float]) -> float | None:
    """The count near by of which a part is the printed percentage, where the arithmetic says so."""
    if percent.value is None:
        return None
    # Further counts are less sure than those of the sentence: a rough percentage is not to pick one by chance.
    margin = 0.5 * 10.0**-percent.decimals + 1e-9 if any(p.part is Part.PIECE for p in parts) else 0.06
    for whole in [*(other.figure.value for other in reversed(parts)), *reversed(before)]:
        if whole and whole >= part and abs(100.0 * part / whole - percent.value) <= margin:
            return whole
    return None


def computed_share(parts: list[Playing]) -> tuple[int, float, float] | None:
    """The counts of "Out of 201 assessments, 166 were in time": the place of the part, the part and the whole."""
    pieces = [(place, playing) for place, playing in enumerate(parts) if playing.part is Part.PIECE]
    if len(pieces) != 2:
        return None
    if "whole_behind" in pieces[1][1].figure.flags:
        pieces.reverse()
    (_, first), (place, second) = pieces
    whole, part = first.figure.value, second.figure.value
    return (place, part, whole) if whole and part is not None and part <= whole else None


def _words(text: str) -> set[str]:
    return {word for word in text.lower().replace("(", " ").replace(".", " ").split() if word.isalpha()}


def _dividing(candidate: Candidate, near: list[Told]) -> None:
    """Find two counts in the sentences beside a percentage that divide to it within its printed precision."""
    margin = 0.5 * 10.0**-candidate.figure.decimals + 1e-9
    for one in near:
        for playing in one.parts:
            figure = playing.figure
            share = computed(figure) if figure.form is FigureForm.PARTS else None
            if share is not None and abs(share - (candidate.value or 0.0)) <= max(margin, 0.05):
                candidate.numerator, candidate.denominator = figure.numerator, figure.denominator
                return
    counts = [
        playing.figure
        for one in near
        for playing in one.parts
        if playing.figure.unit in {None, Unit.COUNT}
        and not playing.figure.decimals
        and playing.figure.value is not None
    ]
    for whole in counts:
        for part in counts:
            if part is whole or not whole.value or part.value is None or part.value > whole.value or whole.value < 5:
                continue
            if abs(100.0 * part.value / whole.value - (candidate.value or 0.0)) <= margin:
                candidate.numerator, candidate.denominator = part.value, whole.value
                return
