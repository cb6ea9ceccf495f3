"""Measure `audit` on made-up reports: does it name the figure with a wrong digit, and is it quiet about clean reports?

    python -m benchmarks.planted [--n 100] [--seed 60000] [--form text] [--part open] [--show]

Each report is read twice: as composed, without any planted error, and with one digit of one figure changed. The figure
is chosen, by chance of the seed, among those that take part in an identity that the report prints in full (told from
the gold in the making, not from what was read), and its value is moved beyond the identity's tolerance. Found means
that a contradiction names the figure: the number where it is printed, under its measure or none, unless the number is
printed nowhere else. A false alarm is a contradiction told of a clean report.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.factory.__main__ import write_areas
from tests.factory.chance import chance
from tests.factory.gold import Figure
from tests.factory.make import FORMS, PARTS, Made, compose, render
from tests.factory.page import Report
from tests.factory.planting import printed_figures, replace
from townclerk.extract.audit import AuditEntry, audit
from townclerk.extract.pipeline import Extractor
from townclerk.extract.settings import Settings

_TRIES = 40
_LEAST_NEIGHBOURS = 5
_AVERAGES = ("statistical_neighbours", "region", "england", "good_outstanding")
_VINTAGE = 1.03
_NUMBER = re.compile(r"\d[\d,.]*")
_SCALE = {"per_1000": 1_000, "per_10000": 10_000, "per_100000": 100_000}
Breaks = Callable[[float], bool]


@dataclass(slots=True)
class Taking:
    """A figure's part in an identity: the identity's name and whether a value in its place breaks it."""

    identity: str
    figure: Figure
    breaks: Breaks


@dataclass(slots=True)
class Result:
    """What the runs came to."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    clean: int = 0
    alarms: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement and print it."""
    options = _parser().parse_args(arguments)
    seeds = range(options.seed, options.seed + options.n)
    with TemporaryDirectory() as folder:
        areas = Path(folder) / "areas.csv"
        write_areas(areas, dict(pair for seed in seeds for pair in _areas(compose(seed, options.part))))
        extractor = Extractor(Settings(areas=(areas,)))
    result = Result()
    for seed in seeds:
        measure(seed, options.form, options.part, extractor, result)
    _print(result, show=options.show)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=100, help="reports")
    parser.add_argument("--seed", type=int, default=60000, help="the first report's number")
    parser.add_argument("--form", choices=FORMS, default="text")
    parser.add_argument("--part", choices=PARTS, default="open")
    parser.add_argument("--show", action="store_true", help="list what was missed and the false alarms")
    return parser


def _areas(report: Report) -> Iterator[tuple[str, str]]:
    home = report.world.home
    yield home.name, home.region
    yield from ((name, "") for name in home.neighbours)


def measure(seed: int, form: str, part: str, extractor: Extractor, result: Result) -> None:
    """Audit one report clean and planted."""
    report = compose(seed, part, planted=0.0)
    if report.planted:
        return
    clean, _ = _audit(render(report, seed, form), extractor)
    result.clean += 1
    result.alarms += [f"{report.layout} {seed}: {entry.check}: {entry.text}" for entry in clean]
    changed = plant_one(report, chance(part, seed, "one digit"))
    if changed is None:
        return
    identity, figure, was, words = changed
    result.planted[identity] += 1
    entries, text = _audit(render(report, seed, form), extractor)
    if any(_names(entry, figure, words, text) for entry in entries):
        result.found[identity] += 1
    else:
        result.missed.append(f"{report.layout} {seed}: {identity}: {figure.indicator} {was} -> {words}")


def plant_one(report: Report, rng: Random) -> tuple[str, Figure, str, str] | None:
    """Change one digit of one figure that takes part in an identity.

    Returns:
        The identity, the figure, its words as they were and as they are; None where the report prints no identity.
    """
    texts = dict(printed_figures(report))
    by_identity: defaultdict[str, list[Taking]] = defaultdict(list)
    for taking in _takings(report, texts):
        by_identity[taking.identity].append(taking)
    if not by_identity:
        return None
    for _ in range(_TRIES):
        taking = rng.choice(by_identity[rng.choice(sorted(by_identity))])
        was = texts[taking.figure.prints[0]]
        words = _one_digit(was, rng)
        value = _value(words)
        if words is not None and value is not None and value <= _most(taking.figure) and taking.breaks(value):
            replace(report, taking.figure.prints[0], words)
            return taking.identity, taking.figure, was, words
    return None


def _one_digit(words: str, rng: Random) -> str | None:
    end = next((i for i, c in enumerate(words) if not (c.isdigit() or c in ".,£")), len(words))
    places = [i for i, c in enumerate(words[:end]) if c.isdigit()]
    if not places:
        return None
    at = rng.choice(places)
    digit = rng.choice([d for d in "0123456789" if d != words[at] and not (d == "0" and at == places[0])])
    return words[:at] + digit + words[at + 1 :]


def _value(words: str | None) -> float | None:
    if words is None:
        return None
    end = next((i for i, c in enumerate(words) if not (c.isdigit() or c in ".,£")), len(words))
    try:
        return float(words[:end].replace(",", "").lstrip("£"))
    except ValueError:
        return None


def _most(figure: Figure) -> float:
    return 100.0 if figure.unit == "percent" else float("inf")


def _takings(report: Report, texts: dict[int, str]) -> Iterator[Taking]:
    """Every printed figure's part in every identity that the report prints in full."""
    figures = [f for f in report.book.figures if f.value is not None and len(f.prints) == 1 and f.prints[0] in texts]
    figures = [f for f in figures if _value(texts[f.prints[0]]) == f.value]
    for figure in figures:
        yield from _ratio(figure)
        yield from _change(figure, figures)
        yield from _repeat(figure, figures)
    yield from _population(figures)
    yield from _mean(figures, {(f.indicator, f.period) for f in report.book.figures if f.value is None})


