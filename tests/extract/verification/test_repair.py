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
