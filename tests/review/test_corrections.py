"""What analysts type, and what becomes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.samples import full_observation
from townclerk.models.observation import Evidence, Observation
from townclerk.models.period import parse_code
from townclerk.patterns.catalogue import load_catalogue
from townclerk.patterns.gazetteer import load_gazetteer
from townclerk.review.corrections import FIELDS, Corrector

CORRECTOR = Corrector(load_catalogue(), load_gazetteer())
SEEN = full_observation()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("cla rate", "cla_rate"),
        ("re-referrals", "rereferrals_pct"),
        ("care leavers eet", "care_leavers_eet_pct"),
        ("iro caseload", "iro_caseload_avg"),
        ("NI 64", "cpp_ceased_2yrs_pct"),
        ("assesments 45 days", "assessments_45_days_pct"),
    ],
)
def test_a_measure_is_found_by_id_name_code_or_wording_also_misspelt(words: str, first: str) -> None:
    hits = CORRECTOR.indicators(words, unit="percent" if first.endswith("pct") else None)
    assert hits[0].indicator_id == first
    assert len({hit.indicator_id for hit in hits}) == len(hits)


def test_the_unit_of_the_figure_chooses_between_siblings() -> None:
    found = {
        unit: CORRECTOR.indicators("assessments 45 days", unit=unit)[0].indicator_id for unit in ("percent", "count")
    }
    assert found == {"percent": "assessments_45_days_pct", "count": "assessments_45_days_count"}


def test_nothing_is_found_for_nothing() -> None:
    assert CORRECTOR.indicators("  ") == []
    assert CORRECTOR.indicators("xyzzy") == []


@pytest.mark.parametrize(
    ("words", "first"),
    [("engl", "england"), ("stat neigh", "statistical_neighbours"), ("north west", "region:North West"),
     ("leeds", "authority:Leeds"), ("bucks", "authority:Buckinghamshire")],
)  # fmt: skip
def test_a_place_is_found_by_its_beginning_or_short_name(words: str, first: str) -> None:
    assert first in [hit.value for hit in CORRECTOR.areas(words)[:2]]


def test_before_anything_is_typed_the_reports_own_place_comes_first() -> None:
    assert [hit.value for hit in CORRECTOR.areas("", reporting="Leeds")][:2] == ["authority:Leeds", "england"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Q2 18/19", "2018-19-Q2"),
        ("q1", "2018-19-Q1"),
        ("Dec 19", "2019-12"),
        ("YTD Sep", "YTD-2018-09"),
        ("2017/18", "FY2017-18"),
        ("31/3/18", "2018-03-31"),
        ("last quarter", "2018-19-Q1"),
        ("r12-2018-06", "R12-2018-06"),
        ("fy2018-19", "FY2018-19"),
    ],
)
def test_times_are_read_as_analysts_type_them(typed: str, code: str) -> None:
    """The report is of the second quarter of 2018/19."""
    found = CORRECTOR.period(typed, SEEN.document)
    assert found.period is not None
    assert (found.period["code"], found.problem) == (code, "")


def test_a_stocks_quarter_is_its_last_day() -> None:
    found = CORRECTOR.period("Q2 18/19", SEEN.document, stock=True)
    assert found.shown == "2018-09-30: 30 September 2018"


@pytest.mark.parametrize(("typed", "words"), [("soon", "is no time"), ("Q2", "needs the year")])
def test_what_is_no_time_is_told_with_how_to_write_one(typed: str, words: str) -> None:
    nowhere = SEEN.document.model_copy(
        update={"period": SEEN.document.period.model_copy(update={"code": None}), "meeting_date": None}
    )
    assert words in CORRECTOR.period(typed, nowhere).problem


def test_a_form_sent_back_as_it_was_changes_nothing() -> None:
    form = CORRECTOR.form_of(SEEN)
    assert set(form) == set(FIELDS)
    assert CORRECTOR.correct(SEEN, form).after == {}


def test_only_what_changed_is_kept_each_key_whole() -> None:
    form = CORRECTOR.form_of(SEEN) | {"value": "74.1%", "numerator": "", "rank": "7"}
    found = CORRECTOR.correct(SEEN, form)
    assert found.after == {"value": 74.1, "numerator": None, "rank": {"position": 7, "of": 11}}
    assert (found.problems, found.warnings) == ({}, {})


def test_another_indicator_brings_its_name_unit_and_polarity() -> None:
    found = CORRECTOR.correct(SEEN, {"indicator_id": "cla_count", "value": "172", "period": "Q1"})
    catalogued = load_catalogue().indicators["cla_count"]
    assert found.after["indicator_name"] == catalogued.name
    assert (found.after["unit"], found.after["polarity"]) == ("count", catalogued.polarity.value)
    assert found.after["period"]["code"] == "2018-06-30", "a stock is counted on the last day"


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        ({"value": "several"}, "value", "is no value"),
        ({"value": "71.4 per 10,000"}, "value", "is in per 10000, but the unit chosen is percent"),
        ({"value": ""}, "value", "choose why there is none"),
        ({"indicator_id": "nonsense"}, "indicator_id", "no indicator has the id"),
        ({"period": "soon"}, "period", "is no time"),
        ({"area": "Narnia"}, "area", "no place called 'Narnia'"),
        ({"unit": "furlongs"}, "unit", "it is one of percent"),
        ({"unit": ""}, "unit", "an observation has a unit"),
        ({"rag": "blue"}, "rag", "it is one of red, amber, green"),
        ({"quartile": "5"}, "quartile", "from 1 to 4"),
        ({"rank": "12"}, "rank", "rank 12 of 11 cannot be"),
        ({"numerator": "many"}, "numerator", "write the numerator as 1046"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(form: dict[str, str], field: str, words: str) -> None:
    assert words in CORRECTOR.correct(SEEN, form).problems[field]


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        ({"value": "40"}, "value", "50 of 70 is 71.4%, not 40%"),
        ({"numerator": "80"}, "numerator", "the part is greater than the whole"),
        ({"indicator_id": "cla_rate", "value": "1722", "numerator": "", "denominator": ""}, "value", "is above 350"),
        ({"indicator_id": "cla_rate", "unit": "count"}, "unit", "is counted in per 10000, not in count"),
    ],
)
def test_what_is_unusual_is_warned_of_and_kept(form: dict[str, str], field: str, words: str) -> None:
    found = CORRECTOR.correct(SEEN, form)
    assert words in found.warnings[field]
    assert found.problems == {}


def test_a_suppressed_value_is_no_value() -> None:
    for typed in ("<5", "x"):
        assert CORRECTOR.correct(SEEN, {"value": typed}).after == {"value": None, "status": "suppressed"}
    form = {"value": "", "status": "not_available"}
    assert CORRECTOR.correct(SEEN, form).after == {"value": None, "status": "not_available"}


def test_a_change_takes_its_unit_and_direction_from_what_is_left_out() -> None:
    form = {"change": "-3", "change_unit": "", "change_direction": "", "change_from": "Q1 18/19"}
    after = CORRECTOR.correct(SEEN, form).after
    assert after["change"] == {
        "value": 3.0, "unit": "percentage_points", "direction": "down", "from_period": "2018-19-Q1"
    }  # fmt: skip


def test_places_are_read_as_chosen_or_as_typed() -> None:
    def area(typed: str) -> dict[str, object] | None:
        found: dict[str, object] | None = CORRECTOR.correct(SEEN, {"area": typed}).after["area"]
        return found

    assert area("") is None
    england, leeds, region = area("england"), area("Leeds"), area("region:North West")
    assert england is not None
    assert leeds is not None
    assert region is not None
    assert (england["kind"], leeds["gss_code"], leeds["is_reporting_authority"]) == ("england", "E08000035", False)
    assert (region["kind"], region["name"]) == ("region", "North West")
    assert "area" in CORRECTOR.correct(SEEN, {"area": "self"}).after, "it was inferred, and is stated now"


def selected(quote: str) -> Evidence:
    return Evidence(page=3, boxes=[], start=100, end=100 + len(quote), quote=quote)


def test_a_missed_figure_is_added_from_the_words_selected() -> None:
    made, read = CORRECTOR.add(
        SEEN.document, selected("172 children in our care"), (100, 103), {"indicator_id": "cla_count", "period": "Q2"}
    )
    assert made is not None
    assert (made.value, made.value_text, made.unit, made.period.code) == (172.0, "172", "count", "2018-09-30")
    assert made.area is not None
    assert made.area.is_reporting_authority
    assert (made.flags, made.confidence, read.problems) == (["added_by_reviewer"], None, {})
    again, _ = CORRECTOR.add(
        SEEN.document, selected("172 children in our care"), (100, 103), {"indicator_id": "cla_count", "period": "Q2"}
    )
    assert again is not None
    assert again.observation_id == made.observation_id


def test_what_is_added_names_a_measure_or_says_its_label() -> None:
    made, read = CORRECTOR.add(SEEN.document, selected("9 hedgehogs"), (100, 101), {})
    assert made is None
    assert "choose an indicator" in read.problems["indicator_id"]
    made, _ = CORRECTOR.add(SEEN.document, selected("9 hedgehogs"), (100, 101), {"label": "hedgehogs in care"})
    assert made is not None
    assert (made.indicator_id, made.label, made.unit) == (None, "hedgehogs in care", "count")


codes = st.sampled_from(["2018-12", "2018-19-Q3", "FY2017-18", "YTD-2018-12", "R12-2018-06", "AY2016-17", "CY2018"])


@given(codes)
def test_every_period_code_is_understood(code: str) -> None:
    found = CORRECTOR.period(code, SEEN.document)
    assert found.period is not None
    assert (found.period["code"], found.period["end"]) == (code, parse_code(code).end.isoformat())


typed = st.one_of(
    st.text(max_size=12), st.sampled_from(["71.4%", "1,046", "<5", "n/a", "Q2", "england", "7", "-1", "x"])
)


@given(st.dictionaries(st.sampled_from(FIELDS), typed, max_size=6))
def test_whatever_is_typed_is_an_observation_or_a_told_problem(form: dict[str, str]) -> None:
    found = CORRECTOR.correct(SEEN, form)
    if not found.problems:
        Observation.model_validate(SEEN.model_dump(mode="json") | found.after)
    assert all(found.problems.values())
