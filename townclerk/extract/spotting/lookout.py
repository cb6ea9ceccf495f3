"""All spotters over one passage, each run when its mentions are asked for."""

from __future__ import annotations

from dataclasses import dataclass

from townclerk.extract.spotting.areas import AreaSpotter
from townclerk.extract.spotting.figures import find_figures
from townclerk.extract.spotting.indicators import IndicatorSpotter
from townclerk.extract.spotting.periods import find_periods
from townclerk.extract.spotting.roles import find_cues
from townclerk.models.mentions import AreaMention, FigureMention, IndicatorMention, PeriodMention, RoleCue


@dataclass(slots=True, frozen=True)
class Lookout:
    """Looks one passage through with the finders that the spaCy components wrap, and finds the same.

    A passage that nothing is asked of costs nothing, and only one that holds the anchor word of a token pattern is
    taken apart by spaCy.

    Attributes:
        text: The passage.
        spotter: Finds indicators.
        places: Finds areas.
    """

    text: str
    spotter: IndicatorSpotter
    places: AreaSpotter

    def figures(self) -> list[FigureMention]:
        """The figures, in order of start."""
        return find_figures(self.text)

    def periods(self) -> list[PeriodMention]:
        """The times."""
        return find_periods(self.text)

    def areas(self) -> list[AreaMention]:
        """The places."""
        return self.places.find(self.text)

    def indicators(self) -> list[IndicatorMention]:
        """The phrases that name a measure."""
        return self.spotter.find(self.text)

    def cues(self) -> list[RoleCue]:
        """The role cues."""
        return find_cues(self.text)
