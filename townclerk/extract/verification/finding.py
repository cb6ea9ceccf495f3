"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from townclerk.models.candidate import Candidate


class Outcome(StrEnum):
    """Whether the report's own numbers agree."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NOT_TESTABLE = "not testable"


@dataclass(slots=True, frozen=True)
class Finding:
    """One identity, tested.

    Attributes:
        check: The check's name.
        outcome: What came out.
        text: One plain sentence with the numbers; "" where it could not be tested.
        parties: The figures that take part, the one it is said of first.
        flag: What the figures in `flagged` are flagged with where it contradicts.
        flagged: The figures that are in doubt; all parties where empty.
    """

    check: str
    outcome: Outcome
    text: str
    parties: tuple[Candidate, ...]
    flag: str = ""
    flagged: tuple[Candidate, ...] = ()
