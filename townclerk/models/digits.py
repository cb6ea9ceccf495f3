"""What is asked of nearly every line and cell of a report: whether it holds a digit, whether it is a bare number."""

from __future__ import annotations

import re

_DIGIT = re.compile(r"\d")
# What most cells hold, a number and perhaps a percent sign; a bare number of four digits may be a year.
PLAIN_NUMBER = re.compile(r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})*(?:\.(?P<decimals>[0-9]{1,2}))?)(?P<percent>%)?")


def has_digit(text: str) -> bool:
    """True for a text with a decimal digit in it."""
    return _DIGIT.search(text) is not None
