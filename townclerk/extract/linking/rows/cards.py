"""Cards printed side by side: a line of several names over, or under, a line of as many values.

Where the text kept its blanks the gaps part the names; where it did not, the measures they name do, one for each value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.building import table_of_passages
from townclerk.extract.linking.rows.strips import Strip, chart_lines
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Document
from townclerk.models.passage import Passage

_GAP = re.compile(r" {3,}|\t+")
_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.CHART, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.TILE})
_FEWEST, _MOST = 2, 8
_LONGEST_NAME = 14
_MOST_EXTRAS = 3
_VALUES = frozenset({Strip.LABELS, Strip.SCALE, Strip.FRAGMENT})


def read_cards(document: Document, blocks: range, knowledge: Knowledge) -> tuple[dict[int, Block], set[int]]:
    """Find cards printed side by side.

    Args:
        document: The report.
        blocks: The blocks of one paper.
        knowledge: For the measures that names name.

    Returns:
        A table with one row a card, by the block whose place it takes, and the blocks that are parts of it.
    """
    tables: dict[int, Block] = {}
    used: set[int] = set()
    filled = [i for i in blocks if document.blocks[i].kind is not BlockKind.FURNITURE]
    for place, index in enumerate(filled):
        values = _values(document.blocks[index])
        if index in used or not _FEWEST <= len(values) <= _MOST:
            continue
        above = filled[place - 1] if place and filled[place - 1] not in used else None
        below = filled[place + 1] if place + 1 < len(filled) else None
        named = _named(above, below, len(values), document, knowledge)
        if named is None:
            continue
        source, names = named
        extras = _extras(filled[place + (2 if source == below else 1) :], len(values), document)
        first = min(source, index)
        cards = zip(names, values, *(parts for _, parts in extras), strict=True)
        tables[first] = table_of_passages(document.blocks[first], list(cards))
        used.update({source, index, *(at for at, _ in extras)})
    return tables, used - set(tables)


def _values(block: Block) -> list[Passage]:
    """The numbers of a block that holds nothing else, on one line; signed ones are gaps."""
    if block.kind not in _READ or block.table is not None or "\n" in block.passage.text.strip():
        return []
    lines = chart_lines(block.passage)
    if len(lines) != 1 or lines[0].strip not in _VALUES or lines[0].title is not None:
        return []
    parts = list(lines[0].parts)
    return [] if any(part.text[:1] in "+-–−" for part in parts) else parts


def _named(
    above: int | None, below: int | None, count: int, document: Document, knowledge: Knowledge
) -> tuple[int, list[Passage]] | None:
    """The block of names and the names: the one of the two neighbours that has one for each value."""
    found: list[tuple[int, int, list[Passage]]] = []
    for at in (above, below):
        if at is None or document.blocks[at].kind not in _READ or document.blocks[at].table is not None:
            continue
        names = _names(at, count, document, knowledge)
        told = sum(knowledge.names_measure(name.text) for name in names)
        if names and told * 2 > count:
            found.append((told, at, names))
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    _, at, names = max(found, key=lambda entry: entry[0])
    return at, names


def _names(at: int, count: int, document: Document, knowledge: Knowledge) -> list[Passage]:
    parts = _parts(at, document)
    passage = document.blocks[at].passage
    if len(parts) == 1:
        starts = [mention.start for mention in knowledge.mentions(passage.text).indicators]
        if len(starts) != count or starts[0] > 0:
            return []
        ends = [*starts[1:], len(passage.text)]
        parts = [_trimmed(passage, start, end) for start, end in zip(starts, ends, strict=True)]
    worded = all(part.text[:1].isalpha() and len(part.text.split()) <= _LONGEST_NAME for part in parts)
    return parts if len(parts) == count and worded and not _has_values(parts) else []


def _has_values(parts: Sequence[Passage]) -> bool:
    return any(part.text.rstrip()[-1:].isdigit() or "%" in part.text[1:] for part in parts)


def _trimmed(passage: Passage, start: int, end: int) -> Passage:
    text = passage.text[start:end]
    return passage.slice(start, start + len(text.rstrip()))


def _parts(at: int, document: Document) -> list[Passage]:
    """A block's line cut at its wide gaps; nothing for a block of several lines."""
    pieces = document.blocks[at].passage.pieces
    if not pieces:
        return []
    start, end = pieces[0].source_start, pieces[-1].source_end
    line = document.text[start:end]
    if "\n" in line:
        return []
    bounds = [0, *(at for gap in _GAP.finditer(line) for at in gap.span()), len(line)]
    spans = zip(bounds[::2], bounds[1::2], strict=True)
    return [Passage.of(document.text, start + a, start + b) for a, b in spans if line[a:b].strip()]


def _extras(following: Sequence[int], count: int, document: Document) -> list[tuple[int, list[Passage]]]:
    """Further lines of the cards: as many parts as there are cards, each with its own head ("Target 450")."""
    found: list[tuple[int, list[Passage]]] = []
    for at in following[:_MOST_EXTRAS]:
        parts = _parts(at, document) if document.blocks[at].kind in _READ else []
        headed = all(part.text[:1].isalpha() and has_digit(part.text) for part in parts)
        if len(parts) != count or not headed:
            break
        found.append((at, parts))
    return found
