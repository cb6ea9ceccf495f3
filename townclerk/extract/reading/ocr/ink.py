"""What a picture shows besides words: ruling lines, coloured areas, light letters on dark, how thick strokes are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from townclerk.extract.reading.ocr.picture import COLOUR_SHRINK, Levels, Picture, is_coloured, shrink, squares
from townclerk.extract.reading.pdf.vectors import Fill, Rule, join_rules

Mask = npt.NDArray[np.bool_]

_DARK = 0.9
# A rule is dark over so many points and more; so far to its sides is paper, on which little is dark.
_SHORTEST_RULE = 20.0
_BESIDE = 3.0
_PAPER = 0.15
_SOLID = 0.9
# Squares of so many points; so many solid ones in a row are an area; letters in it are at most so many squares high.
_SQUARE = 2.0
_SOLID_RUN = 10
_HIGHEST_LETTERS = 24
_DARK_AREA = 0.7
# Letters, and areas beside each other, differ by so much.
_OTHER_LEVEL = 35
# The ground is looked for on a picture so much smaller, in a window of so many points: wider than any stroke.
GROUND_SHRINK = 4
_GROUND_WINDOW = 10.0
# Shares of the ground that become black and white.
_BLACK, _WHITE = 0.2, 0.88
# Shades are told apart in so many steps from black to the paper; a tint is this wide and high, in points.
_SHADES = 20
_LEAST_TINT = (30.0, 8.0)
# An edge with tint on both sides over such a share of its length divides nothing.
_WITHIN = 0.3
# Rules are erased with so many points to each side.
_ERASED = 1.2
_COLOUR_SQUARE = 4.0
_LEAST_COLOUR = 28
_MOST_RULES = 4000
# A triangle is so many pixels wide and high, and its rows are off the straight by so much of its width at most.
_LEAST_TRIANGLE = 12
_OFF_TRIANGLE = 0.1
_ROWS_AT_ONCE = 8


def paper_level(grey: Levels) -> float:
    """The grey of the paper."""
    return float(np.median(grey[::8, ::8]))


def find_rules(picture: Picture) -> list[Rule]:
    """The straight lines of a picture that was flattened, in its points."""
    dark = _halved(picture.grey) < _DARK * 255
    scale = picture.scale / 2
    level = list(_rules_along(dark, scale, horizontal=True))
    upright = list(_rules_along(np.ascontiguousarray(dark.T), scale, horizontal=False))
    if len(level) + len(upright) > _MOST_RULES:
        return []
    return join_rules([*level, *upright])


def _halved(grey: Levels) -> Levels:
    """The darkest of each square of two by two pixels: thin lines stay."""
    height, width = grey.shape[0] // 2 * 2, grey.shape[1] // 2 * 2
    rows = np.minimum(grey[:height:2, :width], grey[1:height:2, :width])
    return np.minimum(rows[:, ::2], rows[:, 1::2])


def _rules_along(dark: Mask, scale: float, *, horizontal: bool) -> Iterator[Rule]:
    """Rules that run along the rows of a mask."""
    length, beside = int(_SHORTEST_RULE * scale), int(_BESIDE * scale)
    solid = _dark_along(dark, length) >= _SOLID * length
    last_row, last_column = int(dark.shape[0]) - 1, int(dark.shape[1])
    for row in np.flatnonzero(solid.any(axis=1)):
        # Beside a rule is paper: beside the foot of a line of letters are the letters, beside an area's edge the area.
        above = _dark_around(dark, max(0, int(row) - beside), beside)
        below = _dark_around(dark, min(last_row, int(row) + beside), beside)
        for start, end in _runs(solid[row]):
            # The mean falls off half a length before a rule's own end.
            first, last = max(0, start - length // 2), min(last_column, end + length // 2)
            if max(float(above[first:last].mean()), float(below[first:last].mean())) > _PAPER:
                continue
            inked = np.flatnonzero(dark[row, first:last])
            low, high = first + int(inked[0]), first + int(inked[-1]) + 1
            yield Rule(horizontal, float(row) / scale, low / scale, high / scale)


def _dark_along(mask: Mask, length: int) -> npt.NDArray[np.int32]:
    """How many pixels are true in a window of `length` around each pixel of a row."""
    before = length // 2
    total = np.zeros((mask.shape[0], mask.shape[1] + length), dtype=np.int32)
    inside = total[:, before + 1 : before + 1 + mask.shape[1]]
    np.cumsum(mask, axis=1, out=inside)
    total[:, before + 1 + mask.shape[1] :] = inside[:, -1:]
    return total[:, length:] - total[:, :-length]


def _dark_around(mask: Mask, row: int, length: int) -> npt.NDArray[np.float64]:
    """For each column, the share of true pixels in a window of `length` rows around a row."""
    first = row - length // 2
    return np.asarray(mask[max(0, first) : max(0, first + length)].sum(axis=0) / length, dtype=np.float64)


def _runs(row: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last (exclusive) of each run of true pixels."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def find_fills(picture: Picture) -> list[Fill]:
    """The coloured areas of a picture as boxes, in its points; greys are left out, for they are shadows too."""
    size = max(2, round(_COLOUR_SQUARE * picture.scale / COLOUR_SHRINK))
    colour = picture.colour
    height, width = colour.shape[0] // size, colour.shape[1] // size
    if height == 0 or width == 0 or not is_coloured(colour):
        return []
    parts = colour[: height * size, : width * size].reshape(height, size, width, size, 3)
    middle = np.median(parts.transpose(0, 2, 1, 3, 4).reshape(height, width, size * size, 3), axis=2)
    spread = middle.max(axis=2) - middle.min(axis=2)
    if not bool((spread >= _LEAST_COLOUR).any()):
        return []
    names = np.where(spread >= _LEAST_COLOUR, _names(middle), -1)
    points = size * COLOUR_SHRINK / picture.scale
    return [
        Fill(x0 * points, y0 * points, x1 * points, y1 * points, _mean_colour(middle[y0:y1, x0:x1]))
        for x0, y0, x1, y1 in _boxes(names)
        if x1 - x0 >= 2 and y1 - y0 >= 2
    ]


def _names(colours: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """A number for each colour, the same for shades that a person would call by one name: twelve hues."""
    red, green, blue = colours[..., 0], colours[..., 1], colours[..., 2]
    hue = np.arctan2(1.7320508 * (green - blue), 2 * red - green - blue)
    return np.asarray(np.rint(hue * 6 / np.pi) % 12, dtype=np.int64)


def _boxes(names: npt.NDArray[np.int64]) -> list[tuple[int, int, int, int]]:
    """Boxes of squares of one name: runs of a row that go on with nearly the same ends in the row below."""
    done: list[tuple[int, int, int, int]] = []
    open_boxes: list[tuple[int, int, int, int]] = []
    for row in range(names.shape[0] + 1):
        runs = _named_runs(names[row]) if row < names.shape[0] else []
        kept: list[tuple[int, int, int, int]] = []
        for name, x0, x1, top in open_boxes:
            match = next(
                (run for run in runs if run[0] == name and abs(run[1] - x0) <= 1 and abs(run[2] - x1) <= 1), None
            )
            if match is None:
                done.append((x0, top, x1, row))
            else:
                runs.remove(match)
                kept.append((name, x0, x1, top))
        open_boxes = [*kept, *((name, first, last, row) for name, first, last in runs)]
    return done


def _named_runs(row: npt.NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Runs of one name: its number, first and last (exclusive)."""
    edges = [0, *(int(at) + 1 for at in np.flatnonzero(np.diff(row))), row.size]
    return [(int(row[first]), first, last) for first, last in pairwise(edges) if row[first] >= 0]


