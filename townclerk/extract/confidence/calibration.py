"""The stored calibration: what each kind of evidence is worth, in log-odds, and on what it was fitted."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from townclerk.models.errors import UnreadableError, why_unread
from townclerk.patterns.kept import kept

FORMAT = 1
_SHIPPED = "calibration.json"


class _Stored(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Term(_Stored):
    """What one kind of evidence is worth: `base + slope * amount`, less the mean of its group.

    Attributes:
        base: Weight of its being there at all, in log-odds.
        slope: Weight of each unit of its amount.
        group: Evidence of one group stands in for each other; every figure has one of them or none.
        seen: How many training figures had it.
    """

    base: float
    slope: float
    group: str = ""
    seen: int = 0


class Certificate(_Stored):
    """A threshold above which readings are right at least so often, as far as the calibration data can certify.

    Attributes:
        precision: The share of right readings that is certified.
        threshold: Least confidence.
        kept: Share of all readings that reach it.
        documents: Documents behind the certificate.
        observations: Readings behind it.
        level: Confidence level of the certificate.
        method: How it was worked out, with its source.
    """

    precision: float
    threshold: float
    kept: float
    documents: int
    observations: int
    level: float
    method: str


class Calibration(_Stored):
    """A fitted calibration, as `townclerk calibrate -o` writes it.

    Attributes:
        format: Version of this shape.
        fitted_on: What it was fitted on, in words.
        documents: How many documents.
        observations: How many readings.
        intercept: Log-odds before any evidence.
        offsets: Mean worth of each group of evidence, kept in the prior.
        terms: What each kind of evidence is worth.
        certificates: What the data can certify, highest precision first.
    """

    format: int = FORMAT
    fitted_on: str
    documents: int
    observations: int
    intercept: float
    offsets: dict[str, float] = Field(default_factory=dict)
    terms: dict[str, Term] = Field(default_factory=dict)
    certificates: tuple[Certificate, ...] = ()


@kept
def shipped_calibration() -> Calibration:
    """The calibration that is part of the program."""
    text = files("townclerk.extract.confidence").joinpath(_SHIPPED).read_text(encoding="utf-8")
    return Calibration.model_validate_json(text)


def load_calibration(path: Path) -> Calibration:
    """A calibration that a user keeps.

    Raises:
        UnreadableError: If the file is missing, no calibration, or of another version.
    """
    try:
        stored = Calibration.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreadableError(
            f"{path}: cannot be read ({why_unread(fault)}); give a file that townclerk calibrate wrote"
        ) from None
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        why = "it is no JSON" if first["type"] == "json_invalid" else f"{where}: {first['msg']}"
        raise UnreadableError(f"{path}: no calibration ({why}); refit it with calibrate -o") from None
    if stored.format != FORMAT:
        raise UnreadableError(f"{path}: calibration of version {stored.format}, {FORMAT} is needed; refit it")
    return stored
