"""The candidates of a document as the checks want to see them: by measure, place and time, and by table row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from townclerk.extract.verification.row import Row
from townclerk.models.area import AreaKind
from townclerk.models.candidate import Candidate, Span
from townclerk.models.document import BlockKind, Document
from townclerk.models.indicator import Indicator
from townclerk.models.mentions import FigureMention
from townclerk.models.period import Period
from townclerk.models.units import Method, Role, Status, Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.identities import Identities, identities

Place = tuple[AreaKind, str | None, bool]
_NEIGHBOURING = 12
_NEAR = 250
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(slots=True)
class View:
    """One document's candidates, sorted for the checks.

    Attributes:
        document: The report.
        catalogue: Measures, with bounds and polarity.
        candidates: All candidates, suppressed and unreadable ones too.
        known: Those with a value and a measure.
        series: The actual values of one measure in one place.
        standing: All candidates by the block they stand in.
        together: All candidates of one measure that stand in one block.
        identities: What must hold between measures.
        actuals: The actual values of one measure, wherever.
        rows: The rows of its tables, once they were asked for.
        headed: By table and what is asked for: the columns whose heads say it, once they were asked for.
    """

    document: Document
    catalogue: Catalogue
    candidates: list[Candidate]
    known: list[Candidate] = field(default_factory=list)
    series: dict[tuple[str, Place], list[Candidate]] = field(default_factory=dict)
    standing: dict[int, list[Candidate]] = field(default_factory=dict)
    together: dict[tuple[int, str | None], list[Candidate]] = field(default_factory=dict)
    identities: Identities = field(default_factory=identities)
    actuals: dict[str, list[Candidate]] = field(default_factory=dict)
    rows: list[Row] | None = None
    headed: dict[tuple[int, str], list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, candidates: list[Candidate], document: Document, catalogue: Catalogue) -> View:
        """Sort the candidates of a document."""
        view = cls(document, catalogue, candidates)
        series: defaultdict[tuple[str, Place], list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            measure = candidate.indicator_id
            view.standing.setdefault(candidate.block, []).append(candidate)
            view.together.setdefault((candidate.block, measure), []).append(candidate)
            if measure is None or not _is_known(candidate):
                continue
            view.known.append(candidate)
            if candidate.role is not Role.ACTUAL:
                continue
            view.actuals.setdefault(measure, []).append(candidate)
            place = place_of(candidate)
            if place is not None:
                series[measure, place].append(candidate)
        view.series = dict(series)
        return view

    def beside(self, candidate: Candidate, reach: int = 0) -> list[Candidate]:
        """The candidates with a value and a measure in the candidate's block, and in so many blocks on either side."""
        blocks = range(candidate.block - reach, candidate.block + reach + 1)
        return [other for block in blocks for other in self.standing.get(block, ()) if _is_known(other)]

    def near(self, candidate: Candidate) -> list[Candidate]:
        """Those that a reader sees together with the candidate."""
        return self.beside(candidate, _NEIGHBOURING)

    def at(self, start: int, end: int) -> list[Candidate]:
        """The candidates whose figure stands in a span of the document's text."""
        return [c for c in self.candidates if c.figure_span.start < end and start < c.figure_span.end]

    def indicator(self, candidate: Candidate) -> Indicator:
        """The measure of a candidate that has one."""
        if candidate.indicator_id is None:
            raise ValueError("the candidate has no measure")
        return self.catalogue.indicators[candidate.indicator_id]

    def is_stock(self, candidate: Candidate) -> bool:
        """True where the candidate's value holds at a moment."""
        return self.indicator(candidate).is_stock

    def alike(self, candidate: Candidate, indicator_id: str) -> list[Candidate]:
        """Actual values of another measure for the candidate's place and time."""
        place = place_of(candidate)
        if place is None or indicator_id not in self.catalogue.indicators:
            return []
        stock = self.is_stock(candidate) or self.catalogue.indicators[indicator_id].is_stock
        return [
            other
            for other in self.series.get((indicator_id, place), [])
            if other is not candidate and same_time(candidate.period, other.period, stock=stock)
        ]

    def others_of(self, candidate: Candidate) -> list[Candidate]:
        """The other actual values of the candidate's measure and place, whatever their time."""
        place = place_of(candidate)
        if place is None or candidate.indicator_id is None:
            return []
        return [other for other in self.series.get((candidate.indicator_id, place), []) if other is not candidate]

    def columns_headed(self, row: Row, what: str, says: Callable[[str], bool]) -> list[int]:
        """The columns of a row's table under heads that say a thing, in order, one for each such head.

        Args:
            row: The row.
            what: A name for the thing, by which the answer is remembered for the table's other rows.
            says: Whether a head says it.
        """
        known = self.headed.get((row.block, what))
        if known is None:
            heads = [cell for cells in row.table.rows[: max(1, row.table.header_rows)] for cell in cells]
            known = sorted([cell.column for cell in heads if says(cell.passage.text)])
            self.headed[row.block, what] = known
        return known

    def prints_near(self, candidate: Candidate, value: float, places: int) -> bool:
        """True where a number is printed in the candidate's block, within a few lines of it in running text.

        A card's title belongs to the card.
        """
        if not 0 <= candidate.block < len(self.document.blocks):
            return False
        start, end = candidate.figure_span.start - _NEAR, candidate.figure_span.end + _NEAR
        blocks = self.document.blocks
        titled = candidate.method is Method.TILE and candidate.block and blocks[candidate.block - 1].kind
        first = candidate.block - (titled is BlockKind.HEADING)
        pieces = [piece for block in blocks[first : candidate.block + 1] for piece in block.passage.pieces]
        sources = [(p.source_start, p.source_end) for p in pieces]
        low, high = min(s for s, _ in sources), max(e for _, e in sources)
        text = self.document.text[max(low, start, 0) : min(high, end)].replace(",", "")
        return any(number in _NUMBERS.findall(text) for number in (f"{value:.{places}f}", f"{value:g}"))

    def sentence(self, candidate: Candidate) -> str:
        """The words of the candidate's sentence, as printed."""
        if not 0 <= candidate.block < len(self.document.blocks):
            return ""
        pieces = self.document.blocks[candidate.block].passage.pieces
        if not pieces:
            return ""
        low, high = min(p.source_start for p in pieces), max(p.source_end for p in pieces)
        text, span = self.document.text, candidate.figure_span
        start = max(text.rfind(". ", low, span.start) + 2, low) if text.rfind(". ", low, span.start) >= 0 else low
        end = text.find(". ", span.end, high)
        return text[start : end if end >= 0 else high]

    def clause(self, candidate: Candidate) -> str:
        """The words of the candidate's sentence between its semicolons."""
        sentence = self.sentence(candidate)
        figure = self.document.text[candidate.figure_span.start : candidate.figure_span.end]
        return next((clause for clause in sentence.split(";") if figure in clause), sentence)

    def explanation(self, candidate: Candidate) -> str:
        """The first sentence of the candidate's commentary, where the counts behind a table's percentage stand."""
        if not candidate.commentary:
            return ""
        span = candidate.commentary[0]
        return self.document.text[span.start : span.end].partition(". ")[0]


