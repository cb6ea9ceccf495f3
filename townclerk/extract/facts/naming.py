"""Names of the gazetteer in running text and in web addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from townclerk.models.area import Authority
from townclerk.patterns.gazetteer import Gazetteer, full_names, normalise_name


def names_in(text: str, gazetteer: Gazetteer) -> Iterator[tuple[re.Match[str], Authority]]:
    """Known names in a text."""
    for match in gazetteer.names.finditer(text):
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
