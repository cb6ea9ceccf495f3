"""The project file `townclerk.toml`: settings that a folder of reports shares.

It is looked for beside an input and then in the folders above; the nearest one holds. A setting of the command line
goes before the file's.

```toml
authority = "Wexcombe Council"
period = "2022-23-Q3"
meeting_date = 2023-02-02
areas = "areas.csv"            # or a list; paths are relative to this file
patterns = ["local.yaml"]

[indicators]                   # local names of indicators
"Step Together plans" = "eh_assessments_started_count"

[columns]                      # local heads of table columns
"Our aim" = "target"
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from townclerk.extract.settings import Settings
from townclerk.models.errors import PatternError, why_unread
from townclerk.models.period import parse_code
from townclerk.patterns.catalogue import load_catalogue

FILE_NAME = "townclerk.toml"

_TOML_PLACE = re.compile(r"^(?P<what>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Paths = Annotated[tuple[Path, ...], BeforeValidator(_listed)]
LocalNames = dict[Annotated[str, Field(min_length=1)], Annotated[str, Field(min_length=1)]]


class ProjectFile(BaseModel):
    """What a project file may say; every key may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    authority: str | None = Field(default=None, min_length=1)
    period: str | None = None
    meeting_date: date | None = None
    areas: Paths = ()
    patterns: Paths = ()
    indicators: LocalNames = {}
    columns: LocalNames = {}

    @field_validator("period")
    @classmethod
    def _known_code(cls, code: str | None) -> str | None:
        if code is not None:
            parse_code(code)
        return code


def find_project_file(folder: Path) -> Path | None:
    """The nearest project file in `folder` or above it."""
    start = folder.resolve()
    for place in (start, *start.parents):
        candidate = place / FILE_NAME
        if candidate.is_file():
            return candidate
    return None


def load_project_file(path: Path) -> ProjectFile:
    """Read and check a project file; paths in it come back complete.

    Raises:
        PatternError: With every fault found, each as `file:line: what is wrong`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as fault:
        raise PatternError([f"{path}:1: cannot be read ({why_unread(fault)}); save it as UTF-8 text"]) from None
    except tomllib.TOMLDecodeError as fault:
        raise PatternError([_toml_fault(path, text, str(fault))]) from None
    try:
        project = ProjectFile.model_validate(content)
    except ValidationError as faults:
        raise PatternError([_fault(path, text, found) for found in faults.errors()]) from None
    return _complete(path, text, project)


def settings_for(folder: Path, stated: Settings | None = None) -> Settings:
    """What holds for the reports of a folder: what the user states, then the nearest project file.

    Packs and areas of both are used, the user's last, so that they can replace the file's.

    Raises:
        PatternError: If the project file is faulty.
    """
    stated = stated or Settings()
    path = find_project_file(folder)
    if path is None:
        return stated
    project = load_project_file(path)
    settings = replace(
        stated,
        authority=stated.authority or project.authority,
        period=stated.period or project.period,
        meeting_date=stated.meeting_date or project.meeting_date,
        areas=(*project.areas, *stated.areas),
        packs=(*project.patterns, *stated.packs),
        local_names=dict(project.indicators),
        column_aliases=dict(project.columns),
    )
    if project.indicators:
        _check_local_names(path, project, load_catalogue(settings.packs).indicators)
    return settings


def _complete(path: Path, text: str, project: ProjectFile) -> ProjectFile:
    """Paths taken from the project file's folder, each of which must exist."""
    places = {key: tuple(path.parent / entry for entry in getattr(project, key)) for key in ("areas", "patterns")}
    missing = [
        f"{path}:{line_of(text, [key])}: {key}: there is no file {entry}; paths are relative to the project file"
        for key, entries in places.items()
        for entry in entries
        if not entry.exists()
    ]
    if missing:
        raise PatternError(missing)
    return project.model_copy(update=places)


def _toml_fault(path: Path, text: str, message: str) -> str:
    place = _TOML_PLACE.match(message)
    what = place["what"] if place else message
    line = place["line"] if place and place["line"] else text.count("\n") + 1
    return f"{path}:{line}: not valid TOML: {what}"


def _fault(path: Path, text: str, found: Any) -> str:
    location = [str(step) for step in found["loc"] if not isinstance(step, int) and step != "[key]"]
    if found["type"] == "extra_forbidden":
        known = ", ".join(ProjectFile.model_fields)
        what = f"is no key of a project file (known: {known})"
    else:
        what = str(found["msg"]).removeprefix("Value error, ")
    return f"{path}:{line_of(text, location)}: {'.'.join(location)}: {what}"


def line_of(text: str, location: Sequence[str]) -> int:
    """The line (from 1) on which a key, or a key of a table, stands; 1 where it is written in a way not foreseen."""
    table = ""
    nearest = 1
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            table = header[1].strip("\"'")
            if location and table == location[0]:
                nearest = number
                if len(location) == 1:
                    return number
            continue
        key = re.match(r"""\s*("[^"]*"|'[^']*'|[\w-]+)\s*[=.]""", line)
        name = key[1].strip("\"'") if key else None
        if name is not None and [*([table] if table else []), name] == list(location):
            return number
        if not table and location and name == location[0]:
            nearest = number
    return nearest


def _check_local_names(path: Path, project: ProjectFile, known: Container[str]) -> None:
    """See that every local name stands for an indicator of the catalogue."""
    text = path.read_text(encoding="utf-8-sig")
    faults = [
        f"{path}:{line_of(text, ['indicators', name])}: {name}: {indicator!r} is no indicator of the catalogue"
        for name, indicator in project.indicators.items()
        if indicator not in known
    ]
    if faults:
        raise PatternError(faults)
