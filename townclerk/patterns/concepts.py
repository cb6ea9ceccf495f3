"""Concepts: the building blocks of indicator names, each with the ways people phrase it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from townclerk.models.units import Unit
from townclerk.patterns.packs import PackModel
from townclerk.patterns.yaml_files import load_yaml, shipped


class ConceptKind(StrEnum):
    """What a concept does to the reading of the words around it."""

    TOPIC = "topic"  # a population, a thing counted, a quality: what rules are made of
    LIGHT = "light"  # a word that names nothing by itself ("number of", "children")
    UNIT = "unit"  # says in what is counted
    SUBGROUP = "subgroup"  # a part of the population: the whole is not meant
    FAILURE = "failure"  # turns the measure into its complement ("late", "not seen")
    FOREIGN = "foreign"  # another service or subject: nothing of ours is meant


class Concept(PackModel):
    """One concept.

    Attributes:
        kind: What it does.
        weight: How much of a label's meaning it carries; an unexplained concept costs as much.
        everyday: Its words are everyday: alone they name a measure only where unit or heading agree.
        implies: Concepts that stand wherever this one does ("of looked after children" is about looked after children).
        stands_for: Concepts whose place in a rule it can take without weight: "late" says of what it is about that
            timeliness is measured.
        leads_on: Its words lead from one thing to what came of it. With a number behind them, both are counted:
            "212 contacts led to 90 referrals".
        units: For a unit concept, the units it agrees with.
        phrases: Its phrasings. `(a|b)` stands for either, `[a]` for a word that may be missing, `<n>` for any number,
            and words behind `~` must follow but are not part of it.
    """

    kind: ConceptKind = ConceptKind.TOPIC
    weight: float = Field(default=1.0, ge=0, le=5)
    everyday: bool = False
    implies: list[str] = Field(default_factory=list)
    stands_for: list[str] = Field(default_factory=list)
    leads_on: bool = False
    units: list[Unit] = Field(default_factory=list)
    phrases: list[str] = Field(default_factory=list)


class ConceptFile(PackModel):
    """The file of concepts.

    Attributes:
        words: Words read as another (`second` as `2nd`), for phrases and text alike.
        compounds: Words with a blank or hyphen inside that are read as one, and are safe from `dropped`.
        dropped: Words that carry nothing and are passed over.
        joins: Words that join two things of one kind.
        wholes: Words that lead in the whole of a share ("166 of 201").
        relatives: Words that open a clause about those just named, as a figure behind them does.
        partitives: Words that, behind "of", lead in shares of those just named ("of which 12% ... and 5% ...").
        carriers: Verbs before which a comma parts nothing: "children whose plan ended, had been on it for two years".
        effects: Verbs of what somebody's work brought about: "early help has contributed to a fall in the rate of".
        measured: Words that behind such a verb, before "of", open what it was brought about in.
        exceptives: Words behind which stands what is left out.
        determiners: Words that may stand between such a word and the number.
        abbreviations: Words whose full stop ends no sentence.
        shapes: Letters and signs that recognisers confuse, each with the sign that stands for all of its group.
        misread: For each letter as printed, the letters that recognisers take for it.
        weak: Words too common to tell which word stands beside them.
        sound: Words one letter away from ours that are good English, never taken for damage.
        code_prefixes: Beginnings of codes that identify a measure wherever they are printed; others are no evidence.
        concepts: The concepts by name.
    """

    words: dict[str, str] = Field(default_factory=dict)
    compounds: list[str] = Field(default_factory=list)
    dropped: list[str] = Field(default_factory=list)
    joins: list[str] = Field(default_factory=list)
    wholes: list[str] = Field(default_factory=list)
    relatives: list[str] = Field(default_factory=list)
    partitives: list[str] = Field(default_factory=list)
    carriers: list[str] = Field(default_factory=list)
    effects: list[str] = Field(default_factory=list)
    measured: list[str] = Field(default_factory=list)
    exceptives: list[str] = Field(default_factory=list)
    determiners: list[str] = Field(default_factory=list)
    abbreviations: list[str] = Field(default_factory=list)
    shapes: dict[str, str] = Field(default_factory=dict)
    misread: dict[str, str] = Field(default_factory=dict)
    weak: list[str] = Field(default_factory=list)
    sound: list[str] = Field(default_factory=list)
    code_prefixes: list[str] = Field(default_factory=list)
    concepts: dict[str, Concept]


def load_concepts() -> ConceptFile:
    """The shipped concepts."""
    return load_yaml(shipped("concepts.yaml"), ConceptFile)
