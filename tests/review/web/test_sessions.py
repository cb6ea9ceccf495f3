"""Sessions live in memory, and end."""

from __future__ import annotations

from townclerk.review.web.sessions import IDLE_SECONDS, MOST_SESSIONS, Sessions


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_is_found_by_its_secret_alone() -> None:
    sessions = Sessions()
    secret = sessions.start("Ada")
    found = sessions.find(secret)
    assert found is not None
    assert found.reviewer == "Ada"
    assert sessions.find(secret[:-1]) is None
    assert sessions.find("") is None
    assert sessions.find(None) is None


def test_no_two_secrets_are_alike() -> None:
    sessions = Sessions()
    secrets = {sessions.start("Ada") for _ in range(50)} | {sessions.token}
    assert len(secrets) == 51
    assert all(len(secret) >= 43 for secret in secrets)


def test_a_session_that_is_used_goes_on_and_an_idle_one_ends() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    used, idle = sessions.start("Ada"), sessions.start("Bo")
    clock.now = IDLE_SECONDS * 0.9
    assert sessions.find(used)
    clock.now = IDLE_SECONDS * 1.5
    assert sessions.find(used)
    assert sessions.find(idle) is None


def test_an_ended_session_is_gone() -> None:
    sessions = Sessions()
    secret = sessions.start("Ada")
    sessions.end(secret)
    sessions.end("never there")
    assert sessions.find(secret) is None


def test_there_are_never_too_many() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    first = sessions.start("Ada")
    for number in range(MOST_SESSIONS):
        clock.now = number + 1.0
        last = sessions.start("Ada")
    assert sessions.find(first) is None
    assert sessions.find(last)
