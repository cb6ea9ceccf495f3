"""The reader of plain text: OCR output and markdown as conversion tools leave it."""

from townclerk.extract.reading.text.decode import decode, encode
from townclerk.extract.reading.text.reader import read_text

__all__ = ["decode", "encode", "read_text"]
