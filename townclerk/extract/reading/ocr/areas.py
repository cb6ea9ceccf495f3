"""Areas of one shade on a picture: tiles, heads of tables, bars. Letters on them may be darker or lighter than they."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from townclerk.extract.reading.ocr.picture import COLOUR_SHRINK, Levels, Picture, middle_level
from townclerk.extract.reading.ocr.runs import Mask, Run, find_runs, group_runs
from townclerk.extract.reading.pdf.vectors import Fill, Rule

Ground = npt.NDArray[np.float32]

# Areas are looked for on a picture so much smaller: its cells are about a point wide.
GROUND_SHRINK = 4
# A cell belongs to an area where it is darker than this share of the paper and like the cells beside it.
_TINT = 0.982
_LIKE = 16.0
_SHORTEST_RUN = 3
# Runs, one below the other, of one area differ by so much at most.
_SAME_AREA = 9.0
# So much of a box's edges is plain; so much of an area's inside is its own, and so much may be paper.
_LEVEL_EDGES, _UPRIGHT_EDGES = 0.7, 0.4
# So much of its rows may be longer than the box.
_RAGGED = 0.2
_OWN, _PAPER_INSIDE = 0.2, 0.3
# Levels of one area are not further apart; those of a shadow are.
_EVEN = 25.0
# In points, width and height: boxes, and areas with letters on them; the short and the long side of bare ones, such as
# the bars of a chart. What is smaller may be a stroke of a large figure.
_LEAST_BOX = (9.0, 8.0)
_LEAST_WRITTEN = (16.0, 8.0)
_LEAST_BARE = (9.0, 16.0)
# Bullets are darker than colours of a status.
_DARK_SIGN, _EDGE_OF_SIGN = 70.0, 150
# A round area is larger than a large figure, whose 6 or 0 is one shade around another, too.
_LEAST_ROUND = 48.0
# A line of letters that parts a box is so high, and what it parts has so many columns in common.
_LINE_OF_LETTERS = (2.5, 10.0)
_SAME_COLUMNS = 0.8
# Letters differ from their ground by so much, and take up at least this share of it.
_CONTRAST = 45
_LETTERS = 0.01
# Light letters are spread over all levels so that what is fainter than the first share of them is white.
_FAINT, _FAINT_TO_FULL = 0.15, 1.4
_LEAST_COLOUR = 28
_RIM = 2


@dataclass(slots=True)
class Area:
    """An area of one shade.

    Attributes:
        spans: For each row of cells, from the first: first and last (exclusive) cell.
        top: The first row.
        level: Its own, 0 black to 255 white.
        is_box: True for a rectangle.
        letters: The level of light letters on it; None where there are none, or dark ones.
        is_bare: True where nothing stands on it.
        is_sign: True for a dark square before an item of a list, which stays what it is.
    """

    spans: list[tuple[int, int]]
    top: int
    level: float
    is_box: bool
    letters: float | None = None
    is_bare: bool = False
    is_sign: bool = False

    @property
    def left(self) -> int:
        """The first column of cells."""
        return min(first for first, _ in self.spans)

    @property
    def right(self) -> int:
        """The last column of cells, exclusive."""
        return max(last for _, last in self.spans)

    @property
    def bottom(self) -> int:
        """The last row of cells, exclusive."""
        return self.top + len(self.spans)

    def rows(self) -> Iterator[tuple[int, int, int]]:
        """Each row of cells with its first and last (exclusive)."""
        for number, (first, last) in enumerate(self.spans):
            yield self.top + number, first, last


def find_areas(grey: Levels, small: Ground, scale: float) -> list[Area]:
    """The areas of a picture, large ones first.

    Args:
        grey: The picture.
        small: The same, `GROUND_SHRINK` times smaller.
        scale: Pixels of the picture to the point.
    """
    whole = GROUND_SHRINK * GROUND_SHRINK
    paper = middle_level((small * whole).astype(np.uint16)) / whole
    # Not like the cell to the right or below: on an edge, or in a letter.
    steady = np.ones(small.shape, dtype=np.bool_)
    steady[:, :-1] &= np.abs(np.diff(small, axis=1)) < _LIKE
    steady[:-1] &= np.abs(np.diff(small, axis=0)) < _LIKE
    tinted = steady & (_smooth(small) < _TINT * paper)
    points = GROUND_SHRINK / scale
    found = []
    paper_cells = steady & ~tinted
    for runs in _put_together(group_runs(_all_runs(tinted, small), _is_same_area), paper_cells, points):
        if not _is_wide(runs, points):
            continue
        area = _area(runs, paper_cells)
        if area is not None and _is_written_or_large(area, grey, points):
            found.append(area)
    return sorted(found, key=lambda area: (-len(area.spans) * (area.right - area.left), area.top, area.left))


def _smooth(small: Ground) -> Ground:
    """The mean of each cell and the eight around it: a faint tint is not lost in the grain."""
    around = np.pad(small, 1, mode="edge")
    across = around[:, :-2] + around[:, 1:-1] + around[:, 2:]
    return np.asarray((across[:-2] + across[1:-1] + across[2:]) / np.float32(9), dtype=np.float32)


def _all_runs(tinted: Mask, small: Ground) -> list[list[Run]]:
    """The runs of tinted cells of each row, with their mean levels."""
    rows = find_runs(tinted, _SHORTEST_RUN)
    total = np.zeros((small.shape[0], small.shape[1] + 1), dtype=np.float64)
    np.cumsum(small, axis=1, out=total[:, 1:])
    for number, runs in enumerate(rows):
        for run in runs:
            run.level = float(total[number, run.last] - total[number, run.first]) / (run.last - run.first)
    return rows


def _is_same_area(run: Run, other: Run) -> bool:
    return abs(run.level - other.level) < _SAME_AREA


def _put_together(groups: list[list[Run]], paper: Mask, points: float) -> list[list[Run]]:
    """Groups, those above and below a line of letters that fills a box from side to side made one."""
    kept = {runs[0].group: runs for runs in groups}
    shortest, lowest, highest = (length / points for length in (_LEAST_WRITTEN[0], *_LINE_OF_LETTERS))
    last_in: list[Run] = []
    for run in sorted((run for runs in groups for run in runs), key=lambda run: run.row):
        if run.last - run.first < shortest:
            continue
        rest = []
        for above in last_in:
            shared = min(run.last, above.last) - max(run.first, above.first)
            if run.row - above.row > highest + 1:
                continue
            if shared < _SAME_COLUMNS * min(run.last - run.first, above.last - above.first):
                rest.append(above)
            elif above.group != run.group and run.row - above.row > lowest and _are_one(run, above, paper):
                moved = kept.pop(above.group)
                kept[run.group].extend(moved)
                for one in moved:
                    one.group = run.group
        last_in = [*rest, run]
    return list(kept.values())


def _are_one(run: Run, above: Run, paper: Mask) -> bool:
    """True for two runs of one area with nothing but a line of letters, hardly any paper, between them."""
    if not _is_same_area(run, above):
        return False
    between = paper[above.row + 1 : run.row, max(run.first, above.first) : min(run.last, above.last)]
    return float(between.mean()) < _PAPER_INSIDE


def _is_wide(runs: list[Run], points: float) -> bool:
    """True for runs that take up more room than a stroke of a letter."""
    if len(runs) < _LEAST_BOX[1] / points:
        return False
    width = max(run.last for run in runs) - min(run.first for run in runs)
    height = max(run.row for run in runs) + 1 - min(run.row for run in runs)
    return width * points >= _LEAST_BOX[0] and height * points >= _LEAST_BOX[1]


def _area(runs: list[Run], paper: Mask) -> Area | None:
    """The area that runs make up; None where they go round something else, as a frame does."""
    top, bottom = min(run.row for run in runs), max(run.row for run in runs) + 1
    spans: list[tuple[int, int]] = [(-1, -1)] * (bottom - top)
    own = np.zeros(bottom - top, dtype=np.int64)
    for run in runs:
        first, last = spans[run.row - top]
        spans[run.row - top] = (run.first, run.last) if first < 0 else (min(first, run.first), max(last, run.last))
        own[run.row - top] += run.last - run.first
    for row, (first, _) in enumerate(spans):
        if first < 0:
            spans[row] = spans[row - 1]
    wide = sum(last - first for first, last in spans)
    inside = sum(int(paper[top + row, first:last].sum()) for row, (first, last) in enumerate(spans))
    if own.sum() < _OWN * wide or inside > _PAPER_INSIDE * wide:
        return None
    levels = sorted(run.level for run in runs)
    if levels[len(levels) * 9 // 10] - levels[len(levels) // 10] > _EVEN:
        return None
    sides = _box_sides(spans, own)
    return Area([sides] * len(spans) if sides else spans, top, levels[len(levels) // 2], is_box=sides is not None)


def _box_sides(spans: list[tuple[int, int]], own: npt.NDArray[np.int64]) -> tuple[int, int] | None:
    """Left and right side where the outline lies on a rectangle, but for letters that reach its sides; else None."""
    # Grain beside an area makes a row or two of it longer.
    outer = int(_RAGGED * len(spans))
    left = sorted(first for first, _ in spans)[outer]
    right = sorted(last for _, last in spans)[-1 - outer]
    at_left = sum(first <= left + 2 for first, _ in spans)
    at_right = sum(last >= right - 2 for _, last in spans)
    level = min(own[:3].max(), own[-3:].max()) >= _LEVEL_EDGES * (right - left)
    return (left, right) if level and min(at_left, at_right) >= _UPRIGHT_EDGES * len(spans) else None


def _is_written_or_large(area: Area, grey: Levels, points: float) -> bool:
    """True for an area that is no stroke of a letter; settles what letters stand on it, too."""
    width, height = (area.right - area.left) * points, len(area.spans) * points
    least = _LEAST_BOX if area.is_box else _LEAST_WRITTEN
    if width < least[0] or height < least[1]:
        return False
    if not area.is_box and min(width, height) < _LEAST_ROUND:
        return False
    size = GROUND_SHRINK
    inside = np.concatenate(
        [
            grey[row * size : row * size + size : 2, first * size : last * size : 2].ravel()
            for row, first, last in area.rows()
        ]
    )
    lighter, darker = inside > area.level + _CONTRAST, inside < area.level - _CONTRAST
    light, dark = int(np.count_nonzero(lighter)), int(np.count_nonzero(darker))
    if max(light, dark) < _LETTERS * inside.size:
        area.is_bare = True
        area.is_sign = max(width, height) < _LEAST_BARE[1] and area.level < _DARK_SIGN
        return area.is_sign or (min(width, height) >= _LEAST_BARE[0] and max(width, height) >= _LEAST_BARE[1])
    if light > dark:
        area.letters = float(np.percentile(inside[lighter], 75))
    return True


def set_ground(ground: Ground, areas: list[Area]) -> None:
    """Enter the areas' own levels into the ground behind a page's letters, in place.

    Around an area goes a rim that is neither its level nor the paper's: held against the darker of the two it is
    white, where it would look like a ruled line.
    """
    for area in areas:
        for row, first, last in area.rows():
            rim = ground[max(0, row - _RIM) : row + _RIM + 1, max(0, first - _RIM) : last + _RIM]
            np.minimum(rim, np.float32(area.level), out=rim)
    for area in areas:
        for row, first, last in area.rows():
            ground[row, first:last] = area.level


def clear_areas(out: Levels, grey: Levels, areas: list[Area]) -> None:
    """Write areas into a flattened picture, in place: bare ones as white, light letters as dark ones on white."""
    size = GROUND_SHRINK
    # What lies within an area is written after it, so a flat part of it must be at hand again.
    flat = out.copy() if any(area.letters is not None for area in areas) else out
    for area in areas:
        if area.is_sign:
            _draw_sign(out, grey, area)
            continue
        for row, first, last in area.rows():
            place = (slice(row * size, row * size + size), slice(first * size, last * size))
            if area.is_bare:
                out[place] = 255
            elif area.letters is None:
                out[place] = flat[place]
            else:
                share = (grey[place] - np.float32(area.level)) / np.float32(area.letters - area.level)
                out[place] = np.clip(255 * (_FAINT + 1 - _FAINT_TO_FULL * share), 0, 255)


def _draw_sign(out: Levels, grey: Levels, area: Area) -> None:
    """Draw a sign in black to its very edge: specks on its rim would be read as a 1 before its words."""
    top, bottom = max(0, area.top - _RIM), area.bottom + _RIM
    left, right = max(0, area.left - _RIM), area.right + _RIM
    size = GROUND_SHRINK
    place = (slice(top * size, bottom * size), slice(left * size, right * size))
    out[place] = np.where(grey[place] < _EDGE_OF_SIGN, 0, 255)


def fills_of(areas: list[Area], picture: Picture) -> list[Fill]:
    """The areas that are boxes, in the picture's points, with their colours."""
    points = GROUND_SHRINK / picture.scale
    return [
        Fill(area.left * points, area.top * points, area.right * points, area.bottom * points, _colour(area, picture))
        for area in areas
        if area.is_box and not area.is_sign
    ]


def _colour(area: Area, picture: Picture) -> int:
    """The colour of an area; its grey where it has none."""
    share = GROUND_SHRINK / COLOUR_SHRINK
    x0, y0, x1, y1 = (round(edge * share) for edge in (area.left, area.top, area.right, area.bottom))
    part = picture.colour[y0:y1, x0:x1].reshape(-1, 3)
    levels = [round(float(level)) for level in np.median(part, axis=0)] if part.size else [0, 0, 0]
    if max(levels) - min(levels) < _LEAST_COLOUR:
        levels = [round(area.level)] * 3
    red, green, blue = levels
    return red << 16 | green << 8 | blue


def edges_of(fill: Fill) -> list[Rule]:
    """The edges of an area, for the reader of tables."""
    x0, y0, x1, y1, _ = fill
    return [
        Rule(True, y0, x0, x1, True),
        Rule(True, y1, x0, x1, True),
        Rule(False, x0, y0, y1, True),
        Rule(False, x1, y0, y1, True),
    ]
