"""Whether an observation and a gold line are about the same words of the report."""

from __future__ import annotations

import re

from townclerk.evaluate.agreement import squeezed
from townclerk.evaluate.gold import GoldLine
from townclerk.models.observation import Evidence, Observation


class Places:
    """Compares places: by character offsets where the report's text is at hand, else by the words quoted.

    Args:
        text: The text that the observations' offsets point into; None where only the observations are known.
    """

    def __init__(self, text: str | None = None) -> None:
        self._text = text
        self._spans: dict[str, list[tuple[int, int]]] = {}

    def same(self, line: GoldLine, seen: Observation) -> bool:
        """True where a piece of the observation's evidence and one of the gold's quotes share words."""
        if line.page is not None and seen.evidence and seen.evidence[0].page != line.page:
            return False
        return any(self._meet(quote, evidence) for quote in line.quotes for evidence in seen.evidence)

    def _meet(self, quote: str, evidence: Evidence) -> bool:
        spans = self._find(quote)
        if spans:
            return any(start < evidence.end and evidence.start < end for start, end in spans)
        return _overlap(squeezed(quote), squeezed(evidence.quote))

    def _find(self, quote: str) -> list[tuple[int, int]]:
        """Every place of a quote in the text, white space aside."""
        if self._text is None:
            return []
        if quote not in self._spans:
            pattern = r"\s+".join(re.escape(word) for word in quote.split())
            self._spans[quote] = [match.span() for match in re.finditer(pattern, self._text)]
        return self._spans[quote]


def _overlap(first: str, second: str) -> bool:
    """True where one holds the other, or the end of one is the beginning of the other for half the shorter's words."""
    if first in second or second in first:
        return True
    return _runs_into(first.split(), second.split()) or _runs_into(second.split(), first.split())


def _runs_into(first: list[str], second: list[str]) -> bool:
    shorter = min(len(first), len(second))
    return any(first[-size:] == second[:size] for size in range((shorter + 1) // 2, shorter + 1) if size)
