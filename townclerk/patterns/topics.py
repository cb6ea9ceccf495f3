"""The words that tell the field from other services, loaded from `topics.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.kept import kept
from townclerk.patterns.phrases import any_phrase
from townclerk.patterns.yaml_files import load_yaml, shipped


class TopicsFile(BaseModel):
    """The shape of `topics.yaml`."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    children: list[str]
    groups: dict[str, list[str]]
    others: list[str]
    near_field: list[str]
    every_service: frozenset[str]
    narrowed: dict[str, list[str]]
    narrowed_groups: dict[str, dict[str, str | None]]
    of_all: list[str]


@dataclass(slots=True, frozen=True)
class TopicWords:
    """Compiled topic words, to be found in lower-case text.

    Attributes:
        children: Words of children's services.
        groups: Words that say which children or staff a section is about, by the name that completes labels there.
        others: Words of other services.
        near_field: Words that the field shares with care for adults only.
        every_service: Domains whose everyday phrases any service of a council may use.
        narrowed: For a measure's id, those that its plain name means under a heading that names one of them.
        narrowed_groups: For a group of children, what measures of all pupils mean in papers about it; None is nothing.
        of_all: Words that say that a sentence is of all pupils.
    """

    children: re.Pattern[str]
    groups: dict[str, re.Pattern[str]]
    others: re.Pattern[str]
    near_field: re.Pattern[str]
    every_service: frozenset[str]
    narrowed: dict[str, frozenset[str]]
    narrowed_groups: dict[str, dict[str, str | None]]
    of_all: re.Pattern[str]


@kept
def topic_words() -> TopicWords:
    """The shipped topic words, compiled once.

    Raises:
        PatternError: If `topics.yaml` is faulty.
    """
    file = load_yaml(shipped("topics.yaml"), TopicsFile)
    narrowed = {one: frozenset(others) for one, others in file.narrowed.items()}
    groups = {name: any_phrase(phrases) for name, phrases in file.groups.items()}
    return TopicWords(
        any_phrase(file.children),
        groups,
        any_phrase(file.others),
        any_phrase(file.near_field),
        file.every_service,
        narrowed,
        file.narrowed_groups,
        re.compile(rf"\b(?:{'|'.join(file.of_all)})\b"),
    )


@lru_cache(maxsize=64)
def groups_named(text: str) -> tuple[str, ...]:
    """The groups of children or staff that a text names, by the names that complete labels about them."""
    lowered = text.lower()
    return tuple(name for name, pattern in topic_words().groups.items() if pattern.search(lowered))
