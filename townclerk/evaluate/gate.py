"""Floors under the measures: a change may raise them, lowering one needs a stated reason.

The floors stand in a JSON file together with a fingerprint of the data they were measured on, so that nobody compares
measures of one set of reports with floors of another. The program is deterministic: there is no noise margin, only one
for the last digit written.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from townclerk.models.errors import UnreadableError, UsageError

DIGITS = 4


class Suite(BaseModel):
    """A set of data and what was measured on it.

    Attributes:
        fingerprint: Digest of the data.
        measures: Measures by name; higher is better.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: str
    measures: dict[str, float]


class Lowered(BaseModel):
    """A floor that was lowered, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    suite: str
    measure: str
    before: float
    after: float
    reason: str = Field(min_length=1)


class Floors(BaseModel):
    """The content of the floors file.

    Attributes:
        suites: Floors by suite.
        lowered: Every floor that was ever lowered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    suites: dict[str, Suite] = Field(default_factory=dict)
    lowered: list[Lowered] = Field(default_factory=list)


def fingerprint(paths: Iterable[Path], root: Path) -> str:
    """A digest of files and their names below `root`; line ends do not count, since checkouts change them."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.relative_to(root).as_posix()):
        content = path.read_bytes()
        plain = content if b"\0" in content else content.replace(b"\r\n", b"\n")
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(plain).digest())
    return digest.hexdigest()


def load_floors(path: Path) -> Floors:
    """Read a floors file; one that does not exist holds no floors.

    Raises:
        UnreadableError: If it cannot be read or is faulty.
    """
    if not path.exists():
        return Floors()
    try:
        return Floors.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as fault:
        raise UnreadableError(f"{path}: is no floors file ({fault}); restore it from version control") from None


def save_floors(floors: Floors, path: Path) -> None:
    """Write a floors file, whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(floors.model_dump(), indent=2, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    part.replace(path)


def check(measured: Mapping[str, Suite], floors: Floors) -> list[str]:
    """What keeps the gate shut, each in one line; nothing where it opens."""
    faults: list[str] = []
    for name, suite in sorted(measured.items()):
        pinned = floors.suites.get(name)
        if pinned is None:
            faults.append(f"{name}: has no floors; pin them with --update")
        elif pinned.fingerprint != suite.fingerprint:
            faults.append(f"{name}: the data changed since the floors were set; look at the measures, then --update")
        else:
            faults += _below(name, suite, pinned)
    faults += [f"{name}: has floors but was not measured" for name in sorted(floors.suites.keys() - measured.keys())]
    return faults


def update(measured: Mapping[str, Suite], floors: Floors, reason: str | None = None) -> Floors:
    """Floors raised to what was measured.

    Args:
        measured: The suites as measured now.
        floors: The floors so far.
        reason: Why a floor may be lowered; without it none is.

    Raises:
        UsageError: If a floor would be lowered without a reason.
    """
    suites = dict(floors.suites)
    lowered: list[Lowered] = []
    for name, suite in sorted(measured.items()):
        before = floors.suites[name].measures if name in floors.suites else {}
        after = {measure: _rounded(value) for measure, value in suite.measures.items()}
        lowered += [
            Lowered(suite=name, measure=measure, before=floor, after=after.get(measure, 0.0), reason=reason or "?")
            for measure, floor in sorted(before.items())
            if after.get(measure, 0.0) < floor
        ]
        suites[name] = Suite(fingerprint=suite.fingerprint, measures=after)
    if lowered and not (reason and reason.strip()):
        said = "; ".join(f"{each.suite} {each.measure} {each.before} to {each.after}" for each in lowered)
        raise UsageError(f"floors would be lowered ({said}); mend the cause, or say why with --allow-regression REASON")
    return Floors(suites=suites, lowered=[*floors.lowered, *lowered])


def _below(name: str, suite: Suite, pinned: Suite) -> list[str]:
    """The measures of a suite that are below their floors or gone."""
    faults: list[str] = []
    for measure, floor in sorted(pinned.measures.items()):
        value = suite.measures.get(measure)
        if value is None:
            faults.append(f"{name} {measure}: is measured no longer (floor {floor})")
        elif _rounded(value) < floor:
            faults.append(f"{name} {measure}: {value:.{DIGITS}f} is below the floor {floor:.{DIGITS}f}")
    return faults


def _rounded(value: float) -> float:
    """Rounded down, so that a floor is never above what it was measured from (but for binary dust)."""
    scale = float(10**DIGITS)
    return math.floor(value * scale + 1e-6) / scale