def _mean_colour(colours: npt.NDArray[Any]) -> int:
    red, green, blue = (int(level) for level in np.median(colours.reshape(-1, 3), axis=0))
    return red << 16 | green << 8 | blue


def find_ground(grey: Levels, scale: float) -> npt.NDArray[np.float32]:
    """The level of the paper, or of the tint on it, behind the letters, on a picture `GROUND_SHRINK` times smaller.

    It is the grey closing of the picture: what is left when all that is narrower than a window is filled with the
    lightest around it.
    """
    ground = shrink(grey, GROUND_SHRINK)
    window = max(3, round(_GROUND_WINDOW * scale / GROUND_SHRINK)) | 1
    for extreme in (np.maximum, np.minimum):
        for axis in (0, 1):
            ground = _extreme_along(ground, window, axis, extreme)
    return ground


def flatten(grey: Levels, ground: npt.NDArray[np.float32]) -> Levels:
    """The picture on white paper: each level in shares of its ground, so that shadows, tints and faint noise go."""
    height, width = grey.shape
    steepness = np.float32(255 / (_WHITE - _BLACK)) / np.maximum(ground, 1.0)
    steepness = np.repeat(steepness, GROUND_SHRINK, axis=1)
    steepness = np.pad(steepness, ((0, 0), (0, width - steepness.shape[1])), mode="edge")
    black = np.float32(_BLACK * 255 / (_WHITE - _BLACK))
    out = np.empty_like(grey)
    # A few rows at a time stay in the processor's own memory.
    for top in range(0, height, GROUND_SHRINK * _ROWS_AT_ONCE):
        rows = range(top, min(height, top + GROUND_SHRINK * _ROWS_AT_ONCE))
        of_ground = [min(row // GROUND_SHRINK, ground.shape[0] - 1) for row in rows]
        shares = grey[rows.start : rows.stop] * steepness[of_ground]
        shares -= black
        out[rows.start : rows.stop] = np.clip(shares, 0, 255, out=shares)
    return out


def find_tints(ground: npt.NDArray[np.float32], scale: float) -> tuple[list[Fill], list[Rule]]:
    """Areas of grey behind words, as the heads of tables have, and their edges."""
    paper = float(np.median(ground))
    shades = np.rint(ground / max(1.0, paper) * _SHADES).astype(np.int64)
    names = np.where(shades < _SHADES, shades, -1)
    points = GROUND_SHRINK / scale
    fills: list[Fill] = []
    rules: list[Rule] = []
    for x0, y0, x1, y1 in _boxes(names):
        if (x1 - x0) * points < _LEAST_TINT[0] or (y1 - y0) * points < _LEAST_TINT[1]:
            continue
        left, top, right, bottom = x0 * points, y0 * points, x1 * points, y1 * points
        level = int(np.median(ground[y0:y1, x0:x1]))
        fills.append(Fill(left, top, right, bottom, level << 16 | level << 8 | level))
        if (right - left) * (bottom - top) < ground.size * points * points / 2:
            rules.extend(edge for edge in edges_of(fills[-1]) if not _is_within(edge, names >= 0, points))
    return fills, rules


def _is_within(edge: Rule, tinted: Mask, points: float) -> bool:
    """True for an edge with tints on both of its sides: where one tint was found in pieces."""
    rows = tinted if edge.horizontal else tinted.T
    at, first, last = round(edge.at / points), round(edge.start / points), round(edge.end / points)
    before, behind = rows[max(0, at - 3), first:last], rows[min(rows.shape[0] - 1, at + 2), first:last]
    return bool((before & behind).mean() > _WITHIN) if last > first else True


def erase_rules(grey: Levels, rules: list[Rule], scale: float) -> None:
    """White out ruling lines, in place, but for what letters cross them: lines make recognisers see letters."""
    for rule in rules:
        across = grey if rule.horizontal else grey.T
        at, first, last = round(rule.at * scale), round(rule.start * scale), round(rule.end * scale)
        reach = max(2, round(_ERASED * scale))
        low, high = at - reach, at + reach + 1
        if low < 1 or high >= across.shape[0]:
            continue
        clear = (across[low - 1, first:last] > 128) & (across[high, first:last] > 128)
        across[low:high, first:last][:, clear] = 255


def _extreme_along(
    levels: npt.NDArray[np.float32], window: int, axis: int, extreme: Callable[..., Any]
) -> npt.NDArray[np.float32]:
    """The lightest or darkest in a window along an axis: of two, of four, of eight …, at last of the whole window."""
    half = window // 2
    reached = np.pad(levels, [(half, half) if axis == one else (0, 0) for one in (0, 1)], mode="edge")
    wide, length = 1, levels.shape[axis]
    while wide < window:
        step = min(wide, window - wide)
        wide += step
        kept = length + window - wide
        reached = extreme(_part(reached, axis, 0, kept), _part(reached, axis, step, kept))
    return reached


def _part(levels: npt.NDArray[np.float32], axis: int, first: int, length: int) -> npt.NDArray[np.float32]:
    return levels[first : first + length] if axis == 0 else levels[:, first : first + length]


def lighten(grey: Levels, scale: float) -> tuple[Levels, list[Fill]]:
    """The picture with dark areas turned about, so that light letters on dark become dark on light; and those areas.

    A dark area shows itself by what no print has: long runs of solid dark, above and below its letters. One whose
    letters are darker still is a tint and stays.
    """
    size = max(2, round(_SQUARE * scale))
    height, width = grey.shape[0] // size, grey.shape[1] // size
    if height < 3 or width < _SOLID_RUN:
        return grey, []
    light = grey > _DARK_AREA * paper_level(grey)
    share = squares(light.view(np.uint8), size) / (size * size)
    seeds = _in_runs(share < 0.05)
    if not bool(seeds.any()):
        return grey, []
    area = _between(seeds, share)
    _leave_dark_letters(grey, area, size)
    whole = np.repeat(np.repeat(area, size, axis=0), size, axis=1)
    out = grey.copy()
    part = out[: height * size, : width * size]
    part[whole] = 255 - part[whole]
    points = size / scale
    found = [
        Fill(x0 * points, y0 * points, x1 * points, y1 * points, 0)
        for x0, y0, x1, y1 in _boxes(np.where(area, 0, -1))
        if (x1 - x0) * points >= _LEAST_TINT[0] and (y1 - y0) * points >= _LEAST_TINT[1]
    ]
    return out, found


def _leave_dark_letters(grey: Levels, area: Mask, size: int) -> None:
    """Take out of an area, in place, the parts of one level whose letters are darker than it."""
    for x0, y0, x1, y1 in _boxes(np.where(area, 0, -1)):
        part = grey[y0 * size : y1 * size, x0 * size : x1 * size]
        levels = np.median(part[:, ::2].reshape(y1 - y0, -1), axis=1)
        steps = np.flatnonzero(np.abs(np.diff(levels)) > _OTHER_LEVEL) + 1
        for top, bottom in pairwise([0, *(int(step) for step in steps), y1 - y0]):
            piece, level = part[top * size : bottom * size], float(np.median(levels[top:bottom]))
            if (piece < level - _OTHER_LEVEL).sum() > (piece > level + _OTHER_LEVEL).sum():
                area[y0 + top : y0 + bottom, x0:x1] = False


def edges_of(fill: Fill) -> list[Rule]:
    """The edges of an area, for the reader of tables."""
    x0, y0, x1, y1, _ = fill
    return [
        Rule(True, y0, x0, x1, True),
        Rule(True, y1, x0, x1, True),
        Rule(False, x0, y0, y1, True),
        Rule(False, x1, y0, y1, True),
    ]


def _in_runs(solid: Mask) -> Mask:
    """The squares that stand in a run of solid ones along their row."""
    out = np.zeros_like(solid)
    for row in np.flatnonzero(solid.sum(axis=1) >= _SOLID_RUN):
        for first, last in _runs(solid[row]):
            if last - first >= _SOLID_RUN:
                out[row, first:last] = True
    return out


def _between(seeds: Mask, light: npt.NDArray[Any]) -> Mask:
    """Solid squares and what lies between two of them, one above the other, if it is mostly dark."""
    out = seeds.copy()
    for column in np.flatnonzero(seeds.any(axis=0)):
        rows = np.flatnonzero(seeds[:, column])
        for above, below in pairwise(rows):
            if 1 < below - above <= _HIGHEST_LETTERS and light[above:below, column].mean() < 0.6:
                out[above:below, column] = True
    return out


def stroke_weight(grey: Levels, scale: float, box: tuple[float, float, float, float]) -> float:
    """How thick the strokes of a word are, in points: the mean run of dark pixels along its rows."""
    x0, y0, x1, y1 = (round(edge * scale) for edge in box)
    crop = grey[max(0, y0) : y1, max(0, x0) : x1]
    if crop.size == 0:
        return 0.0
    low, high = int(crop.min()), int(crop.max())
    dark = crop < (low + high) / 2
    edges = int(np.count_nonzero(dark[:, 1:] & ~dark[:, :-1])) + int(np.count_nonzero(dark[:, 0]))
    return int(np.count_nonzero(dark)) / edges / scale if edges else 0.0


def triangle(grey: Levels, scale: float, word: tuple[float, float, float, float]) -> str | None:
    """The solid triangle in a word's place, ▲ or ▼, which recognisers take for a letter; None where there is none."""
    x0, y0, x1, y1 = (round(edge * scale) for edge in word)
    dark = grey[max(0, y0) : y1, max(0, x0) : x1] < 128
    rows = dark.sum(axis=1)
    rows = rows[np.flatnonzero(rows)[0] : np.flatnonzero(rows)[-1] + 1] if rows.any() else rows
    if rows.size < _LEAST_TRIANGLE or rows.max() < _LEAST_TRIANGLE:
        return None
    # Full width at one end, next to nothing at the other, and straight between: a letter's rows are strokes and gaps.
    for sign, widths in (("▲", rows), ("▼", rows[::-1])):
        ideal = (np.arange(rows.size) + 0.5) / rows.size
        if float(np.abs(widths / rows.max() - ideal).mean()) < _OFF_TRIANGLE:
            return sign
    return None
