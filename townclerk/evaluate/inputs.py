"""Bringing gold and observations together: from JSON Lines, or by reading the reports now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from townclerk.evaluate.gold import GoldDocument
from townclerk.models.errors import TownclerkError, UnreadableError, why_unread
from townclerk.models.observation import Observation

if TYPE_CHECKING:
    from townclerk.extract.pipeline import Extractor, UnlinkedFigure

OBSERVATION_SUFFIXES = frozenset({".jsonl", ".ndjson"})
NOT_REPORTS = (".pages", ".gold.jsonl")


@dataclass(slots=True)
class Readings:
    """Observations by the file stem of their report.

    Attributes:
        documents: The observations of each report that was read.
        faults: Reports that could not be read, wholly or in part, each with the reason.
        missing: Reports that have gold, but neither a file nor an observation.
        unlinked: Figures of each report read now that were linked to no indicator, each with the reason.
        texts: The text of each report read now.
    """

    documents: dict[str, list[Observation]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unlinked: dict[str, list[UnlinkedFigure]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def collect(gold: dict[str, GoldDocument], sources: Iterable[Path]) -> Readings:
    """The observations of every report that has gold.

    Args:
        gold: The gold by report.
        sources: Reports, JSON Lines files of observations, or folders of either. A report is read only if it has gold.

    Returns:
        Observations by report. A report named in no JSON Lines file counts as one without observations, if such a file
        was given; else it is missing and left out of the score.

    Raises:
        UnreadableError: If a JSON Lines file is faulty, or what was given has no gold.
    """
    readings = Readings()
    listed = [path for path in _files(sources) if not path.name.endswith(NOT_REPORTS)]
    gold_files = {document.path.resolve() for document in gold.values()}
    outputs = [p for p in listed if p.suffix.lower() in OBSERVATION_SUFFIXES and p.resolve() not in gold_files]
    reports = [p for p in listed if p.suffix.lower() not in OBSERVATION_SUFFIXES and p.stem in gold]
    for path in outputs:
        for seen in read_observations(path):
            readings.documents.setdefault(Path(seen.document.name).stem, []).append(seen)
    _extract(reports, readings)
    if (readings.documents or not outputs) and not (reports or gold.keys() & readings.documents.keys()):
        names = ", ".join(str(source) for source in sources)
        raise UnreadableError(f"{names}: no report or observation has gold; the file stems must be the same in both")
    readings.missing = sorted(gold.keys() - readings.documents.keys())
    if outputs:
        readings.documents.update((name, []) for name in readings.missing)
    return readings


def read_observations(path: Path) -> list[Observation]:
    """The observations of a JSON Lines file that `townclerk extract` wrote.

    Raises:
        UnreadableError: If the file cannot be read or a line is no observation, with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreadableError(f"{path}: cannot be read ({why_unread(fault)}); give JSON Lines in UTF-8") from None
    observations: list[Observation] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            observations.append(Observation.model_validate_json(line))
        except ValidationError as fault:
            first = fault.errors()[0]
            where = ".".join(str(step) for step in first["loc"])
            why = "the line is no JSON" if first["type"] == "json_invalid" else f"{where}: {first['msg']}"
            raise UnreadableError(
                f"{path}:{number}: is no observation ({why}); write it anew with townclerk extract -o FILE.jsonl"
            ) from None
    return observations


def _files(sources: Iterable[Path]) -> Iterator[Path]:
    """The files given, those of a folder in order of name."""
    for source in sources:
        if source.is_dir():
            yield from sorted(path for path in source.iterdir() if path.is_file())
        elif source.exists():
            yield source
        else:
            raise UnreadableError(f"{source}: does not exist; give reports, a folder of them, or JSON Lines")


def _extract(paths: list[Path], readings: Readings) -> None:
    """Read reports under the project file of their folder; one that cannot be read is a fault, not the end."""
    extractors: dict[Path, Extractor] = {}
    for path in paths:
        if path.stem in readings.documents:
            readings.faults.append(f"{path}: left out, another input of this name was scored; give one of them")
            continue
        try:
            if path.parent not in extractors:
                extractors[path.parent] = _extractor(path.parent)
            extractor = extractors[path.parent]
            document = extractor.read(path.read_bytes(), path.name)
            extraction = extractor.extract(document)
            readings.documents[path.stem] = extraction.observations
            readings.unlinked[path.stem] = extraction.unlinked
            readings.texts[path.stem] = document.text
            if skipped := document.skipped():
                readings.faults.append(f"{path}: {skipped}; it is scored without")
        except (TownclerkError, OSError) as fault:
            readings.faults.append(f"{path}: {fault}")


def _extractor(folder: Path) -> Extractor:
    """An extractor with the settings that hold in a folder."""
    from townclerk.extract.pipeline import Extractor  # noqa: PLC0415 - JSON Lines are scored without a reader
    from townclerk.extract.project_file import settings_for  # noqa: PLC0415 - as above

    return Extractor(settings_for(folder))
