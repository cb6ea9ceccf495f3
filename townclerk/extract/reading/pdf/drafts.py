"""Blocks before the document's text is written: words, not yet spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from townclerk.extract.reading.pdf.geometry import Line, Segment, Word, bounds, lines_of
from townclerk.models.document import BlockKind, Box
from townclerk.models.units import Rag


@dataclass(slots=True)
class DraftCell:
    """A cell of a table: where it stands and the lines of words in it.

    `place` tells which of how many values of its printed line it is, counted from the left behind the label.
    """

    row: int
    column: int
    lines: list[list[Word]]
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None
    rag: Rag | None = None
    line_column: int | None = None
    line_row: int | None = None
    place: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """Its words with blanks between them, footnote marks left out."""
        return " ".join([word.text for line in self.lines for word in line if not word.mark])


@dataclass(slots=True)
class DraftTable:
    """A table: rows of cells from the left."""

    rows: list[list[DraftCell]]
    columns: int
    header_rows: int
    box: Box
    separators: list[float] = field(default_factory=list)
    continues: bool = False
    has_values: bool = True


@dataclass(slots=True)
class DraftPart:
    """A value of a tile with its label."""

    label: list[list[Word]]
    value: list[Word]


@dataclass(slots=True)
class Draft:
    """A block in the making.

    Attributes:
        kind: What part it plays.
        lines: Its lines, for anything but a table.
        box: Its place on the upright page.
        size: Font size of its text.
        bold: True where all of it is bold.
        level: Heading level or depth of a list item.
        marker: The bullet or number before it.
        marker_length: Words at the start that are the marker.
        table: For a table.
        parts: For a tile.
        inner: For a panel: the blocks in it, which take its place.
    """

    kind: BlockKind
    lines: list[Line]
    box: Box
    size: float = 0.0
    bold: bool = False
    level: int = 0
    marker: str = ""
    marker_length: int = 0
    table: DraftTable | None = None
    parts: list[DraftPart] = field(default_factory=list)
    inner: list[Draft] = field(default_factory=list)


def chart_of(segments: Sequence[Segment]) -> Draft:
    """The words of a chart that could not be read as a table, line by line."""
    lines = lines_of(segments)
    return Draft(BlockKind.CHART, lines, bounds(lines), lines[0].size)
