"""The lines of a card: a value with a line to itself, and under it earlier values with their times, and changes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from townclerk.extract.linking.scene import SpottedBlock, arrow_in
from townclerk.extract.reading.text.knowledge import knowledge as reading_knowledge
from townclerk.extract.spotting.figures import read_cell
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.mentions import FigureForm, FigureMention, PeriodMention
from townclerk.models.units import Direction, Unit
from townclerk.patterns.table_words import table_words

# One character, so that offsets stay.
_start = attrgetter("start")
_PARTED = re.compile(r"(?<=\s)\|(?=\s)")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_LINK, _FEWEST_SAID = 4, 4


@dataclass(slots=True)
class CardLines:
    """What the lines under a card's value say.

    Attributes:
        dated: Values that share a line with a time and nothing else ("Mar-21: 2,699", "41% in Mar-21").
        aside: Figures that are changes ("▼ 5 since previous month").
        times: The times that belong to one of the two.
        direction: What the arrow before a change says.
        change: The change behind that arrow, and the words behind it that say since when ("on last quarter").
        name: The words above the value; None for a tile without a value that has a line to itself.
    """

    dated: list[tuple[PeriodMention, FigureMention]] = field(default_factory=list)
    aside: list[FigureMention] = field(default_factory=list)
    times: list[PeriodMention] = field(default_factory=list)
    direction: Direction | None = None
    change: tuple[FigureMention, str] | None = None
    name: str | None = None

    def left(self, figures: Sequence[FigureMention]) -> list[FigureMention]:
        """The figures of the card that its lines do not explain."""
        taken = {id(figure) for figure in (*self.aside, *(figure for _, figure in self.dated))}
        return [figure for figure in figures if id(figure) not in taken]


def tile_figures(spotted: SpottedBlock) -> list[FigureMention]:
    """A tile's figures; a number with a line to itself, or behind the label that begins its line, is one too.

    Args:
        spotted: The tile's block with its mentions.
    """
    found = spotted.mentions.figures
    for start, end in _lines(spotted.text):
        inside = [figure for figure in _reaching(found, start, end) if figure.end > start]
        if inside and ("row_number_like" not in inside[0].flags or inside[0].unit is Unit.PERCENT):
            continue
        first = start + _label_end(spotted.text[start:end])
        alone = read_cell(spotted.text[first:end])
        if len(alone) == 1 and len(alone[0].text) >= end - first and alone[0].value is not None:
            moved = replace(alone[0], start=alone[0].start + first, end=alone[0].end + first)
            found = sorted([*(f for f in found if f not in inside), moved], key=lambda figure: figure.start)
    return found


def tile_times(spotted: SpottedBlock) -> list[PeriodMention]:
    """A tile's times; one that was read across a line's end ("12" above "Mar-21") is read again in its lines.

    A time that ends a sentence of the tile's comment ("More homes open in May.") is none of its values'.

    Args:
        spotted: The tile's block with its mentions.
    """
    text = spotted.text
    found = [time for time in spotted.mentions.periods if "\n" not in text[time.start : time.end]]
    torn = [time for time in spotted.mentions.periods if "\n" in text[time.start : time.end]]
    for start, end in _lines(text):
        if any(time.start < end and time.end > start for time in torn):
            again = find_periods(text[start:end])
            found += [replace(time, start=time.start + start, end=time.end + start) for time in again]
    whole = {(time.start, time.end): time for time in found}
    return [whole[span] for span in sorted(whole) if not _ends_sentence(text, whole[span])]


def _ends_sentence(text: str, time: PeriodMention) -> bool:
    """True for a month of no year behind several words and right before a stop."""
    before = text[text.rfind("\n", 0, time.start) + 1 : time.start]
    stopped = "." in text[time.end - 1 : time.end + 1] and time.expression.year is None
    return stopped and len(before.split()) >= _FEWEST_SAID


def _label_end(line: str) -> int:
    """Where the tile word or the time that begins a line ends, blanks and a colon behind it included."""
    label = reading_knowledge().tile_phrase.match(line)
    times = [time.end for time in find_periods(line) if time.start == 0]
    end = max([label.end() if label is not None else 0, *times])
    return end + len(line[end:]) - len(line[end:].lstrip(" :–-")) if end else 0


def read_lines(text: str, figures: Sequence[FigureMention], times: Sequence[PeriodMention]) -> CardLines:
    """Read the lines under the value of a card.

    Args:
        text: The tile's text, line ends kept.
        figures: Its figures, in order.
        times: Its times, in order.

    Returns:
        What the lines say; nothing for a tile without a value that has a line to itself.
    """
    card = CardLines()
    lines = list(_lines(text))
    alone = [end for start, end in lines if any(_fills(f, text, start, end) for f in _reaching(figures, start, end))]
    if len(alone) != 1:
        return card
    first = alone[0]
    names: list[tuple[int, int]] = []
    changes: list[tuple[int, int]] = []
    for start, end in lines:
        if start > first:
            changes.append((start, end))
        elif end < first and not _label_end(text[start:end]):
            opens = leading_arrow(text[start:end]) is not None
            arrow = 0 if opens else arrow_in(text[start:end])
            names += [(start, end if arrow is None else start + arrow)] if arrow != 0 else []
            changes += [(start + arrow, end)] if arrow is not None else []
    card.name = " ".join(text[start:end].rstrip() for start, end in names)
    card.aside.extend(f for f in figures if any(start <= f.start < end for start, end in names))
    for start, end in changes:
        _take(text, start, end, figures, times, card)
    return card


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines that say something, as offsets; a bar parts a line in two ("Target 90% | July 81%")."""
    start = 0
    for line in _PARTED.sub("\n", text).split("\n"):
        if line.strip():
            yield start + len(line) - len(line.lstrip()), start + len(line.rstrip())
        start += len(line) + 1


