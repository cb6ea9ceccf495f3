"""Blocks while they are being put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from townclerk.extract.reading.text.lines import Line
from townclerk.models.document import BlockKind, Table
from townclerk.models.passage import Passage


@dataclass(slots=True)
class Draft:
    """A block in the making.

    Attributes:
        kind: What it is, as far as known.
        page: Its page.
        gap: Blank lines before it.
        spans: Its printed lines as spans of the document's text, marks before the first left out.
        marker: Bullet, glyph or paragraph number.
        indent: Blanks before its first line.
        style: How strongly a heading is set, smaller is higher; 0 for none.
        level: Level of a heading, depth of a list item.
        broken: Its lines keep their ends.
        table: The grid of a table.
        passage: The finished text, where a stage has made it already.
        legend: Marks this block explains.
    """

    kind: BlockKind
    page: int
    gap: int
    spans: list[tuple[int, int]]
    marker: str = ""
    indent: int = 0
    style: int = 0
    level: int = 0
    broken: bool = False
    table: Table | None = None
    passage: Passage | None = None
    legend: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Chunk:
    """Printed lines without a blank line or furniture between them, or one table.

    Attributes:
        lines: Its lines.
        draft: The finished draft of a table.
        behind_furniture: Page furniture stands right before it: a new page may begin here.
    """

    lines: list[Line]
    draft: Draft | None = None
    behind_furniture: bool = False

    @property
    def page(self) -> int:
        """Page of its first line."""
        return self.lines[0].page

    @property
    def start(self) -> int:
        """Its first character."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Behind its last character."""
        return self.lines[-1].end
