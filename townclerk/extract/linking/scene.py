"""What is in force where a block stands: headings above it, the line that leads it in, what was said just before."""

from __future__ import annotations

import re
from bisect import insort
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import chain, pairwise

from townclerk.extract.facts.meeting import is_stamp, tells_when_written
from townclerk.extract.linking.codes import Codes
from townclerk.extract.linking.conventions import fit_period
from townclerk.extract.linking.topic import Topic
from townclerk.extract.spotting.periods import PeriodAnchor, find_periods, resolve
from townclerk.models.area import Area, AreaKind
from townclerk.models.candidate import Candidate, Feature, Span
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Document, DocumentFacts
from townclerk.models.indicator import Indicator
from townclerk.models.mentions import AreaMention, IndicatorMention, Mentions, PeriodMention, RoleCue
from townclerk.models.period import Period, PeriodKind, financial_year, quarter
from townclerk.models.spans import is_free
from townclerk.models.units import RATES, Basis, Direction, Unit
from townclerk.patterns.period_bases import bracket_note, closing_note
from townclerk.patterns.roles import role_words
from townclerk.patterns.table_words import ROLE_KINDS, table_words
from townclerk.patterns.topics import groups_named

# How many lines can open a paper, and how many words they have at most.
_OPENING, _LONGEST_LINE = 6, 14
# A line with more words is no heading.
_SHORT_LINE = 9
# Nor are more letters than these the heads of a few columns.
_LONGEST_HEADS = 80
_LAST_QUARTER = 4
# So many measures named above can be what a text without one goes on about.
_SUBJECTS = 2
# Of these two units no one measure is.
_UNLIKE = tuple({Unit.PERCENT, rate} for rate in RATES)
_WORD = re.compile(r"\S+")
# The end of a text that leads in a list: a colon, or a sentence left open.
_LEADS_IN = re.compile(
    r":(?:\s?[-–])?$|\b(?:is|are|was|were|as follows|following|includes?|included|that)$", re.IGNORECASE
)
_BASIS = re.compile(r"\s+[-–—]\s+|\s*:\s+|\s*\(")
_ITEM = re.compile(r"\W*(?:agenda\s+)?item\s+\d+\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\W*(?:Q|Question)\s?\d{1,2}[.:)]\s")


