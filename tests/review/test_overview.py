"""The numbers of the overview page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.decisions.reports import figure, new_store, read
from tests.store.samples import VERSIONS, entry
from townclerk.review.overview import overview_series, read_coverage, read_overview, series_choices
from townclerk.review.overview_agreement import kappa
from townclerk.store.database import Store
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.ledger import Ledger, Outcome, State


@pytest.fixture
def store(tmp_path: Path) -> Store:
    england = {"kind": "england", "name": None, "gss_code": None, "is_reporting_authority": False, "basis": "stated"}
    made = new_store(
        tmp_path,
        [
            figure(0, 0.31),
            figure(1, 0.35),
            figure(2, 0.98, role="target"),
            figure(3, 0.98, area=england),
            figure(4, 1.0, indicator_id=None, indicator_name=None),
        ],
    )
    ledger = Ledger(made)
    for number in range(2):
        name = f"broken-{number}"
        ledger.enter([entry(name, sha256=name)], [])
        ledger.finish(name, Outcome(State.FAILED, f"/archive/{name}.pdf: is cut off"), VERSIONS)
    return made


def test_what_a_store_holds(store: Store) -> None:
    log = DecisionLog(store)
    first = log.accept(figure(0), "Ann", None)
    log.reject(figure(1), "Ann", None)
    log.reject(figure(0), "Bob", first.decision_id)
    log.add(figure(9, value=3.0), "Ann", figure=(900, 903))
    found = read_overview(store)
    assert found.documents == {"done": 1, "failed": 2}
    assert (found.observations, found.uncatalogued, found.added, found.disagreements, found.conflicts) == (
        5,
        1,
        1,
        1,
        0,
    )
    assert found.states == {"undecided": 3, "accepted": 0, "corrected": 0, "rejected": 2}
    assert found.reviewers == {"Ann": 1, "Bob": 1}
    assert [(one.count, one.decided, one.right) for one in found.bins][3] == (2, 2, 0)
    assert [one.count for one in found.bins] == [0, 0, 0, 2, 0, 0, 0, 0, 0, 3]
    assert found.failures == [("is cut off", 2)]


def test_how_far_reviewers_agree(store: Store) -> None:
    log = DecisionLog(store)
    for number in range(4):
        first = log.accept(figure(number), "Ann", None)
        (log.reject if number == 3 else log.accept)(figure(number), "Bob", first.decision_id)
    agreement = read_overview(store).agreement
    assert (agreement.shared, agreement.agreed, agreement.pairs) == (4, 3, {("Ann", "Bob"): (4, 3)})
    # Seven of eight decisions are acceptances: chance alone agrees on (7/8)² + (1/8)² of the pairs.
    expected = (7 / 8) ** 2 + (1 / 8) ** 2
    assert agreement.kappa == pytest.approx((3 / 4 - expected) / (1 - expected))


def test_agreement_by_chance_is_none() -> None:
    assert kappa([("accept", "accept"), ("reject", "reject")]) == 1.0
    assert kappa([("accept", "accept"), ("accept", "reject"), ("reject", "accept"), ("reject", "reject")]) == 0.0
    assert kappa([("accept", "accept")]) is None
    assert kappa([]) is None


def test_coverage_is_of_the_reports_own_values(store: Store) -> None:
    later = figure(5, observation_id="later").period.model_copy(update={"code": "2018-19-Q3", "end": "2018-12-31"})
    other = figure(5, observation_id="other", indicator_id="referrals_count", indicator_name="Referrals")
    read(store, [figure(6).model_copy(update={"period": later}), other], "d2", "6" * 64)
    found = read_coverage(store)
    assert found.indicators == [("visits_on_time_pct", "Visits on time"), ("referrals_count", "Referrals")]
    assert found.periods == ["2018-09", "2018-12"]
    assert found.counts["visits_on_time_pct", "2018-09"] == 2, "neither the target nor England's"
    assert ("referrals_count", "2018-12") not in found.counts
    assert read_coverage(store, limit=1).left_out == 1
    assert read_coverage(store, authority="Nowhere").indicators == []


def test_series_can_be_chosen_and_have_targets_and_comparators(store: Store) -> None:
    assert series_choices(store) == [("visits_on_time_pct", "Visits on time", 4)]
    lines = overview_series(store, "visits_on_time_pct").lines()
    assert {(area, role.value) for area, role, _ in lines} == {
        ("Wexcombe", "actual"), ("Wexcombe", "target"), ("england", "actual")
    }  # fmt: skip
