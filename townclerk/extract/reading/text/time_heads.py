"""Lines of heads that are times: years, parts of years, and the results and targets of whole years among them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from townclerk.extract.reading.text.complete import names_comparator
from townclerk.extract.reading.text.knowledge import knowledge
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.mentions import PeriodMention
from townclerk.models.period import add_months
from townclerk.patterns.table_words import CORNER_KINDS, ColumnKind, table_words

FEWEST_PARTS, LONGEST_LINE = 3, 300
# The forms of a time that is a whole year.
YEARLY = frozenset({"financial_year", "short_year", "year"})
_WORD = re.compile(r"\S+")
_MOST_BEHIND, _MOST_WORDS_OF_CORNER, _MOST_WORDS_OVER_LABELS, _FEWEST_JOINED = 8, 3, 7, 2
_OF_YEAR = frozenset({ColumnKind.ACTUAL, ColumnKind.TARGET})
_LAST_YEAR = re.compile(r"\s(?:20)?\d\d[/-](?:20)?\d\d$")
# Behind every part of a year.
_AT_END = 99

Spot = tuple[int, int]


@dataclass(slots=True)
class Head:
    """A head in a line of heads: a year, a part of a year, or other words.

    Attributes:
        spot: Where it stands in the text.
        text: Its words.
        is_year: True for a whole year.
        part: For a month its number, for a quarter minus its number; None for all else.
    """

    spot: Spot
    text: str
    is_year: bool = False
    part: int | None = None


@dataclass(slots=True)
class Heads:
    """A line of heads.

    Attributes:
        corner: The head of the labels, where there is one.
        timed: The heads up to the last time.
        behind: The words behind it.
    """

    corner: Spot | None
    timed: list[Head]
    behind: list[Head]


# Asked of a line by itself and as the one below each of those above it.
@lru_cache(maxsize=16)
def has_parts(text: str) -> bool:
    """True for a line with enough names of months or quarters to be one of heads."""
    return len(text) <= LONGEST_LINE and len(knowledge().period_part.findall(text)) >= FEWEST_PARTS


def read_heads(line: Line) -> Heads | None:
    """A line as heads; None where words stand between its times that head nothing."""
    text = line.text
    corner = _corner(text)
    start = corner + len(text[corner:]) - len(text[corner:].lstrip(" |:"))
    # A year behind the quarters is a head of its own, or the year of the target above it.
    last = _LAST_YEAR.search(text) if has_parts(text) else None
    found = [_timed(one, line, start) for one in find_periods(text[start : last.start() if last else len(text)])]
    times = [head for head in found if head is not None]
    if len(times) < len(found) or (not times and start < len(text)):
        return None
    timed: list[Head] = []
    at = line.start + start
    for head in times:
        timed.extend(_between(line, at, head.spot[0]))
        timed.append(head)
        at = head.spot[1]
    others = [head for head in timed if not head.is_year and head.part is None]
    if not all(_is_of_year(head.text) for head in others):
        return None
    behind = _words(line, at, line.end)
    while timed and not timed[-1].is_year and behind and _is_of_year(behind[0].text):
        # The outturn behind the last quarter belongs to its year; a target may be of any.
        if table_words().heads_targets(behind[0].text):
            break
        timed.append(behind.pop(0))
    if len(behind) > _MOST_BEHIND:
        return None
    spot = (line.start, line.start + corner) if corner else None
    return Heads(spot, timed, behind)


@dataclass(slots=True)
class TimesLine:
    """Times that stand side by side in a line, behind a few words or none.

    Attributes:
        corner: Where the words stand; empty without any.
        times: The times, as the patterns find them.
        spots: Where they stand.
    """

    corner: Spot
    times: list[PeriodMention]
    spots: list[Spot]

    @property
    def end(self) -> int:
        """Where the last time ends; where the words do without any."""
        return self.spots[-1][1] if self.spots else self.corner[1]

    def as_heads(self) -> Row:
        """The row of heads that the words and times are."""
        heads = Row({place: [spot] for place, spot in enumerate(self.spots, 1)}, len(self.spots) + 1, heads=True)
        if self.corner[0] < self.corner[1]:
            heads.cells[0] = [self.corner]
        return heads


def times_behind_words(line: Line) -> TimesLine | None:
    """The times of a line that stand side by side, and the few words before them.

    The words may speak of times themselves: "Trend data - rolling 12 months Sep 20 Dec 20 Mar 21".

    Args:
        line: A line with names of months or quarters.

    Returns:
        The times; None where the words are too many, or end with a head of values: "Measure 2017/18 Target Q1 Q2".
    """
    text = line.text
    part = knowledge().period_part.search(text)
    start = part.start() if part is not None else 0
    corner = text[:start].rstrip(" |:")
    if len(corner.split()) > _MOST_WORDS_OVER_LABELS or _ends_in_head(corner):
        return None
    found = TimesLine((line.start, line.start + len(corner)), [], [])
    for time in find_periods(text[start:]):
        if text[(found.end - line.start if found.spots else start) : start + time.start].strip(" |"):
            break
        found.times.append(time)
        found.spots.append((line.start + start + time.start, line.start + start + time.end))
    return found


def _ends_in_head(corner: str) -> bool:
    """True for words before times of which the last head a column of values, or a year behind the labels' own head."""
    words = corner.split()
    tails = [" ".join(words[-count:]) for count in range(1, min(_MOST_WORDS_OF_CORNER, len(words) - 1) + 1)]
    if any(_is_of_year(tail) or names_comparator(tail) for tail in tails):
        return True
    last = find_periods(corner)[-1:]
    dated = any(time.expression.form in YEARLY and time.end >= len(corner) for time in last)
    return dated and bool(_corner(corner))


