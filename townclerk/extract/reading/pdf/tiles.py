"""Dashboard tiles: a large value and the words that say what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from townclerk.extract.reading.pdf.drafts import Draft, DraftPart
from townclerk.extract.reading.pdf.geometry import Segment, Word, bounds, lines_of
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.regions import Region
from townclerk.extract.reading.pdf.vectors import Fill
from townclerk.models.digits import has_digit
from townclerk.models.document import BlockKind, Box

# How much larger than the page's text a value is printed, in a frame and without one.
_LARGER_FRAMED = 1.3
_SAME_COLUMNS, _EDGE = 0.8, 4.0
_LARGER = 1.6
_MOST_WORDS, _MOST_BOXES = 60, 200
# No value has more words than this, however it is spaced.
_LONGEST_VALUE = 8
_DIGIT = re.compile(r"\d")
# A frame of a tile takes at most this share of the page.
_LARGEST_FRAME = 0.3
# How far a label may stand from a value without a frame, in sizes of the value.
_REACH = 1.6
# A line of a tile stands within so many sizes of the next; a title that is no label is so large beside its value.
_NEXT_LINE, _AS_LARGE = 1.5, 0.7


def find_tiles(
    segments: Sequence[Segment], frames: Sequence[Box], page: Box, layout: Layout
) -> list[tuple[Draft, list[Segment]]]:
    """The tiles among a page's text, each with the segments it takes.

    Args:
        segments: Text that is in no table or chart.
        frames: Boxes drawn on the page.
        page: The page.
        layout: What the reader of pages knows.
    """
    large = _large_values(segments, layout)
    if not large:
        return []
    plain = _plain_size(segments, layout)
    small_enough = _LARGEST_FRAME * (page.x1 - page.x0) * (page.y1 - page.y0)
    tiles: list[tuple[Draft, list[Segment]]] = []
    taken: set[int] = set()
    for value in large:
        if id(value) in taken:
            continue
        frame = _frame_of(value, frames, small_enough)
        if value.size < (_LARGER_FRAMED if frame else _LARGER) * plain:
            continue
        held = _in_frame(frame, segments) if frame else _around(value, segments, large)
        held = [segment for segment in held if id(segment) not in taken]
        if len(held) < 2 or sum(len(segment.words) for segment in held) > _MOST_WORDS:
            continue
        draft = _draft(value, held, layout)
        if draft is not None:
            taken.update(id(segment) for segment in held)
            tiles.append((draft, held))
    return tiles


def frames_of(regions: Sequence[Region], fills: Sequence[Fill], boxes: Sequence[Box]) -> list[Box]:
    """Boxes that could frame a tile: what rules and touching colours make up, coloured areas of any shape, frames."""
    wide = [fill for fill in fills if fill.x1 - fill.x0 > 40 and fill.y1 - fill.y0 > 25]
    drawn = sorted({*boxes, *(Box(fill.x0, fill.y0, fill.x1, fill.y1) for fill in wide)})
    # Bars of two tiles below one another are no frame: what they make up cuts through both tiles.
    whole = [region.box for region in regions if not any(_cuts(region.box, box) for box in drawn[:_MOST_BOXES])]
    return [*whole, *drawn]


def _cuts(one: Box, other: Box) -> bool:
    """True where a box reaches into another of the same columns from outside."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    if across < _SAME_COLUMNS * (one.x1 - one.x0):
        return False
    within = [other.y0 + _EDGE < edge < other.y1 - _EDGE for edge in (one.y0, one.y1)]
    outside = one.y0 < other.y0 - _EDGE or one.y1 > other.y1 + _EDGE
    return any(within) and outside


def is_tile_frame(region: Region, segments: Sequence[Segment], layout: Layout) -> bool:
    """True for a frame with one value far larger than the rest of the few words in it."""
    return is_tile(region.held(segments), layout)


