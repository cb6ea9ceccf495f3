"""The words that give a table's columns their meaning, loaded from `tables.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from townclerk.models.units import DURATIONS, Direction, Rag, Unit
from townclerk.patterns.kept import kept
from townclerk.patterns.phrases import PhraseSet
from townclerk.patterns.yaml_files import load_yaml, shipped

# Words of a head shorter than this are too like others to be mended.
_LONG = 6
# A recogniser's "lndicator": no word begins so.
_SMALL_L = re.compile(r"^l(?=[b-df-hj-np-tv-xz])")
AROUND = " :.*()-–?"
"""What may stand around a head, or a cell that says there is no value, without meaning anything."""

_MOST_WORDS = 7
_LONGEST_REMEMBERED, _MOST_REMEMBERED = 80, 20_000
_AVERAGE = re.compile(r"\b(?:average|avg\.?|mean)\s+$", re.IGNORECASE)
_LIMIT = re.compile(r"\d\+?\s*(?:(?:working|calendar|school)\s+)?$", re.IGNORECASE)


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


NAMING_KINDS = frozenset({ColumnKind.LABEL, ColumnKind.REF})
"""Heads over what names a row."""
CORNER_KINDS = NAMING_KINDS | {ColumnKind.DATE}
"""Heads of a first column: over names, or over the times of the rows."""
ROLE_KINDS = frozenset({ColumnKind.TARGET, ColumnKind.ACTUAL, ColumnKind.PREVIOUS})
"""Heads that say what part a value plays."""
UNIT_KINDS = frozenset({ColumnKind.COUNT, ColumnKind.PERCENT, ColumnKind.RATE})
"""Heads that say in what values are told."""


class TablesFile(BaseModel):
    """The shape of `tables.yaml`."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    columns: dict[ColumnKind, list[str]]
    whole_heads: dict[ColumnKind, list[str]]
    head_words: dict[ColumnKind, frozenset[str]]
    fillers: frozenset[str]
    units: dict[Unit, list[str]]
    not_units: list[str]
    marks: dict[str, list[str]]
    polarity: list[str]
    arrow_digits: frozenset[int]
    judgements: list[str]
    statuses: list[str]
    bounding: list[str]
    explaining: list[str]
    named_numbers: list[str]
    bands: dict[int, list[str]]
    frequencies: list[str]
    letters: dict[ColumnKind, list[str]]
    no_value: list[str]
    says: dict[str, list[str]]
    totals: list[str]
    total_words: list[str]
    name_misprints: dict[str, str]
    name_links: list[str]
    council_words: list[str]
    facets: list[str]
    facet_bases: list[str]
    look_alikes: list[str]
    run_together: dict[str, str]
    other_head_words: list[str]
    spanning: list[str]
    numbered: list[str]
    continued: list[str]


