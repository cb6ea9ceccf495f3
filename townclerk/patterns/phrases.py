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
        (words if lowered[0].isalnum() else signs).add(" ".join(lowered.removesuffix("*").split()), lowered[-1] == "*")
    branches = [rf"(?<!\w){words.expression()}"] if words.below else []
    branches += [signs.expression()] if signs.below else []
    # A pattern without a branch would match everywhere; this one matches nowhere.
    return re.compile("|".join(branches) or r"(?!)")


@dataclass(slots=True)
class _Node:
    """What may follow a run of letters.

    Attributes:
        below: The next letters.
        ends: How the phrase that ends here ends, as an expression; None where none does.
        stem: A phrase with any ending ends here.
    """

    below: dict[str, _Node] = field(default_factory=dict)
    ends: str | None = None
    stem: bool = False

    def add(self, phrase: str, stem: bool) -> None:
        """Take up a phrase with single blanks."""
        node = self
        for letter in phrase:
            node = node.below.setdefault(letter, _Node())
        if stem:
            node.stem = True
        else:
            node.ends = r"(?!\w)" if phrase[-1].isalnum() else ""

    def expression(self) -> str:
        """The branches from here, longer phrases before those they begin with."""
        branches = [
            (r"\s+" if letter == " " else re.escape(letter)) + node.expression() for letter, node in self.below.items()
        ]
        if self.stem:
            branches.append(r"\w*")
        elif self.ends is not None:
            branches.append(self.ends)
        return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
