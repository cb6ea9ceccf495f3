"""What the stages after reading need to know, built once for a run: catalogue, gazetteer, spotters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from townclerk.extract.spotting.areas import AreaSpotter
from townclerk.extract.spotting.indicators import IndicatorSpotter
from townclerk.extract.spotting.lookout import Lookout
from townclerk.models.mentions import Mentions
from townclerk.patterns.catalogue import Catalogue, load_catalogue
from townclerk.patterns.gazetteer import Gazetteer, load_gazetteer
from townclerk.patterns.kept import kept
from townclerk.patterns.local_names import ColumnNames
from townclerk.patterns.roles import role_words


@dataclass(slots=True, frozen=True)
class Knowledge:
    """Everything known before a report is opened.

    Attributes:
        catalogue: The indicators.
        gazetteer: Authorities and regions.
        spotter: Finds indicator phrases and reads labels.
        areas: Finds places.
        field_words: Words that name or define a measure, but for the stock of any sentence.
        columns: The user's own heads of table columns.
        heads: Texts asked about before: whether each is a column's head. A report's lines are asked about many times.
    """

    catalogue: Catalogue
    gazetteer: Gazetteer
    spotter: IndicatorSpotter
    areas: AreaSpotter
    field_words: frozenset[str]
    columns: ColumnNames = field(default_factory=ColumnNames)
    heads: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def build(cls, catalogue: Catalogue, gazetteer: Gazetteer, columns: ColumnNames | None = None) -> Knowledge:
        """Put the spotters together for one catalogue and gazetteer."""
        spotter, areas = IndicatorSpotter(catalogue), AreaSpotter(gazetteer)
        return cls(
            catalogue,
            gazetteer,
            spotter,
            areas,
            _field_words(catalogue),
            columns or ColumnNames(),
        )

    def mentions(self, text: str) -> Mentions:
        """What a text names, each kind looked for when it is asked for."""
        return Mentions(Lookout(text, self.spotter, self.areas))

    def names_measure(self, text: str) -> bool:
        """True for words in which a measure is named."""
        return bool(self.mentions(text).indicators)


@kept
def shipped_knowledge() -> Knowledge:
    """What the shipped packs and the shipped gazetteer tell.

    Raises:
        PatternError: With every fault of the shipped packs.
    """
    return Knowledge.build(load_catalogue(), load_gazetteer())


def _field_words(catalogue: Catalogue) -> frozenset[str]:
    """Every word of the catalogue's names and definitions that is not the stock of any sentence."""
    stock = role_words().elliptical
    text = " ".join(f"{indicator.name} {indicator.numerator or ''}" for indicator in catalogue.indicators.values())
    return frozenset(word for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word not in stock)
