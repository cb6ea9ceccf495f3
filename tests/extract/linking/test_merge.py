"""A figure told twice, once without its time."""

from __future__ import annotations

from tests.extract.linking.reading import seen

TABLE = "\t2019/20\t2020/21\nWexcombe\t24.1%\t21.4%\nEngland\t22.6%\t{}%\n\n"


def read(england: str, said: str) -> set[tuple[str | None, str | None, str, float | None]]:
    return seen(f"Re-referrals within 12 months\n\n{TABLE.format(england)}{said}\n")


def test_a_value_without_its_time_is_the_one_that_a_table_dates() -> None:
    found = read("21.9", "Re-referrals were below the England average, which stood at 21.9%.")
    assert ("rereferrals_pct", "FY2020-21", "actual", 21.9) in found
    assert ("rereferrals_pct", None, "actual", 21.9) not in found


def test_a_value_that_a_table_has_twice_is_neither() -> None:
    found = read("22.6", "Re-referrals were below the England average, which stood at 22.6%.")
    assert ("rereferrals_pct", None, "actual", 22.6) in found
