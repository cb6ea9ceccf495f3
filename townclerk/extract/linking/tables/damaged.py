"""Words of heads that a recogniser damaged, put right by the shapes of their letters: "Tarqet", "Stat Neiqh", "Jan 2l".

Heads are made of few words. One that is none of them, and that one of them alone looks like, is that word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from townclerk.models.digits import has_digit
from townclerk.models.passage import Passage, Piece
from townclerk.patterns.area_words import head_words_of_areas
from townclerk.patterns.table_words import table_words

_PIECE = re.compile(r"[^\W_]+")
_LIKE_DIGITS = str.maketrans("lIi|oO", "111100")
_LIKE_LETTERS = str.maketrans("015", "ols")
_NUMBER = re.compile(r"[lIi|\d][lIi|oO\d]{0,3}")
_SHORTEST, _LONGEST = 3, 20
# What one sign read as one that looks like it counts, and as any other, is lost or put in.
_LOOKS_LIKE, _OTHER = 0.4, 1.0
# What words of so many letters may differ in at most.
_REACH = ((3, 0.4), (5, 0.8), (8, 1.2), (_LONGEST, 2.0))


def mended(text: str, right: frozenset[str]) -> str:
    """A head, or a line of heads, with its damaged words put right.

    Args:
        text: The words as printed.
        right: Words that stand for themselves.
    """
    return _PIECE.sub(lambda found: mended_word(found[0], right), text)


def mended_line(line: Passage, right: frozenset[str]) -> Passage:
    """A line of heads with its damaged words put right, each with the way back to the printed one.

    Args:
        line: The line as printed.
        right: Words that stand for themselves.
    """
    parts: list[Passage] = []
    last = 0
    for found in _PIECE.finditer(line.text):
        word = mended_word(found[0], right)
        if word != found[0]:
            start, end = line.source_span(*found.span())
            parts += [line.slice(last, found.start()), Passage(word, (Piece(0, len(word), start, end),))]
            last = found.end()
    if not parts:
        return line
    return Passage.join([*parts, line.slice(last, len(line.text))], "")


@lru_cache(maxsize=8192)
def mended_word(word: str, right: frozenset[str]) -> str:
    """The word of heads that a word must be, or the word itself.

    Args:
        word: The word as printed.
        right: Words that stand for themselves.
    """
    if has_digit(word):
        if word.isdigit():
            return word
        if _NUMBER.fullmatch(word) is not None:
            return word.translate(_LIKE_DIGITS)
        said = word.lower().translate(_LIKE_LETTERS)
        if has_digit(said):
            return word
    else:
        said = word.lower()
    known = _known()
    if said in known and said != word.lower():
        return _cased(said, word)
    if not _SHORTEST <= len(said) <= _LONGEST or said in known or said in right or said.removesuffix("s") in known:
        return word
    reach = _reach(said)
    lengths = (len(said) - 1, len(said), len(said) + 1) if reach >= _OTHER or _may_run_together(said) else (len(said),)
    others = (other for length in lengths for other in _by_length().get(length, ()))
    near = sorted((cost, other) for other in others if (cost := _difference(said, other)) <= reach)
    if not near or (len(near) > 1 and near[1][0] == near[0][0]):
        return word
    return _cased(near[0][1], word)


def is_head_word(word: str) -> bool:
    """True for a word that heads of columns are made of."""
    return word.lower() in _known()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return table_words().head_words_known | head_words_of_areas()


@lru_cache(maxsize=1)
def _by_length() -> dict[int, list[str]]:
    known = sorted(_known())
    return {length: [word for word in known if len(word) == length] for length in range(_SHORTEST, _LONGEST)}


def _may_run_together(word: str) -> bool:
    return any(pair in word for pair in table_words().run_together)


def _reach(word: str) -> float:
    return next(reach for length, reach in _REACH if len(word) <= length)


def _cased(word: str, printed: str) -> str:
    """A word with a capital where the printed one has one, or has an l where only an I can stand."""
    capital = printed[0].isupper() or not printed[0].isalpha() or (printed[0] == "l" and word[0] == "i")
    return word.capitalize() if capital else word


def _difference(word: str, other: str) -> float:
    """How much of a word must have been misread for it to be another."""
    words = table_words()
    for pair, one in words.run_together.items():
        if pair in word and word.replace(pair, one) == other:
            return _LOOKS_LIKE
    if len(word) != len(other):
        return _OTHER if Levenshtein.distance(word, other, score_cutoff=1) == 1 else 99.0
    alike = words.look_alikes
    return sum(_LOOKS_LIKE if b in alike.get(a, ()) else _OTHER for a, b in zip(word, other, strict=True) if a != b)
