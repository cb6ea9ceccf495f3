"""What a user may say about how inputs are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ocr = Literal["auto", "always", "never"]
OcrQuality = Literal["fast", "accurate"]

PAGE_SECONDS = 60.0
PAGE_MEGABYTES = 1024.0


@dataclass(slots=True, frozen=True)
class ReadOptions:
    """Settings of the readers.

    Attributes:
        password: Opens a locked PDF; None where there is none.
        max_seconds_per_page: A page that takes longer is given up and reported; 0 for no limit.
        max_megabytes_per_page: A page that would take more memory is not read and is reported; 0 for no limit.
        ocr: Whether words are read from pictures: where the text layer is no use, on every page, or never.
        ocr_quality: "fast" reads once; "accurate" reads every number with a second recogniser too.
    """

    password: str | None = None
    max_seconds_per_page: float = PAGE_SECONDS
    max_megabytes_per_page: float = PAGE_MEGABYTES
    ocr: Ocr = "auto"
    ocr_quality: OcrQuality = "fast"
