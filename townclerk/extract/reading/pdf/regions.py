"""Where tables are: regions that rules make, and runs of lines that stand in columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from townclerk.extract.reading.pdf.geometry import Line, Segment, lines_of
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.vectors import Rule
from townclerk.extract.reading.text.joining import starts_lower
from townclerk.models.document import Box

_TOUCH = 3.0
_SAME_EDGE = 4.0
# Parts of one table with the same edges stand no further apart than this, such as shaded bars between groups of rows.
_FURTHEST = 200.0


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


def ruled_regions(rules: Sequence[Rule], segments: Sequence[Segment]) -> list[Region]:
    """Regions of rules that touch, and of level rules with the same ends, from the top; panels are among them."""
    clusters = _touching(rules)
    crossed = [Region.of(cluster) for cluster in clusters if len({rule.horizontal for rule in cluster}) == 2]
    level = [rule for cluster in clusters if all(rule.horizontal for rule in cluster) for rule in cluster]
    level = [rule for rule in level if not _is_underline(rule, segments)]
    regions = _join_stacked(crossed, segments)
    free = [rule for rule in level if not any(_inside(rule, region) for region in regions)]
    return sorted([*regions, *_level_regions(free, segments)], key=lambda region: (region.y0, region.x0))


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
    above = [one for one in beside if region.y0 - 60 < one.middle < region.y0]
    for line in reversed(lines_of(above)):
        if region.y0 - line.y1 > 0.8 * line.size or len(line.segments) < 3:
            break
        region.y0 = line.y0
    end, remarks = region.y1, 0
    for line in lines_of(one for one in beside if one.middle > region.y1):
        if line.y0 - end > 1.2 * line.size or remarks > 2:
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


def _join_stacked(regions: list[Region], segments: Sequence[Segment]) -> list[Region]:
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
            if same and region.y0 - other.y1 < _FURTHEST and _rows_between(other, region, segments):
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


def _rows_between(above: Region, below: Region, segments: Sequence[Segment]) -> bool:
    """True where nothing, or rows of several segments with remarks under them, stands between two regions."""
    gap = below.y0 - above.y1
    between = [
        segment
        for segment in segments
        if above.y1 - 1 <= segment.middle <= below.y0 + 1 and segment.x1 > above.x0 and segment.x0 < above.x1
    ]
    if not between:
        return gap <= (1.5 if above.is_panel and below.is_panel else 2 * _TOUCH)
    lines = lines_of(between)
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


def _level_regions(rules: list[Rule], segments: Sequence[Segment]) -> list[Region]:
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
        for group in groups:
            same = abs(group[-1][0].start - start) <= _SAME_EDGE and abs(group[-1][-1].end - end) <= _SAME_EDGE
            if same and _is_tabular(group[-1][0].at, rank[0].at, start, end, segments):
                group.append(rank)
                break
        else:
            groups.append([rank])
    regions = [Region.of([rule for rank in group for rule in rank]) for group in groups if len(group) >= 2]
    for region in regions:
        held = {id(rule) for rule in region.rules}
        region.rules.extend(rule for rule in rules if id(rule) not in held and _inside(rule, region))
    return regions


def _is_tabular(top: float, bottom: float, start: float, end: float, segments: Sequence[Segment]) -> bool:
    """True where what stands between two level rules is rows of several segments for the most part."""
    heights: dict[int, int] = {}
    for segment in segments:
        if top - 1 < segment.middle < bottom + 1 and segment.x0 > start - 6 and segment.x1 < end + 6:
            key = round(segment.middle / 4)
            heights[key] = heights.get(key, 0) + 1
    if not heights:
        return bottom - top < 6
    several = sum(1 for count in heights.values() if count >= 2)
    return several * 2 >= len(heights) and bottom - top < 500


def aligned_runs(lines: Sequence[Line], layout: Layout) -> list[tuple[int, int]]:
    """Runs of lines (first, end exclusive) that stand in columns with figures in them, without rules to show it."""
    runs: list[tuple[int, int]] = []
    kinds = [_row_kind(line, layout) for line in lines]
    index = 0
    while index < len(lines):
        if kinds[index] == 0:
            index += 1
            continue
        end = _run_end(lines, kinds, index)
        start = _with_head(lines, index, end)
        if _is_table_run(lines[start:end], kinds[start:end]):
            runs.append((start, end))
        index = end
    return runs


def _is_contents(rows: Sequence[Line]) -> bool:
    """True for a table of contents: titles with page numbers that never fall."""
    last = [line.segments[-1].text for line in rows]
    if not all(text.isdecimal() and len(text) <= 3 for text in last) or any(len(line.segments) > 3 for line in rows):
        return False
    numbers = [int(text) for text in last]
    dotted = any("...." in line.text or ". . . ." in line.text for line in rows)
    return len(rows) >= (2 if dotted else 5) and numbers == sorted(numbers) and numbers[0] < numbers[-1]


def _row_kind(line: Line, layout: Layout) -> int:
    """0 for a line of one segment, 1 for several, 2 for several with a value behind the first."""
    if len(line.segments) < 2:
        return 0
    values = sum(layout.value.fullmatch(segment.text) is not None for segment in line.segments[1:])
    return 2 if values else 1


def _run_end(lines: Sequence[Line], kinds: Sequence[int], start: int) -> int:
    """Where a run ends; up to two lines of one segment may stand between rows that follow closely."""
    end = start + 1
    lone = 0
    for index in range(start + 1, len(lines)):
        gap = lines[index].y0 - lines[index - 1].y1
        if gap > 2.2 * max(lines[index].size, 6.0):
            break
        if kinds[index] == 0:
            lone += 1
            if lone > 2 or _is_long(lines[index]):
                break
            continue
        lone = 0
        end = index + 1
    return end


def _is_long(line: Line) -> bool:
    return len(line.text) > 70


def _with_head(lines: Sequence[Line], start: int, end: int) -> int:
    """Take in lines of one segment above a run that stand over its right-hand columns: heads that span."""
    first_column = min(line.x0 for line in lines[start:end])
    while start > 0:
        line = lines[start - 1]
        near = lines[start].y0 - line.y1 < 0.8 * max(line.size, 6.0)
        if not near or line.x0 < first_column + 4 * line.size or line.x1 > max(one.x1 for one in lines[start:end]) + 8:
            return start
        start -= 1
    return start


def _is_table_run(lines: Sequence[Line], kinds: Sequence[int]) -> bool:
    """True for a run of at least three rows, most with values, or of three and more short columns."""
    rows = [line for line, kind in zip(lines, kinds, strict=True) if kind]
    if _is_contents(rows):
        return False
    valued = sum(kind == 2 for kind in kinds)
    if len(rows) < 3:
        return len(rows) == 2 and valued >= 1 and min(len(line.segments) for line in rows) >= 3
    if valued >= 2 and valued * 2 >= len(rows):
        return True
    short = [line for line in rows if len(line.segments) >= 3 and len(line.text) <= 22 * len(line.segments)]
    return len(short) >= 3 and len(short) * 2 >= len(rows)
