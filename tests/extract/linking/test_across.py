"""Measures along the top and years down the side, in lines without column marks."""

from __future__ import annotations

from tests.extract.linking.reading import read, seen

TABLE = """Wexcombe Council
Plans and care, 2019/20

Year Children in need Child protection plans Children looked after
2017/18 1204 131 288
2018/19 1187 144 301
2019/20 1150 139 310

The numbers are those of 31 March.
"""


def test_each_value_goes_to_the_measure_above_it() -> None:
    found = {(measure, time, value) for measure, time, _, value in seen(TABLE)}
    assert found == {
        ("cin_count", "2018-03-31", 1204.0),
        ("cpp_count", "2018-03-31", 131.0),
        ("cla_count", "2018-03-31", 288.0),
        ("cin_count", "2019-03-31", 1187.0),
        ("cpp_count", "2019-03-31", 144.0),
        ("cla_count", "2019-03-31", 301.0),
        ("cin_count", "2020-03-31", 1150.0),
        ("cpp_count", "2020-03-31", 139.0),
        ("cla_count", "2020-03-31", 310.0),
    }


def test_rows_under_heads_that_cannot_be_cut_are_left() -> None:
    assert not seen(TABLE.replace("Children looked after", "Total of everything"))


def test_places_may_stand_down_the_side() -> None:
    text = (
        "Regional benchmarking, 2019/20\n\nArea Referral rate S47 rate ICPC in 15 days CLA rate\n"
        "Sunderland 298.4 128.1 91.2 111.9\nGateshead 287.3 140.2 76.0 120.8\nNorth East 280.2 121.4 85.5 110.0\n"
    )
    found = {(o.indicator_id, o.area.name if o.area else None, o.value) for o in read(text, authority="Sunderland")}
    assert found >= {
        ("referrals_rate", "Sunderland", 298.4),
        ("s47_rate", "Gateshead", 140.2),
        ("icpc_15_days_pct", "North East", 85.5),
        ("cla_rate", "Sunderland", 111.9),
    }
