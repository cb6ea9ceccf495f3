"""Tables and sentences that carry on over a page break."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from townclerk.extract.reading.pdf.drafts import Draft, DraftTable
from townclerk.extract.reading.text.joining import join_lines, starts_lower, tears
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.models.document import Block, BlockKind, Table

# Columns of two parts of one table stand within this many points of each other.
_SAME_PLACE = 9.0
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def mark_continued(pages: Sequence[Sequence[Draft]]) -> None:
    """Mark the first table of a page that carries on the last table of the page before it.

    It must open its page, have the same columns and no head of its own. Where neither holds a value, the first row is a
    head only if it repeats the other's.
    """
    for before, after in itertools.pairwise(pages):
        last, first = _last_table(before), _first_table(after)
        if last is None or first is None or last.columns != first.columns:
            continue
        if not _same_columns(last, first) or _repeats_head(last, first):
            continue
        if first.header_rows and (first.has_values or last.has_values) and not _begins_torn(last, first):
            continue
        first.header_rows = 0
        first.continues = True


def _begins_torn(last: DraftTable, first: DraftTable) -> bool:
    """True where the first row of a table holds only words that go on with the last row of the other."""
    if first.header_rows != 1 or len(first.rows) < 2 or not last.rows:
        return False
    above = {cell.column: cell.text for cell in last.rows[-1]}
    filled = [cell for cell in first.rows[0] if cell.text]
    return bool(filled) and all(starts_lower(cell.text) and above.get(cell.column) for cell in filled)


def join_torn(blocks: Sequence[Block], spellings: frozenset[str], known: Knowledge) -> list[Block]:
    """Put the rest of a sentence that a page broke off back to its beginning.

    Args:
        blocks: The blocks of all pages, in reading order.
        spellings: Words of the document, which judge a word broken at the page's end.
        known: What the reader knows.

    Returns:
        The blocks; a joined one stands on the page on which it began.
    """
    joined: list[Block] = []
    last = -1
    for block in blocks:
        if block.kind is not BlockKind.FURNITURE:
            if last >= 0 and _is_torn(joined[last], block, known):
                whole = join_lines([joined[last].passage, block.passage], spellings, known)
                joined[last] = replace(joined[last], passage=whole)
                continue
            if last >= 0 and block.table is not None and block.table.continues:
                _join_row(joined[last].table, block.table, spellings, known)
            last = len(joined)
        joined.append(block)
    return joined


def _join_row(before: Table | None, after: Table, spellings: frozenset[str], known: Knowledge) -> None:
    """Put the words in which the last row of a table goes on, on the next page, behind those of the row."""
    if before is None or not before.rows or len(after.rows) < 2:
        return
    above = {cell.column: cell for cell in before.rows[-1] if cell.passage.text}
    rest = [cell for cell in after.rows[0] if cell.passage.text]
    if not rest or not all(starts_lower(cell.passage.text) and cell.column in above for cell in rest):
        return
    for cell in rest:
        whole = above[cell.column]
        whole.passage = join_lines([whole.passage, cell.passage], spellings, known)
    after.rows = [[replace(cell, row=cell.row - 1) for cell in row] for row in after.rows[1:]]


def _is_torn(before: Block, after: Block, known: Knowledge) -> bool:
    if before.kind not in _RUNNING or after.kind is not BlockKind.PARAGRAPH or after.marker:
        return False
    return after.page == before.page + 1 and tears(before.passage.text, after.passage.text, known)


def _last_table(drafts: Sequence[Draft]) -> DraftTable | None:
    shown = [draft for draft in drafts if draft.kind is not BlockKind.FURNITURE]
    return shown[-1].table if shown else None


def _first_table(drafts: Sequence[Draft]) -> DraftTable | None:
    shown = [draft for draft in drafts if draft.kind is not BlockKind.FURNITURE]
    return shown[0].table if shown else None


def _same_columns(one: DraftTable, other: DraftTable) -> bool:
    return all(abs(a - b) <= _SAME_PLACE for a, b in zip(one.separators, other.separators, strict=True))


def _repeats_head(one: DraftTable, other: DraftTable) -> bool:
    """True where both tables begin with the same row."""
    return bool(one.rows and other.rows) and [cell.text for cell in one.rows[0]] == [
        cell.text for cell in other.rows[0]
    ]
