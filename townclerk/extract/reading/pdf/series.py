"""Bar and line charts without a scale: values over a row of periods."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from townclerk.extract.reading.pdf.drafts import Draft, DraftCell, DraftTable, chart_of
from townclerk.extract.reading.pdf.geometry import Line, Segment, bounds
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.ticks import LONGEST_PERIOD
from townclerk.models.digits import has_digit
from townclerk.models.document import BlockKind
from townclerk.models.steps import even_step

_FEWEST_PERIODS = 3
# A value stands over its period to within this share of the distance between periods.
_OFF_CENTRE = 0.35
_HIGHEST = 260.0
# A scale stands no further left of its periods, and its numbers end within this many points of each other.
_BESIDE, _ALIGNED, _FEWEST_TICKS = 60.0, 3.0, 2


def find_series(segments: Sequence[Segment], layout: Layout) -> list[tuple[Draft, list[Segment]]]:
    """Charts told by their periods alone, each with the text it takes.

    A row of evenly spaced periods with nothing in columns below it, and values above it, is a chart. With exactly one
    value over each period it becomes a table of two rows; with more, or fewer, its values are set aside.
    """
    found: list[tuple[Draft, list[Segment]]] = []
    taken: set[int] = set()
    periods = [
        one
        for one in segments
        if len(one.words) <= LONGEST_PERIOD and one.upright and layout.period_head.fullmatch(one.text)
    ]
    if len(periods) < _FEWEST_PERIODS:
        return []
    for line in (Line.of(run) for row in _rows(periods) for run in _runs(row)):
        heads = line.segments
        if _is_head(line, segments, layout):
            continue
        values = [one for one in segments if id(one) not in taken and _stands_over(one, line, layout)]
        scale = _scale(line, [one for one in segments if id(one) not in taken], layout)
        if len(values) < max(_FEWEST_PERIODS, len(heads) - 1) or _is_one_row(values, line, segments):
            if scale and not values:
                # A line without labels: the numbers beside it are its scale.
                held = [*heads, *scale]
                taken.update(id(one) for one in held)
                found.append((chart_of(held), held))
            continue
        held = [*heads, *values, *scale]
        taken.update(id(one) for one in held)
        found.append((_table(heads, values) or chart_of(held), held))
    return found


def _scale(line: Line, segments: Sequence[Segment], layout: Layout) -> list[Segment]:
    """Numbers that rise in equal steps over one another, right before a row of periods."""
    near = [
        one
        for one in segments
        if one.upright and line.x0 - _BESIDE < one.x1 < line.x0 + 1 and line.y0 - _HIGHEST < one.middle < line.y0
    ]
    near = [one for one in near if layout.value.fullmatch(one.text) is not None and has_digit(one.text)]
    edge = max((one.x1 for one in near), default=0.0)
    near = sorted((one for one in near if edge - one.x1 < _ALIGNED), key=lambda one: -one.middle)
    plain = [one.text.replace(",", "").rstrip("%") for one in near]
    if len(near) < _FEWEST_TICKS or not all(text.replace(".", "", 1).isdecimal() for text in plain):
        return []
    return near if even_step([float(text) for text in plain]) > 0 else []


def one_each(heads: Sequence[Segment], values: Sequence[Segment]) -> list[Segment] | None:
    """The values in the order of their periods; None unless each period has exactly one, right over it."""
    if len(heads) != len(values) or len(heads) < 2:
        return None
    step = (heads[-1].x0 - heads[0].x0) / (len(heads) - 1)
    ordered = sorted(values, key=lambda one: one.x0 + one.x1)
    for head, value in zip(heads, ordered, strict=True):
        if abs(head.x0 + head.x1 - value.x0 - value.x1) / 2 > _OFF_CENTRE * step:
            return None
    return ordered


def series_table(heads: Sequence[Segment], values: Sequence[Segment]) -> Draft:
    """A chart's one series as a table: the periods over their values."""
    box = bounds([*heads, *values])
    table = DraftTable([_row(0, heads), _row(1, values)], len(heads) + 1, 1, box)
    return Draft(BlockKind.TABLE, [Line.of(list(heads))], box, table=table)


def _table(heads: Sequence[Segment], values: Sequence[Segment]) -> Draft | None:
    ordered = one_each(heads, values)
    return None if ordered is None else series_table(heads, ordered)


def _row(number: int, segments: Sequence[Segment]) -> list[DraftCell]:
    return [DraftCell(number, column, [one.words], box=bounds([one])) for column, one in enumerate(segments, start=1)]


def _rows(periods: Sequence[Segment]) -> list[list[Segment]]:
    """Periods at one height, from the left, even where they are set so tightly that they lie over each other."""
    rows: list[list[Segment]] = []
    for one in sorted(periods, key=lambda period: period.middle):
        if rows and one.middle - rows[-1][-1].middle < 0.3 * one.size:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda period: period.x0 + period.x1) for row in rows]


def _runs(heads: list[Segment]) -> list[list[Segment]]:
    """The even runs of a row of periods: the axes of charts that stand side by side; a period comes once in each."""
    if len(heads) < _FEWEST_PERIODS:
        return []
    repeated = len({head.text.lower() for head in heads}) < len(heads)
    if not repeated:
        return [heads] if _is_even(heads) else []
    steps = [b.x0 + b.x1 - a.x0 - a.x1 for a, b in pairwise(heads)]
    cut = steps.index(max(steps)) + 1
    return [*_runs(heads[:cut]), *_runs(heads[cut:])]


def _is_even(heads: Sequence[Segment]) -> bool:
    """True where periods stand at (nearly) equal distances."""
    steps = [(b.x0 + b.x1 - a.x0 - a.x1) / 2 for a, b in pairwise(heads)]
    return max(steps) < 1.35 * min(steps)


def _is_head(line: Line, segments: Sequence[Segment], layout: Layout) -> bool:
    """True where values stand under the periods, or a label before them: they head a table's columns."""
    size = line.size
    under = [
        one
        for one in segments
        if one.x1 > line.x0 and one.x0 < line.x1 and line.y1 - 1 < one.middle < line.y1 + 3.5 * size
    ]
    values = [one for one in under if layout.value.fullmatch(one.text)]
    if len(values) >= 2:
        return True
    middle = line.segments[0].middle
    level = [one for one in segments if one.x1 < line.x0 and abs(one.middle - middle) < 0.3 * size]
    labels = [one for one in level if layout.period_head.fullmatch(one.text) is None]
    return any(any(c.isalpha() for c in one.text) for one in labels)


def _stands_over(one: Segment, line: Line, layout: Layout) -> bool:
    if not line.x0 - line.size <= (one.x0 + one.x1) / 2 <= line.x1 + line.size:
        return False
    over = line.y0 - _HIGHEST < one.middle < line.y0
    return over and has_digit(one.text) and layout.value.fullmatch(one.text) is not None


def _is_one_row(values: Sequence[Segment], line: Line, segments: Sequence[Segment]) -> bool:
    """True where the values stand on rows with a label before them, as in a table with its periods at the foot."""
    before = [one for one in segments if one.x1 < line.x0]
    labelled = 0
    for value in values:
        middle, near = value.middle, 0.3 * value.size
        level = [one for one in before if abs(one.middle - middle) < near]
        labelled += any(any(c.isalpha() for c in one.text) for one in level)
    return 2 * labelled > len(values)
