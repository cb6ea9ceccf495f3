"""Small PDFs for tests, made from a few words.

A PDF is a list of sheets; a sheet is a list of items put below one another:

    make_pdf([
        Sheet(
            [Heading("Care leavers"), Text("In March 91% were in touch."), Bullets(["First", "Second"]),
             Grid([["", "Q1", "Q2"], ["Visits", "81%", "84%"]], rules="all")],
            header="Wexcombe Council", footer="Page {page}",
        )
    ])

`Heading`, `Text`, `Bullets`, `Grid`, `Columns` and `Gap` flow from the top; `Tile` and `Put` stand where they are put.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import pymupdf

Colour: TypeAlias = tuple[float, float, float]

MARGIN = 56.0
_AES_256 = 5  # pymupdf.PDF_ENCRYPT_AES_256, which its type hints leave out
FONT, BOLD = "helv", "hebo"
RED: Colour = (0.93, 0.11, 0.14)
AMBER: Colour = (1.0, 0.75, 0.0)
GREEN: Colour = (0.0, 0.69, 0.31)
GREY: Colour = (0.85, 0.85, 0.85)


@dataclass
class Heading:
    """A line in bold."""

    text: str
    size: float = 16.0


@dataclass
class Text:
    """A paragraph, wrapped to the width; `^` before a digit raises it as a footnote mark."""

    text: str
    size: float = 11.0
    colour: Colour = (0.0, 0.0, 0.0)


@dataclass
class Bullets:
    """List items; `indent` in points for nested lists, `marks` for numbers instead of bullets."""

    items: Sequence[str]
    indent: float = 0.0
    marks: Sequence[str] = ()


@dataclass
class Gap:
    """Empty height."""

    height: float = 20.0


@dataclass
class Grid:
    """A table.

    Attributes:
        rows: Texts; a line end inside a text makes a second line in the cell. None leaves the cell to its left
            neighbour, which then spans.
        rules: "all", "rows", "under rows" (as "rows", without one above the head), "head" (level rules around the head
            and below the last row), "under head" (a single rule) or "none".
        widths: Column widths in points; equal by default, the first twice as wide.
        fills: Colours of cells by (row, column).
        bold_rows: Rows in bold.
        turned: Columns whose head is turned by 90 degrees.
        size: Font size.
        left: Columns set to the left (others are centred); the first always is.
    """

    rows: Sequence[Sequence[str | None]]
    rules: str = "all"
    widths: Sequence[float] = ()
    fills: Mapping[tuple[int, int], Colour] = field(default_factory=dict)
    bold_rows: Sequence[int] = (0,)
    turned: Sequence[int] = ()
    size: float = 10.0
    left: Sequence[int] = ()
    width: float = 0.0


@dataclass
class Columns:
    """Two columns of items side by side."""

    left: Sequence[Item]
    right: Sequence[Item]


@dataclass
class Tile:
    """A framed tile: small lines above, the value large, small lines below."""

    x: float
    y: float
    value: str
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    width: float = 150.0
    height: float = 90.0
    framed: bool = True


@dataclass
class Put:
    """Text at a place (its baseline's start), turned by a multiple of 90 degrees if asked for."""

    x: float
    y: float
    text: str
    size: float = 10.0
    bold: bool = False
    colour: Colour = (0.0, 0.0, 0.0)
    turn: int = 0
    invisible: bool = False


@dataclass
class Panel:
    """A coloured box; with `corner`, its corners are round."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour = (0.94, 0.94, 0.97)
    corner: float = 0.0


Item: TypeAlias = Heading | Text | Bullets | Gap | Grid | Columns | Tile | Put | Panel


@dataclass
class Sheet:
    """One page; `{page}` in header and footer becomes its number, `rotation` is the file's own page rotation."""

    items: Sequence[Item]
    header: str = ""
    footer: str = ""
    landscape: bool = False
    rotation: int = 0


def make_pdf(sheets: Sequence[Sheet], *, password: str = "") -> bytes:
    """The bytes of a PDF with these sheets; with a password it is locked."""
    pdf = pymupdf.open()
    for number, sheet in enumerate(sheets, start=1):
        width, height = (842.0, 595.0) if sheet.landscape else (595.0, 842.0)
        page = pdf.new_page(width=width, height=height)
        if sheet.header:
            page.insert_text((MARGIN, 30), sheet.header.format(page=number), fontsize=8)
        if sheet.footer:
            page.insert_text((width / 2 - 20, height - 24), sheet.footer.format(page=number), fontsize=8)
        _flow(page, sheet.items, MARGIN, width - MARGIN, 70.0)
        if sheet.rotation:
            page.set_rotation(sheet.rotation)
    if password:
        data: bytes = pdf.tobytes(encryption=_AES_256, user_pw=password, owner_pw=password + "o")
    else:
        data = pdf.tobytes()
    pdf.close()
    return data


def _flow(page: pymupdf.Page, items: Sequence[Item], x0: float, x1: float, y: float) -> float:
    """Put items below one another between two edges; the height where the next would stand."""
    for item in items:
        if isinstance(item, Heading):
            y += item.size
            page.insert_text((x0, y), item.text, fontsize=item.size, fontname=BOLD)
            y += 0.6 * item.size
        elif isinstance(item, Text):
            y = _paragraph(page, item, x0, x1, y) + 8
        elif isinstance(item, Bullets):
            marks = item.marks or ["\u2022"] * len(item.items)
            for mark, text in zip(marks, item.items, strict=True):
                page.insert_text((x0 + item.indent, y + 11), mark, fontsize=11)
                y = _paragraph(page, Text(text), x0 + item.indent + 18, x1, y) + 4
        elif isinstance(item, Gap):
            y += item.height
        elif isinstance(item, Grid):
            y = _grid(page, item, x0, x1, y + 4) + 10
        elif isinstance(item, Columns):
            middle = (x0 + x1) / 2
            left = _flow(page, item.left, x0, middle - 12, y)
            y = max(left, _flow(page, item.right, middle + 12, x1, y))
        elif isinstance(item, Tile):
            _tile(page, item)
        elif isinstance(item, Panel):
            place = pymupdf.Rect(item.x, item.y, item.x + item.width, item.y + item.height)
            page.draw_rect(place, color=None, fill=item.colour, radius=item.corner or None)
        else:
            page.insert_text(
                (item.x, item.y),
                item.text,
                fontsize=item.size,
                fontname=BOLD if item.bold else FONT,
                color=item.colour,
                rotate=item.turn,
                render_mode=3 if item.invisible else 0,
            )
    return y


def _paragraph(page: pymupdf.Page, item: Text, x0: float, x1: float, y: float) -> float:
    x, y = x0, y + item.size
    for word in item.text.split(" "):
        plain, _, raised = word.partition("^")
        width = pymupdf.get_text_length(plain, FONT, item.size)
        if x + width > x1 and x > x0:
            x, y = x0, y + 1.25 * item.size
        page.insert_text((x, y), plain, fontsize=item.size, fontname=FONT, color=item.colour)
        x += width
        if raised:
            small = 0.6 * item.size
            mark = raised.rstrip(".,;")
            page.insert_text((x, y - 0.4 * item.size), mark, fontsize=small, fontname=FONT)
            x += pymupdf.get_text_length(mark, FONT, small)
            rest = raised[len(mark) :]
            page.insert_text((x, y), rest, fontsize=item.size, fontname=FONT)
            x += pymupdf.get_text_length(rest, FONT, item.size)
        x += pymupdf.get_text_length(" ", FONT, item.size)
    return y + 0.25 * item.size


def _grid(page: pymupdf.Page, grid: Grid, x0: float, x1: float, y: float) -> float:
    count = max(len(row) for row in grid.rows)
    unit = (grid.width or x1 - x0) / (count + 1)
    widths = list(grid.widths) or [2 * unit] + [unit] * (count - 1)
    edges = [x0]
    for width in widths:
        edges.append(edges[-1] + width)
    heights = [_row_height(grid, number) for number in range(len(grid.rows))]
    top = y
    for number, row in enumerate(grid.rows):
        for column, text in enumerate(row):
            if text is None:
                continue
            last = column
            while last + 1 < len(row) and row[last + 1] is None:
                last += 1
            rect = pymupdf.Rect(edges[column], y, edges[last + 1], y + heights[number])
            fill = grid.fills.get((number, column))
            if fill:
                page.draw_rect(rect, color=None, fill=fill)
            if grid.rules == "all":
                page.draw_rect(rect, color=(0, 0, 0), width=0.5)
            _cell(page, grid, rect, text, number, column)
        y += heights[number]
        under = grid.rules in {"rows", "under rows"} or (grid.rules == "under head" and number == 0)
        if under or (grid.rules == "head" and number in {0, len(grid.rows) - 1}):
            page.draw_line((edges[0], y), (edges[-1], y), width=0.5)
    if grid.rules in {"rows", "head"}:
        page.draw_line((edges[0], top), (edges[-1], top), width=0.5)
    return y


def _row_height(grid: Grid, number: int) -> float:
    if number == 0 and grid.turned:
        return max(pymupdf.get_text_length(text or "", BOLD, grid.size) for text in grid.rows[0]) + 10
    return 1.2 * grid.size * max((text or "").count("\n") + 1 for text in grid.rows[number]) + 6


def _cell(page: pymupdf.Page, grid: Grid, rect: pymupdf.Rect, text: str, number: int, column: int) -> None:
    font = BOLD if number in grid.bold_rows else FONT
    if number == 0 and column in grid.turned:
        middle = (rect.x0 + rect.x1) / 2 + grid.size / 3
        page.insert_text((middle, rect.y1 - 4), text, fontsize=grid.size, fontname=font, rotate=90)
        return
    for line_number, line in enumerate(text.split("\n")):
        width = pymupdf.get_text_length(line, font, grid.size)
        left = column == 0 or column in grid.left
        x = rect.x0 + 3 if left else (rect.x0 + rect.x1 - width) / 2
        page.insert_text(
            (x, rect.y0 + 3 + grid.size * (0.9 + 1.2 * line_number)), line, fontsize=grid.size, fontname=font
        )


def _tile(page: pymupdf.Page, tile: Tile) -> None:
    if tile.framed:
        page.draw_rect(pymupdf.Rect(tile.x, tile.y, tile.x + tile.width, tile.y + tile.height), color=(0.4, 0.4, 0.4))
    y = tile.y + 14
    for line in tile.above:
        page.insert_text((tile.x + 8, y), line, fontsize=9)
        y += 12
    page.insert_text((tile.x + 8, y + 18), tile.value, fontsize=24, fontname=BOLD)
    y += 34
    for line in tile.below:
        page.insert_text((tile.x + 8, y), line, fontsize=9)
        y += 12
