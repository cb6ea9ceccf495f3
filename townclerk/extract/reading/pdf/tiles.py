"""Dashboard tiles: a large value and the words that say what it is."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.extract.reading.pdf.drafts import Draft, DraftPart
from townclerk.extract.reading.pdf.geometry import Segment, Word, bounds, lines_of
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.regions import Region
from townclerk.extract.reading.pdf.vectors import Fill
from townclerk.models.document import BlockKind, Box

# How much larger than the page's text a value is printed, in a frame and without one.
_LARGER_FRAMED = 1.3
_LARGER = 1.6
_MOST_WORDS = 60
# A frame of a tile takes at most this share of the page.
_LARGEST_FRAME = 0.3
# How far a label may stand from a value without a frame, in sizes of the value.
_REACH = 1.6


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


def frames_of(regions: Sequence[Region], fills: Sequence[Fill]) -> list[Box]:
    """Boxes that could frame a tile: empty ruled frames and coloured areas."""
    boxes = [region.box for region in regions if region.is_panel]
    boxes.extend(
        Box(fill.x0, fill.y0, fill.x1, fill.y1) for fill in fills if fill.x1 - fill.x0 > 40 and fill.y1 - fill.y0 > 25
    )
    return boxes


def _large_values(segments: Sequence[Segment], layout: Layout) -> list[Segment]:
    values = [
        one
        for one in segments
        if one.upright
        and any(c.isdigit() for c in one.words[0].text + one.words[-1].text)
        and _is_value(one.text, layout)
    ]
    return sorted(values, key=lambda one: (-round(one.size), one.y0, one.x0))


def _is_value(text: str, layout: Layout) -> bool:
    return layout.value.fullmatch(text) is not None and layout.period_head.fullmatch(text) is None


def _plain_size(segments: Sequence[Segment], layout: Layout) -> float:
    """The font size of the middle word that is no value."""
    sizes = sorted(one.size for one in segments if not _is_value(one.text, layout) for _ in one.words)
    return sizes[len(sizes) // 2] if sizes else 1e9


def _frame_of(value: Segment, frames: Sequence[Box], small_enough: float) -> Box | None:
    """The smallest frame around a value that has room for a label."""
    x, y = (value.x0 + value.x1) / 2, value.middle
    around = [
        box
        for box in frames
        if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 and (box.x1 - box.x0) * (box.y1 - box.y0) < small_enough
    ]
    roomy = [box for box in around if box.y1 - box.y0 > 1.8 * value.size or box.x1 - box.x0 > 3 * (value.x1 - value.x0)]
    return min(roomy, key=lambda box: (box.x1 - box.x0) * (box.y1 - box.y0), default=None)


def _in_frame(frame: Box, segments: Sequence[Segment]) -> list[Segment]:
    return [
        one
        for one in segments
        if frame.x0 - 1 <= (one.x0 + one.x1) / 2 <= frame.x1 + 1 and frame.y0 - 1 <= one.middle <= frame.y1 + 1
    ]


def _around(value: Segment, segments: Sequence[Segment], large: Sequence[Segment]) -> list[Segment]:
    """A value without a frame, and the text that stands nearer to it than to any other large value."""
    rivals = [one for one in large if one is not value and one.size > 0.8 * value.size]
    held = [value]
    for one in segments:
        if one is value or len(one.text) > 60 or one.size >= value.size:
            continue
        distance = _distance(one, value)
        if distance <= _REACH * value.size and all(_distance(one, rival) > distance for rival in rivals):
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
    others: list[DraftPart] = []
    lines = lines_of([one for one in held if one is not value])
    for line in lines:
        others.extend(_pairs(line.words, layout, label))
    if not any(c.isalpha() for words in label for word in words for c in word.text):
        return None
    box = bounds(list(held))
    parts = [DraftPart(label, value.words), *others]
    return Draft(BlockKind.TILE, lines, box, value.size, value.bold, parts=parts)


def _pairs(words: Sequence[Word], layout: Layout, label: list[list[Word]]) -> list[DraftPart]:
    """Values of a small line with the words before each; words without a value belong to the tile's label."""
    pairs: list[DraftPart] = []
    waiting: list[Word] = []
    for word in words:
        digits = any(c.isdigit() for c in word.text)
        if digits and waiting and _is_value(word.text, layout) and not _is_dated(waiting):
            pairs.append(DraftPart([waiting], [word]))
            waiting = []
        else:
            waiting.append(word)
    if waiting:
        if pairs and not any(c.isalnum() for word in waiting for c in word.text):
            return pairs
        # A number in the middle of a sentence ("within 45 days") is part of the label.
        if pairs and waiting[0].text[:1].islower():
            label.append(list(words))
            return []
        label.append(waiting)
    return pairs


def _is_dated(words: Sequence[Word]) -> bool:
    """True where the word before a number makes it a date or a threshold: "March 31", "within 45"."""
    last = words[-1].text.lower()
    return last in {"within", "over", "under", "in", "per", "aged", "last", "quarter", "q"}
