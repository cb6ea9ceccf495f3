"""The little language of `periods.yaml`: patterns over words, turned into expressions over one character a token.

The lexer gives every token of a text one character: a class has a fixed one, every word that a pattern mentions gets
one of its own, all other words share one. A pattern is then an ordinary regular expression, at the cost of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Classes of token, each with its character."""

    MONTH = "M"
    YEAR = "Y"
    PAIR = "P"
    SHORT = "p"
    MULTI = "S"
    NUMBER = "N"
    ORDINAL = "O"
    DATE = "D"
    YEAR_MONTH = "V"
    APOSTROPHE_YEAR = "y"
    QUARTER = "Q"
    NUMBER_WORD = "n"
    ORDINAL_WORD = "t"
    DASH = "-"
    SLASH = "/"
    COMMA = ","
    COLON = ":"
    OPEN = "<"
    CLOSE = ">"
    QUOTE = "'"
    AMPERSAND = "&"
    START = "s"
    STOP = "e"
    WORD = "w"
    OTHER = "x"


CLASS_NAMES: dict[str, Kind] = {
    "month": Kind.MONTH,
    "y4": Kind.YEAR,
    "pair": Kind.PAIR,
    "short": Kind.SHORT,
    "multi": Kind.MULTI,
    "n": Kind.NUMBER,
    "ord": Kind.ORDINAL,
    "date": Kind.DATE,
    "ym": Kind.YEAR_MONTH,
    "yy": Kind.APOSTROPHE_YEAR,
    "q": Kind.QUARTER,
    "num": Kind.NUMBER_WORD,
    "nth": Kind.ORDINAL_WORD,
    "dash": Kind.DASH,
    "slash": Kind.SLASH,
    "comma": Kind.COMMA,
    "colon": Kind.COLON,
    "lp": Kind.OPEN,
    "rp": Kind.CLOSE,
    "quote": Kind.QUOTE,
    "and": Kind.AMPERSAND,
    "start": Kind.START,
    "stop": Kind.STOP,
    "word": Kind.WORD,
    "other": Kind.OTHER,
}

_ITEM = re.compile(r"\s*(?:<(?P<cls>\w+)>|\{(?P<macro>\w+)\}|(?P<word>[a-z0-9]+)|(?P<mark>[()|?*&!~]))")
_FIRST_LITERAL = 0xE000


@dataclass(slots=True)
class Vocabulary:
    """The character of every word that patterns mention; `classed` words belong to a class and cannot be mentioned."""

    classed: frozenset[str] = frozenset()
    literals: dict[str, str] = field(default_factory=dict)

    def literal(self, word: str) -> str:
        """The character of a word, a new one if it has none."""
        if word in self.classed:
            raise ValueError(f"{word!r} belongs to a class; write the class")
        return self.literals.setdefault(word, chr(_FIRST_LITERAL + len(self.literals)))


@dataclass(slots=True, frozen=True)
class Compiled:
    """A pattern ready to match, and the characters it can begin with."""

    expression: re.Pattern[str]
    firsts: frozenset[str]


@dataclass(slots=True)
class _Part:
    """A piece of a pattern being compiled: its expression, what it can begin with, whether it can be empty."""

    text: str
    firsts: frozenset[str] = frozenset()
    empty: bool = False


def compile_pattern(pattern: str, macros: Mapping[str, str], vocabulary: Vocabulary, suffix: str = "") -> Compiled:
    """Compile one pattern.

    Args:
        pattern: The wording.
        macros: What `{NAME}` stands for.
        vocabulary: Words seen so far; new ones are added.
        suffix: Appended to the expression (`$` for patterns matched backwards from a place).

    Raises:
        ValueError: If the pattern is malformed.
    """
    part = _Parser(list(_items(pattern, macros)), vocabulary).whole()
    return Compiled(re.compile(part.text + suffix), part.firsts)


