"""Which number of a tile is the value, which the target, the value before, the variance.

A tile that a converter flattened prints its labels and its numbers in runs ("Target Variance 260 +106 Previous month
High is good 373"). Labels wait in order until numbers come; a number with a sign, or one that cannot be read, is the
variance; a number that finds no label waiting is the value. Where value, target and variance are all there, actual
minus target must be the variance, and decides between two readings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations

from townclerk.extract.reading.text.knowledge import knowledge as reading_knowledge
from townclerk.models.mentions import AreaMention, FigureForm, FigureMention
from townclerk.models.units import RATES, Status, Unit

_GLOSS = re.compile(r"\s*\(([^()]{2,20})\)")
_FEWEST_TIMES = 2
_BRACKETS = re.compile(r"\([^()]*\)")
_LINE_END = 12
# "September 2021 " is the longest month with a year before its value.
_LONGEST_MONTH = 15
_MOST_BETWEEN = 2
VALUE, TARGET, PREVIOUS, YEAR_AGO, VARIANCE = "value", "target", "previous", "year_ago", "variance"
ASIDE = "aside"
"""A tolerance, a threshold, a forecast: no observation (convention C10)."""
_WAITING = {
    "target": TARGET,
    "variance": VARIANCE,
    "previous": PREVIOUS,
    "year_ago": YEAR_AGO,
    "actual": VALUE,
    "aside": ASIDE,
}


@dataclass(slots=True)
class Slots:
    """The numbers of a tile by what they are.

    Attributes:
        held: The figure of each slot.
        places: Values of other places named in the tile, with their variance if printed.
        arithmetic: What actual minus target said: 1 the variance fits, -1 it does not, 0 it cannot be tested.
        title: The words before the first label.
        labels: The words of each slot's label.
        glosses: Spans of labels other than the value's with the brackets behind them: "Previous (Q1)".
        dated: Values that each stand behind a time of their own, with the place of that time in the list given.
    """

    held: dict[str, FigureMention] = field(default_factory=dict)
    places: list[tuple[AreaMention, FigureMention]] = field(default_factory=list)
    arithmetic: int = 0
    title: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    glosses: list[tuple[int, int]] = field(default_factory=list)
    dated: list[tuple[int, FigureMention]] = field(default_factory=list)


def fill_slots(
    text: str,
    figures: list[FigureMention],
    areas: list[AreaMention],
    unit: Unit | None,
    times: Sequence[int] = (),
) -> Slots:
    """Read a tile.

    Args:
        text: The tile's text.
        figures: Its figures, in order.
        areas: Its places, in order.
        unit: The unit its values have, as far as known; numbers of other units stay out.
        times: Where its times begin, in order; two or more that each stand before a value are labels too.

    Returns:
        The slots, with comparators apart.
    """
    said = list(reading_knowledge().tile_phrase.finditer(text))
    labels = [(m.start(), m.lastgroup or "") for m in said]
    levels = [figure for figure in figures if _is_level(figure, unit) or _is_mark(figure) or figure.sign]
    slots = Slots(title=_title(text, labels, figures))
    for m in said:
        if m.lastgroup in _WAITING:
            gloss = _GLOSS.match(text, m.end())
            slots.labels[_WAITING[m.lastgroup]] = " ".join(f"{m[0]} {gloss[1] if gloss else ''}".split())
            if m.lastgroup != "actual":
                slots.glosses.append((m.start(), gloss.end() if gloss else m.end()))
    comparators = _comparators(levels, areas, text)
    slots.places = [(area, figure) for area, figure in comparators if not figure.sign]
    taken = {id(figure) for _, figure in comparators}
    own = [f for f in levels if id(f) not in taken and not _beside_place(f, comparators, figures)]
    # "England 2022/23" above a value tells that value's year, and heads no value of ours.
    heads = {
        at: place
        for place, at in enumerate(times)
        if not any(area.end <= at < value.start for area, value in comparators)
    }
    if not _walk_dated(text, own, labels, heads, slots) and not _walk_below(text, own, labels, slots):
        _walk(own, labels, slots)
        _hold_against_arithmetic(slots)
    return slots


def _walk_dated(
    text: str, levels: list[FigureMention], labels: list[tuple[int, str]], times: dict[int, int], slots: Slots
) -> bool:
    """Pair each head with the number after it, where two or more times are heads; False where they do not pair.

    The times come as offset and place in the list that the tile was given with. One time alone is a head where nothing
    parts it from its number: "Target 20%  Jan 22.1%". A number before all heads is the tile's own value, which the
    newest of three times and more says again.
    """
    heads = sorted([(start, name) for start, name in labels if name in _WAITING] + [(at, "") for at in times])
    alone = [(at, figure) for at in times for figure in levels if 0 < figure.start - at <= _LONGEST_MONTH]
    # "Q2: 804" below the tile's own value is the one before; without one above it, it may be the tile's own.
    parting = "\n(" if levels and heads and levels[0].start < heads[0][0] else "\n:("
    single = len(times) == len(alone) == 1 and not any(
        mark in text[alone[0][0] : alone[0][1].start] for mark in parting
    )
    if not levels or (len(times) < _FEWEST_TIMES and not single):
        return False
    # Behind "Target" a number before all heads is no time's.
    opens = levels[0].start < heads[0][0] and (single or len(times) > _FEWEST_TIMES or heads[0][1] != "")
    first = levels[0] if opens else None
    levels = levels[1:] if first is not None else levels
    if len(heads) != len(levels):
        return False
    ends = [*(start for start, _ in heads[1:]), float("inf")]
    if not all(start < figure.start < end for (start, _), end, figure in zip(heads, ends, levels, strict=True)):
        return False
    if first is not None:
        slots.held.setdefault(VALUE, first)
    for (start, name), figure in zip(heads, levels, strict=True):
        if name:
            slots.held.setdefault(_WAITING[name], figure)
        else:
            slots.dated.append((times[start], figure))
    return True


def _walk_below(text: str, levels: list[FigureMention], labels: list[tuple[int, str]], slots: Slots) -> bool:
    """Pair each label with the number above it, where all stand on lines of their own; False where they do not."""
    heads = [(start, _WAITING[name]) for start, name in labels if name in _WAITING]
    if not heads or not levels or heads[0][0] < levels[0].start or heads[-1][0] < levels[-1].start:
        return False
    if any(slot not in {TARGET, VALUE} for _, slot in heads):
        # A card cut off behind "Previous" has its labels above its numbers.
        return False
    if not all(_begins_line(text, at) for at in (*(figure.start for figure in levels), heads[-1][0])):
        return False
    unnamed = list(levels)
    for start, slot in heads:
        above = max((figure for figure in levels if figure.start < start), key=lambda figure: figure.start)
        if above in unnamed and slot not in slots.held:
            slots.held[slot] = above
            unnamed.remove(above)
    if unnamed:
        slots.held.setdefault(VALUE, unnamed[0])
    return True


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def _is_level(figure: FigureMention, unit: Unit | None) -> bool:
    """True for a number that can be a level in the tile's unit."""
    if (
        figure.form is not FigureForm.NUMBER
        or figure.value is None
        or "reference_like" in figure.flags
        or ("row_number_like" in figure.flags and figure.unit is None)
    ):
        return False
    if unit is Unit.PERCENT:
        return figure.unit is Unit.PERCENT
    if unit in RATES or unit in {Unit.SCORE, Unit.RATIO, Unit.DAYS, Unit.WEEKS}:
        return figure.unit in {None, unit}
    return figure.unit in {None, Unit.COUNT, unit}


