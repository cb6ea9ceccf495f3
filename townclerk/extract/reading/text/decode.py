"""Bytes of a text file to text, without losing the way back."""

from __future__ import annotations

import codecs
import re

from townclerk.models.errors import UnreadableError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Above this share of control characters a file is not text.
_MOST_CONTROL = 0.02


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the encoding that was found: UTF-8, UTF-16 (either end first) or Windows-1252.

    Line ends stay as they are. A byte order mark is no part of the text; the encoding tells that there was one
    (`utf-8-sig`, `utf-16-le`, `utf-16-be`), a UTF-16 file without one is named `utf-16-le-nobom` or `utf-16-be-nobom`.

    Raises:
        UnreadableError: The bytes are no text.
    """
    text, encoding = _decode(data, name)
    if len(_CONTROL.findall(text)) > max(1, _MOST_CONTROL * len(text)):
        raise UnreadableError(f"{name}: this is a binary file, not a report; give a PDF or a text file")
    return text, encoding


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """Try the encodings that council files come in, the strictest first."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding.removesuffix("-sig")), encoding
            except UnicodeDecodeError as fault:
                raise UnreadableError(
                    f"{name}: begins as {encoding} text and breaks off at byte {fault.start + len(mark)}; "
                    "fetch the file again"
                ) from None
    if (guess := _utf16_without_mark(data)) is not None:
        try:
            return data.decode(guess), f"{guess}-nobom"
        except UnicodeDecodeError:
            pass
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def _utf16_without_mark(data: bytes) -> str | None:
    """The byte order of English text in two-byte characters: every other byte is zero."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.8 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.8 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def encode(text: str, encoding: str) -> bytes:
    """The bytes that `decode` read: `encode(*decode(data, name)) == data`."""
    if encoding.endswith("-nobom"):
        return text.encode(encoding.removesuffix("-nobom"))
    if encoding in ("utf-16-le", "utf-16-be"):
        mark = codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE
        return mark + text.encode(encoding)
    return text.encode(encoding)
