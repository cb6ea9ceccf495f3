"""What the stages after reading need to know, built once for a run: catalogue, gazetteer, spotters, pipeline."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from townclerk.extract.spotting.areas import AreaSpotter
from townclerk.extract.spotting.indicators import IndicatorSpotter
from townclerk.extract.spotting.nlp import build_pipeline, spot
from townclerk.models.mentions import Mentions
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.gazetteer import Gazetteer
from townclerk.patterns.local_names import ColumnNames
from townclerk.patterns.roles import role_words

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
        field_words: Words that name or define a measure, but for the stock of any sentence.
        columns: The user's own heads of table columns.
    """

    catalogue: Catalogue
    gazetteer: Gazetteer
    spotter: IndicatorSpotter
    areas: AreaSpotter
    nlp: Language
    field_words: frozenset[str]
    columns: ColumnNames = field(default_factory=ColumnNames)

    @classmethod
    def build(cls, catalogue: Catalogue, gazetteer: Gazetteer, columns: ColumnNames | None = None) -> Knowledge:
        """Put the spotters and the pipeline together for one catalogue and gazetteer."""
        spotter, areas = IndicatorSpotter(catalogue), AreaSpotter(gazetteer)
        return cls(
            catalogue,
            gazetteer,
            spotter,
            areas,
            build_pipeline(spotter, areas),
            _field_words(catalogue),
            columns or ColumnNames(),
        )

    def mentions(self, text: str) -> Mentions:
        """Everything recognised in a text."""
        return spot(self.nlp, text)


def _field_words(catalogue: Catalogue) -> frozenset[str]:
    """Every word of the catalogue's names and definitions that is not the stock of any sentence."""
    stock = role_words().elliptical
    text = " ".join(f"{indicator.name} {indicator.numerator or ''}" for indicator in catalogue.indicators.values())
    return frozenset(word for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word not in stock)