def _is_mark(figure: FigureMention) -> bool:
    return figure.form is FigureForm.MARK and figure.status is Status.UNREADABLE


def _title(text: str, labels: list[tuple[int, str]], figures: list[FigureMention]) -> str:
    """The words before the first label or number, which may name the measure."""
    stops = [start for start, _ in labels] + [
        figure.start for figure in figures if figure.unit is not None or figure.decimals
    ]
    return " ".join(text[: min(stops, default=len(text))].split())


def _walk(levels: list[FigureMention], labels: list[tuple[int, str]], slots: Slots) -> None:
    """Let numbers take the labels that wait for them, in printed order."""
    events: list[tuple[int, str, FigureMention | None]] = [
        (start, _WAITING[name], None) for start, name in labels if name in _WAITING
    ]
    events.extend((figure.start, "", figure) for figure in levels)
    waiting: list[str] = []
    for _, label, figure in sorted(events, key=lambda event: event[0]):
        if figure is None:
            if label not in waiting and label not in slots.held:
                waiting.append(label)
        elif figure.sign or _is_mark(figure):
            _variance(figure, waiting, slots)
        else:
            _level(figure, waiting, slots)


def _variance(figure: FigureMention, waiting: list[str], slots: Slots) -> None:
    if VARIANCE in waiting or VARIANCE not in slots.held:
        slots.held.setdefault(VARIANCE, figure)
        if VARIANCE in waiting:
            waiting.remove(VARIANCE)
    elif waiting and _is_mark(figure):
        waiting.pop(0)


