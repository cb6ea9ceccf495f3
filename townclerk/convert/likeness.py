"""What makes two documents near-duplicates: draft and final report, a report and its pack, a PDF and its OCR text.

Their likeness is the part of the shorter one's runs of words that the other has too. Only runs with a figure are
counted where there are enough: the reports of two quarters say the same words of other figures, while a draft, a pack
and an OCR text say the same figures. The thresholds are fitted on pairs of both kinds
(`benchmarks/convert_likeness.py`).

Two of about one length that state different authorities or periods are never near-duplicates, however alike. Of two,
the one that is kept holds the other (it is much longer), is no draft, has more observations, is a PDF, or, at last,
comes first by address. Nothing is deleted: series and exports count the kept one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from townclerk.convert.sketching import at_spacing, spacing

OTHER_FORM = 0.45
"""A PDF and its OCR text that state the same authority and period: one misread character costs four runs."""
SAME_TIME = 0.7
"""Two of one form that state the same authority and period."""
SAME = 0.8
"""Two that do not both state them, or of which one holds the other."""
MUCH_LONGER = 1.7
FEWEST_WITH_FIGURES = 6
"""Fewer runs with a figure tell nothing; all runs are counted then."""
PDF = "application/pdf"

_DRAFT = re.compile(r"(?<![a-z])draft(?![a-z])", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class Text:
    """What is known of a document for the comparison.

    Attributes:
        document_id: Its key in the store.
        uri: Its address.
        name: Its file name.
        media_type: What it is.
        authority: Whose report it says it is.
        period: The code of the period it says it is about.
        observations: How many there are in it.
        sketch: Stands for its words, without what every document has.
    """

    document_id: str
    uri: str
    name: str
    media_type: str
    authority: str | None
    period: str | None
    observations: int
    sketch: tuple[int, ...]


@dataclass(slots=True, frozen=True)
class Likeness:
    """How alike two texts are, 0 to 1, and how much longer the longer one is."""

    share: float
    longer: float


def likeness(one: Text, other: Text) -> Likeness:
    """Hold two texts against each other."""
    figures = _shares(one, other, figures=True)
    words = _shares(one, other, figures=False)
    shared, shorter, longer = figures
    if shorter < FEWEST_WITH_FIGURES:
        shared, shorter, longer = (figures[part] + words[part] for part in range(3))
    return Likeness(shared / shorter if shorter else 0.0, longer / shorter if shorter else 0.0)


def kind_of(this: Text, other: Text, found: Likeness) -> str | None:
    """How two documents are near-duplicates (`contained`, `other_form`, `draft`, `version`); None where not so."""
    if found.longer > MUCH_LONGER:
        return "contained" if found.share >= SAME else None
    if _differ(this.authority, other.authority) or _differ(this.period, other.period):
        return None
    known = this.period is not None and this.period == other.period and this.authority == other.authority
    forms_differ = this.media_type != other.media_type
    if found.share < ((OTHER_FORM if forms_differ else SAME_TIME) if known else SAME):
        return None
    if forms_differ:
        return "other_form"
    return "draft" if _is_draft(this) != _is_draft(other) else "version"


def is_kept(other: Text, this: Text, found: Likeness) -> bool:
    """True where `other` is the one to count; see the module for the rule. Exactly one of two is."""
    if found.longer > MUCH_LONGER:
        return _length(other) > _length(this)
    return _worth(other) < _worth(this)


def _shares(one: Text, other: Text, *, figures: bool) -> tuple[int, int, int]:
    """Runs that two texts share, and runs of the shorter and of the longer, as far as both sketches tell."""
    mine = [value for value in one.sketch if (value < 0) == figures]
    theirs = [value for value in other.sketch if (value < 0) == figures]
    coarser = max(spacing(mine), spacing(theirs))
    a, b = at_spacing(mine, coarser), at_spacing(theirs, coarser)
    return len(a & b), min(len(a), len(b)), max(len(a), len(b))


def _length(text: Text) -> tuple[int, str]:
    """About how many runs a text has; no two texts the same."""
    classes = ([value for value in text.sketch if (value < 0) == figures] for figures in (True, False))
    return sum(len(hashes) * spacing(hashes) for hashes in classes), text.uri


def _worth(text: Text) -> tuple[bool, int, bool, str]:
    return (_is_draft(text), -text.observations, text.media_type != PDF, text.uri)


def _is_draft(text: Text) -> bool:
    return bool(_DRAFT.search(text.name.replace("_", " ")))


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other