@dataclass(slots=True)
class SpottedBlock:
    """A block with what was recognised in it.

    Attributes:
        index: The block's place in its document.
        block: The block.
        mentions: What was recognised.
        text: The block's cleaned text.
    """

    index: int
    block: Block
    mentions: Mentions
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.block.passage.text

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
        lead_ins: Lines ending in a colon, and parent list items, that the present list items belong to.
        anchors: Values already linked under the present heading, newest last.
        passed: Blocks of running text under the present heading, newest last.
        standings: Ranks and quartiles told under the present heading before any value.
        carried: Time handed on by a lead-in such as "Of this number:", by its block.
        told_above: The values linked under the last heading that had any.
        explained: The values that the present commentary explains.
        line_time: The time that a line of its own gives the lines below it.
        line_told: True where a value of its own has stood below that line: it holds for no text behind it.
        opening_day: The day that opens the present paragraph ("At 31 May there were 287"), until another time is told.
        in_list_aside: True inside a contents list.
        legend: What the document's own key says its glyphs mean.
        field_words: Words that name or define the catalogue's measures.
        topic: What the paper as a whole is about.
        caption: The caption of the table or figure that follows it.
        title_time: The time of the line above the table that is being read, where the paper tells none.
        row_above: The values of the table row right above the present block.
        displaced: The heading whose place the present one took, with nothing between the two.
        bracket_time: The time that a note of the paper gives the figures in brackets behind others.
        front: Short lines that open the paper and name children or staff it is about: "Ashmere Virtual School".
        section: The children or staff that the last heading to name any, or the paper's title, is about.
        codes: The reference numbers that the paper prints before its measures.
        closing_years: True where the paper says that its bare years are the financial years that closed in them.
    """

    facts: DocumentFacts
    headings: list[SpottedBlock] = field(default_factory=list)
    lead_ins: list[SpottedBlock] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    passed: list[SpottedBlock] = field(default_factory=list)
    standings: list[RoleCue] = field(default_factory=list)
    carried: dict[int, Period | None] = field(default_factory=dict)
    told_above: list[Anchor] = field(default_factory=list)
    explained: list[Candidate] = field(default_factory=list)
    line_time: Period | None = None
    line_told: bool = False
    opening_day: Period | None = None
    in_list_aside: bool = False
    legend: dict[str, str] = field(default_factory=dict)
    field_words: frozenset[str] = frozenset()
    topic: Topic = field(default_factory=Topic)
    caption: SpottedBlock | None = None
    title_time: Period | None = None
    row_above: list[Candidate] = field(default_factory=list)
    displaced: SpottedBlock | None = None
    closing_years: bool = False
    codes: Codes = field(default_factory=partial(Codes, ""))
    bracket_time: PeriodMention | None = None
    section: tuple[str, ...] = ()
    front: list[str] = field(default_factory=list)
    _namers: list[SpottedBlock] = field(default_factory=list, init=False, repr=False)
    _asked: int = field(default=0, init=False, repr=False)

    @classmethod
    def of(cls, document: Document, facts: DocumentFacts, blocks: range, field_words: frozenset[str]) -> Scene:
        """The scene at the top of a paper."""
        texts = [document.blocks[index].passage.text for index in blocks]
        noted = any("year" in text.lower() and closing_note().search(text) for text in texts)
        return cls(
            facts,
            legend=document.legend,
            field_words=field_words,
            topic=Topic.of(texts, facts),
            closing_years=noted,
            codes=Codes.of(document, blocks),
            bracket_time=next((time for text in texts if (time := _time_of_brackets(text))), None),
            section=groups_named(facts.title.value or "") or groups_named(facts.committee.value or ""),
            front=_opening_lines(document, blocks),
        )

    def doubt(self, label: str, near: str) -> Feature | None:
        """What speaks against a label being about children's services here, as evidence; None where nothing does."""
        amount = self.topic.doubt(label, near, [held.text for held in self.above()])
        return Feature("other_service", amount, "the words around it are of another service") if amount else None

    def anchor(self, data: Period | None = None) -> PeriodAnchor:
        """What relative times are counted from; `data` is the period of the figure just before."""
        return PeriodAnchor(self.facts.period.value, self.facts.meeting_date.value, data)

    def enter_heading(self, spotted: SpottedBlock) -> None:
        """Take a heading into force: it ends its equals and everything below them.

        One that names only a side of a measure ("Benchmarks") leaves its equal in force, which names the measure.
        """
        self.section = groups_named(spotted.text) or self.section
        level = spotted.block.level
        last = self.headings[-1] if self.headings else None
        near = last is not None and last.index == spotted.index - 1 and last.block.level >= level
        self.displaced = last if near else None
        if self._is_facet(spotted) and any(h.block.level == level and not self._is_facet(h) for h in self.headings):
            level += 1
            self.headings = [held for held in self.headings if not self._is_facet(held)]
        if spotted.text.rstrip(" -–—*_").endswith(":"):
            level += 1
        self.headings = [held for held in self.headings if held.block.level < level]
        self.headings.append(spotted)
        self.lead_ins.clear()
        self.explained = []
        self.line_time = None
        self.told_above = list(self.anchors) or self.told_above
        if not _only_dates(spotted):
            # "31 March 2021" dates what is below it, and says nothing of another measure.
            self.anchors.clear()
        self._forget_passed()
        self.standings.clear()

    def enter_commentary(self) -> None:
        """Take a commentary heading into force: what follows explains the values above it, up to the next heading.

        A chart's title between the values and their commentary brings no values of its own and does not part them.
        """
        self.explained = [anchor.candidate for anchor in self.anchors or self.told_above]

    def leave_headings(self, level: int) -> None:
        """End the headings of a level and those below it: the name of a box holds no further than the next table."""
        self.headings = [held for held in self.headings if held.block.level < level]

    def leave_subjects(self) -> None:
        """Let what text told before say nothing of what follows: a comment below a row is on that row alone."""
        self.anchors.clear()
        self._forget_passed()
        self.lead_ins.clear()

    def pass_line_time(self, text: str) -> None:
        """Let go of the time of a line of its own where a text follows the value that it dated."""
        if self.line_told and len(text.split()) >= _SHORT_LINE:
            self.line_time = None
        self.line_told = self.line_time is not None and has_digit(text) and not any(map(str.isalpha, text))

    def is_aside(self) -> bool:
        """True under a heading whose figures are no observations (contents, contact details)."""
        name = self.headings[-1].text.lower().strip(" :.") if self.headings else ""
        return name in role_words().sections_aside

    def enter_block(self, spotted: SpottedBlock) -> None:
        """Drop lead-ins that the present block does not belong to."""
        if spotted.block.kind is not BlockKind.LIST_ITEM:
            if not self._goes_with_item(spotted):
                self.lead_ins.clear()
            return
        level = spotted.block.level
        self.lead_ins = [h for h in self.lead_ins if h.block.kind is not BlockKind.LIST_ITEM or h.block.level < level]

    def _goes_with_item(self, spotted: SpottedBlock) -> bool:
        """True for the text right below a list item without figures, which the item only names."""
        last = self.lead_ins[-1] if self.lead_ins else None
        named = last is not None and last.block.kind is BlockKind.LIST_ITEM and not last.mentions.figures
        return named and last is not None and last.index == spotted.index - 1

    def leave_block(self, spotted: SpottedBlock) -> None:
        """Remember a block that leads in what follows, and the subjects it named."""
        text = spotted.text.rstrip()
        if not spotted.mentions.figures and len(text.split()) <= _SHORT_LINE and not text.endswith("."):
            self.section = groups_named(text) or self.section
        if spotted.block.kind is BlockKind.LIST_ITEM or _LEADS_IN.search(text):
            self.lead_ins.append(spotted)
        if self.anchors and any(cue.cue == "carried_on" for cue in spotted.mentions.cues):
            self.carried[spotted.index] = self.anchors[-1].candidate.period
        self.passed.append(spotted)

    def enter_question(self, spotted: SpottedBlock) -> None:
        """Take a line that asks into force: what it names is the subject, and nothing told before it goes on.

        The question before it may have been taken for a heading; it ends too.
        """
        self.section = groups_named(spotted.text) or self.section
        while self.headings and asks(self.headings[-1].text):
            self.headings.pop()
        self.told_above = list(self.anchors) or self.told_above
        self.anchors.clear()
        self._forget_passed()
        self.lead_ins.clear()
        self.explained = []
        self.passed.append(spotted)

    def subjects(self) -> list[Subject]:
        """The two indicator phrases named last in running text under the present heading, newest last."""
        found: list[Subject] = []
        namers: list[SpottedBlock] = []
        for spotted in chain(reversed(self.passed[self._asked :]), reversed(self._namers)):
            if mentions := spotted.mentions.indicators:
                found[:0] = [Subject(spotted, mention) for mention in mentions]
                namers.insert(0, spotted)
            if len(found) >= _SUBJECTS:
                break
        self._namers, self._asked = namers, len(self.passed)
        return found[-_SUBJECTS:]

    def _forget_passed(self) -> None:
        self.passed.clear()
        self._namers.clear()
        self._asked = 0

    def _is_facet(self, held: SpottedBlock) -> bool:
        """True for a heading of one side of a measure; it may name the reporting authority, as a chart's key does."""
        authority = self.facts.authority.value
        if authority is None:
            return is_facet(held.text)
        names = sorted((authority.name, *authority.short_names), key=len, reverse=True)
        return is_facet(held.text, next((name for name in names if name and name in held.text), ""))

    def naming(self) -> list[SpottedBlock]:
        """Headings that may name a measure, outermost first; the paper's title does not where others stand under it."""
        told = [held for held in self.headings if not self._is_facet(held)]
        return [held for held in told if held.block.level > 1 or len(told) == 1]

    def titles(self) -> list[str]:
        """The headings in force, the paper's title, the committee it goes to and the lines that open it."""
        facts = [fact.value for fact in (self.facts.title, self.facts.committee) if fact.value]
        # The first item of minutes is no title of the next one.
        held = [one.text for one in self.headings]
        return [*held, *(text for text in (*facts, *self.front) if text in held or not _ITEM.match(text))]

    def above(self) -> list[SpottedBlock]:
        """Blocks whose words hold for the present one, nearest first: lead-ins, then headings."""
        return [*reversed(self.lead_ins), *reversed(self.headings)]

    def is_under_aims(self) -> bool:
        """True under a heading or lead-in that says that what follows are targets: "Targets for 2015/16"."""
        nearest = next(iter(self.above()), None)
        if nearest is None:
            return False
        text = nearest.text
        for mention in nearest.mentions.periods:
            text = text.replace(nearest.text[mention.start : mention.end], " ", 1)
        return role_words().target_heading.fullmatch(" ".join(text.split())) is not None

    def unit_above(self) -> Unit | None:
        """The unit that the nearest heading or lead-in gives all below it without a measure: "Rates per 10,000"."""
        nearest = next(iter(self.above()), None)
        if nearest is None or nearest.mentions.indicators:
            return None
        return table_words().unit(nearest.text)

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

    def is_reported_with_another(self, area: Area) -> bool:
        """Whether a title or heading above names an authority beside others: a joint report's own time is its time."""
        if area.kind is not AreaKind.AUTHORITY or area.name is None:
            return False
        for spotted in self.above():
            named = {mention.name for mention in spotted.mentions.areas if mention.kind is AreaKind.AUTHORITY}
            if area.name in named and len(named) > 1:
                return True
        return False

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
        expression = mention.expression
        if self.closing_years and expression.form == "year" and expression.year is not None:
            return financial_year(expression.year - 1).with_basis(Basis.STATED, mention.text)
        report = self.facts.period.value
        if expression.form == "previous_quarter" and report is not None and report.kind is PeriodKind.FINANCIAL_YEAR:
            words = mention.text.lower()
            if words.endswith("last quarter") and (data is None or data.kind is PeriodKind.FINANCIAL_YEAR):
                # In a report on a whole year the last quarter is the year's own.
                return quarter(report.start.year, _LAST_QUARTER).with_basis(Basis.STATED, mention.text)
        if expression.form == "quarter" and expression.year is None and report is not None:
            # "Q1" below "Local scorecard 2020/21" is of that year, whatever year the report is about.
            year = self._year_below_title()
            if year is not None and not (year.start <= report.start and report.end <= year.end):
                return resolve(expression, PeriodAnchor(year, None, None))
        found = resolve(expression, self.anchor(data))
        if found is None and expression.quarter is not None and self.facts.period.value is None:
            # Where the report has no time, "Quarter 1" is of the year that the nearest heading names.
            year = self._year_above()
            found = resolve(expression, PeriodAnchor(year, None, None)) if year is not None else None
        return found

    def _year_below_title(self) -> Period | None:
        """The one financial year that the nearest heading names, where that is not the paper's title."""
        heading = self.headings[-1] if self.headings else None
        if heading is None or self._is_title(heading):
            return None
        years = [one for one in heading.mentions.periods if one.expression.form == "financial_year"]
        return resolve(years[0].expression, self.anchor()) if len(years) == len(heading.mentions.periods) == 1 else None

    def _year_above(self) -> Period | None:
        """The financial year that the nearest heading names, whole."""
        for spotted in self.above():
            for mention in spotted.mentions.periods:
                if mention.expression.form == "financial_year" and "maybe_definition" not in mention.flags:
                    return resolve(mention.expression, self.anchor())
        return None

    def period_above(self, indicator: Indicator | None = None) -> Period | None:
        """The time that the nearest lead-in or heading states, the report's title apart.

        "Rate per 10,000 at 31 March" dates the rates below it, and no percentage.
        """
        if self.line_time is not None:
            return replace(self.line_time, basis=Basis.INFERRED)
        for spotted in self.above():
            marker = spotted.block.marker
            if self._is_title(spotted) or (marker in table_words().marks and not marker.isalpha()):
                # Nor does "▲ 3 on June" date what stands below it.
                continue
            if spotted.block.kind is BlockKind.HEADING and (
                is_stamp(spotted.text)
                or (indicator is not None and {indicator.unit, table_words().unit(spotted.text)} in _UNLIKE)
            ):
                continue
            arrow = arrow_in(spotted.text)
            for mention in spotted.mentions.periods:
                # "Referrals ▲ 10 on last quarter": that quarter is what the change is counted from.
                if "maybe_definition" in mention.flags or (arrow is not None and mention.start > arrow):
                    continue
                period = self.resolve(mention)
                of_paper = spotted.block.kind is BlockKind.HEADING and tells_when_written(spotted.text, mention)
                if period is not None and _only_dates(spotted) and self._is_reports_year(spotted.index, period):
                    continue
                if period is not None and not self._is_of_the_meeting(period) and not of_paper:
                    return period.with_basis(Basis.INFERRED)
            held = self._told_in(spotted)
            if held is not None:
                return held.with_basis(Basis.INFERRED)
        return None

    def _is_of_the_meeting(self, period: Period) -> bool:
        """True for the day of the meeting that a heading names: it dates nothing."""
        return period.start == period.end == self.facts.meeting_date.value

    def _is_reports_year(self, index: int, period: Period) -> bool:
        """True for the year on a line of the front of a report on one of its quarters: "Quarter 2", "2017/18"."""
        report = self.facts.period.value
        if report is None or report.kind is not PeriodKind.QUARTER or period.kind is not PeriodKind.FINANCIAL_YEAR:
            return False
        return period.start <= report.start and report.end <= period.end and index <= _OPENING

    def take_line_time(self, spotted: SpottedBlock, mention: PeriodMention) -> None:
        """Let a line that is a time and no more date the lines below it; the year of the report's quarter does not."""
        period = self.resolve(mention)
        self.line_time = None if period is not None and self._is_reports_year(spotted.index, period) else period

    def _told_in(self, spotted: SpottedBlock) -> Period | None:
        """The time of the value that a lead-in itself told ("Of this number, 277 live outside the area:")."""
        if spotted not in self.lead_ins:
            return None
        told = [a.candidate.period for a in self.anchors if a.candidate.block == spotted.index]
        return told[-1] if told else self.carried.get(spotted.index)

    def _is_title(self, spotted: SpottedBlock) -> bool:
        """True for the paper's own title, whose time is the report's; not for one that names a measure or unit.

        Nor for a heading of its rank that names a year long over: "Statistical neighbour comparison 2021/22".
        """
        report = self.facts.period.value
        if spotted in self.lead_ins:
            return False
        if spotted.block.kind is not BlockKind.HEADING or spotted.block.level > 1 or report is None:
            return False
        if spotted.mentions.indicators or table_words().unit(spotted.text) is not None:
            return False
        told = [self.resolve(time) for time in spotted.mentions.periods if time.expression.form == "financial_year"]
        return not any(year is not None and year.end < report.start for year in told)

    def undated(self, indicator: Indicator | None) -> Period | None:
        """The time of a figure that states none (convention C1): the nearest heading's, else the report's."""
        period = self.period_above(indicator)
        if period is None and self.facts.period.value is not None:
            period = replace(self.facts.period.value, basis=Basis.INFERRED, text=None)
        return fit_period(period, indicator)


