"""Levels of headings and depths of list items."""

from __future__ import annotations

from bisect import bisect_left

from townclerk.extract.reading.text.drafts import Draft
from townclerk.models.document import BlockKind


def settle_levels(drafts: list[Draft], furniture: list[int]) -> None:
    """Give every heading its level (1 is highest) and every list item its depth.

    Headings set alike have one level; of those without any setting, one that stands right below another is a level
    lower than it, and so are the ones after it until the page ends: sections below a title, parts of a slide.

    Args:
        drafts: The drafts in order.
        furniture: Where page furniture stands in the text, ascending.
    """
    styles = sorted({draft.style for draft in drafts if draft.kind is BlockKind.HEADING})
    levels = {style: number for number, style in enumerate(styles, start=1)}
    above: Draft | None = None
    deeper, page, passed = False, 0, 0
    outer: list[tuple[int, str]] = []
    for draft in drafts:
        if draft.kind is BlockKind.HEADING:
            before = bisect_left(furniture, draft.spans[0][0])
            below = above is not None and above.style == draft.style
            deeper = below or (deeper and draft.page == page and before == passed)
            page, passed = draft.page, before
            unset = _UNSET <= draft.style < _COMMENT
            draft.level = levels[draft.style] + (unset and deeper)
            outer = []
        elif draft.kind is BlockKind.LIST_ITEM:
            outer = _place(outer, (draft.indent, _family(draft.marker)))
            draft.level = len(outer)
        elif draft.marker and draft.kind is BlockKind.PARAGRAPH:
            outer = [(draft.indent, "number")]
        else:
            outer = []
        above = draft if draft.kind is BlockKind.HEADING else None


# Styles as `paragraphs` gives them: from here on a heading is told by its words alone, and comment headings.
_UNSET, _COMMENT = 40, 95


def _family(marker: str) -> str:
    """Kind of a list marker: lists within lists change it. Status glyphs change within one list and are one kind."""
    if marker[:1] in "-–—":
        return "dash"
    if marker == "o":
        return "ring"
    return "letter" if marker.strip("().").isalnum() else "bullet"


def _place(outer: list[tuple[int, str]], item: tuple[int, str]) -> list[tuple[int, str]]:
    """The open lists once an item stands in the innermost: same indent and kind, or deeper than the last."""
    indent = item[0]
    kept = [one for one in outer if one[0] <= indent]
    while kept and kept[-1][0] == indent and any(one == item for one in kept[:-1]):
        kept.pop()
    if not kept or kept[-1] != item:
        kept.append(item)
    return kept
