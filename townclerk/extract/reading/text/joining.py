"""Which printed lines belong to one sentence, and how they are put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.models.passage import Passage

_TERMINATED = re.compile(r"[.!?:;][\"'’”)\]*_]*$")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)[*_\"'’”]*$")
_OPEN_END = re.compile(r"[,(\[–—/&+][*_]*$|[^\W\d_]-[*_]*$")
_LOWER_START = re.compile(r"[*_\"'‘“(]*[a-zà-ÿ]")
_BREAK = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_VALUE = re.compile(r"(?<![\w/])[-+–]?£?\d[\d,.]*%?(?![\w/])|#{2,}|\b(?:n/?a|tbc)\b", re.IGNORECASE)
# A name, a colon or dash, and its value; a year there belongs to the name.
_KEYED = re.compile(
    r"[A-Z%(][^:\n]{2,110}?(?::|\s[–—-])\s+£?(?!(?:19|20)\d\d\b(?![,.%]))\d[\d,.]*\s?(?:%|per cent\b)?(?=$|[\s,;(|])"
)
_REFERENCE = re.compile(r"([A-Z]{1,5}[ -]?)(\d{1,3})\b(?=\s+[^\W\d_%])")
# A line shorter than this was ended on purpose unless its words say otherwise.
_FULL_WIDTH = 45
# Text of conversion tools without wrapping: a line end there is a paragraph's end.
_UNWRAPPED = 160
# Enough of a line's end to tell how it ends; searching from the front would be slow on endless lines.
_TAIL = 60


def is_terminated(text: str) -> bool:
    """True where a line ends as a sentence, or a part of one before a list, does."""
    return _TERMINATED.search(text[-_TAIL:]) is not None


def is_open(text: str, known: Knowledge) -> bool:
    """True where a line cannot be the end of anything: it ends with an article, a preposition, a comma, a hyphen."""
    text = text[-_TAIL:]
    if _OPEN_END.search(text):
        return True
    last = _LAST_WORD.search(text)
    return (
        last is not None and last[1] in known.open_words and not text.lower().rstrip(" *_").endswith(known.whole_ends)
    )


def starts_lower(text: str) -> bool:
    """True where a line begins in the middle of a sentence."""
    return _LOWER_START.match(text) is not None


def is_row(text: str) -> bool:
    """True for a printed row without delimiters: several values, and as many of them as a third of the words."""
    values = len(_VALUE.findall(text))
    return values >= 2 and values * 3 >= len(_WORD.findall(text)) and not is_terminated(text)


def is_keyed(text: str) -> bool:
    """True for a name with its value behind a colon or dash ("Referrals – 412 (last month: 390)")."""
    return _KEYED.match(text) is not None


def carries_on(before: str, after: str, width: int, known: Knowledge) -> bool:
    """True where `after` is the next line of the paragraph that `before` stands in.

    Args:
        before: The last line so far.
        after: The line below it, without a blank line between.
        width: Length of the longest line of their run.
        known: What the reader knows.
    """
    if _counts_on(before, after) or (is_row(before) and is_row(after)):
        return False
    if is_open(before, known):
        return True
    terminated = is_terminated(before)
    if starts_lower(after) and not (terminated and len(before) < _FULL_WIDTH):
        return True
    if is_row(before) or is_row(after) or is_keyed(after):
        return False
    if len(before) > _UNWRAPPED and terminated:
        return False
    return len(before) >= max(_FULL_WIDTH, 0.7 * width)


def _counts_on(before: str, after: str) -> bool:
    """True for rows whose references follow one another ("KPI 7 ...", "KPI 8 ...")."""
    first, second = _REFERENCE.match(before), _REFERENCE.match(after)
    return first is not None and second is not None and first[1] == second[1] and int(second[2]) == int(first[2]) + 1


def tears(before: str, after: str, known: Knowledge) -> bool:
    """True where a sentence goes on behind a gap or furniture: it was not finished, and the next begins as its rest."""
    if is_terminated(before) or not starts_lower(after):
        return False
    words = before.split()
    if len(words) < 4 and not _BREAK.search(before[-_TAIL:]):
        return False
    lower = sum(word[0].islower() for word in words)
    return lower * 2 >= len(words) or is_open(before, known)


def join_lines(passages: Sequence[Passage], words: frozenset[str], known: Knowledge) -> Passage:
    """Put the lines of a paragraph behind one another, a blank for each line end, words broken by a hyphen made whole.

    Args:
        passages: The lines, cleaned.
        words: Words of the document in lower case, hyphenated ones included: they judge a break.
        known: What the reader knows.
    """
    if len(passages) == 1:
        return passages[0]
    parts: list[Passage] = []
    glued: list[Passage] = []
    for passage in passages:
        before = glued[-1] if glued else None
        broken = _BREAK.search(before.text[-_TAIL:]) if before else None
        after = _FIRST_WORD.match(passage.text)
        if before is None or broken is None or after is None or not after[0][0].islower():
            if glued:
                parts.append(Passage.join(glued, ""))
            glued = [passage]
            continue
        if not keeps_hyphen(broken[1], after[0], words, known):
            glued[-1] = before.slice(0, len(before.text) - 1)
        glued.append(passage)
    parts.append(Passage.join(glued, ""))
    return Passage.join(parts, " ")


def keeps_hyphen(first: str, second: str, words: frozenset[str], known: Knowledge) -> bool:
    """True where a hyphen at a line's end is part of the spelling ("long-term"), not of the setting ("refer-rals").

    What the document spells elsewhere decides, then whether the first half is one that hyphens are printed behind.
    """
    first, second = first.lower(), second.lower()
    if f"{first}-{second}" in words:
        return True
    last = first.rsplit("-", 1)[-1]
    if f"{first}{second}" in words or f"{last}{second}" in words:
        return False
    return last in known.hyphen_prefixes and (second in words or len(second) > 3)