@dataclass(slots=True, frozen=True)
class TableWords:
    """Compiled table words.

    Attributes:
        columns: Phrases of columns, the longest first.
        column_kinds_of: The kind and length of each.
        whole_heads: The kind of a head by all its words, in lower case, where nothing else is said.
        head_words: Words that settle a head made of nothing but them and fillers, the weightiest kind first.
        fillers: Words of a head that mean nothing by themselves.
        units: Phrases of units, the longest first.
        units_of: The unit of each.
        not_units: Phrases that begin as a unit does and name none.
        marks: What a direction or status cell says, by its text in lower case.
        polarity: Cells that say which way is better, in lower case.
        arrow_digits: Digits that a symbol font prints as arrows.
        judgements: Cells of a column of direction that name no way.
        statuses: Cells of a column of status that are no colour.
        bounding: Words that stand with a share in one cell and say on which side of it to be, in lower case.
        explaining: Words of heads that stand over what a measure means.
        named_numbers: Beginnings of labels that hold a number and are no references, in lower case.
        bands: The quartile that a cell of a column of quartiles names, by its text in lower case.
        frequencies: Cells that say how often a measure is reported, in lower case.
        letters: Single letters that cells of a kind of column say the same with, in lower case.
        no_value: Cells that stand where a target or value would, and say that there is none, in lower case.
        sayings: Phrases near a table that say something of its values.
        totals: Heads and labels of the whole authority's figure beside its parts, in lower case.
        total_words: Words that make a total of the name beside them, in lower case.
        name_misprints: What stands inside names of places for the letters it looks like, as a table for `translate`.
        name_links: Words in lower case inside the names of places.
        council_words: Words of an authority's full name that its short name leaves out, in lower case.
        facets: Headings that open one side of the measure above them, in lower case.
        facet_bases: Words that may stand behind their dash, in lower case.
        numbered: What a caption calls the table that it numbers, in lower case.
        continued: Words of a caption that goes on with the table above it, in lower case.
        vocabulary: The longer words of column heads, in lower case, for heads that a recogniser damaged.
        look_alikes: For each letter or digit those that a recogniser takes it for.
        run_together: Pairs of letters with the one letter that a recogniser took for them.
        spanning: Words over several heads that add nothing to them, in lower case.
        head_words_known: Every word of column heads and times, in lower case.
        ways: Cells of a column of polarity, their letters among them, in lower case.
        told: The kinds of heads asked about before; a report's heads are asked about many times.
    """

    columns: PhraseSet
    column_kinds_of: tuple[tuple[ColumnKind, int], ...]
    whole_heads: dict[str, ColumnKind]
    head_words: dict[ColumnKind, frozenset[str]]
    fillers: frozenset[str]
    units: PhraseSet
    units_of: tuple[Unit, ...]
    not_units: PhraseSet
    marks: dict[str, Direction | Rag]
    polarity: frozenset[str]
    arrow_digits: frozenset[int]
    judgements: frozenset[str]
    statuses: frozenset[str]
    bounding: frozenset[str]
    explaining: tuple[str, ...]
    named_numbers: frozenset[str]
    bands: dict[str, int]
    frequencies: frozenset[str]
    letters: dict[ColumnKind, frozenset[str]]
    no_value: frozenset[str]
    sayings: dict[str, PhraseSet]
    totals: frozenset[str]
    total_words: frozenset[str]
    name_misprints: dict[int, str]
    name_links: frozenset[str]
    council_words: frozenset[str]
    facets: frozenset[str]
    facet_bases: frozenset[str]
    numbered: frozenset[str]
    continued: frozenset[str]
    vocabulary: frozenset[str]
    look_alikes: dict[str, frozenset[str]]
    run_together: dict[str, str]
    spanning: frozenset[str]
    head_words_known: frozenset[str]
    ways: frozenset[str]
    told: dict[str, tuple[tuple[ColumnKind, int], ...]] = field(default_factory=dict, compare=False, repr=False)

    def says(self, what: str, text: str) -> bool:
        """True where a text has words for `what` ("cumulative", "annual")."""
        return self.sayings[what].stands_in(text)

    def names_labels(self, text: str) -> bool:
        """True for the head of the column of labels ("Indicator", "Ref")."""
        kinds = self.column_kinds(text)
        return bool(kinds) and kinds[0][0] in NAMING_KINDS

    def heads_labels(self, text: str, share: float = 1.0) -> bool:
        """True for a head of the labels that says nothing else, or little: so much of it at least is theirs."""
        kinds = self.column_kinds(text)
        return bool(kinds) and kinds[0][0] in NAMING_KINDS and kinds[0][1] >= share * len(text)

    def heads_targets(self, head: str) -> bool:
        """True for the head of a column of targets."""
        kinds = self.column_kinds(head)
        return bool(kinds) and kinds[0][0] is ColumnKind.TARGET

    def explains(self, head: str) -> bool:
        """True for a head over what a measure means: "Definition"."""
        said = head.lower()
        return any(word in said for word in self.explaining)

    def column_kinds(self, head: str) -> tuple[tuple[ColumnKind, int], ...]:
        """The kinds whose words stand in a column head, each with the length of its longest phrase, longest first."""
        if (known := self.told.get(head)) is not None:
            return known
        kinds = tuple(self._kinds_in(head))
        if len(head) <= _LONGEST_REMEMBERED and len(self.told) < _MOST_REMEMBERED:
            self.told[head] = kinds
        return kinds

    def main_kind(self, head: str) -> ColumnKind | None:
        """The kind of a head that consists of little else, None for another."""
        said = head.strip(" *_")
        kinds = self.column_kinds(said)
        return kinds[0][0] if kinds and kinds[0][1] * 2 >= len(said) else None

    def _kinds_in(self, head: str) -> list[tuple[ColumnKind, int]]:
        head = _SMALL_L.sub("I", head)
        whole = self.whole_kind(head)
        if whole is not None:
            return [(whole, len(head))]
        found: dict[ColumnKind, int] = {}
        for place, _, _ in self.columns.find(head):
            kind, length = self.column_kinds_of[place]
            found.setdefault(kind, length)
        kinds = sorted(found.items(), key=lambda pair: -pair[1])
        worded = self.worded_kind(head) if not kinds or kinds[0][1] < len(head.strip(AROUND)) else None
        return [(worded, len(head))] if worded is not None else kinds

    def worded_kind(self, head: str) -> ColumnKind | None:
        """The kind of a head whose every word settles one or means nothing ("Where we hope to be"), else None."""
        words = head.lower().strip(AROUND).split()
        if not words or len(words) > _MOST_WORDS:
            return None
        settled: set[ColumnKind] = set()
        for word in words:
            kinds = [kind for kind, known in self.head_words.items() if word in known]
            if not kinds and word not in self.fillers:
                return None
            settled.update(kinds)
        return next((kind for kind in self.head_words if kind in settled), None)

    def says_nothing(self, words: str) -> bool:
        """True for words of a head that mean nothing by themselves: "Result", "figure for the", ""."""
        return all(word in self.fillers for word in words.lower().replace("(", " ").replace(")", " ").split())

    def whole_kind(self, head: str) -> ColumnKind | None:
        """The kind of a head whose words mean it only where nothing else is said ("Plan"), None for another head."""
        return self.whole_heads.get(" ".join(head.lower().split()).strip(AROUND))

    def stands_for_none(self, text: str) -> bool:
        """True for a cell that says that there is no target or value ("Monitor only")."""
        return " ".join(text.lower().split()).strip(AROUND) in self.no_value

    def numbers_table(self, caption: str) -> bool:
        """True for the caption of another table ("Table 5: ..."), False for one that goes on with the table above."""
        words = caption.lower().split(maxsplit=2)
        numbered = len(words) > 1 and words[0].rstrip(".") in self.numbered and any(map(str.isdigit, words[1]))
        return numbered and not any(word.strip("().:,") in self.continued for word in caption.lower().split())

    def is_unit(self, text: str) -> bool:
        """True for a text that is the name of a unit and nothing else."""
        return any(start == 0 and end == len(text) for _, start, end in self.units.find(text))

    def unit(self, text: str) -> Unit | None:
        """The unit that words of a heading, head or unit cell name, None where they name none.

        The days of "within 45 working days" are a limit, no unit, and an average number is no count.
        """
        for place, start, _ in self.units.find(text):
            unit = self.units_of[place]
            before = text[:start]
            limits = unit in DURATIONS and _LIMIT.search(before) is not None
            if unit is Unit.COUNT and any(first == start for _, first, _ in self.not_units.find(text)):
                continue
            if not limits and not (unit is Unit.COUNT and _AVERAGE.search(before) is not None):
                return unit
        return None


