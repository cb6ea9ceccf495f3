"""Lines of several measures, each with its value behind its name: "Referrals 802 Re-referrals 24.1% (target 20%)".

A line that holds nothing else is cut where each name names a measure; what stands in brackets behind a value has a
head of its own, or is a remark on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.abreast import cards_table, headed, is_plain_value
from townclerk.extract.linking.rows.lines import printed_lines
from townclerk.extract.linking.tables.selfheaded import head_end
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Document
from townclerk.models.passage import Passage
from townclerk.models.units import RATES, Unit
from townclerk.patterns.table_words import table_words

_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.CHART, BlockKind.TILE})
# Begins with a name, holds a value before another name, ends in a value or a bracket.
_PAIRED = re.compile(r"[A-Z%#£].*\d%?\)?[\s|;,·•]+(?:[A-Z%#]|re-).*\d%?\)?$", re.DOTALL)
_SINGLE = re.compile(r"[A-Z%#£].*\d%?\)?$", re.DOTALL)
_WORD = re.compile(r"\S+")
_VALUE = re.compile(r"£?\d[\d,.]*%?[,;|]?")
_BRACKET = re.compile(r"\s*\([^()]{1,40}\)")
_APART = re.compile(r"[\s|;,·•]*")
_OPENS = re.compile(r"[A-Z0-9%#£]|re-")
_LEAST_SCORE, _LONGEST_NAME, _LONGEST_LINE = 0.7, 10, 300
_FEWEST, _UNKNOWN = 2, 0.2


@dataclass(slots=True)
class _Pair:
    """A name, empty where it names no measure, its value, and the head and value in brackets behind it."""

    name: Passage
    value: Passage
    beside: list[Passage] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    """Lines of pairs that follow one another, and the blocks they fill."""

    pairs: list[_Pair] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    several: bool = False


def read_pairs(document: Document, blocks: range, knowledge: Knowledge) -> tuple[dict[int, Block], set[int]]:
    """Find such lines.

    Args:
        document: The report.
        blocks: The blocks of one paper.
        knowledge: For the measures that names name.

    Returns:
        A table with one row a measure, by the block whose place it takes, and the other blocks that are parts of it.
    """
    tables: dict[int, Block] = {}
    used: set[int] = set()
    run = _Run()
    for index in [*blocks, None]:
        block = document.blocks[index] if index is not None else None
        if block is not None and block.kind is BlockKind.FURNITURE:
            continue
        lines = _lines(block, document, several=run.several) if block is not None else []
        read = [_pairs(line, knowledge) for line in lines]
        if index is not None and read and all(read):
            run.pairs.extend(pair for pairs in read for pair in pairs)
            run.blocks.append(index)
            run.several = run.several or any(len(pairs) >= _FEWEST for pairs in read)
            continue
        table = _table(document.blocks[run.blocks[0]], run, knowledge) if run.several else None
        if table is not None:
            tables[run.blocks[0]] = table
            used.update(run.blocks[1:])
        run = _Run()
    return tables, used


def _lines(block: Block, document: Document, *, several: bool) -> list[Passage]:
    """The lines of a block that may all be lines of pairs; nothing where the first look shows that one is none."""
    if block.kind not in _READ or block.table is not None or _SINGLE.match(block.passage.text) is None:
        return []
    lines = printed_lines(block.passage, document.text)
    if not all(len(line.text) <= _LONGEST_LINE and _SINGLE.match(line.text) for line in lines):
        return []
    return lines if several or any(_PAIRED.match(line.text) for line in lines) else []


def _pairs(line: Passage, knowledge: Knowledge) -> list[_Pair]:
    """The line as pairs, cut where it is surest; nothing where it holds anything else."""
    text = line.text
    values = [word.span() for word in _WORD.finditer(text) if _VALUE.fullmatch(word[0])]
    best: dict[int, tuple[float, list[_Pair]]] = {0: (0.0, [])}
    for start in sorted({0, *(_behind(text, end) for _, end in values)}):
        if start not in best:
            continue
        score, pairs = best[start]
        for first, last in values:
            if first <= start:
                continue
            read = _pair(line, (start, first, last), pairs, knowledge)
            if read is None:
                continue
            pair, end, sure = read
            if score + sure > best.get(end, (0.0, []))[0]:
                best[end] = score + sure, [*pairs, pair]
    _, found = best.get(len(text), (0.0, []))
    return found if 2 * sum(bool(pair.name.text) for pair in found) >= len(found) else []


def _behind(text: str, end: int) -> int:
    """Where the next name begins behind a value: behind its bracket and what parts the two."""
    end -= len(text[:end]) - len(text[:end].rstrip(",;|"))
    bracket = _BRACKET.match(text, end)
    found = _APART.match(text, bracket.end() if bracket is not None else end)
    return found.end() if found is not None else end


def _pair(
    line: Passage, at: tuple[int, int, int], before: Sequence[_Pair], knowledge: Knowledge
) -> tuple[_Pair, int, float] | None:
    """The name from a place on with the value behind it and its bracket, where the next begins, and how sure it is."""
    text, (start, first, last) = line.text, at
    name = line.slice(start, start + len(text[start:first].rstrip(" :–-")))
    value = text[first:last].rstrip(",;|")
    if len(name.text.split()) > _LONGEST_NAME or not is_plain_value(value):
        return None
    unit = Unit.PERCENT if value.endswith("%") else None
    read = knowledge.spotter.read_label([name.text], unit)
    if not read and before and table_words().unit(name.text) in RATES:
        # "Rate per 10,000" behind a count is the count's.
        name = Passage.join([before[-1].name, name])
        read = knowledge.spotter.read_label([name.text], unit)
    known = bool(read) and read[0].score >= _LEAST_SCORE
    if _OPENS.match(name.text) is None or not (known or _may_be_name(name.text, knowledge)):
        return None
    end = first + len(value)
    pair = _Pair(name if known else Passage("", ()), line.slice(first, end))
    if (bracket := _BRACKET.match(text, end)) is not None:
        pair.beside = headed(line.slice(text.index("(", end) + 1, bracket.end() - 1), knowledge)
        if not pair.beside:
            pair.value = line.slice(first, bracket.end())
    return pair, _behind(text, last), read[0].score if known else _UNKNOWN


def _may_be_name(text: str, knowledge: Knowledge) -> bool:
    """True for a few words that may name something the catalogue does not hold: no time, place or head of a column."""
    worded = len(text.split()) >= _FEWEST and text[-1].isalpha() and not has_digit(text)
    return worded and not find_periods(text) and not knowledge.areas.find(text) and not head_end(text)


def _table(first: Block, run: _Run, knowledge: Knowledge) -> Block | None:
    rows = [[pair.beside for pair in run.pairs]] if any(pair.beside for pair in run.pairs) else []
    return cards_table(first, [pair.name for pair in run.pairs], [pair.value for pair in run.pairs], rows, knowledge)
