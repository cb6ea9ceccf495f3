"""Townclerk's own spaCy pipeline: a blank English tokeniser and its five components."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

from townclerk.extract.spotting.components import COMPONENTS, AreaComponent, IndicatorComponent, mentions_of

if TYPE_CHECKING:
    from spacy.language import Language

    from townclerk.extract.spotting.areas import AreaSpotter
    from townclerk.extract.spotting.indicators import IndicatorSpotter
    from townclerk.models.mentions import Mentions

# A Doc holds more than any block; the limit guards statistical models, and there is none here.
_MAX_LENGTH = 10_000_000


def build_pipeline(indicators: IndicatorSpotter, areas: AreaSpotter) -> Language:
    """A blank English pipeline with all of Townclerk's components.

    Args:
        indicators: Finds indicators, those of the user's packs among them.
        areas: Finds authorities and regions, the user's areas among them.
    """
    nlp = spacy.blank("en")
    nlp.max_length = _MAX_LENGTH
    for name in COMPONENTS:
        component = nlp.add_pipe(name)
        if isinstance(component, IndicatorComponent):
            component.spotter = indicators
        elif isinstance(component, AreaComponent):
            component.spotter = areas
    return nlp


def spot(nlp: Language, text: str) -> Mentions:
    """Everything the pipeline's components recognise in a text, with offsets into it."""
    return mentions_of(nlp(text))
