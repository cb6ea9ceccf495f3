"""Born-digital PDF pages as documents."""

from townclerk.extract.reading.pdf.reader import read_pdf

__all__ = ["read_pdf"]
