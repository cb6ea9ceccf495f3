"""Lines of several measures, each with its value behind its name: "Referrals 802 Re-referrals 24.1% (target 20%)".

A line that holds nothing else is cut where each name names a measure; what stands in brackets behind a value has a
head of its own, or is a remark on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.abreast import cards_table
from townclerk.extract.linking.rows.behind import facts_of, is_plain_value
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
# "Children adopted: Elmford 4" is about a place.
_MARKED = re.compile(r"[:;,]\s")
# A level of its own, no part of a name: "per 10,000 71.2 74.0", "Re-referrals 22% against a target of".
_LEVEL = re.compile(r"\d\s?%|\d\.\d+$")
# What leads to a value in a sentence, and ends no name.
_LEADS = frozenset(
    {"a", "about", "against", "and", "are", "around", "at", "be", "been", "by", "fell", "from", "in", "is", "of"}
    | {"over", "reached", "rose", "stands", "stood", "than", "the", "to", "under", "was", "were", "with"}
)
_LEAST_SCORE, _LONGEST_NAME, _LONGEST_LINE = 0.7, 10, 300
_FEWEST, _UNKNOWN = 2, 0.2


@dataclass(slots=True)
class _Pair:
    """A name, empty where it names no measure, its value, and what stands behind: heads and values, a colour."""

    name: Passage
    value: Passage
    beside: list[list[Passage]] = field(default_factory=list)


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
            run.several = run.several or any(map(_tells_much, read))
            continue
        table = _table(document.blocks[run.blocks[0]], run, knowledge) if run.several else None
        if table is not None:
            tables[run.blocks[0]] = table
            used.update(run.blocks[1:])
        run = _Run()
    return tables, used


def _tells_much(pairs: Sequence[_Pair]) -> bool:
    """True for a line of two pairs or more, or of one with two facts behind it, which no sentence is."""
    return len(pairs) >= _FEWEST or any(len(pair.beside) >= _FEWEST for pair in pairs)


def _lines(block: Block, document: Document, *, several: bool) -> Sequence[Passage]:
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
    ends = sorted({len(text), *(_behind(text, end) for _, end in values)})
    best: dict[int, tuple[float, list[_Pair]]] = {0: (0.0, [])}
    for start in (0, *ends):
        score, pairs = best.get(start, (0.0, []))
        for first, last in values if start in best else []:
            named = _named(line.slice(start, first), text[first:last], pairs, knowledge) if first > start else None
            for end in ends if named is not None else []:
                beside = _beside(line, first, last, end, knowledge) if end >= last else None
                if named is not None and beside is not None and score + named[1] > best.get(end, (0.0, []))[0]:
                    best[end] = score + named[1], [*pairs, _Pair(named[0], *beside)]
    _, found = best.get(len(text), (0.0, []))
    return found if 2 * sum(bool(pair.name.text) for pair in found) >= len(found) else []


def _behind(text: str, end: int) -> int:
    """Where the next name may begin behind a value: behind its bracket and what parts the two."""
    end -= len(text[:end]) - len(text[:end].rstrip(",;|"))
    bracket = _BRACKET.match(text, end)
    found = _APART.match(text, bracket.end() if bracket is not None else end)
    return found.end() if found is not None else end


def _named(part: Passage, value: str, before: Sequence[_Pair], knowledge: Knowledge) -> tuple[Passage, float] | None:
    """The name before a value and how surely it names a measure; empty where it may name another; None for no name."""
    name = part.slice(0, len(part.text.rstrip(" :–-")))
    if len(name.text.split()) > _LONGEST_NAME or not is_plain_value(value.rstrip(",;|")):
        return None
    if _LEVEL.search(name.text) is not None or set(name.text.lower().split()[-1:]) & _LEADS:
        return None
    unit = Unit.PERCENT if value.rstrip(",;|").endswith("%") else None
    read = knowledge.spotter.read_label([name.text], unit)
    if not read and before and table_words().unit(name.text) in RATES:
        # "Rate per 10,000" behind a count is the count's.
        name = Passage.join([before[-1].name, name])
        read = knowledge.spotter.read_label([name.text], unit)
    if _OPENS.match(name.text) is None or _MARKED.search(name.text) is not None:
        return None
    if read and read[0].score >= _LEAST_SCORE:
        return name, read[0].score
    return (Passage("", ()), _UNKNOWN) if _may_be_name(name.text, knowledge) else None


def _beside(
    line: Passage, first: int, last: int, end: int, knowledge: Knowledge
) -> tuple[Passage, list[list[Passage]]] | None:
    """The value, with its remark in brackets if there is one, and the heads with values of their own behind it."""
    text = line.text
    last -= len(text[:last]) - len(text[:last].rstrip(",;|"))
    if (facts := facts_of(line.slice(last, end), knowledge)) is not None:
        return line.slice(first, last), facts
    bracket = _BRACKET.match(text, last)
    if bracket is None or bracket.end() > end:
        return None
    facts = facts_of(line.slice(bracket.end(), end), knowledge)
    return (line.slice(first, bracket.end()), facts) if facts is not None else None


def _may_be_name(text: str, knowledge: Knowledge) -> bool:
    """True for a few words that may name something the catalogue does not hold: no time, place or head of a column."""
    worded = len(text.split()) >= _FEWEST and text[-1].isalpha() and not has_digit(text)
    return worded and not find_periods(text) and not knowledge.areas.find(text) and not head_end(text)


def _table(first: Block, run: _Run, knowledge: Knowledge) -> Block | None:
    most = max(len(pair.beside) for pair in run.pairs)
    rows = [[pair.beside[n] if n < len(pair.beside) else [] for pair in run.pairs] for n in range(most)]
    return cards_table(first, [pair.name for pair in run.pairs], [pair.value for pair in run.pairs], rows, knowledge)
