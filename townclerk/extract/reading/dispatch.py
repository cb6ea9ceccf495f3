"""Which reader a file is for, told by its bytes, never by its name."""

from __future__ import annotations

import hashlib
import re

from townclerk.extract.reading.items import split_items
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.strips import cut_strips
from townclerk.extract.reading.text import decode, read_text
from townclerk.extract.resting import collector_at_rest
from townclerk.models.document import Document
from townclerk.models.errors import UnreadableError

_PDF_MAGIC = b"%PDF-"
# The PDF standard lets a reader look for the header in the first kilobyte: mailed files often carry junk before it. In
# an archive that did not press its files the header is that of one of them.
_PDF_WINDOW = 1024

# Old Office files, mail of Outlook and locked new Office files are one container; its parts' names tell which.
_OLE = b"\xd0\xcf\x11\xe0"
_OLE_PARTS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "an Office file locked with a password", "save it without a password and give that"),
    ("__substg1.0_", "a saved e-mail", "save the report attached to it and give that"),
)
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (_OLE, "an old Microsoft Office file", "save it as PDF and give that"),
    (b"{\\rtf", "a rich text file", "save it as PDF or plain text and give that"),
    (b"RIFF", "a picture or recording of a kind", "put the report into a PDF and give that"),
    (b"\x1f\x8b", "a compressed file", "unpack it and give what is inside"),
    (b"7z\xbc\xaf", "an archive", "unpack it and give what is inside"),
    (b"Rar!", "an archive", "unpack it and give what is inside"),
)
_ZIP = b"PK\x03\x04"
_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
)
_MARKUP_WINDOW = 4096
_WEB = (b"<!doctype html", b"<head", b"<body")
# A page may have been saved, or copied out of another, without what stands around its body; a recogniser may begin its
# plain text with a table of markup, too.
_PART_OF_WEB = (b"<html", b"<table", b"<div", b"<p>", b"<h1", b"<h2")
_ELEMENT = re.compile(
    rb"<(?P<closes>/?)(?:html|body|main|section|article|div|p|table|ul|ol|h[1-6])\b[^<>]*>", re.IGNORECASE
)
_MAIL_HEADERS = (b"received:", b"return-path:", b"mime-version:", b"message-id:", b"x-mailer:", b"delivered-to:")
# A memo has these too: they tell mail only beside one of the above.
_LETTER_HEADERS = (b"from:", b"to:", b"subject:", b"content-type:")


@collector_at_rest()
def read_bytes(data: bytes, name: str, options: ReadOptions | None = None) -> Document:
    """Read any input that Townclerk knows into a document.

    Args:
        data: The file's bytes.
        name: Its name, for messages and the record.
        options: The user's settings.

    Returns:
        The document; its facts are not settled yet.

    Raises:
        UnreadableError: The bytes are empty, of a kind that cannot be read, or damaged; the message names the file,
            says what it is and what to do.
        MissingComponentError: They are a scan or an office file, and what reads those is not installed.
    """
    document = _read(data, name, options or ReadOptions())
    cut_strips(document)
    split_items(document)
    return document


def _read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The document of the reader for the bytes' kind."""
    if not data.strip(b"\x00 \t\r\n\f"):
        raise UnreadableError(f"{name}: the file is empty; give the report itself")
    if _PDF_MAGIC in data[:_PDF_WINDOW] and not data.startswith(_ZIP):
        # PyMuPDF is slow to import and not needed for text.
        from townclerk.extract.reading.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(data, name, options)
    document = _read_container(data, name, options)
    if document is not None:
        return document
    _refuse_foreign(data, name)
    text, encoding = decode(data, name)
    if _is_web(data):
        from townclerk.extract.reading.office.web import read_web  # noqa: PLC0415 - needed by web pages only

        return read_web(text, name, hashlib.sha256(data).hexdigest())
    if _may_be_separated(text):
        from townclerk.extract.reading.office.separated import (  # noqa: PLC0415 - needed by separated values only
            read_separated,
            separated_rows,
        )

        rows = separated_rows(text)
        if rows is not None:
            return read_separated(rows, name, hashlib.sha256(data).hexdigest())
    return read_text(text, name, hashlib.sha256(data).hexdigest(), encoding)


def _read_container(data: bytes, name: str, options: ReadOptions) -> Document | None:
    """The document in a picture, an office file, or recognised text with coordinates; None for other bytes."""
    picture = next((kind for magic, kind in _PICTURES if data.startswith(magic)), None)
    if picture is not None and not (picture == "bmp" and data[6:10] != bytes(4)):
        from townclerk.extract.reading.pictures import read_pictures  # noqa: PLC0415 - needs PyMuPDF

        return read_pictures(data, name, picture, options)
    if data.startswith(_ZIP):
        from townclerk.extract.reading.office.reader import read_office  # noqa: PLC0415 - needed by office files only

        return read_office(data, name)
    head = data[:_MARKUP_WINDOW].lower()
    if b"<alto" in head or b":alto" in head or b"ocr_page" in head or b"ocr-system" in head:
        # Laying out words needs PyMuPDF's reader of pages.
        from townclerk.extract.reading.coordinates import is_alto, is_hocr, read_coordinates  # noqa: PLC0415

        if is_alto(data) or is_hocr(data):
            return read_coordinates(data, name, options)
    return None


def _is_web(data: bytes) -> bool:
    """True for a web page."""
    head = data[:_MARKUP_WINDOW].lower().lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<?xml"):
        head = head.partition(b"?>")[2].lstrip()
    while head.startswith(b"<!--"):
        head = head.partition(b"-->")[2].lstrip()
    return head.startswith(_WEB) or (head.startswith(_PART_OF_WEB) and not _is_mostly_plain(data))


def _is_mostly_plain(data: bytes) -> bool:
    """True for a text of which most words stand in no element of a page."""
    depth = position = 0
    words = [0, 0]
    for tag in _ELEMENT.finditer(data):
        words[depth > 0] += len(data[position : tag.start()].split())
        depth = max(0, depth + (-1 if tag["closes"] else 1))
        position = tag.end()
    words[depth > 0] += len(data[position:].split())
    return words[0] > words[1]


def _may_be_separated(text: str) -> bool:
    """True for a text most of whose first lines hold several commas or semicolons."""
    lines = [line for line in text[:_MARKUP_WINDOW].splitlines() if line.strip()]
    return any(2 * sum(line.count(mark) > 1 for line in lines) > len(lines) for mark in ",;")


def _refuse_foreign(data: bytes, name: str) -> None:
    """Raise for files of other programs."""
    if data.startswith(_OLE):
        for part, what, remedy in _OLE_PARTS:
            if part.encode("utf-16-le") in data:
                raise UnreadableError(f"{name}: this is {what}, which cannot be read; {remedy}")
    for magic, what, remedy in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableError(f"{name}: this is {what}, which cannot be read; {remedy}")
    if _is_mail(data[:2048].lower()):
        raise UnreadableError(f"{name}: this is a saved e-mail; save the report attached to it and give that")


def _is_mail(head: bytes) -> bool:
    """True for the first bytes, in lower case, of a saved e-mail."""
    mail, letter = (
        sum(head.startswith(header) or b"\n" + header in head for header in headers)
        for headers in (_MAIL_HEADERS, _LETTER_HEADERS)
    )
    return mail >= 2 or (mail == 1 and letter >= 3)
