"""Lines that a report numbers without a mark behind the number: "1 Contacts 7,214", "2 Referrals 1,533".

Numbers that count one line after the other are no values; where the heads of their columns were lost, nothing else
says so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from townclerk.models.document import Block, BlockKind, Document

# The number of a row, a name, and a value further on.
_ROW = re.compile(r"(?P<number>\d{1,2})\s+(?=(?:%\s)?[A-Z].*\d)", re.DOTALL)
_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_FEWEST = 3


def without_row_numbers(document: Document, blocks: range) -> dict[int, Block]:
    """The blocks that such lines are, each without its number, which becomes its mark.

    Args:
        document: The report.
        blocks: The blocks of one paper.
    """
    found: dict[int, Block] = {}
    run: list[tuple[int, re.Match[str]]] = []
    for index in blocks:
        block = document.blocks[index]
        if block.kind is BlockKind.FURNITURE:
            continue
        row = _ROW.match(block.passage.text) if block.kind in _READ and not block.marker else None
        if row is not None and run and int(row["number"]) != int(run[-1][1]["number"]) + 1:
            found.update(_numbered(run, document))
            run = []
        if row is not None:
            run.append((index, row))
        else:
            found.update(_numbered(run, document))
            run = []
    found.update(_numbered(run, document))
    return found


def _numbered(run: list[tuple[int, re.Match[str]]], document: Document) -> dict[int, Block]:
    if len(run) < _FEWEST:
        return {}
    blocks = [(index, document.blocks[index], row) for index, row in run]
    return {
        index: replace(block, passage=block.passage.slice(row.end(), len(block.passage.text)), marker=row["number"])
        for index, block, row in blocks
    }
