"""The extractor for each folder of reports: built once for all inputs that share their settings."""

from __future__ import annotations

from pathlib import Path

from townclerk.extract.pipeline import Extractor
from townclerk.extract.project_file import settings_for
from townclerk.extract.settings import Settings


class Extractors:
    """Keeps extractors, because loading the packs costs more than reading a short report."""

    def __init__(self, stated: Settings | None = None) -> None:
        """`stated` is what the user states of every report; it goes before the project files."""
        self._stated = stated or Settings()
        self._by_folder: dict[Path, Extractor] = {}
        self._by_settings: dict[str, Extractor] = {}

    def for_folder(self, folder: Path) -> Extractor:
        """The extractor that the nearest project file and the user's own settings ask for.

        Raises:
            PatternError: If the project file, or a pack, is faulty.
        """
        place = folder.resolve()
        if place not in self._by_folder:
            self._by_folder[place] = self.with_settings(settings_for(place, self._stated))
        return self._by_folder[place]

    def with_settings(self, settings: Settings) -> Extractor:
        """The extractor of exactly these settings."""
        key = repr(settings)
        if key not in self._by_settings:
            self._by_settings[key] = Extractor(settings)
        return self._by_settings[key]
