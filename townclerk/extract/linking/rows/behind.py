"""What stands behind a value, or below it, without marks between: heads with values of their own, and colours."""

from __future__ import annotations

import re

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.heads import is_head
from townclerk.extract.spotting.figures import read_cell, read_mark
from townclerk.models.digits import has_digit
from townclerk.models.mentions import FigureForm
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import table_words

_WORD = re.compile(r"[^\s|;•·]+")
_LONGEST_HEAD, _MOST_WORDS = 5, 24
_AROUND = "(),"


def is_plain_value(text: str) -> bool:
    """True for a number without a sign, or a mark that stands for one, and nothing else."""
    if not has_digit(text):
        return read_mark(text) is not None
    found = read_cell(text)
    whole = len(found) == 1 and found[0].end - found[0].start >= len(text)
    return whole and found[0].form in {FigureForm.NUMBER, FigureForm.MARK} and not found[0].sign


def facts_of(line: Passage, knowledge: Knowledge) -> list[list[Passage]] | None:
    """A stretch read as heads with one value each, and colours: "AMBER target 90% January 84.2%".

    Args:
        line: The stretch.
        knowledge: For places in heads.

    Returns:
        Head and value of each, a colour or direction alone; None where anything else is said.
    """
    words = [word.span() for word in _WORD.finditer(line.text)]
    return _facts(line, words, knowledge) if len(words) <= _MOST_WORDS else None


def _facts(line: Passage, words: list[tuple[int, int]], knowledge: Knowledge) -> list[list[Passage]] | None:
    if not words:
        return []
    for count in (3, 2, 1):
        said = line.text[words[0][0] : words[min(count, len(words)) - 1][1]].strip(_AROUND).lower()
        marked = count == 1 and len(said) > 1 and said in table_words().marks
        if not (marked or table_words().stands_for_none(said)):
            continue
        rest = _facts(line, words[count:], knowledge)
        if rest is not None:
            return [[_within(line, *words[0])], *rest] if marked else rest
    for count in range(min(_LONGEST_HEAD, len(words) - 1), 0, -1):
        fact = _headed(line, words[: count + 1], knowledge)
        rest = _facts(line, words[count + 1 :], knowledge) if fact is not None else None
        if fact is not None and rest is not None:
            return [fact, *rest] if fact else rest
    return None


def _headed(line: Passage, words: list[tuple[int, int]], knowledge: Knowledge) -> list[Passage] | None:
    """A head and the value behind it, empty for "Target: none"; None for other words."""
    head, value = _within(line, words[0][0], words[-2][1]), _within(line, *words[-1])
    head = head.slice(0, len(head.text.rstrip(" :–-")))
    none = not has_digit(value.text) and table_words().stands_for_none(value.text)
    if not (none or is_plain_value(value.text)) or not is_head(head.text, knowledge):
        return None
    if any(table_words().stands_for_none(word) for word in head.text.split()):
        # "Target none November" is two heads.
        return None
    return [] if none else [head, value]


def _within(line: Passage, start: int, end: int) -> Passage:
    """A stretch without brackets and commas around it."""
    text = line.text[start:end]
    left = len(text) - len(text.lstrip(_AROUND))
    return line.slice(start + left, start + left + len(text.strip(_AROUND)))
