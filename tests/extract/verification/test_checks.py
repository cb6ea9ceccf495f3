"""What holds in a report, and what does not, by example."""

from __future__ import annotations

import pytest

from tests.extract.verification.reports import held, read, told


@pytest.mark.parametrize(
    ("check", "text"),
    [
        ("ratio", "Initial conferences within 15 working days in Q2: 71.4% (55 of 77)."),
        ("direction", "Social worker vacancies fell from 12.9% in Q1 to 11.2%."),
        ("change", "Child protection plans fell by 5%, from 220 in June to 209."),
        ("population", "433 children are looked after (70.2 per 10,000). 1,620 children in need (262.6 per 10,000)."),
    ],
)
def test_what_agrees_supports(check: str, text: str) -> None:
    assert check in held(text)
    assert not told(text)


@pytest.mark.parametrize(
    ("check", "sentence", "text"),
    [
        (
            "ratio",
            "55 of 77 is 71.43%, but 74.4% is printed",
            "Initial conferences within 15 working days in Q2: 74.4% (55 of 77).",
        ),
        (
            "direction",
            "a fall is stated, but from 11.2% to 12.9% is a rise",
            "Social worker vacancies fell from 11.2% in Q1 to 12.9%.",
        ),
        (
            "change",
            "from 220 to 209 is 5%, but 9% down is stated",
            "Child protection plans fell by 9%, from 220 in June to 209.",
        ),
        (
            "whole_beside",
            "805 of 842 is 95.61%, but 93.6% is printed",
            "Of the 842 contacts in the quarter, 805 (93.6%) had a decision within 24 hours.",
        ),
        (
            "population",
            "433 at 7.02 per 10,000 means about 616,800 children, which is no English authority's size",
            "433 children are looked after (7.02 per 10,000).",
        ),
    ],
)
def test_what_disagrees_is_told_in_one_sentence(check: str, sentence: str, text: str) -> None:
    assert (check, sentence) in told(text)


def test_a_ratio_cut_off_instead_of_rounded_agrees() -> None:
    assert not told("Initial conferences within 15 working days in Q2: 66.6% (52 of 78).")


def test_a_further_count_is_no_whole_of_the_one_before() -> None:
    assert not told("Seven children (1.9%) had been on a plan for two years or more, and a further 36 for 18 months.")


def test_a_print_that_contradicts_its_counts_stays_one_figure() -> None:
    seen = read(
        "278 of the 297 care leavers had an allocated personal adviser at 30 September 2021, which is 96.6%."
    ).observations
    (one,) = [o for o in seen if o.indicator_id == "care_leavers_pa_pct"]
    assert (one.value, one.numerator, one.denominator) == (96.6, 278, 297)
    assert "ratio_mismatch" in one.flags


def test_a_rate_ten_times_too_small_is_flagged_and_stands() -> None:
    seen = read("433 children are looked after (7.02 per 10,000).").observations
    (rate,) = [o for o in seen if o.indicator_id == "cla_rate"]
    assert rate.value == 7.02
    assert "magnitude" in rate.flags


NEIGHBOURS = """| Measure | Wexcombe | Barnsley | Bolton | Bury | Derby | Durham | Kent | SN average |
|---|---|---|---|---|---|---|---|---|
| Re-referrals within 12 months % | 20.0 | 21.0 | 22.0 | 23.0 | 24.0 | 25.0 | 26.0 | 23.5 |
| Children looked after per 10,000 | 70.0 | 60.0 | 62.0 | 64.0 | 66.0 | 68.0 | 70.0 | 65.0 |
| Child protection plans per 10,000 | 40.0 | 41.0 | 42.0 | 43.0 | 44.0 | 45.0 | 46.0 | 43.5 |
| Children in need per 10,000 | 300.0 | 310.0 | 320.0 | 330.0 | 340.0 | 350.0 | 360.0 | {average} |
"""


def test_an_average_that_is_not_the_mean_is_told_where_other_rows_show_what_it_is() -> None:
    assert not told(NEIGHBOURS.format(average="335.0"))
    (wrong,) = told(NEIGHBOURS.format(average="385.0"))
    assert wrong[0] == "mean"
    assert "is 335" in wrong[1]


def test_a_row_with_a_hidden_value_never_contradicts() -> None:
    table = NEIGHBOURS.format(average="385.0").replace("| 310.0 |", "| x |")
    assert not told(table)


def test_counts_in_brackets_right_behind_a_percentage_are_its_own_whatever_else_they_fit() -> None:
    text = "## Contact decisions in one working day\n\nResult: {value}% (139 of 211)\n\nTarget 66%\n"
    assert not [t for t in told(text.format(value="65.9")) if t[0] != "bounds"]
    assert any("139 of 211 is 65.88%, but 65.4% is printed" in t for _, t in told(text.format(value="65.4")))


SCORECARD = (
    "| Measure | Target | Q1 | Q2 |\n|---|---|---|---|\n| Re-referrals within 12 months | 20% | 22.4% | {newest} |\n"
    "| Comment: 93 of 445. Demand was high. | | | |\n"
)


def test_a_comment_tells_the_counts_of_the_newest_value_of_its_row() -> None:
    assert not told(SCORECARD.format(newest="20.9%"))
    (wrong,) = told(SCORECARD.format(newest="26.9%"))
    assert wrong == ("parts_beside", "93 of 445 is 20.9%, but 26.9% is printed")
    assert not told(SCORECARD.format(newest="#####"))


