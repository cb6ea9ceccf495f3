"""What a conversion depends on beside the document: told apart, so that only what changed is done again."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from townclerk import __version__
from townclerk.extract.confidence.calibration import load_calibration
from townclerk.extract.project_file import settings_for
from townclerk.extract.settings import Settings
from townclerk.patterns.catalogue import load_catalogue
from townclerk.patterns.gazetteer import load_gazetteer
from townclerk.store.outcome import Versions


def shipped_patterns() -> str:
    """A digest of all knowledge that is shipped as data: patterns and fitted weights."""
    digest = hashlib.sha256()
    for room in ("townclerk.patterns", "townclerk.extract"):
        for entry in _data_files(files(room)):
            digest.update(entry.name.encode())
            digest.update(entry.read_bytes())
    return digest.hexdigest()[:16]


class Wanted:
    """The settings and versions that hold for the documents of each folder."""

    def __init__(self, stated: Settings) -> None:
        """`stated` is what the user states of every document."""
        self._stated = stated
        self._patterns = shipped_patterns()
        self._by_folder: dict[Path | None, tuple[Settings, Versions]] = {}

    def for_folder(self, folder: Path | None) -> tuple[Settings, Versions]:
        """Settings and versions for the documents of a local folder; None for documents that lie elsewhere.

        Raises:
            PatternError: If the folder's project file, a pack or a list of areas is faulty.
        """
        if folder not in self._by_folder:
            settings = settings_for(folder, self._stated) if folder else self._stated
            _check(settings)
            self._by_folder[folder] = (settings, self.versions(settings))
        return self._by_folder[folder]

    def versions(self, settings: Settings | None = None) -> Versions:
        """The versions for some settings, by default the stated ones."""
        return Versions(__version__, self._patterns, _digest(settings or self._stated))


def _check(settings: Settings) -> None:
    """See that what the user gives is sound before the first document is read with it."""
    if settings.packs:
        load_catalogue(settings.packs)
    if settings.areas:
        load_gazetteer(settings.areas)
    if settings.calibration:
        load_calibration(settings.calibration)


def _digest(settings: Settings) -> str:
    """A digest of settings and of the files they name; a password shows only in that it changes the digest."""
    digest = hashlib.sha256()
    for field in fields(settings):
        value: Any = getattr(settings, field.name)
        paths = [path for path in (value if isinstance(value, tuple) else (value,)) if isinstance(path, Path)]
        told: Any = [path.name for path in paths] or (sorted(value.items()) if isinstance(value, dict) else value)
        digest.update(f"{field.name}={told!r}\n".encode())
        for path in paths:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _data_files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            found += _data_files(entry)
        elif entry.name.endswith((".yaml", ".csv", ".json")):
            found.append(entry)
    return found
