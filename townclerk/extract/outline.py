"""The blocks of a document in reading order, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.models.document import Block, Cell, Document, Table


def block_outline(document: Document) -> str:
    """The blocks of any document in reading order, for a terminal: kind, level, marker and text, tables as rows.

    Args:
        document: The document.

    Returns:
        Text with a line for each paper of a pack, each page and each block, ending in a line end.
    """
    lines: list[str] = []
    pages = {page.number: page for page in document.pages}
    lines.extend(f"── page {page.number}: {page.skipped} ──" for page in document.pages if page.skipped)
    number = 0
    papers = {item.first_block: item for item in document.items}
    for index, block in enumerate(document.blocks):
        if index in papers:
            lines.append(f"══ {' '.join(said for said in (papers[index].number, papers[index].title) if said)} ══")
        if block.page != number:
            number = block.page
            label = f" ({pages[number].label})" if number in pages and pages[number].label else ""
            lines.append(f"── page {number}{label} ──")
        kind = block.kind.value + (f" {block.level}" if block.level else "")
        marker = f"{block.marker} " if block.marker else ""
        lines.append(f"{kind:<14}  {marker}{_body(block)}")
    return "\n".join(lines) + "\n"


def _body(block: Block) -> str:
    indent = "\n" + " " * 16
    if block.table is not None:
        return indent.join(_row(row, block.table) for row in block.table.rows)
    if block.tile is not None:
        return indent.join(f"{part.label.text if part.label else '?'} = {part.value.text}" for part in block.tile)
    return block.passage.text.replace("\n", indent).replace("\t", " │ ")


def _row(row: Sequence[Cell], table: Table) -> str:
    """A row with every column in its place; a cell over several columns is followed by arrows, a colour is named."""
    texts = [""] * table.columns
    for cell in row:
        said = cell.passage.text + (f" [{cell.rag.value}]" if cell.rag else "")
        texts[cell.column] = said.strip()
        for column in range(cell.column + 1, min(table.columns, cell.column + cell.column_span)):
            texts[column] = "←"
    return " │ ".join(texts)
