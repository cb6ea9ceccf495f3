"""Workers for the tests: quick ones that need no packs, and ones that break on planted documents.

They are handed to `convert_archive` as `prepare`; nothing of them is in the program itself.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, BinaryIO, cast

import fsspec

from townclerk import __version__
from townclerk.convert import worker
from townclerk.convert.limits import Limits
from townclerk.convert.places import read_place
from townclerk.convert.work import Task, convert_one
from townclerk.extract.observing import document_ref
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.settings import Settings
from townclerk.models.document import Document
from townclerk.models.observation import Check, Evidence, Observation, ObservedPeriod, Snippet
from townclerk.models.units import Basis, Method, Role, Status, Unit
from townclerk.store.ledger import Outcome

if TYPE_CHECKING:  # the pipeline takes seconds to load, which is what these workers are to save
    from townclerk.extract.extractors import Extractors
    from townclerk.extract.pipeline import Extraction

_NUMBER = re.compile(r"\d+")


class QuickExtractor:
    """Takes every number of a text for an observation: enough to fill a store in no time."""

    def read(self, data: bytes, name: str) -> Document:
        return read_bytes(data, name)

    def extract(self, document: Document) -> Extraction:
        found = [_observation(document, match) for match in _NUMBER.finditer(document.text)]
        return cast("Extraction", SimpleNamespace(document=document, observations=found, unlinked=[]))


class QuickExtractors:
    def with_settings(self, _settings: Settings) -> QuickExtractor:
        return QuickExtractor()


def _observation(document: Document, match: re.Match[str]) -> Observation:
    nothing = dict.fromkeys(Observation.model_fields)
    return Observation.model_validate(
        nothing
        | {
            "observation_id": f"{document.sha256[:8]}{match.start():08x}",
            "document": document_ref(document),
            "label": "number",
            "period": ObservedPeriod(code=None, start=None, end=None, kind=None, text=None, basis=Basis.UNKNOWN),
            "role": Role.ACTUAL,
            "value": float(match[0]),
            "value_text": match[0],
            "status": Status.REPORTED,
            "unit": Unit.COUNT,
            "commentary": [Snippet(text=document.text[:40], page=1, start=0, end=40)],
            "reasons": [],
            "checks": [Check(name="parity", outcome="supports", text=str(int(match[0]) % 2))],
            "alternatives": [],
            "evidence": [Evidence(page=1, boxes=[], start=match.start(), end=match.end(), quote=match[0])],
            "method": Method.PROSE,
            "flags": [],
            "extractor_version": __version__,
            "pattern_version": "quick",
        }
    )


def quick(limits: Limits, settings: Settings, parent: int) -> None:
    """A worker that is ready at once."""
    worker._extractors = cast("Extractors", QuickExtractors())
    worker.start_worker(limits, settings, parent)


def faulty(limits: Limits, settings: Settings, parent: int) -> None:
    """A quick worker that breaks on documents whose text asks for it."""
    quick(limits, settings, parent)
    worker.convert_one = _break_or_convert  # type: ignore[attr-defined] # what `work` calls


def _break_or_convert(task: Task, extractors: Extractors) -> Outcome:
    text = read_place(task.uri, task.limit)
    if text.startswith(b"SEGFAULT"):
        ctypes.string_at(0)
    if text.startswith(b"HANG"):
        while True:
            time.sleep(0.1)
    if text.startswith(b"EXIT"):
        os._exit(3)
    if text.startswith(b"TORN"):
        return cast("Outcome", DiesWhenSent())
    if text.startswith(b"GARBLED"):
        return cast("Outcome", FailsWhenReceived())
    if text.startswith(b"PRINT"):
        print("a library prints")  # noqa: T201 - the very thing that must not show
        os.write(1, b"and so does C\n")
        sys.stderr.write("noise\n")
    if text.startswith(b"EAT"):
        held = []
        while True:
            held.append(b"\1" * (64 << 20))
            time.sleep(0.02)
    return convert_one(task, extractors)


class DiesWhenSent:
    """An answer in the middle of which its worker ends, holding the lock of the channel."""

    def __reduce__(self) -> str:
        os._exit(9)


class FailsWhenReceived:
    """An answer that the coordinator cannot take in."""

    def __reduce__(self) -> tuple[object, ...]:
        return _never_there, ()


def _never_there() -> None:
    raise LookupError("nothing to unpack")


def stubborn(limits: Limits, settings: Settings, parent: int) -> None:
    """A quick worker that starts only once a folder has seen so many attempts: TOWNCLERK_TEST_STARTS is `N:FOLDER`."""
    needed, _, folder = os.environ["TOWNCLERK_TEST_STARTS"].partition(":")
    if len(list(Path(folder).iterdir())) < int(needed):
        Path(folder, f"{os.getpid()}").touch()
        raise OSError(errno.ENOMEM, "Cannot allocate memory")
    quick(limits, settings, parent)


class ShareFileSystem(fsspec.AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A folder as a network share (`share://`): it is gone while a file named GONE lies in it."""

    protocol = "share"

    def ls(self, path: str, detail: bool = True, **_: object) -> list[object]:
        found = [
            {"name": str(file), "size": file.stat().st_size, "type": "file"} for file in sorted(Path(path).iterdir())
        ]
        return [*found] if detail else [one["name"] for one in found]

    def _open(self, path: str, *_: object, **__: object) -> BinaryIO:
        if Path(path).with_name("GONE").exists():
            raise OSError(errno.EHOSTDOWN, "Host is down")
        return Path(path).open("rb")

    def ukey(self, path: str) -> str:
        return path


def sharing(limits: Limits, settings: Settings, parent: int) -> None:
    """A quick worker that knows network shares."""
    fsspec.register_implementation("share", ShareFileSystem, clobber=True)
    quick(limits, settings, parent)
