"""Words that restrict a figure to some of those a measure is about, loaded from `restricting.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.expressions import Expression
from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class RestrictingFile(BaseModel):
    """The shape of `restricting.yaml`."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    states: Expression
    doings: Expression
    manner: list[str]
    whole: frozenset[str]
    moved: frozenset[str]
    said_twice: Expression
    samples: Expression
    sampled_measures: frozenset[str]
    supposed: Expression
    single_cases: Expression
    things_of: Expression
    other_kinds: Expression
    or_more: Expression
    happened: Expression
    happened_already: Expression
    since: Expression
    charts: Expression
    marks: Expression
    share_events: dict[str, Expression]


@dataclass(slots=True, frozen=True)
class RestrictingWords:
    """Compiled restricting words.

    Attributes:
        some: Matches, right behind a group's name, what is said of some of it only.
        predicate: Matches a verb of state behind a group's name; its word and the one behind are `verb` and `next`.
        whole: Words behind "are" that hold of all of a group whose number is told.
        moved: Words behind "have" that tell how the number of a group moved.
        said_twice: Finds a group that a clause names and another one says something of.
        samples: Finds what tells of cases or people that were picked out.
        sampled_measures: Words of measures that are about such samples.
        supposed: Finds, at the end of the text before a figure, that it tells what would be.
        single_cases: Finds, at the end of the text before a name, that one case of many is told.
        things_of: Finds, at the end of the text before a name, the `thing` whose number is told, without its "s".
        other_kinds: Finds assessments and the like of a `kind`, `about` or `against` something, that few are of.
        or_more: Matches, behind a share, what makes it a mark and no level.
        happened: Finds, at the end of the text before a time, something that happened then.
        happened_already: Finds a movement that is no aim, for it has happened.
        since: Finds words from which on something is counted.
        charts: Finds a chart's title with labels behind it.
        marks: Matches, behind a name, the mark that a share of people pass.
        share_events: Of happenings, plural, finds in lower-case definitions that a measure is about them.
    """

    some: re.Pattern[str]
    predicate: re.Pattern[str]
    whole: frozenset[str]
    moved: frozenset[str]
    said_twice: re.Pattern[str]
    samples: re.Pattern[str]
    sampled_measures: frozenset[str]
    supposed: re.Pattern[str]
    single_cases: re.Pattern[str]
    things_of: re.Pattern[str]
    other_kinds: re.Pattern[str]
    or_more: re.Pattern[str]
    happened: re.Pattern[str]
    happened_already: re.Pattern[str]
    since: re.Pattern[str]
    charts: re.Pattern[str]
    marks: re.Pattern[str]
    share_events: dict[str, re.Pattern[str]]


@kept
def restricting_words() -> RestrictingWords:
    """The shipped restricting words, compiled once.

    Raises:
        PatternError: If `restricting.yaml` is faulty.
    """
    file = load_yaml(shipped("restricting.yaml"), RestrictingFile)
    manner = rf"(?:(?:{'|'.join(file.manner)})\s+)*"
    return RestrictingWords(
        some=re.compile(
            rf"\s+(?:(?:who|that|which)\s+)?(?:(?:(?:are|were|have\s+been|had\s+been)\s+)?{manner}(?:{file.states})"
            rf"|{manner}(?:{file.doings}))\b",
            re.IGNORECASE,
        ),
        predicate=re.compile(
            rf"\s+(?:(?:who|that)\s+)?(?P<verb>are|were|have|had)\s+{manner}(?P<next>[a-z][\w’'-]*)", re.IGNORECASE
        ),
        whole=file.whole,
        moved=file.moved,
        said_twice=re.compile(file.said_twice, re.IGNORECASE),
        samples=re.compile(file.samples, re.IGNORECASE),
        sampled_measures=file.sampled_measures,
        supposed=re.compile(file.supposed, re.IGNORECASE),
        single_cases=re.compile(file.single_cases, re.IGNORECASE),
        things_of=re.compile(file.things_of, re.IGNORECASE),
        or_more=re.compile(file.or_more, re.IGNORECASE),
        other_kinds=re.compile(file.other_kinds, re.IGNORECASE),
        happened=re.compile(file.happened, re.IGNORECASE),
        happened_already=re.compile(file.happened_already, re.IGNORECASE),
        since=re.compile(file.since, re.IGNORECASE),
        charts=re.compile(file.charts, re.IGNORECASE),
        marks=re.compile(file.marks, re.IGNORECASE),
        share_events={event: re.compile(said) for event, said in file.share_events.items()},
    )