def arrow_in(text: str) -> int | None:
    """Where the first arrow of a text stands that has words before and behind it; None where none does."""
    for word in _WORD.finditer(text):
        glyph = not any(char.isalnum() for char in word[0])
        if (
            glyph
            and word.start()
            and isinstance(table_words().marks.get(word[0]), Direction)
            and len(text) > word.end()
        ):
            return word.start()
    return None


def asks(text: str) -> bool:
    """True for a text that is one question, or numbered as one ("Q4. Visits to children")."""
    text = text.rstrip(" *_”\"'")
    return (text.endswith("?") and not any(mark in text[:-1] for mark in ".?!:")) or bool(_NUMBERED.match(text))


def _only_dates(heading: SpottedBlock) -> bool:
    """True for a heading that is one time and nothing else, but for a side of the measure above: "Benchmarks 2021"."""
    times = heading.mentions.periods
    if len(times) != 1:
        return False
    rest = f"{heading.text[: times[0].start]} {heading.text[times[0].end :]}".strip(" .:*_()–-")
    return not rest or is_facet(rest)


def is_facet(heading: str, own: str = "") -> bool:
    """True for a heading that opens one side of the measure above it and names nothing of its own.

    How its figures are told may stand behind it: "Trend data - quarterly". The upper heads of a table are one, too:
    "Previous Year Current Year".

    Args:
        heading: The heading.
        own: The reporting authority's name as the heading has it, which names nothing more.
    """
    words = table_words()
    said = " ".join(heading.lower().split()).strip(" :.–-")
    if said in words.facets:
        return True
    front, _, basis = (part.strip() for part in _BASIS.sub("\t", said, count=1).partition("\t"))
    told = basis.rstrip(")").split()
    return (front in words.facets and bool(told) and words.facet_bases.issuperset(told)) or _heads_columns(heading, own)


