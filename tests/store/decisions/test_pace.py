"""What the log says of the reviewers' pace."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.store.decisions.reports import figure, new_store, read
from townclerk.store.database import Store
from townclerk.store.decisions import pace as pacing
from townclerk.store.decisions.audit import CONFIDENT, SHARE, is_drawn, lot
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.decisions.pace import Pace, fit, read_pace
from townclerk.store.review_tables import review_items
from townclerk.store.tables import observations


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Forty figures, two a page, half of them on tables."""
    found = [figure(n, 0.35 if n % 4 else 0.85, page=n // 2 + 1) for n in range(40)]
    made = new_store(tmp_path, found)
    with made.writing() as connection:
        connection.execute(update(observations).where(observations.c.position < 20).values(method="table"))
    return made


def decide_all(store: Store) -> None:
    """The first of a page takes 12 seconds, the second 3; what is 35% sure is always wrong."""
    log = DecisionLog(store)
    for n in range(40):
        decide = log.reject if n % 4 else log.accept
        decide(figure(n, page=n // 2 + 1), "Ann", None, seconds=12.0 if n % 2 == 0 else 3.0)


def test_opening_a_page_is_told_from_looking_at_its_items(store: Store) -> None:
    decide_all(store)
    with store.reading() as connection:
        found = fit(connection)
    assert (found.opening, found.looking[""], found.median) == (9.0, 3.0, 7.5)


def test_how_often_readings_are_wrong_is_learnt_and_drawn_towards_what_they_say(store: Store) -> None:
    decide_all(store)
    with store.reading() as connection:
        wrong = fit(connection).wrong
    # Thirty of thirty were wrong where 65% were expected, twenty such votes weighing against: (30 + 13) / 50.
    assert wrong[3] == pytest.approx((30 + 20 * 0.65) / 50)
    assert wrong[8] == pytest.approx((0 + 20 * 0.15) / 30)
    assert wrong[9] == pytest.approx(0.05), "nothing was decided there"


def test_the_pace_is_fitted_once_enough_is_timed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "ENOUGH", 40)
    log = DecisionLog(store)
    for n in range(39):
        log.accept(figure(n, page=n // 2 + 1), "Ann", None, seconds=4.0)
    with store.reading() as connection:
        assert read_pace(connection) == (Pace(), 39)
    log.accept(figure(39, page=20), "Ann", None, seconds=4.0)
    with store.reading() as connection:
        found, timed = read_pace(connection)
    assert (found.by_minute, timed) == (True, 40)


def test_a_long_break_is_no_part_of_the_pace(store: Store) -> None:
    log = DecisionLog(store)
    for n in range(40):
        log.accept(figure(n, page=n // 2 + 1), "Ann", None, seconds=3600.0 if n == 7 else 5.0)
    with store.reading() as connection:
        found = fit(connection)
    assert (found.opening, found.looking[""]) == (0.0, 5.0)


def test_the_audit_is_a_fair_sample_and_always_the_same() -> None:
    ids = [f"observation-{n}" for n in range(20_000)]
    drawn = [one for one in ids if is_drawn(one)]
    assert len(drawn) / len(ids) == pytest.approx(SHARE, abs=0.006)
    turns = [lot(one, "turn") for one in drawn]
    assert sum(turns) / len(turns) == pytest.approx(0.5, abs=0.04), "being drawn says nothing of one's turn"
    assert drawn[:3] == [one for one in ids if is_drawn(one)][:3]


def test_a_sure_reading_waits_only_if_drawn(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    many = [figure(n, CONFIDENT, observation_id=f"observation-{n}") for n in range(300)]
    read(store, many, "d2", "6" * 64)
    with store.reading() as connection:
        asked = select(review_items.c.observation_id).where(review_items.c.queued.is_(True))
        queued = set(connection.execute(asked).scalars())
    assert queued == {f"observation-{n}" for n in range(300) if is_drawn(f"observation-{n}")}
    assert 0 < len(queued) < 40