def _level(figure: FigureMention, waiting: list[str], slots: Slots) -> None:
    slot = next((label for label in waiting if label != VARIANCE and label not in slots.held), VALUE)
    if slot in waiting:
        waiting.remove(slot)
    slots.held.setdefault(slot, figure)


def _hold_against_arithmetic(slots: Slots) -> None:
    """Where actual - target must be the variance, let it decide which number is which."""
    variance = slots.held.get(VARIANCE)
    if variance is None or variance.value is None or TARGET not in slots.held or VALUE not in slots.held:
        return
    if _fits(slots.held[VALUE], slots.held[TARGET], variance):
        slots.arithmetic = 1
        return
    names = [name for name in (VALUE, TARGET, PREVIOUS, YEAR_AGO) if name in slots.held]
    fitting = [
        dict(zip(names, order, strict=True))
        for order in permutations([slots.held[name] for name in names])
        if _fits(order[0], order[1], variance)
    ]
    if len(fitting) == 1:
        slots.held.update(fitting[0])
        slots.arithmetic = 1
    else:
        slots.arithmetic = -1


def _fits(actual: FigureMention, target: FigureMention, variance: FigureMention) -> bool:
    """True where actual - target is the variance within half the last printed digit of each."""
    if actual.value is None or target.value is None or variance.value is None:
        return False
    margin = 0.5 * (10.0**-actual.decimals + 10.0**-variance.decimals) + 1e-9
    return abs(actual.value - target.value - variance.value) <= margin


def _comparators(
    levels: list[FigureMention], areas: list[AreaMention], text: str
) -> list[tuple[AreaMention, FigureMention]]:
    """Pair places with the nearest unsigned numbers, each number once, those of one line and nearest pairs first.

    Where a number stands on the line below the last place, every place stands above its number.
    """
    numbers = [(n, figure) for n, figure in enumerate(levels) if not figure.sign and not _is_mark(figure)]
    behind = _named_before([figure for _, figure in numbers], areas, text)
    if behind:
        return behind
    above = bool(areas) and any(
        figure.start > areas[-1].end
        and "\n" in text[areas[-1].end : figure.start]
        and _is_beside(areas[-1], figure, text)
        for _, figure in numbers
    )
    pairs = sorted(
        (_apart(area, figure, text), number, place)
        for number, figure in numbers
        for place, area in enumerate(areas)
        if _is_beside(area, figure, text)
        and not (above and figure.end <= area.start and "\n" in text[figure.end : area.start])
    )
    found: list[tuple[int, int]] = []
    for distance, number, place in pairs:
        if distance <= 30 and all(number != n and place != p for n, p in found):
            found.append((number, place))
    return [(areas[place], levels[number]) for number, place in sorted(found)]


def _named_before(
    numbers: list[FigureMention], areas: list[AreaMention], text: str
) -> list[tuple[AreaMention, FigureMention]]:
    """Two places and more, each with the number right behind it: "Y&H 21.4%Eng 21.5%"; nothing where one has none."""
    found: list[tuple[AreaMention, FigureMention]] = []
    for place, area in enumerate(areas):
        end = areas[place + 1].start if place + 1 < len(areas) else len(text)
        figure = next((one for one in numbers if area.end <= one.start < end), None)
        if figure is None or "\n" in text[area.end : figure.start] or not _is_beside(area, figure, text):
            return []
        found.append((area, figure))
    return found if len(found) > 1 else []


def _is_beside(area: AreaMention, figure: FigureMention, text: str) -> bool:
    """True where next to nothing is said between a place and a number, and nothing across a line's end."""
    between = text[figure.end : area.start] if figure.start < area.start else text[area.end : figure.start]
    words = [word for word in between.split() if any(char.isalpha() for char in word)]
    return len(words) <= (0 if "\n" in between else _MOST_BETWEEN)


def _apart(area: AreaMention, figure: FigureMention, text: str) -> int:
    """How far a place and a number stand apart, brackets left out; a line end counts as more than any blank.

    In "20.7%" over "National (2018/19) 19.4%" the place's number is the one behind its year.
    """
    between = text[figure.end : area.start] if figure.start < area.start else text[area.end : figure.start]
    return len(_BRACKETS.sub("", between)) + (_LINE_END if "\n" in between else 0)


def _beside_place(
    figure: FigureMention, comparators: list[tuple[AreaMention, FigureMention]], figures: list[FigureMention]
) -> bool:
    """True for a signed number right behind a comparator's value: its own variance, not the tile's."""
    if not figure.sign:
        return False
    place = figures.index(figure)
    return place > 0 and any(figures[place - 1] is value for _, value in comparators)
