"""Named reviewers: a file of digests, and no guessing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.review.web.rooms import HOME, client_of, make_archive, make_room
from townclerk.models.errors import UsageError
from townclerk.review.web.app import create_app
from townclerk.review.web.reviewers import TRIES, WAIT_SECONDS, Reviewers, add_reviewer, load_reviewers

PASSWORD = "correct horse battery"  # noqa: S105 - nobody's


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "reviewers.json"
    add_reviewer(path, "Ada Quill", PASSWORD)
    return path


def test_a_password_is_kept_as_an_argon2_digest(file: Path) -> None:
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert kept["reviewers"]["Ada Quill"].startswith("$argon2id$")
    assert PASSWORD not in file.read_text(encoding="utf-8")
    if os.name != "nt":
        assert file.stat().st_mode & 0o077 == 0


def test_name_and_password_must_belong_together(file: Path) -> None:
    add_reviewer(file, "Bo", "another long password")
    known = load_reviewers(file)
    assert known.admits("Ada Quill", PASSWORD)
    assert not known.admits("Bo", PASSWORD)
    assert not known.admits("Ada Quill", PASSWORD + " ")
    assert not known.admits("Nobody", PASSWORD)


def test_a_new_password_takes_the_place_of_the_old(file: Path) -> None:
    assert add_reviewer(file, "Ada Quill", "quite another password") is False
    known = load_reviewers(file)
    assert not known.admits("Ada Quill", PASSWORD)
    assert known.admits("Ada Quill", "quite another password")


def test_after_some_wrong_passwords_a_name_must_wait(file: Path) -> None:
    now = [0.0]
    digests = json.loads(file.read_text(encoding="utf-8"))["reviewers"]
    known = Reviewers(digests, clock=lambda: now[0])
    for _ in range(TRIES):
        assert not known.admits("Ada Quill", "wrong")
    assert known.waiting("Ada Quill") == WAIT_SECONDS
    assert not known.admits("Ada Quill", PASSWORD)
    now[0] = WAIT_SECONDS + 1
    assert known.admits("Ada Quill", PASSWORD)
    assert known.waiting("Ada Quill") == 0


@pytest.mark.parametrize(
    ("name", "password"), [("", PASSWORD), ("a" * 61, PASSWORD), ("a\nb", PASSWORD), ("Bo", "short")]
)
def test_a_name_or_password_that_will_not_do_is_refused(file: Path, name: str, password: str) -> None:
    before = file.read_bytes()
    with pytest.raises(UsageError):
        add_reviewer(file, name, password)
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", ["", "[]", '{"reviewers": {}}', '{"people": {"Ada": "x"}}'])
def test_a_file_that_is_none_of_reviewers_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"other\.json"):
        load_reviewers(path)


def test_with_reviewers_the_token_is_worth_nothing_and_a_password_comes_in(tmp_path: Path, file: Path) -> None:
    store, _, _ = make_archive(tmp_path)
    room = make_room(store, load_reviewers(file))
    client = client_of(create_app(room))
    assert client.get(f"/open?token={room.sessions.token}").headers["location"] == "/sign-in"
    assert client.get("/review").headers["location"] == "/sign-in"
    assert client.get("/sign-in").status_code == 200
    wrong = client.post("/sign-in", data={"name": "Ada Quill", "password": "x"}, headers={"Origin": HOME})
    assert wrong.status_code == 403
    assert "do not belong together" in wrong.text
    right = client.post("/sign-in", data={"name": "Ada Quill", "password": PASSWORD}, headers={"Origin": HOME})
    assert right.headers["location"] == "/review"
    assert "Ada Quill" in client.get("/review").text
    token = client.get("/export").text.split('"X-CSRF-Token": "')[1].split('"')[0]
    renamed = client.post("/name", data={"csrf": token, "name": "Bo"}, headers={"Origin": HOME})
    assert renamed.status_code == 403
    store.close()
