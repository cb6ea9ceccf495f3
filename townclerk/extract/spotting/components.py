"""The spotters as spaCy components, for Townclerk's own pipeline and for other users of spaCy.

Each component marks its mentions twice: as spans in `doc.spans["townclerk_..."]` (snapped outwards to token bounds) and
as records with exact offsets in `doc._.townclerk`. After `pip install townclerk` they are found by name:

    nlp = spacy.blank("en")
    nlp.add_pipe("townclerk_figures")
    doc = nlp("Rose to 29.4% from 20.8%.")
    [span.text for span in doc.spans["townclerk_figures"]]

spaCy imports this module whenever it looks for components, so the spotters are imported only where they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from spacy.language import Language
from spacy.tokens import Doc

from townclerk.models.mentions import AreaMention, IndicatorMention, Mentions

if TYPE_CHECKING:
    from townclerk.extract.spotting.areas import AreaSpotter
    from townclerk.extract.spotting.indicators import IndicatorSpotter

COMPONENTS = (
    "townclerk_indicators",
    "townclerk_figures",
    "townclerk_periods",
    "townclerk_areas",
    "townclerk_roles",
)

if not Doc.has_extension("townclerk"):
    Doc.set_extension("townclerk", default=None)


class _Mention(Protocol):
    """What every mention has."""

    start: int
    end: int


def mentions_of(doc: Doc) -> Mentions:
    """The records that Townclerk's components have put on a doc; empty ones if none has run."""
    if doc._.townclerk is None:
        doc._.townclerk = Mentions()
    mentions: Mentions = doc._.townclerk
    return mentions


def _mark(doc: Doc, key: str, labelled: Iterable[tuple[_Mention, str]]) -> None:
    """Put mentions on the doc as spans; one that no token covers (blanks only) gives none."""
    spans = [
        doc.char_span(mention.start, mention.end, label=label, alignment_mode="expand") for mention, label in labelled
    ]
    doc.spans[key] = [span for span in spans if span is not None]


@Language.factory("townclerk_figures", assigns=["doc.spans", "doc._.townclerk"])
def make_figures(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Figures; a span's label is the unit, or the form where there is none."""
    del nlp
    from townclerk.extract.spotting.figures import find_figures

    def spot_figures(doc: Doc) -> Doc:
        figures = find_figures(doc.text)
        mentions_of(doc).figures = figures
        _mark(doc, name, ((figure, (figure.unit or figure.form).value) for figure in figures))
        return doc

    return spot_figures


@Language.factory("townclerk_periods", assigns=["doc.spans", "doc._.townclerk"])
def make_periods(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Words that name a time; a span's label is the form of the expression."""
    del nlp
    from townclerk.extract.spotting.periods import find_periods

    def spot_periods(doc: Doc) -> Doc:
        periods = find_periods(doc.text)
        mentions_of(doc).periods = periods
        _mark(doc, name, ((period, period.expression.form) for period in periods))
        return doc

    return spot_periods


@Language.factory("townclerk_roles", assigns=["doc.spans", "doc._.townclerk"])
def make_roles(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Words that give a figure its role; a span's label is the cue."""
    del nlp
    from townclerk.extract.spotting.roles import find_cues

    def spot_roles(doc: Doc) -> Doc:
        cues = find_cues(doc.text)
        mentions_of(doc).cues = cues
        _mark(doc, name, ((cue, cue.cue) for cue in cues))
        return doc

    return spot_roles


class AreaComponent:
    """Places and groups of places; a span's label is the kind.

    Args:
        key: The component's name, under which its spans stand.
        files: Tables of areas to add to the shipped gazetteer, which is read at the first use.
    """

    def __init__(self, key: str, files: Sequence[str]) -> None:
        self.key = key
        self.files = [Path(file) for file in files]
        self.spotter: AreaSpotter | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Mark a doc."""
        areas = self._find(doc.text)
        mentions_of(doc).areas = areas
        _mark(doc, self.key, ((area, area.kind.value) for area in areas))
        return doc

    def _find(self, text: str) -> list[AreaMention]:
        if self.spotter is None:
            from townclerk.extract.spotting.areas import AreaSpotter
            from townclerk.patterns.gazetteer import load_gazetteer

            self.spotter = AreaSpotter(load_gazetteer(self.files))
        return self.spotter.find(text)


@Language.factory("townclerk_areas", assigns=["doc.spans", "doc._.townclerk"], default_config={"areas": []})
def make_areas(nlp: Language, name: str, areas: list[str]) -> AreaComponent:
    """Places; `areas` lists files of areas to add to the gazetteer."""
    del nlp
    return AreaComponent(name, areas)


class IndicatorComponent:
    """Phrases that name an indicator; a span's label is the best match's id.

    Args:
        key: The component's name, under which its spans stand.
        packs: Pattern packs to add to the shipped ones, which are read at the first use.
    """

    def __init__(self, key: str, packs: Sequence[str]) -> None:
        self.key = key
        self.packs = [Path(pack) for pack in packs]
        self.spotter: IndicatorSpotter | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Mark a doc."""
        indicators = self._find(doc)
        mentions_of(doc).indicators = indicators
        named = [found for found in indicators if found.matches]  # a complement names no measure
        _mark(doc, self.key, ((found, found.matches[0].indicator_id) for found in named))
        return doc

    def _find(self, doc: Doc) -> list[IndicatorMention]:
        if self.spotter is None:
            from townclerk.extract.spotting.indicators import IndicatorSpotter
            from townclerk.patterns.catalogue import load_catalogue

            self.spotter = IndicatorSpotter(load_catalogue(self.packs))
        return self.spotter.find(doc.text, doc)


@Language.factory("townclerk_indicators", assigns=["doc.spans", "doc._.townclerk"], default_config={"packs": []})
def make_indicators(nlp: Language, name: str, packs: list[str]) -> IndicatorComponent:
    """Indicator phrases; `packs` lists pattern packs to add."""
    del nlp
    return IndicatorComponent(name, packs)
