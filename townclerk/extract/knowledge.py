"""What the stages after reading need to know, built once for a run: catalogue, gazetteer, spotters, pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from townclerk.extract.spotting.areas import AreaSpotter
from townclerk.extract.spotting.indicators import IndicatorSpotter
from townclerk.extract.spotting.nlp import build_pipeline, spot
from townclerk.models.mentions import Mentions
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.gazetteer import Gazetteer

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(slots=True, frozen=True)
class Knowledge:
    """Everything known before a report is opened.

    Attributes:
        catalogue: The indicators.
        gazetteer: Authorities and regions.
        spotter: Finds indicator phrases and reads labels.
        areas: Finds places.
        nlp: The spaCy pipeline of all spotters.
    """

    catalogue: Catalogue
    gazetteer: Gazetteer
    spotter: IndicatorSpotter
    areas: AreaSpotter
    nlp: Language

    @classmethod
    def build(cls, catalogue: Catalogue, gazetteer: Gazetteer) -> Knowledge:
        """Put the spotters and the pipeline together for one catalogue and gazetteer."""
        return cls(
            catalogue,
            gazetteer,
            IndicatorSpotter(catalogue),
            AreaSpotter(gazetteer),
            build_pipeline(catalogue, gazetteer),
        )

    def mentions(self, text: str) -> Mentions:
        """Everything recognised in a text."""
        return spot(self.nlp, text)
