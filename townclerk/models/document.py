"""A report as the reader understood it: one model for every kind of input.

After reading, nothing knows what the input's format was. `Document.text` is the one text all spans point into: for
text files it is the decoded file itself, for paged files it is written by the reader, pages divided by form feeds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from townclerk.models.area import Authority
from townclerk.models.passage import Passage
from townclerk.models.period import Period
from townclerk.models.units import Basis, Rag

T = TypeVar("T")


class Box(NamedTuple):
    """A rectangle in PDF points, origin at the page's top left."""

    x0: float
    y0: float
    x1: float
    y1: float


class Origin(StrEnum):
    """Where a page's words came from."""

    TEXT = "text"
    BORN_DIGITAL = "born_digital"
    SCAN = "scan"


class BlockKind(StrEnum):
    """What part a block plays on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    TILE = "tile"
    CAPTION = "caption"
    CHART = "chart"
    FURNITURE = "furniture"


@dataclass(slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        row: Row, from 0.
        column: First column, from 0.
        passage: Its words.
        row_span: Rows it covers.
        column_span: Columns it covers.
        box: Its place on the page, where there is geometry.
        rag: The colour its fill stands for.
        line_column: The column that a second assignment gives, made without the grid (order of words, count of heads,
            the head it is in line with); None where there is none.
        line_row: The row that a second assignment gives, by the label at its height; None where there is none.
        doubt: Why its head may be another's, as the flag of what is read from it; "" where nothing speaks for that.
    """

    row: int
    column: int
    passage: Passage
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None
    rag: Rag | None = None
    line_column: int | None = None
    line_row: int | None = None
    doubt: str = ""

    @property
    def is_doubtful(self) -> bool:
        """True where the two readings of its place differ."""
        column, row = self.line_column, self.line_row
        return (column is not None and column != self.column) or (
            row is not None and not self.row <= row < self.row + self.row_span
        )


@dataclass(slots=True)
class Table:
    """A grid of cells, rows from the top, cells of a row from the left. Empty cells of ragged rows may be absent.

    Attributes:
        rows: The cells, row by row.
        columns: Number of columns.
        header_rows: How many rows at the top are header rows, as far as layout tells; 0 where it does not.
        continues: True where the table carries on the one before it, over a page break, without a header of its own.
    """

    rows: list[list[Cell]]
    columns: int
    header_rows: int = 0
    continues: bool = False

    def title_at(self, row: int, longest: int) -> Cell | None:
        """The only filled cell of a row, where it runs over the whole width and has few words: the name of a part.

        Args:
            row: Number of the row, from 0.
            longest: How many words a name may have.
        """
        filled = [cell for cell in self.rows[row] if cell.passage.text.strip()]
        if len(filled) != 1 or not filled[0].column_span >= self.columns > 1:
            return None
        return filled[0] if len(filled[0].passage.text.split()) <= longest else None


@dataclass(slots=True)
class TilePart:
    """A labelled value inside a tile, where geometry tells which label goes with which value."""

    label: Passage | None
    value: Passage


@dataclass(slots=True)
class Block:
    """A part of a page, in reading order.

    Attributes:
        kind: What part it plays.
        page: Page number, from 1.
        passage: Its text, joined and cleaned, with the way back to the document's text. For a table: its cells' texts,
            divided by tabs and line ends.
        level: Heading level from 1 (1 is the report's title), or depth of a list item from 1; 0 elsewhere.
        box: Its place on the page, where there is geometry.
        table: The grid, for a table.
        tile: The parts, for a tile with geometry; None for a tile flattened into one line.
        marker: The bullet, glyph, paragraph number or letter that stood before the text ("★", "12.", "i."), or "".
    """

    kind: BlockKind
    page: int
    passage: Passage
    level: int = 0
    box: Box | None = None
    table: Table | None = None
    tile: list[TilePart] | None = None
    marker: str = ""


@dataclass(slots=True)
class Words:
    """The words of a page in text order, as parallel arrays.

    Attributes:
        starts: First character of each word in the document's text.
        ends: End of each, exclusive.
        boxes: Its box.
        certainty: The recogniser's certainty, 0 to 1, for scans; empty elsewhere.
        agreed: For scans: 1 where two readers read the same, 0 where not, -1 where one looked; empty elsewhere.
    """

    starts: array[int] = field(default_factory=lambda: array("L"))
    ends: array[int] = field(default_factory=lambda: array("L"))
    boxes: list[Box] = field(default_factory=list)
    certainty: array[float] = field(default_factory=lambda: array("f"))
    agreed: array[int] = field(default_factory=lambda: array("b"))


@dataclass(slots=True)
class Page:
    """One page.

    Attributes:
        number: From 1.
        start: First character in the document's text.
        end: End, exclusive.
        width: In points; 0 for text.
        height: In points; 0 for text.
        origin: Where its words came from.
        words: Its words with boxes; None for text.
        label: The page's printed or internal label, where the file gives one.
        skipped: Why the page (or part of it) could not be read, in a sentence; "" where all was well.
    """

    number: int
    start: int
    end: int
    width: float = 0.0
    height: float = 0.0
    origin: Origin = Origin.TEXT
    words: Words | None = None
    label: str = ""
    skipped: str = ""


