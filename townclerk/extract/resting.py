"""Python's search for cyclic garbage rests while the packs are loaded and a document is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from walking over all words and mentions, and the whole catalogue, again and again.

    A page makes thousands of tuples, none of them in a cycle, and a whole document leaves no more than a handful of
    objects to be collected; looking for them took a tenth of the time. What is not in a cycle is freed at once, as
    ever, and between documents the collector is on.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def settle() -> None:
    """Take what is loaded by now out of the collector's rounds for good.

    Modules and packs stay as long as the process. Walking over them after every few reports took a twentieth of the
    time.
    """
    gc.freeze()
