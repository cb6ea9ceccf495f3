"""Gold lines in the making: what each printed figure says, and the lines of the gold file once the text is fixed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.factory.marks import Place

_ORDER = {"easy": 0, "medium": 1, "hard": 2}


@dataclass(slots=True)
class Figure:
    """One gold line in the making. Fields as in `gold-format.md`; `prints` and `passage` are numbers of marks."""

    indicator: str | None
    label: str
    value: float | None
    unit: str
    role: str = "actual"
    area: str | None = "self"
    period: str | None = None
    status: str = "reported"
    numerator: float | None = None
    denominator: float | None = None
    change: dict[str, Any] | None = None
    rank: dict[str, Any] | None = None
    quartile: int | None = None
    rag: str | None = None
    direction: str | None = None
    difficulty: str = "easy"
    notes: list[str] = field(default_factory=list)
    accept: list[str] = field(default_factory=list)
    decimals: int = 0
    prints: list[int] = field(default_factory=list)
    passage: int | None = None

    def harder(self, difficulty: str) -> None:
        """Raise the difficulty to `difficulty`, never lower it."""
        if _ORDER[difficulty] > _ORDER[self.difficulty]:
            self.difficulty = difficulty


@dataclass(slots=True)
class Book:
    """All figures of one report, the numbers of the marks that print them, and the errors planted in them."""

    figures: list[Figure] = field(default_factory=list)
    marks: int = 0
    planted: list[str] = field(default_factory=list)

    def new_mark(self) -> int:
        """A fresh number for a mark."""
        self.marks += 1
        return self.marks - 1

    def add(self, figure: Figure) -> Figure:
        """Keep a figure; it becomes a gold line if one of its prints survives rendering."""
        self.figures.append(figure)
        return figure


def gold_lines(
    doc: str, figures: Sequence[Figure], text: str, places: Sequence[Place], pages: Sequence[int] | None = None
) -> list[dict[str, Any]]:
    """The gold lines of one rendered report.

    Args:
        doc: The report's file stem.
        figures: What was printed.
        text: The rendered text, without marks.
        places: Where the marks stand in it.
        pages: For paged forms the start of each page in `text`; quotes are then unique in their page only.

    Returns:
        One dictionary a line, in the order of the text; figures whose prints did not survive are left out.
    """
    where: dict[int, list[Place]] = {}
    for place in places:
        where.setdefault(place.number, []).append(place)
    merged = _merge(figures)
    lines = []
    for figure in merged:
        spots = sorted((p for n in figure.prints for p in where.get(n, [])), key=lambda p: p.start)
        if spots:
            lines.append((spots[0].start, _line(figure, spots, where, text, pages)))
    lines.sort(key=lambda pair: pair[0])
    return [{"doc": doc, "n": number, **line} for number, (_, line) in enumerate(lines, 1)]


def _merge(figures: Sequence[Figure]) -> list[Figure]:
    """Join repeats (convention C6): same indicator, area, period, role and, to the coarser print's decimals, value."""
    kept: list[Figure] = []
    by_key: dict[tuple[Any, ...], list[Figure]] = {}
    for figure in figures:
        key = (figure.indicator, figure.area, figure.period, figure.role, figure.unit, figure.status)
        if figure.indicator is None:
            kept.append(figure)
            continue
        twin = next((f for f in by_key.get(key, []) if _same_value(f, figure)), None)
        if twin is None:
            by_key.setdefault(key, []).append(figure)
            kept.append(figure)
        else:
            _absorb(twin, figure)
    return kept


def _same_value(one: Figure, other: Figure) -> bool:
    if one.value is None or other.value is None:
        return one.value == other.value
    coarse = min(one.decimals, other.decimals)
    return (
        abs(one.value - other.value) <= 0.5 * 10**-coarse + 1e-9
        if one.decimals != other.decimals
        else (one.value == other.value)
    )


def _absorb(kept: Figure, other: Figure) -> None:
    if other.decimals > kept.decimals:
        kept.value, kept.decimals = other.value, other.decimals
    for name in ("numerator", "denominator", "change", "rank", "quartile", "rag", "direction", "passage"):
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(other, name))
    kept.prints.extend(other.prints)
    kept.notes.extend(note for note in other.notes if note not in kept.notes)
    if _ORDER[other.difficulty] < _ORDER[kept.difficulty]:
        kept.difficulty = other.difficulty


def _line(
    figure: Figure, spots: Sequence[Place], where: dict[int, list[Place]], text: str, pages: Sequence[int] | None
) -> dict[str, Any]:
    passage = where.get(figure.passage, []) if figure.passage is not None else []
    line: dict[str, Any] = {
        "indicator": figure.indicator,
        "label": figure.label,
        "value": _number(figure.value),
        "status": figure.status,
        "unit": figure.unit,
        "role": figure.role,
        "area": figure.area,
        "period": figure.period,
        "numerator": _number(figure.numerator),
        "denominator": _number(figure.denominator),
        "change": figure.change,
        "rank": figure.rank,
        "quartile": figure.quartile,
        "rag": figure.rag,
        "direction": figure.direction,
        "quotes": [quote(text, spot, _page_of(spot, pages, len(text))) for spot in spots],
        "commentary": first_and_last(text[passage[0].start : passage[0].end]) if passage else None,
        "difficulty": figure.difficulty,
    }
    if figure.notes:
        line["note"] = "; ".join(figure.notes)
    if figure.accept:
        line["accept"] = figure.accept
    if pages is not None:
        line = {"page": sum(start <= spots[0].start for start in pages), **line}
    return line


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _page_of(spot: Place, pages: Sequence[int] | None, length: int) -> tuple[int, int]:
    if pages is None:
        return 0, length
    number = sum(start <= spot.start for start in pages)
    return pages[number - 1], pages[number] if number < len(pages) else length


def first_and_last(passage: str, words: int = 8) -> str:
    """The gold form of a commentary: its first and last eight words."""
    parts = passage.split()
    return " ".join(parts) if len(parts) <= 2 * words else f"{' '.join(parts[:words])} ... {' '.join(parts[-words:])}"


def quote(text: str, spot: Place, page: tuple[int, int]) -> str:
    """The shortest span of whole words round a figure that is found once in the page and shows some of its words."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", text[page[0] : page[1]])]
    body = text[page[0] : page[1]]
    start, end = spot.start - page[0], spot.end - page[0]
    first = next(i for i, word in enumerate(words) if word[1] > start)
    last = next((i for i, word in enumerate(words) if word[1] >= end), len(words) - 1)
    line_start = body.rfind("\n", 0, start) + 1
    turn = 0
    while True:
        piece = body[words[first][0] : words[last][1]]
        if (last - first >= 3 or len(piece) >= 24) and body.count(piece) == 1:
            return piece
        can_left = first > 0 and (words[first - 1][0] >= line_start or turn >= 12)
        can_right = last + 1 < len(words)
        if not can_left and not can_right:
            return piece
        if can_left and (turn % 3 != 2 or not can_right):
            first -= 1
        elif can_right:
            last += 1
        turn += 1
