"""A short stand-in for a text, by which near-duplicates are found.

Runs of four words are hashed; of those with a figure in them and of those without, the ones are kept whose hash is
divisible by a power of two, the smallest that leaves no more than `MOST_WITH_FIGURES` and `MOST_WORDS`: two texts share
about as large a part of their sketches as of their runs, and a short text is seen inside a long one (Broder 1997,
modulo sketches). Runs with figures are told apart because only they tell one quarter's report from the next, which
says all the same words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable

RUN = 4
MOST_WITH_FIGURES = 256
MOST_WORDS = 64

_WORD = re.compile(r"[a-z0-9]+")
_DIGIT = re.compile(rb"[0-9]")


def sketch(text: str) -> list[int]:
    """The sketch of a text: distinct signed 64-bit numbers in order; negative ones stand for runs with a figure."""
    words = [word.encode() for word in _WORD.findall(text.lower())]
    runs = {b" ".join(words[first : first + RUN]) for first in range(len(words) - RUN + 1)}
    with_figures: list[int] = []
    without: list[int] = []
    for run in runs:
        value = int.from_bytes(hashlib.blake2b(run, digest_size=8).digest(), "big") >> 1
        if _DIGIT.search(run):
            with_figures.append(value - (1 << 63))
        else:
            without.append(value)
    return sorted(_thinned(with_figures, MOST_WITH_FIGURES) + _thinned(without, MOST_WORDS))


def spacing(hashes: Iterable[int]) -> int:
    """The power of two that divides every one of some hashes: how thinned out their sketch is."""
    bits = 0
    for value in hashes:
        bits |= value
    return bits & -bits if bits else 1


def at_spacing(hashes: Iterable[int], wanted: int) -> set[int]:
    """The hashes that a sketch so thinned out would have kept."""
    return {value for value in hashes if value % wanted == 0}


def _thinned(hashes: Collection[int], most: int) -> list[int]:
    kept, step = list(hashes), 1
    while len(kept) > most:
        step *= 2
        kept = [value for value in kept if value % step == 0]
    return kept
