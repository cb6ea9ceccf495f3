"""Laws of the arithmetic."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from townclerk.extract.verification.edits import is_one_slip, misreadings, one_slip, wrong_digits
from townclerk.extract.verification.ratios import agrees
from townclerk.extract.verification.tolerance import around

PLACES = st.integers(0, 2)
TENTHS = st.integers(10, 99999)


@given(top=st.integers(0, 5000), bottom=st.integers(1, 5000), places=PLACES)
def test_a_rounded_quotient_always_agrees_with_its_counts(top: int, bottom: int, places: int) -> None:
    exact = 100.0 * top / bottom
    assert agrees(round(exact, places), exact, places)


@given(number=TENTHS, places=PLACES)
def test_no_slip_gives_the_number_back(number: int, places: int) -> None:
    value = round(number / 10**places, places)
    for found in (one_slip(value, places), misreadings(value, places), wrong_digits(value, places)):
        assert value not in found


@given(number=st.integers(100, 99999), place=st.integers(0, 4), digit=st.sampled_from("123456789"))
def test_a_wrong_digit_is_one_slip_either_way(number: int, place: int, digit: str) -> None:
    text = str(number)
    at = place % len(text)
    other = int(text[:at] + digit + text[at + 1 :])
    if other != number:
        assert is_one_slip(number, other, 0)
        assert is_one_slip(other, number, 0)


@given(value=st.floats(0, 1000), places=PLACES)
def test_a_number_lies_inside_what_its_print_may_stand_for(value: float, places: int) -> None:
    assert around(round(value, places), places).holds(value)
