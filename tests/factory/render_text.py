"""Clean text of a report, as a careful conversion would leave it."""

from __future__ import annotations

from random import Random

from tests.factory.chance import chance
from tests.factory.marks import columns, without
from tests.factory.page import Block, Bullet, Card, Cards, Cell, Chart, Heading, Para, Report, Table, Tile


class TextStyle:
    """How one report's text is written: marks for headings, divider of cells, what stands between pages."""

    def __init__(self, rng: Random) -> None:
        self.heading = rng.choice(["#", "#", "plain", "bold"])
        self.pipes = rng.random() < 0.4
        self.page = rng.choice(["\f", "\f", "\n"])
        self.cards_across = rng.random() < 0.7


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
            return f"{'  ' * (block.depth - 1)}{f'{block.glyph} {block.text}'.lstrip()}"
        case Table():
            return table_text(block, style)
        case Tile():
            return "\n".join([block.title, *(f"{p.label} {p.value}".strip() for p in block.parts)])
        case Chart():
            return chart_text(block)
        case Cards():
            return cards_text(block, across=style.cards_across)


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


def cards_text(cards: Cards, *, across: bool) -> str:
    """Cards as a conversion that keeps the page's lines leaves them, or one after the other."""
    if not across:
        return "\n\n".join("\n".join([card.title, card.value, *card.notes]) for card in cards.cards)
    return "\n\n".join(_row_across(row) for row in cards.rows())


def _row_across(row: list[Card], width: int = 30) -> str:
    """One row of cards, line by line over all of them: titles, then values, then what stands below."""
    titles = [columns(card.title, width) for card in row]
    tall = max(len(lines) for lines in titles)
    stacks = [
        [
            *lines,
            *[""] * (tall - len(lines)),
            card.value,
            *(part for note in card.notes for part in columns(note, width)),
        ]
        for lines, card in zip(titles, row, strict=True)
    ]
    lines = []
    for number in range(max(len(stack) for stack in stacks)):
        cells = [stack[number] if number < len(stack) else "" for stack in stacks]
        lines.append("".join(cell + " " * (width + 4 - len(without(cell))) for cell in cells).rstrip())
    return "\n".join(lines)
