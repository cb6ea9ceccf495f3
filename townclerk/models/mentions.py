"""Mentions: places in a passage where something was recognised.

All offsets are characters of the passage's text, end exclusive. Mentions are plain slotted records: a page holds
thousands and none of them needs validating twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from townclerk.models.area import AreaKind
from townclerk.models.units import Status, Unit


class FigureForm(StrEnum):
    """How a figure is printed."""

    NUMBER = "number"  # 186, 17.5%, 9.3 FTE, 70 per 10,000
    WORDS = "words"  # twenty-three, one-fifth, nearly a quarter
    PARTS = "parts"  # 166 of 201, 11/132: value None, numerator and denominator set
    ODDS = "odds"  # 1 in 38
    RANGE = "range"  # between 84% and 88%, 14-16: value None, `parts` holds both ends
    NONE = "none"  # no child, none: value 0
    ALL = "all"  # all 18 young people: numerator and denominator 18
    MARK = "mark"  # x, c, *, <5, N/A, #####: value None, `status` says what it means


@dataclass(slots=True)
class FigureMention:
    """A number with its unit, as printed.

    Attributes:
        start: First character of the whole expression, sign and currency included, brackets left out.
        end: End of the whole expression, unit included.
        text: The expression as it stands in the passage.
        value: The number as a reader would correct it; None where there is none (see `form`).
        unit: The unit printed with it; None for a bare number, whose unit the context must tell.
        form: How it is printed.
        numerator: The part, for `166 of 201`.
        denominator: The whole.
        status: Reported, or what a mark stands for.
        decimals: Digits printed after the point.
        sign: "+" or "-" where one is printed (or the number stands in accounting brackets), else "".
        approximate: "around", "nearly", "just over" stand before it.
        bound: "more" or "less" where only a bound is stated ("more than 20", "under 5%"), else "".
        bracketed: It stands inside round brackets.
        noun: The counted thing right behind it ("children", "plans"), lower case, or "".
        flags: What was repaired or doubtful: `ocr_repaired`, `approximate`, ...
        parts: The two ends of a range, or the numbers a computed value was made from.
        alternatives: Other values the print could stand for (damage that one token cannot settle).
    """

    start: int
    end: int
    text: str
    value: float | None
    unit: Unit | None
    form: FigureForm = FigureForm.NUMBER
    numerator: float | None = None
    denominator: float | None = None
    status: Status = Status.REPORTED
    decimals: int = 0
    sign: str = ""
    approximate: bool = False
    bound: str = ""
    bracketed: bool = False
    noun: str = ""
    flags: tuple[str, ...] = ()
    parts: tuple[float, ...] = ()
    alternatives: tuple[float, ...] = ()

    def copy(self) -> FigureMention:
        """A record of its own with the same content."""
        return FigureMention(
            self.start,
            self.end,
            self.text,
            self.value,
            self.unit,
            self.form,
            self.numerator,
            self.denominator,
            self.status,
            self.decimals,
            self.sign,
            self.approximate,
            self.bound,
            self.bracketed,
            self.noun,
            self.flags,
            self.parts,
            self.alternatives,
        )


class MatchKind(StrEnum):
    """How an indicator phrase was recognised."""

    EXACT = "exact"
    PATTERN = "pattern"
    CONCEPT = "concept"
    CODE = "code"
    FUZZY = "fuzzy"


class IndicatorMatch(NamedTuple):
    """One reading of an indicator phrase.

    Attributes:
        indicator_id: Which measure.
        score: How well the words fit, 0 to 1 (1: an exact phrase that no other indicator shares).
        kind: How it was recognised.
        phrase: The pack's phrase or rule that matched.
        needs_context: The phrase is everyday or shared; it counts only with unit agreement or a heading's support.
    """

    indicator_id: str
    score: float
    kind: MatchKind
    phrase: str
    needs_context: bool = False


@dataclass(slots=True)
class IndicatorMention:
    """A phrase that names an indicator; several matches where the words leave it open, best first.

    One that names only the complement of a measure ("without a plan") has none.
    """

    start: int
    end: int
    matches: tuple[IndicatorMatch, ...]
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class AreaMention:
    """Words that name a place or a group of places.

    Attributes:
        start: First character.
        end: End, exclusive.
        kind: What kind of place.
        name: Full name of the authority or region; the words for another group; None where the kind says it all.
        gss_code: ONS code where known.
        is_own: The words mean the reporting authority without naming it ("ours", "local authority", "the council").
    """

    start: int
    end: int
    kind: AreaKind
    name: str | None = None
    gss_code: str | None = None
    is_own: bool = False


@dataclass(slots=True)
class RoleCue:
    """A word that gives a figure near it its role, or an attribute.

    Attributes:
        start: First character.
        end: End, exclusive.
        cue: The cue's name in `patterns/roles.yaml`: `target`, `variance`, `up`, `rank`, ...
        value: Its words, as the pack or the text gives them.
        number: A rank's position or a quartile.
        of: How many a rank is among, where that is told.
    """

    start: int
    end: int
    cue: str
    value: str = ""
    number: float | None = None
    of: float | None = None


@dataclass(slots=True)
class PeriodMention:
    """Words that name a time.

    Attributes:
        start: First character.
        end: End, exclusive.
        text: The words.
        expression: What they say before the document's own period is known; resolved by
            `townclerk.extract.spotting.periods.resolve`.
        flags: `ocr_repaired` where damage was read through.
    """

    start: int
    end: int
    text: str
    expression: PeriodExpression
    flags: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class PeriodExpression:
    """A time as the words give it, complete or relative.

    Attributes:
        form: Which reading rule applies, a name of `patterns/periods.yaml` (`quarter`, `month`, `financial_year`,
            `previous_quarter`, `same_period_last_year`, `year_to_date`, ...).
        year: Calendar year, or the year a financial or academic year begins in; None where unsaid.
        month: 1 to 12.
        day: 1 to 31.
        quarter: 1 to 4.
        last: The second end of a span.
        at_end: The words ask for the last day ("at the end of quarter 3", "as at").
        at_start: The words ask for the first day.
        count: How many months or years, for "last three years" or "six months to June".
        inferred: The words are complete but leave a choice that was made for the reader ("Q3 2018").
    """

    form: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    last: PeriodExpression | None = None
    at_end: bool = False
    at_start: bool = False
    count: int | None = None
    inferred: bool = False


class MentionSource(Protocol):
    """What looks a passage through, for one kind of mention at a time."""

    def figures(self) -> list[FigureMention]:
        """The figures, in order of start."""

    def periods(self) -> list[PeriodMention]:
        """The times."""

    def areas(self) -> list[AreaMention]:
        """The places."""

    def indicators(self) -> list[IndicatorMention]:
        """The phrases that name a measure."""

    def cues(self) -> list[RoleCue]:
        """The role cues."""


class Mentions:
    """Everything that is recognised in one passage, each list in order of start.

    Each kind is looked for when it is first asked for: most passages hold no figure, and nobody asks what else they
    name.

    Args:
        source: Looks the passage through; None for a passage in which nothing stands but what is put here later.
    """

    __slots__ = ("_areas", "_cues", "_figures", "_indicators", "_periods", "_source")

    def __init__(self, source: MentionSource | None = None) -> None:
        self._source = source
        self._figures: list[FigureMention] | None = None
        self._periods: list[PeriodMention] | None = None
        self._areas: list[AreaMention] | None = None
        self._indicators: list[IndicatorMention] | None = None
        self._cues: list[RoleCue] | None = None

    @property
    def figures(self) -> list[FigureMention]:
        """The figures."""
        if self._figures is None:
            self._figures = self._source.figures() if self._source is not None else []
        return self._figures

    @figures.setter
    def figures(self, found: list[FigureMention]) -> None:
        self._figures = found

    @property
    def periods(self) -> list[PeriodMention]:
        """The times."""
        if self._periods is None:
            self._periods = self._source.periods() if self._source is not None else []
        return self._periods

    @periods.setter
    def periods(self, found: list[PeriodMention]) -> None:
        self._periods = found

    @property
    def areas(self) -> list[AreaMention]:
        """The places."""
        if self._areas is None:
            self._areas = self._source.areas() if self._source is not None else []
        return self._areas

    @areas.setter
    def areas(self, found: list[AreaMention]) -> None:
        self._areas = found

    @property
    def indicators(self) -> list[IndicatorMention]:
        """The phrases that name a measure."""
        if self._indicators is None:
            self._indicators = self._source.indicators() if self._source is not None else []
        return self._indicators

    @indicators.setter
    def indicators(self, found: list[IndicatorMention]) -> None:
        self._indicators = found

    @property
    def cues(self) -> list[RoleCue]:
        """The role cues."""
        if self._cues is None:
            self._cues = self._source.cues() if self._source is not None else []
        return self._cues

    @cues.setter
    def cues(self, found: list[RoleCue]) -> None:
        self._cues = found
