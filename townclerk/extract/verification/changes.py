"""A stated change or movement against the two values it is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.spotting.roles import find_cues
from townclerk.extract.verification.edits import is_one_slip, one_slip
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.tolerance import Interval, around, decimals, decimals_of, printed, shown, span_of
from townclerk.extract.verification.view import View, is_vague
from townclerk.models.candidate import Candidate, StatedChange
from townclerk.models.mentions import FigureMention
from townclerk.models.units import RATES, Direction, Method, Unit

_MUCH = 4.0
_A_QUARTER = 93
_NEAR = 250
_LONGEST_BETWEEN = 200
_FEW_WORDS = 10
_BASE_NEAR = 20
_FROM = re.compile(r"\bfrom\s+(?:(?:about|around|just|only)\s+)?\Z", re.IGNORECASE)


@check("change")
def change(view: View) -> Iterator[Finding]:
    """New - old is the stated change in points or in the measure's unit; (new - old) / old the relative one.

    Tolerance: half the last digit of the stated change, and half the last digit of each rounded value. A change "by 3%"
    of a percentage may be meant either way, so only one that fits neither contradicts. Without a base named, the old
    value must stand beside the new one.
    """
    for new in view.known:
        stated = new.change
        if stated is None or is_vague(new):
            continue
        bases = _bases(new, stated, view)
        if not bases:
            yield Finding("change", Outcome.NOT_TESTABLE, "", (new,))
            continue
        fitting = next((old for old in bases if fits(new, old, stated)), None)
        if fitting is not None:
            text = f"{moved(fitting, new)} is the change stated, {_stated(stated)}"
            yield Finding("change", Outcome.SUPPORTS, text, (new, fitting))
        elif len({old.value for old in bases}) == 1 and _is_told_of(new, bases[0], stated, view):
            text = f"{moved(bases[0], new)} is {_measured(bases[0], new, stated)}, but {_stated(stated)} is stated"
            yield Finding("change", Outcome.CONTRADICTS, text, (new, bases[0]), "change_mismatch", (new,))


@check("direction")
def direction(view: View) -> Iterator[Finding]:
    """Words such as "rose" and "fell" agree with the two values of their sentence.

    Tolerance: values whose printed digits could be equal agree with any word. Only running text is held to it: an
    arrow in a table may mean performance, and does not say against what it is. A value behind "from" is the base, and
    an old value behind the new one must follow it closely.
    """
    for new in view.known:
        if new.direction is None or new.method is not Method.PROSE or is_vague(new) or _is_base(new, view):
            continue
        old = _beside(new, view)
        if old is None or new.value is None or old.value is None:
            continue
        apart = not span_of(new).meets(span_of(old))
        rose = new.value > old.value
        if new.direction is Direction.SAME:
            continue
        if not apart:
            continue
        if rose == (new.direction is Direction.UP):
            text = f"{moved(old, new)} is the {_WORDS[new.direction]} stated"
            yield Finding("direction", Outcome.SUPPORTS, text, (new, old))
        elif not _is_of_performance(new, view):
            text = f"a {_WORDS[new.direction]} is stated, but {moved(old, new)} is a {'rise' if rose else 'fall'}"
            flag = "suspect_digit" if _lost_digit(new, old) else "direction_mismatch"
            yield Finding("direction", Outcome.CONTRADICTS, text, (new, old), flag, (new,))


_WORDS = {Direction.UP: "rise", Direction.DOWN: "fall", Direction.SAME: "standstill"}


def _lost_digit(new: Candidate, old: Candidate) -> bool:
    """True where the new value is so far from the old one that a lost or added digit is likelier than the movement."""
    if not new.value or not old.value:
        return False
    return max(new.value / old.value, old.value / new.value) >= _MUCH


def _bases(new: Candidate, stated: StatedChange, view: View) -> list[Candidate]:
    """The old values a change can be counted from."""
    others = [old for old in view.others_of(new) if old.value is not None and not is_vague(old)]
    if stated.from_period is not None:
        end = stated.from_period.end
        dated = [old for old in others if old.period is not None and old.period.end == end]
        return [old for old in dated if view.is_stock(new) or _same_length(new, old)]
    beside = [old for old in others if old.block == new.block]
    return beside if len(beside) <= 1 or any(fits(new, old, stated) for old in beside) else _just_before(new, beside)


def _just_before(new: Candidate, others: list[Candidate]) -> list[Candidate]:
    """The value of the time right before, of several that stand beside the new one."""
    if new.period is None:
        return []
    start, length = new.period.start, (new.period.end - new.period.start).days + 1
    gaps = [(old, (start - old.period.end).days) for old in others if old.period is not None]
    return [old for old, gap in gaps if 0 < gap <= max(1, _A_QUARTER if length == 1 else 1)]


def _is_told_of(new: Candidate, old: Candidate, stated: StatedChange, view: View) -> bool:
    """True where the change is surely said of these two values: printed beside the new one, and of its unit.

    The old value stands beside it, too, or one slip in a print would make the three agree.
    """
    if stated.unit is Unit.POINTS and new.unit is not Unit.PERCENT:
        return False
    if stated.unit in RATES and decimals(new) and not decimals_of(stated.value):
        # "58.4 per 10,000 ...; there were 38 admissions, 12 higher": children, not a rate.
        return False
    if stated.from_period is None and not _one_sentence(new, old, view) and not _just_before(new, [old]):
        return False
    if not _in_its_sentence(new, old, stated, view) or _is_about(new, stated, view) or _another_fits(new, stated, view):
        return False
    return (old.block == new.block and _one_sentence(new, old, view)) or _slip_explains(new, old, stated)


def _in_its_sentence(new: Candidate, old: Candidate, stated: StatedChange, view: View) -> bool:
    """True where the change is printed in the sentence of the new value; in a table or tile, near it.

    A number of the sentence that is one of the two values, or a count behind the new one, is not the change.
    """
    if new.method is not Method.PROSE:
        return view.prints_near(new, stated.value, decimals_of(stated.value))
    known = {new.value, old.value, new.numerator, new.denominator}
    told = [figure for figure in _told(new, view) if figure.value is not None and abs(figure.value) == stated.value]
    return any(figure.unit is Unit.POINTS or figure.value not in known for figure in told)


def _another_fits(new: Candidate, stated: StatedChange, view: View) -> bool:
    """True where the block prints an old value that fits, such as the corrected one of two."""
    if new.method is not Method.PROSE:
        return False
    text = view.document.blocks[new.block].passage.text
    others = [f for f in figures_of(text) if f.value is not None and f.unit in {new.unit, None} and not f.sign]
    return any(
        fits(new, replace(new, figure=other, value=other.value), stated)
        for other in others
        if other.value not in {new.value, stated.value}
    )


def _told(new: Candidate, view: View) -> tuple[FigureMention, ...]:
    return figures_of(" ".join(view.clause(new).split()))


def _is_about(new: Candidate, stated: StatedChange, view: View) -> bool:
    """True where the change is told vaguely: "by about 4 points"."""
    words = view.document.text[max(0, new.figure_span.start - _NEAR) : new.figure_span.end + _NEAR].lower()
    vague = "|".join(re.escape(word) for word in sorted(view.identities.vague_words))
    return re.search(rf"\b(?:{vague})\s+{re.escape(f'{stated.value:g}')}(?![\d.]*\d)", words) is not None


def _slip_explains(new: Candidate, old: Candidate, stated: StatedChange) -> bool:
    """True where one slip in the print of one of the two values makes the change right."""
    for candidate, other in ((new, old), (old, new)):
        moved = replace(candidate, figure=replace(candidate.figure))
        for value in one_slip(candidate.value or 0.0, decimals(candidate)):
            moved.value = moved.figure.value = value
            if fits(*((moved, other) if candidate is new else (other, moved)), stated):
                return True
    return False


def _same_length(new: Candidate, old: Candidate) -> bool:
    """True for periods of one length: a month is not held against a year to date."""
    if new.period is None or old.period is None:
        return False
    lengths = [(one.end - one.start).days for one in (new.period, old.period)]
    return abs(lengths[0] - lengths[1]) <= 3


def _beside(new: Candidate, view: View) -> Candidate | None:
    """The one old value that stands in the new one's sentence."""
    near = [
        old
        for old in view.others_of(new)
        if old.block == new.block and not is_vague(old) and _one_sentence(new, old, view) and _is_earlier(old, new)
    ]
    if len(near) != 1 or (near[0].figure_span.start > new.figure_span.start and not _follows(near[0], new, view)):
        return None
    return near[0]