@lru_cache(maxsize=1024)
def _heads_columns(text: str, own: str) -> bool:
    """True for nothing but the heads of two columns of values or more: times, roles and the authority's own name."""
    if len(text) > _LONGEST_HEADS:
        return False
    words = table_words()
    found = [(time.start, time.end) for time in find_periods(text)]
    found += [(a, b) for _, a, b in words.columns.find(text) if words.main_kind(text[a:b]) in ROLE_KINDS]
    found += [(text.index(own), text.index(own) + len(own))] if own else []
    taken: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if is_free(taken, start, end):
            insort(taken, (start, end))
    between = [text[end:start] for (_, end), (start, _) in pairwise([(0, 0), *taken, (len(text), len(text))])]
    return len(taken) > 1 and not any(map(str.isalnum, "".join(between)))


def _time_of_brackets(text: str) -> PeriodMention | None:
    """The time of "Figures in brackets are for the previous quarter"."""
    lowered = text.lower()
    note = bracket_note().search(text) if "bracket" in lowered or "parenthes" in lowered else None
    if note is None:
        return None
    end = min((text.find(mark, note.end()) for mark in ".;\n" if mark in text[note.end() :]), default=len(text))
    return next(iter(find_periods(text[note.end() : end])), None)


def _opening_lines(document: Document, blocks: range) -> list[str]:
    """The first lines of a paper that name the children or staff it is about, up to its first text."""
    lines: list[str] = []
    for index in blocks[:_OPENING]:
        text = document.blocks[index].passage.text
        if len(text.split()) > _LONGEST_LINE or text.endswith("."):
            break
        if groups_named(text):
            lines.append(text)
    return lines
