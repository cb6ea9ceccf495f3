"""Repairs are proposed where one slip explains, and made only when asked for."""

from __future__ import annotations

from tests.extract.verification.reports import read

REPORT = "Initial conferences within 15 working days in Q2: 11.4% (55 of 77)."


def test_one_slip_is_proposed_and_the_print_stands() -> None:
    (one,) = [o for o in read(REPORT).observations if o.indicator_id == "icpc_15_days_pct"]
    assert one.value == 11.4
    assert [(a.value, a.reason) for a in one.alternatives if a.value is not None] == [
        (71.4, "11.4 may be 71.4 (7 read as 1): then 55 of 77 is 71.43%, as printed")
    ]


def test_repair_puts_it_in_and_keeps_what_was_printed() -> None:
    (one,) = [o for o in read(REPORT, repair=True).observations if o.indicator_id == "icpc_15_days_pct"]
    assert (one.value, one.value_text) == (71.4, "11.4%")
    assert "arithmetic_repaired" in one.flags


def test_two_slips_are_not_guessed() -> None:
    (one,) = read("Initial conferences within 15 working days in Q2: 12.9% (55 of 77).").observations
    assert not [a for a in one.alternatives if a.value is not None]


RATES = "1,612 children in need ({printed}). 418 children looked after (70.2 per 10,000)."


def test_a_rate_printed_as_a_percentage_is_read_as_the_rate_where_the_population_fits() -> None:
    seen = {o.indicator_id: o for o in read(RATES.format(printed="270.7%")).observations}
    assert (seen["cin_rate"].value, seen["cin_rate"].unit.value) == (270.7, "per_10000")
    assert (seen["cin_rate"].value_text, seen["cin_rate"].flags) == ("270.7%", ["unit_repaired"])
    assert seen["cin_count"].value == 1612


def test_a_percentage_that_fits_no_population_stays_unread() -> None:
    found = read(RATES.format(printed="470.7%"))
    assert "cin_rate" not in {o.indicator_id for o in found.observations}
    assert "470.7%" in {one.text for one in found.unlinked}
