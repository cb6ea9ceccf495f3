"""Percentages and their counts as printed, whether or not the linker found a measure for them or joined the two."""

from __future__ import annotations

import pytest

from tests.extract.verification.reports import held, read, told
from townclerk.extract.audit import audit
from townclerk.extract.verification.cards import printed_cards
from townclerk.patterns.catalogue import load_catalogue


@pytest.mark.parametrize(
    ("text", "right", "wrong", "sentence"),
    [
        (
            "Badger counts met: {}% (218 of 255).",
            "85.5",
            "85.1",
            "218 of 255 is 85.49%, but 85.1% is printed",
        ),
        (
            "In the quarter 153 out of 1,425 badgers were counted by day, or {}%.",
            "10.7",
            "90.7",
            "153 of 1,425 is 10.74%, but 90.7% is printed",
        ),
        (
            "Badger gates – {}% during quarter 1, based on 27 of 91.",
            "29.7",
            "29.4",
            "27 of 91 is 29.67%, but 29.4% is printed",
        ),
        (
            "| Measure | Result |\n|---|---|\n| Badgers counted on time | {}% (871 out of 1,145) |\n",
            "76.1",
            "16.1",
            "871 of 1,145 is 76.07%, but 16.1% is printed",
        ),
    ],
)
def test_counts_printed_with_a_percentage_are_held_to_it_without_a_measure(
    text: str, right: str, wrong: str, sentence: str
) -> None:
    assert not told(text.format(right))
    assert ("printed_share", sentence) in told(text.format(wrong))


@pytest.mark.parametrize(
    "text",
    [
        "The rate is 96.1% (1,292 of 1,344), which rose from the figure last quarter (93.1%).",
        "Of these, 40 of 80 were seen. Against 51% a year before this is lower.",
        "Seen: about 81% (32 of 40).",
        "We audited 20 of 400 files; 85% were good.",
    ],
)
def test_a_percentage_that_only_stands_near_counts_is_not_held_to_them(text: str) -> None:
    assert not told(text)


BELOW = "Badgers seen\n{first}\n22 of 65\n\nGates shut\n10.7%\n119 of 1,116\n\nNests kept\n80.6%\n897 of 1,113\n"
ABOVE = "Badgers seen\n22 of 65\n{first}\n\nGates shut\n119 of 1,116\n10.7%\n\nNests kept\n897 of 1,113\n80.6%\n"
BESIDE = "Badgers seen         Gates shut\n{first}                10.7%\n22 of 65             119 of 1,116\n"


@pytest.mark.parametrize("cards", [BELOW, ABOVE, BESIDE])
def test_counts_in_a_card_are_held_to_its_percentage(cards: str) -> None:
    assert "printed_share" in held(cards.format(first="33.8%"))
    assert not told(cards.format(first="33.8%"))
    assert ("printed_share", "22 of 65 is 33.85%, but 63.8% is printed") in told(cards.format(first="63.8%"))


def test_cards_pair_each_count_with_the_percentage_of_its_own_column() -> None:
    pairs = printed_cards(BESIDE.format(first="33.8%"))
    assert [(share.text, pair.text) for share, pair in pairs] == [("33.8%", "22 of 65"), ("10.7%", "119 of 1,116")]
    assert printed_cards("33.8% of the badgers were seen, 22 of 65.") == []


def test_a_figure_without_a_measure_is_told_of_but_is_no_observation() -> None:
    extraction = read("Badger counts met: 85.1% (218 of 255).")
    (finding,) = [f for f in extraction.findings if f.check == "printed_share"]
    assert finding.parties[0].indicator_id is None
    assert not [o for o in extraction.observations if o.value == 85.1 and o.indicator_id]


LIST = (
    "At 30 September 2021, 290 children were looked after.\n\n- Of these children:\n"
    "  - 17 (6%) were placed with their parents\n  - 23 (8%) were unaccompanied asylum seekers\n"
    "  - 50 (17%) lived more than 20 miles from home\n  - 73 ({}%) kept rabbits\n"
)


def test_an_item_of_a_list_is_held_to_the_count_that_the_list_is_of() -> None:
    assert not told(LIST.format(25))
    assert [name for name, _ in told(LIST.format(85))] == ["cohort"]


def test_more_children_than_the_group_has_are_of_another_group() -> None:
    more = LIST.format(25) + "\nOf all contacts, 27.2% (2,836 cases) became a referral.\n"
    assert not told(more)


def test_the_counts_win_the_measure_that_their_sentence_names() -> None:
    text = "Care leavers not in education, employment or training: {}% in quarter 2, based on 27 of 91."
    for value in ("29.7", "29.1"):
        seen = [o for o in read(text.format(value)).observations if o.numerator == 27]
        assert [(o.indicator_id, o.value) for o in seen] == [("care_leavers_neet_pct", float(value))]


def test_a_comparison_told_in_one_sentence_is_no_repeat() -> None:
    text = (
        "Compared with 57.1% in quarter 2 of 2020/21, re-referrals within 12 months were recorded at 57.9% in quarter 2"
        " of 2021/22.\n"
    )
    assert not [name for name, _ in told(text) if name == "repeat"]


def test_a_paragraph_of_its_own_tells_no_counts_of_the_percentage_before() -> None:
    stable = "Children looked after in stable placements two years or more: 36.9% in Q2.\n\n"
    assert not told(stable + "Overall 2 of 29 measures are on track.\n")


def test_the_one_pair_in_brackets_at_a_sentence_s_end_is_its_percentage_s() -> None:
    text = "Over the quarter, {}% of those who came in had been before (31 out of 168). It will be watched.\n"
    assert not told(text.format(18))
    assert told(text.format(88)) == [("printed_share", "31 of 168 is 18.5%, but 88% is printed")]
    assert not told("Over the quarter, 88% came, and of 90 asked a third had been before (31 out of 168).\n")


