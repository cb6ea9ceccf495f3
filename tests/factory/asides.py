"""Second sentences on a measure that was just spoken of: other spells, older values, ranks, restated values, parts."""

from __future__ import annotations

from collections.abc import Callable

from tests.factory.gold import Figure
from tests.factory.grammar import Slots
from tests.factory.periods import MONTHS
from tests.factory.statements import Statement
from tests.factory.world import round_half_up
from townclerk.models.period import financial_year_of
from townclerk.models.units import Unit


def aside(statement: Statement) -> str:
    """One further sentence, with its gold; "" where none fits."""
    choices = _choices(statement)
    return statement.speaker.rng.choice(choices)(statement) if choices else ""


def _choices(statement: Statement) -> list[Callable[[Statement], str]]:
    measure, world = statement.measure, statement.speaker.world
    choices: list[Callable[[Statement], str]] = []
    if measure.rate_of is None and measure.unit in {Unit.PERCENT, Unit.COUNT, Unit.DAYS}:
        choices += [two_back, outturn]
        if measure.kind == "flow":
            choices.append(rolling)
            if world.end.month not in {4, 5, 6}:
                choices.append(to_date)
    if measure.better != "none" and measure.unit is not Unit.COUNT and statement.figure is not None:
        choices += [rank, quartile]
    if measure.unit is Unit.PERCENT:
        choices.append(restated)
    if measure.unit is Unit.COUNT and statement.reading.value > 20:
        choices.append(parts)
    return choices


def _other(statement: Statement, code: str, *, places: int | None = None) -> str:
    """The measure's value of another period, in print."""
    speaker, measure = statement.speaker, statement.measure
    value = speaker.world.reading(measure, code).value
    label = speaker.names(measure).subject
    figure = speaker.figure(
        measure, value, speaker.dated(measure, code), label=label, places=places, difficulty="medium"
    )
    return speaker.print(measure, figure)


def two_back(statement: Statement) -> str:
    """The two values before the last one mentioned."""
    speaker, step = statement.speaker, statement.speaker.world.step
    first, second = speaker.world.shifted(-step), speaker.world.shifted(-12)
    slots: Slots = {
        "p": lambda: _other(statement, first),
        "pwhen": speaker.when(statement.measure, first, needed=True),
        "p2": lambda: _other(statement, second),
        "p2when": speaker.when(statement.measure, second, needed=True),
    }
    return speaker.say("two_back", slots)


def outturn(statement: Statement) -> str:
    """Last financial year's value."""
    speaker = statement.speaker
    start = financial_year_of(speaker.world.end) - 1
    code = f"FY{start}-{(start + 1) % 100:02d}"
    pool = "fyend" if statement.measure.kind == "stock" else "fy_whole"
    slots: Slots = {"fy": speaker.calendar.year(start), "year": str(start + 1), "y": lambda: _other(statement, code)}
    return speaker.say(pool, slots)


def rolling(statement: Statement) -> str:
    """Twelve months to the report's end."""
    speaker, end = statement.speaker, statement.speaker.world.end
    code = f"R12-{end.year:04d}-{end.month:02d}"
    slots: Slots = {"m": f"{MONTHS[end.month - 1]} {end.year}", "y": lambda: _other(statement, code)}
    return speaker.say("r12_is", slots)


def to_date(statement: Statement) -> str:
    """April to the report's end."""
    speaker, end = statement.speaker, statement.speaker.world.end
    code = f"YTD-{end.year:04d}-{end.month:02d}"
    return speaker.say("ytd_is", {"m": MONTHS[end.month - 1], "y": lambda: _other(statement, code)})


def rank(statement: Statement) -> str:
    """Rank among eleven, an attribute of the value."""
    speaker = statement.speaker
    position = speaker.rng.randint(1, 11)
    statement.owner().rank = {"position": position, "of": 11}
    return speaker.say("rank", {"home": speaker.world.home.name, "ordinal": speaker.ordinal(position)})


def quartile(statement: Statement) -> str:
    """National quartile, an attribute of the value."""
    speaker = statement.speaker
    statement.owner().quartile = speaker.rng.randint(1, 4)
    return speaker.say("quartile", {"quart": speaker.say(f"quart_{statement.owner().quartile}")})


def restated(statement: Statement) -> str:
    """The earlier value as it was first given, which does not count, and as it stands now (P60)."""
    speaker, measure = statement.speaker, statement.measure
    code = speaker.world.shifted(-speaker.world.step)
    value = speaker.world.reading(measure, code).value
    figure: Figure = speaker.figure(measure, value, speaker.dated(measure, code), difficulty="medium")
    figure.notes.append("revised")
    wrong = round_half_up(value * speaker.rng.choice([0.96, 0.97, 0.98]), figure.decimals)
    old = speaker.with_unit(measure, speaker.number(measure, wrong - 10**-figure.decimals))
    slots: Slots = {
        "old": old,
        "p": lambda: speaker.print(measure, figure),
        "pwhen": speaker.when(measure, code, needed=True),
    }
    return speaker.say("restated", slots)


def parts(statement: Statement) -> str:
    """The total split by locality or sex: parts are not the indicator (C9)."""
    speaker = statement.speaker
    total = int(statement.reading.value)
    first = round(total * speaker.rng.uniform(0.4, 0.6))
    small = round((total - first) * speaker.rng.uniform(0.1, 0.3))
    three = {"a": f"{first:,}", "b": f"{total - first - small:,}", "c": f"{small:,}"}
    two = {"a": f"{first:,}", "b": f"{total - first:,}"}
    line = speaker.grammar.pick("subgroup")
    return speaker.fill(line, three if "{c}" in line else two)
