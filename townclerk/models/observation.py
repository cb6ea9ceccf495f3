"""The output: one observation, validated, in the shape of the project's reference example."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from townclerk.models.area import AreaKind
from townclerk.models.period import PeriodKind
from townclerk.models.units import Basis, Direction, Method, Polarity, Rag, Role, Status, Unit


class Record(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentAuthority(Record):
    """The authority whose report it is."""

    name: str | None = Field(description="Full name")
    gss_code: str | None = Field(description="Code of the Office for National Statistics")
    basis: Basis = Field(description="How it is known")


class DocumentPeriod(Record):
    """The period the report is about."""

    code: str | None = Field(description="Period code, see the manual")
    basis: Basis = Field(description="How it is known")


class DocumentItem(Record):
    """The paper of an agenda pack."""

    number: str | None = Field(description="Number on the agenda, as printed")
    title: str = Field(description="Title on the agenda, or on the paper itself")


class DocumentRef(Record):
    """The report an observation stands in; of an agenda pack, title and the rest are those of the paper."""

    sha256: str = Field(description="Digest of the file's bytes")
    name: str = Field(description="File name")
    title: str | None = Field(description="Title as printed")
    authority: DocumentAuthority
    committee: str | None = Field(description="Committee it was put before")
    meeting_date: str | None = Field(description="ISO date of the meeting")
    period: DocumentPeriod
    item: DocumentItem | None = Field(default=None, description="The paper, where the file is an agenda pack")


class ObservedArea(Record):
    """The place a figure is about."""

    kind: AreaKind
    name: str | None
    gss_code: str | None
    is_reporting_authority: bool
    basis: Basis


class ObservedPeriod(Record):
    """The time a figure is about; code, dates and kind are null where the report does not say."""

    code: str | None
    start: str | None
    end: str | None
    kind: PeriodKind | None
    text: str | None
    basis: Basis


class Change(Record):
    """A stated change from an earlier period. `value` is never negative: `direction` says which way."""

    value: float
    unit: Unit
    direction: Direction | None
    from_period: str | None


class Rank(Record):
    """A stated rank among others, 1 is best."""

    position: int
    of: int | None


class Snippet(Record):
    """A passage in which the report explains a figure; offsets are characters of the document's text."""

    text: str
    page: int
    start: int
    end: int


class Reason(Record):
    """One piece of evidence for or against an observation, as a weight in log-odds."""

    name: str
    weight: float
    text: str


class Check(Record):
    """An arithmetic or plausibility test and its outcome, `supports` or `contradicts`."""

    name: str
    outcome: str
    text: str


class Alternative(Record):
    """Another reading that lost, with what it says differently; null fields are as in the observation."""

    indicator_id: str | None
    confidence: float | None
    value: float | None = None
    reason: str | None = None


class Evidence(Record):
    """Where the figure stands: page, boxes in points from the page's top left, span in the text, the words verbatim."""

    page: int
    boxes: list[tuple[float, float, float, float]]
    start: int
    end: int
    quote: str


class Observation(Record):
    """One figure said of one indicator, area, period and role."""

    observation_id: str = Field(description="Stable: same document, same place, same reading give the same id")
    document: DocumentRef
    indicator_id: str | None = Field(description="Id in the catalogue; null where the catalogue lacks the measure")
    indicator_name: str | None
    label: str = Field(description="The words that name the measure, as printed")
    area: ObservedArea | None = Field(description="Null where a reader cannot tell")
    period: ObservedPeriod
    role: Role
    value: float | None
    value_text: str = Field(description="The value as printed")
    status: Status
    unit: Unit
    numerator: float | None
    denominator: float | None
    change: Change | None
    rank: Rank | None
    quartile: int | None = Field(description="1 is best")
    rag: Rag | None
    direction: Direction | None
    polarity: Polarity | None
    commentary: list[Snippet]
    confidence: float | None = Field(description="Probability that the reading is right; null where it cannot be said")
    reasons: list[Reason]
    checks: list[Check]
    alternatives: list[Alternative]
    evidence: list[Evidence]
    method: Method
    flags: list[str]
    extractor_version: str
    pattern_version: str
