"""Tables, tiles and charts on paper."""

from __future__ import annotations

from dataclasses import dataclass

from tests.factory.canvas import BLACK, GREY, Canvas, Colour, width_of, wrap
from tests.factory.marks import plain
from tests.factory.page import Card, Cards, Cell, Chart, Table, Tile

_RAG: dict[str, Colour] = {"red": (0.93, 0.33, 0.31), "amber": (1.0, 0.76, 0.2), "green": (0.45, 0.77, 0.4)}
_WHITE: Colour = (1.0, 1.0, 1.0)
_PALE = 0.82
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Look:
    """A house style: fonts by PyMuPDF's short names, sizes in points, colours.

    Attributes:
        body: Font of running text.
        bold: Font of headings.
        size: Size of running text.
        accent: The council's colour.
        coloured: True where headings take the accent.
        rag_words: True where a coloured cell also prints its colour's name.
        zebra: True where every other row is shaded.
        head_fill: How header rows are filled: "accent", "pale" or "none".
        logo: The emblem on the first page: "shield", "bars" or "".
    """

    body: str
    bold: str
    size: float
    accent: Colour
    coloured: bool
    rag_words: bool
    zebra: bool
    head_fill: str
    logo: str = ""

    @property
    def heading(self) -> Colour:
        """Colour of headings."""
        return self.accent if self.coloured else BLACK

    @property
    def glyph(self) -> Colour:
        """Colour of bullets and paragraph numbers."""
        return BLACK

    @property
    def pale(self) -> Colour:
        """A light tint of the accent."""
        return _tint(self.accent, _PALE)


def _tint(colour: Colour, amount: float) -> Colour:
    red, green, blue = (c + (1 - c) * amount for c in colour)
    return red, green, blue


@dataclass(slots=True)
class _Row:
    cells: list[Cell]
    lines: list[list[str]]
    height: float
    head: bool
    size: float


def draw_table(canvas: Canvas, table: Table, look: Look) -> None:
    """A table at the cursor; its header rows are repeated on the next page."""
    columns = max(sum(cell.span for cell in row) for row in [*table.head, *table.rows])
    widths = _widths(canvas, table, columns)
    size = _size(table, columns, widths, look)
    small = _head_size(table, widths, size, look)
    heads = [_measure(row, widths, small, look, head=True) for row in table.head]
    rows = [_measure(row, widths, size, look, head=False) for row in table.rows]
    if table.caption:
        canvas.need(60)
        canvas.line(plain(table.caption), (canvas.left, canvas.y + 9), look.bold, 9.5)
        canvas.note(table.caption)
        canvas.y += 15
    canvas.need(sum(row.height for row in heads) + (rows[0].height if rows else 0))
    for row in heads:
        _draw_row(canvas, row, widths, look, table, 0)
    for number, row in enumerate(rows):
        if not canvas.room(row.height):
            canvas.need(row.height)
            for head in heads:
                _draw_row(canvas, head, widths, look, table, 0)
        _draw_row(canvas, row, widths, look, table, number)
    canvas.y += 10


def _widths(canvas: Canvas, table: Table, columns: int) -> list[float]:
    shares = table.widths if len(table.widths) == columns else [1.0] * columns
    width = canvas.width if columns > 3 else min(canvas.width, 320.0)
    return [width * share / sum(shares) for share in shares]


def _size(table: Table, columns: int, widths: list[float], look: Look) -> float:
    """As large as the body, smaller for many columns, so that numbers never break."""
    size = min(look.size, 10.0)
    numbers = [plain(c.text) for row in table.rows for c in row if c.span == 1 and len(plain(c.text)) < 9]
    longest = max(numbers, key=len, default="")
    while size > 5.5 and columns > 3 and width_of(longest, look.body, size) > min(widths[1:]) - 5:
        size -= 0.5
    return size


