"""Facts in printed lines: a label and the value, or the words, that stand beside or below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.heads import is_head, names_labels
from townclerk.extract.linking.rows.splitting import ways_to_split
from townclerk.extract.linking.tables.columns import ASIDE
from townclerk.extract.linking.tables.openings import value_before_remark
from townclerk.extract.linking.tables.selfheaded import head_end
from townclerk.extract.spotting.figures import read_cell, read_mark
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.digits import has_digit
from townclerk.models.mentions import FigureForm
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import table_words

_APART = re.compile(r"\t+|\s+[|·•]\s+|\s{3,}")
# What parts a label from what stands behind it.
COLON = re.compile(r"\s*:\s+|\s+[–—-]\s+")
# What stands before a label in a row of them: "Q4: 20.9% Target: 20% Status: Amber".
_BEFORE_LABEL = re.compile(r"(?<=[\w%)–-])\s+(?=(?:[^\W\d_][^\s:]*\s?){1,3}(?:\d{2}(?:\d\d)?[/-]\d{2}(?:\d\d)?)?:\s)")
_WORD = re.compile(r"\S+")
_SHARE = re.compile(r"\d\s?%")
_LONGEST_LABEL, _LONGEST_WORDED, _LONGEST_VALUE = 7, 40, 24
_FEWEST, _LONGEST_HEADS = 3, 160
# One stretch has a start and an end.
_BOUNDS_OF_ONE = 2


@dataclass(slots=True)
class Fact:
    """A label and what it says; `known` where the label's words are understood, `valued` where a value stands by it."""

    label: Passage
    value: Passage
    known: bool
    valued: bool


def facts_at(line: Passage, below: Passage | None, knowledge: Knowledge) -> tuple[list[Fact], int] | None:
    """The facts of a line, or of a label and the value on the line below it, and the number of lines they take.

    Args:
        line: A printed line.
        below: The next one, if there is one.
        knowledge: For places in labels and the measures that lines name.

    Returns:
        None where the line tells no fact.
    """
    if below is not None and (facts := _under_heads(line, below, knowledge)):
        return facts, 2
    parts = _cut(line)
    if len(parts) > 1:
        told = [fact for part in parts if (fact := _fact(part, knowledge)) is not None]
        if len(told) == len(parts):
            return told, 1
    if (fact := _fact(line, knowledge)) is not None:
        return [fact], 1
    if below is not None and _is_label(line.text) and is_value(below.text) and not is_value(line.text):
        if knowledge.names_measure(line.text):
            return None
        return [Fact(line, below, is_known(line.text, knowledge), valued=True)], 2
    if below is not None and is_known(line.text, knowledge) and says(below.text):
        return [Fact(line, below, known=True, valued=False)], 2
    return None


def _under_heads(line: Passage, below: Passage, knowledge: Knowledge) -> list[Fact]:
    """The facts of a line of heads ("This month Last month Target") and the line of as many values below it."""
    words = below.text.split()
    if len(words) < _FEWEST or len(line.text) > _LONGEST_HEADS or not all(map(is_value, words)):
        return []
    values = [below.slice(*word.span()) for word in _WORD.finditer(below.text)]
    for spans in ways_to_split(line.text, knowledge, labelled=False):
        heads = [line.slice(start, end) for start, end in spans]
        if len(heads) != len(values) or all(find_periods(head.text) for head in heads):
            continue
        if all(is_known(head.text, knowledge) for head in heads):
            return [Fact(head, value, known=True, valued=True) for head, value in zip(heads, values, strict=True)]
    return []


def _cut(line: Passage) -> list[Passage]:
    """The stretches of a line that a wide gap parts, or each of a row of labels with a colon and their values."""
    bounds = [0, *(at for gap in _APART.finditer(line.text) for at in gap.span()), len(line.text)]
    if len(bounds) == _BOUNDS_OF_ONE and ":" in line.text:
        bounds[1:1] = [at for gap in _BEFORE_LABEL.finditer(line.text) for at in gap.span()]
    if len(bounds) == _BOUNDS_OF_ONE:
        return [line] if line.text.strip() else []
    spans = zip(bounds[::2], bounds[1::2], strict=True)
    return [line.slice(a, b) for a, b in spans if line.text[a:b].strip()]


