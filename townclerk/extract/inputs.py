"""Inputs of a run: files, folders, patterns with wildcards, and standard input.

An input that cannot be used never stops the others: it comes back as a fault with its remedy.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from townclerk.models.errors import UnreadableError

STDIN = "-"

NAMELESS = "an input has no name; is a variable of the script empty?"
"""What an empty input is told: as a path it would be the folder one stands in, and everything below it."""

READABLE = frozenset(
    {".pdf", ".txt", ".text", ".md", ".markdown", ".docx", ".pptx", ".xlsx", ".html", ".htm", ".hocr", ".tif", ".tiff"}
)
"""What a folder is searched for; pictures of other kinds are mostly logos. A file named itself is tried in any case."""


def printable(name: str) -> str:
    """A file name that can be written as UTF-8 on one line: bytes of other encodings and control characters escaped."""
    escaped = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in escaped)


@dataclass(slots=True, frozen=True)
class Source:
    """One input.

    Attributes:
        given: The input as a person finds it again: a path, printable, or "-".
        path: The file; None for standard input.
    """

    given: str
    path: Path | None

    @property
    def name(self) -> str:
        """File name without folders, printable."""
        return printable(self.path.name) if self.path else "stdin"

    @property
    def folder(self) -> Path:
        """Where its project file is looked for first."""
        return self.path.parent if self.path else Path()

    def read(self) -> bytes:
        """The input's bytes.

        Raises:
            UnreadableError: If it is missing, empty, or may not be read.
        """
        if self.path and self.path.is_dir():
            raise UnreadableError(f"{self.given or self.path}: is a folder; name one report in it")
        try:
            data = self.path.read_bytes() if self.path else sys.stdin.buffer.read()
        except FileNotFoundError:
            raise UnreadableError(
                f"{self.given}: there is no such file; check the name and the folder you are in"
            ) from None
        except PermissionError:
            raise UnreadableError(f"{self.given}: may not be read; ask its owner for permission") from None
        except OSError as fault:
            raise UnreadableError(f"{self.given}: cannot be read ({fault.strerror}); check the file or disk") from None
        if not data:
            raise UnreadableError(f"{self.given}: is empty; give the report itself (was its download cut short?)")
        return data


@dataclass(slots=True)
class Sources:
    """What the inputs of a run come to.

    Attributes:
        sources: Every input once, in the order given; a folder's files in order of their names.
        faults: Inputs that come to nothing, each as (the input, what is wrong and what to do).
    """

    sources: list[Source] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


def find_sources(inputs: Sequence[str]) -> Sources:
    """Resolve files, folders, wildcards and "-" to single inputs.

    Wildcards are resolved here as well as by the shell, because not every shell does it.
    """
    found = Sources()
    seen: set[Path | None] = set()
    for given in inputs:
        before = len(found.sources) + len(found.faults)
        repeats = False
        for path in _paths(given, lambda where, why: found.faults.append((where, why))):
            key = path.resolve() if path else None
            repeats = repeats or key in seen
            if key not in seen:
                seen.add(key)
                found.sources.append(Source(printable(str(path)) if path else STDIN, path))
        if len(found.sources) + len(found.faults) == before and not repeats:
            found.faults.append((printable(given), printable(_nothing(given))))
    return found


def _paths(given: str, fault: Callable[[str, str], None]) -> Iterator[Path | None]:
    path = Path(given)
    if not given:
        fault(given, NAMELESS)
    elif given == STDIN:
        yield None
    elif path.is_dir():
        yield from _reports_in(path, fault)
    elif path.exists():
        yield path
    elif glob.has_magic(given):
        for match in sorted(glob.glob(given, recursive=True)):  # noqa: PTH207 - Path.glob refuses absolute patterns
            yield from _reports_in(Path(match), fault) if Path(match).is_dir() else (Path(match),)


def unread_folder(fault: Callable[[str, str], None]) -> Callable[[OSError], None]:
    """What `os.walk` calls for a folder that it may not list: it is told, with its remedy, to `fault`."""

    def told(error: OSError) -> None:
        name = printable(str(error.filename))
        fault(name, f"{name}: the folder may not be read ({error.strerror}); ask its owner for permission")

    return told


def _reports_in(folder: Path, fault: Callable[[str, str], None]) -> Iterator[Path]:
    """The readable files in a folder and below, hidden ones left out, in order of their names."""
    for parent, folders, names in os.walk(folder, onerror=unread_folder(fault)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in READABLE:
                yield Path(parent, name)


def _nothing(given: str) -> str:
    """Why an input came to nothing, and what to do."""
    if Path(given).is_dir():
        kinds = ", ".join(sorted(READABLE))
        return f"{given}: the folder holds no report ({kinds}); name the files if they end otherwise"
    if glob.has_magic(given):
        return f"{given}: no file matches; check the folder and the pattern"
    return f"{given}: there is no such file; check the name and the folder you are in"
