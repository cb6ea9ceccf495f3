"""The words that tell the field from other services, loaded from `topics.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.yaml_files import load_yaml, shipped


class TopicsFile(BaseModel):
    """The shape of `topics.yaml`."""

    model_config = ConfigDict(extra="forbid")

    children: list[str]
    others: list[str]


@dataclass(slots=True, frozen=True)
class TopicWords:
    """Compiled topic words: of children's services, and of other services."""

    children: re.Pattern[str]
    others: re.Pattern[str]


@cache
def topic_words() -> TopicWords:
    """The shipped topic words, compiled once.

    Raises:
        PatternError: If `topics.yaml` is faulty.
    """
    file = load_yaml(shipped("topics.yaml"), TopicsFile)
    return TopicWords(_any(file.children), _any(file.others))


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any phrase as whole words; a final `*` stands for any ending."""
    parts = (
        r"\s+".join(re.escape(word) for word in phrase.removesuffix("*").split())
        + (r"\w*" if phrase.endswith("*") else "")
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
