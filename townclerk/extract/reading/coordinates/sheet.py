"""A page of recognised words, whoever recognised them."""

from __future__ import annotations

from dataclasses import dataclass, field

from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord

# The height of letters with tails, of a line whose own measures are unknown, against its words' boxes.
_BELOW = 0.22


@dataclass(slots=True)
class Sheet:
    """One page.

    Attributes:
        width: In points.
        height: In points.
        lines: Its lines, words placed in points.
    """

    width: float
    height: float
    lines: list[SeenLine] = field(default_factory=list)


def line_of(words: list[SeenWord], baseline: tuple[float, float] | None = None, size: float = 0.0) -> SeenLine:
    """A line whose baseline and size are measured from its words where the file does not tell them.

    Args:
        words: The words, from the left.
        baseline: Height of the baseline at x = 0, and its slope.
        size: Font size in points.
    """
    tops = sorted(word.y0 for word in words)
    feet = sorted(word.y1 for word in words)
    # Digits and most letters stand on the line: the usual foot is the baseline, or the tails' end if most have tails.
    foot = feet[len(feet) // 2]
    if size <= 0:
        size = max(4.0, (foot - tops[len(tops) // 4]) * (1 + _BELOW))
    return SeenLine(words, baseline or (foot, 0.0), size, _BELOW * size)
