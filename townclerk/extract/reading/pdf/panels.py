"""Pages laid out in panels, such as dashboards: what stands in one box is read apart from the box beside it."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.extract.reading.pdf.geometry import Segment, lines_of
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.tiles import is_tile
from townclerk.models.document import Box

# A panel takes at least this share of the page each way; one that takes more than this across is a band of the page.
_NARROWEST, _LOWEST, _BAND = 0.1, 0.06, 0.85
# A page has no more boxes of that size than this; a box with more of the text than this is the page's own ground.
_MOST_BOXES, _GROUND = 80, 0.85
# Cells of tables touch, or nearly; panels keep a distance.
_APART, _SLACK = 3.0, 2.0
# Panels side by side hold all the text at their heights but for this share of it.
_STRAY = 0.1
_FEWEST_ALIKE, _MOST_ALIKE, _BARE = 3, 0.7, 0.6

Panel = tuple[Box, list[Segment]]


def find_panels(segments: Sequence[Segment], boxes: Sequence[Box], page: Box, layout: Layout) -> list[Panel]:
    """The panels of a page that stand side by side, each with its text; tiles are left to the page.

    Args:
        segments: The page's text.
        boxes: What is drawn on it as an area or a frame.
        page: The page, or the panel of it that is looked at.
        layout: What the reader of pages knows.
    """
    if len(boxes) < 2:
        return []
    width, height = page.x1 - page.x0, page.y1 - page.y0
    large = [
        box
        for box in dict.fromkeys(boxes)
        if _NARROWEST * width < box.x1 - box.x0 < _BAND * width and box.y1 - box.y0 > _LOWEST * height
    ]
    if not 1 < len(large) <= _MOST_BOXES:
        return []
    panels: list[Panel] = []
    for box in sorted(large, key=lambda one: (one.x0 - one.x1) * (one.y1 - one.y0)):
        if any(_overlap(box, kept) for kept, _ in panels):
            continue
        held = _held(box, segments)
        if 0 < len(held) <= _GROUND * len(segments) and not any(_sticks_out(one, box) for one in held):
            panels.append((box, held))
    return [
        panel for group in _abreast(panels) if _is_whole(group, segments) for panel in group if _is_read(panel, layout)
    ]


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    return across > _SLACK and min(one.y1, other.y1) - max(one.y0, other.y0) > _SLACK


def _held(box: Box, segments: Sequence[Segment]) -> list[Segment]:
    """The segments any part of which stands in a box at half their height."""
    return [one for one in segments if one.x1 > box.x0 and one.x0 < box.x1 and box.y0 <= one.middle <= box.y1]


def _sticks_out(one: Segment, box: Box) -> bool:
    return one.x0 < box.x0 - _SLACK or one.x1 > box.x1 + _SLACK


def _abreast(panels: Sequence[Panel]) -> list[list[Panel]]:
    """The panels in groups that share heights; those with none beside them are left out."""
    groups: list[list[Panel]] = []
    reach = float("-inf")
    for panel in sorted(panels, key=lambda one: one[0].y0):
        if panel[0].y0 < reach - _SLACK:
            groups[-1].append(panel)
        else:
            groups.append([panel])
        reach = max(reach, panel[0].y1)
    return [group for group in groups if len(group) > 1]


def _is_whole(group: Sequence[Panel], segments: Sequence[Segment]) -> bool:
    """True where panels keep apart, no text stands between them, and none is a column of a table in its neighbour."""
    top, bottom = min(box.y0 for box, _ in group), max(box.y1 for box, _ in group)
    level = sum(top <= one.middle <= bottom for one in segments)
    inside = sum(len(held) for _, held in group)
    if level - inside > _STRAY * level:
        return False
    for at, (box, held) in enumerate(group):
        for other, others in group[at + 1 :]:
            beside = min(box.y1, other.y1) - max(box.y0, other.y0) > _SLACK
            if not beside:
                continue
            if max(box.x0, other.x0) - min(box.x1, other.x1) < _APART or _is_torn(held, others):
                return False
    return True


def _is_torn(held: Sequence[Segment], others: Sequence[Segment]) -> bool:
    """True where the lines of one of two boxes are bare numbers at the heights of labels in the other."""
    first, second = lines_of(held), lines_of(others)
    for lines, beside in ((first, second), (second, first)):
        bare = sum(not any(char.isalpha() for char in line.text) for line in lines)
        if len(lines) < _FEWEST_ALIKE or bare < _BARE * len(lines):
            continue
        heights = [(line.y0 + line.y1) / 2 for line in beside if any(char.isalpha() for char in line.text)]
        alike = sum(any(abs((line.y0 + line.y1) / 2 - height) < _SLACK for height in heights) for line in lines)
        if alike > _MOST_ALIKE * len(lines):
            return True
    return False


def _is_read(panel: Panel, layout: Layout) -> bool:
    """True for a panel with lines to be read on their own: more than a tile."""
    return len(panel[1]) > 1 and not is_tile(panel[1], layout)
