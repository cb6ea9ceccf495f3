"""Text to tokens: each with its class, its place and what it stands for; damage from conversion is read through."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from townclerk.extract.spotting.periods.grammar import Kind, Vocabulary
from townclerk.patterns.period_words import PeriodWords, load_period_words

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
_FIRST_YEAR, _LAST_YEAR = 1985, 2049


@dataclass(slots=True)
class Token:
    """One token.

    Attributes:
        kind: Its class's character, or the character of a word that patterns mention.
        start: First character in the text.
        end: End, exclusive.
        first: What it stands for: a month, a year, a number, the first of two years.
        second: The last of two years, the month of a date.
        third: The day of a date.
        word: The word in lower case, damage undone; "" for others.
        repaired: Damage was read through.
    """

    kind: str
    start: int
    end: int
    first: int = 0
    second: int = 0
    third: int = 0
    word: str = ""
    repaired: bool = False


def full_year(two_digits: int) -> int:
    """The year that two digits stand for in a council's report: 85 to 99 are of the last century."""
    return two_digits + (1900 if two_digits >= _FIRST_YEAR - 1900 else 2000)


def _token_expression(months: Iterable[str]) -> re.Pattern[str]:
    """The expression that cuts a text into tokens; a month's name may carry a stop ("Sept. 2018")."""
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    # "2014 - 12 March 2014" is no pair of years: the second number is a day.
    no_day = rf"(?!(?:st|nd|rd|th)?\s?(?i:{names})\w*\s?(?:19|20)\d\d)"
    return re.compile(
        rf"""
        (?P<iso>(?<![\d/])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-\d\d(?!\d))
      | (?P<dmy>(?<![\d/.])\d{{1,2}}(?P<mark>[/.{_DASHES}])\d{{1,2}}(?P=mark)(?:(?:19|20)\d\d|\d\d)(?![\d/]))
      | (?P<pair>(?<![\d/.,£])(?:19|20)\d\d\s?[/{_DASHES}]\s?(?:(?:19|20)\d\d|\d\d|\d\s\d)
            (?![\d/%]|[{_DASHES}]\d|\.\d){no_day})
      | (?P<six>(?<=[Qq][1-4][ _-])20\d{{4}}(?!\d))
      | (?P<run>(?<![\d/.,£])20\d\d[1Il|]\d\d(?![\d/%.,]))
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
        """,
        re.VERBOSE,
    )


class Lexer:
    """Makes tokens with the words of `periods.yaml`."""

    def __init__(self, words: PeriodWords, vocabulary: Vocabulary) -> None:
        self._months = {name: number for number, names in words.months.items() for name in names}
        self._damaged_months = frozenset(words.damaged_months)
        self._numbers = words.numbers
        self._ordinals = words.ordinals
        self._damaged = words.damaged_words
        self._short_forms = words.abbreviations
        self._damaged_quarters = words.damaged_quarters
        self._vocabulary = vocabulary
        self._expression = _token_expression(self._months)
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
        for match in self._expression.finditer(mended):
            token = self._token(match)
            token.repaired = token.repaired or any(token.start <= place < token.end for place in changed)
            found.append(token)
        found.append(Token(Kind.STOP, len(text), len(text)))
        return found

    def _token(self, match: re.Match[str]) -> Token:
        group = match.lastgroup or "mark2"
        start, end, text = match.start(), match.end(), match.group()
        if group in ("mark2", "mark"):
            return Token(_MARKS.get(text, Kind.OTHER), start, end)
        if group == "word":
            return self._word(text, start, end, dated=bool(_DATED.match(match.string, end)))
        token = _READERS[group](text) or Token(Kind.OTHER, 0, 0)
        if group == "r12":
            token = Token(self._vocabulary.literal("r12m"), 0, 0, first=12, word="r12m")
        token.start, token.end = start, end
        return token

    def _word(self, text: str, start: int, end: int, dated: bool) -> Token:
        plain = text.lower().rstrip(".")
        repaired = plain in self._damaged or plain in self._damaged_months
        plain = self._damaged.get(plain, plain)
        plain = self._short_forms.get(plain, plain)
        if plain not in self._months and text[0].isupper() and (number := self._nearly_a_month(plain)):
            return Token(Kind.MONTH, start, end, first=number, word=plain, repaired=True)
        if plain in self._months:
            # "may" is a verb and "march" another; a month has a capital or a year.
            if plain in ("may", "march", "mar") and text[0].islower() and not dated:
                return Token(Kind.WORD, start, end, word=plain)
            return Token(Kind.MONTH, start, end, first=self._months[plain], word=plain, repaired=repaired)
        if plain in self._numbers:
            return Token(Kind.NUMBER_WORD, start, end, first=self._numbers[plain], word=plain)
        if plain in self._ordinals:
            return Token(Kind.ORDINAL_WORD, start, end, first=self._ordinals[plain], word=plain)
        if plain in self._damaged_quarters and text[0].isupper():
            return Token(Kind.QUARTER, start, end, first=self._damaged_quarters[plain], repaired=True)
        kind = self._vocabulary.literals.get(plain, Kind.WORD)
        return Token(kind, start, end, word=plain, repaired=repaired)

    def _nearly_a_month(self, word: str) -> int | None:
        """The month whose long name differs from a word in one letter, or holds "rn" for an "m" ("Decernber")."""
        if (whole := word.replace("rn", "m")) in self._months and len(whole) >= _LONG_NAME:
            return self._months[whole]
        if not _LONG_NAME <= len(word) <= _LONGEST_NAME:
            return None
        return next(
            (self._holed[key] for at in range(len(word)) if (key := (word[:at], word[at + 1 :])) in self._holed), None
        )


