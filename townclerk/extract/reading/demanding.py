"""A document that holds no text at all is one that was not read, whatever its pages look like."""

from __future__ import annotations

from townclerk.models.document import Document
from townclerk.models.errors import UnreadableError

_NO_TEXT = "its pages hold no text; check that it is the whole file, or try --ocr always"


def demand_text(document: Document) -> None:
    """Refuse a document without text.

    Raises:
        UnreadableError: With the reason of its first page that was not read, where one has a reason.
    """
    if not document.text.strip():
        why = next((page.skipped for page in document.pages if page.skipped), _NO_TEXT)
        raise UnreadableError(f"{document.name}: {why}")
