"""One pass over a page: its words with their style, and its vectors, in upright coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from typing import Any

import pymupdf

from townclerk.extract.reading.pdf.geometry import Segment, Word, cut_words
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.styling import is_styled, restyle
from townclerk.extract.reading.pdf.turning import UPRIGHT, Turn, turn_of
from townclerk.extract.reading.pdf.vectors import Fill, Rule, sort_vectors
from townclerk.models.document import Box

# Ligatures come apart into their letters here: a word is then spelt as it is searched for.
_FLAGS = (pymupdf.TEXTFLAGS_TEXT | pymupdf.TEXT_COLLECT_VECTORS) & ~pymupdf.TEXT_PRESERVE_LIGATURES
_FILLED_OR_STROKED = 16 | 32
_BOLD_FLAG, _BOLD_CHARACTERS = 16, 8
_WHITE = 0xF5
_SEGMENT_GAP = 0.9
# The same words no further from each other than this, in points, are printed twice.
_SAME_PLACE = 2.5

# A word a word: made as a bare tuple, which takes half the time.
_make_word = partial(tuple.__new__, Word)
_UNMARKED = repeat(False)

# How sure a recogniser is of the word in a box, and whether a second reader agreed (1), not (0) or did not look (-1).
Seen = dict[tuple[float, float, float, float], tuple[float, int]]
# Where each text stands on a page: its left top corners, by rows of the page so high that the same place is in the
# next row at most.
_Told = dict[str, dict[int, list[tuple[float, float]]]]
RawLine = tuple[list[Any], list[Any], tuple[float, float]]


@dataclass(slots=True)
class Gleaned:
    """What one pass over a page found.

    Attributes:
        width: Of the upright page, in points.
        height: Of the upright page.
        turn: How the upright page lies on the page as displayed.
        segments: Its text.
        rules: Straight lines and thin boxes.
        fills: Coloured areas.
        boxes: Areas of any shape and colour, and frames, that are large enough to hold words.
        hidden: How many words were left out as invisible, white on white or printed twice.
        behind: True where all the text is invisible, as a recogniser puts it behind the picture of a page.
        seen: For words read from a picture, by their box: how sure the recogniser is, and whether a second one agreed.
    """

    width: float
    height: float
    turn: Turn
    segments: list[Segment] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    hidden: int = 0
    behind: bool = False
    seen: Seen | None = None


def glean(page: pymupdf.Page, layout: Layout) -> Gleaned:
    """Read the words and vectors of a page.

    Raises:
        RuntimeError: As MuPDF raises it for a page it cannot interpret.
    """
    textpage = page.get_textpage(flags=_FLAGS)
    words = textpage.extractWORDS()
    blocks = textpage.extractDICT()["blocks"]
    lines = _raw_lines(words, [block for block in blocks if block["type"] == 0])
    turn = turn_of(page, [(line[2], len(line[0])) for line in lines])
    gleaned = Gleaned(turn.width, turn.height, turn)
    vectors = [block for block in blocks if block["type"] == 3]
    gleaned.rules, gleaned.fills, areas, gleaned.boxes = sort_vectors(vectors, turn)
    _keep_visible(lines, gleaned, areas, layout)
    return gleaned


def _raw_lines(words: list[Any], blocks: Sequence[Any]) -> list[RawLine]:
    """MuPDF's lines as (words, spans, direction); its words name their line by number."""
    lines: list[RawLine] = []
    first, count = 0, len(words)
    while first < count:
        block, number = words[first][5], words[first][6]
        last = first + 1
        while last < count and words[last][6] == number and words[last][5] == block:
            last += 1
        line = blocks[block]["lines"][number]
        lines.append((words[first:last], line["spans"], line["dir"]))
        first = last
    return lines


def _keep_visible(lines: list[RawLine], gleaned: Gleaned, areas: list[Fill], layout: Layout) -> None:
    """Turn lines into segments, leaving out what a person does not see."""
    # A page whose text is all invisible is a scan with a recogniser's words behind the picture: they are all there is.
    shown = [line for line in lines if _is_drawn(line[1])]
    gleaned.behind = bool(lines) and not shown
    shown = shown or lines
    if len(shown) < len(lines):
        gleaned.hidden += sum(len(line[0]) for line in lines) - sum(len(line[0]) for line in shown)
    seen: _Told = {}
    plain = gleaned.turn.plain
    for words, spans, direction in shown:
        segment = _segment(words, spans, direction, None if plain else gleaned.turn, layout)
        if (
            segment is None
            or (segment.colour and _is_white(segment, areas))
            or _is_repeated(segment, seen)
            or _is_off(segment, gleaned)
        ):
            gleaned.hidden += len(words)
        elif len(words) == 1:
            gleaned.segments.append(segment)
        else:
            gleaned.segments.extend(cut_words(segment, _SEGMENT_GAP * segment.size))


