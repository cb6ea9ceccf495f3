"""Running text in ruled boxes: what a frame holds between two rules is not always a row."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence

from townclerk.extract.reading.pdf.geometry import Segment, lines_of
from townclerk.extract.reading.pdf.regions import Region
from townclerk.extract.reading.pdf.vectors import Rule, places_of_long

_EDGE = 3.0
# So many lines across the whole box are paragraphs; fewer are a comment on the rows above.
_PARAGRAPHS = 6
_RUNNING_LINE = 40


def table_parts(region: Region, segments: Sequence[Segment]) -> list[tuple[list[Segment], list[Rule]]]:
    """The parts of a region that may be tables: what lies between boxes of running text.

    Returns:
        For each part its segments and rules; text of the boxes left out is in none of them.
    """
    edges = [region.y0, *_full_rules(region), region.y1]
    down = [rule for rule in region.rules if not rule.horizontal and region.x0 + _EDGE < rule.at < region.x1 - _EDGE]
    parts: list[tuple[float, float, list[Segment]]] = []
    # By height, each with its place, so that the bands need not look at all.
    placed = sorted((segment.middle, place) for place, segment in enumerate(segments))
    broken = True
    for top, bottom in itertools.pairwise(edges):
        first = bisect_left(placed, (top, -1))
        last = len(placed) if bottom == edges[-1] else bisect_left(placed, (bottom, -1))
        inside = [segments[place] for place in sorted(place for _, place in placed[first:last])]
        if not inside:
            continue
        if _is_prose(inside, top, bottom, down):
            broken = True
            continue
        if broken:
            parts.append((top, bottom, list(inside)))
            broken = False
        else:
            parts[-1][2].extend(inside)
            parts[-1] = (parts[-1][0], bottom, parts[-1][2])
    if len(parts) == 1 and len(parts[0][2]) == len(segments):
        return [(parts[0][2], region.rules)]
    return [(inside, _clip(region.rules, top, bottom)) for top, bottom, inside in parts]


def _full_rules(region: Region) -> list[float]:
    """Heights of the level rules that run over most of the region."""
    level = (rule for rule in region.rules if rule.horizontal)
    heights = places_of_long(level, _EDGE, 0.8 * (region.x1 - region.x0))
    return [height for height in heights if region.y0 + _EDGE < height < region.y1 - _EDGE]


def _is_prose(inside: Sequence[Segment], top: float, bottom: float, down: Sequence[Rule]) -> bool:
    """True for an undivided box with paragraphs in it."""
    if len(inside) < _PARAGRAPHS:
        return False
    middle = (top + bottom) / 2
    if any(rule.start < middle < rule.end for rule in down):
        return False
    lines = lines_of(inside)
    long = sum(len(line.text) >= _RUNNING_LINE and len(line.segments) <= 2 for line in lines)
    return len(lines) >= _PARAGRAPHS and long * 2 >= len(lines)


def _clip(rules: Sequence[Rule], top: float, bottom: float) -> list[Rule]:
    """The rules between two heights."""
    clipped: list[Rule] = []
    for rule in rules:
        if rule.horizontal:
            if top - _EDGE <= rule.at <= bottom + _EDGE:
                clipped.append(rule)
        elif rule.start < bottom and rule.end > top:
            clipped.append(rule._replace(start=max(rule.start, top), end=min(rule.end, bottom)))
    return clipped
