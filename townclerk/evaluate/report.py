"""A whole evaluation: the scores of several reports, and what they sum up to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from townclerk.evaluate.agreement import ATTRIBUTES, LEVELS, Level, commentary_agrees, same_period_kind
from townclerk.evaluate.calibration import Calibration, calibrate
from townclerk.evaluate.gold import Difficulty, GoldDocument, read_gold
from townclerk.evaluate.inputs import Readings, collect
from townclerk.evaluate.scoring import Pair, Score, score
from townclerk.evaluate.tally import Means, Tally, macro_average
from townclerk.models.observation import Observation
from townclerk.models.units import Method
from townclerk.patterns.catalogue import load_catalogue

if TYPE_CHECKING:
    from townclerk.extract.pipeline import UnlinkedFigure


@dataclass(slots=True)
class Share:
    """A count of right ones among all, with those stated where gold states nothing."""

    right: int = 0
    total: int = 0
    invented: int = 0

    @property
    def accuracy(self) -> float | None:
        """Right ones as a share of all; None where there are none."""
        return self.right / self.total if self.total else None


@dataclass(slots=True)
class Report:
    """The outcome of an evaluation.

    Attributes:
        scores: One score a report, in order of name.
        missing: Reports that have gold but were not given.
        faults: Reports that could not be read, wholly or in part, each with the reason.
        unlinked: Figures of each report read now that were linked to no indicator, each with the reason.
    """

    scores: list[Score]
    missing: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unlinked: dict[str, list[UnlinkedFigure]] = field(default_factory=dict)

    def pooled(self, level: Level) -> Tally:
        """The counts of all reports together."""
        return sum((each.tallies[level] for each in self.scores), Tally())

    def macro(self, level: Level) -> Means:
        """Measures averaged over reports."""
        return macro_average(each.tallies[level] for each in self.scores)

    def by_difficulty(self) -> dict[Difficulty, dict[Level, Tally]]:
        """Recall by the difficulty that gold states; a false observation has none, so precision says nothing here."""
        lines = [line for each in self.scores for line in each.expected]
        return {
            grade: {
                level: Tally(
                    sum(pair.gold.difficulty is grade for each in self.scores for pair in each.matched[level]),
                    expected=sum(line.difficulty is grade for line in lines),
                )
                for level in LEVELS
            }
            for grade in Difficulty
        }

    def by_method(self) -> dict[Method, dict[Level, Tally]]:
        """Precision by the linker that made the observation; a miss has none, so recall says nothing here."""
        reported = [seen for each in self.scores for seen in each.reported]
        return {
            method: {
                level: Tally(
                    sum(pair.seen.method is method for each in self.scores for pair in each.matched[level]),
                    reported=sum(seen.method is method for seen in reported),
                )
                for level in LEVELS
            }
            for method in Method
        }

    def commentary(self) -> Share:
        """Of found figures whose gold has a commentary, those whose observation holds it."""
        return _share(
            self._pairs(Level.FOUND),
            stated=lambda pair: pair.gold.commentary is not None,
            right=lambda pair: commentary_agrees(pair.gold.commentary or "", pair.seen),
            claimed=lambda pair: bool(pair.seen.commentary),
        )

    def period_kind(self) -> Share:
        """Of full matches with a period, those whose period is of the same kind."""
        return _share(
            self._pairs(Level.FULL),
            stated=lambda pair: pair.gold.period is not None,
            right=lambda pair: same_period_kind(pair.gold, pair.seen) is True,
        )

    def attributes(self) -> dict[str, Share]:
        """By attribute: of found figures whose gold states it, those whose observation states the same."""
        pairs = self._pairs(Level.FOUND)
        return {name: _attribute(name, pairs) for name in ATTRIBUTES}

    def calibration(self) -> Calibration | None:
        """Confidence against truth at the full level; None where no observation carries a confidence."""
        return calibrate(self.outcomes())

    def outcomes(self) -> list[tuple[float, bool]]:
        """The confidence of every observation that carries one, and whether it is right at the full level."""
        outcomes: list[tuple[float, bool]] = []
        for each in self.scores:
            right = {id(pair.seen) for pair in each.matched[Level.FULL]}
            outcomes += [(seen.confidence, id(seen) in right) for seen in each.reported if seen.confidence is not None]
        return outcomes

    def _pairs(self, level: Level) -> list[Pair]:
        return [pair for each in self.scores for pair in each.matched[level]]


def evaluate(
    gold: Path,
    sources: Iterable[Path],
    *,
    known_ids: Collection[str] | None = None,
    min_confidence: float = 0.0,
) -> Report:
    """Score observations, or reports read now, against gold.

    Args:
        gold: A gold file, or a folder of them.
        sources: Reports, JSON Lines files of observations, or folders of either.
        known_ids: Ids that gold is written against; None takes those of the shipped catalogue.
        min_confidence: Leave observations below this confidence out, as a user who filters by it would.

    Raises:
        GoldError: With every fault of the gold files.
        UnreadableError: If observations cannot be read, or none of them has gold.
    """
    documents = read_gold(gold)
    readings = collect(documents, list(sources))
    return score_all(documents.values(), readings, gold_ids() if known_ids is None else known_ids, min_confidence)


def gold_ids() -> frozenset[str]:
    """Ids of the two reference tables, which gold is written against."""
    return frozenset(each.id for each in load_catalogue().indicators.values() if each.in_catalogue)


def score_all(
    documents: Iterable[GoldDocument], readings: Readings, known_ids: Collection[str], min_confidence: float = 0.0
) -> Report:
    """Score every report that was read."""
    scores = [
        score(
            document.lines,
            [seen for seen in readings.documents[document.name] if _sure_enough(seen, min_confidence)],
            document.pages,
            known_ids=known_ids,
            name=document.name,
            text=readings.texts.get(document.name),
        )
        for document in sorted(documents, key=lambda document: document.name)
        if document.name in readings.documents
    ]
    return Report(scores, readings.missing, readings.faults, readings.unlinked)


def _sure_enough(seen: Observation, least: float) -> bool:
    """An observation without a confidence is kept: nothing says that it is doubtful."""
    return seen.confidence is None or seen.confidence >= least


def _share(
    pairs: Iterable[Pair],
    stated: Callable[[Pair], bool],
    right: Callable[[Pair], bool],
    claimed: Callable[[Pair], bool] = lambda _: False,
) -> Share:
    """Count the pairs whose gold states something, those right, and those that claim it where gold is silent."""
    share = Share()
    for pair in pairs:
        if stated(pair):
            share.total += 1
            share.right += right(pair)
        else:
            share.invented += claimed(pair)
    return share


def _attribute(name: str, pairs: Iterable[Pair]) -> Share:
    return _share(
        pairs,
        stated=lambda pair: getattr(pair.gold, name) is not None,
        right=lambda pair: ATTRIBUTES[name](pair.gold, pair.seen),
        claimed=lambda pair: getattr(pair.seen, name) is not None,
    )
