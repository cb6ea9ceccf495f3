"""Heads that wrap inside their columns, in lines that lost their column marks: each line holds a part of every head.

"Performance Elmford Statistical England Target" over "indicator Q2 2021/22 neighbours 2020/21 2021/22" is cut so that
the parts of each column are one head together, and so that the rows below fill the columns.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.ahead import fillable
from townclerk.extract.linking.rows.fitting import FILLED, NEARLY_FILLED, fill, has_values
from townclerk.extract.linking.rows.heads import Header, make_header
from townclerk.extract.linking.rows.lines import is_prose
from townclerk.extract.linking.rows.splitting import head_cost
from townclerk.extract.linking.tables.damaged import is_head_word, mended_line
from townclerk.extract.linking.tables.stacking import year_sources
from townclerk.extract.spotting.periods import PeriodAnchor, find_periods
from townclerk.models.digits import has_digit
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import ColumnKind, table_words

_WORD = re.compile(r"\S+")
_FEWEST_LINES, _MOST_LINES = 2, 4
_MOST_WORDS, _LONGEST_LINE = 18, 160
# How many lines tell whether heads stand in several.
LINES_TOLD = _MOST_LINES + 2
_FEWEST_ROWS, _FEWEST_HEADS, _MOST_HEADS = 2, 3, 14
_LONGEST_PART, _LONGEST_HEAD = 3, 6
_GAP, _NO_LABEL, _UNKNOWN, _FROM_BELOW, _MOST_ODD = 0.3, 0.15, 0.8, 0.05, 3.0
_MOST_UNKNOWN, _ODDEST = 1, 0.45
_MOST_OF, _ROLE_OF_PLACE = 0.6, 0.3
_ROLES = {ColumnKind.TARGET, ColumnKind.ACTUAL}
# What titles have and heads have not.
_TITLE = re.compile(r"[,:;!?]|\s[-–—]\s")

_State = tuple[int, ...]


@dataclass(slots=True, frozen=True)
class _Way:
    """A way to cut the first words of every line: its cost, its unknown heads, where each column ends."""

    cost: float
    unknown: int
    ends: tuple[_State, ...]


def stacked_lines(printed: Sequence[Passage], source: str) -> int:
    """How many lines at the top may be parts of heads over rows with values; 0 where they are none.

    Args:
        printed: Lines in order.
        source: The text they come from: a blank line parts a title from the heads, where none parts the rows.
    """
    count = 0
    for line in printed[: _MOST_LINES + 1]:
        if has_values(line.text):
            break
        if not may_hold_heads(line.text):
            return 0
        count += 1
    rows = printed[count : count + _FEWEST_ROWS]
    told = len(rows) == _FEWEST_ROWS and all(has_values(row.text) for row in rows)
    if not told or not _FEWEST_LINES <= count <= _MOST_LINES:
        return 0
    gaps = [is_gap(a, b, source) for a, b in itertools.pairwise(printed[: count + _FEWEST_ROWS])]
    return 0 if any(gaps[: count - 1]) and not all(gaps) else count


def may_hold_heads(text: str) -> bool:
    """False for a line that no head is part of: a sentence, a title with stops in it, a long line."""
    short = len(text) <= _LONGEST_LINE and len(text.split()) <= _MOST_WORDS
    if text[-1:] == "." and is_head_word(text.rsplit(maxsplit=1)[-1].strip("(.")):
        # "Stat." ends in a word cut short, no sentence.
        text = text[:-1]
    return short and _TITLE.search(text) is None and not is_prose(text)


def is_gap(line: Passage, below: Passage, source: str) -> bool:
    """True where a blank line stands between two lines.

    Args:
        line: The upper line.
        below: The lower.
        source: The text they come from.
    """
    if not line.pieces or not below.pieces:
        return True
    return source[line.pieces[-1].source_end : below.pieces[0].source_start].count("\n") > 1


def stacked_header(
    lines: Sequence[Passage], below: Sequence[Passage], knowledge: Knowledge, anchor: PeriodAnchor, *, unlabelled: bool
) -> Header | None:
    """The heads whose parts stand in several lines, cut so that most rows below fill the columns exactly.

    Args:
        lines: The lines that hold nothing but parts of heads.
        below: The rows.
        knowledge: For places and damaged words.
        anchor: When the report was written: rows may leave what was still to come empty.
        unlabelled: The labels may have no head: the first line is indented.

    Returns:
        The header; None where no cut leaves only heads, or none fits the rows.
    """
    search = _Search([mended_line(line, knowledge.field_words) for line in lines], knowledge, unlabelled=unlabelled)
    best: tuple[tuple[bool, int], Header] | None = None
    for way in search.ways():
        header = make_header(search.heads(way), knowledge, labelled=True)
        for one in fillable(header, anchor):
            fits = [fill(row, one) for row in below]
            whole = fits.count(FILLED)
            told = whole >= _FEWEST_ROWS and whole >= fits.count(NEARLY_FILLED)
            worth = (one is not header, sum(fits))
            if told and (best is None or worth > best[0]):
                best = worth, replace(one, full=True)
    return best[1] if best is not None else None


class _Search:
    """The cuts of stacked lines into columns, from the left."""

    def __init__(self, lines: Sequence[Passage], knowledge: Knowledge, *, unlabelled: bool) -> None:
        self.unlabelled = unlabelled
        self.lines = lines
        self.knowledge = knowledge
        self.words = [[word.span() for word in _WORD.finditer(line.text)] for line in lines]
        self.last = tuple(map(len, self.words))
        self.known: dict[str, float | None] = {}

    def ways(self) -> list[_Way]:
        """The best cut for each number of columns, the least odd first."""
        begun = (0,) * len(self.last)
        held: dict[_State, dict[int, _Way]] = {begun: {0: _Way(0.0, 0, ())}}
        waiting: list[set[_State]] = [set() for _ in range(sum(self.last) + 1)]
        waiting[0].add(begun)
        for states in waiting:
            for state in sorted(states):
                for ended in self._ends(state):
                    cost = self._cost(state, ended)
                    if cost is not None and self._take(held, state, ended, cost):
                        waiting[sum(ended)].add(ended)
        ways = [way for count, way in held.get(self.last, {}).items() if count >= _FEWEST_HEADS]
        return sorted(ways, key=lambda way: way.cost)

    def _take(self, held: dict[_State, dict[int, _Way]], state: _State, ended: _State, cost: tuple[float, int]) -> bool:
        """Keep the cuts that go on from a state, where they are the best so far."""
        kept = False
        for count, way in held[state].items():
            made = _Way(way.cost + cost[0], way.unknown + cost[1], (*way.ends, ended))
            known = held.setdefault(ended, {}).get(count + 1)
            if made.unknown > _MOST_UNKNOWN or made.cost > _MOST_ODD or count >= _MOST_HEADS:
                continue
            if known is None or made.cost < known.cost - 1e-9:
                held[ended][count + 1] = made
                kept = True
        return kept

    def _ends(self, state: _State) -> Iterator[_State]:
        """Where a column that begins at a state can end."""
        reach = [range(at, min(at + _LONGEST_PART, last) + 1) for at, last in zip(state, self.last, strict=True)]
        for ended in itertools.product(*reach):
            if 0 < sum(ended) - sum(state) <= _LONGEST_HEAD:
                yield ended

    def _cost(self, state: _State, ended: _State) -> tuple[float, int] | None:
        """How odd a column is, and 1 where its head is unknown; None where it is none."""
        filled = [number for number, (a, b) in enumerate(zip(state, ended, strict=True)) if b > a]
        text = _told(self._text(state, ended))
        if text not in self.known:
            told = head_cost(text, self.knowledge)
            if told is not None and _ROLES & dict(table_words().column_kinds(text)).keys():
                told += _ROLE_OF_PLACE * any(not place.is_own for place in self.knowledge.areas.find(text))
            self.known[text] = told if told is not None and told <= _ODDEST else None
        cost = self.known[text]
        first = not any(state)
        if first:
            # The labels' own head; where none is printed, the first head over values.
            if _heads_labels(text):
                cost = 0.0
            elif not self.unlabelled or cost is None:
                return None
            else:
                cost += _NO_LABEL
        if cost is None:
            lone = len(text.split()) == 1 and text[0].isupper() and not has_digit(text)
            return (_UNKNOWN, 1) if lone and not first else None
        gap = filled[-1] - filled[0] + 1 - len(filled)
        return cost + _GAP * gap + _FROM_BELOW * filled[0], 0

    def _text(self, state: _State, ended: _State) -> str:
        return " ".join(part.text for part in self._parts(state, ended))

    def _parts(self, state: _State, ended: _State) -> list[Passage]:
        return [
            line.slice(words[a][0], words[b - 1][1])
            for line, words, a, b in zip(self.lines, self.words, state, ended, strict=True)
            if b > a
        ]

    def heads(self, way: _Way) -> list[list[Passage]]:
        """The heads of a cut; a year over quarters or months stands over all of its own."""
        bounds = itertools.pairwise([(0,) * len(self.last), *way.ends])
        columns = [self._parts(*bound) for bound in bounds]
        heads = [parts if _is_year_over(parts) else [Passage.join(_untitled(parts))] for parts in columns]
        printed = [[part.text for part in parts] for parts in heads]
        moved = {column: heads[source][:-1] for column, source in year_sources(printed).items()}
        heads = [[*moved[at], parts[-1]] if at in moved else parts for at, parts in enumerate(heads)]
        return heads if _heads_labels(heads[0][0].text) else [[], *heads]


def _heads_labels(text: str) -> bool:
    """True for the head of the labels and little else: "Measure", "Key performance measure"."""
    return table_words().heads_labels(text, _MOST_OF)


def _is_year_over(parts: Sequence[Passage]) -> bool:
    """True for a year above a quarter or month that has none."""
    times = [find_periods(part.text) for part in parts]
    if len(parts) != _FEWEST_LINES or not all(len(found) == 1 for found in times):
        return False
    upper, lower = times[0][0].expression, times[1][0].expression
    return upper.year is not None and lower.year is None and (lower.quarter is not None or lower.month is not None)


def _untitled(parts: list[Passage]) -> list[Passage]:
    """The parts of a head without a title over several columns ("Comparators" over "England")."""
    return parts[1:] if len(parts) > 1 and parts[0].text.lower() in table_words().spanning else parts


def _told(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in table_words().spanning else text
