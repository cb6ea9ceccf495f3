"""What a picture shows besides words: its ground, ruling lines, small areas of colour, how thick strokes are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from townclerk.extract.reading.ocr.areas import GROUND_SHRINK, Ground
from townclerk.extract.reading.ocr.picture import COLOUR_SHRINK, Levels, Picture, is_coloured
from townclerk.extract.reading.ocr.runs import Mask, stretches
from townclerk.extract.reading.pdf.vectors import Fill, Rule, join_rules

_DARK = 0.9
# A rule is dark over so many points and more; so far to its sides is paper, on which little is dark.
_SHORTEST_RULE = 20.0
_BESIDE = 3.0
_PAPER = 0.15
_SOLID = 0.9
# The ground is looked for in a window of so many points: wider than any stroke.
_GROUND_WINDOW = 10.0
# Shares of the ground that become black and white.
_BLACK, _WHITE = 0.2, 0.88
# Rules are erased with so many points to each side.
_ERASED = 1.2
_COLOUR_SQUARE = 4.0
_LEAST_COLOUR = 28
_MOST_RULES = 4000
# A triangle is so many pixels wide and high, and its rows are off the straight by so much of its width at most.
_LEAST_TRIANGLE = 12
_OFF_TRIANGLE = 0.1
_ROWS_AT_ONCE = 8
# So much of a word's box is surely ink.
_INKED = 0.1
# How many bits of a byte are set.
_BITS = np.array([number.bit_count() for number in range(256)], dtype=np.uint8)


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
    rows = _maybe_solid(dark, length)
    last_row, last_column = int(dark.shape[0]) - 1, int(dark.shape[1])
    for row, solid in zip(rows.tolist(), _dark_along(dark[rows], length) >= _SOLID * length, strict=True):
        for start, end in stretches(solid):
            # The mean falls off half a length before a rule's own end.
            first, last = max(0, start - length // 2), min(last_column, end + length // 2)
            # Beside a rule is paper: beside the foot of a line of letters are the letters, beside an area's edge the
            # area.
            around = dark[:, first:last]
            if _dark_around(around, max(0, row - beside), beside) > _PAPER:
                continue
            if _dark_around(around, min(last_row, row + beside), beside) > _PAPER:
                continue
            inked = np.flatnonzero(dark[row, first:last])
            low, high = first + int(inked[0]), first + int(inked[-1]) + 1
            yield Rule(horizontal, float(row) / scale, low / scale, high / scale)


def _maybe_solid(mask: Mask, length: int) -> npt.NDArray[np.int64]:
    """The rows on which a solid window of `length` is possible, told by eights of pixels: on few rows it is."""
    eights = (length - 7) // 8
    if eights < 1:
        return np.arange(mask.shape[0])
    # So many whole eights lie in each window, wherever it begins, and all that it may lack could be in them.
    least = 8 * eights - int(length - _SOLID * length)
    counts = _BITS[np.packbits(mask, axis=1)]
    wide = max(0, counts.shape[1] - eights + 1)
    total = counts[:, :wide].copy()
    for step in range(1, eights):
        total += counts[:, step : step + wide]
    return np.flatnonzero((total >= least).any(axis=1))


def _dark_along(mask: Mask, length: int) -> npt.NDArray[np.int32]:
    """How many pixels are true in a window of `length` around each pixel of a row."""
    before = length // 2
    total = np.zeros((mask.shape[0], mask.shape[1] + length), dtype=np.int32)
    inside = total[:, before + 1 : before + 1 + mask.shape[1]]
    np.cumsum(mask, axis=1, out=inside)
    total[:, before + 1 + mask.shape[1] :] = inside[:, -1:]
    return total[:, length:] - total[:, :-length]


def _dark_around(mask: Mask, row: int, length: int) -> float:
    """The share of true pixels in a window of `length` rows around a row."""
    first = row - length // 2
    return int(np.count_nonzero(mask[max(0, first) : max(0, first + length)])) / (length * int(mask.shape[1]))


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


def find_ground(small: Ground, scale: float) -> Ground:
    """The level of the paper, or of the shadow on it, behind the letters of a picture `GROUND_SHRINK` times smaller.

    It is the grey closing of the picture: what is left when all that is narrower than a window is filled with the
    lightest around it.
    """
    ground = small
    window = max(3, round(_GROUND_WINDOW * scale / GROUND_SHRINK)) | 1
    for extreme in (np.maximum, np.minimum):
        for axis in (0, 1):
            ground = _extreme_along(ground, window, axis, extreme)
    return ground


def flatten(grey: Levels, ground: Ground) -> Levels:
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


def stroke_weight(crop: Levels) -> float:
    """How thick the strokes of a word are, in pixels: the mean run of dark pixels along its rows."""
    if crop.size == 0:
        return 0.0
    # The darkest pixel of grey letters is grain: what ink is usually like is told by the darker share of the word.
    counts = np.bincount(crop.ravel())
    low, high = int(np.searchsorted(counts.cumsum(), int(_INKED * crop.size) + 1)), counts.size - 1
    dark = crop < (low + high) / 2
    edges = int(np.count_nonzero(dark[:, 1:] > dark[:, :-1])) + int(np.count_nonzero(dark[:, 0]))
    return int(np.count_nonzero(dark)) / edges if edges else 0.0


def triangle(crop: Levels) -> str | None:
    """The solid triangle in a word's place, ▲ or ▼, which recognisers take for a letter; None where there is none."""
    rows = (crop < 128).sum(axis=1)
    rows = rows[np.flatnonzero(rows)[0] : np.flatnonzero(rows)[-1] + 1] if rows.any() else rows
    if rows.size < _LEAST_TRIANGLE or rows.max() < _LEAST_TRIANGLE:
        return None
    # Full width at one end, next to nothing at the other, and straight between: a letter's rows are strokes and gaps.
    for sign, widths in (("▲", rows), ("▼", rows[::-1])):
        ideal = (np.arange(rows.size) + 0.5) / rows.size
        if float(np.abs(widths / rows.max() - ideal).mean()) < _OFF_TRIANGLE:
            return sign
    return None
