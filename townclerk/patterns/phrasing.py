"""Turns of phrase that tell what a figure of a sentence is said of, loaded from `phrasing.yaml`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.expressions import Finder
from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class Phrasing(BaseModel):
    """The content of `phrasing.yaml`; the file itself says what each part means."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    of_an_age: Finder
    sampled: Finder
    of_children: Finder
    children_behind: Finder
    child: Finder
    of_people: Finder
    of_those: Finder
    opens_item: Finder
    compared_level: Finder
    set_against: Finder
    years_old: Finder
    young_adults: Finder
    scores: Finder
    closing_number: Finder
    known_before: Finder
    cause: Finder
    youth_justice: Finder
    benchmarks: Finder
    in_time: Finder
    of_time: Finder
    verb_behind: Finder
    done_with: Finder
    counted_in: Finder
    had_been: Finder
    plan_kinds: Finder
    place_moved: Finder
    place_not_subject: Finder
    range_named: Finder
    range_led: Finder
    elsewhere_or_before: Finder
    ending: Finder
    in_care: Finder
    rate_told: Finder
    rate_of_change: Finder
    record: Finder
    fostered: Finder
    some_of_part: Finder
    aged: Finder
    went_on: Finder
    following: Finder
    size_of_movement: Finder
    label_of_movement: Finder
    own_words: Finder
    owners: frozenset[str]
    recommended: frozenset[str]
    lasting_groups: frozenset[str]
    enquired_services: frozenset[str]
    knowing: frozenset[str]
    movement_nouns: frozenset[str]
    had: frozenset[str]


@kept
def phrasing() -> Phrasing:
    """The shipped turns of phrase, compiled once.

    Raises:
        PatternError: If `phrasing.yaml` is faulty.
    """
    return load_yaml(shipped("phrasing.yaml"), Phrasing)
