"""Recognised text with coordinates, as archives keep it beside scans: hOCR and ALTO."""

from townclerk.extract.reading.coordinates.reader import is_alto, is_hocr, read_coordinates

__all__ = ["is_alto", "is_hocr", "read_coordinates"]