def _reaching(figures: Sequence[FigureMention], start: int, end: int) -> Sequence[FigureMention]:
    """The figures, which stand in order, that can reach into a line: those that begin in it, and the one before."""
    return figures[max(0, bisect_right(figures, start, key=_start) - 1) : bisect_left(figures, end, key=_start)]


def _fills(figure: FigureMention, text: str, start: int, end: int) -> bool:
    """True for a value that is all a line says; "526 of 551" is a part of the one above it."""
    return (
        figure.form not in {FigureForm.MARK, FigureForm.PARTS}
        and figure.start <= start
        and len(text[figure.end : end].strip("*_ ")) == 0
    )


def _take(
    text: str,
    start: int,
    end: int,
    figures: Sequence[FigureMention],
    times: Sequence[PeriodMention],
    card: CardLines,
) -> None:
    inside = [time for time in times if start <= time.start < end]
    levels = [f for f in figures if start <= f.start < end and not any(t.start <= f.start < t.end for t in inside)]
    arrow = leading_arrow(text[start:end])
    if arrow is not None:
        card.direction = card.direction or arrow
        if card.change is None and len(levels) == 1:
            card.change = levels[0], text[levels[0].end : end]
        card.aside.extend(levels)
        card.times.extend(inside)
    elif len(inside) == len(levels) == 1 and names_date(inside[0]) and _only(text, start, end, levels[0], inside[0]):
        card.dated.append((inside[0], levels[0]))
        card.times.extend(inside)


def leading_arrow(line: str) -> Direction | None:
    """What the arrow that begins a line says ("▼ 5 since last month"), or "Up", "Down"; None where there is none."""
    first = line.split(maxsplit=1)[0]
    meaning = table_words().marks.get(first.lower())
    worded = len(first) > 1 and meaning in {Direction.UP, Direction.DOWN}
    return meaning if isinstance(meaning, Direction) and (worded or not first[0].isalpha()) else None


def change_behind(spotted: SpottedBlock) -> tuple[Direction, FigureMention, str] | None:
    """The change behind an arrow at the end of a card's title ("Referrals ▲ 10 on last quarter"), with its words."""
    at = arrow_in(spotted.text)
    behind = [figure for figure in spotted.mentions.figures if at is not None and figure.start >= at]
    way = leading_arrow(spotted.text[at:]) if at is not None else None
    if way is None or len(behind) != 1:
        return None
    return way, behind[0], spotted.text[behind[0].end :]


def names_date(time: PeriodMention) -> bool:
    """True for a time that names a month, quarter, year or day, and is no spell of a definition."""
    said = time.expression
    return "maybe_definition" not in time.flags and bool(said.year is not None or said.quarter or said.month)


def _only(text: str, start: int, end: int, figure: FigureMention, time: PeriodMention) -> bool:
    """True for a line of a figure, a time and at most one short word between them."""
    first, last = sorted([(figure.start, figure.end), (time.start, time.end)])
    outside = text[start : first[0]] + text[last[1] : end]
    between = _WORD.findall(text[first[1] : last[0]])
    return not _WORD.search(outside) and len(between) <= 1 and all(len(word) <= _LONGEST_LINK for word in between)
