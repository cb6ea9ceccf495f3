"""Sentences from pools: `<name>` stands for any line of the pool of that name, `{slot}` for words the caller gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random

from pydantic import RootModel

from townclerk.patterns.yaml_files import load_yaml

_POOL = re.compile(r"<(\w+)>")
_SLOT = re.compile(r"\{(\w+)\}")

Slots = Mapping[str, str | Callable[[], str]]


class _Pools(RootModel[dict[str, list[str]]]):
    pass


@cache
def load_pools(folders: tuple[Path, ...]) -> dict[str, list[str]]:
    """All pools of the YAML files in some folders; a later folder's pool replaces an earlier one of the same name."""
    pools: dict[str, list[str]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            pools.update(load_yaml(path, _Pools).root)
    return pools


class Grammar:
    """Pools of one part of the wording, drawn from with one source of chance."""

    def __init__(self, pools: Mapping[str, list[str]], rng: Random) -> None:
        self.pools = pools
        self.rng = rng

    def pick(self, pool: str) -> str:
        """One line of a pool with all its inner pools filled in, slots still open."""
        line = self.rng.choice(self.pools[pool])
        while match := _POOL.search(line):
            line = line[: match.start()] + self.rng.choice(self.pools[match[1]]) + line[match.end() :]
        return line

    def say(self, pool: str, slots: Slots | None = None) -> str:
        """One line of a pool with pools and slots filled in; a slot may be a function, called only if it is used."""
        return fill(self.pick(pool), slots or {})


def fill(line: str, slots: Slots) -> str:
    """Fill the slots of a line, from the left."""

    def one(match: re.Match[str]) -> str:
        given = slots[match[1]]
        return given if isinstance(given, str) else given()

    return tidy(_SLOT.sub(one, line))


def tidy(line: str) -> str:
    """Close up the blanks that empty slots leave."""
    line = re.sub(r"  +", " ", line).strip()
    return re.sub(r" ([,.;:])(?!\.)", r"\1", line)


def capital(words: str) -> str:
    """The words with a capital first letter; marks and opening brackets are passed over."""
    for position, character in enumerate(words):
        if character.isalpha() and ord(character) < 0xE000:
            return words[:position] + character.upper() + words[position + 1 :]
        if character.isdigit():
            break
    return words


def lower_first(words: str) -> str:
    """The words with a small first letter, unless they begin with an abbreviation, a code or a proper name."""
    first = words.split(" ", 1)[0]
    if len(first) > 1 and not first[1:].islower() and "-" not in first:
        return words
    return words[:1].lower() + words[1:]