def _is_of_performance(new: Candidate, view: View) -> bool:
    """True where only words for better and worse tell the movement: a "declining trend" may be of the number, too."""
    told = {cue.cue for cue in find_cues(view.sentence(new))}
    return bool(told & {"better", "worse"}) and not told & {"up", "down"}


def _is_base(candidate: Candidate, view: View) -> bool:
    """True for a value right behind "from"."""
    start = candidate.figure_span.start
    return _FROM.search(view.document.text[max(0, start - _BASE_NEAR) : start]) is not None


def _follows(old: Candidate, new: Candidate, view: View) -> bool:
    """True where the words between a new value and the old one behind it are few, or open a bracket."""
    between = view.document.text[new.figure_span.end : old.figure_span.start]
    return "(" in between or len(between.split()) <= _FEW_WORDS


def _is_earlier(old: Candidate, new: Candidate) -> bool:
    if new.period is None:
        return False
    if old.period is None:
        return True
    return old.period.end < new.period.end


def _one_sentence(new: Candidate, old: Candidate, view: View) -> bool:
    first, last = sorted((new.figure_span, old.figure_span), key=lambda span: span.start)
    if last.start - first.end >= _LONGEST_BETWEEN:
        return False
    between = view.document.text[first.end : last.start]
    return ". " not in between and ".\n" not in between and ";" not in between


