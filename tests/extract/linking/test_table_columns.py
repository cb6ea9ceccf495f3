from __future__ import annotations

from townclerk.extract.linking.tables.columns import settle_numbers


def test_a_table_without_columns_settles_nothing() -> None:
    assert settle_numbers([]) == []
