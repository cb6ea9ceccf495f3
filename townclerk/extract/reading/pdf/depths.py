"""The depth of list items behind a break of column or page, where how far they are indented says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.extract.reading.pdf.drafts import Draft
from townclerk.models.document import BlockKind

_INDENT = 5.0


def carry_depths(pages: Sequence[Sequence[Draft]]) -> None:
    """Deepen the items that go on with a list begun in the column or on the page before.

    An item is as deep as the last one with its bullet; one with a new bullet behind a colon is one deeper.
    """
    before: tuple[Draft, int] | None = None
    depths: dict[str, int] = {}
    shift, edge = 0, 0.0
    for number, drafts in enumerate(pages):
        for draft in drafts:
            if draft.kind is BlockKind.FURNITURE:
                continue
            if draft.kind is not BlockKind.LIST_ITEM:
                before, shift = None, 0
                depths = {} if draft.kind is BlockKind.HEADING else depths
                continue
            if before is not None and (before[1] != number or draft.box.y0 < before[0].box.y0):
                shift, edge = max(0, _depth_behind(before[0], draft, depths) - draft.level), draft.box.x0
            elif draft.box.x0 < edge - _INDENT:
                shift = 0
            draft.level += shift
            depths[draft.marker] = draft.level
            before = (draft, number)


def _depth_behind(before: Draft, draft: Draft, depths: dict[str, int]) -> int:
    """The depth of the first item behind a break; 0 where nothing tells."""
    if not draft.marker or draft.marker[0].isalnum():
        return 0
    opens = before.lines[-1].text.rstrip().endswith(":")
    if opens and draft.marker != before.marker:
        return before.level + 1
    return depths.get(draft.marker, 0)
