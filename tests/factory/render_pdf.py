"""A report on paper: a born-digital PDF with fonts, colours, rules and furniture of the council's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.factory.canvas import BLACK, GREY, Canvas, Colour, wrap
from tests.factory.chance import chance
from tests.factory.marks import plain
from tests.factory.page import Block, Bullet, Cards, Chart, Heading, Page, Para, Report, Table, Tile
from tests.factory.pdf_parts import Look, draw_cards, draw_chart, draw_table, draw_tile, tile_height

_ACCENTS: tuple[Colour, ...] = (
    (0.07, 0.25, 0.45), (0.0, 0.38, 0.36), (0.38, 0.12, 0.42), (0.55, 0.1, 0.14), (0.12, 0.36, 0.2), (0.2, 0.2, 0.22),
)  # fmt: skip


_SIZES = {"slides": 19.0, "dashboard": 12.5}


@dataclass(slots=True)
class Printed:
    """A printed report: the file and, page by page, the marked text in the order it was drawn."""

    data: bytes
    pages: list[str]
    rag_words: bool


def choose_look(rng: Random, report: Report) -> Look:
    """The council's house style."""
    serif = rng.random() < 0.15
    size = rng.choice([10.0, 11.0, 11.0, 12.0])
    return Look(
        body="tiro" if serif else "helv",
        bold="tibo" if serif and rng.random() < 0.6 else "hebo",
        size=_SIZES.get(report.layout, size),
        accent=rng.choice(_ACCENTS),
        coloured=rng.random() < 0.7,
        rag_words=rng.random() < 0.6,
        zebra=rng.random() < 0.25,
        head_fill=rng.choice(["accent", "pale", "none"]),
        logo=rng.choice(["", "shield", "bars"]),
    )


def render_pdf(report: Report, seed: str) -> Printed:
    """Print a report."""
    rng = chance(seed, "paper")
    look = choose_look(rng, report)
    tables = any(isinstance(b, Table | Tile | Chart | Cards) for page in report.pages for b in page.blocks)
    columns = 2 if not tables and report.layout in {"bullets", "inspection"} and rng.random() < 0.35 else 1
    canvas = Canvas(rng.choice([42.0, 50.0, 57.0, 71.0 if not tables else 50.0]), columns)
    for number, page in enumerate(report.pages):
        canvas.new_page(page.landscape)
        if number == 0 and look.logo and canvas.columns == 1:
            _logo(canvas, look)
        if number == 0 and report.layout in {"slides", "dashboard"}:
            canvas.y += 130
        _draw_page(canvas, page, look, report)
    _furniture(canvas, report, look)
    canvas.doc.set_metadata({"title": plain(report.title), "producer": "", "creator": "", "creationDate": ""})
    canvas.doc.subset_fonts()
    data = canvas.doc.tobytes(garbage=3, deflate=True, no_new_id=True)
    return Printed(bytes(data), ["\n".join(texts) for texts in canvas.texts], look.rag_words)


def _draw_page(canvas: Canvas, page: Page, look: Look, report: Report) -> None:
    if any(isinstance(block, Tile) for block in page.blocks):
        _draw_dashboard(canvas, page.blocks, look)
        return
    if report.layout == "slides":
        _slide_band(canvas, look)
    for index, block in enumerate(page.blocks):
        following = page.blocks[index + 1] if index + 1 < len(page.blocks) else None
        draw_block(canvas, block, look, following)


def draw_block(canvas: Canvas, block: Block, look: Look, following: Block | None = None) -> None:
    """One block at the cursor, which moves below it."""
    match block:
        case Heading():
            _heading(canvas, block, look, _keep(canvas, following, look))
        case Para():
            name = look.bold if block.bold else look.body
            _text(canvas, block.text, look, name, (block.number, 30.0 if block.number else 0.0))
        case Bullet():
            _text(canvas, block.text, look, look.body, (block.glyph, 16.0), 6 + 18 * (block.depth - 1))
        case Table():
            draw_table(canvas, block, look)
        case Tile():
            draw_tile(canvas, block, look, (canvas.left, canvas.y, 260.0, tile_height(block)))
            canvas.y += tile_height(block) + 10
        case Chart():
            canvas.need(170)
            draw_chart(canvas, block, look, (canvas.left, canvas.y, min(canvas.width, 420.0), 150.0))
            canvas.y += 162
        case Cards():
            draw_cards(canvas, block, look)