def _items(pattern: str, macros: Mapping[str, str], depth: int = 0) -> Iterable[tuple[str, str]]:
    """The pattern's items as (kind, text), macros replaced."""
    position = 0
    pattern = pattern.rstrip()
    while position < len(pattern):
        match = _ITEM.match(pattern, position)
        if match is None:
            raise ValueError(f"{pattern!r}: cannot read {pattern[position:].strip()!r}")
        position = match.end()
        if name := match["macro"]:
            if name not in macros or depth > 5:
                raise ValueError(f"{pattern!r}: no such macro {name!r}")
            yield "mark", "("
            yield from _items(macros[name], macros, depth + 1)
            yield "mark", ")"
        else:
            assert match.lastgroup is not None  # noqa: S101 - one of the groups matched
            yield match.lastgroup, match[match.lastgroup]


class _Parser:
    """Recursive descent over a pattern's items."""

    def __init__(self, items: list[tuple[str, str]], vocabulary: Vocabulary) -> None:
        self._items = items
        self._at = 0
        self._vocabulary = vocabulary

    def whole(self) -> _Part:
        part = self._choice()
        if self._at < len(self._items):
            raise ValueError("a closing bracket too many")
        return part

    def _peek(self) -> tuple[str, str]:
        return self._items[self._at] if self._at < len(self._items) else ("end", "")

    def _choice(self) -> _Part:
        options = [self._sequence()]
        while self._peek() == ("mark", "|"):
            self._at += 1
            options.append(self._sequence())
        firsts = frozenset().union(*(option.firsts for option in options))
        return _Part("|".join(option.text for option in options), firsts, any(option.empty for option in options))

    def _sequence(self) -> _Part:
        whole = _Part("", empty=True)
        while self._peek()[0] != "end" and self._peek() not in (("mark", "|"), ("mark", ")")):
            part = self._item()
            firsts = whole.firsts | part.firsts if whole.empty else whole.firsts
            whole = _Part(whole.text + part.text, firsts, whole.empty and part.empty)
        return whole

    def _item(self) -> _Part:
        kind, text = self._peek()
        self._at += 1
        if kind == "word":
            return self._repeated(self._single(self._vocabulary.literal(text)))
        if kind == "cls":
            if text not in CLASS_NAMES:
                raise ValueError(f"no such class <{text}>")
            return self._repeated(self._single(CLASS_NAMES[text]))
        if text == "(":
            return self._repeated(self._bracket())
        if text in "&!":
            look = self._bracket_after(text)
            return _Part(f"(?{'=' if text == '&' else '!'}{look.text})", empty=True)
        if text == "~":
            look = self._bracket_after(text)
            return _Part(f"(?<![{''.join(re.escape(one) for one in sorted(look.firsts))}])", empty=True)
        raise ValueError(f"{text!r} stands where a word should")

    def _single(self, character: str) -> _Part:
        return _Part(re.escape(character), frozenset({str(character)}))

    def _bracket_after(self, mark: str) -> _Part:
        if self._peek() != ("mark", "("):
            raise ValueError(f"{mark!r} needs a bracket behind it")
        self._at += 1
        return self._bracket(choice_of_words=mark == "~")

    def _bracket(self, choice_of_words: bool = False) -> _Part:
        if choice_of_words:
            firsts: set[str] = set()
            while self._peek() != ("mark", ")"):
                firsts |= self._item().firsts
            part = _Part("", frozenset(firsts))
        else:
            part = self._choice()
        if self._peek() != ("mark", ")"):
            raise ValueError("a bracket is not closed")
        self._at += 1
        return _Part(f"(?:{part.text})", part.firsts, part.empty)

    def _repeated(self, part: _Part) -> _Part:
        if self._peek() in (("mark", "?"), ("mark", "*")):
            mark = self._peek()[1]
            self._at += 1
            return _Part(f"(?:{part.text}){mark}", part.firsts, empty=True)
        return part
