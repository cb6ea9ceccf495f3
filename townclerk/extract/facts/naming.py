"""Names of the gazetteer in running text and in web addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from townclerk.models.area import Authority
from townclerk.patterns.area_words import load_area_words
from townclerk.patterns.gazetteer import Gazetteer, full_names, normalise_name


def name_pattern(gazetteer: Gazetteer) -> re.Pattern[str]:
    """Names of the gazetteer as printed in running text and in capitals.

    Those that are everyday words count only right before a word of an organisation ("Reading local authority").
    """
    words = load_area_words()
    ambiguous = set(words.ambiguous)
    names: set[str] = set()
    guarded: set[str] = set()
    for authority in gazetteer.authorities:
        for way in (*full_names(authority), *authority.short_names):
            if len(way) >= 4:
                spelt = {way, way.upper(), way.replace(" and ", " & ")}
                (guarded if normalise_name(way) in ambiguous else names).update(spelt)
    return _pattern_of(_longest_first(names), _longest_first(guarded), _longest_first(words.organisation.after))


def _longest_first(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda way: (-len(way), way)))


@lru_cache(maxsize=4)
def _pattern_of(names: tuple[str, ...], guarded: tuple[str, ...], behind: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for all names, the longest first."""
    plain, everyday, organisation = ("|".join(map(re.escape, words)) for words in (names, guarded, behind))
    beside = rf"(?:{everyday})(?=\s+(?i:{organisation})\b)"
    return re.compile(rf"(?<![\w-])(?:{plain}|{beside})(?![\w-])")


def names_in(text: str, pattern: re.Pattern[str], gazetteer: Gazetteer) -> Iterator[tuple[re.Match[str], Authority]]:
    """Known names in a text."""
    for match in pattern.finditer(text):
        authority = gazetteer.find_name(match[0])
        if authority is not None:
            yield match, authority


def by_host(host: str, gazetteer: Gazetteer) -> Authority | None:
    """The authority of a web host: its name run together, a short name, or the only name that begins so."""
    plain = host.replace("-", " ")
    if authority := gazetteer.find_name(plain):
        return authority
    compact = host.replace("-", "")
    begins: dict[str, Authority] = {}
    for authority in gazetteer.authorities:
        for way in (*full_names(authority), *authority.short_names):
            joined = normalise_name(way).replace(" ", "")
            if joined in (compact, compact.removesuffix("cc"), compact.removesuffix("council")):
                return authority
            if len(compact) >= 4 and joined.startswith(compact):
                begins[authority.name] = authority
    return next(iter(begins.values())) if len(begins) == 1 else None
