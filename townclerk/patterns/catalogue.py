"""The catalogue of indicators: the shipped packs and the user's own, checked and put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from townclerk.models.errors import PatternError
from townclerk.models.indicator import Indicator
from townclerk.models.units import Unit
from townclerk.patterns.concepts import ConceptFile, load_concepts
from townclerk.patterns.packs import IndicatorEntry, Pack, Wording
from townclerk.patterns.yaml_files import load_yaml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

VERSION = "2026.11"
"""Version of the shipped packs, written into every observation."""


@dataclass(slots=True)
class Catalogue:
    """All measures known, and how they are named.

    Attributes:
        indicators: The measures by id.
        wordings: How each is named: one wording for its own entry, more where packs add to it.
        concepts: The concepts that rules are made of.
        version: Version of the packs; user packs add their names.
        own_names: Phrases that the user's packs and project files name measures with.
    """

    indicators: dict[str, Indicator]
    wordings: dict[str, list[Wording]]
    concepts: ConceptFile
    version: str
    own_names: frozenset[str] = frozenset()
    _families: dict[tuple[str, Unit], list[str]] = field(default_factory=dict, repr=False)
    _codes: set[str] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        national = tuple(self.concepts.code_prefixes)
        for indicator in self.indicators.values():
            self._codes.update(_bare(code) for code in indicator.codes if code.startswith(national))
            if indicator.family:
                self._families.setdefault((indicator.family, indicator.unit), []).append(indicator.id)

    def is_code(self, text: str) -> bool:
        """True for a national code of a measure ("NI 64"), as printed."""
        return _bare(text) in self._codes

    def family(self, indicator_id: str | None) -> str | None:
        """The name shared by a subject's measures in different units, or the measure's own where it has none."""
        known = self.indicators.get(indicator_id or "")
        return indicator_id if known is None else known.family or known.id

    def sibling(self, indicator_id: str, unit: Unit) -> str | None:
        """The measure of the same subject that is counted in `unit`.

        Returns:
            `indicator_id` itself where its unit agrees; None where the family has no measure, or more than one, in
            that unit.
        """
        indicator = self.indicators[indicator_id]
        if indicator.unit is unit:
            return indicator_id
        if indicator.family is None:
            return None
        found = self._families.get((indicator.family, unit), [])
        catalogued = [sibling for sibling in found if self.indicators[sibling].in_catalogue]
        chosen = catalogued or found
        return chosen[0] if len(chosen) == 1 else None


def shipped_packs() -> list[Traversable]:
    """The pack files of the installed package, in name order."""
    folder = files("townclerk.patterns").joinpath("indicators")
    return sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name)


def load_catalogue(packs: Sequence[Path] = ()) -> Catalogue:
    """Put the shipped packs and the user's own together; a later pack replaces a measure of the same id.

    Args:
        packs: The user's pack files, in order.

    Raises:
        PatternError: With every fault of every pack.
    """
    if packs:
        from townclerk.patterns.checking import check_packs  # noqa: PLC0415 - the shipped packs are checked by tests

        if faults := check_packs(packs, shipped_packs()):
            raise PatternError(faults)
    shipped = shipped_packs()
    loaded = _load_all([*shipped, *packs])
    indicators: dict[str, Indicator] = {}
    wordings: dict[str, list[Wording]] = {}
    for pack in loaded:
        for entry in pack.indicators:
            indicators[entry.id] = to_indicator(entry, pack.domain)
            wordings[entry.id] = [entry]
    for pack in loaded:
        for indicator_id, wording in pack.wording.items():
            wordings[indicator_id].append(wording)
    version = "+".join([VERSION, *(path.stem for path in packs)])
    own = [wording for pack in loaded[len(shipped) :] for wording in (*pack.indicators, *pack.wording.values())]
    names = frozenset(phrase for wording in own for phrase in wording.phrases)
    return Catalogue(indicators, wordings, load_concepts(), version, names)


def _load_all(sources: Iterable[Path | Traversable]) -> list[Pack]:
    """Read the packs, gathering the faults of all before any is raised."""
    loaded: list[Pack] = []
    faults: list[str] = []
    for source in sources:
        try:
            loaded.append(load_yaml(source, Pack))
        except PatternError as fault:
            faults.extend(fault.faults)
    if faults:
        raise PatternError(faults)
    return loaded


def to_indicator(entry: IndicatorEntry, domain: str) -> Indicator:
    """The catalogue's record of a pack's entry."""
    low, high = entry.bounds or (None, None)
    return Indicator(
        id=entry.id,
        name=entry.name,
        domain=domain,
        unit=entry.unit,
        polarity=entry.polarity,
        population=entry.population,
        numerator=entry.numerator,
        denominator=entry.denominator,
        period_kind=entry.period_kind,
        plausible_min=low,
        plausible_max=high,
        least_whole=entry.least_whole,
        codes=tuple(entry.codes),
        confusable_with=frozenset(entry.confusable_with),
        family=entry.family,
        source=entry.source,
        in_catalogue=entry.in_catalogue,
    )


def _bare(code: str) -> str:
    """A national code as it is compared: "NI 64" and "ni64" are the same."""
    return "".join(code.split()).lower()
