"""A short stand-in for a text, by which near-duplicates are found.

Of all runs of four words, those are kept whose hash is divisible by `ONE_IN`: two texts share about as large a part of
their sketches as of their runs, and a short text is seen inside a long one (Broder 1997, modulo sketches).
"""

from __future__ import annotations

import hashlib
import re

RUN = 4
ONE_IN = 64

_WORD = re.compile(r"[a-z0-9]+")


def sketch(text: str) -> list[int]:
    """The sketch of a text: distinct signed 64-bit numbers in order."""
    words = [word.encode() for word in _WORD.findall(text.lower())]
    kept: set[int] = set()
    for first in range(len(words) - RUN + 1):
        digest = hashlib.blake2b(b" ".join(words[first : first + RUN]), digest_size=8).digest()
        value = int.from_bytes(digest, "big", signed=True)
        if value % ONE_IN == 0:
            kept.add(value)
    return sorted(kept)
