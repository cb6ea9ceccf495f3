"""A line of heads read as the rows below it ask: the cut whose columns are as many as the values printed."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.ahead import fillable, month_before
from townclerk.extract.linking.rows.assign import assign
from townclerk.extract.linking.rows.heads import Header, is_axis, is_head, make_header, names_labels
from townclerk.extract.linking.rows.splitting import opens_with_time, ways_to_split
from townclerk.extract.linking.rows.tokens import TokenKind, longest_run, tokens_of
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.spotting.periods import PeriodAnchor, find_periods
from townclerk.models.mentions import PeriodMention
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import ColumnKind, table_words

_WORD = re.compile(r"\S+")
_LONGEST_LINE = 400
_FEWEST_ROWS = 2
_MOST_IN_LABEL = 2
FILLED, NEARLY_FILLED = 2, 1
_FEWEST_PLACES = 3
_FEWEST_PARTS, _LONGEST_HEAD = 2, 4
_OF_VALUES = frozenset({ColumnKind.ACTUAL, ColumnKind.TARGET, ColumnKind.PREVIOUS})
# Columns of words that stand between the labels and the values.
_BEFORE_VALUES = frozenset({ColumnKind.FREQUENCY, ColumnKind.OWNER, ColumnKind.REF, ColumnKind.LABEL})
_LONGEST_UNHEARD, _FEWEST_HEADS = 300, 3
_LEVEL = re.compile(r"\d\s?%|\d\.\d")
_VALUES = re.compile(r"\d[\d,.]*%?\s+\d[\d,.]*%?(?!\S)")


def fitted_header(line: Passage, below: Sequence[Passage], knowledge: Knowledge, anchor: PeriodAnchor) -> Header | None:
    """The heads of a line, cut so that most rows below fill the columns exactly.

    Args:
        line: A line that may be heads.
        below: The lines under it.
        knowledge: For places.
        anchor: When the report was written: rows may leave what was still to come empty.

    Returns:
        The header; None where the line does not begin with the head of the labels, or with the time of a table of
        places ("2018/19 Marlby Harlowshire England"), or no cut fits the rows.
    """
    text = line.text
    if len(text) > _LONGEST_LINE or text.rstrip().endswith((".", ":", ";")) or "\n" in text:
        return None
    labelled = any(map(names_labels, _openings(text)))
    dated = not labelled and opens_with_time(text) and len(find_periods(text)) == 1
    if not labelled and not dated and not _may_head(text, below, knowledge):
        return None
    # The rows below the next line of heads are that line's.
    below = list(itertools.takewhile(lambda row: not opens_table(row.text), below))
    best: tuple[tuple[bool, int], Header] | None = None
    times = find_periods(text)
    for spans in _ways(text, knowledge, labelled=labelled, dated=dated):
        if not labelled and not dated and _heads_values(text[slice(*spans[0])]):
            # "Outturn Q1 Q2": a head over values stands over no labels.
            continue
        if (not labelled and any(_is_cut(time, spans) for time in times)) or _cuts_one_of(times, spans):
            # "Q3 20/21 Q4 20/21": nor does a part of a time.
            continue
        header = make_header([[line.slice(start, end)] for start, end in spans], knowledge, labelled=not labelled)
        if _repeats_time(header) or _joins_sum(header) or (not labelled and _are_times(header)):
            continue
        if labelled and header.columns[0].area is not None:
            # "Measure England average 15/16": the head of the labels took in the first one over values.
            continue
        _settle_polarity(header, below)
        for one in fillable(header, anchor):
            fits = [fill(row, one) for row in below]
            # Without a head of labels only rows that fill the columns to the last value tell that the time is of the
            # table; rows that all have a value too many stand under other heads.
            whole, nearly = fits.count(FILLED), fits.count(NEARLY_FILLED)
            told = whole >= nearly if labelled else whole > nearly and (not dated or _is_of_places(one))
            # Rows that leave what was still to come empty are likelier than any cut that puts values there.
            worth = (one is not header, sum(fits))
            if told and sum(fit > 0 for fit in fits) >= _FEWEST_ROWS and (best is None or worth > best[0]):
                best = worth, replace(one, full=whole > 0)
    if best is not None:
        return best[1]
    earlier = month_before(anchor)
    reached = fitted_header(line, below, knowledge, earlier) if earlier is not None else None
    if reached is not None:
        return reached
    return _of_parts(line, below, knowledge) if labelled else _of_values(line, below, knowledge, anchor)


def _is_cut(time: PeriodMention, spans: Sequence[tuple[int, int]]) -> bool:
    """True where a head begins within a time."""
    return any(time.start < start < time.end for start, _ in spans)


def _cuts_one_of(times: Sequence[PeriodMention], spans: Sequence[tuple[int, int]]) -> bool:
    """True where one of several times that name their year is cut, another like it not: "Q1 22/23 | Q2 | 22/23"."""
    dated = [time for time in times if time.expression.year is not None]
    cut = {time.expression.form for time in dated if _is_cut(time, spans)}
    return bool(cut) and any(time.expression.form in cut and not _is_cut(time, spans) for time in dated)


def _ways(text: str, knowledge: Knowledge, *, labelled: bool, dated: bool) -> list[list[tuple[int, int]]]:
    """The cuts of a line of heads; where words stand before the head of the labels, also with these as part of it."""
    ways = ways_to_split(text, knowledge, unheard=not labelled and not dated)
    if labelled and not _heads_labels(text.split(maxsplit=1)[0]):
        ways += ways_to_split(text, knowledge, unheard=True)
    return ways


def _repeats_time(header: Header) -> bool:
    """True for heads that no table has: the same bare quarter or year twice, torn from "Q2 21/22 Q2 22/23"."""
    bare = [one for one in header.columns if one.period is not None and not (one.kind or one.area or one.unit)]
    said = [one.period.expression for one in bare if one.period is not None and one.head.strip() == one.period.text]
    times = [time for one in said if any(time := (one.year, one.quarter, one.month))]
    return len(set(times)) < len(times)


def _are_times(header: Header) -> bool:
    """True for heads that are times of one kind from the first on, which is then over a value and over no labels."""
    forms = [column.period.expression.form if column.period is not None else "" for column in header.columns]
    return "" not in forms and len(set(forms)) == 1


def _joins_sum(header: Header) -> bool:
    """True for heads of which one joins the last of a run of months and their sum: "Nov-20 | Dec-20 YTD"."""
    for one, other in itertools.pairwise(header.columns[1:]):
        first, last = (find_periods(column.head) for column in (one, other))
        if len(first) != 1 or not last or last[-1].expression.form != "year_to_date":
            continue
        month, summed = first[0].expression.month, last[0].expression.month
        if first[0].expression.form == "month" and month is not None and summed == month % 12 + 1:
            return True
    return False


def _settle_polarity(header: Header, below: Sequence[Passage]) -> None:
    """Take the head before the values for that of "High" and "Low" where these stand in the rows before the values."""
    column = next((one for one in header.columns[1:] if one.kind not in _BEFORE_VALUES), None)
    if len(header.columns) <= _FEWEST_HEADS or column is None or column.period or column.area:
        return
    ways = table_words().ways
    said = [row.text[: found.start()].split() for row in below if (found := _VALUES.search(row.text)) is not None]
    told = sum(bool(words) and words[-1].lower() in ways for words in said)
    if told >= _FEWEST_ROWS and 2 * told > len(said):
        column.kind = ColumnKind.POLARITY


def _of_values(line: Passage, below: Sequence[Passage], knowledge: Knowledge, anchor: PeriodAnchor) -> Header | None:
    """Heads that all stand over values, none over the labels: "Apr May Jun YTD Target", where most rows fill them.

    Read by its words alone, "Jun YTD" would be one head, and each value would stand one column too far left.
    """
    for spans in ways_to_split(line.text, knowledge, labelled=False):
        header = make_header([[line.slice(start, end)] for start, end in spans], knowledge)
        for one in fillable(header, anchor):
            fits = [fill(row, one) for row in below]
            filled = fits.count(FILLED) >= max(_FEWEST_ROWS, fits.count(NEARLY_FILLED) + 1)
            # Times alone may be the axis of a chart; rows that end where the report's own time does stand under them.
            if not one.heads[0] and filled and (one is not header or not is_axis(one)):
                return replace(one, full=True)
    return None


@lru_cache(maxsize=4096)
def has_values(text: str) -> bool:
    """True for a line with two values side by side; every line is asked about from those above it."""
    return _VALUES.search(text) is not None


def opens_table(text: str) -> bool:
    """True for a line of heads that begins with the labels' own."""
    opens = any(map(_heads_labels, _openings(text)))
    return opens and len(text.split()) >= _FEWEST_HEADS and not has_values(text)


