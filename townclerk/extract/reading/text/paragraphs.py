"""Chunks into drafts of headings, captions, list items, paragraphs and chart labels."""

from __future__ import annotations

import re

from townclerk.extract.reading.text.dashboard import is_residue
from townclerk.extract.reading.text.drafts import Chunk, Draft
from townclerk.extract.reading.text.headings import is_caps, is_period_only, is_title
from townclerk.extract.reading.text.joining import carries_on, is_keyed, is_open, is_row, starts_lower
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.extract.reading.text.legend import read_legend
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.marks import find_mark, is_bold
from townclerk.models.digits import has_digit
from townclerk.models.document import BlockKind

# How strongly a heading is set: markdown's levels come first (1 to 6).
_CAPS, _BOLD, _NUMBERED, _PLAIN, _COMMENT = 20, 30, 40, 90, 95
_LETTER = re.compile(r"[^\W\d_]")
_DECIMAL_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?")


def draft_chunk(chunk: Chunk, known: Knowledge) -> list[Draft]:
    """The blocks of one chunk."""
    if _is_wrapped_title(chunk, known):
        spans = [(line.start, line.end) for line in chunk.lines]
        first = chunk.lines[0]
        return [Draft(BlockKind.HEADING, first.page, first.gap, spans, indent=first.indent, style=_PLAIN)]
    width = max(len(line.text) for line in chunk.lines)
    drafts: list[Draft] = []
    before: Line | None = None
    for index, line in enumerate(chunk.lines):
        draft = _start(line, chunk, index, known)
        current = drafts[-1] if drafts else None
        if current is not None and before is not None and _belongs(current, draft, before, line, width, known):
            current.spans.append((draft.spans[0][0] if current.kind is BlockKind.HEADING else line.start, line.end))
        else:
            drafts.append(draft)
        before = line
    return drafts


def _is_wrapped_title(chunk: Chunk, known: Knowledge) -> bool:
    """True where a chunk is one title over two to four lines, as one of them shows that begins in small letters."""
    texts = [line.text for line in chunk.lines]
    if not 2 <= len(texts) <= 4 or not any(map(starts_lower, texts[1:])):
        return False
    names = all(starts_lower(text) or is_title(text, known) or is_open(text, known) for text in texts)
    return names and is_title(" ".join(texts), known) and not any(known.tile_phrase.search(text) for text in texts)


def _start(line: Line, chunk: Chunk, index: int, known: Knowledge) -> Draft:
    """The block a line would begin."""
    mark = find_mark(line.text, known)
    words = line.text[mark.length :]
    draft = Draft(
        BlockKind.PARAGRAPH,
        line.page,
        line.gap,
        [(line.start + mark.length, line.end)],
        marker=mark.number or mark.glyph,
        indent=line.indent,
    )
    if legend := read_legend(line.text, known):
        draft.kind, draft.legend, draft.marker = BlockKind.CAPTION, legend, ""
        draft.spans = [(line.start, line.end)]
    elif mark.hashes:
        draft.kind, draft.style = BlockKind.HEADING, mark.hashes
    elif known.caption.match(words.strip("*_ ")) and len(words) <= 200:
        draft.kind = BlockKind.CAPTION
    elif mark.glyph:
        draft.kind = BlockKind.LIST_ITEM
    elif is_residue(line.text) or _is_chart_line(words, known):
        draft.kind = BlockKind.CHART
    elif not mark.number or mark.number[0].isdigit() or is_bold(words):
        _judge_heading(draft, words, chunk, index, known)
    if draft.kind is BlockKind.PARAGRAPH and mark.number and not _DECIMAL_NUMBER.fullmatch(mark.number):
        draft.kind = BlockKind.LIST_ITEM
    return draft


def _is_chart_line(words: str, known: Knowledge) -> bool:
    """True for a chart's label, alone or before its figures."""
    label = known.chart_phrase.match(words)
    rest = words[label.end() :].strip() if label else ""
    return label is not None and (not rest or is_residue(f"{rest} 0 0"))


def _judge_heading(draft: Draft, words: str, chunk: Chunk, index: int, known: Knowledge) -> None:
    """Make a heading of a line in bold, in capitals, or that reads as a name and stands apart from what follows it."""
    bare = words.strip("*_ ")
    if is_bold(words) and _LETTER.search(bare):
        draft.kind, draft.style = BlockKind.HEADING, _CAPS if is_caps(bare) else _BOLD
        return
    if known.comment_heading.fullmatch(bare.strip(": ")) and len(chunk.lines) == 1:
        draft.kind, draft.style = BlockKind.HEADING, _COMMENT
        return
    if not is_title(bare, known) or is_keyed(bare):
        return
    if is_caps(bare):
        draft.kind, draft.style = BlockKind.HEADING, _CAPS
    elif len(chunk.lines) == 1 or (index == 0 and _opens(chunk, known)):
        draft.kind, draft.style = BlockKind.HEADING, _NUMBERED if draft.marker else _PLAIN


def _opens(chunk: Chunk, known: Knowledge) -> bool:
    """True where a chunk's first line is apart from the second: a bullet, a statement, a row or a value follows it."""
    second = chunk.lines[1].text
    mark = find_mark(second, known)
    if mark.glyph or (mark.number and not starts_lower(second[mark.length :])):
        return True
    if len(chunk.lines) >= 4 and _is_value(second) and _is_value(chunk.lines[3].text):
        return False
    if starts_lower(second) or is_period_only(chunk.lines[0].text):
        return False
    first = chunk.lines[0].text
    return len(first) < 90 and (not is_title(second, known) or is_row(second) or len(chunk.lines) > 2)


def _is_value(text: str) -> bool:
    """True for a cell's figure on a line of its own: names and figures take turns there."""
    return has_digit(text) and len(_LETTER.findall(text)) <= 3


def _belongs(current: Draft, draft: Draft, before: Line, line: Line, width: int, known: Knowledge) -> bool:
    """True where a line is part of the block above it."""
    if draft.marker or draft.legend or draft.kind in (BlockKind.CAPTION, BlockKind.CHART):
        return False
    if current.kind is BlockKind.HEADING:
        if draft.kind is BlockKind.HEADING:
            return current.style <= _BOLD and draft.style in (_CAPS, _BOLD)
        return carries_on(before.text, line.text, 10_000, known) and starts_lower(line.text)
    if draft.kind is BlockKind.HEADING or current.kind is BlockKind.CHART or current.legend:
        return False
    return carries_on(before.text, line.text, width, known)