def test_an_unlikely_value_hides_no_contradiction() -> None:
    found = read("Referrals that ended in no further action in Q2 2021/22: 93.8% (306 of 2,220).\n")
    entries = audit(found, load_catalogue())
    assert [entry.kind for entry in entries if entry.figures[0].value_text == "93.8%"] == ["contradiction"]


CARD = "## Looked after\n\nLooked after children\n▼ 6 on last quarter\n{}\n481 in Q1 2021/22\n"


def test_a_card_s_change_is_held_to_its_values() -> None:
    assert "change" in held(CARD.format(475))
    assert [name for name, _ in told(CARD.format(415))] == ["change"]


def test_the_quarter_a_change_is_counted_from_does_not_date_the_card() -> None:
    dated = {seen.value: seen.period.code for seen in read(CARD.format(475)).observations}
    assert dated == {475.0: "2021-09-30", 481.0: "2021-06-30"}


def test_a_figure_of_the_year_to_date_is_not_of_some_weeks() -> None:
    text = (
        "Visits to looked after children on time (% YTD)\n\n91.4%\n\nTarget\n\n98%\n\n"
        "A visit was recorded for 329 of the 360 looked after children due one {}. This is a ratio of 91.4%.\n"
    )
    assert [name for name, _ in told(text.format("during the 6 weeks to the end of September"))] == ["stretch"]
    assert not told(text.format("in the year to date"))


VARIANCES = (
    "| Measure | Actual Q2 2021/22 | Target | Variance |\n|---|---|---|---|\n"
    "| Re-referrals within 12 months | 21.4% | 20.0% | {} |\n"
    "| Children in need visited on time | 88.2% | 95.0% | -6.8% |\n"
    "| Initial health assessments in 20 days | 71.5% | 90.0% | -18.5% |\n"
)


def test_a_column_of_variances_is_held_to_its_rows() -> None:
    assert "variance" in held(VARIANCES.format("+1.4%"))
    assert not told(VARIANCES.format("+1.4%"))
    assert told(VARIANCES.format("+7.4%")) == [
        ("variance", "21.4% less the target 20.0% is 1.4, but a variance of +7.4% is printed")
    ]


def test_a_change_of_another_clause_is_not_the_rate_s() -> None:
    text = (
        "The rate of children on a child protection plan rose to 58.4 per 10,000 from 57.6 per 10,000 at 30 June 2021;"
        " there were 38 admissions to care, 12 higher than the quarter before.\n"
    )
    assert not told(text)


def test_values_told_in_one_breath_are_not_one_told_twice() -> None:
    text = (
        "There were 54 children waiting for adoption at the end of September 2021, up from 53 at 30 September 2020. The"
        " figures at 30 June 2021 and a year earlier, at 30 September 2020, were 54 and 53 respectively.\n"
    )
    assert not told(text)


def test_counts_in_a_comment_are_those_of_the_newest_value_they_fit() -> None:
    found = read(
        "| Measure | Q1 2021/22 | Q2 2021/22 |\n|---|---|---|\n| Re-referrals within 12 months | 21% | 21% |\n"
        "| Comment: 93 of 445. Demand was high in the summer. | | |\n"
    )
    counts = {seen.period.code: seen.numerator for seen in found.observations}
    assert counts == {"2021-22-Q1": None, "2021-22-Q2": 93.0}


def test_a_benchmark_s_gap_may_be_to_any_of_two_values_of_now() -> None:
    text = (
        "Re-referrals within 12 months were 21.4% in Q2 2021/22. Elsewhere it is 21.3% in Q2 2021/22.\n\n"
        "## Re-referrals within 12 months\n\n| Place | 2020/21 | Difference from current |\n|---|---|---|\n"
        "| Statistical neighbours | 20.1% | +1.3% |\n| England | 22.0% | -0.6% |\n"
    )
    assert "gap" not in {name for name, _ in told(text)}


def test_two_tables_that_differ_in_all_they_share_are_of_two_measures() -> None:
    rows = "| Place | Q1 2021/22 | Q2 2021/22 |\n|---|---|---|\n| England | {} |\n\n"
    text = "## Re-referrals within 12 months\n\n" + rows
    assert [name for name, _ in told(text.format("20.1% | 20.3%") + text.format("20.1% | 26.3%"))] == ["repeat"]
    assert not told(text.format("20.1% | 20.3%") + text.format("26.1% | 26.3%"))


def test_a_box_s_variance_is_of_its_newest_value() -> None:
    text = (
        "## Average duration of care proceedings (weeks)\n\nQ2 2021/22 Care proceedings\n45\nTarget 40\n"
        "Last quarter 43\nVariance {}\n"
    )
    assert not told(text.format("+5"))


def test_a_variance_that_fits_another_value_is_of_that_one() -> None:
    text = (
        "## Re-referrals within 12 months\n\n88.1%\n\nRe-referrals within 12 months\nQ2 2021/22\n92.7%\n"
        "Target 86%\nVariance +2.1%\n\nIn Q2 2021/22 re-referrals within 12 months were 88.1%.\n"
    )
    assert "variance" not in {name for name, _ in told(text)}


@pytest.mark.parametrize(
    "sentence",
    [
        "In the last three months 55% of initial health assessments were on time, an increase from 7% in June 2020.",
        "Suspensions have been on a declining trend over the years, from 667 in 2019/20 to 500 in 2020/21.",
        "Plans rose from 60 to 141 at 30 September 2021, nor had looked after children, down from 210 to 189, risen.",
    ],
)
def test_a_movement_is_held_to_its_own_two_values(sentence: str) -> None:
    assert "direction" not in {name for name, _ in told(sentence + "\n")}
