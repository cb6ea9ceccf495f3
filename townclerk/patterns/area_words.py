"""The words of `areas.yaml`, checked: organisations around a name, regions, comparator groups."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped

Phrase = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Phrases = Annotated[list[Phrase], Field(default_factory=list)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Organisation(_Strict):
    """Words that stand before and after the name of an authority."""

    before: list[Phrase]
    after: list[Phrase]


class RegionWords(_Strict):
    """A region, other ways of writing it, and which of these count only as a table head."""

    name: Phrase
    also: Phrases
    cell_only: Phrases


class KindWords(_Strict):
    """Phrases of one kind of area by where they count.

    Anywhere, beside a figure, right before a measure's name, in a table head, in exact case.
    """

    always: Phrases
    beside_figure: Phrases
    before_measure: Phrases
    cell: Phrases
    exact: Phrases


class Kinds(_Strict):
    """The kinds of area that words alone can name."""

    statistical_neighbours: KindWords
    region: KindWords
    england: KindWords
    good_outstanding: KindWords
    other: KindWords
    own: KindWords


class AreaWords(_Strict):
    """Everything in `areas.yaml`."""

    organisation: Organisation
    ambiguous: list[Phrase]
    not_before: list[Phrase]
    not_after: list[Phrase]
    others: list[Phrase]
    silent: list[Phrase]
    cell_fillers: list[Phrase]
    copulas: list[Phrase]
    regions: list[RegionWords]
    kinds: Kinds


@kept
def load_area_words() -> AreaWords:
    """The words shipped with the project.

    Raises:
        PatternError: If `areas.yaml` is faulty.
    """
    return load_yaml(shipped("areas.yaml"), AreaWords)


@kept
def head_words_of_areas() -> frozenset[str]:
    """The words, in lower case, of which heads of places are made that are no names ("England", "neighbours")."""
    kinds = load_area_words().kinds
    groups = (kinds.statistical_neighbours, kinds.region, kinds.england)
    phrases = [phrase for kind in groups for phrase in (*kind.always, *kind.beside_figure, *kind.cell)]
    return frozenset(word for phrase in phrases for word in phrase.lower().split() if word.isalpha())