def _ratio(figure: Figure) -> Iterator[Taking]:
    if figure.unit != "percent" or not figure.numerator or not figure.denominator:
        return
    exact, half = 100.0 * figure.numerator / figure.denominator, 0.5 * 10.0**-figure.decimals
    if abs(exact - (figure.value or 0.0)) <= half + 1e-9:
        yield Taking("ratio", figure, lambda value: abs(value - exact) > 2 * half + 1e-9)


def _change(figure: Figure, figures: list[Figure]) -> Iterator[Taking]:
    """A stated change with the value it starts from, both printed."""
    stated = figure.change
    if stated is None or stated.get("from_period") is None:
        return
    before = [f for f in figures if _series(f) == _series(figure) and f.period == stated["from_period"]]
    if len({f.value for f in before}) != 1 or not before[0].value:
        return
    old, said, half = before[0].value, float(stated["value"]), 0.5 * 10.0**-figure.decimals

    def breaks(value: float) -> bool:
        moved = abs(value - old)
        return abs(moved - said) > 3 * half + 1e-9 and abs(100.0 * moved / old - said) > 1.0 + 100.0 * half / old

    if not breaks(figure.value or 0.0):
        yield Taking("change", figure, breaks)


def _repeat(figure: Figure, figures: list[Figure]) -> Iterator[Taking]:
    twins = [f for f in figures if f is not figure and _whole(f) == _whole(figure) and f.value == figure.value]
    if figure.indicator is not None and figure.period is not None and twins:
        yield Taking("repeat", figure, lambda value: value != figure.value)


def _population(figures: list[Figure]) -> Iterator[Taking]:
    """Counts with their rates, where at least two such pairs of the authority's children agree."""
    pairs: list[tuple[Figure, Figure, float]] = []
    for rate in [f for f in figures if f.unit in _SCALE and f.area == "self" and f.role == "actual" and f.value]:
        stem = (rate.indicator or "").removesuffix("_rate")
        counts = [
            f
            for f in figures
            if f.indicator == f"{stem}_count" and f.period == rate.period and f.area == "self" and f.role == "actual"
        ]
        if len(counts) == 1 and (counts[0].value or 0) >= 20:
            pairs.append((counts[0], rate, (counts[0].value or 0.0) * _SCALE[rate.unit] / (rate.value or 1.0)))
    for count, rate, size in pairs:
        near = [other for _, _, other in pairs if other != size and 1 / _VINTAGE < other / size < _VINTAGE]
        if len(near) >= 2:
            for figure in (count, rate):
                yield Taking("population", figure, _moved(figure.value or 0.0, 0.07 * (figure.value or 0.0)))


def _mean(figures: list[Figure], hidden: set[tuple[object, ...]]) -> Iterator[Taking]:
    """Neighbours' averages that are the mean of the other authorities' values, in rows that hide none of them."""
    rows: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.role == "actual" and (figure.indicator, figure.period) not in hidden:
            rows[figure.indicator, figure.period].append(figure)
    for row in rows.values():
        average = [f for f in row if f.area == "statistical_neighbours"]
        others = [f for f in row if f.area not in {*_AVERAGES, "self", None}]
        if len(average) != 1 or len(others) < _LEAST_NEIGHBOURS or len({f.area for f in others}) < len(others):
            continue
        middle, half = sum(f.value or 0.0 for f in others) / len(others), 0.5 * 10.0 ** -average[0].decimals
        if abs(middle - (average[0].value or 0.0)) <= half + 1e-9:
            yield Taking("mean", average[0], _moved(middle, 3 * half))
            for other in others:
                yield Taking("mean", other, _moved(other.value or 0.0, 4 * half * len(others)))


def _moved(told: float, slack: float) -> Breaks:
    """Whether a value lies further from what was told than its identity allows."""
    return lambda value: abs(value - told) > slack


def _series(figure: Figure) -> tuple[object, ...]:
    return figure.indicator, figure.area, figure.role, figure.unit


def _whole(figure: Figure) -> tuple[object, ...]:
    return *_series(figure), figure.period


def _audit(made: Made, extractor: Extractor) -> tuple[list[AuditEntry], str]:
    """The contradictions told of a rendered report, and its text."""
    extraction = extractor.extract(extractor.read(made.data, f"{made.stem}.{made.suffix}"))
    entries = audit(extraction, extractor.knowledge.catalogue)
    return [entry for entry in entries if entry.kind == "contradiction"], extraction.document.text


def _names(entry: AuditEntry, figure: Figure, words: str, text: str) -> bool:
    """True where a contradiction names the figure as it is printed now: its number, and its measure or its place."""
    value, number = _value(words), _NUMBER.match(words)
    once = number is not None and len(re.findall(rf"(?<![\d.,]){re.escape(number[0])}(?!\d|[.,]\d)", text)) == 1
    return any(
        _value(f.value_text) == value and (once or f.indicator_id in {figure.indicator, None}) for f in entry.figures
    )


def _print(result: Result, *, show: bool) -> None:
    write = sys.stdout.write
    total, found = result.planted.total(), result.found.total()
    write(f"planted {total}, found {found} ({100.0 * found / max(1, total):.1f}%)\n")
    for identity, count in sorted(result.planted.items()):
        write(f"  {identity}: {result.found[identity]} of {count}\n")
    write(f"clean reports {result.clean}, false alarms {len(result.alarms)}\n")
    if show:
        write("".join(f"missed: {line}\n" for line in result.missed))
        write("".join(f"alarm: {line}\n" for line in result.alarms))


if __name__ == "__main__":
    sys.exit(main())
