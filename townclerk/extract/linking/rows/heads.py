"""Header lines: a line, or a run of short lines, that is nothing but the heads of columns."""

from __future__ import annotations

import itertools
import re
from bisect import insort
from dataclasses import dataclass

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.tables.ages import age_bands
from townclerk.extract.linking.tables.columns import Column, read_column, settle_numbers
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.digits import has_digit
from townclerk.models.mentions import PeriodExpression
from townclerk.models.passage import Passage
from townclerk.models.spans import is_free
from townclerk.patterns.table_words import NAMING_KINDS, ROLE_KINDS, ColumnKind, table_words

_LEAST_HEADS = 3
# Of two stretches that are understood one may be two heads; the first stands at the front, but for a mark.
_FEWEST_TOLD, _INDENT = 2, 2
# What is left over in a header line may be a word the tables know nothing of, or the group name of the first rows.
_LEAST_COVERED = 0.6
_LONGEST_HEAD = 60
# With blanks between its letters and the number of those that a rank is among.
_LONGEST_PADDED = 3 * _LONGEST_HEAD
_MOST_REMEMBERED = 20_000
_BETWEEN = " |*()."
# "Rank of 11", "Our rank (of 11)"
_OF_SO_MANY = re.compile(r"(?i)\s*\b(rank)\s*\(?\s*(?:of|/|out of)\s*\d{1,3}\s*\)?$")
# "Eng.", "SN avg." end in a word cut short, no sentence.
_SHORTENED = re.compile(r"^(?:\S+\s){0,2}[^\W\d_]{1,5}\.$")
_NAME = re.compile(r"[A-Z][^\W\d_]+")
_LEAST_NAMES = 4
# Kinds of column that stand side by side more often than their words make one head.
_APART = (
    {ColumnKind.ACTUAL, ColumnKind.TARGET},
    {ColumnKind.ACTUAL, ColumnKind.RAG},
    {ColumnKind.TARGET, ColumnKind.RAG},
    {ColumnKind.ACTUAL, ColumnKind.DIRECTION},
    {ColumnKind.ACTUAL, ColumnKind.DATE},
)
_ROLES = ROLE_KINDS | {ColumnKind.IGNORED}


@dataclass(slots=True)
class Header:
    """The heads of columns that the rows below stand under.

    Attributes:
        heads: The stacked texts of each column, top first, from the left.
        columns: What each means. The first is the label's; a reference number's column is part of it.
        paired: The same line read with each time and the role beside it as one head ("Q1 target Q1 actual"), where all
            of them pair; the rows below tell by their number of values which reading is right.
        parts: How many columns behind the labels hold parts of the authority's figure, whose sum stands next to them.
        full: A row below is known to fill every column.
    """

    heads: list[list[Passage]]
    columns: list[Column]
    paired: Header | None = None
    parts: int = 0
    full: bool = False

    @property
    def kinds(self) -> frozenset[ColumnKind]:
        """The kinds of column there are."""
        return frozenset([column.kind for column in self.columns if column.kind is not None])


def make_header(heads: list[list[Passage]], knowledge: Knowledge, *, labelled: bool = False) -> Header:
    """Settle the columns of a header; a first column of labels is put in where none is printed.

    Args:
        heads: The stacked texts of each column.
        knowledge: For places.
        labelled: The first column is known to hold the labels, whatever its head says.
    """
    columns = [read_column(i, [part.text for part in parts], knowledge) for i, parts in enumerate(heads)]
    labels = [c.index for c in itertools.takewhile(lambda column: column.kind in NAMING_KINDS, columns)]
    merged = [parts for i, parts in enumerate(heads) if i not in labels]
    first = heads[labels[-1]] if labels else []
    if not labels and columns and (labelled or _is_corner(columns, knowledge)):
        first, merged = heads[0], heads[1:]
    ordered = [first, *merged]
    settled = [read_column(i, [part.text for part in parts], knowledge) for i, parts in enumerate(ordered)]
    return Header(ordered, settle_numbers(settled))


def _is_corner(columns: list[Column], knowledge: Knowledge) -> bool:
    """True where the first head stands over the labels: words that head nothing, or the one time of the whole table."""
    first = columns[0]
    if first.period is not None and first.kind is None and first.area is None:
        return len(columns) > 1 and all(column.period is None for column in columns[1:])
    return first.holds_values and not is_head(first.head, knowledge)


def is_head(text: str, knowledge: Knowledge) -> bool:
    """True for a text that is a column's head and nothing else: a time, a place, a role, or two of them."""
    if (known := knowledge.heads.get(text)) is not None:
        return known
    told = _is_head(text, knowledge)
    if len(text) <= _LONGEST_HEAD and len(knowledge.heads) < _MOST_REMEMBERED:
        knowledge.heads[text] = told
    return told