@kept
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
    columns.sort(key=lambda pair: -len(pair[0]))
    units.sort(key=lambda pair: -len(pair[0]))
    return TableWords(
        PhraseSet([phrase for phrase, _ in columns]),
        tuple((kind, len(phrase)) for phrase, kind in columns),
        {phrase: kind for kind, phrases in file.whole_heads.items() for phrase in phrases},
        file.head_words,
        file.fillers,
        PhraseSet([phrase for phrase, _ in units]),
        tuple(unit for _, unit in units),
        PhraseSet(file.not_units),
        marks,
        frozenset(file.polarity),
        file.arrow_digits,
        frozenset(file.judgements),
        frozenset(file.statuses),
        frozenset(file.bounding),
        tuple(file.explaining),
        frozenset(file.named_numbers),
        {text: quartile for quartile, texts in file.bands.items() for text in texts},
        frozenset(file.frequencies),
        {kind: frozenset(letters) for kind, letters in file.letters.items()},
        frozenset(file.no_value),
        {what: PhraseSet(phrases) for what, phrases in file.says.items()},
        frozenset(file.totals),
        frozenset(file.total_words),
        str.maketrans(file.name_misprints),
        frozenset(file.name_links),
        frozenset(file.council_words),
        frozenset(file.facets),
        frozenset(file.facet_bases),
        frozenset(file.numbered),
        frozenset(file.continued),
        frozenset(w for phrase, _ in columns for w in phrase.lower().split() if len(w) >= _LONG and w.isalpha()),
        _alike(file.look_alikes),
        file.run_together,
        frozenset(file.spanning),
        _words_of_heads(file),
        frozenset(file.polarity).union(file.letters[ColumnKind.POLARITY]),
    )


def _words_of_heads(file: TablesFile) -> frozenset[str]:
    """Every word that heads of columns are made of, in lower case."""
    phrases = [phrase for kinds in (file.columns, file.whole_heads) for told in kinds.values() for phrase in told]
    words = [word for phrase in phrases for word in phrase.lower().split() if word.isalpha()]
    return file.fillers.union(words, file.other_head_words, *file.head_words.values())


def _alike(groups: list[str]) -> dict[str, frozenset[str]]:
    """For each sign the signs of its groups."""
    signs = {sign for group in groups for sign in group}
    return {sign: frozenset(other for group in groups if sign in group for other in group) for sign in signs}
