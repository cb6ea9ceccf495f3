"""Finding all faults of indicator packs at once, each with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from townclerk.models.errors import PatternError
from townclerk.patterns.concepts import ConceptFile, load_concepts
from townclerk.patterns.grammar import spell_out
from townclerk.patterns.packs import IndicatorEntry, Pack, Rule, Wording
from townclerk.patterns.token_checks import pattern_faults
from townclerk.patterns.yaml_files import line_of, load_yaml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Place = tuple[int | str, ...]

_PLACE = re.compile(r"(.*?):(\d+): ")
# How often faulty values are taken out of a pack before nothing more is made of it.
_ROUNDS = 5


class PackFile:
    """A pack that could be read, and where its parts stand."""

    def __init__(self, source: Path | Traversable) -> None:
        self.name = str(source)
        self.shape_faults: list[str] = []
        try:
            self.pack = load_yaml(source, Pack)
        except PatternError as fault:
            self.shape_faults = fault.faults
            self.pack = _what_is_sound(source)
        self._root = _composed(source)

    def fault(self, place: Place, words: str) -> str:
        """A fault at a place (keys and indexes from the top)."""
        return f"{self.name}:{line_of(self._root, place)}: {words}"

    def wordings(self) -> Iterator[tuple[str, Place, Wording]]:
        """Every wording in it: the measure's id, the place, the wording."""
        for index, entry in enumerate(self.pack.indicators):
            yield entry.id, ("indicators", index), entry
        for indicator_id, wording in self.pack.wording.items():
            yield indicator_id, ("wording", indicator_id), wording


# Values that stand for a measure's faulty ones, so that its other parts can still be checked.
_STAND_IN = {"id": "unnamed", "name": "unnamed", "unit": "count"}


def _composed(source: Path | Traversable) -> yaml.Node | None:
    """The file's nodes, for the lines of faults; None where it is no YAML at all."""
    try:
        return yaml.compose(source.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None


def _what_is_sound(source: Path | Traversable) -> Pack:
    """A faulty pack without its faulty values: what can still be held against the other packs and the concepts."""
    try:
        content = yaml.safe_load(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return Pack()
    for _ in range(_ROUNDS):
        try:
            return Pack.model_validate(content)
        except ValidationError as faults:
            for fault in faults.errors():
                content = _without(content, fault["loc"])
    return Pack()


def _without(content: Any, location: tuple[int | str, ...]) -> Any:
    """Content without the value at a place, or with one that stands for it where a measure needs it."""
    if not location or not isinstance(content, dict | list):
        return {}
    held = content
    for step in location[:-1]:
        inner = held[step] if isinstance(held, dict) and step in held else None
        if isinstance(held, list) and isinstance(step, int) and step < len(held):
            inner = held[step]
        if not isinstance(inner, dict | list):
            location = (*location[: location.index(step)], step)
            break
        held = inner
    last = location[-1]
    if isinstance(held, dict):
        held.pop(last, None)
        if location[0] == "indicators" and last in _STAND_IN:
            held[last] = _STAND_IN[str(last)]
    elif isinstance(held, list) and isinstance(last, int) and last < len(held):
        # A faulty entry of a list keeps its place, so that the lines of those behind it stay right.
        held[last] = dict(_STAND_IN) if location[0] == "indicators" and len(location) == 2 else ""
    return content


def check_packs(paths: Sequence[Path | Traversable], base: Sequence[Path | Traversable] = ()) -> list[str]:
    """All faults of some packs, in order of file and line.

    Args:
        paths: The packs to check.
        base: Sound packs that they build on; the shipped ones, as a rule.
    """
    faults: list[str] = []
    read: list[PackFile] = []
    for path in paths:
        file = PackFile(path)
        faults.extend(file.shape_faults)
        read.append(file)
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
    faults.extend(_shared_phrases(read))
    return sorted(faults, key=_file_and_line)


def _file_and_line(fault: str) -> tuple[str, int]:
    """Where a fault stands, to put faults in order."""
    place = _PLACE.match(fault)
    return (place[1], int(place[2])) if place else (fault, 0)


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
    named = entry.phrases or entry.everyday or entry.rules or entry.patterns
    if not named and not file.shape_faults:
        yield file.fault(place, f"{entry.id} has neither phrases nor rules: nothing would ever find it")


def _wording_faults(file: PackFile, place: Place, wording: Wording, concepts: ConceptFile) -> Iterator[str]:
    """What is wrong with phrases and rules."""
    for index, rule in enumerate(wording.rules):
        for behind, name in _concepts_of(rule):
            if name not in concepts.concepts:
                yield file.fault((*place, "rules", index, *behind), f"no concept is called {name!r}")
        both = sorted(set(rule.may) & set(rule.without))
        if both:
            yield file.fault((*place, "rules", index), f"{', '.join(both)} cannot be both allowed and forbidden")
    for behind, phrase in _phrases_of(wording):
        if not phrase.strip():
            yield file.fault((*place, *behind), "an empty phrase would stand everywhere")
        try:
            spell_out(phrase)
        except ValueError as fault:
            yield file.fault((*place, *behind), str(fault))


def _concepts_of(rule: Rule) -> Iterator[tuple[Place, str]]:
    """The concepts that a rule names, each with its place in the rule."""
    for part in ("needs", "may", "without", "misprints"):
        for number, group in enumerate(getattr(rule, part)):
            for name in group.split("|"):
                yield (part, number), name


def _phrases_of(wording: Wording) -> Iterator[tuple[Place, str]]:
    """The phrases of a wording, each with its place in it."""
    for part in ("phrases", "everyday"):
        for index, phrase in enumerate(getattr(wording, part)):
            yield (part, index), phrase


def _shared_phrases(files: list[PackFile]) -> Iterator[str]:
    """Phrases of two measures that no pack says are shared on purpose."""
    shared = {phrase.casefold() for file in files for phrase in file.pack.shared}
    first: dict[str, tuple[str, str]] = {}
    for file in files:
        for indicator_id, place, wording in file.wordings():
            for behind, phrase in _phrases_of(wording):
                fault = file.fault((*place, *behind), "")
                owner, where = first.setdefault(phrase.casefold(), (indicator_id, fault))
                if owner != indicator_id and phrase.casefold() not in shared:
                    yield (
                        f"{fault}{phrase!r} names {owner} too ({where.removesuffix(': ')}); "
                        "list it under `shared` if that is meant"
                    )
