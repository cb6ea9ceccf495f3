"""Which years a measure's year labels mean, loaded from `period_bases.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from townclerk.patterns.expressions import Expression
from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class Census(BaseModel):
    """A count taken on one day of every year.

    Attributes:
        month: Its month, 1 to 12.
        day: Its day.
        measures: Ids of what it counts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=30)
    measures: frozenset[str]


class PeriodBases(BaseModel):
    """The shape of `period_bases.yaml`.

    Attributes:
        academic: Ids of measures over school years.
        yearly_results: Ids of measures published once a school year.
        census: The day on which the workforce is counted.
        over_years: Ids of measures published as averages over several years.
        closing_sources: Parts of the names of sources whose bare years are the financial years that closed in them.
        year_end: An expression for the end of a year, as the time over or in front of a value.
        closing_notes: Expressions that say that a bare year is the financial year that closed in it.
        bracket_note: An expression that tells what the figures in brackets are.
        comparator_note: An expression right behind which stands the time of all comparators.
        base_note: An expression right behind which stands the time that own figures are compared with.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    academic: frozenset[str]
    yearly_results: frozenset[str]
    census: Census
    over_years: frozenset[str]
    closing_sources: tuple[str, ...]
    year_end: Expression
    closing_notes: tuple[Expression, ...]
    bracket_note: Expression
    comparator_note: Expression
    base_note: Expression


@kept
def period_bases() -> PeriodBases:
    """The shipped bases.

    Raises:
        PatternError: If `period_bases.yaml` is faulty.
    """
    return load_yaml(shipped("period_bases.yaml"), PeriodBases)


@kept
def year_end() -> re.Pattern[str]:
    """Matches all of a time that is the end of a year."""
    return re.compile(period_bases().year_end, re.IGNORECASE)


@kept
def closing_note() -> re.Pattern[str]:
    """Finds a note that a bare year is the financial year that closed in it."""
    return re.compile("|".join(period_bases().closing_notes), re.IGNORECASE)


@kept
def bracket_note() -> re.Pattern[str]:
    """Finds a note on what the figures in brackets are."""
    return re.compile(period_bases().bracket_note, re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class Note:
    """Words that stand right before the time of many figures.

    Attributes:
        lead: Finds them at the end of what stands before a time.
        anywhere: Finds a text that may hold them, so that not every text is searched for times.
    """

    lead: re.Pattern[str]
    anywhere: re.Pattern[str]

    @classmethod
    def of(cls, expression: str) -> Note:
        """Compile both; only the first asks that nothing stands behind the words."""
        flags = re.IGNORECASE | re.VERBOSE
        return cls(re.compile(expression, flags), re.compile(expression.rstrip().removesuffix("$"), flags))


@kept
def comparator_note() -> Note:
    """Finds the words right before the time of all comparators."""
    return Note.of(period_bases().comparator_note)


@kept
def base_note() -> Note:
    """Finds the words right before the time that own figures are compared with."""
    return Note.of(period_bases().base_note)
