"""Words of a passage as numbers: what phrase matching runs on, with the way back to the characters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from townclerk.patterns.concepts import ConceptFile

_WORD = (
    r"\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:st|nd|rd|th)\b|\d+(?:[.,]\d+)?"
    r"|(?<![^\W\d_])[a-z]\d{1,3}(?!\d)|[^\W\d_]+(?:'[^\W\d_]+)?|[%+<>#*&]|[.,;:!?()•●\n]"
)
_BARE = re.compile(r"[a-z]+(?: [a-z]+)*")
_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "\xa0": " ", "\t": " "}
)
_AGES = re.compile(r"\b(?=[0-9lo-]{0,3}[lo])[1l][0-9lo]-[12l][0-9lo](?=[ -](?:years?|yrs?)\b)")
_AS_DIGITS = str.maketrans("lo", "10")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")

DROPPED = -1
UNKNOWN = 0
NUMBER = 1
_FIRST_WORD = 2
GLUED_LENGTH = 12
"""Words shorter than this are never looked at as several words whose spaces were lost."""


class Token(NamedTuple):
    """One word or sign: its number in the vocabulary and its characters in the passage."""

    word: int
    start: int
    end: int


@dataclass(slots=True)
class Tokens:
    """The words of a passage, dropped words left out; `breaks` are positions (token indexes) where a sentence ends."""

    words: list[int]
    starts: list[int]
    ends: list[int]
    breaks: list[tuple[int, str]]


def plain(text: str) -> str:
    """Lower case, straight quotes, plain dashes; as long as `text`, character for character.

    In a range of ages letters that conversion left for digits are digits again: "16-l8 year olds".
    """
    lowered = text.translate(_SAME_LENGTH).lower()
    if "-" in lowered and ("year" in lowered or "yr" in lowered):
        lowered = _AGES.sub(lambda found: found[0].translate(_AS_DIGITS), lowered)
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_SAME_LENGTH))


class Vocabulary:
    """The words that occur in phrases, each with a number; every form of a word has the same number."""

    def __init__(self, concepts: ConceptFile) -> None:
        self._said = dict(concepts.words)
        self._dropped = frozenset(concepts.dropped)
        self._numbers: dict[str, int] = {}
        self._forms: dict[str, int] = {}
        self._raw: set[str] = set()
        compounds = "|".join(re.escape(compound).replace(r"\ ", r"[\s-]") for compound in concepts.compounds)
        self._token = re.compile(rf"\b(?:{compounds})\b|{_WORD}" if compounds else _WORD)
        self._compound = re.compile(rf"\b(?:{compounds})\b") if compounds else None

    def split(self, text: str) -> list[tuple[str, int, int]]:
        """The words and signs of `text` (already `plain`), each with its span."""
        return [(match[0], *match.span()) for match in self._token.finditer(text)]

    def words(self, text: str) -> list[str]:
        """The words and signs of a phrase; quick for the many that are nothing but words and blanks."""
        if _BARE.fullmatch(text) and not (self._compound and self._compound.search(text)):
            return text.split(" ")
        return [word for word, _, _ in self.split(plain(text))]

    def fold(self, word: str) -> str:
        """The form that stands for `word`: no possessive, no plural, one spelling."""
        if (said := self._said.get(word)) is not None:
            return said
        if word[0].isdigit():
            return word.replace(",", "") if _THOUSANDS.fullmatch(word) else word
        if "'" in word:
            word = word.partition("'")[0]
            if (said := self._said.get(word)) is not None:
                return said
        if len(word) > 2:
            word = _singular(word.replace("-", " "))
        return self._said.get(word, word)

    def learn(self, words: Iterable[str]) -> list[int]:
        """Numbers of a phrase's words, new ones taken up."""
        numbers = []
        for word in words:
            if (known := self._forms.get(word, UNKNOWN)) >= _FIRST_WORD:
                numbers.append(known)
                continue
            form = self.fold(word)
            if form in self._dropped:
                continue
            number = self._numbers.setdefault(form, len(self._numbers) + _FIRST_WORD)
            self._forms[word] = self._forms[form] = number
            if word.isalpha() and len(word) > 1:
                self._raw.update((word, form, form + "s"))
            numbers.append(number)
        return numbers

    def number(self, word: str) -> int:
        """The word's number; `DROPPED`, `NUMBER` for a figure no phrase holds, `UNKNOWN` for any other word."""
        known = self._forms.get(word)
        if known is None:
            form = self.fold(word)
            unseen = NUMBER if word[0].isdigit() else UNKNOWN
            known = DROPPED if form in self._dropped else self._numbers.get(form, unseen)
            if len(self._forms) < 50_000:
                self._forms[word] = known
        return known

    @property
    def known(self) -> frozenset[str]:
        """The words of all phrases, with their plural endings."""
        return frozenset(self._raw)

    def unglue(self, word: str) -> list[str] | None:
        """The words that `word` was run together from, None where it is not made of known words throughout."""
        best: list[tuple[int, int] | None] = [None] * (len(word) + 1)
        best[0] = (0, 0)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 16), end):
                before = best[start]
                if before is None or (end - start < 2) or word[start:end] not in self._raw:
                    continue
                if best[end] is None or before[0] + 1 < best[end][0]:  # type: ignore[index]  # checked on the left
                    best[end] = (before[0] + 1, start)
        if best[-1] is None:
            return None
        pieces: list[str] = []
        end = len(word)
        while end:
            step = best[end]
            if step is None:
                return None
            pieces.append(word[step[1] : end])
            end = step[1]
        return pieces[::-1]


def _singular(word: str) -> str:
    """The word without its plural ending; only ever compared with words treated alike."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us")) and (len(word) < 5 or not word.endswith("is")):
        return word[:-1]
    return word