@dataclass(slots=True, frozen=True)
class Fact(Generic[T]):
    """Something known of the document, how it is known, and from which words.

    Attributes:
        value: The fact; None where unknown.
        basis: Stated, inferred or unknown.
        words: The words it was read from, or the reason in words ("file name", "--period").
        span: Their span in the document's text, where they stand there.
    """

    value: T | None = None
    basis: Basis = Basis.UNKNOWN
    words: str = ""
    span: tuple[int, int] | None = None


@dataclass(slots=True)
class DocumentFacts:
    """What the report says of itself."""

    title: Fact[str] = field(default_factory=Fact)
    authority: Fact[Authority] = field(default_factory=Fact)
    committee: Fact[str] = field(default_factory=Fact)
    meeting_date: Fact[date] = field(default_factory=Fact)
    period: Fact[Period] = field(default_factory=Fact)


@dataclass(slots=True)
class Item:
    """One paper of an agenda pack, with facts of its own.

    Attributes:
        number: Its number on the agenda as printed, "" where it has none (the agenda itself, a supplement).
        title: Its title on the agenda, else on the paper.
        first_block: Its first block.
        last_block: Behind its last block.
        facts: What it says of itself.
        belongs_to: Index of the item whose appendix it is; None for a paper of its own.
    """

    number: str
    title: str
    first_block: int
    last_block: int
    facts: DocumentFacts = field(default_factory=DocumentFacts)
    belongs_to: int | None = None


@dataclass(slots=True, frozen=True)
class Bookmark:
    """An entry of a file's outline.

    Attributes:
        level: Depth, from 1.
        title: Its words.
        page: Page number, from 1.
    """

    level: int
    title: str
    page: int


@dataclass(slots=True)
class Document:
    """One report.

    Attributes:
        name: File name, without folders.
        sha256: Digest of the input's bytes, 64 hex digits.
        text: The text all spans point into.
        pages: Its pages, in order.
        blocks: Its blocks, in reading order over all pages.
        facts: What it says of itself.
        items: The papers of an agenda pack; empty for a single report.
        media_type: What the input was ("text/plain", "application/pdf"), for the record only.
        encoding: The character encoding of a text input, "" elsewhere.
        bookmarks: The outline the file brings with it, in order.
        legend: Glyphs the document's own key explains, each with its meaning ("▲": "below target").
    """

    name: str
    sha256: str
    text: str
    pages: list[Page]
    blocks: list[Block]
    facts: DocumentFacts = field(default_factory=DocumentFacts)
    items: list[Item] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    media_type: str = "text/plain"
    encoding: str = ""
    legend: dict[str, str] = field(default_factory=dict)

    def page_at(self, position: int) -> Page:
        """The page that holds a character of the text."""
        if len(self.pages) == 1:
            return self.pages[0]
        index = bisect_right(self.pages, position, key=_start_of) - 1
        return self.pages[max(0, index)]

    def skipped(self) -> str:
        """Which page was not read and why, and how many more, in words; empty where all were."""
        skipped = [page for page in self.pages if page.skipped]
        if not skipped:
            return ""
        more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
        return f"page {skipped[0].number} was not read: {skipped[0].skipped}{more}"

    def facts_at(self, block: int) -> DocumentFacts:
        """What the paper that holds a block says of itself: one of a pack's, or the report."""
        inside = (item.facts for item in self.items if item.first_block <= block < item.last_block)
        return next(inside, self.facts)

    def boxes(self, start: int, end: int) -> list[Box]:
        """The boxes of the words between two characters of the text, one box a printed line; empty for text inputs."""
        words = self.page_at(start).words
        if words is None:
            return []
        first = bisect_right(words.ends, start)
        last = bisect_left(words.starts, end)
        return _merge_lines(words.boxes[first:last])


_start_of = attrgetter("start")


def _merge_lines(boxes: list[Box]) -> list[Box]:
    """Join boxes that follow each other on one line: overlapping in height by half, the next no further left."""
    if len(boxes) < 2:
        return boxes
    merged: list[Box] = []
    x0, y0, x1, y1 = boxes[0]
    for left, top, right, bottom in boxes[1:]:
        # Compared by hand: this runs for every word of every sentence that is quoted.
        overlap = (y1 if y1 < bottom else bottom) - (y0 if y0 > top else top)
        lower = y1 - y0 if y1 - y0 < bottom - top else bottom - top
        if left >= x0 and overlap > 0.5 * lower:
            y0, y1 = top if top < y0 else y0, bottom if bottom > y1 else y1
            x1 = right if right > x1 else x1
        else:
            merged.append(Box(x0, y0, x1, y1))
            x0, y0, x1, y1 = left, top, right, bottom
    merged.append(Box(x0, y0, x1, y1))
    return merged