def is_tile(held: Sequence[Segment], layout: Layout) -> bool:
    """True for a few words with one value far larger than the rest of them."""
    if len(held) < 2 or sum(len(one.words) for one in held) > _MOST_WORDS:
        return False
    value = max(held, key=lambda one: one.size)
    rest = sorted(one.size for one in held if one is not value)
    return (
        _is_large_value(value, layout) and value.size >= _LARGER * rest[len(rest) // 2] and value.size >= 1.3 * rest[-1]
    )


def _large_values(segments: Sequence[Segment], layout: Layout) -> list[Segment]:
    values = [one for one in segments if _is_large_value(one, layout)]
    return sorted(values, key=lambda one: (-round(one.size), one.y0, one.x0))


def _is_large_value(one: Segment, layout: Layout) -> bool:
    """True for a segment that may be a tile's value, whatever its size."""
    if not one.upright or len(one.words) > _LONGEST_VALUE:
        return False
    return _DIGIT.search(one.words[0][4] + one.words[-1][4]) is not None and _is_value(one.text, layout)


def _is_value(text: str, layout: Layout) -> bool:
    return layout.value.fullmatch(text) is not None and layout.period_head.fullmatch(text) is None


def _plain_size(segments: Sequence[Segment], layout: Layout) -> float:
    """The font size of the middle word that is no value."""
    sizes: list[float] = []
    for one in segments:
        if not _is_value(one.text, layout):
            sizes.extend([one.size] * len(one.words))
    return sorted(sizes)[len(sizes) // 2] if sizes else 1e9


def _frame_of(value: Segment, frames: Sequence[Box], small_enough: float) -> Box | None:
    """The smallest frame around a value that has room for a label."""
    x, y = (value.x0 + value.x1) / 2, value.middle
    around = [box for box in frames if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 and _area(box) < small_enough]
    roomy = [box for box in around if box.y1 - box.y0 > 1.8 * value.size or box.x1 - box.x0 > 3 * (value.x1 - value.x0)]
    smallest = min(roomy, key=_area, default=None)
    if smallest is None:
        return None
    # A tile's title may stand in a bar of its own colour on top of it.
    same = [box for box in roomy if abs(box.x0 - smallest.x0) < 4 and abs(box.x1 - smallest.x1) < 4]
    return max(same, key=_area)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _in_frame(frame: Box, segments: Sequence[Segment]) -> list[Segment]:
    return [
        one
        for one in segments
        if frame.x0 - 1 <= (one.x0 + one.x1) / 2 <= frame.x1 + 1 and frame.y0 - 1 <= one.middle <= frame.y1 + 1
    ]


def _around(value: Segment, segments: Sequence[Segment], large: Sequence[Segment]) -> list[Segment]:
    """A value without a frame, and the text that stands nearer to it than to any other large value.

    What stands further off than the lines of one text do from each other, or is set nearly as large, is not the tile's.
    """
    rivals = [one for one in large if one is not value and one.size > 0.8 * value.size]
    near: list[tuple[float, Segment]] = []
    for one in segments:
        if one is value or len(one.text) > 60 or one.size > _AS_LARGE * value.size:
            continue
        distance = _distance(one, value)
        if distance <= _REACH * value.size and all(_distance(one, rival) > distance for rival in rivals):
            near.append((distance, one))
    held = [value]
    for _, one in sorted(near, key=lambda pair: pair[0]):
        if any(
            _distance(one, other) <= (_NEXT_LINE * one.size if other is not value else value.size) for other in held
        ):
            held.append(one)
    return held


def _distance(one: Segment, value: Segment) -> float:
    """How far text stands from a value; text that is not above, below or beside it is out of reach."""
    across = max(0.0, one.x0 - value.x1, value.x0 - one.x1)
    down = max(0.0, one.y0 - value.y1, value.y0 - one.y1)
    if across and down:
        return across + down + 1e3
    return across + down


def _draft(value: Segment, held: Sequence[Segment], layout: Layout) -> Draft | None:
    """A tile from its segments: the large value with the words around it, then values with words of their own."""
    label: list[list[Word]] = []
    rest = [one for one in held if one is not value]
    others, rest = _stacked_pairs(rest, layout)
    for line in lines_of(rest):
        for segment in line.segments:
            others.extend(_pairs(segment.words, layout, label))
    if not any(c.isalpha() for words in label for word in words for c in word.text):
        return None
    box = bounds(list(held))
    parts = [DraftPart(label, value.words), *others]
    return Draft(BlockKind.TILE, lines_of(held), box, value.size, value.bold, parts=parts)


def _stacked_pairs(segments: Sequence[Segment], layout: Layout) -> tuple[list[DraftPart], list[Segment]]:
    """Small values with the label right above, below or before each; what is left of the segments."""
    values = [one for one in segments if _is_large_value(one, layout)]
    texts = [one for one in segments if all(one is not value for value in values) and len(one.words) <= 5]
    near = [(_distance(text, value), n, m) for n, value in enumerate(values) for m, text in enumerate(texts)]
    pairs: list[tuple[Segment, Segment]] = []
    used_values: set[int] = set()
    used_texts: set[int] = set()
    for distance, n, m in sorted(near):
        if distance > 1.2 * values[n].size or n in used_values or m in used_texts:
            continue
        used_values.add(n)
        used_texts.add(m)
        pairs.append((texts[m], values[n]))
    taken = {id(one) for pair in pairs for one in pair}
    pairs.sort(key=lambda pair: (round(pair[1].y0 / 4), pair[1].x0))
    return [DraftPart([text.words], value.words) for text, value in pairs], [s for s in segments if id(s) not in taken]


def _pairs(words: Sequence[Word], layout: Layout, label: list[list[Word]]) -> list[DraftPart]:
    """Values of a small line with the words before each; words without a value belong to the tile's label."""
    if _is_dated(words, layout):
        return [DraftPart([list(words[1:])], [words[0]])]
    pairs: list[DraftPart] = []
    waiting: list[Word] = []
    for word in words:
        digits = has_digit(word.text)
        if digits and waiting and _is_value(word.text, layout) and not _is_threshold(waiting, layout):
            pairs.append(DraftPart([waiting], [word]))
            waiting = []
        else:
            waiting.append(word)
    if waiting:
        if pairs and not any(c.isalnum() for word in waiting for c in word.text):
            return pairs
        if pairs and waiting[0].text[0] == "(" and waiting[-1].text[-1] == ")":
            # What stands in brackets behind a value, such as its year, is said of that value.
            pairs[-1].label.append(waiting)
            return pairs
        # A number in the middle of a sentence ("within 45 days") is part of the label.
        if pairs and waiting[0].text[:1].islower():
            label.append(list(words))
            return []
        label.append(waiting)
    return pairs


def _is_threshold(words: Sequence[Word], layout: Layout) -> bool:
    """True where the number behind some words is a limit or part of a date."""
    if words[-1].text.lower() not in layout.before_threshold:
        return False
    return layout.earlier_label.fullmatch(" ".join([word.text for word in words])) is None


def _is_dated(words: Sequence[Word], layout: Layout) -> bool:
    """True for a value with nothing but its time behind it."""
    text = words[0].text
    if not has_digit(text) or not _is_value(text, layout):
        return False
    return layout.time_behind.fullmatch(" ".join([word.text for word in words[1:]])) is not None
