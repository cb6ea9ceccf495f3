"""Boxes of facts: a measure's page or profile, one fact a line, each with words that say what it is.

"This quarter: 23.4%", "Where we hope to be 20%" or a label and its value on lines of their own become a table with one
row a fact, which the table linker reads by the words of its rows, below the measure that the heading or the first line
names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.building import table_of_passages
from townclerk.extract.linking.rows.heads import is_head, names_labels
from townclerk.extract.linking.rows.splitting import ways_to_split
from townclerk.extract.linking.tables.columns import ASIDE
from townclerk.extract.linking.tables.openings import value_before_remark
from townclerk.extract.linking.tables.selfheaded import head_end
from townclerk.extract.spotting.figures import read_cell, read_mark
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Document
from townclerk.models.mentions import FigureForm
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import table_words

_READ = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.TILE, BlockKind.LIST_ITEM, BlockKind.CHART}
)
_APART = re.compile(r"\t+|\s+[|·•]\s+|\s{3,}")
_COLON = re.compile(r"\s*:\s+|\s+[–—-]\s+")
# What stands before a label in a row of them: "Q4: 20.9% Target: 20% Status: Amber".
_BEFORE_LABEL = re.compile(r"(?<=[\w%)–-])\s+(?=(?:[^\W\d_][^\s:]*\s?){1,3}(?:\d{2}(?:\d\d)?[/-]\d{2}(?:\d\d)?)?:\s)")
_WORD = re.compile(r"\S+")
_LAST = re.compile(r"\s+(?=\S+$)")
_LONGEST_LABEL, _LONGEST_WORDED, _LONGEST_NAME = 7, 40, 24
_FEWEST_KNOWN, _FEWEST = 2, 3
_MOST_UNKNOWN = 0.5
_MOST_LEADING = 2
_LONGEST_HEADS = 160
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
class _Fact:
    """A label and what it says; `known` where the label's words are understood, `valued` where a value stands by it."""

    label: Passage
    value: Passage
    known: bool
    valued: bool


@dataclass(slots=True)
class _Box:
    """The facts of one box, the lines they take, and the line of its own above them that names its measure."""

    facts: list[_Fact] = field(default_factory=list)
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


def printed_lines(passage: Passage, source: str) -> list[Passage]:
    """The printed lines of a passage, whose line ends a reader may have joined."""
    starts = [0]
    for before, after in zip(passage.pieces, passage.pieces[1:], strict=False):
        if "\n" in source[before.source_end : after.source_start]:
            starts.append(after.start)
    starts.extend(at + 1 for at, char in enumerate(passage.text) if char == "\n")
    ends = [*sorted(set(starts))[1:], len(passage.text)]
    lines = []
    for start, end in zip(sorted(set(starts)), ends, strict=True):
        text = passage.text[start:end]
        if text.strip():
            left = start + len(text) - len(text.lstrip())
            lines.append(passage.slice(left, start + len(text.rstrip())))
    return lines


def _boxes(run: list[_Line], document: Document, knowledge: Knowledge) -> list[_Box]:
    """The boxes among lines of text, in order."""
    run = sorted(run, key=lambda line: _place(line.passage))
    found: list[_Box] = []
    place = 0
    while place < len(run):
        box = _Box()
        at = place
        while at < len(run) and (read := _facts_at(run, at, knowledge)) is not None:
            facts, taken = read
            box.facts.extend(facts)
            box.lines.extend(run[at : at + taken])
            at += taken
        if _is_box(box) and _owns_its_blocks(box, run, place, at, knowledge):
            _give_back_title(box, knowledge)
            used = {line.block for line in box.lines}
            above = [line for line in run[:at] if line.block not in used and _place(line.passage) < _place_of(box)]
            if _has_name(box, knowledge) or _is_named(above, box, document, knowledge):
                found.append(box)
        place = max(at, place + 1)
    return found


def _place(passage: Passage) -> int:
    return passage.pieces[0].source_start if passage.pieces else 0


def _facts_at(run: Sequence[_Line], at: int, knowledge: Knowledge) -> tuple[list[_Fact], int] | None:
    """The facts of a line, or of a label and the value on the line below it, and the number of lines they take."""
    line = run[at].passage
    if at + 1 < len(run) and (facts := _under_heads(line, run[at + 1].passage, knowledge)):
        return facts, 2
    parts = _cut(line)
    if len(parts) > 1:
        told = [fact for part in parts if (fact := _fact(part, knowledge)) is not None]
        if len(told) == len(parts):
            return told, 1
    if (fact := _fact(line, knowledge)) is not None:
        return [fact], 1
    after = run[at + 1].passage if at + 1 < len(run) else None
    if after is not None and _is_label(line.text) and _is_value(after.text) and not _is_value(line.text):
        if _names_measure(line.text, knowledge):
            return None
        return [_Fact(line, after, _is_known(line.text, knowledge), valued=True)], 2
    if after is not None and _is_known(line.text, knowledge) and _says(after.text):
        return [_Fact(line, after, known=True, valued=False)], 2
    return None


