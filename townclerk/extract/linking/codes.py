"""Reference numbers that a report prints before its measures and by which its commentary calls them: "CS21".

A scorecard's row "CS21  Care leavers in education, employment or training" makes "CS21" a name of that measure for the
rest of the paper: "CS21: a slow start to the year; the England figure is 52%."
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from townclerk.models.candidate import Candidate
from townclerk.models.document import Document
from townclerk.models.mentions import IndicatorMatch, IndicatorMention, MatchKind, Mentions

# Letters and a number; quarters, half years and financial years look alike and are times.
_CODE = re.compile(r"(?<![\w./-])(?!(?:Q|H|FY|QTR)\s?\d)[A-Z]{1,6}[ ./-]?\d{1,3}(?:\.\d{1,2})?[a-z]?(?![\w/-]|\.\d)")
_WORD = re.compile(r"\w+")
# How far before its figure a row's label may stand, and how many of its words must be found there.
_FAR, _WORDS = 400, 3
# How many reference numbers are looked at before a figure, and how near behind one its own words begin.
_BACK, _NEAR = 3, 12
# One number may stand for a measure's count and its percentage, for more measures it says nothing.
_MOST = 2


@dataclass(slots=True)
class Codes:
    """The reference numbers of a paper that are printed more than once.

    Attributes:
        text: The document's text.
        places: Where each stands in it, start and end, in order.
        named: The measures each was found to stand for, by their ids.
    """

    text: str
    places: list[tuple[int, int]] = field(default_factory=list)
    named: dict[str, dict[str, IndicatorMatch]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, blocks: range) -> Codes:
        """The reference numbers of the paper that some of a document's blocks are."""
        numbers = {document.blocks[index].page for index in blocks}
        pages = [page for page in document.pages if page.number in numbers]
        start, end = (pages[0].start, pages[-1].end) if pages else (0, 0)
        found = list(_CODE.finditer(document.text, start, end))
        told = Counter(_plain(match[0]) for match in found)
        return cls(document.text, [match.span() for match in found if told[_plain(match[0])] > 1])

    def learn(self, candidates: Iterable[Candidate]) -> None:
        """Take the reference numbers that stand right before the labels of what was linked."""
        if not self.places:
            return
        for one in candidates:
            if one.match is None:
                continue
            code = self._before(one.label, one.figure_span.start)
            if code is not None:
                self.named.setdefault(code, {}).setdefault(one.match.indicator_id, one.match)

    def name_in(self, text: str, mentions: Mentions) -> None:
        """Add the reference numbers of a text that stand for measures to what was recognised in it.

        One that the measure's own words follow adds nothing: they are read as they stand.
        """
        if not self.named:
            return
        held = mentions.indicators
        added: list[IndicatorMention] = []
        for match in _CODE.finditer(text):
            known = self.named.get(_plain(match[0]), {})
            own_words = any(
                match.end() < one.end and one.start <= match.end() + _NEAR for one in held if one.start >= match.start()
            )
            if known and len(known) <= _MOST and not own_words:
                matches = tuple(one._replace(kind=MatchKind.CODE, needs_context=False) for one in known.values())
                added.append(IndicatorMention(*match.span(), matches))
        if added:
            # The letters of a number may be read as a measure's short name: "CP" in "CP 5".
            inside = [one for one in held if any(a.start <= one.start and one.end <= a.end for a in added)]
            kept = [one for one in held if one not in inside]
            mentions.indicators = sorted([*kept, *added], key=lambda one: one.start)

    def _before(self, label: str, figure: int) -> str | None:
        """The reference number right before a label, which stands before a figure."""
        words = [word[0].lower() for word in islice(_WORD.finditer(label), _WORDS)]
        last = bisect_left(self.places, (figure,))
        for start, end in reversed(self.places[max(0, last - _BACK) : last]):
            behind = [word[0].lower() for word in islice(_WORD.finditer(self.text, end, end + _FAR), _WORDS)]
            if words and figure - end <= _FAR and behind[: len(words)] == words:
                return _plain(self.text[start:end])
        return None


def _plain(code: str) -> str:
    """A reference number as it is compared: "CS 21", "CS-21" and "CS21" are the same."""
    return "".join(char for char in code if char.isalnum() or char == ".")
