"""Dashboard tiles: a label, a value, its target, variance and previous value, close together or torn apart."""

from __future__ import annotations

import re
from itertools import pairwise

from townclerk.extract.reading.text.dashboard import Part, cut, tile_phrases
from townclerk.extract.reading.text.drafts import Chunk, Draft
from townclerk.extract.reading.text.headings import is_period_only, is_title
from townclerk.extract.reading.text.joining import is_open, is_row, is_terminated
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.extract.reading.text.marks import clean, find_mark
from townclerk.models.document import BlockKind
from townclerk.models.passage import Passage

_VALUE = re.compile(r"\d|#{3,}")
_STOPPED_VALUE = re.compile(r"[-+]?£?\d[\d,.]*%?\.")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_LOWER_SENTENCE = re.compile(r"(?:\b[a-z]+\b\W+){4}")
_MOST_SHORT_WORDS = 8
_SHORT_CELL = 4
_FLATTENED_WORDS = 30
# Tile words with a value of their own: a tile has each once.
_OWN_VALUE = frozenset({"target", "variance", "previous", "actual"})
_GLUED = re.compile(r"[a-z][A-Z]|[a-z%]\d+(?:\.\d+)?[A-Z]|\d[A-Z][a-z]")


def group_tiles(chunks: list[Chunk], source: str, known: Knowledge) -> list[Chunk | list[Draft]]:
    """Replace each run of chunks that is a tile by its drafts: heading, tile, chart residue, sentences."""
    chunks = [part for chunk in chunks for part in _complete_lines(chunk, known)]
    result: list[Chunk | list[Draft]] = []
    index = 0
    while index < len(chunks):
        last = index
        while last < len(chunks) and _fits(chunks[last], source, known):
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


def _complete_lines(chunk: Chunk, known: Knowledge) -> list[Chunk]:
    """A chunk cut before each line that is a tile of its own: two tile words or more, some of which stood above."""
    if chunk.draft is not None or len(chunk.lines) < 2:
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


def _text(chunk: Chunk, source: str) -> str:
    """All a chunk says, line ends included."""
    return source[chunk.start : chunk.end]


def _fits(chunk: Chunk, source: str, known: Knowledge) -> bool:
    """True where a chunk can be part of a tile: short and no sentence, or full of tile words."""
    if chunk.draft is not None:
        return False
    text = _text(chunk, source)
    first = chunk.lines[0].text
    if known.comment_heading.fullmatch(first.strip("*_#: ")) or first[0] == "#" or known.caption.match(first):
        return False
    found = tile_phrases(text, known)
    if found and (_dense(text, found) or found[0].start() <= 2):
        return not _is_scorecard(chunk, known)
    if (len(chunk.lines) == 1 and _names(text, known)) or _is_one_cell_a_line(chunk, known):
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
    """True where short lines stand below one another, a tile word alone right above its value among them."""
    texts = [line.text for line in chunk.lines]
    short = sum(len(text.split()) <= _SHORT_CELL for text in texts)
    return short * 5 >= len(texts) * 3 and any(_heads(above, below, known) for above, below in pairwise(texts))


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
    """True where a line of column heads stands above rows: its tile words are not a tile's."""
    for index, line in enumerate(chunk.lines[:-1]):
        if not _VALUE.search(line.text) and len({match.lastgroup for match in tile_phrases(line.text, known)}) >= 2:
            below = chunk.lines[index + 1 :]
            return any(is_row(other.text) and len(_WORD.findall(other.text)) >= 2 for other in below)
    return False


def _tile_runs(run: list[Chunk], source: str, known: Knowledge) -> list[Chunk | list[Draft]] | None:
    """Tiles and what stands around them in a run of fitting chunks; None where there is no tile."""
    texts = [_text(chunk, source) for chunk in run]
    keys = [{match.lastgroup or "" for match in tile_phrases(text, known)} for text in texts]
    if not _has_tile(texts, keys, known):
        return None
    pieces: list[list[int]] = [[]]
    seen: set[str] = set()
    for index in range(len(run)):
        titled = len(run[index].lines) == 1 and _names(texts[index], known)
        ahead = next((later for later in keys[index:] if later), set())
        complete = len(keys[index]) >= 2 and bool(seen & keys[index] & _OWN_VALUE)
        if complete or (titled and seen & ahead):
            pieces.append([])
            seen = set()
        pieces[-1].append(index)
        seen |= keys[index]
    result: list[Chunk | list[Draft]] = []
    for piece in pieces:
        result.extend(_one_tile([run[index] for index in piece], source, known))
    return result


def _has_tile(texts: list[str], keys: list[set[str]], known: Knowledge) -> bool:
    """True where a run has two meanings of tile words and a value, or one alone above its value."""
    together: set[str] = set().union(*keys)
    if not any(_VALUE.search(text) for text in texts):
        return False
    if len(together) >= 2:
        return True
    lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    return any(_heads(above, below, known) for above, below in pairwise(lines))


def _names(text: str, known: Knowledge) -> bool:
    """True where a short chunk is a title of three words or more, or a period."""
    return (
        is_title(text, known)
        and len(_WORD.findall(text)) >= 3
        and not tile_phrases(text, known)
        and not is_period_only(text)
    )


