"""The parts of one tile: its name, its own words, chart residue, sentences."""

from __future__ import annotations

import re

from townclerk.extract.reading.text.dashboard import Part, cut, tile_phrases
from townclerk.extract.reading.text.drafts import Chunk, Draft
from townclerk.extract.reading.text.headings import is_period_only, is_title
from townclerk.extract.reading.text.joining import is_open
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.extract.reading.text.marks import clean
from townclerk.models.document import BlockKind
from townclerk.models.passage import Passage

_STOPPED_VALUE = re.compile(r"[-+]?£?\d[\d,.]*%?\.")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_FLATTENED_WORDS = 30
# Headings without markup are set weakest (see `paragraphs`).
_PLAIN_STYLE = 90


def text_of(chunk: Chunk, source: str) -> str:
    """All a chunk says, line ends included."""
    return source[chunk.start : chunk.end]


def names_measure(text: str, known: Knowledge) -> bool:
    """True where a short chunk is a title of three words or more, or a period."""
    return (
        is_title(text, known)
        and len(_WORD.findall(text)) >= 3
        and not tile_phrases(text, known)
        and not is_period_only(text)
    )


def draft_tile(chunks: list[Chunk], source: str, known: Knowledge) -> list[Draft]:
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


def draft_card(chunk: Chunk, source: str) -> Draft:
    """The tile of a card that was printed beside others: its lines say name, value and what goes with it."""
    spans = [(line.start, line.end) for line in chunk.lines]
    names = sum(line.name for line in chunk.lines)
    name = Passage.join([clean(source, *span) for span in spans[:names]])
    whole = Passage.join([part for part in (name, _broken(source, spans[names:])) if part.text], "\n")
    return Draft(BlockKind.TILE, chunk.page, chunk.lines[0].gap, spans, broken=True, passage=whole)


def draft_complete(chunk: Chunk, names: int, source: str) -> list[Draft]:
    """The heading and the tile of a card that stands by itself between blank lines, `names` lines of it its name."""
    spans = [(line.start, line.end) for line in chunk.lines]
    gap = chunk.lines[0].gap
    below = _broken(source, spans[names:])
    return [
        Draft(BlockKind.HEADING, chunk.page, gap, spans[:names], style=_PLAIN_STYLE),
        Draft(BlockKind.TILE, chunk.page, 1, spans[names:], broken=True, passage=below),
    ]


def draft_inverted(chunk: Chunk, names: int, source: str) -> list[Draft]:
    """The heading and the tile of a card that prints its value above its name, `names` lines below the first."""
    spans = [(line.start, line.end) for line in chunk.lines]
    gap, below = chunk.lines[0].gap, [spans[0], *spans[1 + names :]]
    return [
        Draft(BlockKind.HEADING, chunk.page, gap, spans[1 : 1 + names], style=_PLAIN_STYLE),
        Draft(BlockKind.TILE, chunk.page, 1, below, broken=True, passage=_broken(source, below)),
    ]


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


def _title_of(chunks: list[Chunk], source: str, known: Knowledge) -> tuple[int, int] | None:
    """The words that name the tile, as a span.

    They are the longest title that stands alone or opens the run, or what a page that was flattened into one line
    begins with, up to its first tile word.
    """
    best: tuple[int, int] | None = None
    for index, chunk in enumerate(chunks):
        line = chunk.lines[0]
        span = (line.start, line.end)
        alone = len(chunk.lines) == 1 or index == 0 or bool(tile_phrases(text_of(chunk, source), known))
        if not (alone and names_measure(line.text, known)):
            found = _leading_title(chunk, source, known)
            if found is None:
                continue
            span = found
        if best is None or span[1] - span[0] > best[1] - best[0]:
            best = span
    return best


def _leading_title(chunk: Chunk, source: str, known: Knowledge) -> tuple[int, int] | None:
    """The title at the start of a flattened page."""
    text = text_of(chunk, source)
    found = tile_phrases(text, known) if len(text.split()) >= _FLATTENED_WORDS else []
    if not found:
        return None
    title = text[: found[0].start()].rstrip(" *_—–-\n\r")
    if title.startswith("(") or not names_measure(title.replace("*", "").strip(), known):
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
