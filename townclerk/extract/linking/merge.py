"""One figure stated twice is one observation; two figures for one thing are kept and flagged (convention C6)."""

from __future__ import annotations

from collections import defaultdict

from townclerk.models.candidate import Candidate
from townclerk.models.period import PeriodKind
from townclerk.models.units import Basis, Method, Status

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
        for candidate in sorted(group, key=_standing):
            same = next(
                (held for held in distinct if _same_time(held, candidate) and _same_value(held, candidate)), None
            )
            if same is None:
                distinct.append(candidate)
            else:
                _fold(same, candidate)
        _flag_conflicts(distinct)
        kept.extend(distinct)
    kept = _without_undated_repeats(kept)
    order = {id(candidate): place for place, candidate in enumerate(candidates)}
    return sorted(kept, key=lambda candidate: order[id(candidate)])


def _without_undated_repeats(kept: list[Candidate]) -> list[Candidate]:
    """Fold a value told without its time into the one dated value of its measure, place and role that it repeats."""
    dated: dict[Key, list[Candidate]] = defaultdict(list)
    for one in kept:
        if one.period is not None:
            dated[_print(one)].append(one)
    folded: set[int] = set()
    for one in kept:
        if one.period is not None or not one.match or not one.area or one.value is None:
            continue
        alike = dated.get(_print(one), ())
        if len(alike) == 1:
            _fold(alike[0], one)
            folded.add(id(one))
    return [one for one in kept if id(one) not in folded]


def _print(candidate: Candidate) -> Key:
    """What a value shares with its repeats, whatever their times."""
    return *_key(candidate)[:3], candidate.value, candidate.figure.decimals


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
    )


def _standing(candidate: Candidate) -> tuple[int, bool]:
    """The most precise print first; of equals, the one whose time is stated."""
    return -candidate.figure.decimals, candidate.period is None or candidate.period.basis is not Basis.STATED


def _flag_conflicts(distinct: list[Candidate]) -> None:
    """Flag different values for one time of one length."""
    by_length: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in distinct:
        if candidate.status is Status.REPORTED and candidate.period is not None:
            by_length[_kind_group(candidate)].append(candidate)
    for group in by_length.values():
        if len({candidate.value for candidate in group}) > 1:
            for candidate in group:
                candidate.flags.append("conflict")


def _kind_group(candidate: Candidate) -> str:
    """Periods of different length that end on one day are different figures; a stock's are not."""
    if candidate.period is None:
        return ""
    days = (candidate.period.end - candidate.period.start).days
    return "short" if days < 1 else "month" if days < 32 else "quarter" if days < 93 else "long"


def _same_time(held: Candidate, other: Candidate) -> bool:
    """False where two columns of a table head one as the month, the other as the year up to its end.

    A year and the twelve months up to its end are two figures where each has a column.
    """
    if held.period is None or other.period is None or not (held.period.text and other.period.text):
        return True
    if held.block != other.block or held.method is not Method.TABLE:
        return True
    lengths = {_kind_group(held), _kind_group(other)}
    rolling = sum(one.period.kind is PeriodKind.ROLLING_12_MONTHS for one in (held, other) if one.period)
    return "short" in lengths or (len(lengths) == 1 and rolling != 1)


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