def _is_head(text: str, knowledge: Knowledge) -> bool:
    if len(text) > _LONGEST_PADDED:
        return False
    text = without_size(" ".join(knowledge.columns.usual(text).split()))
    if not text or len(text) > _LONGEST_HEAD or (text[-1] in ".!?" and not _SHORTENED.search(text)):
        return False
    if table_words().whole_kind(text) is not None or table_words().worded_kind(text) is not None:
        return True
    spans = _spans(text, knowledge)
    times = [(period.start, period.end) for period in find_periods(text)]
    rest = _without(text, [*spans, *times]) if spans or times else ""
    words = table_words()
    if (spans or times) and (words.says_nothing(rest) or words.whole_kind(rest) or words.worded_kind(rest)):
        # "Result last quarter", "Level a quarter ago", "Now (June 2021)".
        return True
    if has_digit(_without(text, spans)):
        return False
    covered = sum(end - start for start, end in spans)
    if covered >= 0.75 * len(text.replace(" ", "")) and not text.replace(" ", "").replace(",", "").isdigit():
        return True
    place = knowledge.areas.read_cell(text) if any(char.isalpha() for char in text) else None
    return place is not None and (place.end - place.start >= 0.5 * len(text) or len(text.split()) <= 3)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The letters of a text that no span covers, blanks in place of the others."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text.strip(" :.,-–?")


def without_size(head: str) -> str:
    """A head without the number of those that a rank is among: "Our rank (of 11)"."""
    return _OF_SO_MANY.sub(r" \1", head).strip()


def names_labels(text: str) -> bool:
    """True for the head of the column that names the measures."""
    return table_words().names_labels(text)


def _spans(text: str, knowledge: Knowledge) -> list[tuple[int, int]]:
    """Stretches of a text that are times, places or column words, longest first where they overlap."""
    found = [(p.start, p.end) for p in find_periods(text) if _is_dated(p.expression)]
    found.extend((a.start, a.end) for a in knowledge.areas.find(text))
    words = table_words().columns.find(text)
    found.extend((start, end) for _, start, end in words if not _is_two_heads(text[start:end]))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if is_free(kept, start, end):
            insort(kept, (start, end))
    return kept


def _is_two_heads(text: str) -> bool:
    """True for two heads side by side that could be read as one ("Current Target", against "Current target")."""
    first, _, second = text.partition(" ")
    if not second[:1].isupper():
        return False
    kinds = [
        {kind for kind, length in table_words().column_kinds(part) if length == len(part)} for part in (first, second)
    ]
    return any({a, b} in _APART for a in kinds[0] for b in kinds[1])


def _is_dated(said: PeriodExpression) -> bool:
    """False for a time told only by its nearness ("latest month"), whose words may be two heads side by side."""
    named = said.year is not None or said.quarter is not None or said.month is not None
    return named or said.form == "year_to_date" or said.form.startswith("same_")


