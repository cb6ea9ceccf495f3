"""A line of heads that a conversion ran together, cut into columns: every way that its words allow, by their number.

"Measure Target Q4 20/21 Q1 Q2" can be read as more than one row of heads; the rows below tell which, by how many values
they print.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.heads import is_head, names_labels, without_size
from townclerk.extract.linking.tables.ages import age_bands
from townclerk.extract.spotting.periods import find_periods
from townclerk.extract.spotting.periods.spot import find_whole
from townclerk.models.digits import has_digit
from townclerk.patterns.table_words import ColumnKind, table_words

_WORD = re.compile(r"\S+")
_FEWEST_HEADS = 3
_LONGEST_HEAD, _LONGEST_LINE, _MOST_UNKNOWN = 6, 60, 2
_UNHEARD, _UNKNOWN, _MIXED, _YEAR_FIRST, _LATE_LABEL, _STRAY = 0.1, 1.0, 0.8, 0.4, 0.2, 0.2
_SINCE_THEN, _BARE_YEAR, _BARE_TIME = 0.0, 0.1, 0.02
_LOWER, _LEFT_OVER, _LONG = 0.3, 0.5, 0.1
_YEAR_BEFORE_PLACE, _BESIDE_PLACE = 0.2, 0.25
_DATED_LABEL, _YEAR_OF_COLUMN, _PARTED = 0.05, 0.25, 0.5
_TITLED, _LONGEST_TITLE = 0.3, 6
_USUAL_WORDS = 3
_YEAR_THEN_QUARTER = re.compile(
    r"^\W*(?:fy\s*)?(?:\d{2,4}\s*[/-]\s*\d{2,4}|\d{4})\W+(?:q\s?\d|qtr|quarter)\b", re.IGNORECASE
)
_QUARTER = re.compile(r"(?:Q|Qtr|Quarter)\s?\d", re.IGNORECASE)
_QUARTER_AND_YEAR = re.compile(rf"{_QUARTER.pattern}\W+(?:fy\s*)?\d{{2,4}}(?:\s*[/-]\s*\d{{2,4}})?", re.IGNORECASE)
_FINANCIAL_YEAR = re.compile(r"(?:fy\s*)?\d{2,4}\s*[/-]\s*\d{2,4}", re.IGNORECASE)
_SEVERED, _PLACE_SEVERED = 0.9, 0.15
_YEAR_THEN_MORE = re.compile(r"(?P<year>(?:fy\s*)?\d{2,4}\s*[/-]\s*\d{2,4})\s+(?=[^\W\d_])", re.IGNORECASE)
# Columns that say something of a row's values: their heads stand for themselves.
_OF_VALUES = frozenset(
    {
        ColumnKind.RAG,
        ColumnKind.DIRECTION,
        ColumnKind.COMMENT,
        ColumnKind.POLARITY,
        ColumnKind.OWNER,
        ColumnKind.FREQUENCY,
        ColumnKind.IGNORED,
        ColumnKind.REF,
        ColumnKind.LABEL,
    }
)
_SINCE = re.compile(r"\b(?:from|since|vs?|on|against|to)\b", re.IGNORECASE)

Spans = list[tuple[int, int]]


@dataclass(slots=True)
class _Way:
    """A way to cut the first words of a line: its cost, its unknown words, the heads."""

    cost: float
    unknown: int
    spans: Spans


def ways_to_split(text: str, knowledge: Knowledge, *, unheard: bool = False, labelled: bool = True) -> list[Spans]:
    """For each number of columns the best cut of a line of heads, the least odd first; none where the line is none.

    Args:
        text: A line of heads.
        knowledge: For places.
        unheard: The head of the labels may be any words ("How we will know"); all others must then be understood.
        labelled: The first head is that of the labels; else it stands over values as the others do.

    Returns:
        Spans of the heads in the line.
    """
    words = [word.span() for word in _WORD.finditer(text)]
    if not 3 <= len(words) <= _LONGEST_LINE:
        return []
    places = [(place.start, place.end) for place in knowledge.areas.find(text)]
    ages = age_bands(text)
    # A year behind the head of the labels is the whole table's only where the columns have no times of their own.
    dated = _DATED_LABEL if len(find_periods(text)) == 1 else _YEAR_OF_COLUMN
    best: list[dict[int, _Way]] = [{} for _ in range(len(words) + 1)]
    best[0][0] = _Way(0.0, 0, [])
    for start in range(len(words)):
        if not best[start]:
            continue
        cut = words[start][0]
        torn = start and _is_pair(text, words, start)
        parted = _PARTED if torn or any(first < cut < last for first, last in places) else 0.0
        for end in range(start + 1, min(len(words), start + _LONGEST_HEAD) + 1):
            span = (words[start][0], words[end - 1][1])
            if any(span[0] < last and first < span[1] and span != (first, last) for first, last in ages):
                continue
            first = dated if start == 0 and labelled else None
            cost = 0.0 if span in ages else _cost(text[slice(*span)], knowledge, first)
            if cost is None and unheard:
                if start or has_digit(text[slice(*span)]):
                    continue
                cost = _UNHEARD * (end - start)
            unknown = cost is None
            if cost is None:
                if start == 0 or end > start + 1 or not text[span[0]].isupper():
                    continue
                cost = _UNKNOWN
            year = _FINANCIAL_YEAR.fullmatch(text, *span) is not None
            for heads, way in best[start].items():
                severed = _severed(text, way.spans[-1], places) if year and way.spans else 0.0
                made = _Way(way.cost + cost + parted + severed, way.unknown + unknown, [*way.spans, span])
                held = best[end].get(heads + 1)
                if made.unknown <= _MOST_UNKNOWN and (held is None or made.cost < held.cost):
                    best[end][heads + 1] = made
    ways = [way for heads, way in best[len(words)].items() if heads >= _FEWEST_HEADS]
    return [_with_years_alike(text, way.spans) for way in sorted(ways, key=lambda way: way.cost)]


def _severed(text: str, before: tuple[int, int], places: Spans) -> float:
    """How odd a year is as a head behind another: "Q2 | 21/22" are one, and, more mildly, "England | 2015/16"."""
    if _QUARTER.fullmatch(text, *before):
        return _SEVERED
    return _PLACE_SEVERED if before in places else 0.0


def _with_years_alike(text: str, spans: Spans) -> Spans:
    """Heads with the year between a quarter and a role given to the quarter, as in most: "Q1 22/23 Q2 22/23 Target"."""
    parts = [text[slice(*span)] for span in spans]
    dated = sum(_QUARTER_AND_YEAR.fullmatch(part) is not None for part in parts)
    bare = sum(_QUARTER.fullmatch(part) is not None for part in parts)
    if not dated or bare > dated:
        return spans
    alike = list(spans)
    for place, (first, second) in enumerate(itertools.pairwise(parts)):
        year = _YEAR_THEN_MORE.match(second)
        if year is not None and _QUARTER.fullmatch(first) is not None:
            start = alike[place + 1][0]
            alike[place] = (alike[place][0], start + year.end("year"))
            alike[place + 1] = (start + year.end(), alike[place + 1][1])
    return alike


def _cost(text: str, knowledge: Knowledge, dated: float | None) -> float | None:
    """How odd a stretch is as one head; None where it is none. `dated`: of a first head with a time, None elsewhere."""
    text = without_size(text)
    if names_labels(text) and _is_whole(text):
        return 0.0 if dated is not None else _LATE_LABEL
    if dated is not None and names_labels(text) and _is_dated_label(text):
        return dated
    titled = dated is not None and opens_with_time(text) and find_periods(text)[0].end >= len(text.rstrip(" )"))
    # "Statistical neighbours 2018/19" is a title over the labels, "Measure Statistical neighbours 2018/19" two heads.
    if dated is not None and titled and not (names_labels(text) and knowledge.areas.find(text)):
        return dated + (0.0 if find_periods(text)[0].start <= 1 else _TITLED)
    if dated is not None or not (is_head(text, knowledge) or _is_whole(text) or _is_one_time(text)):
        return None
    oddness = _oddness(text, knowledge)
    if oddness is None:
        return None
    cost = _YEAR_FIRST if _YEAR_THEN_QUARTER.match(text) else 0.0
    cost += _STRAY if text[0] in "(&-/" or text.count("(") != text.count(")") else 0.0
    cost += _LOWER if text[0].islower() else 0.0
    cost += _LONG * max(0, len(text.split()) - _USUAL_WORDS)
    return cost + oddness + (_LEFT_OVER if _SINCE.match(text) else 0.0)


def head_cost(text: str, knowledge: Knowledge) -> float | None:
    """How odd a text is as the one head of a column; None where it is none."""
    return _cost(text, knowledge, None)


def _is_dated_label(text: str) -> bool:
    """True for the head of the labels with the year of the whole table behind it: "Indicators 2010/11"."""
    times = find_periods(text)
    ends = len(times) == 1 and times[0].start > 0 and times[0].end >= len(text.rstrip(" )"))
    return ends and _is_whole(text[: times[0].start].rstrip(" (-–,"))


def opens_with_time(text: str) -> bool:
    """True for a line that begins with a year, or with a few words of a title and a year: the time of a whole table."""
    opening = " ".join(text.split(maxsplit=_LONGEST_TITLE)[:_LONGEST_TITLE])
    # No year is told without a digit.
    found = find_periods(opening) if has_digit(opening) else []
    times = [time for time in found if time.expression.year is not None]
    if not times:
        return False
    title = text[: times[0].start].strip(" (-–,")
    return not has_digit(title) and (not title or title[0].isupper())


def _is_one_time(text: str) -> bool:
    """True for a time and nothing else, also one told by its nearness ("Latest quarter") or length ("12 months")."""
    times = find_periods(text) or [whole for whole in (find_whole(text),) if whole and text[0].isdigit()]
    return len(times) == 1 and times[0].end - times[0].start >= len(text)


def _is_pair(text: str, words: Spans, place: int) -> bool:
    """True for a word that no cut parts from the one before it: "Performance measure", a month and its year.

    In "Oct 16 Nov 16" no head begins with the first 16, in "Dec Jan 12 months" one does with the 12, and in
    "Jan Feb 2007/08" the financial year is a head of its own.
    """
    pair = text[words[place - 1][0] : words[place][1]]
    if not pair[-1].isdigit():
        return names_labels(pair) and _is_whole(pair)
    after = text[words[place][0] : words[min(place + 1, len(words) - 1)][1]]
    return "/" not in pair and _is_month(pair) and find_whole(after) is None


def _is_month(text: str) -> bool:
    """True for one month and nothing else, with or without its year."""
    return not text[0].isdigit() and _is_one_time(text) and find_periods(text)[0].expression.month is not None


def _is_whole(text: str) -> bool:
    kinds = table_words().column_kinds(text)
    return bool(kinds) and kinds[0][1] >= len(text.strip(" .:*|"))


def _oddness(text: str, knowledge: Knowledge) -> float | None:
    """How seldom one head joins what a stretch names; None for two times, two places, two roles."""
    if _is_whole(text):
        return 0.0
    times = find_periods(text)
    places = knowledge.areas.find(text)
    if len(times) > 1 or len(places) > 1:
        return None
    rest = text
    named = [(time.start, time.end) for time in times] + [(place.start, place.end) for place in places]
    for start, end in sorted(named, reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    rest = " ".join(rest.split()).strip(" ()")
    kinds = [kind for kind, _ in table_words().column_kinds(rest)] if rest else []
    if len(table_words().columns.find(rest)) > 1 and not _is_whole(rest):
        return None
    if kinds[:1] == [ColumnKind.DATE] and times:
        # "Jan | 12 months", not "Jan 12 | months".
        return _MIXED
    if kinds and kinds[0] in _OF_VALUES:
        since = kinds[0] is ColumnKind.DIRECTION and bool(times) and _SINCE.search(rest)
        return _SINCE_THEN if since else _MIXED
    if not rest and len(times) == 1 and not places:
        return _BARE_YEAR if times[0].expression.form in {"financial_year", "short_year"} else _BARE_TIME
    # "SN 20/21" more often than "20/21 SN"; words beside a place's name are likelier another's.
    # "Marlby rank" is one head, "Marlby Our rank" are likelier two.
    if places and kinds[:1] == [ColumnKind.RANK] and len(rest.split()) > 1:
        return _MIXED
    left_over = 0.0 if not places or table_words().says_nothing(rest) or kinds else _BESIDE_PLACE * len(rest.split())
    return left_over + (_YEAR_BEFORE_PLACE if places and times and times[0].start < places[0].start else 0.0)
