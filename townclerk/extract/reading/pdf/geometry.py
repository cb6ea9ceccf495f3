"""Words, segments and lines of a page, in upright page coordinates (points, origin at the top left)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from townclerk.models.document import Box


class Word(NamedTuple):
    """One word as printed. `mark` is True for a raised footnote mark, which is no part of what the words say."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    mark: bool = False


@dataclass(slots=True)
class Segment:
    """Words that stand together on one line with the style most of them have.

    Attributes:
        words: The words, from the left; from the first read for text that is not upright.
        x0: Left edge.
        y0: Top edge.
        x1: Right edge.
        y1: Bottom edge.
        size: Font size in points.
        bold: True where the font is bold.
        colour: The text's colour as 0xRRGGBB.
        upright: False for text turned against the page, such as the heads of narrow columns.
    """

    words: list[Word]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    colour: int = 0
    upright: bool = True

    @property
    def text(self) -> str:
        """The words with blanks between them, footnote marks left out."""
        words = self.words
        if len(words) == 1:
            return "" if words[0].mark else words[0].text
        return " ".join([word.text for word in words if not word.mark])

    @property
    def letters(self) -> int:
        """How many letters and signs its words have, footnote marks counted."""
        return len("".join([word.text for word in self.words]))

    @property
    def middle(self) -> float:
        """Height of its middle line."""
        return (self.y0 + self.y1) / 2

    def part(self, first: int, last: int) -> Segment:
        """The words from `first` to `last` (exclusive) as a segment of its own."""
        words = self.words[first:last]
        return Segment(
            words,
            words[0].x0,
            min([word.y0 for word in words]),
            max([word.x1 for word in words]),
            max([word.y1 for word in words]),
            self.size,
            self.bold,
            self.colour,
            self.upright,
        )


@dataclass(slots=True)
class Line:
    """Segments at one height, from the left."""

    segments: list[Segment]
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    size: float = 0.0
    bold: bool = False
    words: list[Word] = field(default_factory=list)

    @classmethod
    def of(cls, segments: list[Segment]) -> Line:
        """The line that `segments` make up."""
        if len(segments) == 1:
            one = segments[0]
            return cls(segments, one.x0, one.y0, one.x1, one.y1, one.size, one.bold, one.words)
        ordered = sorted(segments, key=_left)
        longest = max(ordered, key=_width)
        return cls(
            ordered,
            ordered[0].x0,
            min([segment.y0 for segment in ordered]),
            max([segment.x1 for segment in ordered]),
            max([segment.y1 for segment in ordered]),
            longest.size,
            False not in [segment.bold for segment in ordered],
            [word for segment in ordered for word in segment.words],
        )

    @property
    def text(self) -> str:
        """Its words with blanks between them, footnote marks left out."""
        return " ".join([word.text for word in self.words if not word.mark])

    @property
    def colour(self) -> int:
        """The colour of its first words, as 0xRRGGBB."""
        return self.segments[0].colour


def lines_of(segments: Iterable[Segment]) -> list[Line]:
    """Group segments into lines: those whose heights overlap by half of the lower one stand on one line."""
    lines: list[list[Segment]] = []
    tops: list[float] = []
    bottoms: list[float] = []
    rights: list[float] = []
    count = 0
    for segment in sorted(segments, key=_height):
        y0, y1, x1 = segment.y0, segment.y1, segment.x1
        for back in range(count - 1, count - 4 if count > 3 else -1, -1):
            top, bottom = tops[back], bottoms[back]
            shared = (bottom if bottom < y1 else y1) - (top if top > y0 else y0)
            lower = bottom - top if bottom - top < y1 - y0 else y1 - y0
            if shared > 0.5 * lower and (segment.x0 + 2.0 >= rights[back] or _fits(lines[back], segment)):
                lines[back].append(segment)
                rights[back] = x1 if x1 > rights[back] else rights[back]
                break
        else:
            lines.append([segment])
            tops.append(y0)
            bottoms.append(y1)
            rights.append(x1)
            count += 1
    return [Line.of(line) for line in lines]


_left = attrgetter("x0")


def _width(segment: Segment) -> float:
    return segment.x1 - segment.x0


def _height(segment: Segment) -> float:
    return segment.y0 + segment.y1


def _fits(line: list[Segment], segment: Segment) -> bool:
    """True where a segment lies beside those of a line, not upon them."""
    x0, x1 = segment.x0 + 2.0, segment.x1 - 2.0
    return not [one for one in line if one.x0 < x1 and one.x1 > x0]


def cut_words(segment: Segment, gap: float) -> list[Segment]:
    """Cut a segment wherever two words stand further apart than `gap` points."""
    words = segment.words
    if len(words) == 1 or not segment.upright:
        return [segment]
    lefts, _, rights, _, _, _ = zip(*words, strict=True)
    cuts = [at for at, left in enumerate(lefts[1:], start=1) if left - rights[at - 1] > gap]
    if not cuts:
        return [segment]
    cuts = [0, *cuts, len(words)]
    return [segment.part(first, last) for first, last in itertools.pairwise(cuts)]


def bounds(boxes: Sequence[Segment] | Sequence[Line] | Sequence[Word] | Sequence[Box]) -> Box:
    """The smallest box around all of `boxes`."""
    if len(boxes) == 1:
        one = boxes[0]
        return Box(one.x0, one.y0, one.x1, one.y1)
    return Box(
        min([box.x0 for box in boxes]),
        min([box.y0 for box in boxes]),
        max([box.x1 for box in boxes]),
        max([box.y1 for box in boxes]),
    )
