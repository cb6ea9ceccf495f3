"""Whether a number stands among children's services at all.

"Complaints answered in time", "vacancies", "referrals", "orders made" are measures of children's services only where
the report, its part or the sentence is about them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from townclerk.models.document import DocumentFacts
from townclerk.patterns.topics import topic_words

# A paper is the field's own where its words make up this share of the words of all services in it.
_OWN_SHARE = 0.5
_LEAST_WORDS = 3
# A text shorter than a paragraph, in letters, is a page out of a paper that may say elsewhere what it is about.
_SHORTEST_PAPER = 250


@dataclass(slots=True, frozen=True)
class Topic:
    """What a whole paper is about.

    Attributes:
        is_children: True where the paper as a whole is about children's services.
        is_silent: True where not one word of it, nor its title, is of the field or of social work, and it is no scrap.
    """

    is_children: bool = True
    is_silent: bool = False

    @classmethod
    def of(cls, texts: Iterable[str], facts: DocumentFacts) -> Topic:
        """The topic of a paper, from the words of its blocks and its title and committee."""
        words = topic_words()
        said = f"{facts.title.value or ''} {facts.committee.value or ''}".lower()
        length, own, other, near = 0, 0, 0, words.near_field.search(said) is not None
        for text in texts:
            lowered = text.lower()
            length += len(lowered)
            near = near or words.near_field.search(lowered) is not None
            own += len(words.children.findall(lowered))
            other += len(words.others.findall(lowered))
        named = words.children.search(said) is not None
        silent = length >= _SHORTEST_PAPER and not own and not named and not near
        if named and not words.others.search(said):
            own += other // 2 + _LEAST_WORDS
        return cls(own >= _OWN_SHARE * (own + other) and (own >= _LEAST_WORDS or other < _LEAST_WORDS), silent)

    def doubt(self, label: str, near: str, headings: Iterable[str]) -> float:
        """How much speaks against reading a label as a measure of children's services; 0 where nothing does.

        Args:
            label: The words that name the measure.
            near: The sentence or row.
            headings: Headings in force, nearest first.
        """
        words = topic_words()
        label, near = label.lower(), near.lower()
        if words.children.search(label):
            return 0.0
        foreign = words.others.search(f"{label} {near}") is not None
        if words.children.search(near):
            return -0.5 if foreign else 0.0
        if foreign:
            return -3.0
        for heading in headings:
            lowered = heading.lower()
            if words.children.search(lowered):
                return 0.0
            if words.others.search(lowered):
                return -3.0
        return 0.0 if self.is_children else -3.0
