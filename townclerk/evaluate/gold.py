"""Reading gold: what a careful analyst would record from a report, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from townclerk.models.errors import UnreadableError, why_unread
from townclerk.models.period import parse_code
from townclerk.models.units import Direction, Rag, Role, Status, Unit


def _period_code(code: str) -> str:
    parse_code(code)
    return code


PeriodCode = Annotated[str, AfterValidator(_period_code)]


_FAULTS_TOLD = 20
"""So many faults are told to a person: the wrong file has one or more in every line."""


class Difficulty(StrEnum):
    """How hard an observation is for a reader."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class GoldRecord(BaseModel):
    """A frozen part of a gold file that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldChange(GoldRecord):
    """A change stated for a figure."""

    value: float
    unit: Unit
    direction: Direction | None = None
    from_period: PeriodCode | None = None


class GoldRank(GoldRecord):
    """A rank stated for a figure."""

    position: int
    of: int | None = None


class GoldLine(GoldRecord):
    """One observation as an analyst recorded it; the fields are those of `gold-format.md`."""

    doc: str
    n: int
    page: int | None = None
    indicator: str | None
    label: str
    value: float | None
    status: Status = Status.REPORTED
    unit: Unit
    role: Role
    area: str | None
    period: PeriodCode | None
    numerator: float | None = None
    denominator: float | None = None
    change: GoldChange | None = None
    rank: GoldRank | None = None
    quartile: int | None = Field(default=None, ge=1, le=4)
    rag: Rag | None = None
    direction: Direction | None = None
    quotes: list[str] = Field(min_length=1)
    commentary: str | None = None
    difficulty: Difficulty = Difficulty.MEDIUM
    note: str | None = None
    accept: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _value_and_status(self) -> GoldLine:
        if self.value is None and self.status is Status.REPORTED:
            raise ValueError("value is null, so status must say why (suppressed, not_available or unreadable)")
        return self

    @property
    def ids(self) -> frozenset[str]:
        """Every indicator id that a fair reader could choose; empty where the catalogue lacks the measure."""
        return frozenset() if self.indicator is None else frozenset((self.indicator, *self.accept))


@dataclass(slots=True)
class GoldDocument:
    """The gold of one report.

    Attributes:
        name: The report's file stem.
        lines: Its gold lines.
        pages: The pages that were labelled; None where all were.
        path: The gold file.
    """

    name: str
    path: Path
    lines: list[GoldLine] = field(default_factory=list)
    pages: frozenset[int] | None = None


class GoldError(UnreadableError):
    """A gold file is faulty.

    Attributes:
        faults: Every fault found, each as `file:line: what is wrong`.
    """

    def __init__(self, faults: list[str]) -> None:
        more = [f"and {len(faults) - _FAULTS_TOLD:,} faults more"] if len(faults) > _FAULTS_TOLD else []
        super().__init__("\n".join(faults[:_FAULTS_TOLD] + more))
        self.faults = faults


def read_gold(source: Path) -> dict[str, GoldDocument]:
    """Read a gold file, or every `.jsonl` file of a folder, with the `.pages` files beside them.

    Args:
        source: A file or folder.

    Returns:
        The gold of each report by the report's file stem. An empty file is the gold of a report without observations.

    Raises:
        GoldError: If there is no gold, or with every fault of the files, each with file and line.
    """
    paths = sorted(source.glob("*.jsonl")) if source.is_dir() else [source]
    if not paths:
        raise GoldError([f"{source}: holds no .jsonl file; give a gold file or a folder of them"])
    documents: dict[str, GoldDocument] = {}
    faults: list[str] = []
    for path in paths:
        _read_file(path, documents, faults)
    if faults:
        raise GoldError(faults)
    return documents


def gold_stem(path: Path) -> str:
    """The report's file stem that a gold file is named after (`STEM.jsonl` or `STEM.gold.jsonl`)."""
    return path.name.removesuffix(".jsonl").removesuffix(".gold")


def _read_file(path: Path, documents: dict[str, GoldDocument], faults: list[str]) -> None:
    """Add the documents of one gold file, and its faults."""
    lines = list(_lines(path, faults))
    for name in sorted({line.doc for line in lines} or {gold_stem(path)}):
        document = documents.setdefault(name, GoldDocument(name, path))
        document.lines.extend(line for line in lines if line.doc == name)
        document.pages = _pages(path.with_name(f"{name}.pages"), faults)


def _lines(path: Path, faults: list[str]) -> Iterator[GoldLine]:
    """The sound lines of a gold file; what is wrong with the others goes to `faults`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        faults.append(f"{path}: cannot be read ({why_unread(fault)}); give a UTF-8 JSON Lines file")
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield GoldLine.model_validate_json(line)
        except ValidationError as fault:
            if '"observation_id"' in line:
                faults.append(f"{path}:{number}: is an observation, no gold; name the gold first, then the reports")
                return
            faults.extend(f"{path}:{number}: {said}" for said in _said(fault.errors()))


def _said(errors: Iterable[Any]) -> Iterator[str]:
    """Validation faults, each in one line."""
    for error in errors:
        where = ".".join(str(step) for step in error["loc"])
        yield f"{where}: {error['msg']}" if where else str(error["msg"])


def _pages(path: Path, faults: list[str]) -> frozenset[int] | None:
    """The page numbers of a `.pages` file, None where there is no such file."""
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        return frozenset(TypeAdapter(list[int]).validate_python(content, strict=True))
    except (OSError, ValueError) as fault:
        faults.append(f"{path}:1: must hold a JSON list of page numbers ({str(fault).splitlines()[0]})")
        return None
