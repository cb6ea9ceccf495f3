"""Made-up authorities, people and committees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from pydantic import BaseModel

from townclerk.patterns.yaml_files import load_yaml

_NEIGHBOURS = 10


class Names(BaseModel):
    """Parts that names are composed of (`names.yaml`)."""

    starts: list[str]
    ends: list[str]
    doubles: list[str]
    rivers: list[str]
    real_fragments: list[str]
    titles: list[str]
    regions: list[str]
    committees: list[str]
    first: list[str]
    last: list[str]
    posts: list[str]


@dataclass(slots=True, frozen=True)
class Home:
    """The reporting authority.

    Attributes:
        name: Its plain name ("Wexcombe").
        title: Its full title ("Wexcombe Borough Council").
        region: One of England's nine regions.
        neighbours: Ten other made-up authorities, its statistical neighbours.
    """

    name: str
    title: str
    region: str
    neighbours: tuple[str, ...]


@cache
def load_names() -> Names:
    """The parts, checked."""
    return load_yaml(Path(__file__).parent / "names.yaml", Names)


def invent_home(rng: Random) -> Home:
    """An authority with its neighbours; all names differ."""
    names = load_names()
    found: list[str] = []
    while len(found) < _NEIGHBOURS + 1:
        name = _invent_name(rng, names)
        if name not in found:
            found.append(name)
    home = found[0]
    title = rng.choice(names.titles)
    if home.endswith("shire"):
        title = "{n} County Council"
    region = "London" if title.startswith("London") else rng.choice(names.regions[:-1])
    return Home(home, title.format(n=home), region, tuple(found[1:]))


def invent_person(rng: Random) -> tuple[str, str]:
    """A name and a post."""
    names = load_names()
    return f"{rng.choice(names.first)} {rng.choice(names.last)}", rng.choice(names.posts)


def _invent_name(rng: Random, names: Names) -> str:
    simple = _simple(rng, names)
    if rng.random() < 0.12:
        pattern = rng.choice(names.doubles)
        return pattern.format(a=simple, b=_simple(rng, names), r=rng.choice(names.rivers))
    return simple


def _simple(rng: Random, names: Names) -> str:
    while True:
        name = rng.choice(names.starts) + rng.choice(names.ends)
        if name.lower() not in names.real_fragments:
            return name
