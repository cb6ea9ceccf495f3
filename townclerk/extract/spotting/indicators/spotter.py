"""The indicator spotter: labels and running text to measures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from townclerk.extract.spotting.indicators.clauses import Tools, find_mentions
from townclerk.extract.spotting.indicators.naming import naming
from townclerk.extract.spotting.indicators.reader import Lexicon
from townclerk.extract.spotting.indicators.rules import RuleBook
from townclerk.extract.spotting.indicators.scoring import Evidence, Judge, best
from townclerk.models.mentions import IndicatorMatch, IndicatorMention
from townclerk.models.units import Unit
from townclerk.patterns.catalogue import Catalogue

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEAST_LABEL_SCORE = 0.55


class IndicatorSpotter:
    """Finds the measures of a catalogue by their names.

    Args:
        catalogue: The measures and their wording.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._lexicon = Lexicon(catalogue)
        self._rules = RuleBook(catalogue, self._lexicon)
        self._judge = Judge(catalogue, self._rules)
        self._remember()

    def _remember(self) -> None:
        # Heads and labels are read for every figure that stands under or beside them.
        self._part = lru_cache(maxsize=4096)(lambda part: self._lexicon.read(naming(part)))
        self._label = lru_cache(maxsize=4096)(self._read_label)

    def __getstate__(self) -> tuple[Lexicon, RuleBook, Judge]:
        """What is kept of it: not what it remembers of texts."""
        return self._lexicon, self._rules, self._judge

    def __setstate__(self, state: tuple[Lexicon, RuleBook, Judge]) -> None:
        self._lexicon, self._rules, self._judge = state
        self._remember()

    def find(self, text: str, doc: Doc | None = None) -> list[IndicatorMention]:
        """The places in running text that name a measure, in order, none overlapping another.

        Where the words leave the measure open, `matches` holds every reading, best first.

        Args:
            text: The passage.
            doc: The passage as spaCy tokens, where there is one; the packs' token patterns run on it.
        """
        return find_mentions(Tools(self._lexicon, self._rules, self._judge), naming(text), doc)

    def read_label(self, parts: Sequence[str], unit: Unit | None = None) -> list[IndicatorMatch]:
        """The measures a label names, best first.

        Args:
            parts: Heading, group, row and column words, the most specific last.
            unit: The unit of the label's figures, where known; it chooses between siblings.

        Returns:
            The readings; none where the words name a complement ("visits overdue") or nothing well enough.
        """
        return list(self._label(tuple(parts), unit))

    def _read_label(self, parts: tuple[str, ...], unit: Unit | None) -> list[IndicatorMatch]:
        readings = [self._part(part) for part in parts if part and part.strip()]
        ranked: list[IndicatorMatch] = []
        for split_at in range(len(readings) - 1, -1, -1):
            own = [group for reading in readings[split_at:] for group in reading.groups]
            context = [group for reading in readings[:split_at] for group in reading.groups]
            if all(self._rules.topics.isdisjoint(group.concepts) for group in own):
                continue
            phrases = [
                found
                for reading in readings[split_at:]
                for found in self._lexicon.found(reading, 0, len(reading.starts))
            ]
            repaired = any(reading.repaired for reading in readings[split_at:])
            scored = self._judge.rank(Evidence(own, context, (), phrases, unit, repaired))
            if scored and any(
                self._rules.nature(g.concepts).is_failure and not g.concepts & scored[0].concepts for g in own
            ):
                return []
            ranked = best(scored, LEAST_LABEL_SCORE)
            if ranked:
                break
        return ranked
