"""Levels of headings and depths of list items."""

from __future__ import annotations

from townclerk.extract.reading.text.drafts import Draft
from townclerk.models.document import BlockKind


def settle_levels(drafts: list[Draft]) -> None:
    """Give every heading its level (1 is highest) and every list item its depth.

    Headings set alike have one level; of those without any setting, one that stands right below another (only
    furniture between) is a level lower than it: a subtitle, or the first of a slide's parts.
    """
    styles = sorted({draft.style for draft in drafts if draft.kind is BlockKind.HEADING})
    levels = {style: number for number, style in enumerate(styles, start=1)}
    above: Draft | None = None
    indents: list[int] = []
    for draft in drafts:
        if draft.kind is BlockKind.HEADING:
            draft.level = levels[draft.style]
            if above is not None and above.style == draft.style and _UNSET <= draft.style < _COMMENT:
                draft.level = levels[draft.style] + 1
            indents = []
        elif draft.kind is BlockKind.LIST_ITEM:
            while indents and indents[-1] > draft.indent:
                indents.pop()
            if not indents or indents[-1] < draft.indent:
                indents.append(draft.indent)
            draft.level = len(indents)
        elif draft.marker:
            indents = [draft.indent]
        else:
            indents = []
        above = draft if draft.kind is BlockKind.HEADING else None


# Styles as `paragraphs` gives them: from here on a heading is told by its words alone, and comment headings.
_UNSET, _COMMENT = 40, 95