COHORT = (
    "At 30 September 2021, 290 children were looked after.\n\n- Of these children:\n"
    "  - 17 (6%) were placed with their parents\n  - 23 (8%) were unaccompanied asylum seekers\n"
    "  - 50 (17%) lived more than 20 miles from home\n  - 105 ({value}%) were placed outside the council's boundary\n"
)


def test_shares_of_one_reported_count_are_held_to_it() -> None:
    assert "cohort" in held(COHORT.format(value=36))
    assert not told(COHORT.format(value=36))
    assert [name for name, _ in told(COHORT.format(value=38))] == ["cohort"]


def test_a_line_that_does_not_name_the_measure_is_no_repeat_of_the_one_before() -> None:
    text = "Re-referrals within 12 months at September 2021 were 21.4%.\n\nAt September 2021 the figure was {other}%.\n"
    assert not [name for name, _ in told(text.format(other="21.9")) if name == "repeat"]
    named = text.replace("the figure was", "re-referrals within 12 months stood at")
    assert [name for name, _ in told(named.format(other="21.9"))] == ["repeat"]


def test_the_sentence_behind_a_percentage_may_tell_its_counts() -> None:
    text = "Percentage of children looked after under section 20: {value}% in Q2. This rests on 264 out of 1,257.\n"
    assert not told(text.format(value=21))
    assert [name for name, _ in told(text.format(value=24))] == ["parts_beside"]


def test_a_rough_change_contradicts_nothing() -> None:
    text = "Child protection plans fell by {words}9%, from 220 in June to 209."
    assert [name for name, _ in told(text.format(words=""))] == ["change"]
    assert not told(text.format(words="about "))


CHANGES = """| Measure | Q2 2020/21 | Q1 2021/22 | Q2 2021/22 | {head} |
|---|---|---|---|---|
| Section 47 enquiries | 150 | 137 | 142 | {first} |
| Referrals | 380 | 400 | 420 | {second} |
| Contacts | 1,500 | 1,400 | 1,442 | {third} |
"""


@pytest.mark.parametrize(
    ("head", "values", "wrong"),
    [
        ("Change since Q1", ("+5", "+20", "+42"), "+24"),
        ("% change", ("+3.6%", "5.0%", "+3%"), "+8%"),
    ],
)
def test_a_column_of_changes_is_the_difference_of_two_columns(head: str, values: tuple[str, ...], wrong: str) -> None:
    first, second, third = values
    text = CHANGES.format(head=head, first=first, second=second, third=third)
    assert "change_column" in held(text)
    assert not told(text)
    (found,) = told(CHANGES.format(head=head, first=first, second=wrong, third=third))
    assert found == ("change_column", f"from 400 to 420, but a change of {wrong} is printed")


RATED = """| Measure | Last year | Target | Q2 | RAG |
|---|---|---|---|---|
| Visits to children on CP plans in time |{row}|
"""


def test_red_beside_a_met_target_is_told_unless_it_fits_another_value() -> None:
    assert [name for name, _ in told(RATED.format(row=" 96% | 90% | 95% | Red "))] == ["rag"]
    assert not told(RATED.format(row=" 96% | 90% | 85% | Red "))
    assert "rag" in held(RATED.format(row=" 85% | 90% | 95% | Green "))


@pytest.mark.parametrize("words", ["20 higher than at 30 June 2021", "20 higher than in the previous quarter"])
def test_a_change_of_a_count_told_by_higher_than_is_held_to_its_two_values(words: str) -> None:
    text = "There were {} approved fostering households on 30 September 2021, " + words + ". This follows 426 then.\n"
    text = text.replace("This follows 426 then", "It had been 426 at 30 June 2021")
    assert "change" in held(text.format(446))
    assert [name for name, _ in told(text.format(486))] == ["change"]


def test_a_change_from_a_corrected_value_is_not_held_to_the_superseded_one() -> None:
    text = (
        "The share of children in care who lived in residential care was 14.1%, 0.5 percentage points higher than in"
        " the previous quarter. The figure for the previous quarter has been restated as 13.6%, not 13.0%.\n"
    )
    assert not told(text)


def test_a_contradiction_is_held_against_those_in_doubt_and_not_against_the_witnesses() -> None:
    seen = {o.value: {c.outcome for c in o.checks} for o in read(COHORT.format(value=38)).observations}
    assert "contradicts" in seen[38.0]
    assert not [value for value, outcomes in seen.items() if value != 38.0 and "contradicts" in outcomes]


def test_a_percentage_is_rounded_as_the_others_of_its_group_are() -> None:
    text = (
        "## Looked after children\n\n- Health assessments up to date at 30 September 2021: 76.3% (411 children)\n"
        "- Dental checks up to date at 30 September 2021: 56.4% (304 children)\n"
        "- Children placed in foster care at 30 September 2021: 84.0% (453 children)\n"
        "- Children placed out of the authority's area at 30 September 2021: {}% (368 children)\n"
    )
    assert not told(text.format(68.3))
    (wrong,) = told(text.format(68.2))
    assert wrong[0] == "cohort"
    assert "is not rounded as the other percentages of the 539 are" in wrong[1]
