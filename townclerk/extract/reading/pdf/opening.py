"""Opening a PDF, or saying why it cannot be opened."""

from __future__ import annotations

import pymupdf

from townclerk.models.errors import UnreadableError

# MuPDF writes its own complaints to stdout and stderr; what matters of them is told by the exceptions below.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


# The end of a file is marked within so many of its last bytes.
_END = 1024

# What MuPDF and its binding raise for pages and files they cannot make sense of.
FAULTS: tuple[type[Exception], ...] = (
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    MemoryError,
    AttributeError,
    pymupdf.mupdf.FzErrorBase,
)


def open_pdf(data: bytes, name: str, password: str | None) -> pymupdf.Document:
    """Open a PDF held in memory.

    Args:
        data: The file's bytes.
        name: Its name, for messages.
        password: Opens a locked file.

    Raises:
        UnreadableError: It is damaged beyond repair, locked, or has no page.
    """
    try:
        pdf = pymupdf.open(stream=data, filetype="pdf")
    except FAULTS as fault:
        raise UnreadableError(
            f"{name}: the PDF is damaged or cut off and could not be repaired ({said(fault)}); "
            "open it in a PDF viewer and save it anew, or fetch it again"
        ) from None
    if pdf.needs_pass and not pdf.authenticate(password or ""):
        pdf.close()
        if password:
            raise UnreadableError(f"{name}: the password given does not open this PDF; check it and try again")
        raise UnreadableError(f"{name}: the PDF is locked; give its password with --password or TOWNCLERK_PASSWORD")
    try:
        pages = len(pdf)
    except FAULTS as fault:
        pages = 0
        reason = said(fault)
    else:
        reason = "its page list is empty"
    if pages == 0:
        pdf.close()
        raise UnreadableError(
            f"{name}: the PDF has no page that can be read ({reason}); check that it is the whole file"
        )
    return pdf


def is_cut_off(pdf: pymupdf.Document, data: bytes) -> bool:
    """True for a PDF without an end, whose pages MuPDF had to gather from what is left of it."""
    return bool(pdf.is_pdf and pdf.is_repaired and b"%%EOF" not in data.rstrip(b"\x00 \t\r\n")[-_END:])


def said(fault: Exception) -> str:
    """MuPDF's words about a fault, on one line and without its code."""
    if isinstance(fault, (LookupError, TypeError, AttributeError)):
        return "parts of it are missing"
    words = " ".join(str(fault).split())
    return words.removeprefix("code=").lstrip("0123456789: ") or "no reason given"
