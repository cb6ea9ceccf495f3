"""Whether a text holds a figure written in digits, which is asked of nearly every line of a report."""

from __future__ import annotations

import re

_DIGIT = re.compile(r"\d")


def has_digit(text: str) -> bool:
    """True for a text with a decimal digit in it."""
    return _DIGIT.search(text) is not None
