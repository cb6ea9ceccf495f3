"""Lists of phrases as one expression each: a tree of their letters, which a text is held against once.

An expression with a branch a phrase tries every branch at every letter of a text. Phrases that share their first
letters share them in the tree, and letters are compared as they are: the text is brought to lower case first, once,
because an expression that ignores case compares a hundred times as slowly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field


def lower_as_long(text: str) -> str:
    """A text in lower case, as long as it was, so that places in it are places in the text."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """An expression that finds any of the phrases in lower-case text as whole words, the longest that stands there.

    A blank in a phrase stands for any white space, a final `*` for any ending. No phrase is found in a longer word.

    Args:
        phrases: The phrases, in any case.
    """
    words, signs = _Node(), _Node()
    for phrase in phrases:
        lowered = phrase.lower()
        stem = lowered.endswith("*")
        ends = r"\w*" if stem else r"(?!\w)" if lowered[-1].isalnum() else ""
        (words if lowered[0].isalnum() else signs).add(" ".join(lowered.removesuffix("*").split()), ends)
    found = [rf"(?<!\w){words.expression()}"] if words.below else []
    found += [signs.expression()] if signs.below else []
    # A pattern without a branch would match everywhere; this one matches nowhere.
    return re.compile("|".join(found) or r"(?!)")


def branches(phrases: Iterable[str]) -> str:
    """A choice between phrases to put into an expression, in a group of its own; the longest that fits is tried first.

    A blank stands for any white space. Nothing is asked of what stands before and behind.

    Raises:
        ValueError: If there are none: an empty choice would match everywhere.
    """
    root = _Node()
    for phrase in phrases:
        root.add(phrase, ends="")
    if not root.below:
        raise ValueError("an alternation needs at least one phrase")
    return root.expression()


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

    def expression(self) -> str:
        """The branches from here, longer phrases before those they begin with."""
        ways = [
            (r"\s+" if letter == " " else re.escape(letter)) + node.expression() for letter, node in self.below.items()
        ]
        # Any ending takes in no ending.
        ways += [max(self.ends, key=lambda ends: (ends == r"\w*", ends))] if self.ends else []
        return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
