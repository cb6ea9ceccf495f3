"""What is made of the shipped files, kept ready-made in the user's cache folder for the next start.

Reading, checking and compiling the packs takes longer than reading a report, and comes to the same every time. So each
thing made is kept as a file of its own, under a name that stands for the program, the Python and the shipped files it
was made with: whatever changes, another name is looked for. A file that is missing, damaged or not the user's own is as
good as none, and a folder that cannot be written is left alone: then everything is made anew, as it would be without
this module. `TOWNCLERK_CACHE` names another folder, or says `off`.
"""

from __future__ import annotations

import os
import shutil
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache, wraps
from pathlib import Path
from threading import get_ident
from typing import TypeVar

from townclerk.patterns.pickles import FAULTS, dumped, loaded
from townclerk.patterns.stamp import stamp

T = TypeVar("T")

PLACE = "TOWNCLERK_CACHE"
"""The variable that names the folder, or says `off`."""
_MARK = b"townclerk kept 1\n"
_SUFFIX = ".kept"
_GENERATIONS = 8
"""So many programs (versions, installations) may keep things side by side; the oldest go first."""


def kept(make: Callable[[], T]) -> Callable[[], T]:
    """As `functools.cache` for a function without arguments, over starts of the program, too.

    What it makes must hang on the program and its shipped files alone.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @cache
    @wraps(make)
    def get() -> T:
        return recalled(name, make)

    return get


def recalled(name: str, make: Callable[[], T]) -> T:
    """What `make` makes, from the cache folder where it is kept there under `name`; kept there where it was not."""
    folder = _folder()
    if folder is None:
        return make()
    path = folder / (name + _SUFFIX)
    with suppress(*FAULTS):
        held: T = loaded(_read(path))
        return held
    made = make()
    with suppress(*FAULTS):
        _write(path, dumped(made))
    return made


def place() -> Path | None:
    """The folder to keep things in; None where the user, or the machine, has none."""
    stated = os.environ.get(PLACE)
    if stated is not None:
        return None if stated.strip().lower() in {"", "off"} else Path(stated)
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA")
            return Path(local, "townclerk", "Cache") if local else None
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "townclerk"
        stated = os.environ.get("XDG_CACHE_HOME")
        return (Path(stated) if stated else Path.home() / ".cache") / "townclerk"
    except RuntimeError:  # no home
        return None


@cache
def _folder() -> Path | None:
    """The folder of this very program, made if need be; None where nothing can or should be kept."""
    base, name = place(), stamp()
    if base is None or name is None:
        return None
    folder = base / name
    try:
        if not folder.is_dir():
            base.mkdir(mode=0o700, parents=True, exist_ok=True)
            _thin_out(base)
            folder.mkdir(mode=0o700, exist_ok=True)
        return folder if _is_own(folder.stat()) and _is_own(base.stat()) else None
    except OSError:
        return None


def _is_own(told: os.stat_result) -> bool:
    """Whether nobody but the user can write there: what is kept is trusted as the program's own files are."""
    if sys.platform == "win32":  # the user's local folder is nobody else's there
        return True
    return told.st_uid == os.geteuid() and not told.st_mode & 0o022


def _thin_out(base: Path) -> None:
    """Remove what older programs kept, the oldest first."""
    with suppress(OSError):
        held = sorted((one for one in base.iterdir() if one.is_dir()), key=lambda one: one.stat().st_mtime)
        for old in held[: 1 - _GENERATIONS]:
            shutil.rmtree(old, ignore_errors=True)


def _private(path: str, flags: int) -> int:
    """Open a file for nobody but the user."""
    return os.open(path, flags, 0o600)


def _read(path: Path) -> bytes:
    """What a file holds.

    Raises:
        OSError: If it cannot be read.
        ValueError: If it is not whole.
    """
    with path.open("rb") as stream:
        if not _is_own(os.fstat(stream.fileno())):
            raise ValueError("not the user's own")
        data = stream.read()
    head = len(_MARK) + 4
    held = data[head:]
    if data[: len(_MARK)] != _MARK or zlib.crc32(held) != int.from_bytes(data[len(_MARK) : head], "big"):
        raise ValueError("damaged")
    return held


def _write(path: Path, held: bytes) -> None:
    """Write a file that appears whole, whoever else writes it at the same time.

    Raises:
        OSError: If it cannot be written.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
    try:
        with open(part, "wb", opener=_private) as stream:
            stream.write(_MARK + zlib.crc32(held).to_bytes(4, "big") + held)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
