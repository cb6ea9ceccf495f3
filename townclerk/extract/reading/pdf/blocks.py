"""Lines of a column as headings, paragraphs, list items and captions."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from townclerk.extract.reading.pdf.drafts import Draft
from townclerk.extract.reading.pdf.geometry import Line, bounds
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.text.headings import is_caps, is_title
from townclerk.extract.reading.text.joining import is_open, is_terminated, starts_lower
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.models.document import BlockKind

# A year that opens a line belongs to the date that the line before broke off.
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_LONE_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,3}(?:\.\d{1,3}){1,3}")
_BRACKETED = re.compile(r"\(([b-z2-9])\)")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[A-Z]\.|Appendix\b.*)$")
# A line that begins with a label of its own ("Target: 100%").
_LABELLED = re.compile(r"[A-Z][\w’' -]{1,28}:\s")
# What may stand right before a number as a part of it.
_SIGNS = "-–—−+±<>~≈£$€#*'\"(["
_LARGER = 1.12
_LONGEST_HEADING = 4


def draft_lines(lines: Sequence[Line], body: float, layout: Layout, known: Knowledge) -> list[Draft]:
    """Group the lines of one column, from the top, into blocks.

    Args:
        lines: The lines.
        body: Font size of the document's running text.
        layout: What the reader of pages knows.
        known: What the readers know of words.
    """
    if not lines:
        return []
    pitch = _usual_pitch(lines)
    right = max([line.x1 for line in lines])
    drafts: list[Draft] = []
    for index, line in enumerate(lines):
        marker = _marker_length(line, known)
        before = lines[index - 1] if index else None
        if marker and drafts and _counts_on(line, drafts[-1]):
            marker = 0
        if drafts and before is not None and not marker and _goes_on(drafts[-1], before, line, pitch, right, known):
            drafts[-1].lines.append(line)
            continue
        drafts.append(_open(line, marker))
    for draft in drafts:
        _settle(draft, body, layout, known)
    _set_depths(drafts)
    return drafts


def _usual_pitch(lines: Sequence[Line]) -> float:
    """The usual distance from line to line, in line heights."""
    pitches = Counter(
        round((below.y1 - above.y1) / max(1.0, above.size), 1)
        for above, below in itertools.pairwise(lines)
        if below.y1 > above.y1 and abs(above.size - below.size) < 0.5
    )
    usual = [pitch for pitch, count in pitches.most_common(3) if 0.8 <= pitch <= 2.6 and count > 1]
    return usual[0] if usual else 1.25


def _part_bullet(line: Line, known: Knowledge) -> None:
    """Cut a bullet off the word it is set so close to that both were taken for one; a sign belongs to its number."""
    first = line.words[0]
    glyph, rest = first.text[0], first.text[1:]
    if glyph.isalnum() or glyph in _SIGNS or known.bullet.match(glyph + " Ab") is None:
        return
    if not any(letter.isalnum() for letter in rest):
        return
    edge = first.x0 + (first.x1 - first.x0) / len(first.text)
    line.words[0:1] = [first._replace(x1=edge, text=glyph), first._replace(x0=edge, text=rest)]


def _marker_length(line: Line, known: Knowledge) -> int:
    """How many words at a line's start are its bullet or number; 0 without one."""
    _part_bullet(line, known)
    first = line.words[0]
    if len(line.words) < 2:
        return 0
    if _LONE_NUMBER.fullmatch(first.text):
        gap = line.words[1].x0 - first.x1
        wide = gap > 0.6 * line.size or first.text[-1] in ".)" or line.bold
        return 1 if wide else 0
    if known.bullet.match(first.text + " Ab") and not first.text[0].isalnum():
        return 1
    if len(first.text) == 1 and known.bullet.match(line.text) and line.words[1].x0 - first.x1 > 0.6 * line.size:
        return 1
    return 0


def _counts_on(line: Line, draft: Draft) -> bool:
    """True where a line begins with "(b)" and the sentence before it says "(a)" in its middle: a list within it."""
    mark = _BRACKETED.fullmatch(line.words[0].text)
    if mark is None:
        return False
    before = f"({chr(ord(mark[1]) - 1)})"
    return any(word.text == before for one in draft.lines for word in one.words[1:])


