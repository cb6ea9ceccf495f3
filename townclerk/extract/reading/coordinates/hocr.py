"""hOCR: a web page whose elements say in `title` where on the scan they stand."""

from __future__ import annotations

import re

from townclerk.extract.reading.coordinates.sheet import Sheet, line_of
from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord
from townclerk.extract.reading.office.building import tidy
from townclerk.extract.reading.office.web_tree import Node, read_tree

_LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_textfloat", "ocr_caption"})
_USUAL_DPI = 300.0
_A4_HEIGHT = 842.0

Numbers = dict[str, list[float]]


def read_hocr(text: str) -> list[Sheet]:
    """The pages of an hOCR file."""
    return [_page(node) for node in _of_class(read_tree(text), {"ocr_page"})]


def _page(node: Node) -> Sheet:
    said = _title(node)
    x0, y0, x1, y1 = _box(said) or (0.0, 0.0, 0.0, 0.0)
    resolution = said.get("scan_res", [0.0])[0] or _resolution(y1 - y0)
    scale = 72 / resolution
    sheet = Sheet((x1 - x0) * scale, (y1 - y0) * scale)
    lines = _of_class(node, _LINES) or [node]
    for line in lines:
        seen = _line(line, scale)
        if seen is not None:
            sheet.lines.append(seen)
    if not sheet.width:
        sheet.width = max((word.x1 for line in sheet.lines for word in line.words), default=0.0)
        sheet.height = max((word.y1 for line in sheet.lines for word in line.words), default=0.0)
    return sheet


def _resolution(height: float) -> float:
    """Dots per inch, from the height of a page that is taken for A4 where the file does not tell."""
    return max(72.0, 72 * height / _A4_HEIGHT) if height else _USUAL_DPI


def _line(node: Node, scale: float) -> SeenLine | None:
    words: list[SeenWord] = []
    for one in _of_class(node, {"ocrx_word", "ocr_word"}):
        said, text = _title(one), tidy(one.words())
        box = _box(said)
        if not text or box is None:
            continue
        x0, y0, x1, y1 = (edge * scale for edge in box)
        certainty = said.get("x_wconf", [100.0])[0] / 100
        words.append(SeenWord(x0, y0, x1, y1, text, min(1.0, max(0.0, certainty))))
    if not words:
        return None
    said, box = _title(node), _box(_title(node))
    baseline = said.get("baseline", [])
    if box is None or len(baseline) != 2:
        return line_of(words)
    slope, offset = baseline
    # The baseline is told from the lower left corner of the line's box.
    return line_of(words, ((box[3] + offset - slope * box[0]) * scale, slope), _size(said) * scale)


def _size(said: Numbers) -> float:
    """The height of the line's letters with their tails, in dots; 0 where the file does not tell."""
    size, below = said.get("x_size", [0.0])[0], abs(said.get("x_descenders", [0.0])[0])
    return size if size and below < size else 0.0


def _of_class(node: Node, names: set[str] | frozenset[str]) -> list[Node]:
    """Elements of a class, none inside another."""
    found: list[Node] = []
    for one in node.inside:
        if names & set(one.attributes.get("class", "").split()):
            found.append(one)
        else:
            found.extend(_of_class(one, names))
    return found


def _title(node: Node) -> Numbers:
    """The numbers a title tells, by name."""
    said: Numbers = {}
    for part in node.attributes.get("title", "").split(";"):
        name, _, rest = part.strip().partition(" ")
        said[name] = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", rest)] or [0.0]
    return said


def _box(said: Numbers) -> tuple[float, float, float, float] | None:
    box = said.get("bbox", [])
    return (box[0], box[1], box[2], box[3]) if len(box) >= 4 else None
