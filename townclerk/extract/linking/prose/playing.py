"""The parts that figures play, and a figure with its part."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from townclerk.models.mentions import (
    AreaMention,
    FigureMention,
    PeriodMention,
)
from townclerk.models.units import Direction


class Part(StrEnum):
    """The part a figure plays."""

    VALUE = "value"
    PREVIOUS = "previous"
    TARGET = "target"
    NUMERATOR = "numerator"
    PIECE = "piece"
    CHANGE = "change"
    IGNORED = "ignored"


# Figures in these parts neither take a time nor stand between a level and its time.
ASIDE = frozenset({Part.NUMERATOR, Part.PIECE, Part.IGNORED})


@dataclass(slots=True)
class Playing:
    """A figure and the part it plays.

    Attributes:
        figure: The figure.
        part: Its part.
        area: A comparator's place, where words beside the figure name one.
        areas: Further places the one figure is said of ("the region and England each stand at 9%").
        also_target: The one figure is the target as well.
        direction: Which way a change goes, or the value moved.
        against: For a change: the words it is measured from, a time; None where unsaid.
        whole: For a numerator: the percentage it belongs to.
        why: The cue that decided, for the reasons.
    """

    figure: FigureMention
    part: Part
    area: AreaMention | None = None
    areas: list[AreaMention] = field(default_factory=list)
    also_target: bool = False
    direction: Direction | None = None
    against: PeriodMention | None = None
    whole: FigureMention | None = None
    why: str = ""

    @property
    def of_elsewhere(self) -> bool:
        """True for a comparator's figure."""
        return self.area is not None and not self.area.is_own
