"""ALTO: the XML in which libraries keep recognised pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from townclerk.extract.reading.coordinates.sheet import Sheet, line_of
from townclerk.extract.reading.ocr.recognised import SeenWord
from townclerk.models.errors import UnreadableError

_A4_HEIGHT = 842.0
_POINTS = {"mm10": 72 / 254, "inch1200": 72 / 1200}


def read_alto(data: bytes, name: str) -> list[Sheet]:
    """The pages of an ALTO file.

    Raises:
        UnreadableError: It is no well-formed XML, or defines entities, which a report never needs.
    """
    if b"<!ENTITY" in data:
        raise UnreadableError(f"{name}: this XML defines entities, which can be made to fill memory; it is not read")
    try:
        root = ET.fromstring(data)  # noqa: S314 - entities are refused above
    except ET.ParseError as fault:
        raise UnreadableError(f"{name}: this ALTO file is damaged or cut off ({fault}); fetch it again") from None
    unit = next((one.text or "" for one in _named(root, "MeasurementUnit")), "pixel").strip()
    return [_page(page, _POINTS.get(unit)) for page in _named(root, "Page")]


def _page(page: ET.Element, points: float | None) -> Sheet:
    height, width = _number(page, "HEIGHT"), _number(page, "WIDTH")
    scale = points or (_A4_HEIGHT / max(height, width * 0.5) if height else 72 / 300)
    sheet = Sheet(width * scale, height * scale)
    for line in _named(page, "TextLine"):
        words = [word for word in (_word(one, scale) for one in _named(line, "String")) if word is not None]
        if words:
            sheet.lines.append(line_of(words))
    if not sheet.width or not sheet.height:
        sheet.width = max((word.x1 for line in sheet.lines for word in line.words), default=0.0)
        sheet.height = max((word.y1 for line in sheet.lines for word in line.words), default=0.0)
    return sheet


def _word(string: ET.Element, scale: float) -> SeenWord | None:
    text = string.get("CONTENT", "").strip()
    if not text:
        return None
    x, y = _number(string, "HPOS") * scale, _number(string, "VPOS") * scale
    width, height = _number(string, "WIDTH") * scale, _number(string, "HEIGHT") * scale
    certainty = _number(string, "WC", 1.0)
    return SeenWord(x, y, x + width, y + height, text, min(1.0, max(0.0, certainty)))


def _named(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """Elements of a name in any version's namespace."""
    return (one for one in element.iter() if one.tag.rpartition("}")[2] == name)


def _number(element: ET.Element, name: str, otherwise: float = 0.0) -> float:
    try:
        return float(element.get(name, ""))
    except ValueError:
        return otherwise
