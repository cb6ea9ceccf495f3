"""What must hold between measures, loaded from `identities.yaml`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Quotient(_Entry):
    """A percentage made of two counts that have rows of their own.

    Attributes:
        share: The percentage.
        part: The count on top; None where only the base has a row.
        whole: The count below.
    """

    share: str
    part: str | None = None
    whole: str


class Identities(_Entry):
    """The shape of `identities.yaml`.

    Attributes:
        quotients: Percentages and the counts they are made of.
        complements: Percentages that make 100 together.
        orders: Pairs of which the first can never be greater than the second, for one place and time.
        gap_heads: Words in a column's head that make its cells the current value less the row's.
        extreme_heads: Heads of columns that hold a row's least or greatest value.
        rest_words: Words that tell a count of those whom a percentage leaves out.
        stretch: An expression for the weeks or months that a sentence says its figure is of.
        vague_words: Words that make a stated change a rough one.
        change_heads: Words in the head of a column of changes; all of an entry's must occur.
        equal_words: Words between counts and the percentage that they make.
        below_words: Words by which a value lies below its target.
        above_words: Words by which it lies above.
        shown_notes: Words of a note by which a report's averages leave hidden values out.
        basis_words: Words between a percentage and the counts that it is made of.
        populations: Fewest and most children that live in one authority.
        confusions: For each digit, those that recognisers read in its place.
    """

    quotients: tuple[Quotient, ...]
    complements: tuple[tuple[str, ...], ...]
    orders: tuple[tuple[str, str], ...]
    confusions: dict[str, str]
    gap_heads: tuple[str, ...]
    extreme_heads: tuple[str, ...]
    rest_words: frozenset[str]
    stretch: str
    vague_words: frozenset[str]
    change_heads: tuple[str, ...]
    equal_words: tuple[str, ...]
    basis_words: tuple[str, ...]
    shown_notes: tuple[str, ...]
    below_words: tuple[str, ...]
    above_words: tuple[str, ...]
    populations: tuple[float, float]


@kept
def identities() -> Identities:
    """The shipped identities.

    Raises:
        PatternError: If `identities.yaml` is faulty.
    """
    return load_yaml(shipped("identities.yaml"), Identities)
