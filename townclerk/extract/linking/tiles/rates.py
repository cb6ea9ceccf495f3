"""The rate that a tile prints below a count, in a line of its own."""

from __future__ import annotations

import re

from townclerk.models.mentions import FigureMention
from townclerk.models.units import RATES, Unit
from townclerk.patterns.table_words import table_words

_RATE_LINE = re.compile(
    r"(?mi)^(?P<name>rate\b[^\n\d]*(?:10{0,2},?\d{3}|10k)?[^\n\d]*?)[ \t:]+(?P<value>\d[\d.,]*)[ \t]*$"
)


_RATE_BEHIND = re.compile(
    r"(?mi)^[ \t]*\(?(?:a[ \t]+)?(?:rate[ \t]+(?:of[ \t]+)?)?(?P<value>\d+(?:\.\d+)?)[ \t]+"
    r"(?P<name>per[ \t]+10{0,2},?\d{3}\b)[^\n\d]*$"
)


def rate_beside(text: str, figures: list[FigureMention]) -> tuple[FigureMention, Unit] | None:
    """The rate that a tile prints on a line of its own below a count: "212 children", "Rate per 10k 41.6".

    It may be worded the other way round, too: "41.6 per 10,000".
    """
    for line in (*_RATE_LINE.finditer(text), *_RATE_BEHIND.finditer(text)):
        unit = table_words().unit(line["name"])
        held = [figure for figure in figures if line.start("value") <= figure.start < line.end("value")]
        first = next((figure for figure in figures if figure.end <= line.start()), None)
        counted = first is not None and first.unit in {None, Unit.COUNT} and not first.decimals
        if unit in RATES and len(held) == 1 and held[0].decimals and counted:
            return held[0], unit
    return None
