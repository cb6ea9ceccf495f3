"""The words that tell the field from other services, loaded from `topics.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.kept import kept
from townclerk.patterns.phrases import any_phrase
from townclerk.patterns.yaml_files import load_yaml, shipped


class TopicsFile(BaseModel):
    """The shape of `topics.yaml`."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    children: list[str]
    others: list[str]


@dataclass(slots=True, frozen=True)
class TopicWords:
    """Compiled topic words, to be found in lower-case text: of children's services, and of other services."""

    children: re.Pattern[str]
    others: re.Pattern[str]


@kept
def topic_words() -> TopicWords:
    """The shipped topic words, compiled once.

    Raises:
        PatternError: If `topics.yaml` is faulty.
    """
    file = load_yaml(shipped("topics.yaml"), TopicsFile)
    return TopicWords(any_phrase(file.children), any_phrase(file.others))
