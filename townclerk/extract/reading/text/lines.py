"""A text's lines and pages, as places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from townclerk.extract.reading.text.markup_tables import MarkupTable
from townclerk.models.document import Page

# No other separators: what a recogniser leaves of them stands inside lines.
_LONGEST_MARKER = 6
_LINE_END = re.compile(r"\r\n?|\n")
_RULE = re.compile(r"(?:[-–—_=─]{3,}\s*)+")


@dataclass(slots=True)
class Line:
    """One printed line that is not blank.

    Attributes:
        text: What it says, outer blanks left out.
        start: Its first character that is no blank, in the document's text.
        end: Behind its last character that is no blank.
        raw_start: Where the line begins, blanks included.
        page: Page number, from 1.
        gap: Blank lines before it; a new page counts as one more.
        furniture: It is page furniture, or a copy that a recogniser's loop left.
        card: It is a line of a card that was printed beside others.
        name: It is a line of such a card's name.
        table: The table of markup that it stands for, if it does.
    """

    text: str
    start: int
    end: int
    raw_start: int
    page: int
    gap: int
    furniture: bool = False
    card: bool = False
    name: bool = False
    table: MarkupTable | None = None

    @property
    def indent(self) -> int:
        """Blanks before it."""
        return self.start - self.raw_start


def is_rule(line: Line) -> bool:
    """True for a line drawn with dashes, under the heads of a table or between its rows."""
    return _RULE.fullmatch(line.text) is not None


def split_pages(text: str) -> list[Page]:
    """The pages of a text, divided by form feeds; a form feed belongs to the page before it.

    The last page is left out if a form feed ends the text.
    """
    pages: list[Page] = []
    start = 0
    for end in [match.end() for match in re.finditer("\f", text)] + [len(text)]:
        if end > start or not pages:
            pages.append(Page(len(pages) + 1, start, end))
        start = end
    return pages


def split_lines(text: str, pages: list[Page]) -> list[Line]:
    """All lines that are not blank, in order."""
    lines: list[Line] = []
    gap = 0
    for page in pages:
        position = page.start
        for number, raw in enumerate(_LINE_END.split(text[page.start : page.end])):
            said = raw.strip()
            if said:
                start = position + len(raw) - len(raw.lstrip())
                lines.append(Line(said, start, start + len(said), position, page.number, gap))
                gap = 0
            elif number or page.number == 1:
                gap += 1
            position += len(raw)
            end = _LINE_END.match(text, position)
            position = end.end() if end else position
        gap += 1
    return lines


def join_markers(lines: list[Line], source: str, lone: re.Pattern[str]) -> list[Line]:
    """Put bullets and paragraph numbers that stand on a line of their own before the line they belong to.

    Args:
        lines: The lines.
        source: The document's text.
        lone: Matches all of such a line.
    """
    joined: list[Line] = []
    waiting: Line | None = None
    for line in lines:
        if waiting is not None:
            if line.page == waiting.page and line.gap <= 1 and line.text[0].isalpha():
                text = source[waiting.start : line.end]
                joined.append(Line(text, waiting.start, line.end, waiting.raw_start, line.page, waiting.gap))
                waiting = None
                continue
            joined.append(waiting)
            waiting = None
        if len(line.text) <= _LONGEST_MARKER and lone.fullmatch(line.text):
            waiting = line
        else:
            joined.append(line)
    return [*joined, waiting] if waiting is not None else joined
