"""Labels of an axis that are set so tightly that they run together: "Q1 16/17Q2 16/17Q3 16/17"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from townclerk.extract.reading.pdf.geometry import Segment, Word, bounds
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.models.digits import has_digit
from townclerk.models.document import Box

_FEWEST_PERIODS = 3
# A period has at most so many words.
LONGEST_PERIOD = 3
# How far above an axis its values may stand, and how far they may reach over its ends.
_HIGHEST = 260.0
_OVER = 9.0


def part_ticks(segments: Sequence[Segment], layout: Layout) -> list[Segment]:
    """Segments with those cut apart that are nothing but periods, and those over them that are nothing but values."""
    made = [(segment, own) for segment in segments if (own := _periods(segment, layout))]
    axes = _axes([period for _, own in made for period in own])
    if not axes:
        return list(segments)
    cut = {id(segment): own for segment, own in made if len(own) >= _FEWEST_PERIODS}
    parted = [part for segment in segments for part in cut.get(id(segment), (segment,))]
    return [part for segment in parted for part in _values(segment, axes, layout)]


def _axes(periods: Sequence[Segment]) -> list[Box]:
    """Boxes around periods at one height, where there are enough of them."""
    rows: list[list[Segment]] = []
    for one in sorted(periods, key=lambda period: period.middle):
        if rows and one.middle - rows[-1][-1].middle < 0.3 * one.size:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [bounds(row) for row in rows if len(row) >= _FEWEST_PERIODS]


def _periods(segment: Segment, layout: Layout) -> list[Segment]:
    """The periods a segment is made of; nothing where it says anything else."""
    if not segment.upright or not segment.words[-1].text[-1].isdigit() or not segment.words[0].text[0].isalnum():
        return []
    if len(segment.words) == 1:
        return [segment] if layout.period_head.fullmatch(segment.words[0].text) else []
    words = [part for word in segment.words for part in _unglued(word, layout)]
    parts: list[list[Word]] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + LONGEST_PERIOD), at, -1):
            if layout.period_head.fullmatch(" ".join(word.text for word in words[at:end])):
                parts.append(words[at:end])
                at = end
                break
        else:
            return []
    return [_segment(part, segment) for part in parts]


def _unglued(word: Word, layout: Layout) -> list[Word]:
    """A word cut where one period ends and the next begins without a blank, as if all letters were equally wide."""
    cuts = [match.start() for match in layout.glued_periods.finditer(word.text)]
    if not cuts:
        return [word]
    width = (word.x1 - word.x0) / len(word.text)
    edges = [0, *cuts, len(word.text)]
    return [
        Word(word.x0 + first * width, word.y0, word.x0 + last * width, word.y1, word.text[first:last], word.mark)
        for first, last in pairwise(edges)
    ]


def _values(segment: Segment, axes: Sequence[Box], layout: Layout) -> list[Segment]:
    """A segment of values over an axis, each value for itself."""
    if len(segment.words) < 2 or not segment.upright:
        return [segment]
    over = any(
        axis.y0 - _HIGHEST < segment.middle < axis.y0 and axis.x0 - _OVER < segment.x0 and segment.x1 < axis.x1 + _OVER
        for axis in axes
    )
    if not over or not all(_is_figure(word.text, layout) for word in segment.words):
        return [segment]
    return [_segment([word], segment) for word in segment.words]


def _is_figure(text: str, layout: Layout) -> bool:
    """True for a value that is whole by its sign, its point or its %: bare digits may be part of "1 234"."""
    marked = text[-1] == "%" or "." in text or text[0] in "+-−–"
    return marked and has_digit(text) and layout.value.fullmatch(text) is not None


def _segment(words: list[Word], like: Segment) -> Segment:
    """Some words of a segment as one of their own."""
    return Segment(
        words,
        words[0].x0,
        min(word.y0 for word in words),
        words[-1].x1,
        max(word.y1 for word in words),
        like.size,
        like.bold,
        like.colour,
    )
