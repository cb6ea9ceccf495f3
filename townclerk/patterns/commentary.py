"""The words with which reports explain their figures, loaded from `commentary.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.expressions import Expression
from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class CommentaryFile(BaseModel):
    """The shape of `commentary.yaml`."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    heads: Expression
    reasons: list[Expression]
    points_back: Expression


@dataclass(slots=True, frozen=True)
class CommentaryWords:
    """Compiled words of commentary.

    Attributes:
        heads: Matches what announces commentary at the start of a text.
        reasons: Finds words that explain.
        points_back: Matches the beginning of a sentence that speaks of the one before it.
    """

    heads: re.Pattern[str]
    reasons: re.Pattern[str]
    points_back: re.Pattern[str]


@kept
def commentary_words() -> CommentaryWords:
    """The shipped words, compiled once.

    Raises:
        PatternError: If `commentary.yaml` is faulty.
    """
    file = load_yaml(shipped("commentary.yaml"), CommentaryFile)
    return CommentaryWords(
        heads=re.compile(file.heads, re.IGNORECASE),
        reasons=re.compile(rf"\b(?:{'|'.join(file.reasons)})\b", re.IGNORECASE),
        points_back=re.compile(file.points_back),
    )
