"""The spotter's promises: offsets, order, ties, doubts, damage."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from townclerk.extract.spotting.indicators import IndicatorSpotter
from townclerk.models.mentions import MatchKind
from townclerk.models.units import Unit
from townclerk.patterns.catalogue import load_catalogue


@cache
def spotter() -> IndicatorSpotter:
    return IndicatorSpotter(load_catalogue())


TEXT = (
    "children in care on a plan visits reviews late on time 12 34.5% , . ; ( ) and of within 45 working days "
    "conferences initial repeat the “plans” two years’ Dr £3m LAC's"
)
WORDS = st.sampled_from(TEXT.split())


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_mentions_stand_in_order_and_share_no_word(text: str) -> None:
    mentions = spotter().find(text)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        assert bool(mention.matches) != ("complement" in mention.flags)
        scores = [match.score for match in mention.matches]
        assert scores == sorted(scores, reverse=True)
    assert all(left.end <= right.start for left, right in pairwise(mentions))


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    for mention in spotter().find(text):
        assert 0 <= mention.start < mention.end <= len(text)


def test_offsets_point_into_the_text_given() -> None:
    text = "In July İstanbul’s twin had “children in care” at 412."
    (mention,) = spotter().find(text)
    assert text[mention.start : mention.end] == "children in care"


def test_a_mention_may_stand_around_its_figure() -> None:
    text = "3.1% of plans open on 30 June had lasted two years or more."
    (mention,) = spotter().find(text)
    assert text[mention.start : mention.end] == "plans open on 30 June had lasted two years or more"


def _named(text: str) -> list[str]:
    """The first reading of each mention, "-" for one that names a complement."""
    return [mention.matches[0].indicator_id if mention.matches else "-" for mention in spotter().find(text)]


def test_a_word_of_failure_is_said_of_both_of_two_measures_only_where_it_may_be() -> None:
    assert _named("a fall in assessments over 45 days and in repeat referrals") == [
        "assessments_late_pct",
        "rereferrals_pct",
    ]
    assert _named("repeat referrals and late assessments fell") == ["rereferrals_pct", "assessments_late_pct"]
    assert _named("late assessments and repeat referrals fell") == ["assessments_late_pct", "-"]
    assert _named("child protection visits and assessments out of time") == ["-", "assessments_late_pct"]


def test_whoever_brought_something_about_is_parted_from_what_is_measured_of_it() -> None:
    assert _named("The early help offer has led to a drop in the proportion of repeat referrals") == ["rereferrals_pct"]
    assert _named(
        "Health visitors have helped to raise the percentage of reviews of children in care held on time"
    ) == ["cla_reviews_timely_pct"]
    # Nor is the measure of those who did it meant, but where a number of theirs is told.
    assert _named("Re-referrals have raised the number of children in need") == ["cin_count"]
    assert _named("The 210 re-referrals have raised the number of children in need to 812") == [
        "rereferrals_pct",
        "cin_count",
    ]
    # A verb with figures of its own brings nothing else about.
    assert (
        _named("The number of children in care had reduced from 412 to 398 as well as the number of foster households")[
            0
        ]
        == "cla_count"
    )
    # A part of the children that somebody works with is the part that is measured.
    assert _named("The disabled children's team has cut the number of child protection plans") == []


def test_ties_are_kept_as_alternatives() -> None:
    (mention,) = spotter().find("Rate of proven re-offending was down.")
    assert {match.indicator_id for match in mention.matches} >= {
        "yj_reoffending_binary_pct",
        "yj_reoffences_per_offender",
    }


def test_everyday_words_need_context() -> None:
    (mention,) = spotter().find("There were 312 contacts.")
    assert mention.matches[0].needs_context
    (mention,) = spotter().find("Contacts to children's social care: 312.")
    assert not mention.matches[0].needs_context


def test_a_misprinted_threshold_is_read_and_flagged() -> None:
    (mention,) = spotter().find("Single assessments completed within 48 working days: 81%")
    assert mention.matches[0].indicator_id == "assessments_45_days_pct"
    assert mention.flags == ("label_repaired",)


def test_a_threshold_of_another_measure_is_never_taken_for_a_misprint() -> None:
    (mention,) = spotter().find("Core assessments completed within 35 working days: 81%")
    assert mention.matches[0].indicator_id == "core_assessments_35_days_pct"
    assert mention.flags == ()


def test_damaged_words_are_read_by_their_shape() -> None:
    (mention,) = spotter().find("Chi1dren on a chi1d protection p1an")
    assert mention.matches[0].indicator_id == "cpp_count"
    assert mention.matches[0].kind is MatchKind.FUZZY
    assert mention.flags == ("label_repaired",)


def test_a_number_that_tells_siblings_apart_is_never_repaired() -> None:
    found = spotter().find("Plans open three years or more: 2%")
    assert "cpp_open_2yrs_pct" not in {match.indicator_id for mention in found for match in mention.matches}


def test_words_that_ran_together_are_parted() -> None:
    text = "Reviewconferencesheldontime97.0%"
    (mention,) = spotter().find(text)
    assert mention.matches[0].indicator_id == "cpp_rcpc_timely_pct"
    assert text[mention.start : mention.end] == "Reviewconferencesheldontime"


def test_a_unit_in_the_words_chooses_the_sibling() -> None:
    (mention,) = spotter().find("Children looked after per 10,000 fell.")
    assert mention.matches[0].indicator_id == "cla_rate"


def test_the_unit_of_a_column_chooses_the_sibling() -> None:
    by_unit = {
        unit: spotter().read_label(["Children looked after"], unit)[0].indicator_id
        for unit in (Unit.COUNT, Unit.PER_10000)
    }
    assert by_unit == {Unit.COUNT: "cla_count", Unit.PER_10000: "cla_rate"}


def test_a_label_of_a_part_of_the_population_names_nothing() -> None:
    assert spotter().read_label(["Girls on child protection plans"]) == []
    assert spotter().read_label(["Child protection plans", "North team"]) == []


def test_the_most_specific_part_of_a_label_decides() -> None:
    assert (
        spotter().read_label(["Children looked after", "Care leavers in EET"])[0].indicator_id == "care_leavers_eet_pct"
    )


def test_a_local_name_from_a_pack_is_found(tmp_path: Path) -> None:
    pack = tmp_path / "local.yaml"
    pack.write_text("wording: {eh_assessments_started_count: {phrases: [Wayfinder maps]}}", encoding="utf-8")
    (mention,) = IndicatorSpotter(load_catalogue([pack])).find("We began 81 Wayfinder maps.")
    assert mention.matches[0].indicator_id == "eh_assessments_started_count"
    assert mention.matches[0].kind is MatchKind.EXACT


def test_text_without_our_words_names_nothing() -> None:
    assert spotter().find("The bridge at Mill Lane reopened after 14 weeks.") == []
    assert spotter().find("") == []