def _apart_to_date(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Heads with a month and the year to date behind it parted, if the month follows the one before: "Jul Aug YTD"."""
    parted: list[tuple[int, int]] = []
    for start, end in spans:
        first, _, rest = text[start:end].partition(" ")
        stated = find_periods(text[slice(*parted[-1])]) if parted and rest else []
        own = find_periods(first) if stated else []
        behind = find_periods(rest) if own else []
        if behind and behind[0].expression.form == "year_to_date" and behind[0].expression.month is None:
            months = stated[0].expression.month, own[0].expression.month
            if None not in months and ((months[0] or 0) % 12) + 1 == months[1]:
                parted += [(start, start + len(first)), (end - len(rest), end)]
                continue
        parted.append((start, end))
    return parted


def _with_places(text: str, spans: list[tuple[int, int]], knowledge: Knowledge) -> list[tuple[int, int]]:
    """Heads with the places between and behind them that are places only as a head ("National")."""
    if len(spans) < _LEAST_HEADS:
        return spans
    found = list(spans)
    for start, end in itertools.pairwise([spans[0][1], *(at for span in spans[1:] for at in span), len(text)]):
        for word in _NAME.finditer(text, start, end):
            if is_free(found, *word.span()) and knowledge.areas.read_cell(word[0]) is not None:
                insort(found, word.span())
    return found


def _with_names(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Heads with the unknown names that stand between them: a place whose name the recogniser damaged."""
    if len(spans) < _LEAST_NAMES:
        return spans
    found = list(spans)
    for (_, start), (end, _) in itertools.pairwise(spans):
        between = text[start:end].strip(_BETWEEN)
        if between and between[0].isupper() and len(between.split()) <= 3 and not has_digit(between):
            first = text.index(between, start)
            found.append((first, first + len(between)))
    return sorted(found)


def _compound(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Heads with those joined that are one in two: a place's rank, the year of the labels, a role's bracket."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        before = text[joined[-1][0] : joined[-1][1]] if joined else ""
        kinds = [kind for kind, _ in table_words().column_kinds(text[start:end])]
        rank = bool(before) and kinds[:1] == [ColumnKind.RANK] and not table_words().column_kinds(before)
        bracketed = names_labels(before) and bool(find_periods(text[start:end])) and text[start - 1] == "("
        role = text[start - 1 : start] == "(" and _time_or_role(before) == "role"
        if rank or bracketed or role:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def header_line(passage: Passage, knowledge: Knowledge) -> Header | None:
    """Read a line as a row of heads with nothing between them but blanks.

    Args:
        passage: The line.
        knowledge: For places.

    Returns:
        The header; None for a line that is no header.
    """
    text = passage.text
    if text.rstrip().endswith((".", ":", ";")) or "\n" in text:
        return None
    ages = age_bands(text)
    told = [(a, b) for a, b in _spans(text, knowledge) if not any(a < last and first < b for first, last in ages)]
    if len(told) < _FEWEST_TOLD or told[0][0] > _INDENT:
        return None
    spans = _with_names(text, _with_places(text, _apart_to_date(text, told), knowledge))
    if len(spans) < _LEAST_HEADS:
        return None
    reach = spans[-1][1]
    covered = sum(end - start for start, end in spans)
    between = [text[a[1] : b[0]].strip(_BETWEEN) for a, b in itertools.pairwise(spans)]
    if any(between) or covered < _LEAST_COVERED * len(text.replace(" ", "")[:reach]) or len(text) - reach > 50:
        return None
    spans = _compound(text, spans)
    header = make_header([[passage.slice(start, end)] for start, end in spans], knowledge)
    if not _is_told(header):
        return None
    pairs = _pairs(text, spans)
    if pairs:
        header.paired = make_header([[passage.slice(start, end)] for start, end in pairs], knowledge)
    return header


def _pairs(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Heads with every time joined to the role beside it; nothing where one is left over or none pair."""
    joined: list[tuple[int, int]] = []
    waiting: tuple[int, int] | None = None
    for start, end in spans:
        kind = _time_or_role(text[start:end])
        if kind is None:
            if waiting is not None:
                return []
            joined.append((start, end))
        elif waiting is None:
            waiting = (start, end)
        elif _time_or_role(text[slice(*waiting)]) == kind:
            return []
        else:
            joined.append((waiting[0], end))
            waiting = None
    return joined if waiting is None and len(joined) < len(spans) - 1 else []


def _time_or_role(text: str) -> str | None:
    if any(found.end - found.start >= len(text.strip(" ()")) for found in find_periods(text)):
        return "time"
    kinds = table_words().column_kinds(text)
    return "role" if kinds and kinds[0][0] in _ROLES else None


def header_run(lines: list[Passage], knowledge: Knowledge) -> Header | None:
    """Read a run of short lines, one head a line.

    Args:
        lines: The lines, each a head or a name that stands between heads.
        knowledge: For places.
    """
    if len(lines) < _LEAST_HEADS:
        return None
    header = make_header([[part] for line in lines for part in _split_line(line, knowledge)], knowledge)
    return header if _is_told(header) else None


def _split_line(line: Passage, knowledge: Knowledge) -> list[Passage]:
    """The heads of one line of a run: two where the first is about polarity, which goes with no other head."""
    spans = _compound(line.text, _spans(line.text, knowledge))
    first = table_words().column_kinds(line.text[slice(*spans[0])]) if len(spans) > 1 else []
    if first and first[0][0] is ColumnKind.POLARITY:
        cut = spans[1][0]
        return [line.slice(0, len(line.text[:cut].rstrip())), line.slice(cut, len(line.text))]
    return [line]


def _is_told(header: Header) -> bool:
    """True where at least two columns that hold values say what of."""
    values = [c for c in header.columns[1:] if c.holds_values and (c.kind or c.period or c.area)]
    return len(values) >= 1 and len(header.columns) >= _LEAST_HEADS


def is_axis(header: Header) -> bool:
    """True for heads that are only times, with none over the names of rows: as likely the axis of a chart."""
    return not header.heads[0] and all(c.period is not None and c.kind is None for c in header.columns[1:])