def _one_tile(chunks: list[Chunk], source: str, known: Knowledge) -> list[Chunk | list[Draft]]:
    """One tile's drafts, with the chunks around it that are not its own left as they are."""
    found = [bool(tile_phrases(_text(chunk, source), known)) for chunk in chunks]
    if not any(found):
        return list(chunks)
    last = max(index for index, chunk in enumerate(chunks) if found[index] or _is_value(_text(chunk, source)))
    first = next(index for index, chunk in enumerate(chunks) if found[index] or _is_value(_text(chunk, source)))
    while first > 0 and not _names(_text(chunks[first - 1], source), known) and chunks[first].lines[0].gap <= 2:
        first -= 1
    before: list[Chunk | list[Draft]] = list(chunks[:first])
    after: list[Chunk | list[Draft]] = list(chunks[last + 1 :])
    return [*before, _draft_tile(chunks[first : last + 1], source, known), *after]


def _is_value(text: str) -> bool:
    """True where a chunk is a figure with at most one word."""
    return _VALUE.search(text) is not None and len(_WORD.findall(text)) <= 1


def _draft_tile(chunks: list[Chunk], source: str, known: Knowledge) -> list[Draft]:
    """Heading, tile, chart residue and sentences of one tile, in this order."""
    page, gap = chunks[0].page, chunks[0].lines[0].gap
    title = _title_of(chunks, source, known)
    spans: dict[Part, list[tuple[int, int]]] = {part: [] for part in Part}
    for chunk in chunks:
        start = chunk.start
        if title is not None and chunk.start <= title[0] < chunk.end:
            start = title[1] + len(source[title[1] : chunk.end]) - len(source[title[1] : chunk.end].lstrip("*_ "))
        for stretch in cut(source[start : chunk.end], known):
            spans[stretch.part].append((start + stretch.start, start + stretch.end))
    rests = _take_torn_values(spans, source, known)
    drafts: list[Draft] = []
    if title is not None:
        drafts.append(Draft(BlockKind.HEADING, page, gap, _lines_in(source, *title), style=_PLAIN_STYLE))
    for part, kind in ((Part.TILE, BlockKind.TILE), (Part.CHART, BlockKind.CHART)):
        if spans[part]:
            drafts.append(Draft(kind, page, 1, spans[part], broken=True, passage=_broken(source, spans[part])))
    for span in spans[Part.SENTENCE]:
        lines = _lines_in(source, *span) + rests.get(span, [])
        drafts.append(Draft(BlockKind.PARAGRAPH, page, 1, lines))
    return drafts


def _take_torn_values(
    spans: dict[Part, list[tuple[int, int]]], source: str, known: Knowledge
) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Give a sentence that breaks off ("a ratio of") the figure with a full stop that stands alone, if each is one."""
    torn = [span for span in spans[Part.SENTENCE] if is_open(source[slice(*span)], known)]
    loose = [span for span in spans[Part.TILE] if _STOPPED_VALUE.fullmatch(source[slice(*span)])]
    if len(torn) != 1 or len(loose) != 1:
        return {}
    spans[Part.TILE].remove(loose[0])
    return {torn[0]: loose}


_PLAIN_STYLE = 90


def _title_of(chunks: list[Chunk], source: str, known: Knowledge) -> tuple[int, int] | None:
    """The words that name the tile, as a span.

    They are the longest title that stands alone or opens the run, or what a page that was flattened into one line
    begins with, up to its first tile word.
    """
    best: tuple[int, int] | None = None
    for index, chunk in enumerate(chunks):
        line = chunk.lines[0]
        span = (line.start, line.end)
        alone = len(chunk.lines) == 1 or index == 0
        if not (alone and _names(line.text, known)):
            found = _leading_title(chunk, source, known)
            if found is None:
                continue
            span = found
        if best is None or span[1] - span[0] > best[1] - best[0]:
            best = span
    return best


def _leading_title(chunk: Chunk, source: str, known: Knowledge) -> tuple[int, int] | None:
    """The title at the start of a flattened page."""
    text = _text(chunk, source)
    found = tile_phrases(text, known) if len(text.split()) >= _FLATTENED_WORDS else []
    if not found:
        return None
    title = text[: found[0].start()].rstrip(" *_—–-\n\r")
    if title.startswith("(") or not _names(title.replace("*", "").strip(), known):
        return None
    return chunk.start, chunk.start + len(title)


def _lines_in(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """The printed lines inside a span."""
    found: list[tuple[int, int]] = []
    for match in _LINE.finditer(source[start:end]):
        text = match[0]
        first = start + match.start() + len(text) - len(text.lstrip())
        found.append((first, first + len(text.strip())))
    return found


def _broken(source: str, spans: list[tuple[int, int]]) -> Passage:
    """The lines of some spans, cleaned, line ends kept."""
    lines = [clean(source, *line) for span in spans for line in _lines_in(source, *span)]
    return Passage.join([line for line in lines if line.text], "\n")