def _keep(canvas: Canvas, following: Block | None, look: Look) -> float:
    """Room that must be left below a heading for what follows it."""
    match following:
        case Para() | Bullet():
            lines = wrap(following.text, look.body, look.size, canvas.width - 30)
            return min(140.0, len(lines) * look.size * 1.22 + 16)
        case Chart():
            return 170.0
    return 60.0


def _draw_dashboard(canvas: Canvas, blocks: Sequence[Block], look: Look) -> None:
    """Title over all, tile and benchmark box on the left, charts on the right, words below."""
    charts = [block for block in blocks if isinstance(block, Chart)]
    left = canvas.left
    top = 0.0
    for index, block in enumerate(blocks):
        if isinstance(block, Tile):
            top = canvas.y
            height = max(tile_height(block), 190.0 if charts else 0.0)
            draw_tile(canvas, block, look, (left, top, 250.0, tile_height(block)))
            for number, chart in enumerate(charts):
                width = (canvas.width - 270) / len(charts)
                draw_chart(canvas, chart, look, (left + 270 + number * width, top, width - 10, height))
            canvas.y = top + height + 16
        elif not isinstance(block, Chart):
            draw_block(canvas, block, look, blocks[index + 1] if index + 1 < len(blocks) else None)


def _logo(canvas: Canvas, look: Look) -> None:
    """A council's emblem in the top right corner: shapes, no words."""
    right = canvas.page.rect.width - canvas.margin
    top = canvas.margin - 14
    if look.logo == "shield":
        shape = [(right - 34, top), (right, top), (right, top + 24), (right - 17, top + 42), (right - 34, top + 24)]
        canvas.stroke([*shape, shape[0]], look.accent, 2.2)
        canvas.stroke([(right - 34, top + 16), (right, top + 16)], look.accent, 1.4)
    else:
        for step in range(3):
            canvas.box(
                (right - 34 + 12 * step, top + 22 - 10 * step, right - 24 + 12 * step, top + 36), look.accent, None
            )


def _slide_band(canvas: Canvas, look: Look) -> None:
    width, height = canvas.page.rect.width, canvas.page.rect.height
    canvas.box((0, 0, width, 14), look.accent, None)
    canvas.box((0, height - 8, width, height), look.accent, None)
    canvas.y += 10


def _heading(canvas: Canvas, block: Heading, look: Look, keep: float) -> None:
    size = look.size * {1: 1.55, 2: 1.25}.get(block.level, 1.08)
    lines = wrap(block.text, look.bold, size, canvas.width)
    height = len(lines) * size * 1.22
    canvas.need(height + keep + 10)
    canvas.y += 4 if canvas.y == canvas.top else 9
    canvas.lines(lines, (canvas.left, canvas.y, canvas.width), look.bold, size, look.heading)
    canvas.note(block.text)
    canvas.y += height + 5


def _text(canvas: Canvas, text: str, look: Look, name: str, marker: tuple[str, float], indent: float = 0.0) -> None:
    """A paragraph or item with its number or glyph hanging before it."""
    sign, hang = marker
    width = canvas.width - indent - hang
    lines = wrap(text, name, look.size, width)
    height = len(lines) * look.size * 1.22
    canvas.need(height)
    x = canvas.left + indent
    if sign:
        canvas.line(sign, (x, canvas.y + look.size * 0.92), look.body, look.size, look.glyph)
    canvas.lines(lines, (x + hang, canvas.y, width), name, look.size)
    canvas.note(f"{sign} {text}" if sign else text)
    canvas.y += height + look.size * 0.6


def _furniture(canvas: Canvas, report: Report, look: Look) -> None:
    """Header and footer of every page, drawn last and read last."""
    total = len(canvas.doc)
    for number in range(total):
        canvas.page = canvas.doc[number]
        width, height = canvas.page.rect.width, canvas.page.rect.height
        if report.header and number:
            canvas.line(report.header, (canvas.margin, canvas.margin - 8), look.body, 8.5, GREY)
        if report.footer:
            footer = report.footer.replace("{n}", str(number + 1)).replace("{N}", str(total))
            canvas.line(footer, (width / 2 - 40, height - canvas.margin + 16), look.body, 8.5, BLACK)
