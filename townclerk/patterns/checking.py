"""Finding all faults of indicator packs at once, each with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from townclerk.models.errors import PatternError
from townclerk.patterns.concepts import ConceptFile, load_concepts
from townclerk.patterns.grammar import spell_out
from townclerk.patterns.packs import IndicatorEntry, Pack, Wording
from townclerk.patterns.token_checks import pattern_faults
from townclerk.patterns.yaml_files import line_of, load_yaml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Place = tuple[int | str, ...]


class PackFile:
    """A pack that could be read, and where its parts stand."""

    def __init__(self, source: Path | Traversable) -> None:
        self.name = str(source)
        self.pack = load_yaml(source, Pack)
        self._root = yaml.compose(source.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)

    def fault(self, place: Place, words: str) -> str:
        """A fault at a place (keys and indexes from the top)."""
        return f"{self.name}:{line_of(self._root, place)}: {words}"

    def wordings(self) -> Iterator[tuple[str, Place, Wording]]:
        """Every wording in it: the measure's id, the place, the wording."""
        for index, entry in enumerate(self.pack.indicators):
            yield entry.id, ("indicators", index), entry
        for indicator_id, wording in self.pack.wording.items():
            yield indicator_id, ("wording", indicator_id), wording


def check_packs(paths: Sequence[Path | Traversable], base: Sequence[Path | Traversable] = ()) -> list[str]:
    """All faults of some packs, in order of file and line.

    Args:
        paths: The packs to check.
        base: Sound packs that they build on; the shipped ones, as a rule.
    """
    faults: list[str] = []
    read: list[PackFile] = []
    for path in paths:
        try:
            read.append(PackFile(path))
        except PatternError as fault:
            faults.extend(fault.faults)
    known = {entry.id for source in base for entry in load_yaml(source, Pack).indicators}
    known |= {entry.id for file in read for entry in file.pack.indicators}
    concepts = load_concepts()
    faults.extend(_twice(read))
    for file in read:
        for index, entry in enumerate(file.pack.indicators):
            faults.extend(_entry_faults(file, ("indicators", index), entry, known))
        unknown = [indicator_id for indicator_id in file.pack.wording if indicator_id not in known]
        faults.extend(file.fault(("wording", name), f"no measure has the id {name}") for name in unknown)
        for _, place, wording in file.wordings():
            faults.extend(_wording_faults(file, place, wording, concepts))
            faults.extend(
                file.fault((*place, "patterns", index), words)
                for index, pattern in enumerate(wording.patterns)
                for words in pattern_faults(pattern)
            )
    return [*faults, *_shared_phrases(read)]


def _twice(files: list[PackFile]) -> Iterator[str]:
    """Measures that are defined more than once."""
    first: dict[str, str] = {}
    for file in files:
        for index, entry in enumerate(file.pack.indicators):
            place = ("indicators", index, "id")
            if entry.id in first:
                yield file.fault(place, f"{entry.id} is defined already at {first[entry.id]}; give each id once")
            else:
                first[entry.id] = file.fault(place, "").removesuffix(": ")


def _entry_faults(file: PackFile, place: Place, entry: IndicatorEntry, known: set[str]) -> Iterator[str]:
    """What is wrong with one measure's definition."""
    if entry.bounds and entry.bounds[0] >= entry.bounds[1]:
        yield file.fault((*place, "bounds"), f"bounds of {entry.id} are reversed: the lower comes first")
    for index, other in enumerate(entry.confusable_with):
        if other not in known:
            yield file.fault((*place, "confusable_with", index), f"no measure has the id {other}")
        if other == entry.id:
            yield file.fault((*place, "confusable_with", index), f"{other} cannot be mistaken for itself")
    if not (entry.phrases or entry.everyday or entry.rules or entry.patterns):
        yield file.fault(place, f"{entry.id} has neither phrases nor rules: nothing would ever find it")


def _wording_faults(file: PackFile, place: Place, wording: Wording, concepts: ConceptFile) -> Iterator[str]:
    """What is wrong with phrases and rules."""
    for index, rule in enumerate(wording.rules):
        for part in ("needs", "may", "without", "misprints"):
            for number, group in enumerate(getattr(rule, part)):
                for name in group.split("|"):
                    if name not in concepts.concepts:
                        yield file.fault((*place, "rules", index, part, number), f"no concept is called {name!r}")
        both = sorted(set(rule.may) & set(rule.without))
        if both:
            yield file.fault((*place, "rules", index), f"{', '.join(both)} cannot be both allowed and forbidden")
    for part in ("phrases", "everyday"):
        for index, phrase in enumerate(getattr(wording, part)):
            if not phrase.strip():
                yield file.fault((*place, part, index), "an empty phrase would stand everywhere")
            try:
                spell_out(phrase)
            except ValueError as fault:
                yield file.fault((*place, part, index), str(fault))


def _shared_phrases(files: list[PackFile]) -> Iterator[str]:
    """Phrases of two measures that no pack says are shared on purpose."""
    shared = {phrase.casefold() for file in files for phrase in file.pack.shared}
    first: dict[str, tuple[str, str]] = {}
    for file in files:
        for indicator_id, place, wording in file.wordings():
            for part in ("phrases", "everyday"):
                for index, phrase in enumerate(getattr(wording, part)):
                    fault = file.fault((*place, part, index), "")
                    owner, where = first.setdefault(phrase.casefold(), (indicator_id, fault))
                    if owner != indicator_id and phrase.casefold() not in shared:
                        yield (
                            f"{fault}{phrase!r} names {owner} too ({where.removesuffix(': ')}); "
                            "list it under `shared` if that is meant"
                        )
