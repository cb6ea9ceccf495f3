"""Words that restrict a figure to some of those a measure is about, loaded from `restricting.yaml`."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.expressions import Expression, Finder
from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class RestrictingWords(BaseModel):
    """The content of `restricting.yaml`.

    Attributes:
        states: What is said of some of a group only behind a verb of state.
        doings: What is said of some of a group only by a verb of its own.
        manner: Words that may stand before either.
        whole: Words behind "are" that hold of all of a group whose number is told.
        moved: Words behind "have" that tell how the number of a group moved.
        said_twice: Finds a group that a clause names and another one says something of.
        samples: Finds what tells of cases or people that were picked out.
        sampled_measures: Words of measures that are about such samples.
        supposed: Finds, at the end of the text before a figure, that it tells what would be.
        single_cases: Finds, at the end of the text before a name, that one case of many is told.
        by_one_scheme: Finds, at the end of the text before a number, that one scheme or place did so much.
        things_of: Finds, at the end of the text before a name, the `thing` whose number is told, without its "s".
        other_kinds: Finds assessments and the like of a `kind`, `about` or `against` something, that few are of.
        or_more: Matches, behind a share, what makes it a mark and no level.
        happened: Finds, at the end of the text before a time, something that happened then.
        happened_already: Finds a movement that is no aim, for it has happened.
        since: Finds words from which on something is counted.
        no_values: Finds marks for no value in a row before a number.
        charts: Finds a chart's title with labels behind it.
        marks: Matches, behind a name, the mark that a share of people pass.
        share_events: Of happenings, plural, finds in lower-case definitions that a measure is about them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    states: Expression
    doings: Expression
    manner: tuple[str, ...]
    whole: frozenset[str]
    moved: frozenset[str]
    said_twice: Finder
    samples: Finder
    sampled_measures: frozenset[str]
    supposed: Finder
    single_cases: Finder
    by_one_scheme: Finder
    things_of: Finder
    other_kinds: Finder
    or_more: Finder
    happened: Finder
    happened_already: Finder
    since: Finder
    no_values: Finder
    charts: Finder
    marks: Finder
    share_events: dict[str, Finder]


@kept
def restricting_words() -> RestrictingWords:
    """The shipped restricting words, compiled once.

    Raises:
        PatternError: If `restricting.yaml` is faulty.
    """
    return load_yaml(shipped("restricting.yaml"), RestrictingWords)


@kept
def said_of_some() -> re.Pattern[str]:
    """Matches, right behind a group's name, what is said of some of it only."""
    words = restricting_words()
    manner = _manner(words)
    return re.compile(
        rf"\s+(?:(?:who|that|which)\s+)?(?:(?:(?:are|were|have\s+been|had\s+been)\s+)?{manner}(?:{words.states})"
        rf"|{manner}(?:{words.doings}))\b",
        re.IGNORECASE,
    )


@kept
def said_of_group() -> re.Pattern[str]:
    """Matches a verb of state behind a group's name; its word and the one behind are `verb` and `next`."""
    manner = _manner(restricting_words())
    return re.compile(
        rf"\s+(?:(?:who|that)\s+)?(?P<verb>are|were|have|had)\s+{manner}(?P<next>[a-z][\w’'-]*)", re.IGNORECASE
    )


def _manner(words: RestrictingWords) -> str:
    return rf"(?:(?:{'|'.join(words.manner)})\s+)*"