def _under_heads(line: Passage, below: Passage, knowledge: Knowledge) -> list[_Fact]:
    """The facts of a line of heads ("This month Last month Target") and the line of as many values below it."""
    if len(line.text) > _LONGEST_HEADS or not all(_is_value(word) for word in below.text.split()):
        return []
    values = [below.slice(*word.span()) for word in _WORD.finditer(below.text)]
    if len(values) < _FEWEST:
        return []
    for spans in ways_to_split(line.text, knowledge, labelled=False):
        heads = [line.slice(start, end) for start, end in spans]
        if len(heads) != len(values) or all(find_periods(head.text) for head in heads):
            continue
        if all(_is_known(head.text, knowledge) for head in heads):
            return [_Fact(head, value, known=True, valued=True) for head, value in zip(heads, values, strict=True)]
    return []


def _cut(line: Passage) -> list[Passage]:
    """The stretches of a line that a wide gap parts, or each of a row of labels with a colon and their values."""
    bounds = [0, *(at for gap in _APART.finditer(line.text) for at in gap.span()), len(line.text)]
    if len(bounds) == _TWO and ":" in line.text:
        bounds[1:1] = [at for gap in _BEFORE_LABEL.finditer(line.text) for at in gap.span()]
    spans = zip(bounds[::2], bounds[1::2], strict=True)
    return [line.slice(a, b) for a, b in spans if line.text[a:b].strip()]


def _fact(part: Passage, knowledge: Knowledge) -> _Fact | None:
    """A label and its value or words in one line; None for another line."""
    text = part.text
    colon = _COLON.search(text)
    if colon is not None and colon.end() < len(text):
        head, said = text[: colon.start()], text[colon.end() :]
        label, value = part.slice(0, colon.start()), part.slice(colon.end(), len(text))
        if _is_value(said):
            usable = _is_label(head) and not _names_measure(head, knowledge)
            return _Fact(label, value, _is_known(head, knowledge), valued=True) if usable else None
        told = _says(said) and _is_label(head) and not _names_measure(head, knowledge)
        plain = _explains(head) or not has_digit(said)
        if told or (plain and _is_known(head, knowledge) and len(said.split()) <= _LONGEST_WORDED):
            return _Fact(label, value, known=True, valued=False)
    before, _, last = text.rpartition(" ")
    if before and _is_value(last) and not _ends_in_time(text):
        head = before.rstrip(" :")
        if _is_known(head, knowledge):
            return _Fact(
                part.slice(0, len(head)), part.slice(len(text) - len(last), len(text)), known=True, valued=True
            )
    end = head_end(text)
    if 0 < end < len(text) and _is_known(text[:end], knowledge) and (_says(text[end:]) or _explains(text[:end])):
        start = end + len(text[end:]) - len(text[end:].lstrip(" :–-?"))
        return _Fact(part.slice(0, end), part.slice(start, len(text)), known=True, valued=False)
    return None


def _ends_in_time(text: str) -> bool:
    return any(found.end >= len(text.rstrip(" )")) for found in find_periods(text))


def _is_label(text: str) -> bool:
    words = text.split()
    return bool(words) and len(words) <= _LONGEST_LABEL and any(c.isalpha() for c in text) and text[-1] not in ".!;,"


def _is_value(text: str) -> bool:
    """True for one number or mark and nothing else but a remark on it."""
    text = text[: value_before_remark(text) or len(text)].strip()
    if not has_digit(text):
        return read_mark(text) is not None
    figures = read_cell(text) if len(text) <= _LONGEST_NAME else []
    if len(figures) != 1 or figures[0].form not in {FigureForm.NUMBER, FigureForm.MARK}:
        return False
    return figures[0].end - figures[0].start >= len(text) - 2 and not _ends_in_time(text)


def _is_known(label: str, knowledge: Knowledge) -> bool:
    """True for a label that is the head of a column: a time, a place, a role, "On target?"."""
    return is_head(label.rstrip(" ?:"), knowledge)


def _says(text: str) -> bool:
    """True for words that say a direction, a status, which way is good or how often, and nothing else."""
    said = " ".join(text.lower().split()).strip(" :.–-?")
    words = table_words()
    known = (words.marks, words.polarity, words.judgements, words.statuses, words.frequencies, words.no_value)
    return any(said in texts for texts in known) or said in {"yes", "no"}


