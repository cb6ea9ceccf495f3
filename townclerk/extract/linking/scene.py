"""What is in force where a block stands: headings above it, the line that leads it in, what was said just before."""

from __future__ import annotations

from dataclasses import dataclass, field

from townclerk.extract.spotting.periods import PeriodAnchor, resolve
from townclerk.models.area import Area, AreaKind
from townclerk.models.candidate import Candidate, Span
from townclerk.models.document import Block, BlockKind, Document, DocumentFacts
from townclerk.models.indicator import Indicator
from townclerk.models.mentions import AreaMention, IndicatorMention, Mentions, PeriodMention, RoleCue
from townclerk.models.period import Period, as_stock
from townclerk.models.units import Basis


@dataclass(slots=True)
class SpottedBlock:
    """A block with what was recognised in it."""

    index: int
    block: Block
    mentions: Mentions

    @property
    def text(self) -> str:
        """The block's cleaned text."""
        return self.block.passage.text

    def span(self, start: int, end: int) -> Span:
        """A stretch of the block's text as a span of the document's."""
        source = self.block.passage.source_span(start, end)
        return Span(self.block.page, *source)

    def label(self, mention: IndicatorMention) -> str:
        """The words of an indicator mention."""
        return self.text[mention.start : mention.end]


@dataclass(slots=True)
class Subject:
    """An indicator phrase that is in force for the text below or behind it."""

    where: SpottedBlock
    mention: IndicatorMention


@dataclass(slots=True)
class Anchor:
    """A value already linked, which old values, targets and attributes behind it can hang on."""

    candidate: Candidate
    mention: IndicatorMention
    where: SpottedBlock


@dataclass(slots=True)
class Scene:
    """The state of one document (or one paper of a pack) while its blocks are read in order.

    Attributes:
        facts: Title, authority, period of the paper.
        headings: Headings above the present block, outermost first.
        lead_in: A line ending in a colon, or a parent list item, that the present list items belong to.
        anchors: Values already linked under the present heading, newest last.
        subjects: Indicator phrases named in running text under the present heading, newest last.
        standings: Ranks and quartiles told under the present heading before any value.
        legend: What the document's own key says its glyphs mean.
        field_words: Words that name or define the catalogue's measures.
    """

    facts: DocumentFacts
    headings: list[SpottedBlock] = field(default_factory=list)
    lead_ins: list[SpottedBlock] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    standings: list[RoleCue] = field(default_factory=list)
    legend: dict[str, str] = field(default_factory=dict)
    field_words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, document: Document, facts: DocumentFacts, field_words: frozenset[str]) -> Scene:
        """The scene at the top of a paper."""
        return cls(facts, legend=document.legend, field_words=field_words)

    def anchor(self, data: Period | None = None) -> PeriodAnchor:
        """What relative times are counted from; `data` is the period of the figure just before."""
        return PeriodAnchor(self.facts.period.value, self.facts.meeting_date.value, data)

    def enter_heading(self, spotted: SpottedBlock) -> None:
        """Take a heading into force: it ends its equals and everything below them."""
        level = spotted.block.level
        self.headings = [held for held in self.headings if held.block.level < level]
        self.headings.append(spotted)
        self.lead_ins.clear()
        self.anchors.clear()
        self.subjects.clear()
        self.standings.clear()

    def enter_block(self, spotted: SpottedBlock) -> None:
        """Drop lead-ins that the present block does not belong to."""
        if spotted.block.kind is not BlockKind.LIST_ITEM:
            self.lead_ins.clear()
            return
        self.lead_ins = [held for held in self.lead_ins if held.block.level < spotted.block.level]

    def leave_block(self, spotted: SpottedBlock) -> None:
        """Remember a block that leads in what follows, and the subjects it named."""
        text = spotted.text.rstrip()
        if spotted.block.kind is BlockKind.LIST_ITEM or text.endswith((":", ": –", ":-")):
            self.lead_ins.append(spotted)
        self.subjects.extend(Subject(spotted, mention) for mention in spotted.mentions.indicators)

    def above(self) -> list[SpottedBlock]:
        """Blocks whose words hold for the present one, nearest first: lead-ins, then headings."""
        return [*reversed(self.lead_ins), *reversed(self.headings)]

    def own_area(self, basis: Basis = Basis.INFERRED) -> Area:
        """The reporting authority, as an area."""
        authority = self.facts.authority.value
        return Area(
            AreaKind.AUTHORITY,
            authority.name if authority else None,
            authority.gss_code if authority else None,
            is_reporting_authority=True,
            basis=basis,
        )

    def area_of(self, mention: AreaMention) -> Area:
        """The area that words name, which may be the reporting authority itself."""
        authority = self.facts.authority.value
        if mention.is_own or (
            mention.kind is AreaKind.AUTHORITY
            and authority is not None
            and (mention.name == authority.name or (mention.gss_code and mention.gss_code == authority.gss_code))
        ):
            return self.own_area(Basis.STATED)
        return Area(mention.kind, mention.name, mention.gss_code, basis=Basis.STATED)

    def remember(self, anchor: Anchor) -> None:
        """Keep a value for what follows, unless it is an older one of the measure in hand, or a later update."""
        candidate = anchor.candidate
        report = self.facts.period.value
        if self.anchors and report is not None and candidate.period is not None and candidate.period.end > report.end:
            return
        for held in self.anchors[-3:]:
            same = held.candidate.indicator_id == candidate.indicator_id
            if same and held.candidate.period and candidate.period and candidate.period.end < held.candidate.period.end:
                return
        self.anchors.append(anchor)

    def resolve(self, mention: PeriodMention, data: Period | None = None) -> Period | None:
        """The time that words name, counted from the report's own."""
        return resolve(mention.expression, self.anchor(data))

    def period_above(self) -> Period | None:
        """The time that the nearest lead-in or heading states, the report's title apart."""
        for spotted in self.above():
            if spotted.block.kind is BlockKind.HEADING and spotted.block.level <= 1 and self.facts.period.value:
                continue
            for mention in spotted.mentions.periods:
                if "maybe_definition" in mention.flags:
                    continue
                period = self.resolve(mention)
                if period is not None:
                    return period.with_basis(Basis.INFERRED)
        return None

    def undated(self, indicator: Indicator | None) -> Period | None:
        """The time of a figure that states none (convention C1): the nearest heading's, else the report's."""
        period = self.period_above()
        if period is None and self.facts.period.value is not None:
            period = self.facts.period.value.with_basis(Basis.INFERRED)
        return fit_period(period, indicator)


def fit_period(period: Period | None, indicator: Indicator | None) -> Period | None:
    """A quarter's or year's value of a stock is the value on its last day (conventions C1 and C12)."""
    if period is None or indicator is None or not indicator.is_stock:
        return period
    return as_stock(period)