_MIXED = re.compile(r"(?<![^\W_])(?=[^\W_]*\d)(?=[^\W_]*[A-Za-z|])[0-9A-Za-z|]{2,8}(?![^\W_])")
_TO_DIGITS = str.maketrans("lIi|OoSsBZzg", "111100558229")
_TO_LETTERS = str.maketrans("0158", "OlSB")
_YEARISH = re.compile(r"(?:19|20)\d\d")
_NUMBERED = re.compile(r"[0-3]?[0-9lIOo](?P<tail>st|nd|rd|th)")


def mend(text: str) -> tuple[str, frozenset[int]]:
    """Undo letters that conversion put into digits (`20l8/19`, `3lst`) and digits in month names (`0ct-19`).

    Returns:
        A text of the same length, and the places that changed.
    """
    changed: set[int] = set()
    characters: list[str] | None = None
    for match in _MIXED.finditer(text):
        better = _mended(match.group(), text[max(0, match.start() - 2) : match.start()])
        if better is None or better == match.group():
            continue
        characters = characters or list(text)
        for offset, character in enumerate(better):
            if characters[match.start() + offset] != character:
                characters[match.start() + offset] = character
                changed.add(match.start() + offset)
    return ("".join(characters) if characters else text), frozenset(changed)


def _mended(chunk: str, before: str) -> str | None:
    """A better spelling of one chunk, of the same length; None where it is sound or beyond this repair."""
    if match := _NUMBERED.fullmatch(chunk):
        head = chunk[: match.start("tail")].translate(_TO_DIGITS)
        return head + match["tail"]
    digits = chunk.translate(_TO_DIGITS)
    if len(chunk) == 4 and _YEARISH.fullmatch(digits) and sum(one.isdigit() for one in chunk) >= 2:
        return digits
    if len(chunk) == 2 and chunk[0].isdigit() and before[-1:] in ("/", "-") and before[-2:-1].isdigit():
        return digits if digits.isdigit() else None
    letters = chunk.translate(_TO_LETTERS)
    if letters.isalpha() and letters.lower() in _month_names():
        return letters
    return None


@cache
def _month_names() -> frozenset[str]:
    return frozenset(name for names in load_period_words().months.values() for name in names)


def _pair(text: str) -> Token | None:
    """`2018/19`, `2014-17`, `2018-12` or, with a stray blank, `2018/1 9`."""
    first = int(text[:4])
    rest = re.sub(r"\D", "", text[4:])
    repaired = bool(re.search(r"\d\s\d$", text))
    last = int(rest) if len(rest) == 4 else first // 100 * 100 + int(rest)
    if last < first and len(rest) == 2 and int(rest) < 50 and first % 100 > 50:
        last += 100
    if last == first + 1:
        return Token(Kind.PAIR, 0, 0, first=first, second=last, repaired=repaired)
    if repaired:
        return None
    if first + 1 < last <= first + 8 and last <= _LAST_YEAR:
        return Token(Kind.MULTI, 0, 0, first=first, second=last)
    if len(rest) == 2 and 1 <= int(rest) <= 12:
        return Token(Kind.YEAR_MONTH, 0, 0, first=first, second=int(rest))
    return None


def _run(text: str) -> Token | None:
    """`2016117`: a slash that became a 1."""
    first, last = int(text[:4]), int(text[5:])
    if (first + 1) % 100 != last:
        return None
    return Token(Kind.PAIR, 0, 0, first=first, second=first + 1, repaired=True)


def _six(text: str) -> Token | None:
    """`Q2 202223`: both years without a stroke."""
    first, last = int(text[:4]), int(text[4:])
    return Token(Kind.PAIR, 0, 0, first=first, second=first + 1) if (first + 1) % 100 == last else None


def _short(text: str) -> Token | None:
    """`18/19`, taken for years only where one follows the other."""
    first, last = int(text[:2]), int(text[-2:])
    if (first + 1) % 100 != last or not (first <= 40 or first >= 90):
        return None
    return Token(
        Kind.SHORT, 0, 0, first=full_year(first), second=full_year(first) + 1, word="/" if "/" in text else "-"
    )


def _month_year(text: str) -> Token:
    number, _, year = text.partition("/")
    return Token(Kind.YEAR_MONTH, 0, 0, first=int(year), second=int(number))


def _iso(text: str) -> Token:
    year, number, day = text.split("-")
    return Token(Kind.DATE, 0, 0, first=int(year), second=int(number), third=int(day))


def _dmy(text: str) -> Token | None:
    day, number, year = (int(part) for part in re.split(r"\D", text))
    year = full_year(year) if year < 100 else year
    if not (1 <= number <= 12 and 1 <= day <= 31 and _FIRST_YEAR <= year <= _LAST_YEAR):
        return None
    return Token(Kind.DATE, 0, 0, first=year, second=number, third=day)


def _digits(text: str) -> Token | None:
    if len(text) <= 2:
        return Token(Kind.NUMBER, 0, 0, first=int(text))
    if len(text) == 4 and _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        return Token(Kind.YEAR, 0, 0, first=int(text))
    return None


_READERS = {
    "iso": _iso,
    "dmy": _dmy,
    "pair": _pair,
    "run": _run,
    "six": _six,
    "my": _month_year,
    "short": _short,
    "other": lambda _: None,
    "gap": lambda _: None,
    "r12": lambda _: None,
    "ord": lambda text: Token(Kind.ORDINAL, 0, 0, first=int(text[:-2])),
    "q": lambda text: Token(Kind.QUARTER, 0, 0, first=int(text[-1])),
    "yy": lambda text: Token(Kind.APOSTROPHE_YEAR, 0, 0, first=full_year(int(text[1:]))),
    "digits": _digits,
}