def _explains(head: str) -> bool:
    """True for the head of words about a measure: what it means, where its data come from, who looks after it."""
    kinds = table_words().column_kinds(head)
    return bool(kinds) and kinds[0][0] in ASIDE and not _heads_name(head)


def _heads_name(head: str) -> bool:
    """True for the head of a measure's name; "Definition" heads what explains it."""
    return names_labels(head) and not table_words().explains(head)


def explains(line: str) -> bool:
    """True for a line that says what a measure means: "Definition: referrals that follow another"."""
    head = line.partition(":")[0]
    return head != line and table_words().explains(head)


def _names_measure(text: str, knowledge: Knowledge) -> bool:
    return bool(knowledge.mentions(text).indicators)


def _is_box(box: _Box) -> bool:
    """True for facts enough, of which most have labels that are understood and no two the same."""
    valued = [fact for fact in box.facts if fact.valued]
    known = {" ".join(fact.label.text.lower().split()) for fact in valued if fact.known}
    labels = [" ".join(fact.label.text.lower().split()) for fact in valued]
    unknown = sum(not fact.known for fact in valued)
    enough = len(known) >= _FEWEST_KNOWN and len(box.facts) >= _FEWEST
    return enough and unknown <= _MOST_UNKNOWN * len(valued) and len(set(labels)) == len(labels)


def _owns_its_blocks(box: _Box, run: Sequence[_Line], first: int, end: int, knowledge: Knowledge) -> bool:
    """True where the blocks of a box hold nothing else but a line or two above it that name its measure, words below.

    Those lines become rows of their own.
    """
    used = {line.block for line in box.lines}
    behind = [line for line in run[end:] if line.block in used]
    if any(has_digit(line.text) for line in behind):
        return False
    box.facts.extend(_Fact(line.passage, Passage("", ()), known=True, valued=False) for line in behind)
    box.lines.extend(behind)
    leading = [line for line in run[:first] if line.block in used]
    if not leading:
        return True
    names = [line for line in leading if _names_measure(line.text, knowledge)]
    plain = all(not has_digit(line.text) for line in leading if line not in names)
    if len(leading) > _MOST_LEADING or not plain:
        return False
    box.facts[:0] = [_name_of(line.passage) for line in names]
    box.lines[:0] = leading
    return True


def _has_name(box: _Box, knowledge: Knowledge) -> bool:
    """True where a line of the box names a measure."""
    for fact in box.facts:
        named = not fact.value.text or (not fact.valued and _heads_name(fact.label.text))
        if named and _names_measure(f"{fact.label.text}\n{fact.value.text}", knowledge):
            return True
    return False


def _is_named(above: Sequence[_Line], box: _Box, document: Document, knowledge: Knowledge) -> bool:
    """True where one of the two lines above names a measure; one that is no heading becomes the title of the box."""
    for line in reversed(above[-_MOST_LEADING:]):
        if not _names_measure(line.text, knowledge) or line.text.endswith(".") or explains(line.text):
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


def _name_of(line: Passage) -> _Fact:
    """A line that names the measure as a fact: with its value where one stands behind the name."""
    # The number at the end of "per 10,000" is the name's.
    last = _LAST.search(line.text) if line.text.endswith("%") else None
    for found in (_COLON.search(line.text), last):
        if found is not None and _is_value(line.text[found.end() :]) and not _ends_in_time(line.text):
            name, value = line.slice(0, found.start()), line.slice(found.end(), len(line.text))
            return _Fact(name, value, known=True, valued=True)
    return _Fact(line, Passage("", ()), known=True, valued=False)


def _give_back_title(box: _Box, knowledge: Knowledge) -> None:
    """Leave the first line of a box, a block of its own that names the measure, above it."""
    first = box.lines[0]
    alone = sum(line.block == first.block for line in box.lines) == 1
    if alone and not box.facts[0].valued and _names_measure(first.text, knowledge) and not explains(first.text):
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
    if timed or any(not head.text.strip() or _heads_name(head.text) for head in heads):
        return None
    facts = [
        _Fact(head, value, _is_known(head.text, knowledge), _is_value(value.text))
        for head, value in zip(heads, said, strict=True)
        if value.text.strip()
    ]
    plain = all(fact.valued or _says(fact.value.text) or _explains(fact.label.text) for fact in facts)
    box = _Box(facts)
    return _table(block, box) if plain and _is_box(box) else None


def _table(first: Block, box: _Box) -> Block:
    return table_of_passages(first, [_cells(fact) for fact in box.facts])


def _cells(fact: _Fact) -> list[Passage]:
    """A fact's label and value; the name of the measure alone, which heads the rows below it."""
    if not fact.value.text:
        return [fact.label]
    if not fact.valued and _heads_name(fact.label.text):
        return [fact.value]
    return [fact.label, fact.value]