def _openings(text: str) -> tuple[str, str, str]:
    """The first word of a line, its first two, its first three: any may be the head of the labels."""
    words = text.split(maxsplit=3)[:3]
    return words[0] if words else "", " ".join(words[:2]), " ".join(words)


def _of_parts(line: Passage, below: Sequence[Passage], knowledge: Knowledge) -> Header | None:
    """Heads of which only the last are understood, behind the names of parts: "Measure Elm Oak Ash Total Target".

    Where one name ends and the next begins nobody can tell; the rows below tell how many there are. Every column of a
    part has all their names for its head.
    """
    text = line.text
    words = [word.span() for word in _WORD.finditer(text)]
    first = max((n for n, opening in enumerate(_openings(text), start=1) if _heads_labels(opening)), default=0)
    known = _known_end(text, words, first, knowledge)
    names = text[words[first][0] : known[0][0] if known else len(text)].rstrip() if first < len(words) else ""
    whole = any(_is_whole_authority(text[slice(*span)], knowledge) for span in known)
    if not names or find_periods(names) or not (whole or table_words().says("part", names)):
        return None
    bare = make_header(
        [[line.slice(words[0][0], words[first - 1][1])], *([line.slice(*span)] for span in known)], knowledge
    )
    runs = [longest_run(tokens_of(row.text, bare)) for row in below]
    counts = Counter(end - start for start, end in runs if end - start > len(known) + 1)
    width = max(counts, key=lambda count: (counts[count], count), default=0)
    parts = width - len(known)
    if counts[width] < _FEWEST_ROWS or not _FEWEST_PARTS <= parts <= len(names.split()):
        return None
    named = line.slice(words[first][0], words[first][0] + len(names))
    heads = [bare.heads[0], *([named] for _ in range(parts)), *([line.slice(*span)] for span in known)]
    return replace(make_header(heads, knowledge, labelled=True), parts=parts)


