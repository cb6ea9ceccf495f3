"""What stands before and around the words of a line: bullets, numbers, markdown's marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.models.passage import Passage, Piece

_NUMBER = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){1,3}\.?(?=\s+[A-Z0-9\"'‘“(*%])|\d{1,3}[.)]|\(\d{1,3}\)|\(?[a-z]\)|[a-z]\.|\(?[ivx]{1,5}[.)])"
    r"\s+(?=\S)"
)
# Behind a bullet only a letter or a roman number is a number: "- 2.4 per 10,000" is a value.
_LETTER_NUMBER = re.compile(r"(?P<number>\(?(?:[a-z]|[ivx]{1,5})[.)])[ \t\u00a0]+(?=\S)")
_HASHES = re.compile(r"(?P<hashes>#{1,6})[ \t]+(?=\S)")
_QUOTED = re.compile(r"(?:>[ \t]?)+(?=\S)")

# Anything that cleaning would touch; most lines have none of it.
_ANY_MARKUP = re.compile(r"\*|<|&|\\|\]\(|(?<!\w)_|_(?!\w)|[^\S ]|  |[\u00ad\u200b-\u200d\u2060\ufeff\ufffe]")
_MARKUP = re.compile(
    r"""
      (?P<drop>
          \*\*+ (?=\S) | (?<=\S) \*\*+
        | (?<![\w*]) \* (?= [^\s*\d] [^*]* [^\s*] \* (?![\w*]) ) | (?<= [^\s*] ) (?<! \d ) \* (?= [\s.,;:)] | $ )
        | (?<!\w) _{1,3} (?= \S [^_]* _ ) | (?<= [\w.,;:)] ) _{1,3} (?!\w)
        | <!--.{0,300}?-->
        | <sup>\s*[\d,*]+\s*</sup>
        | </?(?:b|i|u|em|strong|sup|sub|span|font|center|a)\b[^<>]*>
        | \\ (?= [*_\#|.$\-\[\]()!<>~&%+] )
        | [\u00ad\u200b-\u200d\u2060\ufeff\ufffe]
      )
    | !?\[ (?P<link> [^\[\]]* ) \] \( [^()\s]* \)
    | (?P<entity> & (?: amp | lt | gt | nbsp | quot | apos | pound | ndash | mdash | \#39 ) ; )
    | (?P<blank> (?:
            \s
          | <br\s*/?>
          | </?(?: html | body | main | section | article | p | div | ul | ol | li | img | hr | figure | figcaption
              | table | thead | tbody | tr | t[dh] | caption | h[1-6] )\b[^<>]*>
      )+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENTITIES = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&nbsp;": " ",
    "&quot;": '"',
    "&apos;": "'",
    "&#39;": "'",
    "&pound;": "£",
    "&ndash;": "–",
    "&mdash;": "—",
}


@dataclass(slots=True, frozen=True)
class Mark:
    """What stands before a line's words.

    Attributes:
        hashes: Number of `#`, 0 without.
        glyph: The bullet, "" without.
        number: The printed number or letter with its point or bracket, "" without.
        length: How many characters of the line it takes, blanks behind it included.
    """

    hashes: int
    glyph: str
    number: str
    length: int


_PLAIN = Mark(0, "", "", 0)


def find_mark(text: str, known: Knowledge) -> Mark:
    """The mark at the start of a line (outer blanks left out), a plain one where there is none."""
    first = text[0]
    if "A" <= first <= "Z" or first in "\"'‘“":
        return _PLAIN
    position = 0
    if first == ">" and (quoted := _QUOTED.match(text)):
        position = quoted.end()
    hashes = _HASHES.match(text, position)
    if hashes:
        position = hashes.end()
    glyph = known.bullet.match(text, position)
    if glyph and not (text.startswith("**", position) or _is_minus(text, glyph)):
        position = glyph.end()
        letter = _LETTER_NUMBER.match(text, position)
        inner = letter["number"] if letter else ""
        position = letter.end() if letter else position
        return Mark(len(hashes["hashes"]) if hashes else 0, glyph["glyph"].strip(), inner, position)
    bold = 2 if text.startswith("**", position) else 0
    number = _NUMBER.match(text, position + bold)
    if number and not bold:
        position = number.end()
        return Mark(len(hashes["hashes"]) if hashes else 0, "", number["number"], position)
    return Mark(len(hashes["hashes"]) if hashes else 0, "", "", position)


def _is_minus(text: str, glyph: re.Match[str]) -> bool:
    """True for "- 4.2", a value whose sign was torn off, where nothing but figures follows."""
    return glyph["glyph"] in "-–—+" and not any(character.isalpha() for character in text[glyph.end() :])


def clean(source: str, start: int, end: int) -> Passage:
    """The words from `start` to `end` of the text without markup, blanks made single; every character maps back."""
    if _ANY_MARKUP.search(source, start, end) is None:
        return Passage.of(source, start, end)
    texts: list[str] = []
    pieces: list[Piece] = []
    length, position = 0, start

    def keep(first: int, last: int) -> None:
        nonlocal length
        if last > first:
            pieces.append(Piece(length, length + last - first, first, last))
            texts.append(source[first:last])
            length += last - first

    def put(character: str, first: int, last: int) -> None:
        nonlocal length
        pieces.append(Piece(length, length + 1, first, last))
        texts.append(character)
        length += 1

    for match in _MARKUP.finditer(source[start:end]):
        first, last = start + match.start(), start + match.end()
        kind = match.lastgroup
        if kind == "blank" and match[0] == " ":
            continue
        keep(position, first)
        position = last
        if kind == "link":
            keep(start + match.start("link"), start + match.end("link"))
        elif kind == "entity":
            put(_ENTITIES.get(match[0].lower(), " "), first, last)
        elif kind == "blank" and length and last < end and not texts[-1].endswith(" "):
            texts.append(" ")
            length += 1
    keep(position, end)
    return strip(Passage("".join(texts), tuple(pieces)))


def strip(passage: Passage) -> Passage:
    """The passage without outer blanks."""
    text = passage.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return passage if (start, end) == (0, len(text)) else passage.slice(start, max(start, end))


def is_bold(text: str) -> bool:
    """True where all of a line stands between bold marks."""
    inner = text.rstrip(": ")
    return len(inner) > 4 and inner.startswith("**") and inner.endswith("**") and "**" not in inner[2:-2].strip("*")
