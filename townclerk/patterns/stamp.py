"""The name of this very program: what is made of its shipped files hangs on nothing else."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import ahocorasick
import pydantic

_ROOMS = ("models", "patterns", "extract")
"""The rooms whose code and files what is kept is made by and of."""


def stamp(root: Path | None = None) -> str | None:
    """A name that changes with the version, the Python, the libraries whose objects are kept, and every file.

    The shipped data goes in by content. Code goes in by its files' times and sizes, as Python does to know whether what
    it compiled is still true. None where the program is not a folder of files. `root` is the program's folder.
    """
    root = root or Path(__file__).parents[1]
    told = hashlib.sha256()
    told.update(f"{sys.version}\n{sys.byteorder}\n{pydantic.VERSION}\n".encode())
    try:
        told.update((root / "__init__.py").read_bytes())  # tells the version
        told.update(_seen(Path(ahocorasick.__file__).stat()))
        for room in _ROOMS:
            for path in _files(root / room):
                told.update(f"{path}\n".encode(errors="surrogateescape"))
                told.update(_seen(os.stat(path)) if path.endswith(".py") else Path(path).read_bytes())  # noqa: PTH116
    except OSError:
        return None
    return told.hexdigest()[:32]


def _seen(file: os.stat_result) -> bytes:
    return f"{file.st_size} {file.st_mtime_ns}\n".encode()


def _files(folder: Path) -> Iterator[str]:
    """The code and data below a folder, in order."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".yaml", ".csv", ".json")):
                yield f"{here}{os.sep}{name}"
