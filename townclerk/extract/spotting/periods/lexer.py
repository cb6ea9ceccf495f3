"""Text to tokens: each with its class, its place and what it stands for; damage from conversion is read through."""

from __future__ import annotations

import re
from collections.abc import Iterable

from townclerk.extract.spotting.periods.grammar import Kind, Vocabulary
from townclerk.extract.spotting.periods.mend import mend
from townclerk.extract.spotting.periods.shapes import READERS, Token
from townclerk.patterns.period_words import PeriodWords

_DASH = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_DASHES = rf"\-{_DASH[1:]}"  # for use inside a character class
_QUOTES = "'‘’`\u00b4\""
_DATED = re.compile(rf"\s?[{_DASHES}'’]\d\d(?!\d)|\s(?:19|20)\d\d(?!\d)")
_MARKS = {
    "/": Kind.SLASH,
    ",": Kind.COMMA,
    ":": Kind.COLON,
    "(": Kind.OPEN,
    ")": Kind.CLOSE,
    "[": Kind.OPEN,
    "]": Kind.CLOSE,
    "&": Kind.AMPERSAND,
    **dict.fromkeys(_DASH, Kind.DASH),
    **dict.fromkeys(_QUOTES + "“”", Kind.QUOTE),
}
_LONG_NAME, _LONGEST_NAME = 6, 9
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+$")
_LONGEST_CODE = 3
_MOST_REMEMBERED = 20_000

_Meant = tuple[str, int, str, bool]
"""What a word stands for: the class, the number, the word with damage undone, and whether there was damage."""


def _token_expression(months: Iterable[str]) -> re.Pattern[str]:
    """The expression that cuts a text into tokens; a month's name may carry a stop ("Sept. 2018").

    Blanks and plain words, of which a text is made for the most part, are told first.
    """
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    # "2014 - 12 March 2014" is no pair of years: the second number is a day.
    no_day = rf"(?!(?:st|nd|rd|th)?\s?(?i:{names})\w*\s?(?:19|20)\d\d)"
    return re.compile(
        rf"""
        (?=[^ ])(?:
        (?P<plain>(?![QqRr])[^\W\d_]++(?!\.))
      | (?P<iso>(?<![\d/])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-\d\d(?!\d))
      | (?P<dmy>(?<![\d/.])\d{{1,2}}(?P<mark>[/.{_DASHES}])\d{{1,2}}(?P=mark)(?:(?:19|20)\d\d|\d\d)(?![\d/]))
      | (?P<pair>(?<![\d/.,£])(?:(?:19|20)\d\d\s?[/{_DASHES}]\s?(?:(?:19|20)\d\d|\d\d|\d\s\d)
            |(?<!from\s)(?<!between\s)(?:19|20)\d\d\sto\s(?:19|20)\d\d)
            (?![\d/%]|[{_DASHES}]\d|\.\d){no_day})
      | (?P<six>(?<=[Qq][1-4][ _-])20\d{{4}}(?!\d))
      | (?P<run>(?<![\d/.,£])20\d\d[1Il|]\d\d(?![\d/%.,]))
      | (?P<cut>(?<![\d/.,£])20\d\d[/{_DASHES}]\d(?![\d/%]|[.,{_DASHES}]\d|\s?\d))
      | (?P<my>(?<![\d/.])(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?![\d/]))
      | (?P<short>(?:(?<=[Qq][1-4][/{_DASHES}])|(?<![\d/.,£{_DASHES}]))
            \d\d\s?[/{_DASHES}]\s?\d\d(?![\d/%]|[{_DASHES}]\d|\.\d))
      | (?P<other>[£$]?\d[\d,]*\.\d[\d.]*\s?%?|\d{{1,3}}(?:,\d{{3}})+|£\d+|\d+\s?%|[<>]\s?\d+)
      | (?P<ord>\d{{1,2}}(?:st|nd|rd|th)\b)
      | (?P<q>\b[Qq]\s?[1-4](?![\d.%]))
      | (?P<yy>[{_QUOTES}]\d\d(?!\d))
      | (?P<digits>\d+)
      | (?P<r12>\b[Rr]\s?12\s?[Mm]?\b)
      | (?P<word>\b(?i:{names})\.(?=\s?['’]?\d)|[^\W\d_]+)
      | (?P<gap>\t|\n\s*\n|\f)
      | (?P<mark2>[^\s\w])
        )
        """,
        re.VERBOSE,
    )


