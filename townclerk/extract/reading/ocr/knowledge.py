"""What the reader of scans knows, from `patterns/ocr.yaml`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped

Share = Annotated[float, Field(ge=0, le=1)]


def _compiled(pattern: str) -> str:
    """Raise for an expression that does not compile."""
    re.compile(pattern)
    return pattern


Expression = Annotated[str, AfterValidator(_compiled)]


class LeastRegion(BaseModel):
    """Which pictures among real words are read."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    share: Share
    width: float
    height: float
    background: Share
    most_words: int


class Stamp(BaseModel):
    """Words printed over a scan by whoever filed it."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    most_words: int
    margin: Share
    picture: Share


class BadText(BaseModel):
    """When a text layer is no use."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    least_words: int
    unmapped: Share
    odd: Share
    odd_behind: Share
    odd_word: list[Expression]
    least_letter_words: int
    common_word: Expression
    vowels: Share


class Glued(BaseModel):
    """Two words read as one."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    match: Expression
    parts: tuple[str, str]


class Misread(BaseModel):
    """A word that is always another one."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    match: Expression
    says: str


class Letters(BaseModel):
    """How high letters are."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    tall: Expression
    deep: Expression
    tall_height: Share
    low_height: Share
    depth: Share


class OcrFile(BaseModel):
    """The top level of `ocr.yaml`."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    most_words_of_a_scan: int
    least_picture_of_a_scan: Share
    stamp: Stamp
    least_region: LeastRegion
    bad_text: BadText
    numeric: Expression
    number: Expression
    torn: Expression
    lone: Expression
    glued: list[Glued]
    run_together: Expression
    misread: list[Misread]
    same: dict[str, str]
    letters: Letters


@kept
def ocr_knowledge() -> OcrFile:
    """What `ocr.yaml` holds.

    Raises:
        PatternError: If the file is faulty.
    """
    return load_yaml(shipped("ocr.yaml"), OcrFile)


@lru_cache(maxsize=16)
def expression(pattern: str) -> re.Pattern[str]:
    """A compiled expression of the file."""
    return re.compile(pattern)