def _is_drawn(spans: list[Any]) -> bool:
    if len(spans) == 1:
        return bool(spans[0]["char_flags"] & _FILLED_OR_STROKED) and spans[0]["alpha"] > 12
    return any(span["char_flags"] & _FILLED_OR_STROKED and span["alpha"] > 12 for span in spans)


def _segment(
    raw: list[Any], spans: list[Any], direction: tuple[float, float], turn: Turn | None, layout: Layout
) -> Segment | None:
    """One segment from a line, with the style of its longest span; `turn` is None where nothing is turned."""
    span = max(spans, key=lambda one: len(one["text"])) if len(spans) > 1 else spans[0]
    styled = len(spans) > 1 or is_styled(span, layout)
    if styled or turn is not None:
        words = _words_of(raw, spans, styled, turn, layout)
        if not words:
            return None
        lefts, tops, rights, bottoms, _, _ = zip(*words, strict=True)
    else:
        lefts, tops, rights, bottoms, texts, _, _, _ = zip(*raw, strict=True)
        words = list(map(_make_word, zip(lefts, tops, rights, bottoms, texts, _UNMARKED, strict=False)))
    if len(words) == 1:
        x0, y0, x1, y1 = lefts[0], tops[0], rights[0], bottoms[0]
    else:
        x0, y0, x1, y1 = min(lefts), min(tops), max(rights), max(bottoms)
    bold = bool(span["flags"] & _BOLD_FLAG or span["char_flags"] & _BOLD_CHARACTERS)
    return Segment(
        words,
        x0,
        y0,
        x1,
        y1,
        span["size"],
        bold,
        span["color"],
        direction[0] > UPRIGHT if turn is None else turn.is_upright(direction),
    )


def _words_of(raw: list[Any], spans: list[Any], styled: bool, turn: Turn | None, layout: Layout) -> list[Word]:
    """The words of a line that is turned, or whose letters need a second look."""
    words = restyle(raw, spans, layout) if styled else [Word(*word[:5]) for word in raw]
    if turn is None:
        return words
    return [Word(*turn.box(word[0], word[1], word[2], word[3]), word[4], word[5]) for word in words]


def _is_white(segment: Segment, areas: list[Fill]) -> bool:
    """True for white text with nothing dark behind it."""
    colour = segment.colour
    if colour >> 16 < _WHITE or (colour >> 8) & 255 < _WHITE or colour & 255 < _WHITE:
        return False
    x, y = (segment.x0 + segment.x1) / 2, segment.middle
    behind = [area for area in areas if area.x0 <= x <= area.x1 and area.y0 <= y <= area.y1]
    return not behind or behind[-1].colour == colour


def _is_repeated(segment: Segment, seen: _Told) -> bool:
    """True where the same words stand at the same place already: a doubled text layer, or shadows and false bold."""
    text = segment.words[0].text if len(segment.words) == 1 else " ".join([word.text for word in segment.words])
    x0, y0 = segment.x0, segment.y0
    row = int(y0 / _SAME_PLACE)
    rows = seen.setdefault(text, {})
    if rows:
        near = [place for at in (row - 1, row, row + 1) for place in rows.get(at, ())]
        if [x for x, y in near if -_SAME_PLACE < x - x0 < _SAME_PLACE and -_SAME_PLACE < y - y0 < _SAME_PLACE]:
            return True
    rows.setdefault(row, []).append((x0, y0))
    return False


def _is_off(segment: Segment, gleaned: Gleaned) -> bool:
    """True for text that lies outside the page."""
    return segment.x1 < 0 or segment.y1 < 0 or segment.x0 > gleaned.width or segment.y0 > gleaned.height


def page_box(gleaned: Gleaned) -> Box:
    """The upright page as a box."""
    return Box(0.0, 0.0, gleaned.width, gleaned.height)