class Lexer:
    """Makes tokens with the words of `periods.yaml`."""

    def __init__(self, words: PeriodWords, vocabulary: Vocabulary) -> None:
        self._months = {name: number for number, names in words.months.items() for name in names}
        self._damaged_months = frozenset(words.damaged_months)
        self._everyday = frozenset(words.everyday_months)
        self._numbers = words.numbers
        self._ordinals = words.ordinals
        self._damaged = words.damaged_words
        self._short_forms = words.abbreviations
        self._damaged_quarters = words.damaged_quarters
        self._vocabulary = vocabulary
        self._expression = _token_expression(self._months)
        self._seen: dict[str, _Meant] = {}
        self._holed = {
            (name[:at], name[at + 1 :]): number
            for name, number in self._months.items()
            if len(name) >= _LONG_NAME
            for at in range(len(name))
        }

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, between a START and a STOP."""
        mended, changed = mend(text)
        found = [Token(Kind.START, 0, 0)]
        found += map(self._token, self._expression.finditer(mended))
        for place in changed:
            for token in found:
                token.repaired = token.repaired or token.start <= place < token.end
        found.append(Token(Kind.STOP, len(text), len(text)))
        return found

    def _token(self, match: re.Match[str]) -> Token:
        group = match.lastgroup or "mark2"
        start, end = match.span()
        text = match[0]
        if group in ("plain", "word"):
            kind, first, word, repaired = self._seen.get(text) or self._look_at(text, match.string, end)
            return Token(kind, start, end, first, 0, 0, word, repaired)
        if group == "digits" and start and match.string[start - 1].isalpha() and self._is_code(match.string, start):
            return Token(Kind.OTHER, start, end)
        if group in ("mark2", "mark"):
            return Token(_MARKS.get(text, Kind.OTHER), start, end)
        token = READERS[group](text) or Token(Kind.OTHER, 0, 0)
        if group == "r12":
            token = Token(self._vocabulary.literal("r12m"), 0, 0, first=12, word="r12m")
        token.start, token.end = start, end
        return token

    def _is_code(self, text: str, end: int) -> bool:
        """True for the letters of a reference right before its number: "F3 November's figure" is of no third."""
        letters = _LETTERS_BEFORE.search(text, max(0, end - _LONGEST_CODE - 1), end)
        if letters is None or not letters[0].isupper() or len(letters[0]) > _LONGEST_CODE:
            return False
        return letters[0].lower() not in self._vocabulary.literals and letters[0].lower() not in self._months

    def _look_at(self, text: str, whole: str, end: int) -> _Meant:
        """What a word stands for; all but those that hang on what stands behind them are remembered."""
        meant, dated = self._word(text, dated=False), self._word(text, dated=True)
        if meant != dated:
            return dated if _DATED.match(whole, end) is not None else meant
        if len(self._seen) < _MOST_REMEMBERED:
            self._seen[text] = meant
        return meant

    def _word(self, text: str, dated: bool) -> _Meant:
        plain = text.lower().rstrip(".")
        repaired = plain in self._damaged or plain in self._damaged_months
        plain = self._damaged.get(plain, plain)
        plain = self._short_forms.get(plain, plain)
        if plain not in self._months and text[0].isupper() and (number := self._nearly_a_month(plain)):
            return Kind.MONTH, number, plain, True
        if plain in self._months:
            # "may" is a verb and "march" another; a month has a capital or a year.
            if plain in self._everyday and text[0].islower() and not dated:
                return Kind.WORD, 0, plain, False
            return Kind.MONTH, self._months[plain], plain, repaired
        if plain in self._numbers:
            return Kind.NUMBER_WORD, self._numbers[plain], plain, False
        if plain in self._ordinals:
            return Kind.ORDINAL_WORD, self._ordinals[plain], plain, False
        if plain in self._damaged_quarters and text[0].isupper():
            return Kind.QUARTER, self._damaged_quarters[plain], "", True
        return self._vocabulary.literals.get(plain, Kind.WORD), 0, plain, repaired

    def _nearly_a_month(self, word: str) -> int | None:
        """The month whose long name differs from a word in one letter, or holds "rn" for an "m" ("Decernber")."""
        if (whole := word.replace("rn", "m")) in self._months and len(whole) >= _LONG_NAME:
            return self._months[whole]
        if not _LONG_NAME <= len(word) <= _LONGEST_NAME:
            return None
        return next(
            (self._holed[key] for at in range(len(word)) if (key := (word[:at], word[at + 1 :])) in self._holed), None
        )
