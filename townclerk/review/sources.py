"""The documents of a store as the review room opens them: only those it names, and only as they were read."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy import select

from townclerk.convert.places import local_path, read_place
from townclerk.models.errors import MissingComponentError, UnreadableError
from townclerk.store.database import Store
from townclerk.store.tables import documents, pages

MOST_BYTES = 1 << 30
KEPT = 6
"""Documents whose bytes are kept at hand: a reviewer goes from page to page of few documents."""


class SourceError(Exception):
    """The document cannot be shown; the message says why, for the reviewer."""


@dataclass(slots=True, frozen=True)
class KnownPage:
    """One page as the store knows it.

    Attributes:
        number: From 1.
        start: Its first character in the document's text.
        characters: How many it has.
        label: Its printed label, "" without one.
        skipped: Why it could not be read, "" where it was.
    """

    number: int
    start: int
    characters: int
    label: str
    skipped: str


@dataclass(slots=True, frozen=True)
class Source:
    """One document of the store.

    Attributes:
        document_id: Its key.
        uri: Where it lies.
        path: The same for people.
        name: File name.
        sha256: Digest of the bytes that were read.
        media_type: What it is.
        pages: Its pages, in order.
        title: What it calls itself, if known.
        authority: Whose report it is, if known.
        period_code: The period it is about, if known.
        meeting_date: Day of its meeting, if known.
    """

    document_id: str
    uri: str
    path: str
    name: str
    sha256: str
    media_type: str
    pages: tuple[KnownPage, ...]
    title: str | None = None
    authority: str | None = None
    period_code: str | None = None
    meeting_date: str | None = None

    @property
    def has_picture(self) -> bool:
        """True where its pages can be drawn as they look."""
        return self.media_type == "application/pdf" or self.media_type.startswith("image/")

    def page(self, number: int) -> KnownPage:
        """One of its pages.

        Raises:
            SourceError: If there is no such page.
        """
        for page in self.pages:
            if page.number == number:
                return page
        raise SourceError(f"{self.name} has no page {number}.")


class Sources:
    """Opens the documents of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._data: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def source(self, document_id: str) -> Source:
        """What the store knows of a document.

        Raises:
            SourceError: If the store names no such document, or one that was not read.
        """
        asked = select(documents).where(documents.c.document_id == document_id)
        of_it = select(pages).where(pages.c.document_id == document_id).order_by(pages.c.number)
        with self._store.reading() as connection:
            row = connection.execute(asked).mappings().first()
            found = connection.execute(of_it).mappings().all()
        if row is None or row["sha256"] is None:
            raise SourceError("The store has no such document.")
        known, start = [], 0
        for page in found:
            known.append(
                KnownPage(page["number"], start, page["characters"], page["label"] or "", page["skipped"] or "")
            )
            start += page["characters"] + 1  # pages are divided by a form feed
        return Source(
            document_id, row["uri"], row["path"], row["name"], row["sha256"], row["media_type"] or "", tuple(known),
            row["title"], row["authority"], row["period_code"], row["meeting_date"],
        )  # fmt: skip

    def data(self, source: Source) -> bytes:
        """The bytes of a document, checked against the digest of what was read.

        Raises:
            SourceError: If it has gone, changed, or cannot be read.
        """
        stamp = _stamp(source.uri)
        with self._lock:
            kept = self._data.get(source.document_id)
            if kept is not None and kept[0] == stamp and stamp:
                self._data.move_to_end(source.document_id)
                return kept[1]
        data = _checked(source)
        with self._lock:
            self._data[source.document_id] = (stamp, data)
            while len(self._data) > KEPT:
                self._data.popitem(last=False)
        return data


def _checked(source: Source) -> bytes:
    try:
        data = read_place(source.uri, MOST_BYTES)
    except (UnreadableError, MissingComponentError) as fault:
        raise SourceError(f"The document cannot be opened. {fault}") from None
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise SourceError(
            f"{source.path} is no longer the file that was read: its content has changed since. "
            "Convert it again to review what it says now."
        )
    return data


def _stamp(uri: str) -> str:
    """Tells whether a local file was touched since it was read; "" where that cannot be told."""
    file = uri.rsplit("::", 1)[-1]
    if not file.startswith("file:"):
        return ""
    try:
        known = local_path(file).stat()
    except OSError:
        return ""
    return f"{known.st_size}:{known.st_mtime_ns}"
