"""Page furniture: running headers and footers, page numbers, addresses, notes on blank pages."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict

from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.extract.reading.text.lines import Line, is_rule
from townclerk.models.digits import has_digit

_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]")
_VALUE = re.compile(r"\d\s*%|\d\.\d|£|#{2}|\t|\|")
_OF_SO_MANY = re.compile(r"(\d{1,4})\s+of\s+(\d{1,4})")
_EDGE_LINES = 3
_NORMAL_BLANKS = re.compile(r"\s+")
_LONGEST = 120
# Digits of a page's number; lines of a page; pages that are counted.
_LONGEST_NUMBER, _SHORTEST_PAGE, _FEWEST_PAGES = 3, 4, 3


def mark_furniture(lines: list[Line], known: Knowledge) -> None:
    """Mark the lines that are furniture: by their words, by coming back at page edges, or beside such lines."""
    counts = Counter(_shape(line.text) for line in lines if len(line.text) <= _LONGEST)
    for line in lines:
        if is_rule(line):
            line.furniture = True
        elif len(line.text) > _LONGEST or counts[_shape(line.text)] < 2:
            line.furniture = len(line.text) <= _LONGEST and known.furniture.fullmatch(line.text) is not None
        else:
            bare = line.text.strip("*_# ")
            line.furniture = bool(bare) and (
                known.furniture.fullmatch(bare) is not None or known.repeated_furniture.fullmatch(bare) is not None
            )
    _clear_shares(lines)
    _mark_counted(lines)
    _mark_edges(lines, known)
    _mark_neighbours(lines, known)


def _clear_shares(lines: list[Line]) -> None:
    """Take "64 of 123" for a share, not for a page, where it counts no pages and stands at no page's edge."""
    counted = [(line, int(found[1]), int(found[2])) for line in lines if (found := _OF_SO_MANY.fullmatch(line.text))]
    numbers = {(number, total) for _, number, total in counted}
    edges = {id(line) for one, line in itertools.pairwise(lines) if one.page != line.page}
    edges |= {id(one) for one, line in itertools.pairwise(lines) if one.page != line.page}
    for line, number, total in counted:
        if id(line) not in edges and not numbers & {(number - 1, total), (number + 1, total)}:
            line.furniture = False


def _shape(text: str) -> str:
    """A line's words with every number made alike."""
    return _NORMAL_BLANKS.sub(" ", _DIGITS.sub("0", text.lower()))


def _may_be(line: Line, known: Knowledge) -> bool:
    """True where a line's words do not forbid that it is furniture."""
    return not (
        line.furniture
        or len(line.text) > _LONGEST
        or len(_LETTERS.findall(line.text)) < 3
        or _VALUE.search(line.text)
        or known.tile_phrase.search(line.text)
        or known.chart_phrase.search(line.text)
        or known.comment_heading.fullmatch(line.text.strip("*_#: "))
    )


def _mark_counted(lines: list[Line]) -> None:
    """Mark bare numbers, each between blank lines, that count the pages of a text which keeps no other mark of them."""
    alone = [
        (index, int(line.text))
        for index, (line, below) in enumerate(itertools.pairwise(lines))
        if len(line.text) <= _LONGEST_NUMBER and line.text.isdecimal() and line.gap and below.gap
    ]
    # The longest count so far that ends with each number.
    counts: dict[int, list[int]] = {}
    for index, number in alone:
        before = counts.get(number - 1, [])
        goes_on = bool(before) and index - before[-1] >= _SHORTEST_PAGE
        count = [*before, index] if goes_on else [index]
        if len(count) >= len(counts.get(number, [])):
            counts[number] = count
    best = max(counts.values(), key=len, default=[])
    if len(best) >= _FEWEST_PAGES:
        for index in best:
            lines[index].furniture = True


def _mark_edges(lines: list[Line], known: Knowledge) -> None:
    """Mark what comes back among the first and last lines of at least three pages and four tenths of all."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    if len(pages) < 3:
        return
    edges: dict[int, list[Line]] = {}
    for number, on_page in pages.items():
        edges[number] = on_page if len(on_page) <= 2 * _EDGE_LINES else on_page[:_EDGE_LINES] + on_page[-_EDGE_LINES:]
    seen = Counter(shape for edge in edges.values() for shape in {_shape(line.text) for line in edge})
    often = {shape for shape, count in seen.items() if count >= max(3, 0.4 * len(pages))}
    for edge in edges.values():
        for line in edge:
            if _shape(line.text) in often and _may_be(line, known):
                line.furniture = True
    _mark_page_numbers(pages)


def _mark_page_numbers(pages: dict[int, list[Line]]) -> None:
    """Mark bare numbers at the same edge of pages that grow by one from page to page."""
    for end in (0, -1):
        found: dict[int, list[Line]] = defaultdict(list)
        for number, on_page in pages.items():
            line = on_page[end]
            if line.text.isdecimal() and len(line.text) <= 4:
                found[int(line.text) - number].append(line)
        for same in found.values():
            if len(same) >= 3:
                for line in same:
                    line.furniture = True


def _mark_neighbours(lines: list[Line], known: Knowledge) -> None:
    """Mark lines that come back and stand at the edge of a page, as known furniture right beside them shows.

    A line right above furniture is a footer if it stands so wherever it comes back (mostly, where it does three times).
    A line right below could be a slide's title that comes back: it must do so nearly as often as the furniture.
    """
    most = max(Counter(line.text for line in lines if line.furniture).values(), default=0)
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if len(line.text) <= 60 and not has_digit(line.text):
            places[line.text].append(index)
    for at in places.values():
        if len(at) < 2 or not _may_be(lines[at[0]], known):
            continue
        above = sum(index + 1 < len(lines) and lines[index + 1].furniture for index in at)
        below = sum(index > 0 and lines[index - 1].furniture for index in at)
        footer = above == len(at) or (len(at) >= 3 and above * 2 > len(at))
        header = len(at) >= max(3, 0.6 * most) and below * 2 > len(at)
        if footer or header:
            for index in at:
                lines[index].furniture = True
