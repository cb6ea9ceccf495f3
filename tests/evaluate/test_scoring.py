"""The rules of the gold format, one example each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluate.making import area, evidence, line, period, seen
from townclerk.evaluate.agreement import LEVELS, Level
from townclerk.evaluate.gold import GoldLine
from townclerk.evaluate.scoring import Score, score
from townclerk.evaluate.tally import Tally
from townclerk.models.units import Basis


def correct(outcome: Score) -> tuple[int, ...]:
    """Right observations at the found, core and full level."""
    return tuple(outcome.tallies[level].correct for level in LEVELS)


def test_what_gold_says_is_right_at_every_level() -> None:
    outcome = score([line()], [seen()])
    assert outcome.tallies[Level.FULL] == Tally(1, 1, 1)
    assert not outcome.misses
    assert not outcome.false


@pytest.mark.parametrize(
    ("otherwise", "expected", "wrong"),
    [
        ({"value": 72.5}, (0, 0, 0), ()),
        ({"unit": "count"}, (0, 0, 0), ()),
        ({"indicator_id": "cpp_rcpc_timely_pct"}, (0, 0, 0), ()),
        ({"role": "target"}, (1, 0, 0), ("role",)),
        ({"area": area("england")}, (1, 0, 0), ("area",)),
        ({"area": None}, (1, 0, 0), ("area",)),
        ({"period": period("2021-22-Q1")}, (1, 1, 0), ("period",)),
        ({"period": period(None)}, (1, 1, 0), ("period",)),
        ({"period": period("2021-09-30")}, (1, 1, 1), ()),
        ({"period": period("2021-22-Q2", Basis.INFERRED)}, (1, 1, 1), ()),
    ],
)
def test_each_field_decides_a_level(
    otherwise: dict[str, Any], expected: tuple[int, ...], wrong: tuple[str, ...]
) -> None:
    outcome = score([line()], [seen(**otherwise)])
    assert correct(outcome) == expected
    assert [pair.wrong for pair in outcome.pairs] == ([wrong] if expected[0] else [])


def test_numbers_are_compared_as_numbers() -> None:
    assert correct(score([line(value=0.3)], [seen(value=0.1 + 0.2)])) == (1, 1, 1)


def test_another_id_that_a_fair_reader_could_choose_counts() -> None:
    fair = line(accept=["cpp_rcpc_timely_pct"])
    assert correct(score([fair], [seen(indicator_id="cpp_rcpc_timely_pct")])) == (1, 1, 1)


def test_an_accepted_id_does_not_take_the_observation_of_a_line_that_needs_it() -> None:
    fair = line(n=1, accept=["cpp_rcpc_timely_pct"])
    strict = line(n=2, indicator="cpp_rcpc_timely_pct")
    reviewed = seen(indicator_id="cpp_rcpc_timely_pct")
    assert correct(score([fair, strict], [reviewed, seen()])) == (2, 2, 2)


@pytest.mark.parametrize(
    ("place", "agrees"),
    [(None, True), (area("Penworth", Basis.UNKNOWN), True), (area("Penworth"), False), (area("self"), False)],
)
def test_a_place_that_no_reader_can_tell_must_not_be_named(place: Any, agrees: bool) -> None:
    assert correct(score([line(area=None)], [seen(area=place)])) == (1, agrees, agrees)


@pytest.mark.parametrize(
    ("time", "agrees"),
    [
        (period(None), True),
        (period("2021-22-Q2", Basis.INFERRED), True),
        (period("2021-22-Q2", Basis.UNKNOWN), True),
        (period("2021-22-Q2"), False),
    ],
)
def test_a_period_that_no_reader_knows_must_not_be_stated(time: Any, agrees: bool) -> None:
    assert correct(score([line(period=None)], [seen(period=time)])) == (1, 1, agrees)


def test_authorities_go_by_name_and_the_own_one_by_its_mark() -> None:
    named = line(area="Bristol, City of")
    assert correct(score([named], [seen(named, area=area("City of Bristol"))])) == (1, 1, 1)
    assert correct(score([named], [seen(named, area=area("self"))])) == (1, 0, 0)
    assert correct(score([line()], [seen(area=area("Wexcombe"))])) == (1, 0, 0)
    own_by_name = line(area="Wexcombe")
    assert correct(score([own_by_name], [seen(own_by_name, area=area("self"))])) == (1, 1, 1)


def test_a_suppressed_value_needs_the_same_status() -> None:
    hidden = line(value=None, status="suppressed")
    assert correct(score([hidden], [seen(hidden)])) == (1, 1, 1)
    assert correct(score([hidden], [seen(hidden, status="not_available")])) == (0, 0, 0)
    assert correct(score([hidden], [seen(hidden, value=0.0)])) == (0, 0, 0)


def test_a_figure_reported_twice_is_right_once() -> None:
    outcome = score([line()], [seen(), seen(observation_id="again")])
    assert outcome.tallies[Level.FULL] == Tally(1, 2, 1)
    assert len(outcome.false) == 1


def test_measures_without_an_id_of_the_two_tables_are_outside() -> None:
    known = {"icpc_15_days_pct"}
    strange = [seen(indicator_id=None), seen(indicator_id="a_measure_of_a_pack"), seen()]
    outcome = score([line()], strange, known_ids=known)
    assert outcome.tallies[Level.FULL] == Tally(1, 1, 1)
    assert len(outcome.outside) == 2


def test_a_figure_whose_gold_has_no_indicator_is_neither_rewarded_nor_punished() -> None:
    nameless = line(indicator=None, quotes=["10 conferences (27.6%) were late"], value=27.6)
    outcome = score([nameless], [seen(nameless, indicator_id="icpc_15_days_pct")])
    assert outcome.tallies[Level.FOUND] == Tally(0, 0, 0)
    assert len(outcome.outside) == 1


@pytest.mark.parametrize(
    ("quote", "same"),
    [
        ("(27.6%)", True),
        ("In August 10 conferences (27.6%)", True),
        ("of care leavers, 27.6% were in work", False),
    ],
)
def test_such_a_figure_is_known_by_value_and_place(quote: str, same: bool) -> None:
    nameless = line(indicator=None, quotes=["10 conferences (27.6%) were late"], value=27.6)
    elsewhere = seen(nameless, indicator_id="icpc_15_days_pct", evidence=[evidence(quote)])
    assert score([nameless], [elsewhere]).tallies[Level.FOUND] == Tally(0, 0 if same else 1, 0)


def test_with_the_text_at_hand_its_place_is_compared_by_offset() -> None:
    text = "10 conferences (27.6%)\nwere late. Of care leavers, 27.6% were in work."
    nameless = line(indicator=None, quotes=["10 conferences (27.6%) were late"], value=27.6)
    for start, counted in ((text.index("27.6"), 0), (text.rindex("27.6"), 1)):
        place = evidence("27.6%").model_copy(update={"start": start, "end": start + 5})
        observation = seen(nameless, indicator_id="icpc_15_days_pct", evidence=[place])
        assert score([nameless], [observation], text=text).tallies[Level.FOUND] == Tally(0, counted, 0)


def test_an_observation_that_is_right_is_not_taken_for_a_nameless_figure() -> None:
    nameless = line(n=2, indicator=None)
    assert score([line(), nameless], [seen()]).tallies[Level.FULL] == Tally(1, 1, 1)


def test_only_labelled_pages_count() -> None:
    gold = line(page=3)
    there, elsewhere = seen(gold), seen(gold, evidence=[evidence("something else", page=4)], value=3.0)
    outcome = score([gold], [there, elsewhere], pages=[3])
    assert outcome.tallies[Level.FULL] == Tally(1, 1, 1)
    assert outcome.outside == [elsewhere]


def test_near_misses_say_which_field_is_wrong() -> None:
    wrong_name = score([line()], [seen(indicator_id="cpp_rcpc_timely_pct")])
    assert [pair.wrong for pair in wrong_name.near] == [("indicator",)]
    wrong_digit = score([line()], [seen(value=12.4)])
    assert [pair.wrong for pair in wrong_digit.near] == [("value",)]
    unrelated = score([line()], [seen(value=12.4, role="target", evidence=[evidence("12.4")])])
    assert unrelated.near == []


def test_nothing_reported_where_nothing_was_expected_is_perfect() -> None:
    empty = score([], []).tallies[Level.FULL]
    assert (empty.precision, empty.recall, empty.f1) == (1.0, 1.0, 1.0)
    assert score([], [seen()]).tallies[Level.FULL].f1 == 0.0


gold_lines = st.lists(
    st.builds(
        line,
        n=st.integers(1, 99),
        indicator=st.sampled_from(["icpc_15_days_pct", "cla_rate"]),
        value=st.sampled_from([1.0, 2.5]),
        role=st.sampled_from(["actual", "target"]),
        area=st.sampled_from(["self", "england", None]),
        period=st.sampled_from(["2021-22-Q2", "2021-09-30", "FY2020-21", None]),
        accept=st.sampled_from([[], ["cla_rate"]]),
    ),
    max_size=7,
)


@given(gold_lines)
def test_gold_against_itself_is_perfect(gold: list[GoldLine]) -> None:
    outcome = score(gold, [seen(each) for each in gold])
    assert all(outcome.tallies[level].f1 == 1.0 for level in LEVELS)


@given(gold_lines, gold_lines, st.randoms())
def test_order_does_not_matter(gold: list[GoldLine], other: list[GoldLine], random: Any) -> None:
    observations = [seen(each) for each in other]
    before = score(gold, observations).tallies
    shuffled_gold, shuffled = list(gold), list(observations)
    random.shuffle(shuffled_gold)
    random.shuffle(shuffled)
    assert score(shuffled_gold, shuffled).tallies == before


@given(gold_lines, gold_lines)
def test_levels_build_on_each_other(gold: list[GoldLine], other: list[GoldLine]) -> None:
    found, core, full = correct(score(gold, [seen(each) for each in other]))
    assert found >= core >= full


@given(gold_lines, gold_lines)
def test_swapping_gold_and_output_swaps_precision_and_recall(gold: list[GoldLine], other: list[GoldLine]) -> None:
    """Holds where no gold line has rules of its own (alternatives, nulls)."""
    plain = [each.model_copy(update={"accept": [], "area": "self", "period": "FY2020-21"}) for each in gold]
    other = [each.model_copy(update={"accept": [], "area": "self", "period": "FY2020-21"}) for each in other]
    there = score(plain, [seen(each) for each in other]).tallies[Level.FULL]
    back = score(other, [seen(each) for each in plain]).tallies[Level.FULL]
    assert (there.precision, there.recall, there.f1) == (back.recall, back.precision, back.f1)
