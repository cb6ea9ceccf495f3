"""Townclerk's own spaCy pipeline: a blank English tokeniser and its five components."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

from townclerk.extract.spotting.areas import AreaSpotter
from townclerk.extract.spotting.components import COMPONENTS, AreaComponent, IndicatorComponent, mentions_of
from townclerk.extract.spotting.indicators import IndicatorSpotter

if TYPE_CHECKING:
    from spacy.language import Language

    from townclerk.models.mentions import Mentions
    from townclerk.patterns.catalogue import Catalogue
    from townclerk.patterns.gazetteer import Gazetteer

# A Doc holds more than any block; the limit guards statistical models, and there is none here.
_MAX_LENGTH = 10_000_000


def build_pipeline(catalogue: Catalogue, gazetteer: Gazetteer) -> Language:
    """A blank English pipeline with all of Townclerk's components.

    Args:
        catalogue: The indicators to look for, with the user's packs already in it.
        gazetteer: The authorities and regions to look for, with the user's areas already in it.
    """
    nlp = spacy.blank("en")
    nlp.max_length = _MAX_LENGTH
    for name in COMPONENTS:
        component = nlp.add_pipe(name)
        if isinstance(component, IndicatorComponent):
            component.spotter = IndicatorSpotter(catalogue)
        elif isinstance(component, AreaComponent):
            component.spotter = AreaSpotter(gazetteer)
    return nlp


def spot(nlp: Language, text: str) -> Mentions:
    """Everything the pipeline's components recognise in a text, with offsets into it."""
    return mentions_of(nlp(text))
