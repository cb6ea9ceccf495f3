"""`townclerk patterns check`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from townclerk.console.streams import say
from townclerk.models.errors import ExitCode
from townclerk.patterns.catalogue import load_catalogue


def check(packs: Sequence[Path]) -> ExitCode:
    """Check the shipped packs together with the user's.

    Raises:
        PatternError: With every fault found.
    """
    catalogue = load_catalogue(list(packs))
    names = ", ".join(str(pack) for pack in packs) or "the shipped packs"
    say(f"{names}: sound; the catalogue holds {len(catalogue.indicators)} indicators, version {catalogue.version}")
    return ExitCode.OK
