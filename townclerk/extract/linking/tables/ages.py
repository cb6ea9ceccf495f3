"""Heads that are ages: "Under 5 | 5-10 | 11-15 | 16-17", where "16-17" alone would be a financial year.

Ages go on where the band before them ends; financial years share the year in which one ends and the next begins.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

_BAND = re.compile(r"(?<![\d/.,-])(?P<first>\d{1,2})\s?(?:[-–]|to)\s?(?P<last>\d{1,2})(?![\d/.,%-])")
_OPEN = re.compile(r"(?:\b(?:under|over)\s\d{1,2}|(?<![\d.,])\d{1,2}\+)(?!\S)", re.IGNORECASE)
_OLDEST, _FEWEST = 25, 2


def age_bands(text: str) -> list[tuple[int, int]]:
    """The ages in a line of heads: two bands or more that follow one another, and those under and over them."""
    bands = [found for found in _BAND.finditer(text) if int(found["first"]) < int(found["last"]) <= _OLDEST]
    follow = {n for n, (a, b) in enumerate(itertools.pairwise(bands)) if int(b["first"]) == int(a["last"]) + 1}
    ages = [band.span() for n, band in enumerate(bands) if n in follow or n - 1 in follow]
    return sorted([*ages, *(found.span() for found in _OPEN.finditer(text))]) if ages else []


def age_columns(heads: Sequence[str]) -> list[int]:
    """The places of the heads that are nothing but an age.

    Args:
        heads: The heads of a table's columns.
    """
    if sum(any(map(str.isdigit, head)) for head in heads) < _FEWEST:
        return []
    starts = list(itertools.accumulate((len(head) + 1 for head in heads), initial=0))
    whole = {
        (start, start + len(head.strip())): place
        for place, (start, head) in enumerate(zip(starts, heads, strict=False))
    }
    return [whole[span] for span in age_bands(" ".join(heads)) if span in whole]
