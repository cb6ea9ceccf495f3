"""Steps between numbers: the marks of a chart's scale stand at equal ones, its values hardly ever do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def even_step(values: Sequence[float]) -> float:
    """The one step, to six decimals, at which values follow each other; 0 where there are several, or none."""
    steps = {round(after - before, 6) for before, after in pairwise(values)}
    return steps.pop() if len(steps) == 1 else 0.0
