"""Short ways to read a text and look at its blocks."""

from townclerk.extract.reading.text import read_text
from townclerk.models.document import BlockKind, Document


def read(text: str) -> Document:
    """A document of some text."""
    return read_text(text, "report.txt", "0" * 64, "utf-8")


def shape(text: str) -> list[tuple[str, str]]:
    """Kind and text of every block, furniture left out."""
    return [
        (block.kind.value, block.passage.text) for block in read(text).blocks if block.kind is not BlockKind.FURNITURE
    ]


def furniture(text: str) -> list[str]:
    """The texts set aside."""
    return [block.passage.text for block in read(text).blocks if block.kind is BlockKind.FURNITURE]


def rows(text: str) -> list[list[tuple[int, str]]]:
    """Columns and texts of the first table's cells, row by row."""
    table = next(block.table for block in read(text).blocks if block.table is not None)
    return [[(cell.column, cell.passage.text) for cell in row] for row in table.rows]
