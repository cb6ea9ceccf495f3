"""Cards printed side by side whose gaps a conversion squeezed to single blanks.

"Children in care Initial health assessments" over "349 64.3%" and "Target 340 Target 90%": the values tell how many
cards there are, the measures where one name ends and the next begins. Names may run over several lines, the second
halves of all behind the first halves of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.behind import facts_of, is_plain_value
from townclerk.extract.linking.rows.building import table_of_passages
from townclerk.extract.linking.rows.heads import is_head
from townclerk.extract.linking.rows.lines import printed_lines
from townclerk.extract.linking.rows.naming import named_parts
from townclerk.extract.linking.rows.records import recorded
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Document
from townclerk.models.passage import Passage
from townclerk.models.units import Direction
from townclerk.patterns.table_words import table_words

_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.CHART, BlockKind.TILE})
# What a line of values looks like at first sight; most lines of a report do not.
_VALUED = re.compile(r"[£<(]?\d[^\sA-Za-z]*%?(?:\s+\S{1,9}){1,5}$")
_WORD = re.compile(r"\S+(?: %)?")
# A name holds no level; "45 days" and "10,000" it may.
_LEVEL = re.compile(r"\d\s?%|\d\.\d|^\W*\d[\d,]*(?:\s+[\d,]+)*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EMPTY = Passage("", ())
_FEWEST, _MOST = 2, 6
_MOST_NAME_LINES, _MOST_EXTRAS = 4, 6
_LONGEST_LINE = 240

_Row = list[list[Passage]]
"""A line of the cards: the parts of each card in it."""


@dataclass(slots=True)
class _Line:
    """A printed line and the block it stands in."""

    block: int
    passage: Passage


@dataclass(slots=True)
class _Strip:
    """A row of cards: their names, the lines below, the printed lines it takes."""

    names: list[Passage]
    values: list[Passage]
    rows: list[_Row] = field(default_factory=list)
    first: int = 0
    end: int = 0


def read_abreast(document: Document, blocks: range, knowledge: Knowledge) -> tuple[dict[int, Block], set[int]]:
    """Find such cards.

    Args:
        document: The report.
        blocks: The blocks of one paper.
        knowledge: For the measures that names name.

    Returns:
        A table with one row a card, by the block whose place it takes, and the other blocks that are parts of it.
    """
    tables: dict[int, Block] = {}
    used: set[int] = set()
    for run in _runs(document, blocks):
        free = 0
        for at, line in enumerate(run):
            values = _values(line.passage) if at >= free else []
            strip = _strip(run, at, values, free, knowledge) if values else None
            if strip is None:
                continue
            taken = {line.block for line in run[strip.first : strip.end]}
            beside = {line.block for line in (*run[: strip.first], *run[strip.end :])}
            table = cards_table(document.blocks[min(taken)], strip.names, strip.values, strip.rows, knowledge)
            if table is None or taken & (beside | used | tables.keys()):
                continue
            free = strip.end
            tables[min(taken)] = table
            used.update(taken - {min(taken)})
    return tables, used


def _runs(document: Document, blocks: range) -> Iterator[list[_Line]]:
    """The printed lines between one table and the next, where some line holds nothing but values."""
    run: list[_Line] = []
    valued = False
    for index in blocks:
        block = document.blocks[index]
        if block.kind is BlockKind.FURNITURE:
            continue
        moved = _moved(block, document.text)
        if moved is not None:
            run.append(_Line(index, moved))
            continue
        if block.kind in _READ and block.table is None:
            lines = [_Line(index, line) for line in printed_lines(block.passage, document.text)]
            run.extend(lines)
            valued = valued or any(_VALUED.match(line.passage.text) is not None for line in lines)
            continue
        if valued:
            yield run
        run, valued = [], False
    if valued:
        yield run


def _moved(block: Block, source: str) -> Passage | None:
    """A line of changes whose first arrow a reader took for a bullet ("▲ 3 on June ▼ 5 on June"), arrow and all."""
    if block.kind is not BlockKind.LIST_ITEM or not block.passage.pieces or len(block.passage.text) > _LONGEST_LINE:
        return None
    if not isinstance(table_words().marks.get(block.marker), Direction):
        return None
    first, end = block.passage.pieces[0].source_start, block.passage.pieces[-1].source_end
    start = source.rfind(block.marker, 0, first)
    return Passage.of(source, start, end) if start >= 0 and not source[start + 1 : first].strip() else None


def _values(line: Passage) -> list[Passage]:
    """The values of a line of nothing else, two or more; nothing for a row of years."""
    if _VALUED.match(line.text) is None:
        return []
    parts = [line.slice(*word.span()) for word in _WORD.finditer(line.text)]
    if not _FEWEST <= len(parts) <= _MOST or not all(is_plain_value(part.text) for part in parts):
        return []
    return [] if all(_YEAR.fullmatch(part.text) for part in parts) else parts


def _strip(run: Sequence[_Line], at: int, values: list[Passage], free: int, knowledge: Knowledge) -> _Strip | None:
    """The cards whose values a line holds: their names above it, else below, and what stands under both."""
    count = len(values)
    texts = [value.text for value in values]
    above = _above(run, at, free)
    for lines in (above[first:] for first in reversed(range(len(above)))):
        names = named_parts([line.passage for line in lines], texts, knowledge)
        if names is not None:
            strip = _Strip(names, values, first=at - len(lines), end=at + 1)
            break
    else:
        below = [line.passage for line in run[at + 1 : at + 2]]
        names = named_parts(below, texts, knowledge) if below and not _values(below[0]) else None
        if names is None:
            return None
        strip = _Strip(names, values, first=at, end=at + 2)
    for line in run[strip.end : strip.end + _MOST_EXTRAS]:
        if len(_values(line.passage)) == count or _is_axis(line.passage):
            # Two rows of values, and nothing says which is the newer; or the labels of a chart's bars.
            return None
        rows = _extra(line.passage, count, knowledge)
        if rows is None:
            break
        strip.end += 1
        strip.rows.extend(rows)
    return strip


def _is_axis(line: Passage) -> bool:
    """True for a line of two different times or more and nothing else."""
    times = {time.text for time in find_periods(line.text)} if has_digit(line.text) else set()
    covered = sum(time.end - time.start for time in find_periods(line.text)) if len(times) > 1 else 0
    return covered > 0 and covered >= len(line.text.replace(" ", ""))


def _above(run: Sequence[_Line], at: int, free: int) -> list[_Line]:
    """The lines that may be the names over a line of values: few, none a sentence, those of one block together."""
    first = max(free, at - _MOST_NAME_LINES)
    lines = list(run[first:at])
    stops = [n for n, line in enumerate(lines) if line.passage.text[-1] in ".;!?" or _LEVEL.search(line.passage.text)]
    return lines[stops[-1] + 1 :] if stops else lines


def _extra(line: Passage, count: int, knowledge: Knowledge) -> list[_Row] | None:
    """A further line of the cards cut into their parts, a row for each; none for changes; None for another line."""
    text = line.text
    if len(text) > _LONGEST_LINE:
        return None
    words = [word.span() for word in re.finditer(r"\S+", text)]
    marks = table_words().marks
    if len(words) == count and all(text[a:b].strip("()").lower() in marks for a, b in words):
        return [[[line.slice(a, b)] for a, b in words]]
    if len(words) > count and all(is_plain_value(text[a:b]) for a, b in words[-count:]):
        head = line.slice(0, words[-count - 1][1])
        if is_head(head.text.rstrip(" :"), knowledge):
            return [[[head, line.slice(a, b)] for a, b in words[-count:]]]
    starts = _starts(text, words)
    if len(starts) != count:
        return None
    ends = [*starts[1:], len(text)]
    parts = [line.slice(a, a + len(text[a:b].rstrip(" |,;"))) for a, b in zip(starts, ends, strict=True)]
    if all(isinstance(marks.get(part.text[0]), Direction) and not part.text[0].isalpha() for part in parts):
        return []
    facts = [facts_of(part, knowledge) for part in parts]
    if any(told is None for told in facts):
        return None
    most = max(len(told or []) for told in facts)
    return [[(told or [])[n] if n < len(told or []) else [] for told in facts] for n in range(most)]


def _starts(text: str, words: Sequence[tuple[int, int]]) -> list[int]:
    """Where the words that a line begins with come back; arrows are all alike."""
    marks = table_words().marks
    first = text[slice(*words[0])] if words else ""
    arrow = isinstance(marks.get(first[:1]), Direction) and not first[:1].isalpha()
    if arrow:
        return [a for a, _ in words if isinstance(marks.get(text[a]), Direction) and not text[a].isalpha()]
    return [a for a, b in words if text[a:b].lower() == first.lower()]


def cards_table(
    first: Block, names: Sequence[Passage], values: Sequence[Passage], further: Sequence[_Row], knowledge: Knowledge
) -> Block | None:
    """Cards as a table with one row each, those without a name left out.

    Args:
        first: The block whose place the table takes.
        names: The name of each card.
        values: Its value.
        further: Its other lines: of each card nothing, a mark, or a head and what stands behind it.
        knowledge: For places in heads.
    """
    known = [card for card, name in enumerate(names) if name.text]
    if not further:
        return table_of_passages(first, [[names[card], values[card]] for card in known])
    rows: list[_Row] = [[[name] for name in names], [[value] for value in values], *further]
    grid = [[part for card in known for part in (*row[card], _EMPTY, _EMPTY)[:2]] for row in rows]
    return recorded(table_of_passages(first, grid), knowledge)
