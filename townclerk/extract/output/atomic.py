"""Files that are either written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from townclerk.models.errors import OutputError, UsageError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open `path` for writing so that it appears, complete, only when the block ends without a fault.

    The bytes gather in a hidden file beside `path`, which takes its place at the end. A device or a named pipe has no
    place to take and is written directly.

    Raises:
        UsageError: If the folder does not exist or `path` is a folder.
        OutputError: If the bytes cannot be written (full disk, no permission). Nothing is left behind.
    """
    target = path.resolve()
    _check_place(path, target)
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        with written(str(path)), target.open("wb") as stream:
            yield stream
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with written(str(path)):
            with part.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def written(name: str) -> Iterator[None]:
    """Tell a person which output failed and why, when a write inside the block fails.

    A closed pipe is not told: the reader has seen enough.

    Raises:
        OutputError: In place of any other fault of the operating system.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        why = fault.strerror or str(fault)
        raise OutputError(
            f"{name}: could not be written ({why}); no half-written file was left. "
            "Make room or choose another place with -o, then run again."
        ) from None


def _check_place(path: Path, target: Path) -> None:
    if target.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it, such as {path / 'observations.jsonl'}")
    if not target.parent.is_dir():
        raise UsageError(f"{path}: the folder {path.parent} does not exist; create it first or choose another place")
