"""Paper: pages, fonts, wrapped text and shapes, drawn with PyMuPDF in the order they are read."""

from __future__ import annotations

from functools import cache
from typing import Any

import pymupdf

from tests.factory.marks import plain

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
GREY: Colour = (0.45, 0.45, 0.45)
_REPLACED = str.maketrans({"▪": "■", "◦": "o", "⬆": "↑", "⬇": "↓", "►": "→", "✗": "✘"})


@cache
def font(name: str) -> Any:
    """A font that PyMuPDF carries, by its short name."""
    return pymupdf.Font(name)


def _has(name: str, character: str) -> bool:
    return bool(font(name).has_glyph(ord(character)))


@cache
def _font_for(name: str, character: str) -> str:
    return next((n for n in (name, "helv", "zadb", "symb") if _has(n, character)), name)


def runs(text: str, name: str) -> list[tuple[str, str]]:
    """The text in pieces, each with a font that has its characters."""
    out: list[tuple[str, str]] = []
    for character in text.translate(_REPLACED):
        which = _font_for(name, character)
        if out and out[-1][1] == which:
            out[-1] = (out[-1][0] + character, which)
        else:
            out.append((character, which))
    return out


def width_of(text: str, name: str, size: float) -> float:
    """Printed width in points."""
    return float(sum(font(which).text_length(piece, fontsize=size) for piece, which in runs(text, name)))


def wrap(text: str, name: str, size: float, width: float) -> list[str]:
    """The text broken into lines no wider than `width`; marks are dropped, words longer than a line are cut."""
    lines: list[str] = []
    now = ""
    for word in plain(text).split():
        tried = f"{now} {word}" if now else word
        if width_of(tried, name, size) <= width or not now:
            now = tried
        else:
            lines.append(now)
            now = word
    return [*lines, now] if now else lines or [""]


class Canvas:
    """A document being drawn. Text flows down frames; what is read is noted page by page as it is drawn."""

    def __init__(self, margin: float, columns: int = 1) -> None:
        self.doc: Any = pymupdf.open()
        self.page: Any = None
        self.margin = margin
        self.columns = columns
        self.texts: list[list[str]] = []
        self.y = 0.0
        self.column = 0
        self.top = 0.0

    def new_page(self, landscape: bool) -> None:
        """Begin an A4 page."""
        size = (842, 595) if landscape else (595, 842)
        self.page = self.doc.new_page(width=size[0], height=size[1])
        self.texts.append([])
        self.top = self.y = self.margin + 14
        self.column = 0

    @property
    def landscape(self) -> bool:
        """Which way the present page lies."""
        return bool(self.page.rect.width > self.page.rect.height)

    @property
    def width(self) -> float:
        """Width of the present frame."""
        whole = self.page.rect.width - 2 * self.margin
        return float(whole if self.columns == 1 else (whole - 22 * (self.columns - 1)) / self.columns)

    @property
    def left(self) -> float:
        """Left edge of the present frame."""
        return self.margin + self.column * (self.width + 22)

    @property
    def bottom(self) -> float:
        """Where text must end."""
        return float(self.page.rect.height - self.margin - 10)

    def room(self, height: float) -> bool:
        """True where so much height is left in the frame."""
        return self.y + height <= self.bottom

    def need(self, height: float) -> None:
        """Go to the next frame or page unless there is room."""
        if self.room(height) or (self.y == self.top and self.column == 0):
            return
        if self.column + 1 < self.columns:
            self.column += 1
            self.y = self.top
        else:
            self.new_page(self.landscape)

    def note(self, text: str) -> None:
        """Remember marked text as read on this page."""
        self.texts[-1].append(text)

    def line(self, text: str, at: tuple[float, float], name: str, size: float, colour: Colour = BLACK) -> None:
        """Draw one line of text with its baseline's start at `at`."""
        writer = pymupdf.TextWriter(self.page.rect)
        x = at[0]
        for piece, which in runs(text, name):
            _, end = writer.append((x, at[1]), piece, font=font(which), fontsize=size)
            x = end.x
        writer.write_text(self.page, color=colour)

    def lines(
        self, lines: list[str], box: tuple[float, float, float], name: str, size: float,
        colour: Colour = BLACK, align: str = "left", leading: float = 1.22,
    ) -> None:  # fmt: skip
        """Draw lines from the top of a box (left, top, width) as one text object."""
        writers: dict[Colour, Any] = {colour: pymupdf.TextWriter(self.page.rect)}
        for number, text in enumerate(lines):
            free = box[2] - width_of(text, name, size)
            x = box[0] + {"left": 0.0, "right": free, "center": free / 2}[align]
            for piece, which in runs(text, name):
                where = (x, box[1] + size * (0.92 + leading * number))
                _, end = writers[colour].append(where, piece, font=font(which), fontsize=size)
                x = end.x
        writers[colour].write_text(self.page, color=colour)

    def box(self, rect: tuple[float, float, float, float], fill: Colour | None, edge: Colour | None) -> None:
        """A rectangle, filled, edged or both."""
        self.page.draw_rect(pymupdf.Rect(*rect), color=edge, fill=fill, width=0.6)

    def stroke(self, points: list[tuple[float, float]], colour: Colour, width: float = 0.7) -> None:
        """A line through points."""
        self.page.draw_polyline([pymupdf.Point(*p) for p in points], color=colour, width=width)
