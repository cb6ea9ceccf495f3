from __future__ import annotations

from typing import Any

import pytest

from tests.evaluate.making import area, line, period, seen
from townclerk.evaluate.notation import compare_readings, parse_reading, wrong
from townclerk.models.observation import Observation
from townclerk.models.units import Unit

TEXT = "icpc_15_days_pct | self | 2021-22-Q2 | actual | 72.4 percent [50/-] {change 3 percentage_points up; rag amber}"


def observation(**otherwise: Any) -> Observation:
    change = {"value": 3, "unit": "percentage_points", "direction": "up", "from_period": "2021-22-Q1"}
    return seen(line(), **({"numerator": 50, "change": change, "rag": "amber", "direction": "up"} | otherwise))


def test_a_reading_is_parsed() -> None:
    reading = parse_reading(TEXT)
    assert reading is not None
    assert (reading.value, reading.unit, reading.numerator, reading.denominator) == (72.4, Unit.PERCENT, 50.0, None)
    assert reading.attributes == {"change": "3 percentage_points up", "rag": "amber", "dir": "up"}
    assert wrong(reading, observation()) == []


def test_a_hidden_value_and_an_unknown_period_are_parsed() -> None:
    text = "adoptions_count | Harlowshire | null | actual | null count {status suppressed; flag chart}"
    reading = parse_reading(text)
    assert reading is not None
    assert (reading.value, reading.period, reading.attributes) == (None, None, {"status": "suppressed"})


@pytest.mark.parametrize(
    ("otherwise", "name"),
    [
        ({"indicator_id": "cla_rate"}, "indicator"),
        ({"area": area("england")}, "area"),
        ({"period": period("2021-09-30")}, "period"),
        ({"role": "target"}, "role"),
        ({"value": 72.0}, "value"),
        ({"numerator": None}, "numerator"),
        ({"denominator": 69}, "denominator"),
        ({"rag": "red"}, "rag"),
        ({"change": None}, "change"),
        ({"direction": None}, "dir"),
    ],
)
def test_each_part_is_compared(otherwise: dict[str, Any], name: str) -> None:
    reading = parse_reading(TEXT)
    assert reading is not None
    assert wrong(reading, observation(**otherwise)) == [name]


def test_the_base_of_a_change_is_compared_where_it_is_written() -> None:
    for base, names in (("2021-22-Q1", []), ("2021-06", ["change"])):
        reading = parse_reading(TEXT.replace(" up;", f" up from {base};"))
        assert reading is not None
        assert wrong(reading, observation()) == names


def test_a_rank_without_a_total_is_not_one_with_a_total() -> None:
    reading = parse_reading("cla_rate | self | 2021-03 | actual | 70 per_10000 {rank 2/-; quartile 1}")
    assert reading is not None
    base = line(indicator="cla_rate", value=70, unit="per_10000", period="2021-03")
    assert wrong(reading, seen(base, rank={"position": 2, "of": None}, quartile=1)) == []
    assert wrong(reading, seen(base, rank={"position": 2, "of": 11}, quartile=2)) == ["rank", "quartile"]


def test_figures_without_a_row_are_left_out_and_nonsense_is_refused() -> None:
    assert parse_reading("null:physical | self | 2021-09 | actual | 9 percent") is None
    with pytest.raises(ValueError, match="is no reading"):
        parse_reading("icpc_15_days_pct | self | 72.4 percent")
    with pytest.raises(ValueError, match="is no change"):
        parse_reading("cla_rate | self | 2021-03 | actual | 70 per_10000 {change a bit}")


def test_readings_and_observations_must_be_the_same_lot() -> None:
    reading = parse_reading(TEXT)
    assert reading is not None
    assert not compare_readings([reading], [observation()])
    assert not compare_readings([], [])
    twice = compare_readings([reading], [observation(), observation()])
    assert len(twice.unexpected) == 1
    other_role = compare_readings([reading], [observation(role="target")])
    assert [names for _, _, names in other_role.wrong] == [["role"]]
    unrelated = compare_readings([reading], [observation(value=1.0, indicator_id="cla_rate")])
    assert (len(unrelated.missing), len(unrelated.unexpected)) == (1, 1)
