"""The times that the figures of a sentence have been given so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from townclerk.extract.linking.prose.playing import Playing
from townclerk.extract.linking.prose.sentence import Sentence
from townclerk.models.mentions import PeriodMention


@dataclass(slots=True)
class Dating:
    """A sentence whose figures are being dated.

    Attributes:
        parts: Its figures, in the order in which they stand.
        periods: The times in it that may be a figure's own.
        sentence: The sentence.
        stated: The time of each figure that has one, by the figure's place in `parts`.
        taken: Where the times begin that are some figure's own.
    """

    parts: list[Playing]
    periods: list[PeriodMention]
    sentence: Sentence
    stated: dict[int, PeriodMention] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def give(self, index: int, period: PeriodMention) -> None:
        """Let a time be a figure's own."""
        self.stated[index] = period
        self.taken.add(period.start)

    def give_each(self, times: Mapping[int, PeriodMention]) -> None:
        """Let several times each be a figure's own."""
        for index, period in times.items():
            self.give(index, period)