def _heads_labels(text: str) -> bool:
    """True for the head of the labels and nothing else."""
    return table_words().heads_labels(text)


def _known_end(text: str, words: list[tuple[int, int]], first: int, knowledge: Knowledge) -> list[tuple[int, int]]:
    """The heads at the end of a line that are understood, the longest first."""
    found: list[tuple[int, int]] = []
    last = len(words)
    while last > first:
        cuts = range(max(first, last - _LONGEST_HEAD), last)
        spans = [(words[cut][0], words[last - 1][1]) for cut in cuts]
        place = next((n for n, span in enumerate(spans) if _is_known_end(text[slice(*span)], knowledge)), None)
        if place is None:
            break
        found.insert(0, spans[place])
        last = cuts[place]
    return found


def _is_known_end(text: str, knowledge: Knowledge) -> bool:
    """True for a head, or for the total of the parts; "Total Target", "Council Target" are two of them."""
    words = text.split()
    for cut in range(1, len(words)):
        if _is_whole_authority(words[cut - 1], knowledge) and is_head(" ".join(words[cut:]), knowledge):
            return False
    return is_head(text, knowledge) or text.lower() in table_words().totals


def _is_whole_authority(text: str, knowledge: Knowledge) -> bool:
    """True for the head of the whole authority's values: "Total", "Borough"."""
    place = knowledge.areas.read_cell(text)
    return text.lower() in table_words().totals or (place is not None and place.is_own)


def _heads_values(text: str) -> bool:
    kinds = table_words().column_kinds(text)
    return bool(kinds) and kinds[0][0] in _OF_VALUES and kinds[0][1] == len(text)


def _may_head(text: str, below: Sequence[Passage], knowledge: Knowledge) -> bool:
    """True for a line with the words of several columns, places among them, over rows that end in several values."""
    if len(text) > _LONGEST_UNHEARD or not text[:1].isupper():
        return False
    if sum(map(has_values, [row.text for row in below])) < _FEWEST_ROWS:
        return False
    words = len(table_words().columns.find(text)) + len(find_periods(text))
    return words >= _FEWEST_HEADS or words + len(knowledge.areas.find(text)) >= _FEWEST_HEADS


def _is_of_places(header: Header) -> bool:
    """True for a time over the labels and places, no times, over the values."""
    values = [column for column in header.columns[1:] if column.holds_values]
    placed = sum(column.area is not None for column in values)
    timed = any(column.period is not None for column in values)
    return header.columns[0].period is not None and not timed and placed >= _FEWEST_PLACES


def fill(row: Passage, header: Header) -> int:
    """2 for a row with a value for every column, a comment apart; 1 where a number more ends its label; else 0."""
    tokens = tokens_of(row.text, header)
    first, end = longest_run(tokens)
    commented = any(column.kind is ColumnKind.COMMENT for column in header.columns)
    if end < len(tokens) and not (commented and all(token.kind is TokenKind.TEXT for token in tokens[end:])):
        return 0
    columns = [column for column in header.columns[1:] if column.kind is not ColumnKind.COMMENT]
    columns = columns[worded_columns(columns) :]
    whole = end - first == len(columns)
    over = end - first - len(columns)
    if 0 < over <= _MOST_IN_LABEL and all(ends_label(row.text[t.start : t.end]) for t in tokens[first : first + over]):
        first += over
    if first == 0 or end - first != len(columns) or not any(t.kind is TokenKind.VALUE for t in tokens[first:end]):
        return 0
    if assign(tokens[first:end], header) is None:
        return 0
    return FILLED if whole else NEARLY_FILLED


def worded_columns(columns: Sequence[Column]) -> int:
    """How many columns right of the labels end with one of plain words ("Source"), which no run of values begins in."""
    worded = [number for number, column in enumerate(columns, 1) if column.kind is ColumnKind.OWNER]
    before = len(list(itertools.takewhile(lambda column: not column.holds_values, columns)))
    return max((number for number in worded if number <= before), default=0)


def ends_label(text: str) -> bool:
    """True for what labels end in: a bare number ("aged under 5"), a length or unit ("12m", "days"), "not known".

    No percentage and no decimal is part of a name.

    Args:
        text: A value that a row has more than its columns.
    """
    return _LEVEL.search(text) is None
