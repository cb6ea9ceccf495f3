"""The words that give a table's columns their meaning, loaded from `tables.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict

from townclerk.models.units import Direction, Rag, Unit
from townclerk.patterns.yaml_files import load_yaml, shipped


class ColumnKind(StrEnum):
    """What the cells of a column are."""

    TARGET = "target"
    ACTUAL = "actual"
    PREVIOUS = "previous"
    IGNORED = "ignored"
    RANK = "rank"
    QUARTILE = "quartile"
    RAG = "rag"
    DIRECTION = "direction"
    POLARITY = "polarity"
    UNIT = "unit"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    COMMENT = "comment"
    REF = "ref"
    LABEL = "label"
    FREQUENCY = "frequency"
    DATE = "date"
    OWNER = "owner"
    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate"


class TablesFile(BaseModel):
    """The shape of `tables.yaml`."""

    model_config = ConfigDict(extra="forbid")

    columns: dict[ColumnKind, list[str]]
    units: dict[Unit, list[str]]
    marks: dict[str, list[str]]
    polarity: list[str]
    frequencies: list[str]
    says: dict[str, list[str]]
    totals: list[str]
    name_links: list[str]
    council_words: list[str]
    facets: list[str]


@dataclass(slots=True, frozen=True)
class TableWords:
    """Compiled table words.

    Attributes:
        columns: Patterns of column kinds, the longest phrase first, each with its kind and length.
        units: Patterns of units, the longest first.
        marks: What a direction or status cell says, by its text in lower case.
        polarity: Cells that say which way is better, in lower case.
        frequencies: Cells that say how often a measure is reported, in lower case.
        sayings: Patterns of what words near a table say of its values.
        totals: Heads and labels of the whole authority's figure beside its parts, in lower case.
        name_links: Words in lower case inside the names of places.
        council_words: Words of an authority's full name that its short name leaves out, in lower case.
        facets: Headings that open one side of the measure above them, in lower case.
    """

    columns: tuple[tuple[re.Pattern[str], ColumnKind, int], ...]
    units: tuple[tuple[re.Pattern[str], Unit], ...]
    marks: dict[str, Direction | Rag]
    polarity: frozenset[str]
    frequencies: frozenset[str]
    sayings: dict[str, tuple[re.Pattern[str], ...]]
    totals: frozenset[str]
    name_links: frozenset[str]
    council_words: frozenset[str]
    facets: frozenset[str]

    def says(self, what: str, text: str) -> bool:
        """True where a text has words for `what` ("cumulative", "annual")."""
        return any(pattern.search(text) for pattern in self.sayings[what])

    def column_kinds(self, head: str) -> list[tuple[ColumnKind, int]]:
        """The kinds whose words stand in a column head, each with the length of its longest phrase, longest first."""
        found: dict[ColumnKind, int] = {}
        for pattern, kind, length in self.columns:
            if kind not in found and pattern.search(head):
                found[kind] = length
        return sorted(found.items(), key=lambda pair: -pair[1])

    def is_unit(self, text: str) -> bool:
        """True for a text that is the name of a unit and nothing else."""
        return any(pattern.fullmatch(text) for pattern, _ in self.units)

    def unit(self, text: str) -> Unit | None:
        """The unit that words of a heading, head or unit cell name, None where they name none."""
        for pattern, unit in self.units:
            if pattern.search(text):
                return unit
        return None


@cache
def table_words() -> TableWords:
    """The shipped table words, compiled once.

    Raises:
        PatternError: If `tables.yaml` is faulty.
    """
    file = load_yaml(shipped("tables.yaml"), TablesFile)
    columns = [(phrase, kind) for kind, phrases in file.columns.items() for phrase in phrases]
    units = [(phrase, unit) for unit, phrases in file.units.items() for phrase in phrases]
    marks: dict[str, Direction | Rag] = {}
    for name, texts in file.marks.items():
        meaning: Direction | Rag = Rag(name) if name in set(Rag) else Direction(name)
        marks.update({text.lower(): meaning for text in texts})
    return TableWords(
        tuple((_whole(p), kind, len(p)) for p, kind in sorted(columns, key=lambda pair: -len(pair[0]))),
        tuple((_whole(p), unit) for p, unit in sorted(units, key=lambda pair: -len(pair[0]))),
        marks,
        frozenset(file.polarity),
        frozenset(file.frequencies),
        {what: tuple(_whole(phrase) for phrase in phrases) for what, phrases in file.says.items()},
        frozenset(file.totals),
        frozenset(file.name_links),
        frozenset(file.council_words),
        frozenset(file.facets),
    )


def _whole(phrase: str) -> re.Pattern[str]:
    """A pattern that finds a phrase as whole words, any white space between."""
    body = r"\s+".join(re.escape(word) for word in phrase.split())
    before = r"(?<!\w)" if phrase[0].isalnum() else ""
    # A flattened tile glues the next word to a number: "per 10,000Target".
    after = r"(?!\d)" if phrase[-1].isdigit() else r"(?!\w)" if phrase[-1].isalnum() else ""
    return re.compile(f"{before}{body}{after}", re.IGNORECASE)