def _measure(row: list[Cell], widths: list[float], size: float, look: Look, *, head: bool) -> _Row:
    lines = []
    column = 0
    for cell in row:
        width = sum(widths[column : column + cell.span]) - 6
        shown = "" if cell.rag and not look.rag_words else cell.text
        lines.append(wrap(shown, look.bold if head else look.body, size, width))
        column += cell.span
    return _Row(row, lines, max(len(each) for each in lines) * size * 1.18 + 6, head, size)


def _head_size(table: Table, widths: list[float], size: float, look: Look) -> float:
    """Small enough that no word of a header is wider than its column."""
    smallest = size
    for row in table.head:
        column = 0
        for cell in row:
            width = sum(widths[column : column + cell.span]) - 4
            column += cell.span
            for word in plain(cell.text).split():
                while smallest > 4 and width_of(word, look.bold, smallest) > width:
                    smallest -= 0.25
    return smallest


def _draw_row(canvas: Canvas, row: _Row, widths: list[float], look: Look, table: Table, number: int) -> None:
    x = canvas.left
    column = 0
    section = len(row.cells) == 1 and row.cells[0].span == len(widths)
    for index, (cell, lines) in enumerate(zip(row.cells, row.lines, strict=True)):
        width = sum(widths[column : column + cell.span])
        box = (x, canvas.y, x + width, canvas.y + row.height)
        fill = _fill(row, cell, look, number)
        if section and len(lines) == 1 and not row.head and len(plain(cell.text)) < 45:
            fill = look.pale
        edge = GREY if table.rule == "full" else None
        if fill is not None or edge is not None:
            canvas.box(box, fill, edge)
        dark = row.head and look.head_fill == "accent"
        name = look.bold if row.head else look.body
        wide = cell.span == 1 and widths[column] == max(widths) > min(widths)
        align = "left" if index == 0 or wide or (cell.span > 1 and not row.head) else "center"
        canvas.lines(lines, (x + 3, canvas.y + 3, width - 6), name, row.size, _WHITE if dark else BLACK, align, 1.18)
        x += width
        column += cell.span
    if table.rule == "rows" or (table.rule == "none" and row.head):
        canvas.stroke([(canvas.left, canvas.y + row.height), (x, canvas.y + row.height)], GREY)
    shown = (c.text for c in row.cells if not (c.rag and not look.rag_words))
    canvas.note("\t".join(text for text in shown if text))
    canvas.y += row.height


def _fill(row: _Row, cell: Cell, look: Look, number: int) -> Colour | None:
    if cell.rag:
        return _RAG[cell.rag]
    if row.head:
        return {"accent": look.accent, "pale": look.pale}.get(look.head_fill)
    return (0.95, 0.95, 0.95) if look.zebra and number % 2 else None


