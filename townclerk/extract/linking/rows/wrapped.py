"""Cards printed side by side whose names run over several lines: each line's parts stand under those above them.

The blanks of the source tell which part belongs to which card; a reader that joins the lines of a paragraph leaves a
run of the names' first halves, then their second halves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.building import table_of_passages
from townclerk.extract.linking.rows.records import recorded
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Document
from townclerk.models.passage import Passage

_PART = re.compile(r"[^\s](?:[^\S\t\n]?[^\s])*")
_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.CHART, BlockKind.TABLE})
_FEWEST_LINES, _MOST_LINES = 2, 5
_FEWEST, _MOST = 2, 6
# A tab leads to the next part, however long the one before it is.
_TAB = 1000
# A part of a card may begin so many blanks left of its first line.
_LEEWAY = 3


# The parts of a printed line, each with the place it begins at, or with the number of its card.
_Parts = list[tuple[int, Passage]]


def read_wrapped(document: Document, blocks: range, knowledge: Knowledge) -> tuple[dict[int, Block], set[int]]:
    """Find cards side by side under names of several lines.

    Args:
        document: The report.
        blocks: The blocks of one paper.
        knowledge: For the measures that names name.

    Returns:
        A table with one row a card, by the block whose place it takes, and the other blocks that are parts of it.
    """
    tables: dict[int, Block] = {}
    used: set[int] = set()
    filled = [i for i in blocks if document.blocks[i].kind is not BlockKind.FURNITURE]
    for place, index in enumerate(filled):
        tabular = document.blocks[index].table is not None
        lines = _lines(document, index) if index not in used and not tabular else []
        starts = _starts(lines)
        names = _names(lines, starts) if starts else []
        taken = _below(document, filled[place + 1 :], starts) if names else []
        if not taken or 2 * sum(knowledge.names_measure(name.text) for _, name in names) <= len(names):
            continue
        rows = [names, *(row for _, below in taken for row in below)]
        cells = [[part for _, part in row] for row in rows]
        plain = recorded(table_of_passages(document.blocks[index], cells), knowledge)
        if plain is not None:
            tables[index] = plain
            used.update(at for at, _ in taken)
    return tables, used


def _lines(document: Document, index: int) -> list[_Parts]:
    """The printed lines of a block, cut at their wide gaps."""
    block = document.blocks[index]
    pieces = block.passage.pieces
    if block.kind not in _READ or not pieces:
        return []
    text = document.text
    first = text.rfind("\n", 0, pieces[0].source_start) + 1
    end = text.find("\n", pieces[-1].source_end)
    found: list[_Parts] = []
    for line in re.finditer(r"[^\n]+", text[first : end if end >= 0 else len(text)]):
        at = first + line.start()
        spans = [part.span() for part in _PART.finditer(line[0])]
        found.append([(a + _TAB * line[0].count("\t", 0, a), Passage.of(text, at + a, at + b)) for a, b in spans])
    return [parts for parts in found if parts]


def _starts(lines: Sequence[_Parts]) -> list[int]:
    """Where the cards begin: in the line with a part for each of them; nothing for lines that can be no names."""
    if not _FEWEST_LINES <= len(lines) <= _MOST_LINES:
        return []
    most = max(lines, key=len)
    return [start for start, _ in most] if _FEWEST <= len(most) <= _MOST else []


def _names(lines: Sequence[_Parts], starts: Sequence[int]) -> _Parts:
    """The name over each card, its lines joined; nothing where a line does not fit or holds a number alone."""
    names: list[list[Passage]] = [[] for _ in starts]
    for line in lines:
        placed = _columns(line, starts)
        if not placed or not all(any(char.isalpha() for char in part.text) for _, part in placed):
            return []
        for card, part in placed:
            names[card].append(part)
    return [(card, Passage.join(parts)) for card, parts in enumerate(names)]


def _columns(line: _Parts, starts: Sequence[int]) -> _Parts:
    """The card of each part of a line; nothing where two stand under one card."""
    reach = [sum(first <= start + _LEEWAY for first in starts) for start, _ in line]
    placed = [(max(0, count - 1), part) for count, (_, part) in zip(reach, line, strict=True)]
    return placed if len({card for card, _ in placed}) == len(placed) else []


def _below(document: Document, following: Sequence[int], starts: Sequence[int]) -> list[tuple[int, list[_Parts]]]:
    """The blocks of values under the names: a number, or words and a number, for every card in each line."""
    taken: list[tuple[int, list[_Parts]]] = []
    for index in following:
        lines = _lines(document, index)
        placed = [_columns(line, starts) for line in lines]
        valued = all(has_digit(part.text) for line in lines for _, part in line)
        if not lines or not valued or any(len(row) != len(starts) for row in placed):
            break
        taken.append((index, placed))
    return taken