def _open(line: Line, marker: int) -> Draft:
    draft = Draft(BlockKind.PARAGRAPH, [line], bounds([line]), line.size, line.bold)
    draft.marker_length = marker
    draft.marker = " ".join([word.text for word in line.words[:marker]])
    return draft


def _goes_on(draft: Draft, before: Line, line: Line, pitch: float, right: float, known: Knowledge) -> bool:
    """True where `line` belongs to the block that ends with `before`."""
    step = (line.y1 - before.y1) / max(1.0, before.size)
    if step > 1.3 * pitch + 0.1 or step < 0:
        return False
    if abs(line.size - before.size) > 0.12 * before.size or _is_entry(before):
        return False
    said = before.text
    text_start = before.x0
    if draft.marker_length and len(draft.lines) == 1:
        words = before.words
        text_start = words[draft.marker_length].x0
    if before.bold and not line.bold and (line.colour != before.colour or _LABELLED.match(line.text)):
        return False
    if line.bold != before.bold:
        # A bold lead-in that ends on the line above, or bold words that begin a line, are one sentence with the rest.
        return is_open(said, known) or (starts_lower(line.text) and not is_terminated(said))
    if before.bold and len(draft.lines) >= _LONGEST_HEADING:
        return True
    if _YEAR.match(line.text) and not is_terminated(said):
        return True
    ended = before.x1 < right - _width_of_first(line) - 0.5 * line.size
    if ended and is_terminated(said) and not starts_lower(line.text):
        return False
    if ended and not is_open(said, known) and not starts_lower(line.text) and before.x1 < 0.7 * right:
        return False
    return not (line.x0 > text_start + 3 * line.size and is_terminated(said))


def _is_entry(line: Line) -> bool:
    """True for a line of a table of contents."""
    return len(line.segments) > 1 and line.words[-1].text.isdecimal() and line.segments[-1].x0 == line.words[-1].x0


def _width_of_first(line: Line) -> float:
    return line.words[0].x1 - line.words[0].x0


def _settle(draft: Draft, body: float, layout: Layout, known: Knowledge) -> None:
    """Say what kind of block a draft is."""
    if len(draft.lines) > 1:
        draft.box = bounds(draft.lines)
        draft.size = max([line.size for line in draft.lines])
        draft.bold = False not in [line.bold for line in draft.lines]
    words = [word for line in draft.lines for word in line.words][draft.marker_length :]
    text = " ".join([word.text for word in words if not word.mark])
    if layout.caption.match(draft.lines[0].text):
        draft.kind = BlockKind.CAPTION
    elif _is_heading(draft, text, body, known):
        draft.kind = BlockKind.HEADING
    elif draft.marker_length:
        draft.kind = BlockKind.LIST_ITEM


def _is_heading(draft: Draft, text: str, body: float, known: Knowledge) -> bool:
    if len(draft.lines) > _LONGEST_HEADING or len(text) > 220:
        return False
    if any(_is_entry(line) for line in draft.lines):
        return False
    if draft.marker and not _NUMBERED.match(draft.marker):
        return False
    letters = sum(map(str.isalpha, text))
    if letters < 3 or letters * 2 < len(text.replace(" ", "")):
        return False
    if draft.size >= _LARGER * body and text[-1] not in ".;,":
        return True
    if draft.size >= 1.4 * body and len(draft.lines) <= 2:
        return True
    if draft.bold and len(draft.lines) <= 2 and (is_title(text, known) or text.endswith((":", "?"))):
        return True
    return len(draft.lines) == 1 and is_caps(text) and is_title(text, known)


def _set_depths(drafts: list[Draft]) -> None:
    """Give list items their depth, by how far they are indented among the items around them."""
    edges: list[float] = []
    for draft in drafts:
        if draft.kind is not BlockKind.LIST_ITEM:
            if draft.kind is BlockKind.HEADING:
                edges = []
            continue
        place = draft.box.x0
        edges = [edge for edge in edges if edge <= place + 5]
        if not edges or place > edges[-1] + 5:
            edges.append(place)
        draft.level = len(edges)
