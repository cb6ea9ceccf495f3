"""Boxes of facts: a measure's page or profile, one fact a line, each with words that say what it is.

"This quarter: 23.4%", "Where we hope to be 20%" or a label and its value on lines of their own become a table with one
row a fact, which the table linker reads by the words of its rows, below the measure that the heading or the first line
names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.building import table_of_passages
from townclerk.extract.linking.rows.facts import (
    COLON,
    Fact,
    ends_in_time,
    explains,
    facts_at,
    heads_explanation,
    heads_name,
    is_known,
    is_value,
    says,
)
from townclerk.extract.linking.rows.lines import printed_lines
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Document
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import ColumnKind, table_words

_READ = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.TILE, BlockKind.LIST_ITEM, BlockKind.CHART}
)
_LAST = re.compile(r"\s+(?=\S+$)")
_FEWEST_KNOWN, _FEWEST = 2, 3
_MOST_UNKNOWN = 0.5
_MOST_LEADING = 2
_TITLE_LEVEL, _TWO = 3, 2


@dataclass(slots=True)
class _Line:
    """A printed line and the block it stands in."""

    block: int
    passage: Passage

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(slots=True)
class _Box:
    """The facts of one box, the lines they take, and the line of its own above them that names its measure."""

    facts: list[Fact] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    title: _Line | None = None


def read_boxes(document: Document, blocks: range, knowledge: Knowledge) -> tuple[dict[int, Block], set[int]]:
    """Find boxes of facts.

    Args:
        document: The report.
        blocks: The blocks of one paper.
        knowledge: For places in labels and the measures that lines name.

    Returns:
        A table with a row a fact, by the block whose place it takes, and the other blocks that are parts of it.
    """
    tables: dict[int, Block] = {}
    swallowed: set[int] = set()
    run: list[_Line] = []
    for index in [*blocks, None]:
        block = document.blocks[index] if index is not None else None
        if block is not None and index is not None and (turned := _turned(block, knowledge)) is not None:
            tables[index] = turned
        if block is not None and block.kind is BlockKind.FURNITURE:
            continue
        if block is not None and index is not None and block.kind in _READ and block.table is None:
            run.extend(_Line(index, part) for part in printed_lines(block.passage, document.text))
            continue
        for box in _boxes(run, document, knowledge):
            used = sorted({line.block for line in box.lines})
            tables[used[0]] = _table(document.blocks[used[0]], box)
            swallowed.update(used[1:])
            if box.title is not None:
                # It heads what stands below the box too: a strip of times, a comment.
                titled = document.blocks[box.title.block]
                tables[box.title.block] = replace(titled, kind=BlockKind.HEADING, level=_TITLE_LEVEL)
        run = []
    return tables, swallowed


def _boxes(run: list[_Line], document: Document, knowledge: Knowledge) -> list[_Box]:
    """The boxes among lines of text, in order."""
    run = sorted(run, key=lambda line: _place(line.passage))
    found: list[_Box] = []
    place = 0
    while place < len(run):
        box = _Box()
        at = place
        if _is_bare_value(run, at, document):
            box.facts.append(Fact(Passage("", ()), run[at].passage, known=True, valued=True))
            box.lines.append(run[at])
            at += 1
        while at < len(run) and (read := _facts_at(run, at, knowledge)) is not None:
            facts, taken = read
            box.facts.extend(facts)
            box.lines.extend(run[at : at + taken])
            at += taken
        _give_back_comment(box)
        if _is_box(box) and _owns_its_blocks(box, run, place, at, knowledge):
            _give_back_title(box, knowledge)
            used = {line.block for line in box.lines}
            above = [line for line in run[:at] if line.block not in used and _place(line.passage) < _place_of(box)]
            if _has_name(box, knowledge) or _is_named(above, box, document, knowledge):
                found.append(box)
        # The line that ended the box tells no fact, and begins none.
        place = at + 1
    return found


def _give_back_comment(box: _Box) -> None:
    """Leave a comment with figures at the end of a box to running text, which tells what they are of."""
    while box.facts and table_words().main_kind(box.facts[-1].label.text) is ColumnKind.COMMENT:
        comment = box.facts[-1]
        if not has_digit(comment.value.text) or not comment.label.pieces:
            return
        start = _place(comment.label)
        cut = bisect_left(box.lines, start, key=lambda line: _place(line.passage))
        if 0 < cut < len(box.lines) and box.lines[cut - 1].block == box.lines[cut].block:
            return
        box.facts.pop()
        del box.lines[cut:]


def _is_bare_value(run: Sequence[_Line], at: int, document: Document) -> bool:
    """True for a value alone on the line right below a heading: the newest of the box that the heading names."""
    headed = at > 0 and document.blocks[run[at - 1].block].kind is BlockKind.HEADING
    return headed and is_value(run[at].text) and has_digit(run[at].text)


def _facts_at(run: Sequence[_Line], at: int, knowledge: Knowledge) -> tuple[list[Fact], int] | None:
    below = run[at + 1].passage if at + 1 < len(run) else None
    return facts_at(run[at].passage, below, knowledge)


def _place(passage: Passage) -> int:
    return passage.pieces[0].source_start if passage.pieces else 0


def _is_box(box: _Box) -> bool:
    """True for facts enough, of which most have labels that are understood and no two the same."""
    valued = [fact for fact in box.facts if fact.valued]
    known = {" ".join(fact.label.text.lower().split()) for fact in valued if fact.known}
    labels = [" ".join(fact.label.text.lower().split()) for fact in valued]
    unknown = sum(not fact.known for fact in valued)
    # A value without a label above a target and one more is a tile.
    bare = bool(box.facts) and not box.facts[0].label.text
    enough = len(known) >= _FEWEST_KNOWN and len(box.facts) >= _FEWEST + bare
    return enough and unknown <= _MOST_UNKNOWN * len(valued) and len(set(labels)) == len(labels)


def _owns_its_blocks(box: _Box, run: Sequence[_Line], first: int, end: int, knowledge: Knowledge) -> bool:
    """True where the blocks of a box hold nothing else but a line or two above it that name its measure, words below.

    Those lines become rows of their own.
    """
    used = {line.block for line in box.lines}
    behind = [line for line in run[end:] if line.block in used]
    if any(has_digit(line.text) for line in behind):
        return False
    box.facts.extend(Fact(line.passage, Passage("", ()), known=True, valued=False) for line in behind)
    box.lines.extend(behind)
    leading = [line for line in run[:first] if line.block in used]
    if not leading:
        return True
    names = [line for line in leading if knowledge.names_measure(line.text)]
    plain = all(not has_digit(line.text) for line in leading if line not in names)
    if len(leading) > _MOST_LEADING or not plain:
        return False
    box.facts[:0] = [_name_of(line.passage) for line in names]
    box.lines[:0] = leading
    return True


def _has_name(box: _Box, knowledge: Knowledge) -> bool:
    """True where a line of the box names a measure."""
    for fact in box.facts:
        named = not fact.value.text or (not fact.valued and heads_name(fact.label.text))
        if named and knowledge.names_measure(f"{fact.label.text}\n{fact.value.text}"):
            return True
    return False


def _is_named(above: Sequence[_Line], box: _Box, document: Document, knowledge: Knowledge) -> bool:
    """True where one of the two lines above names a measure; one that is no heading becomes the title of the box."""
    for line in reversed(above[-_MOST_LEADING:]):
        if not knowledge.names_measure(line.text) or line.text.endswith(".") or explains(line.text):
            continue
        alone = sum(other.block == line.block for other in above) == 1
        if alone and _name_of(line.passage).valued:
            if line is not above[-1]:
                # What stands between may say a time of its own: "Benchmarks 2019/20".
                return False
            box.facts.insert(0, _name_of(line.passage))
            box.lines.insert(0, line)
        elif document.blocks[line.block].kind is not BlockKind.HEADING and alone:
            box.title = line
        return True
    return False


def _name_of(line: Passage) -> Fact:
    """A line that names the measure as a fact: with its value where one stands behind the name."""
    # The number at the end of "per 10,000" is the name's.
    last = _LAST.search(line.text) if line.text.endswith("%") else None
    for found in (COLON.search(line.text), last):
        if found is not None and is_value(line.text[found.end() :]) and not ends_in_time(line.text):
            name, value = line.slice(0, found.start()), line.slice(found.end(), len(line.text))
            return Fact(name, value, known=True, valued=True)
    return Fact(line, Passage("", ()), known=True, valued=False)


def _give_back_title(box: _Box, knowledge: Knowledge) -> None:
    """Leave the first line of a box, a block of its own that names the measure, above it."""
    first = box.lines[0]
    alone = sum(line.block == first.block for line in box.lines) == 1
    if alone and not box.facts[0].valued and knowledge.names_measure(first.text) and not explains(first.text):
        box.facts.pop(0)
        box.lines.pop(0)


def _place_of(box: _Box) -> int:
    return min(_place(line.passage) for line in box.lines)


def _turned(block: Block, knowledge: Knowledge) -> Block | None:
    """A table of two rows whose heads all say what stands under them, and none what is measured, as a box of facts."""
    rows = block.table.rows if block.table is not None else []
    if len(rows) != _TWO or len(rows[0]) != len(rows[1]) or len(rows[0]) < _FEWEST:
        return None
    heads, said = ([cell.passage for cell in row] for row in rows)
    timed = all(find_periods(head.text) for head in heads)
    if timed or any(not head.text.strip() or heads_name(head.text) for head in heads):
        return None
    facts = [
        Fact(head, value, is_known(head.text, knowledge), is_value(value.text))
        for head, value in zip(heads, said, strict=True)
        if value.text.strip()
    ]
    plain = all(fact.valued or says(fact.value.text) or heads_explanation(fact.label.text) for fact in facts)
    box = _Box(facts)
    return _table(block, box) if plain and _is_box(box) else None


def _table(first: Block, box: _Box) -> Block:
    return table_of_passages(first, [_cells(fact) for fact in box.facts])


def _cells(fact: Fact) -> list[Passage]:
    """A fact's label and value; the name of the measure alone, which heads the rows below it."""
    if not fact.value.text:
        return [fact.label]
    if not fact.valued and heads_name(fact.label.text):
        return [fact.value]
    return [fact.label, fact.value]
