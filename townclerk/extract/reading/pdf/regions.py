"""Where tables are that rules show: regions of rules that touch or have the same ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from townclerk.extract.reading.pdf.geometry import Line, Segment, lines_of
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.runs import FEWEST_HEADS, heads_another, holds_values
from townclerk.extract.reading.pdf.vectors import Rule
from townclerk.extract.reading.text.joining import starts_lower
from townclerk.models.document import Box

_TOUCH = 3.0
_SAME_EDGE = 4.0
# Parts of one table with the same edges stand no further apart than this, such as shaded bars between groups of rows.
_FURTHEST = 200.0
# Rules of one table stand no further apart than this.
_TALLEST = 500.0
_HIGHEST_HEAD, _HIGHEST_FOOT = 60.0, 24.0


@dataclass(slots=True)
class Region:
    """Rules that belong together, and the box around them."""

    rules: list[Rule] = field(default_factory=list)
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0

    @classmethod
    def of(cls, rules: list[Rule]) -> Region:
        """The region of some rules."""
        across = [rule for rule in rules if rule.horizontal]
        down = [rule for rule in rules if not rule.horizontal]
        xs = [rule.at for rule in down] + [x for rule in across for x in (rule.start, rule.end)]
        ys = [rule.at for rule in across] + [y for rule in down for y in (rule.start, rule.end)]
        return cls(rules, min(xs), min(ys), max(xs), max(ys))

    @property
    def box(self) -> Box:
        """Its box."""
        return Box(self.x0, self.y0, self.x1, self.y1)

    @property
    def is_panel(self) -> bool:
        """True for a frame with nothing ruled inside it."""
        inner_across = any(rule.horizontal and self.y0 + _TOUCH < rule.at < self.y1 - _TOUCH for rule in self.rules)
        inner_down = any(not rule.horizontal and self.x0 + _TOUCH < rule.at < self.x1 - _TOUCH for rule in self.rules)
        return not inner_across and not inner_down

    @property
    def is_shading(self) -> bool:
        """True where coloured bars and cells make it up, and no upright line."""
        return any(rule.edge for rule in self.rules) and all(rule.edge or rule.horizontal for rule in self.rules)

    def held(self, segments: Iterable[Segment]) -> list[Segment]:
        """The segments whose middle lies inside."""
        x0, x1, y0, y1 = 2 * (self.x0 - 1), 2 * (self.x1 + 1), 2 * (self.y0 - 1), 2 * (self.y1 + 1)
        return [one for one in segments if x0 <= one.x0 + one.x1 <= x1 and y0 <= one.y0 + one.y1 <= y1]


def ruled_regions(rules: Sequence[Rule], segments: Sequence[Segment], layout: Layout) -> list[Region]:
    """Regions of rules that touch, and of level rules with the same ends, from the top; panels are among them."""
    clusters = _touching(rules)
    crossed = [Region.of(cluster) for cluster in clusters if len({rule.horizontal for rule in cluster}) == 2]
    level = [rule for cluster in clusters if all(rule.horizontal for rule in cluster) for rule in cluster]
    level = [rule for rule in level if not _is_underline(rule, segments)]
    regions = _join_stacked(crossed, segments, layout)
    free = [rule for rule in level if not any(_inside(rule, region) for region in regions)]
    regions = _under_heads(regions, _level_regions(free, segments, layout), segments, layout)
    return sorted(regions, key=lambda region: (region.y0, region.x0))


def _under_heads(
    regions: list[Region], level: Sequence[Region], segments: Sequence[Segment], layout: Layout
) -> list[Region]:
    """All regions; rows with rules between them are joined to the shaded head that stands over them."""
    for below in level:
        for index, above in enumerate(regions):
            same = abs(above.x0 - below.x0) <= _SAME_EDGE and abs(above.x1 - below.x1) <= _SAME_EDGE
            over = above.is_shading and above.y1 <= below.y0 + _TOUCH
            if same and over and _is_tabular(above.y0, below.y0, above.x0, above.x1, segments, layout):
                regions[index] = Region.of([*above.rules, *below.rules])
                break
        else:
            regions.append(below)
    return regions


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Group rules that cross or touch."""
    across = [index for index, rule in enumerate(rules) if rule.horizontal]
    down = sorted((index for index, rule in enumerate(rules) if not rule.horizontal), key=lambda one: rules[one].at)
    places = [rules[index].at for index in down]
    leader = list(range(len(rules)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for index in across:
        rule = rules[index]
        first = bisect_left(places, rule.start - _TOUCH)
        for place in range(first, bisect_right(places, rule.end + _TOUCH)):
            other = rules[down[place]]
            if other.start - _TOUCH <= rule.at <= other.end + _TOUCH:
                leader[lead(down[place])] = lead(index)
    clusters: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        clusters.setdefault(lead(index), []).append(rule)
    return list(clusters.values())


def widen(region: Region, segments: Sequence[Segment]) -> None:
    """Take in the columns beside a region that only part of a table's rules or colours make up.

    Where most lines of the region have short text beside them on a side, that text is their table's.
    """
    held = region.held(segments)
    heights = sorted({round(segment.middle / 3) for segment in held})
    if len(heights) < 4:
        return
    taken = {id(segment) for segment in held}
    level = [s for s in segments if id(s) not in taken and region.y0 - 1 <= s.middle <= region.y1 + 1]
    for left in (True, False):
        beside = [s for s in level if (s.x1 <= region.x0 + 1 if left else s.x0 >= region.x1 - 1)]
        lines = {round(segment.middle / 3) for segment in beside}
        near = sum(any(height + step in lines for step in (-1, 0, 1)) for height in heights)
        long = sum(len(segment.text) > 60 for segment in beside)
        if near >= 0.6 * len(heights) and long * 4 <= len(beside):
            region.x0 = min(region.x0, *(segment.x0 for segment in beside)) - 1
            region.x1 = max(region.x1, *(segment.x1 for segment in beside)) + 1


def lengthen(region: Region, segments: Sequence[Segment], rules: Sequence[Rule]) -> None:
    """Take in heads right above and rows right below a table that is shaded only at its groups, and their rules."""
    if not region.is_shading:
        return
    top, bottom = region.y0, region.y1
    inside = lines_of(region.held(segments))
    typical = max((len(line.segments) for line in inside), default=0)
    if typical < 3:
        return
    beside = [one for one in segments if one.x0 > region.x0 - 4 and one.x1 < region.x1 + 4]
    for line in reversed(lines_of(_level_with(beside, region.y0 - _HIGHEST_HEAD, region.y0))):
        if region.y0 - line.y1 > 0.8 * line.size:
            break
        if len(line.segments) < FEWEST_HEADS and not _is_wrapped_head(line, region):
            break
        region.y0 = line.y0
    end, remarks = region.y1, 0
    gaps = sorted(after.y0 - before.y1 for before, after in pairwise(inside))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    for line in lines_of(one for one in beside if one.middle > region.y1):
        if line.y0 - end > max(1.2 * line.size, 1.1 * usual) or remarks > 2:
            break
        end = line.y1
        if 2 * len(line.segments) >= typical and len(line.segments) >= 3:
            region.y1, remarks = end, 0
        elif starts_lower(line.text) and not remarks:
            region.y1 = end
        else:
            remarks += 1
    if (region.y0, region.y1) != (top, bottom):
        own = {id(rule) for rule in region.rules}
        new = [rule for rule in rules if rule.horizontal and region.y0 < rule.at < region.y1 and id(rule) not in own]
        region.rules.extend(rule for rule in new if rule.start >= region.x0 - 4 and rule.end <= region.x1 + 4)


def add_short_rules(region: Region, rules: Sequence[Rule]) -> None:
    """Take in the level rules inside a region of level rules that share neither end: those under upper heads."""
    if not all(rule.horizontal for rule in region.rules):
        return
    own = {id(rule) for rule in region.rules}
    region.rules.extend(
        rule
        for rule in rules
        if rule.horizontal
        and id(rule) not in own
        and region.y0 < rule.at < region.y1
        and rule.start >= region.x0 - _SAME_EDGE
        and rule.end <= region.x1 + _SAME_EDGE
    )


def rules_inside(rules: Sequence[Rule], box: Box) -> list[Rule]:
    """The rules inside a box, cut to it; those around it are left out."""
    cut: list[Rule] = []
    for rule in rules:
        low, high, first, last = (
            (box.y0, box.y1, box.x0, box.x1) if rule.horizontal else (box.x0, box.x1, box.y0, box.y1)
        )
        if low + 1 < rule.at < high - 1 and rule.start < last - 1 and rule.end > first + 1:
            cut.append(rule._replace(start=max(rule.start, first), end=min(rule.end, last)))
    return cut


def _is_underline(rule: Rule, segments: Sequence[Segment]) -> bool:
    """True for a rule that runs under some words no further than they do."""
    for segment in segments:
        if segment.y0 < rule.at < segment.y1 + 2 and segment.x0 - 2 <= rule.start and rule.end <= segment.x1 + 2:
            return rule.at > segment.middle
    return False


def _inside(rule: Rule, region: Region) -> bool:
    return (
        region.y0 - _TOUCH <= rule.at <= region.y1 + _TOUCH
        and region.x0 - _TOUCH <= rule.start
        and rule.end <= region.x1 + _TOUCH
    )


def _join_stacked(regions: list[Region], segments: Sequence[Segment], layout: Layout) -> list[Region]:
    """Join regions of the same width that stand close above each other: tables with gaps or shaded every other row."""
    joined: list[Region] = []
    for region in sorted(regions, key=lambda one: one.y0):
        for index, other in enumerate(joined):
            if _inside_box(region, other):
                joined[index] = Region.of([*other.rules, *region.rules]) if not other.is_panel else other
                if other.is_panel:
                    joined.append(region)
                break
            same = abs(region.x0 - other.x0) <= _SAME_EDGE and abs(region.x1 - other.x1) <= _SAME_EDGE
            if same and region.y0 - other.y1 < _FURTHEST and _rows_between(other, region, segments, layout):
                joined[index] = Region.of([*other.rules, *region.rules])
                break
        else:
            joined.append(region)
    return joined


def _inside_box(region: Region, other: Region) -> bool:
    return (
        other.x0 - _TOUCH <= region.x0
        and region.x1 <= other.x1 + _TOUCH
        and other.y0 - _TOUCH <= region.y0
        and region.y1 <= other.y1 + _TOUCH
    )


def _rows_between(above: Region, below: Region, segments: Sequence[Segment], layout: Layout) -> bool:
    """True where nothing, or rows of several segments with remarks under them, stands between two regions."""
    gap = below.y0 - above.y1
    # Twice the heights, as in `Region.held`: every segment of the page is asked.
    top, bottom, left, right = 2 * (above.y1 - 1), 2 * (below.y0 + 1), above.x0, above.x1
    between = [one for one in segments if top <= one.y0 + one.y1 <= bottom and one.x1 > left and one.x0 < right]
    if not between:
        return gap <= (1.5 if above.is_panel and below.is_panel else 2 * _TOUCH)
    lines = lines_of(between)
    if heads_another([*lines, *lines_of(below.held(segments))[:1]], layout):
        return False
    rows = [line for line in lines if len(line.segments) >= 2]
    if not (above.is_shading and below.is_shading):
        return gap < 40 and len(rows) == len(lines)
    if len(rows) == len(lines):
        return gap < 40 or min(len(line.segments) for line in rows) >= 3
    full = [line for line in rows if len(line.segments) >= 3]
    inside = all(line.x0 > above.x0 - 4 and line.x1 < above.x1 + 4 for line in lines)
    if full:
        return inside and len(lines) <= 4 * len(full)
    # Only remarks stand between: what follows is a bar that names the next group, not the head of another table.
    bar = lines_of(below.held(segments))[:1]
    return inside and len(lines) <= 3 and all(len(line.segments) == 1 for line in bar) and not above.is_panel


def _level_regions(rules: list[Rule], segments: Sequence[Segment], layout: Layout) -> list[Region]:
    """Regions between level rules that share both ends, such as tables ruled above and below their head."""
    ranks: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda one: (one.at, one.start)):
        if ranks and abs(ranks[-1][-1].at - rule.at) < _TOUCH and rule.start - ranks[-1][-1].end < 16:
            ranks[-1].append(rule)
        else:
            ranks.append([rule])
    groups: list[list[list[Rule]]] = []
    for rank in ranks:
        start, end = rank[0].start, rank[-1].end
        if end - start < 60:
            continue
        # Only the last rule above with these ends may be of the same table.
        above = next((one for one in reversed(groups) if _has_ends(one[-1], start, end)), None)
        if above is not None and _is_tabular(above[-1][0].at, rank[0].at, start, end, segments, layout):
            so_far = _held_between(above[0][0].at, rank[0].at, start, end, segments)
            if heads_another(lines_of(so_far), layout):
                groups.append([rank])
                continue
            above.append(rank)
        else:
            groups.append([rank])
    regions = [Region.of([rule for rank in group for rule in rank]) for group in groups if len(group) >= 2]
    for region in regions:
        held = {id(rule) for rule in region.rules}
        region.rules.extend(rule for rule in rules if id(rule) not in held and _inside(rule, region))
        take_head(region, segments, layout)
    return regions


def _has_ends(rank: Sequence[Rule], start: float, end: float) -> bool:
    return abs(rank[0].start - start) <= _SAME_EDGE and abs(rank[-1].end - end) <= _SAME_EDGE


def take_head(region: Region, segments: Sequence[Segment], layout: Layout) -> None:
    """Take in the head over the first rule of a table, where rows of values or its lower half stand below that rule.

    Args:
        region: The table's rules; it grows.
        segments: The text that may be its head.
        layout: What the reader of pages knows.
    """
    # Two columns with upright rules around them have two heads.
    ruled = max(2, len({round(rule.at / _SAME_EDGE) for rule in region.rules if not rule.horizontal}) - 1)
    ruled = ruled if any(not rule.horizontal for rule in region.rules) else FEWEST_HEADS
    second = min((rule.at for rule in region.rules if rule.at > region.y0 + _TOUCH), default=region.y1)
    beside = [one for one in segments if one.x0 > region.x0 - 4 and one.x1 < region.x1 + 4]
    # The first row may be blank.
    below = lines_of(_level_with(beside, region.y0, second)) or lines_of(_level_with(beside, region.y0, region.y1))[:1]
    if not any(holds_values(line, layout) or _is_wrapped_head(line, region) for line in below):
        return
    first: float | None = None
    for line in reversed(lines_of(_level_with(beside, region.y0 - _HIGHEST_HEAD, region.y0))):
        if region.y0 - line.y1 > 0.8 * line.size or holds_values(line, layout):
            return
        # A head that stands between the heights of two rows of heads is that of the labels beside both.
        between = first is not None and line.y1 > first + 1
        if len(line.segments) < min(FEWEST_HEADS, ruled) and not _is_wrapped_head(line, region) and not between:
            return
        first = line.y0
        region.y0 = line.y0 - 1


def take_foot(region: Region, segments: Sequence[Segment], layout: Layout) -> None:
    """Take in the totals right below the last rule of a table without upright rules.

    Args:
        region: The table's rules; it grows.
        segments: The text that may be its last row.
        layout: What the reader of pages knows.
    """
    if any(not rule.horizontal for rule in region.rules):
        return
    low = _level_with(segments, region.y1, region.y1 + _HIGHEST_FOOT)
    below = [one for one in low if region.x0 - 4 < one.x0 and one.x1 < region.x1 + 4]
    if len(below) < FEWEST_HEADS:
        return
    rows = [line for line in lines_of(region.held(segments)) if holds_values(line, layout)]
    foot = lines_of(below)[0]
    if len(rows) < FEWEST_HEADS or not holds_values(foot, layout) or len(foot.segments) != len(rows[-1].segments):
        return
    level = all(
        one.x0 < other.x1 and other.x0 < one.x1 for one, other in zip(foot.segments, rows[-1].segments, strict=True)
    )
    if level and foot.y0 - region.y1 < foot.size and foot.bold != rows[-1].bold:
        region.y1 = foot.y1 + 1


def _is_wrapped_head(line: Line, region: Region) -> bool:
    """True where a line stands over the columns behind the first alone: the rest of their heads."""
    return line.x0 > region.x0 + 4 * line.size


def _level_with(segments: Sequence[Segment], top: float, bottom: float) -> list[Segment]:
    """The segments whose middle lies between two heights."""
    low, high = 2 * top, 2 * bottom
    return [one for one in segments if low < one.y0 + one.y1 < high]


def _is_tabular(
    top: float, bottom: float, start: float, end: float, segments: Sequence[Segment], layout: Layout
) -> bool:
    """True where what stands between two level rules is rows of one table, of several segments for the most part."""
    between = _held_between(top, bottom, start, end, segments)
    if not between:
        return bottom - top < 6
    if bottom - top >= _TALLEST:
        return False
    lines = lines_of(between)
    rows = [line for line in lines if len(line.segments) >= 2]
    # Labels that wrap are no lines of their own.
    edge = min((line.segments[1].x0 for line in rows), default=start)
    wrapped = sum(len(line.segments) == 1 and line.x1 < edge for line in lines)
    return 2 * len(rows) >= len(lines) - wrapped and bool(rows) and not heads_another(lines, layout)


def _held_between(top: float, bottom: float, start: float, end: float, segments: Sequence[Segment]) -> list[Segment]:
    """The segments between two level rules."""
    low, high, left, right = 2 * (top - 1), 2 * (bottom + 1), start - 6, end + 6
    return [one for one in segments if low < one.y0 + one.y1 < high and one.x0 > left and one.x1 < right]
