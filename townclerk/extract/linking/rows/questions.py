"""Tables that answer a question: heads that are letters stand for the words behind the letters in the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.document import Block, BlockKind, Cell
from townclerk.models.passage import Passage

_LETTER = re.compile(r"\(([a-h])\)")
_END = re.compile(r"[,;?\n]|\s+and\s*$")
_REACH = 4


def answered(block: Block, above: Sequence[Block], knowledge: Knowledge) -> Block:
    """A table with the words of the question above it for heads that are only letters.

    Args:
        block: A table's block.
        above: The blocks before it, nearest last.
        knowledge: For the measures that the question names.

    Returns:
        The block as it is where its heads are no letters or no question above explains every one of them.
    """
    table = block.table
    if table is None or not table.rows:
        return block
    letters = [match[1] for cell in table.rows[0] if (match := _LETTER.fullmatch(cell.passage.text.strip()))]
    if not letters:
        return block
    asked = next((found for one in _texts(above) if (found := _defined(one, knowledge)).keys() >= set(letters)), {})
    if not asked:
        return block
    heads = [_named(cell, asked) for cell in table.rows[0]]
    return replace(block, table=replace(table, rows=[heads, *table.rows[1:]], header_rows=max(1, table.header_rows)))


def _texts(above: Sequence[Block]) -> list[Passage]:
    """The nearest texts above, nearest first."""
    filled = [b for b in above if b.kind is not BlockKind.FURNITURE and b.passage.text.strip() and b.table is None]
    return [one.passage for one in reversed(filled[-_REACH:])]


def _defined(passage: Passage, knowledge: Knowledge) -> dict[str, Passage]:
    """The words behind each letter of a text."""
    marks = list(_LETTER.finditer(passage.text))
    ends = [*(mark.start() for mark in marks[1:]), len(passage.text)][: len(marks)]
    return {mark[1]: _words(passage, mark.end(), end, knowledge) for mark, end in zip(marks, ends, strict=True)}


def _words(passage: Passage, start: int, end: int, knowledge: Knowledge) -> Passage:
    """The measure between two letters, else the words up to a stop or a time."""
    text = passage.text[start:end]
    found = knowledge.mentions(text).indicators
    if found:
        return passage.slice(start + found[0].start, start + found[0].end)
    stops = [match.start() for match in _END.finditer(text)] + [period.start for period in find_periods(text)]
    stop = min(stops, default=len(text))
    left = len(text) - len(text.lstrip())
    return passage.slice(start + left, start + max(left, len(text[:stop].rstrip())))


def _named(cell: Cell, asked: dict[str, Passage]) -> Cell:
    match = _LETTER.fullmatch(cell.passage.text.strip())
    return replace(cell, passage=asked[match[1]]) if match else cell
