"""Townclerk as a library: from a file to a document, from a document to observations."""

from __future__ import annotations

from pathlib import Path

from townclerk.extract.extractors import Extractors
from townclerk.extract.inputs import Source
from townclerk.extract.pipeline import Extractor
from townclerk.extract.settings import Settings
from townclerk.models.document import Document
from townclerk.models.observation import Observation

_extractors = Extractors()


def read_report(path: str | Path, settings: Settings | None = None) -> Document:
    """Read a report: its pages, blocks and what it says of itself.

    Args:
        path: A PDF or text file.
        settings: What is known of it; None takes those of the nearest project file (`townclerk.toml`), if any.

    Raises:
        UnreadableError: If the file is missing, empty or cannot be read; the message says what to do.
        PatternError: If a project file or pattern pack is faulty.
    """
    source = Source(str(path), Path(path))
    extractor = _extractor_for(source, settings)
    return extractor.read(source.read(), source.name)


def extract_observations(report: str | Path | Document, settings: Settings | None = None) -> list[Observation]:
    """The observations of a report, in its own order.

    Args:
        report: A PDF or text file, or a document that `read_report` gave.
        settings: As for `read_report`; for a document, only packs and areas still matter.

    Raises:
        UnreadableError: If a file is missing, empty or cannot be read; the message says what to do.
        PatternError: If a project file or pattern pack is faulty.
    """
    if isinstance(report, Document):
        return _extractors.with_settings(settings or Settings()).extract(report).observations
    source = Source(str(report), Path(report))
    extractor = _extractor_for(source, settings)
    return extractor.extract(extractor.read(source.read(), source.name)).observations


def _extractor_for(source: Source, settings: Settings | None) -> Extractor:
    return _extractors.with_settings(settings) if settings else _extractors.for_folder(source.folder)
