"""Counts of right and expected answers, and the measures made from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Tally:
    """How many observations were right, how many were reported, how many the gold holds.

    Attributes:
        correct: Observations paired with a gold line.
        reported: Observations in the score.
        expected: Gold lines in the score.
    """

    correct: int = 0
    reported: int = 0
    expected: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.correct + other.correct, self.reported + other.reported, self.expected + other.expected)

    @property
    def precision(self) -> float:
        """Share of the reported observations that are right; 1 where none was reported."""
        return self.correct / self.reported if self.reported else 1.0

    @property
    def recall(self) -> float:
        """Share of the expected observations that were reported; 1 where none was expected."""
        return self.correct / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where nothing was reported and nothing expected."""
        total = self.reported + self.expected
        return 2 * self.correct / total if total else 1.0


@dataclass(slots=True, frozen=True)
class Means:
    """Precision, recall and F1 averaged over documents, each document counting the same."""

    precision: float
    recall: float
    f1: float


def macro_average(tallies: Iterable[Tally]) -> Means:
    """The plain means over documents; all 1 where there are none."""
    rows = list(tallies)
    count = len(rows)
    if not count:
        return Means(1.0, 1.0, 1.0)
    return Means(
        sum(row.precision for row in rows) / count,
        sum(row.recall for row in rows) / count,
        sum(row.f1 for row in rows) / count,
    )
