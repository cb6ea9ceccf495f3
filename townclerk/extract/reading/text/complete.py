"""Cards of lines below one another: a name, its value alone, what is said of earlier values and targets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from townclerk.extract.reading.text.drafts import Chunk, Draft
from townclerk.extract.reading.text.headings import is_period_only
from townclerk.extract.reading.text.joining import is_terminated
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.extract.reading.text.marks import find_mark
from townclerk.extract.reading.text.tile_parts import draft_complete
from townclerk.extract.spotting.periods import times_apart
from townclerk.models.units import Direction
from townclerk.patterns.area_words import load_area_words
from townclerk.patterns.kept import kept
from townclerk.patterns.table_words import ColumnKind, table_words

_VALUE = re.compile(r"\d|#{3,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LAST_VALUE = re.compile(r"\s£?\d[\d,]*(?:\.\d+)?\s?%?$")
_SHARE = re.compile(r"\(?\d[\d,]*\s+(?:out\s+)?of\s+\d[\d,]*\)?")
# "68.1 per 10,000" below a number of children.
_RATE = re.compile(
    r"\(?(?:a\s+)?(?:rate\s+(?:of\s+)?)?\d+(?:\.\d+)?\s+per\s+10?0?,?000(?:\s+[a-z]+)?\)?", re.IGNORECASE
)
# The end of a name: "completed within", "45 days".
_STRETCH = re.compile(r"\d{1,3}\s+(?:working\s+)?(?:hours?|days?|weeks?|months?|years?)", re.IGNORECASE)
_MOST_SHORT_WORDS = 8
_LONGEST_VALUE = 12
_LONGEST_NAME = 14
_FEWEST_CARDS, _MOST_NAME_LINES = 2, 3
# A value, its name and a line on another value.
_FEWEST_INVERTED = 3


def stacked(chunk: Chunk, source: str, known: Knowledge) -> list[Draft]:
    """The headings and tiles of cards that follow one another without a blank line; nothing for other lines.

    Every value has its name right above it, and between one card's value and the next card's name stands only what
    goes with the value.
    """
    texts = [line.text for line in chunk.lines] if chunk.draft is None else []
    alone = (number for number, text in enumerate(texts) if stands_alone(text) and not goes_with_value(text, known))
    # "(section 17)" is the end of a name.
    values = [number for number in alone if not texts[number].startswith("(")]
    if len(values) < _FEWEST_CARDS or values[0] == 0:
        return []
    starts = [0]
    for value, following in zip(values, [*values[1:], len(texts)], strict=True):
        name = value + 1
        while name < following and _is_said_of_value(texts[name], known):
            name += 1
        starts.append(name)
    named = [(start, value) for start, value in zip(starts, values, strict=False)]
    if starts[-1] < len(texts) or not all(_names_card(texts[start:value], known) for start, value in named):
        return []
    drafts: list[Draft] = []
    for (start, value), end in zip(named, starts[1:], strict=True):
        part = Chunk(chunk.lines[start:end], behind_furniture=chunk.behind_furniture and not start)
        drafts += draft_complete(part, value - start, source)
    return drafts


def _is_said_of_value(text: str, known: Knowledge) -> bool:
    """True for a line that goes with the value above it, or is nothing but a colour or a direction."""
    return text.strip(" ()").lower() in table_words().marks or goes_with_value(text, known)


def _names_card(texts: Sequence[str], known: Knowledge) -> bool:
    """True for a line or a few that are a name, of which none is a time or the head of a column alone."""
    if not 1 <= len(texts) <= _MOST_NAME_LINES or not _is_name(list(texts), known):
        return False
    # "Boys" heads a column of parts, and names a card of them.
    heads = (table_words().whole_kind(text) not in {None, ColumnKind.IGNORED} for text in texts)
    return not any(heads) and not any(map(is_period_only, texts)) and texts[0][:1].isupper()


def name_lines(chunk: Chunk, known: Knowledge) -> int:
    """How many lines name a chunk that is a complete tile; 0 for one that is not.

    A name stands over a value of its own line, and under it only lines about earlier values, targets and changes.
    """
    if chunk.draft is not None:
        return 0
    texts = [line.text for line in chunk.lines]
    alone = (number for number, text in enumerate(texts) if stands_alone(text) and not _is_of_a_place(text))
    place = next(alone, 0)
    rest = texts[place + 1 :]
    if not place or not rest or not _is_name(texts[:place], known):
        return 0
    return place if all(goes_with_value(text, known) for text in rest) else 0


def name_behind(chunk: Chunk, known: Knowledge) -> int:
    """How many lines name a complete tile whose value stands above them; 0 for another chunk.

    So in a card that shows its number first and largest: "817", "Referrals received", "Q2: 804", "Target: 780".
    """
    texts = [line.text for line in chunk.lines] if chunk.draft is None else []
    if len(texts) < _FEWEST_INVERTED:
        return 0
    value = texts[0].strip("*_ ")
    if not stands_alone(value) or not value[:1].isdigit():
        return 0
    rest = len(texts)
    while rest > 1 and goes_with_value(texts[rest - 1], known):
        rest -= 1
    names = texts[1:rest]
    if (
        rest == len(texts)
        or not 1 <= len(names) <= _MOST_NAME_LINES
        or any(stands_alone(text) and not _STRETCH.fullmatch(text) for text in names)
    ):
        return 0
    return len(names) if _names_card(names, known) else 0


def _is_name(texts: list[str], known: Knowledge) -> bool:
    """True for a few lines of words that no tile word and no mark of a list begins."""
    said = " ".join(texts)
    worded = _WORD.search(said) is not None and len(said.split()) <= _LONGEST_NAME and not is_terminated(said)
    return worded and all(known.tile_phrase.match(text) is None for text in texts) and not find_mark(said, known).glyph


def goes_with_value(text: str, known: Knowledge) -> bool:
    """True for a line that a tile word or an arrow begins, that holds a value and a time, or is a share or a rate."""
    if (found := known.tile_phrase.match(text)) is not None:
        return _VALUE.search(text, found.end()) is not None
    short = len(text.split()) <= _MOST_SHORT_WORDS and not is_terminated(text)
    if short and (_is_dated_value(text) or _is_of_a_place(text) or _SHARE.fullmatch(text) or _RATE.fullmatch(text)):
        return True
    if not short or stands_alone(text):
        return False
    return isinstance(table_words().marks.get(text[0]), Direction) and not text[0].isalpha()


def _is_dated_value(text: str) -> bool:
    """True for "June 71.9%": one time and a value, and at most a word beside them."""
    times, outside = times_apart(text)
    return len(times) == 1 and _VALUE.search(outside) is not None and len(_WORD.findall(outside)) <= 1


def _is_of_a_place(text: str) -> bool:
    """True for "England 21.9%": a region, the country or a group of others, and one value."""
    found = _LAST_VALUE.search(text)
    return found is not None and names_comparator(text[: found.start()])


def names_comparator(text: str) -> bool:
    """True for what a region, the country or a group of other authorities is called, and nothing else."""
    return text.strip(" :").lower() in _comparators()


@kept
def _comparators() -> frozenset[str]:
    """What regions, the country and groups of authorities are called, in lower case."""
    words = load_area_words()
    regions = (name for region in words.regions for name in (region.name, *region.also, *region.cell_only))
    kinds = (
        phrase
        for kind in (words.kinds.england, words.kinds.statistical_neighbours, words.kinds.region)
        for phrase in (*kind.always, *kind.cell, *kind.exact, *kind.beside_figure)
    )
    return frozenset(text.lower() for text in (*regions, *kinds))


def stands_alone(text: str) -> bool:
    """True for a value, with one word at most, that is all a line says."""
    return is_value(text) and len(text) <= _LONGEST_VALUE and not is_period_only(text)


def is_value(text: str) -> bool:
    """True where a chunk is a figure with at most one word."""
    return _VALUE.search(text) is not None and len(_WORD.findall(text)) <= 1
