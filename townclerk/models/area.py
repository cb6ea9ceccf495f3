"""Places a figure can be about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from townclerk.models.units import Basis


class AreaKind(StrEnum):
    """What kind of place, or group of places, a figure is about."""

    AUTHORITY = "authority"
    STATISTICAL_NEIGHBOURS = "statistical_neighbours"
    REGION = "region"
    ENGLAND = "england"
    GOOD_OUTSTANDING = "good_outstanding"
    OTHER = "other"


LARGER = frozenset({AreaKind.ENGLAND, AreaKind.REGION, AreaKind.STATISTICAL_NEIGHBOURS})
"""Places that hold several authorities: their numbers are not of one authority's size, and mostly told as rates."""


@dataclass(slots=True, frozen=True)
class Area:
    """A place as an observation names it.

    Attributes:
        kind: What kind of place it is.
        name: The authority's or region's name, or the words that name another group; None where the kind says it all.
        gss_code: The Office for National Statistics' code, where the gazetteer knows one.
        is_reporting_authority: True for the authority whose report this is.
        basis: Stated in the report, inferred, or unknown.
    """

    kind: AreaKind
    name: str | None = None
    gss_code: str | None = None
    is_reporting_authority: bool = False
    basis: Basis = Basis.STATED


@dataclass(slots=True, frozen=True)
class Authority:
    """One English upper-tier authority, from the project's table or the user's own `--areas` file.

    Attributes:
        name: Full name as the project's table prints it.
        gss_code: ONS code.
        short_names: Other ways it is written.
        region: Its region.
        valid_from: First day this name and code were in use; None for "always".
        valid_to: Last day; None for "still".
    """

    name: str
    gss_code: str | None = None
    short_names: tuple[str, ...] = ()
    region: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
