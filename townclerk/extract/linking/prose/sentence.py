"""A sentence of running text with its mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar

from townclerk.extract.linking.scene import SpottedBlock
from townclerk.extract.linking.sentences import clause_starts, sentences
from townclerk.models.mentions import (
    AreaMention,
    FigureMention,
    IndicatorMention,
    Mentions,
    PeriodMention,
    RoleCue,
)
from townclerk.models.spans import Span, blanked
from townclerk.patterns.roles import role_words

M = TypeVar("M", AreaMention, FigureMention, IndicatorMention, PeriodMention, RoleCue)
_start = attrgetter("start")
WORD = re.compile(r"[^\W\d_][\w'’-]*")
# A name that no gazetteer has.
CAPITALISED = re.compile(r"\b[A-Z][\w’'-]+")
# Words behind it add to those before: "88% - the best since 2019".
DASH = re.compile(r"\s[–—-]\s")


@dataclass(slots=True, frozen=True)
class _Stretch:
    """The mentions of a block that begin between two offsets."""

    held: Mentions
    start: int
    end: int

    def figures(self) -> list[FigureMention]:
        return _within(self.held.figures, self.start, self.end)

    def periods(self) -> list[PeriodMention]:
        return _within(self.held.periods, self.start, self.end)

    def areas(self) -> list[AreaMention]:
        return _within(self.held.areas, self.start, self.end)

    def indicators(self) -> list[IndicatorMention]:
        return _within(self.held.indicators, self.start, self.end)

    def cues(self) -> list[RoleCue]:
        return _within(self.held.cues, self.start, self.end)


def _within(mentions: list[M], start: int, end: int) -> list[M]:
    """The mentions, in order of start, that begin between two offsets."""
    first = bisect_left(mentions, start, key=_start)
    return mentions[first : bisect_left(mentions, end, first, key=_start)]


@dataclass(slots=True)
class Sentence:
    """One sentence of a block with its mentions, offsets as in the block.

    Attributes:
        where: The block.
        start: Where the sentence begins.
        end: Where it ends.
        mentions: What was recognised in it.
        text: The whole block's text, which all offsets point into.
    """

    where: SpottedBlock
    start: int
    end: int
    mentions: Mentions
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.where.text

    @classmethod
    def cut(cls, where: SpottedBlock, start: int, end: int) -> Sentence:
        """The sentence from `start` to `end` of a block."""
        return cls(where, start, end, Mentions(_Stretch(where.mentions, start, end)))

    def between(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self.text[start:end]

    def before(self) -> list[tuple[int, int]]:
        """The sentences of the block that end before this one, in order."""
        return [span for span in sentences(self.text) if span[1] <= self.start]

    def last_before(self) -> tuple[int, int]:
        """The sentence of the block that ends right before this one; an empty span where this one is the first."""
        return next(iter(self.before()[-1:]), (0, 0))

    def is_in_name(self, span: Span) -> bool:
        """True for a figure or cue that is part of a measure's name ("up to date")."""
        return any(name.start <= span.start and span.end <= name.end for name in self.mentions.indicators)

    def clause_at(self, place: int) -> tuple[int, int]:
        """Where the clause around an offset of this sentence begins and ends."""
        starts = clause_starts(self.text, self.start, self.end)
        start = max(cut for cut in starts if cut <= place)
        return start, min((cut for cut in starts if cut > place), default=self.end)

    def without(self, start: int, end: int, *groups: Sequence[Span]) -> str:
        """The text between two offsets with blanks for the mentions of the groups given that lie within it."""
        inside = (span for group in groups for span in group if start <= span.start and span.end <= end)
        return blanked(self.between(start, end), inside, start)

    def unmarked(self, start: int, end: int) -> list[str]:
        """The words between two offsets that are no figure, time, place or cue, nor the stock of elliptical ones."""
        held = self.mentions
        left = blanked(self.between(start, end), [*held.figures, *held.periods, *held.areas, *held.cues], start)
        return [w for w in words_in(left) if w not in role_words().elliptical and len(w) > 1]

    def plain_words(self, start: int, end: int) -> list[str]:
        """The words between two offsets that belong to no indicator phrase, lower case."""
        return words_in(self.without(start, end, self.mentions.indicators))


def last_opening(text: str) -> int:
    """Where the last bracket of a text opens, round or square; -1 where none does."""
    return max(text.rfind("("), text.rfind("["))


def words_in(text: str) -> list[str]:
    """The words of a text, lower case."""
    return WORD.findall(text.lower())
