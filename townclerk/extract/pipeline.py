"""The whole path from bytes to observations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from townclerk.extract.confidence.calibration import load_calibration, shipped_calibration
from townclerk.extract.confidence.company import note_company
from townclerk.extract.facts import StatedFacts, settle_facts
from townclerk.extract.knowledge import Knowledge, shipped_knowledge
from townclerk.extract.linking.linker import link_document
from townclerk.extract.observing import document_ref, observe
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.resting import collector_at_rest, settle
from townclerk.extract.settings import Settings
from townclerk.extract.verification import Finding, apply_repairs, repair_units, verify
from townclerk.models.candidate import Candidate
from townclerk.models.document import Document, Item
from townclerk.models.observation import DocumentRef, Observation
from townclerk.patterns.catalogue import load_catalogue
from townclerk.patterns.gazetteer import load_gazetteer
from townclerk.patterns.local_names import ColumnNames, with_local_names


@dataclass(slots=True)
class UnlinkedFigure:
    """A figure seen and not linked to any indicator: the only view of recall that a user has."""

    page: int
    start: int
    end: int
    text: str
    reason: str


@dataclass(slots=True)
class Extraction:
    """What was read from one document."""

    document: Document
    observations: list[Observation]
    unlinked: list[UnlinkedFigure]
    findings: list[Finding] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)


class Extractor:
    """Reads reports. Built once for a run: the catalogue and the pipeline are the costly part."""

    @collector_at_rest()
    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.knowledge = _knowledge_for(self.settings)
        stored = self.settings.calibration
        self.calibration = shipped_calibration() if stored is None else load_calibration(stored)
        settle()

    @collector_at_rest()
    def read(self, data: bytes, name: str) -> Document:
        """Read one input and settle what it says of itself.

        Args:
            data: The file's bytes.
            name: Its name, for messages and as a hint of authority and period.

        Raises:
            UnreadableError: If nothing can be read from it.
            MissingComponentError: If it is a scan, or an office file, and what reads those is not installed.
        """
        document = read_bytes(data, name, self.settings.reading())
        stated = StatedFacts(
            authority=self.settings.authority,
            period=self.settings.period,
            meeting_date=self.settings.meeting_date,
        )
        settle_facts(document, self.knowledge.gazetteer, stated)
        return document

    @collector_at_rest()
    def extract(self, document: Document) -> Extraction:
        """Find the observations of a document that was read."""
        linked = link_document(document, self.knowledge)
        lost = [one.span for one in linked.unlinked]
        read = repair_units(linked.candidates, lost, document, self.knowledge.catalogue)
        linked.unlinked = [one for one in linked.unlinked if one.span not in read]
        findings = verify(linked.candidates, document, self.knowledge.catalogue)
        note_company(linked.candidates, [span for span in lost if span not in read], document)
        if self.settings.repair:
            apply_repairs(linked.candidates)
        observations = self._observed(linked.candidates, document)
        unlinked = [
            UnlinkedFigure(one.span.page, one.span.start, one.span.end, one.text, one.reason) for one in linked.unlinked
        ]
        return Extraction(document, observations, unlinked, findings, linked.candidates)

    def _observed(self, candidates: Sequence[Candidate], document: Document) -> list[Observation]:
        """The candidates written down; what is said of their report is put together once for each of its papers."""
        about: dict[int, DocumentRef] = {}
        observations = []
        for candidate in candidates:
            item = _item_of(candidate, document)
            told = about.get(id(item)) or about.setdefault(id(item), document_ref(document, item))
            observations.append(
                observe(candidate, document, item, self.knowledge.catalogue, self.calibration, about=told)
            )
        return observations


def _knowledge_for(settings: Settings) -> Knowledge:
    """The catalogue, gazetteer and spotters that a user's settings ask for; the shipped alone are kept ready-made."""
    columns = ColumnNames(settings.column_aliases)
    if not (settings.packs or settings.local_names or settings.areas):
        return replace(shipped_knowledge(), columns=columns, heads={})
    catalogue = with_local_names(load_catalogue(settings.packs), settings.local_names)
    return Knowledge.build(catalogue, load_gazetteer(settings.areas), columns)


def _item_of(candidate: Candidate, document: Document) -> Item | None:
    """The paper of a pack that a candidate stands in; None for a report on its own."""
    inside = (item for item in document.items if item.first_block <= candidate.block < item.last_block)
    return next(inside, None)
