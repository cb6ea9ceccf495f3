"""Lines that a report numbers without a mark behind the number: "1 Contacts 7,214", "2 Referrals 1,533".

Numbers that count one line after the other are no values; where the heads of their columns were lost, nothing else
says so. References of measures count upwards, too, with comments between their rows: "14Rate of children in care",
"16% of children with three or more placements".
"""

from __future__ import annotations

import re
from dataclasses import replace

from townclerk.models.document import Block, BlockKind, Document

# The number of a row, a name, and a value further on.
_ROW = re.compile(r"(?P<number>\d{1,2})\s+(?=(?:%\s)?[A-Z].*\d)", re.DOTALL)
# The same where the name may begin with "%", or follows without a blank.
_REFERENCE = re.compile(r"(?P<number>\d{1,2})(?:\s*(?=%\s+(?:of|with|in)\b)|\s?(?=[A-Z][a-z]))")
_ENDS_IN_VALUES = re.compile(r"(?:\s(?:[-+]?\d[\d,]*(?:\.\d+)?%?|n/?a|x|[-–])){3,}\s*$")
_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_REFERRED = _READ | {BlockKind.HEADING, BlockKind.TABLE}
_FEWEST, _FEWEST_ROWS, _WIDEST_STEP = 3, 2, 3

_Run = list[tuple[int, re.Match[str]]]


def without_row_numbers(document: Document, blocks: range) -> dict[int, Block]:
    """The blocks that such lines are, each without its number, which becomes its mark.

    Args:
        document: The report.
        blocks: The blocks of one paper.
    """
    found: dict[int, Block] = {}
    run: _Run = []
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
    return _without_references(document, blocks) | found


def _numbered(run: _Run, document: Document) -> dict[int, Block]:
    return _without_numbers(run, document) if len(run) >= _FEWEST else {}


def _without_numbers(run: _Run, document: Document) -> dict[int, Block]:
    blocks = [(index, document.blocks[index], row) for index, row in run]
    return {
        index: replace(block, passage=block.passage.slice(row.end(), len(block.passage.text)), marker=row["number"])
        for index, block, row in blocks
    }


def _without_references(document: Document, blocks: range) -> dict[int, Block]:
    """Blocks that begin with references which count upwards, rows that end in several values among them."""
    found: dict[int, Block] = {}
    run: _Run = []
    for index in blocks:
        block = document.blocks[index]
        row = _REFERENCE.match(block.passage.text) if block.kind in _REFERRED and not block.marker else None
        if row is None:
            continue
        step = int(row["number"]) - int(run[-1][1]["number"]) if run else 0
        if not 0 < step <= _WIDEST_STEP:
            found.update(_referred(run, document))
            run = []
        run.append((index, row))
    found.update(_referred(run, document))
    return found


def _referred(run: _Run, document: Document) -> dict[int, Block]:
    rows = sum(_ENDS_IN_VALUES.search(document.blocks[index].passage.text) is not None for index, _ in run)
    # The rows of a table keep their numbers, which stand in no column of values.
    lines = [(index, row) for index, row in run if document.blocks[index].table is None]
    return _without_numbers(lines, document) if rows >= _FEWEST_ROWS and len(run) >= _FEWEST else {}
