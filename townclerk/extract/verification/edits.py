"""One small slip away: the numbers that one misread, lost, doubled or exchanged sign of a print could stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from townclerk.patterns.identities import identities

_DIGITS = "0123456789"
_SOUND = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]*)?")


@lru_cache(maxsize=4096)
def one_slip(value: float, decimals: int) -> frozenset[float]:
    """Every number whose print differs from this one's by a single slip: a digit wrong, lost, doubled or exchanged.

    Args:
        value: The number, not negative.
        decimals: Decimals it is printed with.
    """
    text = f"{value:.{decimals}f}"
    own = float(text)
    return frozenset([number for slip in _slips(text) if (number := _number(slip, own)) is not None])


@lru_cache(maxsize=4096)
def misreadings(value: float, decimals: int) -> dict[float, str]:
    """What a recogniser could have made this print of, each with the slip in words.

    Digit confusions of `identities.yaml`, a lost or shifted point, a lost or doubled digit.
    """
    text = f"{value:.{decimals}f}"
    own, found = float(text), dict[float, str]()
    for place, digit in enumerate(text):
        for other in identities().confusions.get(digit, ""):
            _keep(found, text[:place] + other + text[place + 1 :], f"{other} read as {digit}", own)
    for moved in _points(text):
        _keep(found, moved, "the point was lost or moved", own)
    for place in range(len(text) + 1):
        for digit in _DIGITS:
            _keep(found, text[:place] + digit + text[place:], f"a {digit} was lost", own)
    for place, digit in enumerate(text):
        if digit.isdigit():
            _keep(found, text[:place] + text[place + 1 :], f"the {digit} does not belong", own)
    return found


@lru_cache(maxsize=4096)
def wrong_digits(value: float, decimals: int) -> dict[float, str]:
    """The numbers with one other digit in the place of any of this print's, each with the slip in words."""
    text = f"{value:.{decimals}f}"
    own, found = float(text), dict[float, str]()
    for place, digit in enumerate(text):
        if digit.isdigit():
            for other in _DIGITS:
                _keep(found, text[:place] + other + text[place + 1 :], f"{digit} for {other}", own)
    return found


def is_one_slip(value: float, other: float, decimals: int) -> bool:
    """True where the two could be prints of one number, one of them with a single slip."""
    return round(other, decimals) in one_slip(abs(value), decimals)


def _slips(text: str) -> Iterator[str]:
    for place, digit in enumerate(text):
        if not digit.isdigit():
            continue
        yield from (text[:place] + other + text[place + 1 :] for other in _DIGITS if other != digit)
        yield text[:place] + text[place + 1 :]
        if place + 1 < len(text) and text[place + 1].isdigit():
            yield text[:place] + text[place + 1] + digit + text[place + 2 :]
    for place in range(len(text) + 1):
        yield from (text[:place] + digit + text[place:] for digit in _DIGITS)
    yield from _points(text)


def _points(text: str) -> Iterator[str]:
    """The print with its point taken out or moved by one place, or put in before the last digit."""
    whole, _, rest = text.partition(".")
    if rest:
        yield whole + rest
        yield f"{whole}{rest[0]}.{rest[1:]}"
    if len(whole) > 1:
        yield f"{whole[:-1]}.{whole[-1]}{rest}"


def _keep(found: dict[float, str], text: str, reason: str, own: float) -> None:
    value = _number(text, own)
    if value is not None:
        found.setdefault(value, reason)


def _number(text: str, own: float) -> float | None:
    """The number a print stands for; None for no number, a leading nought, or no change from the number printed."""
    if _SOUND.fullmatch(text) is None:
        return None
    value = float(text)
    return value if value != own else None