def tile_height(tile: Tile) -> float:
    """Room that a tile takes."""
    others = sum(not part.big for part in tile.parts)
    return 92 + 32.0 * ((others + 1) // 2)


def draw_tile(canvas: Canvas, tile: Tile, look: Look, box: Box) -> None:
    """A box with a title band, the main value large, the other parts small below or beside it."""
    left, top, width, height = box
    canvas.box((left, top, left + width, top + height), _RAG[tile.rag] if tile.rag else look.pale, GREY)
    lines = wrap(tile.title, look.bold, 11, width - 12)
    canvas.box((left, top, left + width, top + 8 + 13.5 * len(lines)), look.accent, None)
    canvas.lines(lines, (left + 6, top + 3, width - 12), look.bold, 11, _WHITE)
    canvas.note(tile.title)
    y = top + 14 + 13.5 * len(lines)
    others = [part for part in tile.parts if not part.big]
    for part in tile.parts:
        if part.big:
            canvas.lines([plain(part.value)], (left + 6, y, width - 12), look.bold, 30, BLACK, "center")
            canvas.note(part.value)
    y += 44
    cell = (width - 12) / 2
    for number, part in enumerate(others):
        x, line_y = left + 6 + cell * (number % 2), y + 32 * (number // 2)
        canvas.lines([plain(part.label)], (x, line_y, cell), look.body, 8.5)
        canvas.note(part.label)
        if part.value:
            canvas.lines([plain(part.value)], (x, line_y + 11, cell), look.bold, 12)
            canvas.note(part.value)


def draw_chart(canvas: Canvas, chart: Chart, look: Look, box: Box) -> None:
    """Bars or a line with axis names, ticks where there are no labels, and labels over the bars."""
    left, top, width, height = box
    size = 7.5 if len(chart.axis) < 8 else 6.5
    canvas.lines(wrap(chart.title, look.bold, 9, width)[:1], (left, top, width), look.bold, 9)
    canvas.note(plain(chart.title))
    base, roof = top + height - 20, top + 28
    x0 = left + (26 if chart.ticks else 6)
    step = (left + width - x0) / len(chart.axis)
    if chart.ticks and not chart.labels:
        for number, tick in enumerate(chart.ticks):
            y = base - (base - roof) * number / max(1, len(chart.ticks) - 1)
            canvas.stroke([(x0, y), (left + width, y)], (0.85, 0.85, 0.85), 0.4)
            canvas.line(tick, (left, y + 2), look.body, 6.5, GREY)
        canvas.note(" ".join(chart.ticks))
    floor, ceiling = min(0.0, *chart.heights), max(0.0, *chart.heights) * 1.1
    scale = (base - roof) / ((ceiling - floor) or 1.0)
    zero = base + floor * scale
    tops = [zero - value * scale for value in chart.heights]
    middles = [x0 + step * (number + 0.5) for number in range(len(tops))]
    if chart.kind == "line":
        canvas.stroke(list(zip(middles, tops, strict=True)), look.accent, 1.6)
    else:
        for x, y in zip(middles, tops, strict=True):
            canvas.box((x - step * 0.32, min(y, zero), x + step * 0.32, max(y, zero)), look.accent, None)
    canvas.stroke([(x0, zero), (left + width, zero)], GREY)
    for label, x, y in zip(chart.labels, middles, tops, strict=False):
        canvas.lines([plain(label)], (x - step / 2, min(y, zero) - 10, step), look.body, size, BLACK, "center")
    if chart.labels:
        canvas.note(" ".join(chart.labels))
    for name, x in zip(chart.axis, middles, strict=True):
        canvas.lines([name], (x - step / 2, base + 4, step), look.body, size, GREY, "center")
    canvas.note(" ".join(chart.axis))


def draw_cards(canvas: Canvas, cards: Cards, look: Look) -> None:
    """Rows of boxes side by side, each a title, a large value and small lines; each card is read as a whole."""
    gap = 10.0
    width = (canvas.width - gap * (cards.across - 1)) / cards.across
    for row in cards.rows():
        titles = [wrap(card.title, look.bold, 9.5, width - 12) for card in row]
        notes = [[line for note in card.notes for line in wrap(note, look.body, 8.5, width - 12)] for card in row]
        top = max(len(lines) for lines in titles) * 11.8
        height = top + 40 + max(len(lines) for lines in notes) * 10.6
        canvas.need(height)
        for number, (card, title, below) in enumerate(zip(row, titles, notes, strict=True)):
            x = canvas.left + number * (width + gap)
            canvas.box((x, canvas.y, x + width, canvas.y + height), look.pale if look.zebra else None, look.accent)
            _fill_card(canvas, card, look, (x + 6, canvas.y + 5, width - 12), (title, below, top))
        canvas.y += height + gap


def _fill_card(
    canvas: Canvas, card: Card, look: Look, box: tuple[float, float, float], parts: tuple[list[str], list[str], float]
) -> None:
    x, y, width = box
    title, below, top = parts
    canvas.lines(title, (x, y, width), look.bold, 9.5, look.heading)
    canvas.lines([plain(card.value)], (x, y + top, width), look.bold, 18.0)
    canvas.lines(below, (x, y + top + 26, width), look.body, 8.5)
    for text in (card.title, card.value, *card.notes):
        canvas.note(text)