def fits(new: Candidate, old: Candidate, stated: StatedChange) -> bool:
    """True where a stated change fits two values, plain or relative, as far as its unit leaves it open."""
    wholes = stated.unit is Unit.COUNT and decimals(new) == 0
    said = Interval(stated.value, stated.value) if wholes else around(stated.value, decimals_of(stated.value))
    readings: list[Interval | None] = [_points(new, old)]
    if stated.unit is Unit.PERCENT or (stated.unit is Unit.POINTS and new.unit is Unit.PERCENT):
        readings.append(_relative(new, old))
    if stated.unit is Unit.PERCENT and new.unit is not Unit.PERCENT:
        readings = readings[1:]
    return any(reading is not None and reading.meets(said) for reading in readings)


def _points(new: Candidate, old: Candidate) -> Interval:
    """How far the two are apart, whatever the sign."""
    mine, theirs = span_of(new), span_of(old)
    low, high = mine.low - theirs.high, mine.high - theirs.low
    return Interval(low, high) if low >= 0 else Interval(-high, -low) if high <= 0 else Interval(0.0, max(-low, high))


def _relative(new: Candidate, old: Candidate) -> Interval | None:
    """The relative change in percent, whatever the sign."""
    mine, theirs = span_of(new), span_of(old)
    if theirs.low <= 0:
        return None
    low, high = 100.0 * (mine.low / theirs.high - 1.0), 100.0 * (mine.high / theirs.low - 1.0)
    return Interval(low, high) if low >= 0 else Interval(-high, -low) if high <= 0 else Interval(0.0, max(-low, high))


def _measured(old: Candidate, new: Candidate, stated: StatedChange) -> str:
    difference = abs((new.value or 0.0) - (old.value or 0.0))
    if stated.unit is Unit.PERCENT and new.unit is not Unit.PERCENT:
        return f"{shown(100.0 * difference / old.value)}%" if old.value else "no change that percent can tell"
    return shown(difference, max(decimals(new), decimals(old))) + (" points" if new.unit is Unit.PERCENT else "")


def _stated(stated: StatedChange) -> str:
    unit = {Unit.POINTS: " points", Unit.PERCENT: "%"}.get(stated.unit, "")
    way = f" {stated.direction.value}" if stated.direction in {Direction.UP, Direction.DOWN} else ""
    return f"{shown(stated.value, 2)}{unit}{way}"


def moved(old: Candidate, new: Candidate) -> str:
    """The movement of two values, for a sentence."""
    return f"from {printed(old)} to {printed(new)}"


def slip_between(new: Candidate, old: Candidate) -> bool:
    """True where the two values differ by one slip in the print."""
    if new.value is None or old.value is None:
        return False
    return is_one_slip(new.value, old.value, max(decimals(new), decimals(old)))
