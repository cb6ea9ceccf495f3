"""Percentages and counts in the lines of cards: a name, a percentage, "218 of 255", side by side or stacked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.verification.ratios import agrees
from townclerk.models.mentions import FigureForm
from townclerk.models.units import Unit

_SEGMENT = re.compile(r"\S+(?: {1,2}\S+)*")
_SHARE = re.compile(r"[*#_ ]{0,6}\d{1,3}(?:\.\d+)?\s?(?:%|per cent)[*_ ]{0,4}")
_PAIR = re.compile(r"[*_( ]{0,4}\d[\d,]*\s?(?:/|(?:out )?of)\s?(?:the )?\d[\d,]*[*_) ]{0,4}")
_ANY = re.compile(rf"(?m)(?:^| {{3}}){_PAIR.pattern}(?=$| {{3}})")
_REACH = 4
_ONE_COLUMN = 1


@dataclass(slots=True, frozen=True)
class Line:
    """A line of a column of cards, as printed.

    Attributes:
        row: The line of the text.
        column: The character it starts at.
        start: Its place in the text.
        text: Its words.
    """

    row: int
    column: int
    start: int
    text: str


def printed_cards(text: str) -> list[tuple[Line, Line]]:
    """The percentages and counts that are lines of their own in one card.

    In some reports the counts stand above their percentage, in others below; which, is told by how often the two fit.

    Args:
        text: A document's text.

    Returns:
        Each line of counts with the percentage it belongs to.
    """
    if _ANY.search(text) is None:
        return []
    above: list[tuple[Line, Line]] = []
    below: list[tuple[Line, Line]] = []
    fitting: Counter[bool] = Counter()
    for lines in _columns(text):
        for place, pair in enumerate(lines):
            if not _PAIR.fullmatch(pair.text) or not _is_pair(pair):
                continue
            over = _nearest(lines[:place][::-1], pair)
            under = _nearest(lines[place + 1 :], pair)
            for is_over, share in ((True, over), (False, under)):
                if share is not None:
                    (above if is_over else below).append((share, pair))
                    fitting[is_over] += _fit(share, pair)
    return above if fitting[True] >= fitting[False] else below


def _columns(text: str) -> Iterator[list[Line]]:
    """The lines of the text that hold no table, by the column they start in."""
    columns: defaultdict[int, list[Line]] = defaultdict(list)
    start = 0
    for row, line in enumerate(text.splitlines(keepends=True)):
        if "\t" not in line and "|" not in line:
            for found in _SEGMENT.finditer(line.rstrip()):
                columns[_column(found.start(), columns)].append(
                    Line(row, found.start(), start + found.start(), found[0])
                )
        start += len(line)
    yield from columns.values()


def _column(start: int, columns: dict[int, list[Line]]) -> int:
    """The column that a place belongs to: one that is there already, give or take a character."""
    return next((c for c in range(start - _ONE_COLUMN, start + _ONE_COLUMN + 1) if c in columns), start)


def _nearest(lines: Sequence[Line], pair: Line) -> Line | None:
    """The nearest line that is a percentage, before any other line of counts."""
    for line in lines:
        if abs(line.row - pair.row) > _REACH or _PAIR.fullmatch(line.text):
            return None
        if _SHARE.fullmatch(line.text):
            return line if _is_share(line) else None
    return None


def _is_share(line: Line) -> bool:
    figures = figures_of(line.text)
    return len(figures) == 1 and figures[0].unit is Unit.PERCENT and figures[0].value is not None


def _is_pair(line: Line) -> bool:
    figures = figures_of(line.text)
    return len(figures) == 1 and figures[0].form is FigureForm.PARTS and bool(figures[0].denominator)


def _fit(share: Line, pair: Line) -> bool:
    value, counts = figures_of(share.text)[0], figures_of(pair.text)[0]
    expected = 100.0 * (counts.numerator or 0.0) / (counts.denominator or 1.0)
    return agrees(value.value or 0.0, expected, value.decimals)
