"""Clean text of a report, as a careful conversion would leave it."""

from __future__ import annotations

from random import Random

from tests.factory.chance import chance
from tests.factory.page import Block, Bullet, Cell, Chart, Heading, Para, Report, Table, Tile


class TextStyle:
    """How one report's text is written: marks for headings, divider of cells, what stands between pages."""

    def __init__(self, rng: Random) -> None:
        self.heading = rng.choice(["#", "#", "plain", "bold"])
        self.pipes = rng.random() < 0.4
        self.page = rng.choice(["\f", "\f", "\n"])


def render_text(report: Report, seed: str) -> str:
    """The report as marked text."""
    style = TextStyle(chance(seed, "style"))
    pages = ["\n\n".join(_blocks(page.blocks, style)) for page in report.pages]
    return f"\n{style.page}\n".join(pages) + "\n"


def _blocks(blocks: list[Block], style: TextStyle) -> list[str]:
    out: list[str] = []
    for index, block in enumerate(blocks):
        text = render_block(block, style)
        before = blocks[index - 1] if index else None
        if isinstance(block, Bullet) and isinstance(before, Bullet):
            out[-1] += "\n" + text
        else:
            out.append(text)
    return out


def render_block(block: Block, style: TextStyle) -> str:
    """One block as text lines."""
    match block:
        case Heading():
            return _heading(block, style)
        case Para():
            text = f"**{block.text}**" if block.bold and style.heading in {"#", "bold"} else block.text
            return f"{block.number} {text}" if block.number else text
        case Bullet():
            return f"{'  ' * (block.depth - 1)}{block.glyph} {block.text}"
        case Table():
            return table_text(block, style)
        case Tile():
            return "\n".join([block.title, *(f"{p.label} {p.value}".strip() for p in block.parts)])
        case Chart():
            return chart_text(block)


def _heading(block: Heading, style: TextStyle) -> str:
    if style.heading == "#":
        return f"{'#' * min(block.level, 4)} {block.text}"
    return f"**{block.text}**" if style.heading == "bold" else block.text


def table_text(table: Table, style: TextStyle) -> str:
    """Rows of cells with tabs or pipes; a cell over several columns is followed by empty ones, or stands alone."""
    lines = [table.caption] if table.caption else []
    for number, row in enumerate([*table.head, *table.rows]):
        cells = spread(row)
        if style.pipes:
            lines.append("| " + " | ".join(cells) + " |")
            if number == len(table.head) - 1:
                lines.append("|" + " --- |" * len(cells))
        else:
            lines.append("\t".join(cells).rstrip("\t"))
    return "\n".join(lines)


def spread(row: list[Cell]) -> list[str]:
    """A row's texts, one a column."""
    out: list[str] = []
    for cell in row:
        out += [cell.text, *[""] * (cell.span - 1)]
    return out


def chart_text(chart: Chart) -> str:
    """A chart's words: title, bar labels in order, axis names in order."""
    lines = [chart.title]
    if chart.labels:
        lines.append(" ".join(chart.labels))
    elif chart.ticks:
        lines.append(" ".join(chart.ticks))
    lines.append(" ".join(chart.axis))
    return "\n".join(lines)
