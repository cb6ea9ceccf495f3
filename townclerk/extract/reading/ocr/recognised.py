"""What a recogniser read: words in lines, with places in the picture's points."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

READ_ONCE = -1


@dataclass(slots=True)
class SeenWord:
    """One word.

    Attributes:
        x0: Left edge, in points.
        y0: Top edge.
        x1: Right edge.
        y1: Bottom edge.
        text: Its letters.
        certainty: The recogniser's, 0 to 1.
        agreed: 1 where a second reader read the same, 0 where not, `READ_ONCE` where none looked.
        weight: How thick its strokes are, in points; 0 where nobody measured.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    certainty: float
    agreed: int = READ_ONCE
    weight: float = 0.0

    def joined(self, other: SeenWord) -> SeenWord:
        """This word and the one behind it as one."""
        return replace(
            self,
            x1=other.x1,
            y0=min(self.y0, other.y0),
            y1=max(self.y1, other.y1),
            text=self.text + other.text,
            certainty=min(self.certainty, other.certainty),
        )


@dataclass(slots=True)
class SeenLine:
    """Words on one line.

    Attributes:
        words: From the left.
        baseline: Height of the baseline at x = 0, and its slope.
        size: Height of the line's letters with what hangs below, which is about the font size, in points.
        below: How far letters hang below the baseline, in points.
    """

    words: list[SeenWord] = field(default_factory=list)
    baseline: tuple[float, float] = (0.0, 0.0)
    size: float = 0.0
    below: float = 0.0
