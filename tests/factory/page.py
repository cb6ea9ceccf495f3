"""What a layout makes: pages of headings, paragraphs, tables, tiles and charts, before any form is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tests.factory.gold import Book
from tests.factory.world import World

Rule = Literal["full", "rows", "none"]


@dataclass(slots=True)
class Heading:
    """A heading; level 1 is the report's title."""

    text: str
    level: int = 2


@dataclass(slots=True)
class Para:
    """A paragraph, with its number where paragraphs are numbered; `bold` for a later update typed in."""

    text: str
    number: str = ""
    bold: bool = False


@dataclass(slots=True)
class Bullet:
    """A list item with the glyph before it."""

    text: str
    glyph: str = "•"
    depth: int = 1


@dataclass(slots=True)
class Cell:
    """A table cell; `rag` is the colour of its fill, `span` the columns it covers."""

    text: str
    rag: str | None = None
    span: int = 1


@dataclass(slots=True)
class Table:
    """A table. `head` rows come first; `widths` are shares of the width; `rule` is how it is ruled on paper."""

    head: list[list[Cell]]
    rows: list[list[Cell]]
    caption: str = ""
    widths: list[float] = field(default_factory=list)
    rule: Rule = "full"


@dataclass(slots=True)
class TilePart:
    """A label and a value inside a tile; `big` for the tile's main value."""

    label: str
    value: str
    big: bool = False


@dataclass(slots=True)
class Tile:
    """A dashboard tile: a title and labelled values, the largest of them the measure's own."""

    title: str
    parts: list[TilePart]
    rag: str | None = None


@dataclass(slots=True)
class Chart:
    """A chart. `labels` stand over the bars, one for each axis name, or are empty; ticks are axis numbers."""

    title: str
    axis: list[str]
    labels: list[str]
    heights: list[float]
    ticks: list[str]
    kind: Literal["bar", "line"] = "bar"


@dataclass(slots=True)
class Card:
    """A small box of a digest: what is measured, its value, and lines below it."""

    title: str
    value: str
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Cards:
    """Cards printed side by side, `across` of them in each row."""

    cards: list[Card]
    across: int = 3

    def rows(self) -> list[list[Card]]:
        """The cards, row by row."""
        return [self.cards[start : start + self.across] for start in range(0, len(self.cards), self.across)]


Block = Heading | Para | Bullet | Table | Tile | Chart | Cards


@dataclass(slots=True)
class Page:
    """One page or slide. `new` is False where it merely continues the one before and may be flowed together with it."""

    blocks: list[Block]
    landscape: bool = False


@dataclass(slots=True)
class Report:
    """A composed report: its pages, its gold in the making, and what every renderer needs to know of it."""

    world: World
    layout: str
    part: str
    book: Book
    pages: list[Page]
    title: str
    header: str = ""
    footer: str = ""
    planted: list[str] = field(default_factory=list)
