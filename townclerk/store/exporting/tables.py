"""What is exported: fields with types and descriptions, and rows that fit them; independent of the file format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from townclerk.extract.output.spreadsheet import Cell, flat_row
from townclerk.store.choosing import Figure, Slot, figures, ordered
from townclerk.store.database import Store
from townclerk.store.decided import Decided, decided_observations
from townclerk.store.exporting.fields import LONG, Field, FieldType
from townclerk.store.observations import Wanted
from townclerk.store.vocabulary import Review

Row = dict[str, Cell]


class Shape(StrEnum):
    """How a table is laid out: a row a figure, or a row an authority, area, role and period."""

    LONG = "long"
    WIDE = "wide"


@dataclass(slots=True, frozen=True)
class TableData:
    """A table: its name, what its columns are, and its rows, which can be gone through anew."""

    name: str
    fields: tuple[Field, ...]
    rows: Callable[[], Iterator[Row]]


def chosen(store: Store, wanted: Wanted, reviews: Iterable[Review] = ()) -> Iterator[Decided]:
    """The wanted observations as decided; rejected ones only where they are asked for."""
    allowed = frozenset(reviews) or frozenset(Review) - {Review.REJECTED}
    return (one for one in decided_observations(store, wanted) if one.review in allowed)


def long_table(store: Store, wanted: Wanted, reviews: tuple[Review, ...] = ()) -> TableData:
    """One row an observation."""

    def rows() -> Iterator[Row]:
        for one in chosen(store, wanted, reviews):
            yield flat_row(one.observation) | _decided(one) | {"document_path": one.path}

    return TableData("observations", LONG, rows)


def _decided(one: Decided) -> Row:
    """Whether and by whom it was decided; a decision that a new reading made doubtful is told too."""
    holds = one.standing.holds if one.review is not Review.UNDECIDED else None
    return {
        "review": one.review.value,
        "decided_by": holds.reviewer if holds else None,
        "decided_at": holds.decided_at if holds else None,
        "review_conflict": one.standing.conflict or None,
    }


def wide_table(store: Store, wanted: Wanted, reviews: tuple[Review, ...] = ()) -> TableData:
    """One row an authority, area, role and period code, a column an indicator; `choosing.RULE` says which figure."""
    by_slot: defaultdict[Slot, list[Figure]] = defaultdict(list)
    measures: dict[str, Field] = {}
    for figure in figures(store, wanted):
        if figure.slot is not None and (not reviews or figure.review in reviews):
            by_slot[figure.slot].append(figure)
            one, name = figure.observation, figure.slot.indicator_id
            meaning = f"{one.indicator_name} ({one.unit.value})"
            measures[name] = Field(name, FieldType.NUMBER, meaning, unit=one.unit)
    best = {slot: ordered(found)[0] for slot, found in by_slot.items()}
    columns = tuple(measures[name] for name in sorted(measures))
    return TableData("series", (*_KEYS, *columns), lambda: _wide_rows(best))


_KEYS = (
    Field("authority", FieldType.STRING, "The authority whose reports these are"),
    Field("area", FieldType.STRING, "The place, or kind of places, the figures are about"),
    Field("role", FieldType.STRING, "Whether reached or aimed at"),
    Field("period_code", FieldType.STRING, "The period's code"),
    Field("period_start", FieldType.DATE, "Its first day"),
    Field("period_end", FieldType.DATE, "Its last day"),
    Field("period_kind", FieldType.STRING, "What kind of time it is"),
    Field(
        "decided", FieldType.STRING, "The indicators whose value in this row a reviewer accepted, corrected or added"
    ),
)


def _wide_rows(best: dict[Slot, Figure]) -> Iterator[Row]:
    rows: defaultdict[tuple[str, str, str, str], Row] = defaultdict(dict)
    decided: defaultdict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for slot, figure in best.items():
        key = (slot.authority, slot.area, slot.role.value, slot.period_code)
        row, period = rows[key], figure.observation.period
        if figure.review is not Review.UNDECIDED:
            decided[key].append(slot.indicator_id)
        row |= {
            "authority": slot.authority,
            "area": slot.area,
            "role": slot.role.value,
            "period_code": slot.period_code,
            "period_start": period.start,
            "period_end": period.end,
            "period_kind": period.kind.value if period.kind else None,
            "decided": " | ".join(sorted(decided[key])) or None,
            slot.indicator_id: figure.observation.value,
        }
    yield from sorted(rows.values(), key=_wide_order)


def _wide_order(row: Row) -> tuple[str, ...]:
    return tuple(str(row[key] or "") for key in ("authority", "area", "role", "period_end", "period_code"))
