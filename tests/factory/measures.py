"""The factory's own table of measures (`measures.yaml`) and the words that differ from council to council."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from townclerk.models.units import Unit
from townclerk.patterns.yaml_files import load_yaml

HERE = Path(__file__).parent


class Measure(BaseModel):
    """One measure: how its numbers behave, and how reports call it. Fields are explained in `measures.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str
    domain: str
    unit: Unit
    kind: Literal["stock", "flow", "academic"]
    better: Literal["high", "low", "none"]
    rate: tuple[float, float] | None = None
    of: str | None = None
    share: tuple[float, float] | None = None
    size: tuple[float, float] | None = None
    num: str | None = None
    level: tuple[float, float] | None = None
    rate_of: str | None = None
    flows: tuple[str, str] | None = None
    counted: bool = False
    over: float = 1.0
    whole: bool = False
    since: int = Field(default=0, alias="from")
    until: int = 9999
    names: list[str]
    short: list[str]
    codes: list[str] = []
    legacy: list[str] = []
    np: list[str] = []
    pop: list[str] = []
    did: list[str] = []
    things: list[str] = []
    who: bool = False


class _Measures(BaseModel):
    measures: list[Measure]


class _Lists(BaseModel):
    model_config = ConfigDict(extra="forbid")

    names: list[str] | None = None
    short: list[str] | None = None
    codes: list[str] | None = None
    legacy: list[str] | None = None
    np: list[str] | None = None
    pop: list[str] | None = None
    did: list[str] | None = None
    things: list[str] | None = None


class _Wording(BaseModel):
    """Other words for measures, by id; only the lists given replace those of `measures.yaml`."""

    model_config = ConfigDict(extra="forbid")

    measures: dict[str, _Lists]
    slots: dict[str, list[str]] = {}


class _Slots(BaseModel):
    slots: dict[str, list[str]]


@cache
def load_measures(part: str = "open") -> dict[str, Measure]:
    """All measures by id, in the words of a part ("open", or another with its `words.yaml` over it)."""
    measures = {measure.id: measure for measure in load_yaml(HERE / "measures.yaml", _Measures).measures}
    words = _words(part)
    if words is not None:
        for name, lists in words.measures.items():
            measures[name] = measures[name].model_copy(update=lists.model_dump(exclude_none=True))
    return measures


@cache
def load_slots(part: str = "open") -> dict[str, list[str]]:
    """For each slot the words to choose from."""
    words = _words(part)
    return load_yaml(HERE / "slots.yaml", _Slots).slots | (words.slots if words else {})


def _words(part: str) -> _Wording | None:
    path = HERE / part / "words.yaml"
    return load_yaml(path, _Wording) if path.exists() else None
