"""Runs of true cells along the rows of a mask, and those of neighbouring rows put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]


def any_along(mask: Mask, axis: int) -> Mask:
    """For each row (axis 1) or column (axis 0), whether a cell of it is true."""
    return np.asarray(mask.any(axis=axis), dtype=np.bool_)


def stretches(row: Mask) -> list[tuple[int, int]]:
    """First and last (exclusive) of each run of true cells of one row."""
    padded = np.zeros(row.size + 2, dtype=np.bool_)
    padded[1:-1] = row
    edges = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


@dataclass(slots=True)
class Run:
    """True cells of a row that follow each other.

    Attributes:
        row: Which row.
        first: The first cell.
        last: The cell behind the last.
        level: What the finder of runs notes of it.
        group: Which group it was put into.
    """

    row: int
    first: int
    last: int
    level: float = 0.0
    group: int = -1


def find_runs(mask: Mask, shortest: int = 1, widest_gap: int = 0) -> list[list[Run]]:
    """The runs of each row.

    Args:
        mask: The cells.
        shortest: Runs of fewer cells are left out.
        widest_gap: Runs so few false cells apart are one.
    """
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).view(np.int8), axis=1)
    rows, firsts = np.nonzero(edges == 1)
    lasts = np.nonzero(edges == -1)[1]
    long = lasts - firsts >= shortest
    found: list[list[Run]] = [[] for _ in range(mask.shape[0])]
    for row, first, last in zip(rows[long].tolist(), firsts[long].tolist(), lasts[long].tolist(), strict=True):
        if found[row] and first - found[row][-1].last <= widest_gap:
            found[row][-1].last = last
        else:
            found[row].append(Run(row, first, last))
    return found


def group_runs(rows: Sequence[Sequence[Run]], belong: Callable[[Run, Run], bool] | None = None) -> list[list[Run]]:
    """Runs put together where one touches another in the row above.

    Args:
        rows: The runs of each row, from the left.
        belong: A further test of two that touch.
    """
    groups: list[list[Run]] = []
    above: Sequence[Run] = ()
    for runs in rows:
        for run in runs:
            groups.append([run])
            run.group = len(groups) - 1
            for other in above:
                touches = run.first < other.last and other.first < run.last
                if touches and other.group != run.group and (belong is None or belong(run, other)):
                    _join(groups, run.group, other.group)
        above = runs
    return [group for group in groups if group]


def _join(groups: list[list[Run]], one: int, other: int) -> None:
    """Put two groups together, into the longer."""
    short, long = sorted((one, other), key=lambda group: len(groups[group]))
    for moved in groups[short]:
        moved.group = long
    groups[long].extend(groups[short])
    groups[short] = []
