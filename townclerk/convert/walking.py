"""Going through folders, archives and remote places; every document comes out as a place, in order of its address."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Container, Iterator, Sequence
from pathlib import Path
from typing import Any

from townclerk.convert.places import Place, file_system, local_path, member_uri, opened, readable, uri_of
from townclerk.extract.inputs import NAMELESS, printable, unread_folder
from townclerk.extract.project_file import FILE_NAME
from townclerk.models.errors import UnreadableError

ARCHIVES_DEEP = 2
"""How many archives may lie in each other."""
MEMBERS_MOST = 100_000
"""An archive with more members is refused."""

_ZIP = b"PK\x03\x04"
_OFFICE_PARTS = frozenset({"[Content_Types].xml", "mimetype"})


def walk(sources: Sequence[str], leave_out: Container[Path], fault: Callable[[str, str], None]) -> Iterator[Place]:
    """Every document in the sources, each once.

    Args:
        sources: Folders, files, zip archives, or fsspec addresses (`s3://bucket/folder`).
        leave_out: Files that are no documents, such as the store itself.
        fault: Told of folders that may not be read and of sources that are not there, as (what, why).
    """
    seen: set[str] = set()
    for source in sources:
        for place in _places(source, leave_out, fault):
            if place.uri not in seen:
                seen.add(place.uri)
                yield place


def _places(source: str, leave_out: Container[Path], fault: Callable[[str, str], None]) -> Iterator[Place]:
    if not source:
        fault(source, NAMELESS)
        return
    if "://" in source and not source.startswith("file://"):
        yield from _remote_places(source, fault)
        return
    path = local_path(source) if source.startswith("file://") else Path(source)
    if path.is_dir():
        yield from _folder(path.absolute(), leave_out, fault)
    elif path.exists() or path.is_symlink():
        yield from _file(path.absolute())
    else:
        shown = printable(source)
        fault(shown, f"{shown}: there is no such file or folder; check the name and the folder you are in")


def _folder(folder: Path, leave_out: Container[Path], fault: Callable[[str, str], None]) -> Iterator[Place]:
    been: set[tuple[int, int]] = set()
    _is_new(folder, been)
    for parent, folders, names in os.walk(folder, onerror=unread_folder(fault), followlinks=True):
        seen = sorted(name for name in folders if not name.startswith("."))
        folders[:] = [name for name in seen if _is_new(Path(parent, name), been)]
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and name != FILE_NAME and path not in leave_out:
                yield from _file(path)


def _is_new(folder: Path, been: set[tuple[int, int]]) -> bool:
    """Whether a folder was not gone through yet: links may lead to one twice, or back into itself."""
    try:
        known = folder.stat()
    except OSError:
        return True  # why is told when it is opened
    if not known.st_ino:  # some network drives number nothing
        return not folder.is_symlink()
    identity = (known.st_dev, known.st_ino)
    is_new = identity not in been
    been.add(identity)
    return is_new


def _file(path: Path) -> Iterator[Place]:
    """A file, or the members of the archive it is."""
    uri = uri_of(path)
    try:
        known = path.stat()
        if not path.is_file():
            yield Place(uri, None, "", f"{readable(uri)}: is a device or a pipe, no document; leave it out")
            return
        with path.open("rb") as stream:
            is_zip = stream.read(4) == _ZIP
    except OSError as failure:
        why = failure.strerror or str(failure)
        yield Place(uri, None, "", f"{readable(uri)}: cannot be read ({why}); check its permissions or the disk")
        return
    stamp = f"{known.st_size}:{known.st_mtime_ns}"
    yield from _members(uri, known.st_size, stamp) if is_zip else (Place(uri, known.st_size, stamp),)


def _members(uri: str, size: int | None, stamp: str, depth: int = 1) -> Iterator[Place]:
    """The documents in a zip archive; the archive itself where it is an office file or cannot be opened."""
    try:
        with opened(uri) as base, zipfile.ZipFile(base) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except UnreadableError as failure:
        yield Place(uri, size, stamp, str(failure))
        return
    if any(entry.filename in _OFFICE_PARTS for entry in entries):
        yield Place(uri, size, stamp)
        return
    if len(entries) > MEMBERS_MOST:
        yield Place(uri, size, stamp, f"{readable(uri)}: holds {len(entries):,} files; unpack it yourself")
        return
    for entry in sorted(entries, key=lambda one: one.filename):
        inside = member_uri(entry.filename, uri)
        mark = f"{entry.file_size}:{entry.CRC:08x}"
        if entry.filename.rsplit("/", 1)[-1].startswith(".") or entry.filename.startswith("__MACOSX/"):
            continue
        if entry.filename.lower().endswith(".zip") and depth < ARCHIVES_DEEP:
            yield from _members(inside, entry.file_size, mark, depth + 1)
        else:
            yield Place(inside, entry.file_size, mark)


def _remote_places(source: str, fault: Callable[[str, str], None]) -> Iterator[Place]:
    """The documents at an fsspec address."""
    try:
        system, path = file_system(source)
        found: dict[str, Any] = system.find(path, detail=True)
    except OSError as failure:
        fault(source, f"{source}: cannot be reached ({failure}); check the address and the network")
        return
    if not found:
        fault(source, f"{source}: holds nothing; check the address")
    for key in sorted(found):
        uri = system.unstrip_protocol(key)
        size = found[key].get("size")
        stamp = str(system.ukey(key))
        if uri.lower().endswith(".zip"):
            yield from _members(uri, size, stamp)
        else:
            yield Place(uri, size, stamp)
