"""The pages of a document as the splitter of packs looks at them: as lines."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from townclerk.extract.reading.items.knowledge import AgendaWords
from townclerk.models.document import BlockKind, Document

# As many lines of a page as are looked at: an agenda may fill its page.
_MOST_LINES = 120
_TOP_LINES = 30
_EDGE_LINES = 3
# In a text in one piece a stamp is believed by what stands below it, so far down.
_NEXT_CHARACTERS = 600
_SHORTEST_TITLE = 8
_LONGEST_MARK = 60
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z’'()/ ]{1,60}?)\W{0,3}?\s*(?::|\t)\s*\W{0,3}?(?P<value>.*)")
_BAR = re.compile(r"\s*\|\s*")
_ORNAMENTS = " \t\f*_#|"


@dataclass(slots=True)
class Leaf:
    """One page.

    Attributes:
        start: Its first character in the document's text.
        page: Page number, from 1.
        label: Its label, where the file gives one.
        lines: Its lines that are not blank, from the top.
        furniture: Its headers and footers.
        shape: Width and height, rounded; zeros for text.
    """

    start: int
    page: int
    label: str
    lines: list[str]
    furniture: list[str]
    shape: tuple[int, int]

    @property
    def top(self) -> list[str]:
        """The lines in which a front page says what it is."""
        return self.lines[:_TOP_LINES]

    @property
    def edges(self) -> list[str]:
        """The lines in which headers, footers and stamps stand."""
        return [*self.lines[:_EDGE_LINES], *self.furniture]


def leaves_of(document: Document, words: AgendaWords) -> list[Leaf]:
    """The pages of a document; a text in one piece is cut where a line marks a page or heads a paper."""
    leaves: list[Leaf] = []
    furniture: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE and block.passage.pieces:
            furniture[block.page].append((block.passage.pieces[0].source_start, block.passage.text.strip(_ORNAMENTS)))
    for page in document.pages:
        cuts = [] if page.width else _marks(document.text, page.start, page.end, words)
        starts = sorted({page.start, *cuts})
        shape = (round(page.width / 10), round(page.height / 10))
        for start, end in zip(starts, [*starts[1:], page.end], strict=True):
            aside = [said for at, said in furniture[page.number] if start <= at < end]
            leaves.append(Leaf(start, page.number, page.label, _lines(document.text, start, end), aside, shape))
    return leaves


def _lines(text: str, start: int, end: int) -> list[str]:
    """The lines of a page; cells of a table stand a tab apart, however they were divided."""
    lines: list[str] = []
    for match in _LINE.finditer(text, start, end):
        if line := match[0].strip().strip(_ORNAMENTS):
            lines.append(_BAR.sub("\t", line) if "|" in line else line)
        if len(lines) == _MOST_LINES or match.end() == end:
            break
    return lines


def _marks(text: str, start: int, end: int, words: AgendaWords) -> list[int]:
    """Where lines begin that mark a page, or that head a paper behind a blank line."""
    found: list[int] = []
    blank = True
    for match in _LINE.finditer(text, start, end):
        raw = match[0].strip()
        if 0 < len(raw) <= _LONGEST_MARK and (
            words.page_mark.fullmatch(raw)
            or (blank and words.stamp.fullmatch(raw.strip(_ORNAMENTS)) and _heads_paper(text, start, match, words))
        ):
            found.append(match.start())
        blank = not raw
        if match.end() == end:
            break
    return found


def _heads_paper(text: str, start: int, stamp: re.Match[str], words: AgendaWords) -> bool:
    """True where a title that the agenda named before stands below a stamp, or a label of a report's front."""
    near = text[stamp.end() : stamp.end() + _NEXT_CHARACTERS].splitlines()
    title = next((said for line in near if (said := line.strip().strip(_ORNAMENTS))), "")
    named = len(title) >= _SHORTEST_TITLE and title.lower() in text[start : stamp.start()].lower()
    return named or any(labels_of(line, words) for line in near)


def labels_of(line: str, words: AgendaWords) -> dict[str, str]:
    """What a line labels as the front of a report does, with the words behind its label."""
    match = _LABEL.fullmatch(line.strip(_ORNAMENTS))
    if match is None:
        return {}
    label = match["label"].strip()
    return {key: match["value"] for key, pattern in words.front_labels.items() if pattern.fullmatch(label)}
