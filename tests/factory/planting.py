"""Errors planted on purpose, after the report is composed: the gold keeps what is printed (C7) and notes what is wrong.

Only the marked words of a figure and its gold line change; everything round it still tells the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from tests.factory.gold import Figure
from tests.factory.marks import CLOSE, OPEN, mark
from tests.factory.page import Bullet, Cards, Cell, Chart, Heading, Para, Report, Table, Tile
from tests.factory.statements import COMPUTED

_BASE = 0xF0000


def plant(report: Report, rng: Random, rate: float) -> None:
    """Plant errors into a share of the figures that are printed once, in running text or cells.

    Args:
        report: A composed report; its texts and its book change in place.
        rng: Source of chance.
        rate: Share of the figures that are made wrong.
    """
    texts = dict(printed_figures(report))
    repeated = _repeated(report)
    report.planted.extend(report.book.planted)
    _plant_conflict(report, texts, rng, rate * 8)
    for figure in report.book.figures:
        if id(figure) in repeated or not _plain(figure, texts):
            continue
        if rng.random() >= rate:
            continue
        printed = texts[figure.prints[0]]
        for error in rng.sample(_ERRORS, len(_ERRORS)):
            changed = error(printed, figure, rng)
            if changed is not None:
                replace(report, figure.prints[0], changed)
                report.planted.append(f"{figure.indicator} {figure.period} {printed} -> {changed}")
                break


def _plain(figure: Figure, texts: dict[int, str]) -> bool:
    """True for a figure that is printed once, as itself: a computed one is printed as its counts."""
    printed = len(figure.prints) == 1 and figure.prints[0] in texts
    return printed and figure.value is not None and COMPUTED not in figure.notes


def _plant_conflict(report: Report, texts: dict[int, str], rng: Random, chance_of_one: float) -> None:
    """Now and then one of two prints of a figure says something else (P93); both stand in the gold."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in report.book.figures:
        key = (figure.indicator, figure.area, figure.period, figure.role, figure.value)
        groups.setdefault(key, []).append(figure)
    pairs = [group for group in groups.values() if len(group) == 2 and group[0].value is not None]
    if not pairs or rng.random() >= chance_of_one:
        return
    kept, changed = rng.choice(pairs)
    if not _plain(changed, texts):
        return
    printed = texts[changed.prints[0]]
    words = wrong_digit(printed, changed, rng) or swapped_digits(printed, changed, rng)
    if words is None:
        return
    replace(report, changed.prints[0], words)
    kept.notes.append(f"planted conflict; {words} elsewhere")
    report.planted.append(f"{changed.indicator} {changed.period} {printed} and {words}")


def _repeated(report: Report) -> set[int]:
    """Figures that another one repeats: changing one print of two would be a conflict, another kind of error."""
    seen: dict[tuple[object, ...], list[Figure]] = {}
    for figure in report.book.figures:
        seen.setdefault((figure.indicator, figure.area, figure.period, figure.role), []).append(figure)
    return {id(figure) for group in seen.values() if len(group) > 1 for figure in group}


def printed_figures(report: Report) -> Iterator[tuple[int, str]]:
    """The innermost marks of all texts, as number and words."""
    for text in texts_of(report):
        position = 0
        while (close := text.find(CLOSE, position)) >= 0:
            opened = text.rfind(OPEN, 0, close)
            if opened >= 0 and CLOSE not in text[opened:close]:
                yield ord(text[opened + 1]) - _BASE, text[opened + 2 : close]
            position = close + 1


def wrong_digit(printed: str, figure: Figure, rng: Random) -> str | None:
    """One digit becomes another; a percentage stays one."""
    places = [i for i, c in enumerate(printed) if c.isdigit()]
    stem = _number_end(printed)
    places = [i for i in places if i < stem]
    if len(places) < 2:
        return None
    at = rng.choice(places[1:])
    digit = rng.choice([d for d in "0123456789" if d != printed[at]])
    return _accept(printed[:at] + digit + printed[at + 1 :], figure, f"planted wrong digit; was {printed}")


def dropped_digit(printed: str, figure: Figure, rng: Random) -> str | None:
    """The second digit is lost, as in "7.9%" for "77.9%"."""
    if len(printed) < 3 or not printed[:2].isdigit() or figure.unit != "percent":
        return None
    return _accept(printed[0] + printed[2:], figure, f"planted dropped digit; was {printed}")


def swapped_digits(printed: str, figure: Figure, rng: Random) -> str | None:
    """The first two digits change places."""
    if len(printed) < 2 or not printed[:2].isdigit() or printed[0] == printed[1] or printed[1] == "0":
        return None
    return _accept(printed[1] + printed[0] + printed[2:], figure, f"planted swapped digits; was {printed}")


def wrong_unit(printed: str, figure: Figure, rng: Random) -> str | None:
    """A rate is said to be per 100,000; its count shows that it is per 10,000 (P92)."""
    if figure.unit != "per_10000" or not printed.endswith(" per 10,000") or figure.area != "self":
        return None
    figure.notes.append("planted wrong unit word; per 10,000 is meant")
    figure.harder("hard")
    return printed.replace("10,000", "100,000")


_ERRORS: tuple[Callable[[str, Figure, Random], str | None], ...] = (
    wrong_digit,
    dropped_digit,
    swapped_digits,
    wrong_unit,
)


def _number_end(printed: str) -> int:
    return next((i for i, c in enumerate(printed) if not (c.isdigit() or c in ".,£")), len(printed))


def _accept(printed: str, figure: Figure, note: str) -> str | None:
    digits = printed[: _number_end(printed)].replace(",", "").lstrip("£")
    try:
        value = float(digits)
    except ValueError:
        return None
    if figure.unit == "percent" and value > 100:
        return None
    figure.value = value
    figure.notes.append(note)
    figure.harder("hard")
    return printed


def replace(report: Report, number: int, words: str) -> None:
    """Put other words inside a mark, wherever it stands."""
    start = f"{OPEN}{chr(_BASE + number)}"

    def change(text: str) -> str:
        at = text.find(start)
        if at < 0:
            return text
        return text[:at] + mark(words, number) + text[text.index(CLOSE, at) + 1 :]

    change_texts(report, change)


def texts_of(report: Report) -> list[str]:
    """Every string of a report that can hold marks."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    change_texts(report, note)
    return found


def change_texts(report: Report, change: Callable[[str], str]) -> None:
    """Replace every string of a report by what `change` makes of it."""
    for page in report.pages:
        for block in page.blocks:
            match block:
                case Heading() | Para() | Bullet():
                    block.text = change(block.text)
                case Table():
                    _change_cells([*block.head, *block.rows], change)
                case Tile():
                    for part in block.parts:
                        part.value = change(part.value)
                case Chart():
                    block.labels = [change(label) for label in block.labels]
                case Cards():
                    for card in block.cards:
                        card.value, card.notes = change(card.value), [change(note) for note in card.notes]


def _change_cells(rows: list[list[Cell]], change: Callable[[str], str]) -> None:
    for row in rows:
        for cell in row:
            cell.text = change(cell.text)
