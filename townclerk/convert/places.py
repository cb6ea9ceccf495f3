"""Where documents lie: local files, members of zip archives, and whatever fsspec has a driver for.

A place is an address (URI) that leads back to the very bytes: `file:///…` with every odd byte of a name escaped,
`s3://bucket/key`, and for a member of an archive `zip://MEMBER::ADDRESS-OF-ARCHIVE`.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, unquote_to_bytes, urlsplit
from urllib.request import url2pathname

from townclerk.extract.inputs import printable
from townclerk.models.errors import MissingComponentError, UnreadableError

_CHUNK = 1 << 20
_MEMBER = "zip://"


class OutOfReachError(UnreadableError):
    """The place failed, not the document: it is gone, or its disk or network is."""


@dataclass(slots=True, frozen=True)
class Place:
    """One document as it was found.

    Attributes:
        uri: Its exact address.
        size: In bytes, where the place tells; else None.
        stamp: Changes whenever the document does (size and time of change, or the server's own mark).
        fault: Why it cannot be converted, found while looking around; "" where nothing speaks against it.
    """

    uri: str
    size: int | None
    stamp: str
    fault: str = ""

    @property
    def document_id(self) -> str:
        """Sixteen hex digits of the address."""
        return hashlib.sha256(self.uri.encode()).hexdigest()[:16]

    @property
    def path(self) -> str:
        """The address as a person writes it, printable."""
        return readable(self.uri)

    @property
    def name(self) -> str:
        """File name without folders, printable."""
        if parts := split_member(self.uri):
            return printable(parts[0].rsplit("/", 1)[-1])
        return printable(local_path(self.uri).name if self.uri.startswith("file:") else self.uri.rsplit("/", 1)[-1])


def uri_of(path: Path) -> str:
    """The address of a local file; names that are not UTF-8 keep their bytes."""
    return path.absolute().as_uri()


def local_path(uri: str) -> Path:
    """The local file of a `file:` address."""
    path = urlsplit(uri).path
    if os.name == "nt":
        return Path(url2pathname(path))
    return Path(os.fsdecode(unquote_to_bytes(path)))


def member_uri(member: str, archive: str) -> str:
    """The address of a member of a zip archive."""
    return f"{_MEMBER}{quote(member, safe='/ ', errors='surrogateescape')}::{archive}"


def split_member(uri: str) -> tuple[str, str] | None:
    """Member and archive of a member's address; None for any other."""
    if not uri.startswith(_MEMBER):
        return None
    member, _, archive = uri.removeprefix(_MEMBER).partition("::")
    return os.fsdecode(unquote_to_bytes(member)), archive


def readable(uri: str) -> str:
    """An address as a person writes it, on one line."""
    if parts := split_member(uri):
        return f"{printable(parts[0])} in {readable(parts[1])}"
    return printable(str(local_path(uri)) if uri.startswith("file:") else uri)


def read_place(uri: str, limit: int) -> bytes:
    """The bytes at an address.

    Args:
        uri: The address.
        limit: The most bytes a document may have; a member of an archive is unpacked no further.

    Raises:
        UnreadableError: If it is missing, empty, too large, locked, damaged or may not be read.
    """
    data = b"".join(_pieces(uri, limit))
    if not data:
        raise empty(uri)
    return data


def digest_of(uri: str, limit: int) -> str:
    """The SHA-256 of the bytes at an address, read in pieces.

    Raises:
        UnreadableError: As for `read_place`.
    """
    digest = hashlib.sha256()
    for piece in _pieces(uri, limit):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(uri: str, limit: int) -> Iterator[bytes]:
    """The bytes at an address in pieces: asking for many at once would set aside as much memory."""
    read = 0
    with opened(uri) as stream, _told(uri):
        while piece := stream.read(_CHUNK):
            read += len(piece)
            if read > limit:
                raise too_large(uri, limit)
            yield piece


def empty(uri: str) -> UnreadableError:
    """The fault of a document without a byte."""
    return UnreadableError(f"{readable(uri)}: is empty; give the report itself (was its download cut short?)")


def too_large(uri: str, limit: int) -> UnreadableError:
    """The fault of a document over the limit."""
    return UnreadableError(
        f"{readable(uri)}: is larger than {limit // (1 << 20):,} MB; split it, or raise --limit-size"
    )


@contextmanager
def opened(uri: str) -> Iterator[IO[bytes]]:
    """The bytes at an address as a stream.

    Raises:
        UnreadableError: If it cannot be opened.
        MissingComponentError: If fsspec lacks the driver.
    """
    with _told(uri):
        if parts := split_member(uri):
            member, archive = parts
            with opened(archive) as base, zipfile.ZipFile(_seekable(base)) as unpacked, unpacked.open(member) as stream:
                yield stream
        elif uri.startswith("file:"):
            with local_path(uri).open("rb") as stream:
                yield stream
        else:
            with _remote(uri) as stream:
                yield stream


def file_system(uri: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it.

    Raises:
        MissingComponentError: If its driver is not installed.
        UnreadableError: If the kind of address is unknown.
    """
    import fsspec  # noqa: PLC0415 - most archives are local folders

    try:
        system, path = fsspec.core.url_to_fs(uri)
    except ImportError as fault:
        raise MissingComponentError(f"{uri}: {fault}; install that package and run again") from None
    except ValueError as fault:
        raise UnreadableError(f"{uri}: {fault}; check the address") from None
    return system, str(path)


@contextmanager
def _remote(uri: str) -> Iterator[IO[bytes]]:
    system, path = file_system(uri)
    with system.open(path, "rb") as stream:
        yield stream


def _seekable(stream: IO[bytes]) -> IO[bytes]:
    """A member of an archive that is itself an archive is unpacked into memory: zip needs to jump about."""
    return stream if not isinstance(stream, zipfile.ZipExtFile) else io.BytesIO(stream.read())


@contextmanager
def _told(uri: str) -> Iterator[None]:
    """Faults of reading in words."""
    try:
        yield
    except (UnreadableError, MissingComponentError):
        raise
    except (FileNotFoundError, KeyError):
        raise OutOfReachError(f"{readable(uri)}: is no longer there; check the name and run again") from None
    except PermissionError:
        raise UnreadableError(f"{readable(uri)}: may not be read; ask its owner for permission") from None
    except zipfile.BadZipFile as fault:
        raise UnreadableError(f"{readable(uri)}: the archive is damaged ({fault}); get it anew") from None
    except (RuntimeError, NotImplementedError) as fault:
        # What zipfile raises for members that are locked or packed in a way it does not know.
        raise UnreadableError(f"{readable(uri)}: cannot be unpacked ({fault}); unpack the archive yourself") from None
    except EOFError as fault:
        raise UnreadableError(f"{readable(uri)}: the archive is cut off ({fault}); get it anew") from None
    except OSError as fault:
        said = fault.strerror or str(fault)
        raise OutOfReachError(f"{readable(uri)}: cannot be read ({said}); check the disk or network") from None
