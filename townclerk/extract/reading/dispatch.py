"""Which reader a file is for, told by its bytes, never by its name."""

from __future__ import annotations

import hashlib

from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.text import decode, read_text
from townclerk.models.document import Document
from townclerk.models.errors import UnreadableError

_PDF_MAGIC = b"%PDF-"
# The PDF standard lets a reader look for the header in the first kilobyte: mailed files often carry junk before it.
_PDF_WINDOW = 1024

_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file", "save it as PDF and give that"),
    (b"{\\rtf", "a rich text file", "save it as PDF or plain text and give that"),
    (b"\x89PNG", "a picture", "put it into a PDF and give that"),
    (b"\xff\xd8\xff", "a picture", "put it into a PDF and give that"),
    (b"GIF8", "a picture", "put it into a PDF and give that"),
    (b"II*\x00", "a picture", "put it into a PDF and give that"),
    (b"MM\x00*", "a picture", "put it into a PDF and give that"),
    (b"\x1f\x8b", "a compressed file", "unpack it and give what is inside"),
    (b"7z\xbc\xaf", "an archive", "unpack it and give what is inside"),
    (b"Rar!", "an archive", "unpack it and give what is inside"),
)
_ZIP = b"PK\x03\x04"
_OFFICE_PARTS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file"),
)
_MAIL_HEADERS = (b"received:", b"return-path:", b"mime-version:", b"message-id:", b"x-mailer:", b"delivered-to:")


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
    """
    options = options or ReadOptions()
    if not data.strip(b"\x00 \t\r\n\f"):
        raise UnreadableError(f"{name}: the file is empty; give the report itself")
    if _PDF_MAGIC in data[:_PDF_WINDOW]:
        # PyMuPDF is slow to import and not needed for text.
        from townclerk.extract.reading.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(data, name, options)
    _refuse_foreign(data, name)
    text, encoding = decode(data, name)
    return read_text(text, name, hashlib.sha256(data).hexdigest(), encoding)


def _refuse_foreign(data: bytes, name: str) -> None:
    """Raise for files of other programs."""
    for magic, what, remedy in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableError(f"{name}: this is {what}, which cannot be read; {remedy}")
    if data.startswith(_ZIP):
        what = next((said for part, said in _OFFICE_PARTS if part in data[:65536] or part in data[-65536:]), "")
        if what:
            raise UnreadableError(f"{name}: this is {what}, which cannot be read; save it as PDF and give that")
        raise UnreadableError(f"{name}: this is a zip archive, which cannot be read; unpack it and give what is inside")
    head = data[:2048].lower()
    if sum(head.startswith(header) or b"\n" + header in head for header in _MAIL_HEADERS) >= 2:
        raise UnreadableError(f"{name}: this is a saved e-mail; save the report attached to it and give that")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<!doctype html", b"<html")):
        raise UnreadableError(f"{name}: this is a web page; save it as PDF or plain text and give that")
