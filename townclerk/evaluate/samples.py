"""What a calibration is fitted on: readings with their evidence and the truth, by document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from townclerk.evaluate.agreement import Level
from townclerk.evaluate.gold import GoldDocument
from townclerk.evaluate.scoring import score
from townclerk.extract.confidence import gather
from townclerk.extract.extractors import Extractors
from townclerk.extract.inputs import Source
from townclerk.models.errors import UnreadableError
from townclerk.models.units import Method


@dataclass(slots=True, frozen=True)
class Sample:
    """One reading.

    Attributes:
        document: Its report's stem.
        origin: Class of input: text, born_digital or scan.
        method: The linker that made it.
        evidence: Names and amounts of its evidence.
        right: All of indicator, value, unit, role, area and period agree with gold.
        label: What was read, for lists.
    """

    document: str
    origin: str
    method: Method
    evidence: tuple[tuple[str, float], ...]
    right: bool
    label: str


def read_samples(
    gold: dict[str, GoldDocument], reports: Iterable[Path], extractors: Extractors, known_ids: frozenset[str]
) -> tuple[list[Sample], list[str]]:
    """Read reports that have gold.

    Args:
        gold: Gold by file stem.
        reports: Report files; those without gold are passed over.
        extractors: Extractors by folder.
        known_ids: Ids that gold is written against.

    Returns:
        The readings in the score, and why reports could not be read.
    """
    samples: list[Sample] = []
    faults: list[str] = []
    for path in sorted(reports):
        if path.stem not in gold or path.suffix in {".jsonl", ".pages"}:
            continue
        try:
            samples += _samples_of(path, gold[path.stem], extractors, known_ids)
        except UnreadableError as fault:
            faults.append(str(fault))
    return samples, faults


def _samples_of(path: Path, gold: GoldDocument, extractors: Extractors, known_ids: frozenset[str]) -> list[Sample]:
    extractor = extractors.for_folder(path.parent)
    document = extractor.read(Source(str(path), path).read(), path.name)
    extraction = extractor.extract(document)
    found = score(
        gold.lines, extraction.observations, gold.pages, known_ids=known_ids, name=path.stem, text=document.text
    )
    right = {id(pair.seen) for pair in found.matched[Level.FULL]}
    reported = {id(seen) for seen in found.reported}
    samples = []
    for candidate, seen in zip(extraction.candidates, extraction.observations, strict=True):
        if id(seen) not in reported:
            continue
        evidence = tuple((feature.name, float(feature.amount)) for feature in gather(candidate, document))
        origin = document.page_at(candidate.figure_span.start).origin.value
        label = f"{seen.indicator_id} {seen.value_text}"
        samples.append(Sample(path.stem, origin, seen.method, evidence, id(seen) in right, label))
    return samples


def documents_of(samples: Sequence[Sample]) -> list[str]:
    """The documents of samples, in order of name."""
    return sorted({sample.document for sample in samples})
