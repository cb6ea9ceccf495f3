"""Where the value in a cell of words ends: "65.1%" of "65.1% (dropping from 71.4% last quarter)"."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.changes import CHANGE_CUES
from townclerk.extract.spotting.figures import read_cell
from townclerk.extract.spotting.periods import find_periods
from townclerk.extract.spotting.roles import find_cues
from townclerk.models.digits import has_digit
from townclerk.models.mentions import FigureForm

# Where a remark may begin: at a bracket or a mark, or at a word.
_BREAK = re.compile(r"\s*(?:[(\[;–—]|,(?!\d))\s*|\s+[-:]\s+|\s+(?=[^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LONGEST_VALUE, _LONGEST = 24, 160
# The words that tell of a time, a target or an old value stand near the front of a remark that opens with no mark.
_NEAR = 14
_TELLING = frozenset({"target", "from", "told_before", *CHANGE_CUES})


def value_before_remark(text: str) -> int:
    """Where the value at the front of a cell ends and a remark on it begins.

    Args:
        text: A cell's text.

    Returns:
        The end of the value; 0 for a cell that is no value with a remark.
    """
    if len(text) > _LONGEST or not has_digit(text[:_LONGEST_VALUE]):
        return 0
    for found in _BREAK.finditer(text, 1, _LONGEST_VALUE + 4):
        front, rest = text[: found.start()], text[found.end() :]
        if not has_digit(front):
            return 0
        if not _is_value(front):
            continue
        if not _LETTERS.search(rest):
            return 0
        if any(time.start < found.start() for time in find_periods(text)):
            # "12 months to June" is a time.
            return 0
        marked = bool(found[0].strip())
        bracketed = found[0].strip() in {"(", "["} and text.rstrip().endswith((")", "]"))
        return found.start() if bracketed or _tells(rest, marked=marked) else 0
    return 0


def _is_value(text: str) -> bool:
    figures = read_cell(text)
    return len(figures) == 1 and figures[0].form is FigureForm.NUMBER and not _LETTERS.search(text)


def _tells(rest: str, *, marked: bool) -> bool:
    """True for words that speak of a target, an old value or a time; behind a mark they may do so further on."""
    reach = len(rest) if marked else _NEAR
    starts = [cue.start for cue in find_cues(rest) if cue.cue in _TELLING]
    starts.extend(time.start for time in find_periods(rest))
    return any(start < reach for start in starts)
