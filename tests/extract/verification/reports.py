"""Short made-up reports read and verified, for the tests of this room."""

from __future__ import annotations

from functools import cache

from townclerk.extract.pipeline import Extraction, Extractor
from townclerk.extract.settings import Settings
from townclerk.extract.verification import Outcome

HEAD = "# Wexcombe Council\n\nChildren's Services Performance, Quarter 2 2021/22\n\n"


@cache
def _extractor(repair: bool) -> Extractor:
    return Extractor(Settings(authority="Wexcombe Council", period="2021-22-Q2", repair=repair))


def read(text: str, *, repair: bool = False) -> Extraction:
    """A report with the usual head and this text."""
    extractor = _extractor(repair)
    return extractor.extract(extractor.read((HEAD + text).encode(), "wexcombe.txt"))


def told(text: str) -> list[tuple[str, str]]:
    """Names and sentences of what contradicts itself."""
    return [(f.check, f.text) for f in read(text).findings if f.outcome is Outcome.CONTRADICTS]


def held(text: str) -> set[str]:
    """Names of the checks that support something."""
    return {f.check for f in read(text).findings if f.outcome is Outcome.SUPPORTS}
