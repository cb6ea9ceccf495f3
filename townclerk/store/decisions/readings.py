"""What an observation says and where, as far as decisions are concerned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import RowMapping

Box = tuple[float, float, float, float]

_NOWHERE: Mapping[str, Any] = {"page": 1, "start": 0, "end": 0, "quote": "", "boxes": []}


class Said(NamedTuple):
    """The reading itself: two observations that say the same of one figure are one reading."""

    indicator_id: str | None
    value: float | None
    status: str
    unit: str
    role: str
    area_kind: str | None
    area_name: str | None
    period_code: str | None

    def words(self) -> str:
        """As a person would name it."""
        value = "no value" if self.value is None else f"{self.value:g}"
        parts = (self.indicator_id or "no measure", self.role, self.area_name or self.area_kind, self.period_code)
        return f"{value} {self.unit} ({', '.join(part for part in parts if part)})"


@dataclass(slots=True, frozen=True)
class Reading:
    """One observation of a document.

    Attributes:
        observation_id: Its id.
        page: Its page.
        start: First character of the figure in the document's text.
        end: Its end, exclusive.
        value_text: The value as printed.
        boxes: Where it is shown on the page; empty for text.
        said: What it says.
    """

    observation_id: str
    page: int
    start: int
    end: int
    value_text: str
    boxes: tuple[Box, ...]
    said: Said


def figure_span(quote: str, value_text: str, start: int, end: int) -> tuple[int, int]:
    """The figure's own span in evidence that quotes it with the words around it.

    A table's evidence ends with its figure, prose's begins or ends with it, or holds it between two words.
    """
    if not value_text:
        return start, end
    if quote.endswith(value_text):
        return end - len(value_text), end
    place = quote.find(value_text)
    while place > 0 and _is_inside_number(quote, place, len(value_text)):
        place = quote.find(value_text, place + 1)
    return (start, end) if place < 0 else (start + place, start + place + len(value_text))


def _is_inside_number(text: str, place: int, length: int) -> bool:
    """True where the words at a place are part of a longer number."""
    before = text[place - 1]
    after = text[place + length : place + length + 1]
    return (text[place].isdigit() and (before.isdigit() or before in ".,")) or (
        text[place + length - 1].isdigit() and after.isdigit()
    )


def said_of(plain: Mapping[str, Any]) -> Said:
    """What an observation as JSON says."""
    area, period = plain["area"] or {}, plain["period"] or {}
    return Said(
        plain["indicator_id"], plain["value"], plain["status"], plain["unit"], plain["role"],
        area.get("kind"), area.get("name"), period.get("code"),
    )  # fmt: skip


def reading_of(plain: Mapping[str, Any], figure: tuple[int, int] | None = None) -> Reading:
    """The reading of an observation as JSON; `figure` is its figure's span where that is known."""
    first: Mapping[str, Any] = plain["evidence"][0] if plain["evidence"] else _NOWHERE
    start, end = figure or figure_span(first["quote"], plain["value_text"], first["start"], first["end"])
    return Reading(
        plain["observation_id"], first["page"], start, end, plain["value_text"], _boxes(first["boxes"]), said_of(plain)
    )


def reading_of_row(row: RowMapping) -> Reading:
    """The reading of a row of `observations` joined with its first place (`page`, `start`, `end`, `quote`, `boxes`)."""
    start, end = figure_span(row["quote"] or "", row["value_text"], row["start"] or 0, row["end"] or 0)
    said = Said(
        row["indicator_id"], row["value"], row["status"], row["unit"], row["role"],
        row["area_kind"], row["area_name"], row["period_code"],
    )  # fmt: skip
    return Reading(row["observation_id"], row["page"] or 1, start, end, row["value_text"], _boxes(row["boxes"]), said)


def likeness(one: Said, other: Said) -> int:
    """How many parts of two readings agree."""
    return sum(mine == its for mine, its in zip(one, other, strict=True))


def overlap(one: Sequence[Box], other: Sequence[Box]) -> bool:
    """True where two lists of boxes share some of the page."""
    return any(min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1]) for a in one for b in other)


def _boxes(boxes: Sequence[Sequence[float]] | None) -> tuple[Box, ...]:
    return tuple((box[0], box[1], box[2], box[3]) for box in boxes or ())
