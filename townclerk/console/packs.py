"""`townclerk patterns check`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from townclerk.console.streams import say
from townclerk.models.errors import ExitCode, PatternError
from townclerk.patterns.catalogue import load_catalogue, shipped_packs
from townclerk.patterns.checking import check_packs


def check(packs: Sequence[Path]) -> ExitCode:
    """Check the user's packs against the shipped ones, or the shipped ones where none is given.

    Raises:
        PatternError: With every fault found.
    """
    if not packs and (faults := check_packs(shipped_packs())):
        raise PatternError(faults)
    catalogue = load_catalogue(packs)
    names = ", ".join(str(pack) for pack in packs) or "the shipped packs"
    say(f"{names}: sound; the catalogue holds {len(catalogue.indicators)} indicators, version {catalogue.version}")
    return ExitCode.OK
