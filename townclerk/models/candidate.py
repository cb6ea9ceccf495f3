"""A candidate: a figure brought together with an indicator, an area, a period and a role, before checks and scoring."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from townclerk.models.area import Area
from townclerk.models.mentions import FigureMention, IndicatorMatch
from townclerk.models.period import Period
from townclerk.models.units import Basis, Direction, Method, Rag, Role, Status, Unit


class Span(NamedTuple):
    """A span of the document's text, end exclusive, and its page."""

    page: int
    start: int
    end: int


class Feature(NamedTuple):
    """A named piece of evidence that the linker saw, for the confidence: `name` is looked up in the stored weights.

    Attributes:
        name: The feature's name.
        amount: How much of it there is, 1 for a plain yes.
        text: What was seen, in words a reader understands.
    """

    name: str
    amount: float
    text: str


@dataclass(slots=True)
class StatedChange:
    """A change stated for a figure; `value` without sign."""

    value: float
    unit: Unit
    direction: Direction | None
    from_period: Period | None = None


@dataclass(slots=True)
class CheckResult:
    """The outcome of one check: `supports`, `contradicts` or `not testable` (which is only counted)."""

    name: str
    outcome: str
    text: str


@dataclass(slots=True, frozen=True)
class Repair:
    """A value that one small slip in the print could have hidden, proposed because identities hold with it.

    Attributes:
        field: `value`, `numerator` or `denominator`.
        value: What it would be.
        reason: The slip and what then holds, in a sentence.
    """

    field: str
    value: float
    reason: str


@dataclass(slots=True)
class Candidate:
    """One reading of one figure. The linkers fill it, verification and scoring add to it.

    Attributes:
        figure: The figure.
        match: The indicator reading that won; None for a measure the catalogue lacks.
        rivals: Indicator readings that lost, best first.
        label: The words that name the indicator, as printed.
        label_span: Where they stand in the document's text.
        unit: The unit settled on.
        value: The value settled on.
        value_text: It as printed.
        status: Whether it could be read, and if not, why.
        numerator: The count that its percentage is of, where the report prints it.
        denominator: The count that it is a share of, where the report prints it.
        role: Actual or target.
        area: The place; None where a reader cannot tell.
        period: The time; None where the report does not say.
        evidence: Where the figure stands (the figure with enough words to find it); repeats are appended.
        figure_span: The figure itself.
        method: Which linker.
        block: Index of its block in the document.
        change: The change the report states for it.
        rank: Its position among others, and how many they are where that is told.
        quartile: Its quartile, 1 the best.
        rag: Its colour.
        direction: Which way the report says it moved.
        commentary: Passages that explain it.
        features: What the linker saw, for the confidence.
        checks: What verification found.
        flags: Doubts and repairs.
        variance: The variance from the target as printed beside an actual value, with its sign, for verification.
        variance_text: Its words.
        repairs: Values proposed by verification; the printed one stands unless the user asks for repair.
    """

    figure: FigureMention
    match: IndicatorMatch | None
    label: str
    unit: Unit
    value: float | None
    role: Role
    area: Area | None
    period: Period | None
    evidence: list[Span]
    figure_span: Span
    method: Method
    block: int
    rivals: list[IndicatorMatch] = field(default_factory=list)
    label_span: Span | None = None
    value_text: str = ""
    status: Status = Status.REPORTED
    numerator: float | None = None
    denominator: float | None = None
    change: StatedChange | None = None
    rank: tuple[int, int | None] | None = None
    quartile: int | None = None
    rag: Rag | None = None
    direction: Direction | None = None
    commentary: list[Span] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)
    checks: list[CheckResult] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    variance: float | None = None
    variance_text: str = ""
    repairs: list[Repair] = field(default_factory=list)

    @property
    def is_dated(self) -> bool:
        """True where the words about the figure state its time."""
        return self.period is not None and self.period.basis is Basis.STATED

    @property
    def is_own_actual(self) -> bool:
        """True for what the reporting authority itself achieved: neither a target nor another place's value."""
        return self.role is Role.ACTUAL and self.area is not None and self.area.is_reporting_authority

    def is_before(self, other: Candidate) -> bool:
        """True where its time ended before another's; an undated value is the newest."""
        if self.period is None:
            return False
        return other.period is None or self.period.end < other.period.end

    def moved_since(self, before: Candidate) -> Direction | None:
        """Which way its number moved from an earlier one; None where either has none."""
        if self.value is None or before.value is None:
            return None
        if self.value == before.value:
            return Direction.SAME
        return Direction.UP if self.value > before.value else Direction.DOWN

    @property
    def indicator_id(self) -> str | None:
        """Id of the indicator read, None for a measure the catalogue lacks."""
        return self.match.indicator_id if self.match else None