def _fact(part: Passage, knowledge: Knowledge) -> Fact | None:
    """A label and its value or words in one line; None for another line."""
    text = part.text
    colon = COLON.search(text)
    if colon is not None and colon.end() < len(text):
        head, said = text[: colon.start()], text[colon.end() :]
        label, value = part.slice(0, colon.start()), part.slice(colon.end(), len(text))
        if is_value(said):
            usable = _is_label(head) and not knowledge.names_measure(head)
            return Fact(label, value, is_known(head, knowledge), valued=True) if usable else None
        told = says(said) and _is_label(head) and not knowledge.names_measure(head)
        plain = heads_explanation(head) or not has_digit(said)
        if told or (plain and is_known(head, knowledge) and len(said.split()) <= _LONGEST_WORDED):
            return Fact(label, value, known=True, valued=False)
    before, _, last = text.rpartition(" ")
    if before and is_value(last) and not ends_in_time(text):
        head = before.rstrip(" :")
        if is_known(head, knowledge):
            return Fact(part.slice(0, len(head)), part.slice(len(text) - len(last), len(text)), known=True, valued=True)
    end = head_end(text)
    if 0 < end < len(text) and is_known(text[:end], knowledge) and (says(text[end:]) or heads_explanation(text[:end])):
        start = end + len(text[end:]) - len(text[end:].lstrip(" :–-?"))
        return Fact(part.slice(0, end), part.slice(start, len(text)), known=True, valued=False)
    return None


def _is_label(text: str) -> bool:
    words = text.split()
    return bool(words) and len(words) <= _LONGEST_LABEL and any(c.isalpha() for c in text) and text[-1] not in ".!;,"


def ends_in_time(text: str) -> bool:
    """True for words of which a time stands last."""
    return any(found.end >= len(text.rstrip(" )")) for found in find_periods(text))


@lru_cache(maxsize=8192)
def is_value(text: str) -> bool:
    """True for one number or mark and nothing else but a remark on it that tells no other value."""
    # A line is asked about as the one below another, and as one itself.
    end = value_before_remark(text)
    if end and _SHARE.search(text, end):
        return False
    text = text[: end or len(text)].strip()
    if not has_digit(text):
        return read_mark(text) is not None
    figures = read_cell(text) if len(text) <= _LONGEST_VALUE else []
    if len(figures) != 1 or figures[0].form not in {FigureForm.NUMBER, FigureForm.MARK}:
        return False
    return figures[0].end - figures[0].start >= len(text) - 2 and not ends_in_time(text)


def is_known(label: str, knowledge: Knowledge) -> bool:
    """True for a label that is the head of a column: a time, a place, a role, "On target?"."""
    return is_head(label.rstrip(" ?:"), knowledge)


def says(text: str) -> bool:
    """True for words that say a direction, a status, which way is good or how often, and nothing else."""
    said = " ".join(text.lower().split()).strip(" :.–-?")
    words = table_words()
    known = (words.marks, words.polarity, words.judgements, words.statuses, words.frequencies, words.no_value)
    return any(said in texts for texts in known) or said in {"yes", "no"}


def heads_name(head: str) -> bool:
    """True for the head of a measure's name; "Definition" heads what explains it."""
    return names_labels(head) and not table_words().explains(head)


def heads_explanation(head: str) -> bool:
    """True for the head of words about a measure: what it means, where its data come from, who looks after it."""
    kinds = table_words().column_kinds(head)
    return bool(kinds) and kinds[0][0] in ASIDE and not heads_name(head)


def explains(line: str) -> bool:
    """True for a line that says what a measure means: "Definition: referrals that follow another"."""
    head = line.partition(":")[0]
    return head != line and table_words().explains(head)