def _corner(text: str) -> int:
    """Where the head of the labels ends that a line begins with; 0 without one."""
    ends = [match.end() for match, _ in zip(_WORD.finditer(text), range(_MOST_WORDS_OF_CORNER), strict=False)]
    told = [
        end for end in ends if any(k in CORNER_KINDS and n >= end for k, n in table_words().column_kinds(text[:end]))
    ]
    return max(told, default=0)


def _timed(found: PeriodMention, line: Line, start: int) -> Head | None:
    """A time that is a year, or a quarter or month without one."""
    said = found.expression
    spot = (line.start + start + found.start, line.start + start + found.end)
    if said.form in YEARLY and said.last is None:
        return Head(spot, found.text, is_year=True)
    if said.year is None and said.last is None and said.form in {"quarter", "month"}:
        return Head(spot, found.text, part=-(said.quarter or 0) or said.month)
    if said.form == "year_end":
        return Head(spot, found.text)
    return None


def _between(line: Line, start: int, end: int) -> list[Head]:
    """The heads between two times: each word that heads a column by itself, else all as one."""
    words = _words(line, start, end)
    if len(words) < _FEWEST_JOINED or all(_is_of_year(word.text) for word in words):
        return words
    spot = (words[0].spot[0], words[-1].spot[1])
    return [Head(spot, _text(line, spot))]


def _words(line: Line, start: int, end: int) -> list[Head]:
    text = line.text[start - line.start : end - line.start]
    words = [match for match in _WORD.finditer(text) if match[0].strip("|")]
    return [Head((start + match.start(), start + match.end()), match[0]) for match in words]


def years_over(heads: Sequence[Head], years: Sequence[Head]) -> list[Head] | None:
    """The year over each head, as the order of the parts and the outturns between them tell; None where it does not.

    The result of a whole year ends that year, or is all that is printed of it.
    """
    if not years or not all(year.is_year for year in years) or any(head.is_year for head in heads):
        return None
    calendar = are_calendar_years(year.text for year in years)
    groups: list[int] = []
    last = 0
    for head in heads:
        place = place_in_year(head.part, calendar) if head.part is not None else _AT_END
        opens = bool(groups) and head.part is not None and place <= last
        groups.append((groups[-1] if groups else 0) + opens)
        last = place if head.part is not None or not table_words().heads_targets(head.text) else last
    return [years[group] for group in groups] if groups and groups[-1] + 1 == len(years) > 1 else None


def are_calendar_years(years: Iterable[str]) -> bool:
    """True for years that are printed as one number: "2019", not "2019/20"."""
    return all("/" not in year and "-" not in year for year in years)


def place_in_year(part: int, calendar: bool) -> int:
    """The place of a `Head.part` in its year: quarters keep theirs, months count from April or January."""
    if part < 0:
        return -part
    return part if calendar else add_months(0, part, -3)[1]


def tail_heads(words: Sequence[Head], count: int) -> list[Head] | None:
    """The words behind the times as so many heads; None where they are not as many."""
    if len(words) < count or (words and not count):
        return None
    if len(words) == count:
        return list(words)
    cuts = itertools.combinations(range(1, len(words)), count - 1)
    ways = [[_joined(words[a:b]) for a, b in itertools.pairwise((0, *cut, len(words)))] for cut in cuts]
    told = [(sum(_heard(head.text) for head in heads), heads) for heads in ways if all(_heard(h.text) for h in heads)]
    return max(told, key=lambda way: way[0])[1] if told else None


def _joined(words: Sequence[Head]) -> Head:
    return Head((words[0].spot[0], words[-1].spot[1]), " ".join(word.text for word in words))


def _heard(text: str) -> int:
    """How many characters of a head are words that head a column."""
    kinds = table_words().column_kinds(text)
    return kinds[0][1] if kinds else len(text) * _is_of_year(text)


def _is_of_year(text: str) -> bool:
    """True for the head of a whole year's result or target."""
    words = table_words()
    kinds = words.column_kinds(text)
    return words.says("outturn", text) or words.says("annual", text) or (bool(kinds) and kinds[0][0] in _OF_YEAR)


def _text(line: Line, spot: Spot) -> str:
    return line.text[spot[0] - line.start : spot[1] - line.start]
