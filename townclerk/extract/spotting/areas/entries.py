"""What the spotter looks for: every phrase with what it means and where it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from townclerk.models.area import AreaKind, Authority
from townclerk.patterns.area_words import AreaWords, KindWords
from townclerk.patterns.gazetteer import Gazetteer, full_names


class Where(Enum):
    """Where a phrase counts."""

    ANYWHERE = auto()
    BESIDE_FIGURE = auto()
    CELL = auto()


class Case(Enum):
    """How its letters must be printed."""

    ANY = auto()
    CAPITAL = auto()
    EXACT = auto()


@dataclass(slots=True, frozen=True)
class Entry:
    """One phrase.

    Attributes:
        printed: The phrase, for exact case.
        kind: What it names; None for a wording that is silent.
        name: Authority's or region's full name, or the words for another group.
        gss_code: ONS code where known.
        is_own: It means the reporting authority.
        where: Where it counts.
        case: How its letters must be printed.
        is_place: A proper name, which may stand glued to a figure and before "County Council", "Road" or "Police".
        ambiguous: Also an ordinary word; needs support.
    """

    printed: str
    kind: AreaKind | None
    name: str | None = None
    gss_code: str | None = None
    is_own: bool = False
    where: Where = Where.ANYWHERE
    case: Case = Case.ANY
    is_place: bool = False
    ambiguous: bool = False


_FOLD = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\n": " "})


def fold(text: str) -> str:
    """Lower case with plain apostrophes, hyphens and blanks; every character keeps its place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return lower.translate(_FOLD)


def entries(gazetteer: Gazetteer, words: AreaWords) -> Iterable[tuple[str, Entry]]:
    """Every folded phrase with its entry. Authorities come first: of two meanings of one phrase the first is kept."""
    ambiguous = set(words.ambiguous)
    for authority in gazetteer.authorities:
        yield from _authority(authority, gazetteer, ambiguous)
    for region in words.regions:
        for printed in (region.name, f"{region.name} region", f"{region.name} average", *region.also):
            where = Where.CELL if printed in region.cell_only else Where.ANYWHERE
            case = Case.ANY if "region" in printed or where is Where.CELL else Case.CAPITAL
            yield fold(printed), Entry(printed, AreaKind.REGION, region.name, where=where, case=case, is_place=True)
    yield from _users(AreaKind.REGION, gazetteer.regions)
    yield from _users(AreaKind.OTHER, gazetteer.groups)
    for name in words.others:
        yield fold(name), Entry(name, AreaKind.OTHER, name, case=Case.CAPITAL, is_place=True)
    for kind, said in _kinds(words):
        yield from _phrases(kind, said)
    for phrase in words.silent:
        yield fold(phrase), Entry(phrase, None)


def _users(kind: AreaKind, areas: Iterable[Authority]) -> Iterable[tuple[str, Entry]]:
    for area in areas:
        for printed in (area.name, *area.short_names):
            yield fold(printed), Entry(printed, kind, area.name, area.gss_code, case=Case.CAPITAL, is_place=True)


def _kinds(words: AreaWords) -> Iterable[tuple[AreaKind | None, KindWords]]:
    kinds = words.kinds
    yield AreaKind.STATISTICAL_NEIGHBOURS, kinds.statistical_neighbours
    yield AreaKind.REGION, kinds.region
    yield AreaKind.ENGLAND, kinds.england
    yield AreaKind.GOOD_OUTSTANDING, kinds.good_outstanding
    yield AreaKind.OTHER, kinds.other
    yield AreaKind.AUTHORITY, kinds.own


def _phrases(kind: AreaKind | None, said: KindWords) -> Iterable[tuple[str, Entry]]:
    own = kind is AreaKind.AUTHORITY
    for where, phrases in (
        (Where.ANYWHERE, said.always),
        (Where.BESIDE_FIGURE, said.beside_figure),
        (Where.CELL, said.cell),
    ):
        for phrase in phrases:
            name = phrase if kind is AreaKind.OTHER else None
            yield fold(phrase), Entry(phrase, kind, name, is_own=own, where=where)
    for phrase in said.exact:
        name = phrase if kind is AreaKind.OTHER else None
        yield fold(phrase), Entry(phrase, kind, name, is_own=own, case=Case.EXACT)


def _authority(authority: Authority, gazetteer: Gazetteer, ambiguous: set[str]) -> Iterable[tuple[str, Entry]]:
    for printed in (*full_names(authority), *authority.short_names):
        bearer = gazetteer.find_name(printed) or authority
        folded = fold(printed)
        initials = not any(word[1:].islower() for word in printed.replace("&", " ").split())
        entry = Entry(
            printed,
            AreaKind.AUTHORITY,
            bearer.name,
            bearer.gss_code,
            case=Case.EXACT if initials else Case.CAPITAL,
            is_place=True,
            ambiguous=folded in ambiguous,
        )
        for form in {folded, folded.replace(" & ", " and "), folded.replace(" and ", " & "), folded.replace("-", " ")}:
            yield form, entry
