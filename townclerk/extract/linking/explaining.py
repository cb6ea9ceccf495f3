"""Which values of tables and tiles a block of text below them explains.

A scorecard is followed by its commentary: line by line under each row ("Comment: ..."), or in paragraphs that call the
measure by its reference number or its name ("CS21: a slow start ...", "Re-referrals rose because ..."), or under
headings that do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from townclerk.extract.linking.commentary import opens_commentary
from townclerk.extract.linking.scene import SpottedBlock
from townclerk.extract.linking.sentences import sentences
from townclerk.models.candidate import Candidate
from townclerk.models.document import BlockKind
from townclerk.models.mentions import IndicatorMention
from townclerk.models.units import RATES, Unit

# How far into a block the name of its measure may begin, in letters, to be what the block is about.
_OPENING = 60
_SHARES = RATES | {Unit.PERCENT}
# The name that a measure shares with its like in other units.
Family = Callable[[str | None], str | None]


@dataclass(slots=True)
class Explained:
    """The authority's newest values that tables and tiles told.

    Attributes:
        newest: By the family of their measure.
        last: The family of the measure told last.
        close: True where nothing stands between the values told last and the present block.
        going_on: What the block before explained by calling it, which a paragraph behind it goes on with.
    """

    newest: dict[str | None, list[Candidate]] = field(default_factory=dict)
    last: str | None = None
    close: bool = False
    going_on: list[Candidate] = field(default_factory=list)

    def tell(self, candidates: Iterable[Candidate], family: Family) -> None:
        """Take what a table or tile told."""
        told = list(candidates)
        for name, found in newest_of(told, family).items():
            self.newest[name] = newest_of([*self.newest.get(name, []), *found], family)[name]
            self.last, self.close = name, True
        self.going_on = []

    def outdate(self, candidates: Iterable[Candidate], family: Family) -> None:
        """Let go of values of which running text told newer ones: what follows explains those."""
        for name, found in newest_of(candidates, family).items():
            held = self.newest.get(name)
            if held and found[0].period is not None and held[0].is_before(found[0]):
                del self.newest[name]

    def called_by(self, spotted: SpottedBlock, heading: SpottedBlock | None, family: Family) -> list[Candidate]:
        """The values that a block of text explains, as far as it or its heading calls them.

        Args:
            spotted: The block.
            heading: The heading in force, if any.
            family: The name that a measure shares with its like in other units.
        """
        close, self.close = self.close, False
        before, self.going_on = self.going_on, []
        if spotted.block.kind is BlockKind.HEADING or not self.newest:
            return []
        first = next(iter(spotted.mentions.indicators), None)
        called = self._named(first, family) if first is not None and _opens(first, spotted) else []
        if not called and close and opens_commentary(spotted.text):
            called = self.newest.get(self.last, [])
        if not called and heading is not None:
            named = self._named(next(iter(heading.mentions.indicators), None), family)
            called = [one for one in named if one.block <= heading.index]
        if not called and first is None and not spotted.block.marker:
            called = before
        self.going_on = called
        return called

    def _named(self, mention: IndicatorMention | None, family: Family) -> list[Candidate]:
        """The values of the measure that a phrase names."""
        if mention is None:
            return []
        names = dict.fromkeys(family(match.indicator_id) for match in mention.matches)
        return next((self.newest[name] for name in names if name in self.newest), [])


def name_above(spotted: SpottedBlock, called: list[Candidate]) -> None:
    """Let "Comment:" stand for the measure of the values it explains, where its sentence names none.

    Shares and rates that it tells are of that measure; counts and days are more often the parts behind the value.
    """
    opened = opens_commentary(spotted.text)
    told = _shares_told(spotted) if opened else set()
    matches = tuple(dict.fromkeys(one.match for one in called if one.match is not None and _may_be_of(one, told)))
    # The words that announce it may be a sentence of their own.
    first = next((end for _, end in sentences(spotted.text) if end > opened), 0)
    named = any(one.start < first for one in spotted.mentions.indicators)
    if matches and not named:
        mention = IndicatorMention(0, opened, matches)
        spotted.mentions.indicators = [mention, *spotted.mentions.indicators]


def _shares_told(spotted: SpottedBlock) -> set[Unit | None]:
    """The units of the shares and rates that a block tells; None for a decimal that prints none."""
    return {
        figure.unit
        for figure in spotted.mentions.figures
        if figure.unit in _SHARES or (figure.unit is None and figure.decimals)
    }


def _may_be_of(candidate: Candidate, told: set[Unit | None]) -> bool:
    """True where what is told in some units may be of a value's measure, or of the rate of its number."""
    if candidate.unit in told or (None in told and candidate.unit in _SHARES):
        return True
    return candidate.unit is Unit.COUNT and not told.isdisjoint(RATES)


def _opens(mention: IndicatorMention, spotted: SpottedBlock) -> bool:
    """True where a block opens by naming a measure: "looked after child" beside another name tells of whom only."""
    others = [one for one in spotted.mentions.indicators[1:2] if one.start <= 2 * _OPENING]
    everyday = bool(mention.matches) and mention.matches[0].needs_context
    return mention.start <= _OPENING and not (everyday and others)


def newest_of(candidates: Iterable[Candidate], family: Family) -> dict[str | None, list[Candidate]]:
    """The authority's own values of the last time that is told for each subject, by its family."""
    newest: dict[str | None, list[Candidate]] = {}
    for one in candidates:
        if not one.is_own_actual or one.indicator_id is None:
            continue
        held = newest.setdefault(family(one.indicator_id), [])
        if held and held[0].is_before(one):
            held.clear()
        if not held or not one.is_before(held[0]):
            held.append(one)
    return newest
