"""How cost grows with size, told by processor time in a way that a busy machine does not disturb."""

from __future__ import annotations

import time
from collections.abc import Callable

_ROUNDS = 6
# In seconds: what takes less is as good as nothing, and no measure for anything.
_LEAST = 0.01


def growth(small: Callable[[], object], large: Callable[[], object], enough: float) -> float:
    """How many times the processor time of a small task a large one takes.

    The two take turns, so that whatever else the machine does slows both, and each counts with its best turn. A ratio
    that is low enough is taken at once; a high one is measured again, for chance can only raise it: a task whose cost
    is a square stays high however often it is measured.

    Args:
        small: The small task; it is run once beforehand to warm up.
        large: The large task.
        enough: A ratio that needs no more rounds.
    """
    small()
    least = [float("inf"), float("inf")]
    ratio = float("inf")
    for _ in range(_ROUNDS):
        for place, task in enumerate((small, large)):
            began = time.process_time()
            task()
            least[place] = min(least[place], time.process_time() - began)
        ratio = least[1] / max(least[0], _LEAST)
        if ratio < enough:
            break
    return ratio
