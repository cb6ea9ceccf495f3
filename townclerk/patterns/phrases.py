"""Lists of phrases as one expression each: a tree of their letters, which a text is held against once.

An expression with a branch a phrase tries every branch at every letter of a text. Phrases that share their first
letters share them in the tree, and letters are compared as they are: the text is brought to lower case first, once,
because an expression that ignores case compares a hundred times as slowly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated

import ahocorasick
from pydantic import BeforeValidator


def lower_as_long(text: str) -> str:
    """A text in lower case, as long as it was, so that places in it are places in the text."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


_LONG = 6
"""Letters of a phrase that is nothing but itself with a number behind it ("Target90%")."""


def any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """An expression that finds any of the phrases in lower-case text as whole words, the longest that stands there.

    A blank in a phrase stands for any white space, a final `*` for any ending. No phrase is found in a longer word, but
    a number may have run into the end of a long one.

    Args:
        phrases: The phrases, in any case.
    """
    words, signs = _Node(), _Node()
    for phrase in phrases:
        lowered = phrase.lower()
        stem = lowered.endswith("*")
        ends = r"\w*" if stem else _behind(lowered)
        (words if lowered[0].isalnum() else signs).add(" ".join(lowered.removesuffix("*").split()), ends)
    found = [rf"(?<!\w){words.expression()}"] if words.below else []
    found += [signs.expression()] if signs.below else []
    # A pattern without a branch would match everywhere; this one matches nowhere.
    return re.compile("|".join(found) or r"(?!)")


def _any_of(phrases: object) -> re.Pattern[str]:
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in phrases):
        raise ValueError("no list of phrases")
    return any_phrase(phrases)


PhraseFinder = Annotated[re.Pattern[str], BeforeValidator(_any_of)]
"""A list of phrases, made an expression for any of them in lower-case text as the file is read."""


def _behind(phrase: str) -> str:
    """What must follow a phrase: no letter or digit; a long word is known where a number has run into it, too."""
    if not phrase[-1].isalnum():
        return ""
    return r"(?![^\W\d])" if len(phrase) >= _LONG and phrase[-1].isalpha() else r"(?!\w)"


def branches(phrases: Iterable[str], blank: str = r"\s+") -> str:
    """A choice between phrases to put into an expression, in a group of its own; the longest that fits is tried first.

    A blank stands for `blank`: any white space. Nothing is asked of what stands before and behind.

    Raises:
        ValueError: If there are none: an empty choice would match everywhere.
    """
    root = _Node()
    for phrase in phrases:
        root.add(phrase, ends="")
    if not root.below:
        raise ValueError("an alternation needs at least one phrase")
    return root.expression(blank)


class PhraseSet:
    """Phrases of which all are found that stand in a text, those inside one another too, in one pass.

    Case does not count, any white space stands for a blank, and a phrase is not found inside a longer word; but one
    that ends in a digit may have the next word glued to it.

    Args:
        phrases: The phrases; they are told apart by their place in the sequence.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        places: dict[str, list[int]] = {}
        for place, phrase in enumerate(phrases):
            places.setdefault(" ".join(phrase.lower().split()), []).append(place)
        self._seen: dict[str, tuple[tuple[int, int, int], ...]] = {}
        self._automaton = ahocorasick.Automaton()
        for folded, held in places.items():
            self._automaton.add_word(folded, (len(folded), held))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """The place in the sequence, the start and the end of every phrase in a text, in the order of the sequence."""
        if (known := self._seen.get(text)) is not None:
            return list(known)
        found = self._found(text)
        if len(text) <= _LONGEST_REMEMBERED and len(self._seen) < _MOST_REMEMBERED:
            self._seen[text] = tuple(found)
        return found

    def stands_in(self, text: str) -> bool:
        """True where any of the phrases stands in a text."""
        known = self._seen.get(text)
        return bool(self.find(text) if known is None else known)

    def _found(self, text: str) -> list[tuple[int, int, int]]:
        lowered = lower_as_long(text)
        folded = _SPACES.sub(" ", lowered)
        found: list[tuple[int, int, int]] = []
        for last, (length, places) in self._automaton.iter(folded):
            start, end = last + 1 - length, last + 1
            if _stands_alone(folded, start, end):
                found.extend((place, start, end) for place in places)
        if len(folded) != len(lowered) and found:
            origins = _origins(lowered)
            found = [(place, origins[start], origins[end - 1] + 1) for place, start, end in found]
        return sorted(found)


_SPACES = re.compile(r"\s+")
_LONGEST_REMEMBERED, _MOST_REMEMBERED = 80, 20_000


def _stands_alone(text: str, start: int, end: int) -> bool:
    """True where no letter or digit runs on from a stretch of text, or into it."""
    if start and text[start].isalnum() and _is_of_a_word(text[start - 1]):
        return False
    last, behind = text[end - 1], text[end : end + 1]
    return not (behind.isdecimal() if last.isdecimal() else last.isalnum() and _is_of_a_word(behind))


def _is_of_a_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _origins(text: str) -> list[int]:
    """For each letter of a text whose white space is single, its place in the text."""
    places = range(len(text))
    return [place for place in places if not (text[place].isspace() and place and text[place - 1].isspace())]


@dataclass(slots=True)
class _Node:
    """What may follow a run of letters.

    Attributes:
        below: The next letters.
        ends: What must follow the phrases that end here, as expressions.
    """

    below: dict[str, _Node] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)

    def add(self, phrase: str, ends: str) -> None:
        """Take up a phrase with single blanks."""
        node = self
        for letter in phrase:
            node = node.below.setdefault(letter, _Node())
        node.ends.add(ends)

    def expression(self, blank: str = r"\s+") -> str:
        """The branches from here, longer phrases before those they begin with."""
        ways = [
            (blank if letter == " " else re.escape(letter)) + node.expression(blank)
            for letter, node in self.below.items()
        ]
        # Any ending takes in no ending.
        ways += [max(self.ends, key=lambda ends: (ends == r"\w*", ends))] if self.ends else []
        return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
