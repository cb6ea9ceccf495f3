"""What is marked on a page for one figure: the figure, the words that give it its meaning, its row and its column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from townclerk.models.document import Block, Box, Cell, Document, Table
from townclerk.models.observation import Observation
from townclerk.review.paper import Sheet
from townclerk.review.queue import Item

_PARTS = re.compile(r"\s+[–—|>/-]\s+|\s*[:;|]\s+|\n+|\t+")
_LEAST_PART = 3


class MarkKind(StrEnum):
    """What a mark shows; in the order in which they are drawn."""

    ROW = "row"
    COLUMN = "column"
    COMMENTARY = "commentary"
    OTHER = "other"
    COMPARATOR = "comparator"
    HEADER = "header"
    LABEL = "label"
    FIGURE = "figure"


@dataclass(slots=True, frozen=True)
class Mark:
    """One marked place.

    Attributes:
        kind: What it shows.
        start: First character in the text of the whole document.
        end: Its end, exclusive.
        boxes: Where it is on the page; empty for text without geometry.
        key: The item it belongs to, for comparators and other figures; else "".
        words: What to say of it.
    """

    kind: MarkKind
    start: int
    end: int
    boxes: tuple[Box, ...]
    key: str = ""
    words: str = ""


def stored_marks(item: Item) -> list[Mark]:
    """What can be marked without the document: the places that the observation itself keeps."""
    return [
        Mark(MarkKind.FIGURE, place.start, place.end, tuple(Box(*box) for box in place.boxes), words="evidence")
        for place in item.observation.evidence
        if place.page == item.page
    ]


def page_marks(sheet: Sheet, item: Item, others: Sequence[Item]) -> list[Mark]:
    """Everything to be marked for an item on its page.

    Args:
        sheet: The page as read.
        item: The item.
        others: The other items of the page.
    """
    if not sheet.faithful:
        return stored_marks(item)
    marker = _Marker(sheet, item)
    found = [*marker.table(), *marker.commentary(), *marker.of(others), *marker.words(), *marker.figure()]
    order = list(MarkKind)
    return sorted(found, key=lambda mark: (order.index(mark.kind), mark.start))


class _Marker:
    """Looks for the places of one item; inside, places are those of the sheet's own document."""

    def __init__(self, sheet: Sheet, item: Item) -> None:
        self.sheet = sheet
        self.item = item
        self.document: Document = sheet.document
        self.start = item.figure_start - sheet.shift
        self.end = item.figure_end - sheet.shift
        self.block = self._block()

    def figure(self) -> Iterator[Mark]:
        """The figure itself."""
        yield self._mark(MarkKind.FIGURE, self.start, self.end, words="the figure")

    def table(self) -> Iterator[Mark]:
        """Row and column of a table's cell, and the heads of both."""
        table = self.block.table if self.block else None
        cell = _cell_at(table, self.start) if table else None
        if table is None or cell is None:
            return
        row = [one for one in table.rows[_row_of(table, cell)] if one is not cell]
        yield from self._band(MarkKind.ROW, row)
        column = [one for one in _cells(table) if one is not cell and _share_column(one, cell)]
        yield from self._band(MarkKind.COLUMN, column)
        heads = [one for one in column if one.row < table.header_rows] or column[:1]
        yield from (mark for one in heads for mark in self._of_cell(MarkKind.HEADER, one, "heads its column"))
        if row and row[0].column < cell.column:
            yield from self._of_cell(MarkKind.LABEL, row[0], "heads its row")

    def words(self) -> Iterator[Mark]:
        """The words printed for the measure, the time and the place, where they stand nearest to the figure."""
        one = self.item.observation
        yield from self._near(MarkKind.LABEL, one.label, "names the measure")
        yield from self._near(MarkKind.HEADER, one.period.text, "tells the time")
        if one.area is not None and not one.area.is_reporting_authority:
            yield from self._near(MarkKind.HEADER, one.area.name, "tells the place")

    def commentary(self) -> Iterator[Mark]:
        """The passages that explain the figure."""
        for snippet in self.item.observation.commentary:
            if snippet.page == self.item.page:
                start, end = snippet.start - self.sheet.shift, snippet.end - self.sheet.shift
                yield self._mark(MarkKind.COMMENTARY, start, end, words="explains it")

    def of(self, others: Iterable[Item]) -> Iterator[Mark]:
        """The page's other figures; those of the same measure are what this one is compared with."""
        own = self.item.settled
        for other in others:
            if other.key == self.item.key:
                continue
            start, end = other.figure_start - self.sheet.shift, other.figure_end - self.sheet.shift
            if not self.sheet.start <= start < end <= self.sheet.end or (start, end) == (self.start, self.end):
                continue
            same = own.indicator_id is not None and other.settled.indicator_id == own.indicator_id
            kind = MarkKind.COMPARATOR if same else MarkKind.OTHER
            yield self._mark(kind, start, end, other.key, _told(other.settled))

    def _near(self, kind: MarkKind, printed: str | None, words: str) -> Iterator[Mark]:
        """The words nearest to the figure, whole or else in parts."""
        if not printed or not printed.strip():
            return
        whole = self._nearest(printed)
        parts = [whole] if whole else [self._nearest(part) for part in _PARTS.split(printed)]
        for span in parts:
            if span is not None:
                yield self._mark(kind, *span, words=words)

    def _nearest(self, words: str) -> tuple[int, int] | None:
        tokens = words.split()
        if len("".join(tokens)) < _LEAST_PART:
            return None
        pattern = re.compile(r"\s+".join(map(re.escape, tokens)), re.IGNORECASE)
        spans = [match.span() for match in pattern.finditer(self.document.text, self.sheet.start, self.sheet.end)]
        # What stands behind a figure seldom names it: it counts as twice as far.
        return min(spans, key=lambda span: max(self.start - span[1], 2 * (span[0] - self.end)), default=None)

    def _band(self, kind: MarkKind, cells: Sequence[Cell]) -> Iterator[Mark]:
        for cell in cells:
            yield from self._of_cell(kind, cell, f"the figure's {kind.value}")

    def _of_cell(self, kind: MarkKind, cell: Cell, words: str) -> Iterator[Mark]:
        if not cell.passage.pieces or not cell.passage.text.strip():
            return
        start, end = cell.passage.source_span(0, len(cell.passage.text))
        band = kind in {MarkKind.ROW, MarkKind.COLUMN}
        boxes = (cell.box,) if cell.box is not None and band else tuple(self.document.boxes(start, end))
        yield Mark(kind, start + self.sheet.shift, end + self.sheet.shift, boxes, words=words)

    def _mark(self, kind: MarkKind, start: int, end: int, key: str = "", words: str = "") -> Mark:
        boxes = tuple(self.document.boxes(start, end))
        return Mark(kind, start + self.sheet.shift, end + self.sheet.shift, boxes, key, words)

    def _block(self) -> Block | None:
        for block in self.document.blocks:
            if block.page == self.sheet.number and any(
                piece.source_start <= self.start < piece.source_end for piece in block.passage.pieces
            ):
                return block
        return None


def _cells(table: Table) -> Iterator[Cell]:
    for row in table.rows:
        yield from row


def _cell_at(table: Table, position: int) -> Cell | None:
    for cell in _cells(table):
        if any(piece.source_start <= position < piece.source_end for piece in cell.passage.pieces):
            return cell
    return None


def _row_of(table: Table, cell: Cell) -> int:
    return next(number for number, row in enumerate(table.rows) if any(one is cell for one in row))


def _share_column(one: Cell, other: Cell) -> bool:
    return one.column < other.column + other.column_span and other.column < one.column + one.column_span


def _told(one: Observation) -> str:
    """A figure in a few words."""
    name = one.indicator_name or one.label
    period = one.period.text or one.period.code or "no period"
    area = (one.area.name or one.area.kind.value.replace("_", " ")) if one.area else "no area"
    return f"{one.value_text} · {name} · {area} · {period} · {one.role.value}"
