"""Numbers that a recogniser tore apart in their cells: "8 0.6%" among 81.8% and 79.2% is 80.6%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from townclerk.models.mentions import FigureMention

_TORN = re.compile(r"\s*(?P<first>[1-9]\d?) (?P<rest>\d\.\d+%?)\s*")
_FEWEST = 2
# So many times nearer to the row's other values than what stands behind the blank.
_NEARER = 2.0


def may_be_torn(text: str) -> bool:
    """True for one or two digits, a blank, and a number with one digit before its point."""
    return _TORN.fullmatch(text) is not None


def joined(text: str, others: Sequence[float]) -> str:
    """The number that a torn one was, where it is far nearer to the others of its row; else "".

    Args:
        text: What is printed.
        others: The values of the other cells.
    """
    torn = _TORN.fullmatch(text)
    if torn is None or len(others) < _FEWEST:
        return ""
    whole = torn["first"] + torn["rest"]
    value, rest, usual = float(whole.rstrip("%")), float(torn["rest"].rstrip("%")), median(others)
    near = abs(value - usual) * _NEARER < abs(rest - usual)
    return whole if near and not (whole.endswith("%") and value > 100.0) else ""


def rejoined(text: str, figures: Sequence[FigureMention], others: Sequence[float]) -> list[FigureMention] | None:
    """The one figure of a cell whose number was torn; None for any other cell."""
    whole = joined(text, others) if len(figures) == _FEWEST else ""
    if not whole:
        return None
    first, last = figures
    start, end = first.start, last.start + len(last.text)
    flags = (*last.flags, "ocr_repaired")
    return [replace(last, start=start, end=end, text=text[start:end], value=float(whole.rstrip("%")), flags=flags)]
