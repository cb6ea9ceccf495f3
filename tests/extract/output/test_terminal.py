from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.observations import EXAMPLE, observation
from townclerk.extract.output.terminal import show_table
from townclerk.models.observation import Observation


def shown(width: int, *observations: Observation) -> str:
    stream = io.StringIO()
    show_table(observations, Console(file=stream, width=width))
    return stream.getvalue()


ROWS = (
    observation(),
    observation(role="target", value=85.0, value_text="85%", numerator=None, denominator=None, change=None, rag=None),
    observation(
        indicator_id=None, indicator_name=None, label="Fostering enquiries [new]", value=12, unit="count", rank=None
    ),
    observation(value=None, value_text="<5", status="suppressed", area=None, confidence=0.31),
    observation(value=None, value_text="-", status="not_available"),
)


@pytest.mark.parametrize("width", [80, 109, 110, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    lines = shown(width, *ROWS).splitlines()
    assert lines
    assert max(cell_len(line) for line in lines) <= width


def test_a_measure_is_named_once_above_its_figures() -> None:
    text = shown(80, *ROWS)
    name = EXAMPLE["indicator_name"]
    assert [line for line in text.splitlines() if line.startswith(name[:40])] == [name] * 2
    assert "71.4%" in text
    assert "target 85%" in text


def test_a_measure_outside_the_catalogue_is_named_by_its_label() -> None:
    assert "Fostering enquiries [new] (not in the catalogue)" in shown(80, *ROWS)


def test_a_figure_without_a_number_says_why() -> None:
    text = shown(80, *ROWS)
    assert "<5 (suppressed)" in text
    assert "not available" in text


def test_a_wide_screen_shows_attributes_and_the_reports_own_words() -> None:
    text = shown(140, observation())
    assert "50 of 70, ↓ 8.2 points" in text
    assert "Decreased to 71.4% (50 of 70)" in text
    assert "50 of 70" not in shown(80, observation())


def test_the_figure_is_seen_however_long_the_quote() -> None:
    quote = "a long way before it comes to the point " * 5 + "stands 71.4% at last"
    place = EXAMPLE["evidence"][0] | {"quote": quote}
    assert "stands 71.4% at" in shown(140, observation(evidence=[place]))


def test_reports_are_told_apart() -> None:
    other = observation(document=EXAMPLE["document"] | {"name": "second.pdf", "sha256": "other"})
    text = shown(80, observation(), other)
    assert text.index("harlowshire-q2-2018.pdf") < text.index("second.pdf")
    assert shown(80) == ""


def test_no_reading_is_shown_as_surer_than_it_is() -> None:
    assert " >99% " in shown(80, observation(confidence=0.9962))
    assert " 99% " in shown(80, observation(confidence=0.9949))
