"""What a user may say about how inputs are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class ReadOptions:
    """Settings of the readers.

    Attributes:
        password: Opens a locked PDF; None where there is none.
        max_seconds_per_page: A page that takes longer is given up and reported; 0 for no limit.
    """

    password: str | None = None
    max_seconds_per_page: float = 60.0
