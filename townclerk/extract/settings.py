"""What a user can state about a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from townclerk.extract.reading.options import PAGE_MEGABYTES, PAGE_SECONDS, Ocr, OcrQuality, ReadOptions


@dataclass(slots=True, frozen=True)
class Settings:
    """Settings of one run, from the command line and the project file.

    Attributes:
        authority: Name of the authority whose reports these are; None to read it from each report.
        period: Period code of the reports; None to read it from each.
        meeting_date: Date of the meeting; None to read it from each.
        areas: Files of authorities or areas that the gazetteer lacks.
        packs: Pattern packs that add to or replace the shipped ones.
        local_names: A folder's own names of indicators, each with the id it stands for.
        column_aliases: A folder's own column heads, each with the head it stands for.
        password: For encrypted inputs.
        ocr: Whether words are read from pictures: where the text layer is no use, on every page, or never.
        ocr_quality: "fast" reads once; "accurate" reads every number with a second recogniser too.
        calibration: A calibration that `townclerk calibrate` wrote, in the place of the shipped one.
        max_seconds_per_page: A page that takes longer is given up and reported; 0 for no limit.
        max_megabytes_per_page: A page that would take more memory is not read and is reported; 0 for no limit.
        repair: Put the value that arithmetic proposes in the place of a print that one slip explains.
    """

    authority: str | None = None
    period: str | None = None
    meeting_date: date | None = None
    areas: tuple[Path, ...] = ()
    packs: tuple[Path, ...] = ()
    local_names: dict[str, str] = field(default_factory=dict)
    column_aliases: dict[str, str] = field(default_factory=dict)
    password: str | None = None
    ocr: Ocr = "auto"
    ocr_quality: OcrQuality = "fast"
    max_seconds_per_page: float = PAGE_SECONDS
    max_megabytes_per_page: float = PAGE_MEGABYTES
    repair: bool = False
    calibration: Path | None = None

    def reading(self) -> ReadOptions:
        """What of it the readers ask for."""
        return ReadOptions(
            self.password, self.max_seconds_per_page, self.max_megabytes_per_page, self.ocr, self.ocr_quality
        )
