"""From options and project files to the extractor of each input."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from townclerk.console.options import date_option, period_option
from townclerk.extract.inputs import Source
from townclerk.extract.pipeline import Extractor
from townclerk.extract.project_file import ProjectFile, check_local_names, find_project_file, load_project_file
from townclerk.extract.settings import Settings
from townclerk.models.errors import UsageError
from townclerk.patterns.catalogue import load_catalogue


def stated_settings(
    authority: str | None,
    period: str | None,
    meeting_date: str | None,
    areas: Sequence[Path] | None,
    patterns: Sequence[Path] | None,
    password: str | None,
) -> Settings:
    """What the user states on the command line, checked.

    Raises:
        UsageError: If a value is none of its kind, or a file is missing.
    """
    for option, paths in (("--areas", areas or ()), ("--patterns", patterns or ())):
        for path in paths:
            if not path.is_file():
                raise UsageError(f"{option}: there is no file {path}; check the name")
    return Settings(
        authority=authority,
        period=period_option(period),
        meeting_date=date_option(meeting_date),
        areas=tuple(areas or ()),
        packs=tuple(patterns or ()),
        password=password,
    )


def merged(stated: Settings, project: ProjectFile) -> Settings:
    """The command line's word before the project file's; packs and areas of both, the command line's last."""
    return replace(
        stated,
        authority=stated.authority or project.authority,
        period=stated.period or project.period,
        meeting_date=stated.meeting_date or project.meeting_date,
        areas=(*project.areas, *stated.areas),
        packs=(*project.patterns, *stated.packs),
        local_names=dict(project.indicators),
        column_aliases=dict(project.columns),
    )


class Extractors:
    """Gives each input the extractor that its nearest project file and the command line ask for.

    Building one loads all packs, so inputs that share a project file share theirs.
    """

    def __init__(self, stated: Settings) -> None:
        self._stated = stated
        self._projects: dict[Path, Path | None] = {}
        self._extractors: dict[Path | None, Extractor] = {}

    def for_source(self, source: Source) -> Extractor:
        """The extractor of an input.

        Raises:
            PatternError: If its project file, or a pack, is faulty.
        """
        folder = source.folder.resolve()
        if folder not in self._projects:
            self._projects[folder] = find_project_file(folder)
        return self._for_project(self._projects[folder])

    def _for_project(self, path: Path | None) -> Extractor:
        if path not in self._extractors:
            settings = self._stated
            if path is not None:
                project = load_project_file(path)
                settings = merged(self._stated, project)
                check_local_names(path, project, load_catalogue(settings.packs).indicators)
            self._extractors[path] = Extractor(settings)
        return self._extractors[path]


def wanted_indicators(ids: Sequence[str], packs: Sequence[Path]) -> frozenset[str]:
    """The ids of `--indicator`, checked against the catalogue.

    Raises:
        UsageError: If one is unknown; the nearest known ids are named.
    """
    if not ids:
        return frozenset()
    known = load_catalogue(packs).indicators
    for one in ids:
        if one not in known:
            raise UsageError(f"--indicator: {one!r} is no indicator of the catalogue{_nearest(one, known)}")
    return frozenset(ids)


def _nearest(word: str, known: Iterable[str]) -> str:
    from rapidfuzz import process

    near = [name for name, score, _ in process.extract(word, list(known), limit=3) if score >= 60]
    return f"; did you mean {', '.join(near)}?" if near else ""
