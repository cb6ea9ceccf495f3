"""One figure stated twice is one observation; two figures for one thing are kept and flagged (convention C6)."""

from __future__ import annotations

from collections import defaultdict

from townclerk.models.candidate import Candidate
from townclerk.models.units import Status

Key = tuple[object, ...]


def merge_repeats(candidates: list[Candidate]) -> list[Candidate]:
    """Fold repeats into the most precise print, evidence of the others behind it, and flag conflicts.

    Args:
        candidates: All candidates of a document, in reading order.

    Returns:
        The candidates that remain, in reading order.
    """
    groups: dict[Key, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[_key(candidate)].append(candidate)
    kept: list[Candidate] = []
    for group in groups.values():
        distinct: list[Candidate] = []
        for candidate in sorted(group, key=lambda c: -c.figure.decimals):
            same = next((held for held in distinct if _same_value(held, candidate)), None)
            if same is None:
                distinct.append(candidate)
            else:
                _fold(same, candidate)
        reported = [c for c in distinct if c.status is Status.REPORTED]
        if len({c.value for c in reported}) > 1 and reported[0].period is not None:
            for candidate in reported:
                candidate.flags.append("conflict")
        kept.extend(distinct)
    order = {id(candidate): place for place, candidate in enumerate(candidates)}
    return sorted(kept, key=lambda candidate: order[id(candidate)])


def _key(candidate: Candidate) -> Key:
    area = candidate.area
    period = candidate.period
    if candidate.match is None:
        return (None, id(candidate))
    place = (area.kind, area.name, area.is_reporting_authority) if area else (id(candidate),)
    return (
        candidate.indicator_id,
        place,
        candidate.role,
        period.end if period else None,
        _kind_group(candidate),
    )


def _kind_group(candidate: Candidate) -> str:
    """Periods of different length that end on one day are different figures; a stock's are not."""
    if candidate.period is None:
        return ""
    days = (candidate.period.end - candidate.period.start).days
    return "short" if days < 1 else "month" if days < 32 else "quarter" if days < 93 else "long"


def _same_value(held: Candidate, other: Candidate) -> bool:
    """True where the less precise print is the other one rounded."""
    if held.value is None or other.value is None:
        return held.value is other.value and held.status is other.status
    return (
        abs(held.value - other.value) <= 0.5 * 10.0**-other.figure.decimals + 1e-9
        if (held.figure.decimals != other.figure.decimals)
        else held.value == other.value
    )


def _fold(kept: Candidate, other: Candidate) -> None:
    """Keep what a repeat adds: its evidence, and attributes the kept print lacks."""
    kept.evidence.extend(span for span in other.evidence if span not in kept.evidence)
    kept.evidence.sort(key=lambda span: span.start)
    kept.commentary.extend(span for span in other.commentary if span not in kept.commentary)
    for name in ("numerator", "denominator", "change", "rank", "quartile", "rag", "direction"):
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(other, name))
