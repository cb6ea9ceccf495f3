"""Dashboard tiles: a label, a value, its target, variance and previous value, close together or torn apart."""

from __future__ import annotations

import re
from itertools import pairwise

from townclerk.extract.reading.text.complete import is_value, name_behind, name_lines, stacked
from townclerk.extract.reading.text.dashboard import tile_phrases
from townclerk.extract.reading.text.drafts import Chunk, Draft
from townclerk.extract.reading.text.headings import is_period_only, is_title
from townclerk.extract.reading.text.joining import is_row, is_terminated
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.extract.reading.text.marks import find_mark
from townclerk.extract.reading.text.tile_parts import (
    draft_card,
    draft_complete,
    draft_inverted,
    draft_tile,
    names_measure,
    text_of,
)
from townclerk.extract.spotting.periods import times_apart
from townclerk.patterns.table_words import NAMING_KINDS, table_words

_VALUE = re.compile(r"\d|#{3,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LOWER_SENTENCE = re.compile(r"(?:\b[a-z]+\b\W+){4}")
_MOST_SHORT_WORDS = 8
_SHORT_CELL = 4
_ROW_WORDS, _FEWEST_ROWS, _FEWEST_HEADS = 2, 2, 4
# Words, then values to the end of the line, colours and words of direction among them.
_ROW_END = re.compile(r"[a-z]{3,}.*?\s(?:[-+]?\d[\d,.]*%?|n/a|-)(?:\s+(?:\S*\d\S*|\S{1,12}))+$", re.IGNORECASE)
_LONGEST_VALUE = 12
_FEWEST_LINES = 4
# A card's name has so many words; a label of one value mostly fewer.
_FEWEST_NAME = 3
# Tile words with a value of their own: a tile has each once.
_OWN_VALUE = frozenset({"target", "variance", "previous", "year_ago", "actual"})
_GLUED = re.compile(r"[a-z][A-Z]|[a-z%]\d+(?:\.\d+)?[A-Z]|\d[A-Z][a-z]")


def group_tiles(chunks: list[Chunk], source: str, known: Knowledge) -> list[Chunk | list[Draft]]:
    """Replace each run of chunks that is a tile by its drafts: heading, tile, chart residue, sentences."""
    chunks = [part for chunk in chunks for part in _complete_lines(chunk, known)]
    cards = [stacked(chunk, source, known) for chunk in chunks]
    result: list[Chunk | list[Draft]] = []
    index = 0
    while index < len(chunks):
        if _is_of_rows(chunks[index]):
            result.append(chunks[index])
            index += 1
            continue
        if _is_card(chunks[index]):
            result.append([draft_card(chunks[index], source)])
            index += 1
            continue
        if cards[index]:
            result.append(cards[index])
            index += 1
            continue
        if names := name_lines(chunks[index], known):
            result.append(draft_complete(chunks[index], names, source))
            index += 1
            continue
        if names := name_behind(chunks[index], known):
            result.append(draft_inverted(chunks[index], names, source))
            index += 1
            continue
        last = index
        while last < len(chunks) and _fits(chunks[last], source, known):
            if last > index and (_is_of_rows(chunks[last]) or cards[last] or _is_complete(chunks[last], known)):
                break
            if last > index and (chunks[last].behind_furniture or chunks[last].page != chunks[index].page):
                break
            last += 1
        run = chunks[index:last]
        if run and (parts := _tile_runs(run, source, known)):
            result.extend(parts)
            index = last
        elif run:
            result.extend(run)
            index = last
        else:
            result.append(chunks[index])
            index += 1
    return result


def _is_complete(chunk: Chunk, known: Knowledge) -> bool:
    """True for a chunk that is a tile by itself, its name above its value or below it."""
    return bool(name_lines(chunk, known) or name_behind(chunk, known))


def _is_of_rows(chunk: Chunk) -> bool:
    """True for a line of heads that begins with the labels' own, over rows that end in values: a table unmarked."""
    if chunk.draft is not None or len(chunk.lines) <= _FEWEST_ROWS:
        return False
    first, *rest = (line.text for line in chunk.lines)
    words = first.split()
    heads = (" ".join(words[:count]) for count in (1, 2, 3))
    if len(words) < _FEWEST_HEADS or not any(_heads_labels(head) for head in heads):
        return False
    return sum(_ROW_END.search(text) is not None for text in rest) >= _FEWEST_ROWS


def _heads_labels(text: str) -> bool:
    return any(kind in NAMING_KINDS and length >= len(text) for kind, length in table_words().column_kinds(text))


def _is_card(chunk: Chunk) -> bool:
    return chunk.draft is None and all(line.card for line in chunk.lines)


def _complete_lines(chunk: Chunk, known: Knowledge) -> list[Chunk]:
    """A chunk cut before each line that is a tile of its own: two tile words or more, some of which stood above."""
    if chunk.draft is not None or len(chunk.lines) < 2 or _is_card(chunk):
        return [chunk]
    keys = [{match.lastgroup or "" for match in tile_phrases(line.text, known)} for line in chunk.lines]
    if sum(len(found) >= 2 for found in keys) < 2 or _is_scorecard(chunk, known):
        return [chunk]
    parts: list[Chunk] = []
    seen: set[str] = set()
    for line, found in zip(chunk.lines, keys, strict=True):
        if not parts or (len(found) >= 2 and seen & found & _OWN_VALUE):
            parts.append(Chunk([line], behind_furniture=chunk.behind_furniture and not parts))
            seen = set()
        else:
            parts[-1].lines.append(line)
        seen |= found
    return parts


def _fits(chunk: Chunk, source: str, known: Knowledge) -> bool:
    """True where a chunk can be part of a tile: short and no sentence, or full of tile words."""
    if chunk.draft is not None or _is_card(chunk):
        return False
    text = text_of(chunk, source)
    first = chunk.lines[0].text
    if known.comment_heading.fullmatch(first.strip("*_#: ")) or first[0] == "#" or known.caption.match(first):
        return False
    found = tile_phrases(text, known)
    if found and (_dense(text, found) or found[0].start() <= 2):
        return not _is_scorecard(chunk, known)
    if (len(chunk.lines) == 1 and names_measure(text, known)) or _is_one_cell_a_line(chunk, known):
        return True
    mark = find_mark(first, known)
    return (
        len(text.split()) <= _MOST_SHORT_WORDS
        and not mark.glyph
        and not mark.number
        and not _LOWER_SENTENCE.search(text)
        and not (is_terminated(text) and len(_WORD.findall(text)) > 1)
    )


def _is_one_cell_a_line(chunk: Chunk, known: Knowledge) -> bool:
    """True where short lines stand below one another and tile words lead some of them.

    A tile word stands alone right above its value, or two lines begin with a tile word and end with its value; a
    value alone on its line counts as one of the two.
    """
    texts = [line.text for line in chunk.lines]
    short = sum(len(text.split()) <= _SHORT_CELL for text in texts)
    if short * 5 < len(texts) * 3:
        return False
    if any(_heads(above, below, known) for above, below in pairwise(texts)):
        return True
    led = {found.lastgroup for text in texts if (found := known.tile_phrase.match(text)) and _VALUE.search(text)}
    alone = any(is_value(text) and len(text) <= _LONGEST_VALUE for text in texts)
    return len(led & _OWN_VALUE) + alone >= 2


def _heads(above: str, below: str, known: Knowledge) -> bool:
    """True where a line is a tile word and the next line its value."""
    return (
        known.tile_phrase.fullmatch(above) is not None
        and _VALUE.search(below) is not None
        and len(_WORD.findall(below)) <= 1
    )


def _dense(text: str, found: list[re.Match[str]]) -> bool:
    """True where tile words say much of the text, or several of its meanings occur."""
    keys = {match.lastgroup for match in found}
    return (
        len(keys) >= 3
        or sum(match.end() - match.start() for match in found) * 3 >= len(text)
        or (len(keys) >= 2 and _GLUED.search(text) is not None)
    )


def _is_scorecard(chunk: Chunk, known: Knowledge) -> bool:
    """True where column heads, on one line or one below the other, stand above rows: their tile words are no tile's."""
    texts = [line.text for line in chunk.lines]
    rows = [number for number, text in enumerate(texts) if is_row(text) and len(_WORD.findall(text)) >= _ROW_WORDS]
    for index, text in enumerate(texts[:-1]):
        if _heads_columns([text], known):
            return any(number > index for number in rows)
    first = next((number for number in rows if number > 0 and not _heads_columns(texts[number : number + 1], known)), 0)
    return len(rows) >= _FEWEST_ROWS and _heads_columns(texts[:first], known)


def _heads_columns(texts: list[str], known: Knowledge) -> bool:
    """True for lines without values, times apart, that hold tile words of two meanings."""
    keys = {match.lastgroup for text in texts for match in tile_phrases(text, known)}
    return len(keys) >= 2 and not any(_VALUE.search(times_apart(text)[1]) for text in texts)


def _tile_runs(run: list[Chunk], source: str, known: Knowledge) -> list[Chunk | list[Draft]] | None:
    """Tiles and what stands around them in a run of fitting chunks; None where there is no tile."""
    texts = [text_of(chunk, source) for chunk in run]
    keys = [{match.lastgroup or "" for match in tile_phrases(text, known)} for text in texts]
    if not _has_tile(texts, keys, known):
        return None
    pieces: list[list[int]] = [[]]
    seen: set[str] = set()
    for index in range(len(run)):
        titled = len(run[index].lines) == 1 and names_measure(texts[index], known)
        ahead = next((later for later in keys[index:] if later), set())
        complete = len(keys[index]) >= 2 and bool(seen & keys[index] & _OWN_VALUE)
        again = bool(seen & keys[index] & _OWN_VALUE) and _opens_with_name(run[index], known)
        if complete or again or (titled and seen & ahead) or _names_next_card(index, texts, seen):
            pieces.append([])
            seen = set()
        pieces[-1].append(index)
        seen |= keys[index]
    result: list[Chunk | list[Draft]] = []
    for piece in pieces:
        result.extend(_one_tile([run[index] for index in piece], source, known))
    return result


def _names_next_card(index: int, texts: list[str], seen: set[str]) -> bool:
    """True for words behind a value and above a time alone: each label of a card stands above its value.

    So stands "Same placement for two years" between "10.6%" and "2022/23", "69%" when a card with a target is complete.
    """
    if not seen & _OWN_VALUE or not 0 < index < len(texts) - 2 or not is_value(texts[index - 1].strip()):
        return False
    name, label, value = texts[index].strip(), texts[index + 1].strip(), texts[index + 2].strip()
    worded = len(_WORD.findall(name)) >= _FEWEST_NAME and "\n" not in name and not is_value(name)
    times, rest = times_apart(label)
    return worded and bool(times) and not rest.strip() and is_value(value)


def _opens_with_name(chunk: Chunk, known: Knowledge) -> bool:
    """True for several lines that begin with words of their own above a value: the name of another tile."""
    texts = [line.text for line in chunk.lines]
    if len(texts) < _FEWEST_LINES or not texts[0][0].isalpha() or known.tile_phrase.match(texts[0]):
        return False
    value = next((place for place, text in enumerate(texts) if place and is_value(text)), 0)
    return any(len(_WORD.findall(text)) >= _ROW_WORDS for text in texts[:value])


def _has_tile(texts: list[str], keys: list[set[str]], known: Knowledge) -> bool:
    """True where a run has two meanings of tile words and a value, or one above or before its value.

    A value behind its word on one line makes a tile only with another value that stands alone.
    """
    together: set[str] = set().union(*keys)
    if not any(_VALUE.search(text) for text in texts):
        return False
    if len(together) >= 2:
        return True
    lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    led = any((found := known.tile_phrase.match(line)) and _VALUE.search(line, found.end()) for line in lines)
    if led and together & _OWN_VALUE and any(is_value(line) and len(line) <= _LONGEST_VALUE for line in lines):
        return True
    return any(_heads(above, below, known) for above, below in pairwise(lines))


def _one_tile(chunks: list[Chunk], source: str, known: Knowledge) -> list[Chunk | list[Draft]]:
    """One tile's drafts, with the chunks around it that are not its own left as they are."""
    texts = [text_of(chunk, source) for chunk in chunks]
    found = [bool(tile_phrases(text, known)) for text in texts]
    if not any(found):
        return list(chunks)
    own = [index for index, text in enumerate(texts) if found[index] or is_value(text)]
    first, last = own[0], own[-1]
    while first > 0 and chunks[first].lines[0].gap <= 2 and not names_measure(texts[first - 1], known):
        # A tile printed compactly is complete; a title above it is the page's, unless it is the tile's month.
        if len(chunks[first].lines) > 1 and not is_period_only(texts[first - 1]) and is_title(texts[first - 1], known):
            break
        first -= 1
    before: list[Chunk | list[Draft]] = list(chunks[:first])
    after: list[Chunk | list[Draft]] = list(chunks[last + 1 :])
    return [*before, draft_tile(chunks[first : last + 1], source, known), *after]
