"""Headings told by their company: lines set as other headings of the document are, whatever they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from townclerk.extract.reading.pdf.drafts import Draft
from townclerk.models.document import BlockKind

_LARGER = 1.05
_FEWEST = 2
_MOST_LINES = 2
_FEWEST_LETTERS = 2


def join_headings(drafts: Sequence[Draft], body: float) -> None:
    """Make headings of short paragraphs in a style that headings have and running text has not.

    Args:
        drafts: All blocks of a document.
        body: Font size of its running text.
    """
    styles = Counter(_style(draft) for draft in drafts if draft.kind is BlockKind.HEADING)
    kept = {style for style, count in styles.items() if count >= _FEWEST}
    plain = {line.colour for draft in drafts for line in draft.lines if not line.bold}
    for draft in drafts:
        if draft.kind is not BlockKind.PARAGRAPH or len(draft.lines) > _MOST_LINES or _style(draft) not in kept:
            continue
        apart = draft.size > _LARGER * body or (draft.bold and draft.lines[0].colour not in plain)
        text = draft.lines[-1].text
        letters = sum(character.isalpha() for line in draft.lines for character in line.text)
        if apart and letters >= _FEWEST_LETTERS and text[-1:] not in ".;,":
            draft.kind = BlockKind.HEADING


def _style(draft: Draft) -> tuple[int, bool, int]:
    return round(draft.size), draft.bold, draft.lines[0].colour if draft.lines else 0
