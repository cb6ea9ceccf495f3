"""Headers, footers and page numbers: what comes back at the edge of page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from townclerk.extract.reading.pdf.geometry import Line, Segment, lines_of
from townclerk.extract.reading.pdf.glean import Gleaned
from townclerk.extract.reading.pdf.knowledge import layout_knowledge
from townclerk.extract.reading.text.knowledge import Knowledge

# Lines looked at above and below, and the share of a page's height that may be header or footer.
_EDGE_LINES = 4
_EDGE_SHARE = 0.17
# Within this share of the height a line that comes back is furniture whatever stands around it.
_MARGIN_SHARE = 0.075
# A line of so many segments is a row of a table.
_FEWEST_HEADS = 4
_FEWEST_TIMES = 2
# "Feb-22", "Q1", "2021/22": a time that is told in one word.
_JOINED_TIME = re.compile(r"[^\W\d_].*\d|\d[/-]\d")
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:page\s*)?[-–—|]?\s*(\d{1,4})\s*[-–—|]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_PLACE = 8.0


def find_furniture(pages: Sequence[Gleaned], known: Knowledge) -> list[list[Segment]]:
    """The segments of each page that are furniture."""
    edges = [_edge_lines(page) for page in pages]
    repeated = _repeated(edges)
    numbered = _page_numbers(edges)
    found: list[list[Segment]] = []
    for number, (page, lines) in enumerate(zip(pages, edges, strict=True)):
        held = [
            line
            for line in lines
            if _shape(line) in repeated
            or (number, id(line)) in numbered
            or known.furniture.fullmatch(line.text.strip())
        ]
        found.append([segment for line in held if _is_outside(line, lines, held, page) for segment in line.segments])
    return found


def _is_outside(line: Line, lines: Sequence[Line], held: Sequence[Line], page: Gleaned) -> bool:
    """True near the edge of the page, or where only furniture stands further out; heads of tables come back too."""
    if len(line.segments) >= _FEWEST_HEADS or _heads_columns(line):
        return False
    if line.y1 < _MARGIN_SHARE * page.height or line.y0 > (1 - _MARGIN_SHARE) * page.height:
        return True
    top = line.y1 < page.height / 2
    further = [
        one for one in lines if (one.y0 < line.y0 if top else line.y0 < one.y0) and (one.y1 < page.height / 2) is top
    ]
    return all(any(one is other for other in held) for one in further)


def _heads_columns(line: Line) -> bool:
    """True for times of one form side by side ("Feb-22 Mar-22 Target"): heads of a table, come back on every page."""
    head = layout_knowledge().period_head
    words = [word.text for segment in line.segments for word in segment.words]
    times = [word for word in words if _JOINED_TIME.search(word) and head.fullmatch(word)]
    forms = {_LETTER.sub("a", _DIGITS.sub("0", word)) for word in times}
    return len(times) >= _FEWEST_TIMES and len(forms) == 1 and 2 * len(times) > len(words)


def _edge_lines(page: Gleaned) -> list[Line]:
    """The first and last lines of a page that stand near its edges."""
    top, bottom = _EDGE_SHARE * page.height, (1 - _EDGE_SHARE) * page.height
    above = lines_of(segment for segment in page.segments if segment.y1 < top)
    below = lines_of(segment for segment in page.segments if segment.y0 > bottom)
    return above[:_EDGE_LINES] + below[-_EDGE_LINES:]


def _shape(line: Line) -> tuple[str, int]:
    """A line's words without their numbers, and about where it stands."""
    return _DIGITS.sub("0", line.text).strip().lower(), round(line.y0 / _PLACE)


def _repeated(edges: list[list[Line]]) -> set[tuple[str, int]]:
    """Shapes that stand at one place on at least three pages (two of two or three) and on a quarter of all."""
    pages = len(edges)
    if pages < 2:
        return set()
    seen: Counter[tuple[str, int]] = Counter()
    for lines in edges:
        shapes = {_shape(line) for line in lines}
        # A line may fall into either of two neighbouring places.
        seen.update({(text, place + step) for text, place in shapes for step in (-1, 0, 1)})
    least = max(2 if pages <= 4 else 3, 0.25 * pages)
    return {shape for shape, count in seen.items() if count >= least and any(letter.isalpha() for letter in shape[0])}


def _page_numbers(edges: list[list[Line]]) -> set[tuple[int, int]]:
    """Lines that are only a number and grow by one from page to page."""
    series: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, lines in enumerate(edges):
        for line in lines:
            match = _NUMBER.fullmatch(line.text.strip())
            if match:
                series[int(match[1]) - number].append((number, id(line)))
    numbered: set[tuple[int, int]] = set()
    for same in series.values():
        if len({number for number, _ in same}) >= 2:
            numbered.update(same)
    # On a single page the last line, alone, with the number 1 is its number.
    if len(edges) == 1 and edges[0] and (match := _NUMBER.fullmatch(edges[0][-1].text.strip())) and match[1] == "1":
        numbered.add((0, id(edges[0][-1])))
    return numbered
