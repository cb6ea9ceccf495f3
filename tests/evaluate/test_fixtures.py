"""The project's own reports and their gold: what gold says must stand in the report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from townclerk.evaluate.agreement import squeezed
from townclerk.evaluate.gold import GoldLine, gold_stem, read_gold
from townclerk.evaluate.report import gold_ids
from townclerk.extract.spotting.figures import find_figures
from townclerk.models.units import Unit
from townclerk.patterns.catalogue import load_catalogue

FIXTURES = Path(__file__).parents[1] / "fixtures"
GOLD = read_gold(FIXTURES)
LINES = [line for document in GOLD.values() for line in document.lines]
LINE_NAMES = [f"{line.doc}-{line.n}" for line in LINES]
WORDS_FOR_ZERO = re.compile(r"\b(no|none|nil)\b", re.IGNORECASE)


def report(stem: str) -> str:
    return (FIXTURES / f"{stem}.txt").read_text(encoding="utf-8")


def test_there_are_reports_of_every_style_and_reports_without_indicators() -> None:
    full = [document for document in GOLD.values() if document.lines]
    assert len(full) >= 6
    assert all(len(document.lines) >= 15 for document in full)
    assert sum(name.startswith("negative-") and not document.lines for name, document in GOLD.items()) >= 6


def test_every_gold_file_is_named_after_its_report() -> None:
    for path in FIXTURES.glob("*.gold.jsonl"):
        assert (FIXTURES / f"{gold_stem(path)}.txt").is_file()
    for name, document in GOLD.items():
        assert gold_stem(document.path) == name
        assert [line.n for line in document.lines] == list(range(1, len(document.lines) + 1))


@pytest.mark.parametrize("line", LINES, ids=LINE_NAMES)
def test_quotes_stand_in_the_report_once_and_hold_the_value(line: GoldLine) -> None:
    text = report(line.doc)
    assert line.label in text
    for quote in line.quotes:
        assert text.count(quote) == 1
        assert _holds(quote, line.value)


def _holds(quote: str, value: float | None) -> bool:
    """True where the value is printed in the quote: as a number, or as a word for none."""
    if value is None:
        return True
    numbers = {float(number.replace(",", "")) for number in re.findall(r"-?\d[\d,]*(?:\.\d+)?", quote)}
    numbers |= {figure.value for figure in find_figures(quote) if figure.value is not None}
    return value in numbers or (value == 0 and bool(WORDS_FOR_ZERO.search(quote)))


def test_indicators_are_of_the_catalogue_and_carry_its_unit() -> None:
    known = gold_ids()
    units = {each.id: each.unit for each in load_catalogue().indicators.values()}
    for line in LINES:
        assert line.ids <= known, line
        assert line.indicator is None or units[line.indicator] is line.unit, line


def test_both_ends_of_a_commentary_stand_in_the_report() -> None:
    explained = [line for line in LINES if line.commentary]
    assert len(explained) > 5
    for line in explained:
        text = squeezed(report(line.doc))
        assert all(half in text for half in (line.commentary or "").split(" ... ")), line


def test_the_parts_of_a_percentage_give_it() -> None:
    split = [line for line in LINES if line.unit is Unit.PERCENT and line.numerator is not None and line.denominator]
    assert len(split) > 5
    for line in split:
        share = 100 * (line.numerator or 0) / (line.denominator or 1)
        assert line.value == pytest.approx(share, abs=0.0501), line


def test_no_figure_is_recorded_twice() -> None:
    seen = [(line.doc, line.indicator, line.area, line.period, line.role, line.value) for line in LINES]
    assert len(seen) == len(set(seen))
