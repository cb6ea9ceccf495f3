"""What a change of rules or packs does to real reports: two outputs side by side.

Observations of one document are paired first by id, then by place: the same words, printed with the same value, read
otherwise. What has no counterpart appeared or vanished.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from townclerk.evaluate.inputs import OBSERVATION_SUFFIXES, read_observations
from townclerk.evaluate.matching import maximum_matching
from townclerk.models.errors import UnreadableError
from townclerk.models.observation import Observation

# Confidence and what explains it move with every refit, so they are summed up, not listed as changes of the reading.
_NOT_THE_READING = frozenset(
    {"observation_id", "confidence", "reasons", "alternatives", "extractor_version", "pattern_version", "document"}
)


@dataclass(slots=True)
class Changed:
    """One figure read in two ways.

    Attributes:
        old: The observation before.
        new: The observation after.
        fields: The fields that differ, each with the value before and after.
    """

    old: Observation
    new: Observation
    fields: dict[str, tuple[Any, Any]]


@dataclass(slots=True)
class Difference:
    """Two outputs compared.

    Attributes:
        appeared: Observations only in the new output.
        vanished: Observations only in the old output.
        changed: Figures in both that are read differently.
        same: How many observations read the same in both.
        largest_move: The greatest change of confidence among figures in both; 0 where none carries one.
    """

    appeared: list[Observation] = field(default_factory=list)
    vanished: list[Observation] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0
    largest_move: float = 0.0


def compare_files(old: Path, new: Path) -> Difference:
    """Compare two JSON Lines files of observations, or two folders of them.

    Raises:
        UnreadableError: If either cannot be read, or a line is no observation.
    """
    return compare(_read(old), _read(new))


def compare(old: Iterable[Observation], new: Iterable[Observation]) -> Difference:
    """Compare two outputs, document by document (by file name)."""
    difference = Difference()
    before, after = _by_document(old), _by_document(new)
    for name in sorted(before.keys() | after.keys()):
        _compare_document(before.get(name, []), after.get(name, []), difference)
    return difference


def _read(source: Path) -> list[Observation]:
    """The observations of a file, or of every JSON Lines file of a folder."""
    if not source.is_dir():
        return read_observations(source)
    paths = sorted(path for path in source.iterdir() if path.suffix.lower() in OBSERVATION_SUFFIXES)
    if not paths:
        raise UnreadableError(f"{source}: holds no .jsonl file; give what townclerk extract wrote")
    return [seen for path in paths for seen in read_observations(path)]


def _by_document(observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    grouped: dict[str, list[Observation]] = {}
    for seen in observations:
        grouped.setdefault(seen.document.name, []).append(seen)
    return grouped


def _compare_document(old: list[Observation], new: list[Observation], difference: Difference) -> None:
    """Pair the observations of one document, strictest rule first, and file what remains."""
    rules: tuple[Callable[[Observation, Observation], bool], ...] = (_same_id, _same_figure, _same_measure)
    for rule in rules:
        edges = [_ranked(each, new, rule) for each in old]
        partners = maximum_matching(edges)
        for left, right in sorted(partners.items()):
            _file(old[left], new[right], difference)
        taken = set(partners.values())
        old = [each for index, each in enumerate(old) if index not in partners]
        new = [each for index, each in enumerate(new) if index not in taken]
    difference.vanished += old
    difference.appeared += new


def _ranked(
    old: Observation, new: Sequence[Observation], rule: Callable[[Observation, Observation], bool]
) -> list[int]:
    """The new observations that the rule allows, the one with the fewest differences first."""
    return [index for _, index in sorted((len(_fields(old, seen)), i) for i, seen in enumerate(new) if rule(old, seen))]


def _file(old: Observation, new: Observation, difference: Difference) -> None:
    """File a pair as the same or as changed."""
    if old.confidence is not None and new.confidence is not None:
        difference.largest_move = max(difference.largest_move, abs(new.confidence - old.confidence))
    fields = _fields(old, new)
    if fields:
        difference.changed.append(Changed(old, new, fields))
    else:
        difference.same += 1


def _fields(old: Observation, new: Observation) -> dict[str, tuple[Any, Any]]:
    """The fields of the reading that differ."""
    names = [name for name in Observation.model_fields if name not in _NOT_THE_READING]
    return {
        name: (getattr(old, name), getattr(new, name)) for name in names if getattr(old, name) != getattr(new, name)
    }


def _same_id(old: Observation, new: Observation) -> bool:
    return old.observation_id == new.observation_id


def _same_figure(old: Observation, new: Observation) -> bool:
    """The same printed value in the same words."""
    return old.value_text == new.value_text and _overlap(old, new)


def _same_measure(old: Observation, new: Observation) -> bool:
    """The same measure in the same words, perhaps with another value."""
    return old.indicator_id == new.indicator_id and old.role == new.role and _overlap(old, new)


def _overlap(old: Observation, new: Observation) -> bool:
    """True where the first pieces of evidence share a character."""
    if not old.evidence or not new.evidence:
        return False
    first, second = old.evidence[0], new.evidence[0]
    return first.page == second.page and first.start < second.end and second.start < first.end
