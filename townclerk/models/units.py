"""Units, roles and the other closed vocabularies of an observation (`gold-format.md` of the project's reference)."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What one is counted in. The last three are printed in reports but are never an observation's unit."""

    PERCENT = "percent"
    COUNT = "count"
    PER_1000 = "per_1000"
    PER_10000 = "per_10000"
    PER_100000 = "per_100000"
    DAYS = "days"
    WEEKS = "weeks"
    SCORE = "score"
    RATIO = "ratio"
    CURRENCY = "currency"
    POINTS = "percentage_points"
    MONTHS = "months"
    HOURS = "hours"


RATES = frozenset({Unit.PER_1000, Unit.PER_10000, Unit.PER_100000})
DURATIONS = frozenset({Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.HOURS})


class Role(StrEnum):
    """What a figure is: a value that was reached, or one aimed at."""

    ACTUAL = "actual"
    TARGET = "target"


class Status(StrEnum):
    """Whether a figure could be read."""

    REPORTED = "reported"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    UNREADABLE = "unreadable"


class Direction(StrEnum):
    """Movement of the number itself, not of performance."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


class Rag(StrEnum):
    """A colour of the red, amber, green scale."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Polarity(StrEnum):
    """Which way is better."""

    HIGHER = "higher_better"
    LOWER = "lower_better"
    NEUTRAL = "neutral"


class Basis(StrEnum):
    """How a fact is known: printed, worked out from what is printed, or not known."""

    STATED = "stated"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Method(StrEnum):
    """Which linker brought figure and indicator together."""

    PROSE = "prose"
    TABLE = "table"
    TILE = "tile"
