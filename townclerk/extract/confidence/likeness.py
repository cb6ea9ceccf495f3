"""How a reading stands among the others of its measure: printed alike, as many to a row, how many claim one thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from townclerk.models.candidate import Candidate, Feature
from townclerk.models.units import Method, Unit

_FEWEST = 3
_MOST_OF = 0.75
_MOST = 6
_SPREAD = 1.5
_FEWEST_ROWS = 3


def note_likeness(candidates: Sequence[Candidate]) -> None:
    """Add to each candidate's evidence how it stands among the others of its measure.

    Args:
        candidates: The linked and checked candidates of a document; features are added.
    """
    _note_print(candidates)
    _note_claims(candidates)
    _note_rows(candidates)


def _note_print(candidates: Sequence[Candidate]) -> None:
    """Whether a value is printed with as many decimals as its neighbours of one measure or, where few, of one unit."""
    by_measure: defaultdict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    by_unit: defaultdict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    valued = [one for one in candidates if one.value is not None and one.unit is not Unit.COUNT]
    for one in valued:
        by_measure[one.block, one.indicator_id, one.unit].append(one)
        by_unit[one.block, one.unit].append(one)
    told: dict[int, Feature] = {}
    for groups in (by_measure, by_unit):
        for held in groups.values():
            if len(held) > _FEWEST:
                _compare_prints(held, told)
    for one in valued:
        if id(one) in told:
            one.features.append(told[id(one)])


def _compare_prints(held: Sequence[Candidate], told: dict[int, Feature]) -> None:
    """Note of each value of which nothing is told yet how its decimals compare with those of most others."""
    digits = Counter(one.figure.decimals for one in held)
    others = len(held) - 1
    for one in held:
        own = one.figure.decimals
        usual = next((many for many, count in digits.items() if count - (many == own) >= _MOST_OF * others), None)
        if usual is not None and id(one) not in told:
            told[id(one)] = _print_of(one, usual, held)


def _print_of(one: Candidate, usual: int, held: Sequence[Candidate]) -> Feature:
    """How a value's decimals compare with those usual beside it."""
    own = one.figure.decimals
    if own == usual:
        return Feature("print_alike", 1.0, "printed with as many decimals as those beside it")
    if own > usual:
        return Feature("decimals_more", 1.0, f"printed with {own} decimals where those beside it have {usual}")
    value, values = one.value or 0.0, [other.value or 0.0 for other in held if other is not one]
    if value > _SPREAD * max(values) and min(values) / _SPREAD <= value / 10.0**usual <= _SPREAD * max(values):
        return Feature("point_lost", 1.0, "fits those beside it only with a decimal point that is not printed")
    return Feature("decimals_fewer", 1.0, f"printed with {own} decimals where those beside it have {usual}")


def _note_claims(candidates: Sequence[Candidate]) -> None:
    """How many values claim one measure, place, time and role."""
    groups: defaultdict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for one in candidates:
        if "conflict" in one.flags and one.period is not None and one.area is not None:
            place = (one.area.kind, one.area.name, one.area.is_reporting_authority)
            groups[one.indicator_id, place, one.role, one.period.end].append(one)
    for group in groups.values():
        for one in group:
            others = {other.value for other in group if other.value != one.value}
            if len(others) > 1:
                text = f"{len(others)} other values claim the same measure, place, time and role"
                one.features.append(Feature("claims", float(min(len(others), _MOST)), text))
            if any(other.block == one.block and other.value != one.value for other in group):
                one.features.append(Feature("claims_beside", 1.0, "the other value stands in the same place"))


def _note_rows(candidates: Sequence[Candidate]) -> None:
    """Whether a measure has as many values in its table as the table's other measures have."""
    blocks: defaultdict[int, Counter[str | None]] = defaultdict(Counter)
    for one in candidates:
        if one.method is Method.TABLE:
            blocks[one.block][one.indicator_id] += 1
    for one in candidates:
        if one.method is not Method.TABLE or len(blocks[one.block]) < _FEWEST_ROWS:
            continue
        usual, own = median(_values(blocks[one.block])), blocks[one.block][one.indicator_id]
        if own > usual:
            share = round(min(own / usual, _MOST) - 1.0, 3)
            one.features.append(Feature("row_full", share, "its measure has more values than others of its table"))
        elif own < usual:
            share = round(1.0 - own / usual, 3)
            one.features.append(Feature("row_thin", share, "its measure has fewer values than others of its table"))


def _values(counts: Counter[str | None]) -> Iterable[int]:
    return counts.values()
