"""Measures along the top and times or places down the side, in lines that lost their column marks.

"Year Children in need Child protection plans" over "2016/17 4293 370" is cut into as many heads as the rows below hold
values, each of which names a measure; so is "Area Referral rate CLA rate" over "Elmford 298.4 111.9".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.building import table_of_passages
from townclerk.extract.spotting.figures import read_cell
from townclerk.extract.spotting.periods import opening_time
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Document
from townclerk.models.mentions import FigureForm
from townclerk.models.passage import Passage

_OPENS = re.compile(r"(?:(?:financial|academic|calendar|reporting)\s+)?(?:year|quarter|month|period)\b", re.IGNORECASE)
_OPENS_PLACES = re.compile(r"(?:local authority|authority|area|council|la|region)\b", re.IGNORECASE)
_OPENS_NAME = re.compile(r"[A-Z0-9%#£(]|re-")
_WORD = re.compile(r"\S+")
_FIRST_NUMBER = re.compile(r"\s[\d.-]")
_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.CHART})
_FEWEST_ROWS, _FEWEST_COLUMNS, _MOST_WORDS = 2, 2, 30
_LEAST_SCORE = 0.7

_Row = tuple[Passage, list[Passage]]


def read_across(document: Document, blocks: range, knowledge: Knowledge) -> tuple[dict[int, Block], set[int]]:
    """Find such tables.

    Args:
        document: The report.
        blocks: The blocks of one paper.
        knowledge: For the measures that heads name.

    Returns:
        A table by the block whose place it takes, and the other blocks that are parts of it.
    """
    tables: dict[int, Block] = {}
    used: set[int] = set()
    filled = [i for i in blocks if document.blocks[i].kind is not BlockKind.FURNITURE]
    for place, index in enumerate(filled):
        head = document.blocks[index]
        text = head.passage.text if head.kind in _READ and head.table is None else ""
        of_places = _OPENS_PLACES.match(text)
        opens = _OPENS.match(text) or of_places
        if opens is None or len(text.split()) > _MOST_WORDS:
            continue
        rows = _rows_below(document, filled[place + 1 :], knowledge if of_places else None)
        if len(rows) < _FEWEST_ROWS:
            continue
        words = [found.span() for found in _WORD.finditer(head.passage.text, opens.end())]
        spans = _cut(head.passage.text, words, len(rows[0][1]), knowledge)
        if spans:
            heads = [head.passage.slice(0, opens.end()), *(head.passage.slice(a, b) for a, b in spans)]
            tables[index] = table_of_passages(head, [heads, *([time, *values] for time, values in rows)], header_rows=1)
            used.update(filled[place + 1 : place + 1 + len(rows)])
    return tables, used


def _rows_below(document: Document, below: Sequence[int], knowledge: Knowledge | None) -> list[_Row]:
    """The lines below that hold a time and values, each as many as the first; with knowledge, a place and values."""
    rows: list[_Row] = []
    for index in below:
        block = document.blocks[index]
        row = _row(block.passage, knowledge) if block.kind in _READ and block.table is None else None
        if row is None or (rows and len(row[1]) != len(rows[0][1])):
            break
        rows.append(row)
    return rows


def _row(line: Passage, knowledge: Knowledge | None) -> _Row | None:
    """A time, or a place, at the start of a line with two values or more behind it, and nothing else."""
    if not has_digit(line.text):
        return None
    if knowledge is None:
        time = opening_time(line.text)
        end = time.end if time is not None else None
    else:
        end = next((place.end for place in knowledge.areas.find(line.text) if place.start == 0), None)
    if end is None and knowledge is not None:
        # A place that is one only as a head of its row: "National", "SN".
        first = _FIRST_NUMBER.search(line.text)
        named = line.text[: first.start()].rstrip() if first is not None else ""
        end = len(named) if named and knowledge.areas.read_cell(named) is not None else None
    if end is None:
        return None
    values = [word.span() for word in _WORD.finditer(line.text, end)]
    if len(values) < _FEWEST_COLUMNS or not all(_is_value(line.text[a:b]) for a, b in values):
        return None
    return line.slice(0, end), [line.slice(a, b) for a, b in values]


def _is_value(text: str) -> bool:
    found = read_cell(text)
    return len(found) == 1 and found[0].form in {FigureForm.NUMBER, FigureForm.MARK}


def _cut(text: str, words: Sequence[tuple[int, int]], count: int, knowledge: Knowledge) -> list[tuple[int, int]]:
    """The words as so many heads, each of which names a measure, the surest together; none where they cannot be cut."""
    best: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {(0, 0): (0.0, [])}
    for done in range(1, count + 1):
        for end in range(done, len(words) + 1):
            for start in range(done - 1, end):
                before = best.get((done - 1, start))
                span = (words[start][0], words[end - 1][1])
                if _OPENS_NAME.match(text, span[0]) is None:
                    # "S47 rate ICPC in 15 days": no name begins with "rate".
                    continue
                sure = _sureness(text[slice(*span)], knowledge) if before is not None else 0.0
                if before is None or sure < _LEAST_SCORE:
                    continue
                if before[0] + sure > best.get((done, end), (0.0, []))[0]:
                    best[done, end] = before[0] + sure, [*before[1], span]
    return best.get((count, len(words)), (0.0, []))[1]


def _sureness(label: str, knowledge: Knowledge) -> float:
    return max((match.score for match in knowledge.spotter.read_label([label])), default=0.0)
