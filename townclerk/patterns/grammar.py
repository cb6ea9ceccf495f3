"""The small grammar that phrasings are written in."""

from __future__ import annotations

import re
from itertools import product

ANY_NUMBER = "<n>"
"""Stands for any number."""
AHEAD = "~"
"""Words behind this must follow, but are no part of what is meant."""
MOST_SPELLINGS = 600
"""A phrasing with more spellings than this is a slip of its author."""
_GROUP = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


def spell_out(phrase: str) -> list[str]:
    """Every plain spelling of a phrase of the grammar `(a|b)` (either) and `[a|b]` (either or nothing).

    Raises:
        ValueError: If the phrase has more than `MOST_SPELLINGS`.
    """
    parts: list[list[str]] = []
    position = 0
    for match in _GROUP.finditer(phrase):
        parts.append([phrase[position : match.start()]])
        inner = match[1] if match[1] is not None else match[2]
        choices = inner.split("|")
        parts.append(choices if match[1] is not None else [*choices, ""])
        position = match.end()
    parts.append([phrase[position:]])
    size = 1
    for part in parts:
        size *= len(part)
    if size > MOST_SPELLINGS:
        raise ValueError(f"{phrase!r} has {size} spellings, at most {MOST_SPELLINGS} are allowed; write it as two")
    return [" ".join("".join(choice).split()) for choice in product(*parts)]