def stand_in(figure: FigureMention, span: Span, block: int) -> Candidate:
    """A figure that found no measure, as a party of a finding: it is told of, but is no reading of its own."""
    return Candidate(
        figure=figure,
        match=None,
        label="",
        unit=figure.unit or Unit.COUNT,
        value=figure.value,
        value_text=figure.text,
        role=Role.ACTUAL,
        area=None,
        period=None,
        evidence=[span],
        figure_span=span,
        method=Method.PROSE,
        block=block,
    )


def _is_known(candidate: Candidate) -> bool:
    """True for a candidate with a value and a measure."""
    return candidate.value is not None and candidate.indicator_id is not None and candidate.status is Status.REPORTED


def place_of(candidate: Candidate) -> Place | None:
    """The candidate's place, to compare by; None where it is not known."""
    area = candidate.area
    return None if area is None else (area.kind, area.name, area.is_reporting_authority)


def same_time(first: Period | None, second: Period | None, *, stock: bool) -> bool:
    """True for one moment (of a stock: the same last day) or one stretch of time; an unknown time is like no other."""
    if first is None or second is None:
        return False
    return first.end == second.end and (stock or first.start == second.start)


def close_together(*candidates: Candidate) -> bool:
    """True for figures that a reader sees together: in blocks near each other."""
    blocks = [candidate.block for candidate in candidates]
    return max(blocks) - min(blocks) <= _NEIGHBOURING


def is_vague(candidate: Candidate) -> bool:
    """True for "around 460" and for values worked out by the reader: no identity can be held against them."""
    return candidate.figure.approximate or "approximate" in candidate.flags or "computed" in candidate.flags
