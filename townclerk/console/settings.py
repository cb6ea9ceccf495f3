"""What a person states on the command line, checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from townclerk.console.options import date_option, period_option
from townclerk.extract.reading.options import Ocr, OcrQuality
from townclerk.extract.settings import Settings
from townclerk.models.errors import UsageError


def stated_settings(
    authority: str | None,
    period: str | None,
    meeting_date: str | None,
    areas: Sequence[Path] | None,
    patterns: Sequence[Path] | None,
    password: str | None,
    ocr: Ocr = "auto",
    ocr_quality: OcrQuality = "fast",
) -> Settings:
    """What the user states on the command line, checked.

    Raises:
        UsageError: If a value is none of its kind, or a file is missing.
    """
    for option, paths in (("--areas", areas or ()), ("--patterns", patterns or ())):
        for path in paths:
            if not path.is_file():
                raise UsageError(f"{option}: there is no file {path}; check the name")
    return Settings(
        authority=authority,
        period=period_option(period),
        meeting_date=date_option(meeting_date),
        areas=tuple(areas or ()),
        packs=tuple(patterns or ()),
        password=password,
        ocr=ocr,
        ocr_quality=ocr_quality,
    )


def check_indicators(wanted: Collection[str], known: Collection[str]) -> None:
    """See that the ids of `--indicator` are in the catalogue.

    Raises:
        UsageError: If one is not; the nearest known ids are named.
    """
    for one in sorted(wanted):
        if one not in known:
            raise UsageError(f"--indicator: {one!r} is no indicator of the catalogue{nearest(one, known)}")


def nearest(word: str, known: Iterable[str]) -> str:
    """A question after the words most like one that is not known; empty where none is."""
    from rapidfuzz import process

    near = [name for name, score, _ in process.extract(word, list(known), limit=3) if score >= 70]
    return f"; did you mean {', '.join(near)}?" if near else ""
