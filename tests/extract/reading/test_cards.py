"""Cards printed side by side, read card by card."""

from __future__ import annotations

from townclerk.extract.reading.text.cards import split_cards
from townclerk.extract.reading.text.lines import Line


def _lines(*texts: str) -> list[Line]:
    found: list[Line] = []
    at = 0
    for number, text in enumerate(texts):
        bare = text.strip()
        first = at + len(text) - len(text.lstrip())
        found.append(Line(bare, first, first + len(bare), at, 1, int(number == 0)))
        at += len(text) + 1
    return found


def _said(*texts: str) -> list[str]:
    return [line.text for line in split_cards(_lines(*texts))]


def test_names_over_values_are_read_card_by_card() -> None:
    assert _said(
        "Children looked     Open child",
        "after               protection plans",
        "411                 198",
        "                    Last year 205",
    ) == ["Children looked", "after", "411", "Open child", "protection plans", "198", "Last year 205"]


def test_every_card_begins_apart_from_the_one_before() -> None:
    cards = split_cards(_lines("Children looked after   Open protection plans", "411                     198"))
    assert [(line.gap, line.card) for line in cards] == [(1, True), (0, True), (1, True), (0, True)]


def test_rows_of_a_table_are_no_cards() -> None:
    rows = ("Measure                Target", "Re-referrals in year   20%", "Visits held in time    95%")
    assert _said(*rows) == list(rows)


def test_two_columns_of_text_are_no_cards() -> None:
    rows = ("The service has kept     Visits are now seen", "its promises to families  each week by managers")
    assert _said(*rows) == list(rows)


def test_a_wrapped_name_that_ends_in_a_number_is_no_value() -> None:
    assert _said(
        "Children looked after per   Admissions to care",
        "10,000",
        "92                          27",
        "▲ 3 since March             ▼ 5 since March",
    ) == [
        "Children looked after per",
        "10,000",
        "92",
        "▲ 3 since March",
        "Admissions to care",
        "27",
        "▼ 5 since March",
    ]


def test_centred_cards_stand_around_their_values() -> None:
    assert _said(
        "  Children looked after       Open child protection plans",
        "           411                            198",
        "       Target 400                     Target 190",
    ) == [
        "Children looked after",
        "411",
        "Target 400",
        "Open child protection plans",
        "198",
        "Target 190",
    ]


def test_columns_of_values_under_heads_are_no_cards() -> None:
    rows = ("Number of contacts   Number of referrals", "411                  198", "420                  201")
    assert _said(*rows) == list(rows)
