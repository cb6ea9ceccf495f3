"""Townclerk as a library: from a file to a document, from a document to observations, from an archive to a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from townclerk.convert.archive import convert_archive
from townclerk.convert.conversion import ConvertOptions
from townclerk.convert.limits import Limits
from townclerk.extract.extractors import Extractors
from townclerk.extract.inputs import Source
from townclerk.extract.pipeline import Extractor
from townclerk.extract.settings import Settings
from townclerk.models.document import Document
from townclerk.models.observation import Observation
from townclerk.store.database import Store, open_store
from townclerk.store.decided import decided_observations
from townclerk.store.frames import to_frame
from townclerk.store.observations import Wanted
from townclerk.store.vocabulary import Review

__all__ = [
    "ConvertOptions",
    "Limits",
    "Settings",
    "Wanted",
    "convert_archive",
    "extract_observations",
    "read_report",
    "stored_observations",
    "to_frame",
]

_extractors = Extractors()
_read_with: dict[str, Extractor] = {}
"""The extractor that read a document last, by the document's digest, so that its settings hold to the end."""


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
    document = extractor.read(source.read(), source.name)
    _read_with[document.sha256] = extractor
    return document


def extract_observations(report: str | Path | Document, settings: Settings | None = None) -> list[Observation]:
    """The observations of a report, in its own order.

    Args:
        report: A PDF or text file, or a document that `read_report` gave.
        settings: As for `read_report`; None takes, for a document, those it was read with.

    Raises:
        UnreadableError: If a file is missing, empty or cannot be read; the message says what to do.
        PatternError: If a project file or pattern pack is faulty.
    """
    document = report if isinstance(report, Document) else read_report(report, settings)
    if settings is not None:
        return _extractors.with_settings(settings).extract(document).observations
    extractor = _read_with.get(document.sha256) or _extractors.with_settings(Settings())
    return extractor.extract(document).observations


def stored_observations(store: str | Path, wanted: Wanted | None = None) -> Iterator[Observation]:
    """The observations of a store, by document and place, as reviewers decided them; rejected ones are left out.

    Args:
        store: A SQLite file, its folder, or an address such as `postgresql://user@host/name`.
        wanted: Which of them; None for all but those of near-duplicates.

    Raises:
        StoreError: If there is no such store, or it cannot be read.
    """
    return _as_decided(open_store(str(store)), wanted or Wanted(once=True))


def _as_decided(store: Store, wanted: Wanted) -> Iterator[Observation]:
    try:
        for one in decided_observations(store, wanted):
            if one.review is not Review.REJECTED:
                yield one.observation
    finally:
        store.close()


def _extractor_for(source: Source, settings: Settings | None) -> Extractor:
    return _extractors.with_settings(settings) if settings else _extractors.for_folder(source.folder)
