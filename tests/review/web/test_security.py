"""Each door of the review room, tried."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.review.web.rooms import HOME, Visit, client_of, visit
from townclerk.review.web.app import create_app
from townclerk.review.web.room import Room
from townclerk.review.web.security import doors_for

PAGES = ("/", "/review", "/list", "/overview", "/disagreements", "/export", "/export/decisions.jsonl", "/export/csv")


@pytest.mark.parametrize("path", PAGES)
def test_without_a_session_no_page_is_shown(room: Room, path: str) -> None:
    answer = client_of(create_app(room)).get(path)
    assert answer.status_code == 401
    assert "the address that townclerk printed" in answer.text


def test_the_token_becomes_a_cookie_and_leaves_the_address(room: Room) -> None:
    client = client_of(create_app(room))
    answer = client.get(f"/open?token={room.sessions.token}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert room.sessions.token not in cookie
    page = client.get("/review")
    assert page.status_code == 200
    assert room.sessions.token not in page.text


@pytest.mark.parametrize("token", ["", "x", "A" * 43])
def test_a_wrong_token_opens_nothing(room: Room, token: str) -> None:
    client = client_of(create_app(room))
    assert client.get("/open", params={"token": token}).status_code == 401
    assert client.get("/review").status_code == 401


@pytest.mark.parametrize("host", ["reports.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:8765.reports.example", ""])
def test_another_name_for_this_server_is_turned_away(inside: Visit, host: str) -> None:
    answer = inside.client.get("/review", headers={"Host": host})
    assert answer.status_code == 421
    assert "looked after" not in answer.text


def test_the_server_answers_to_its_own_names() -> None:
    doors = doors_for(["127.0.0.1", "localhost", "::1"], 8765, secure=False, signs_in=False)
    assert doors.hosts == {"127.0.0.1:8765", "localhost:8765", "[::1]:8765"}
    secure = doors_for(["clerk.example"], 443, secure=True, signs_in=True)
    assert secure.origins == {"https://clerk.example", "https://clerk.example:443"}
    assert secure.cookie.startswith("__Host-")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://reports.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://localhost:8765"},
        {"Origin": HOME, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_of_another_page_changes_nothing(inside: Visit, headers: dict[str, str]) -> None:
    key = inside.first()
    form = {"csrf": inside.token(), "action": "accept"}
    assert inside.client.post(f"/review/{key}/decide", data=form, headers=headers).status_code == 403
    assert not inside.room.log.all()


@pytest.mark.parametrize("csrf", ["", "x" * 43])
def test_a_form_without_its_token_changes_nothing(inside: Visit, csrf: str) -> None:
    key = inside.first()
    form = {"csrf": csrf, "action": "accept"}
    answer = inside.client.post(f"/review/{key}/decide", data=form, headers={"Origin": HOME})
    assert answer.status_code == 403
    assert not inside.room.log.all()


def test_the_token_of_another_session_is_no_token(room: Room) -> None:
    one, other = visit(room), visit(room)
    form = {"csrf": other.token(), "action": "accept"}
    assert one.client.post(f"/review/{one.first()}/decide", data=form, headers={"Origin": HOME}).status_code == 403


def test_every_form_is_guarded(inside: Visit) -> None:
    key = inside.first()
    item = inside.room.queue.item(key)
    assert item is not None
    document = f"/document/{item.document_id}/page/1"
    paths = (f"/review/{key}/decide", f"/review/{key}/correct", "/undo", "/name", "/sign-out", f"{document}/add",
             f"{document}/phrase")  # fmt: skip
    for path in paths:
        assert inside.client.post(path, data={}, headers={"Origin": HOME}).status_code == 403, path


def test_pictures_cannot_be_fetched_by_another_page(inside: Visit) -> None:
    item = inside.room.queue.item(inside.first())
    assert item is not None
    path = f"/document/{item.document_id}/page/1.png"
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert inside.client.get(path, headers=elsewhere).status_code == 403
    assert inside.client.get(path, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/static/room.css", "/open?token=x"])
def test_every_answer_carries_the_policy(inside: Visit, path: str) -> None:
    headers = inside.client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


def test_even_a_fault_of_its_own_is_dressed_and_tells_nothing(inside: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("townclerk.review.web.listing.listed", broken)
    client = client_of(create_app(inside.room))
    client.cookies = inside.client.cookies
    with pytest.raises(RuntimeError):
        client.get("/list")
    quiet = type(client)(client.app, base_url=HOME, raise_server_exceptions=False, cookies=inside.client.cookies)
    answer = quiet.get("/list")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers


def test_no_page_has_script_or_style_of_its_own(inside: Visit) -> None:
    for path in PAGES[1:6]:
        page = inside.client.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert "javascript:" not in page
        assert " onclick" not in page
        assert "://" not in page.replace("http://www.w3.org", ""), f"{path} names an address"


@pytest.mark.parametrize(
    "path",
    [
        "/document/../../etc/passwd/page/1.png",
        "/document/%2e%2e%2f%2e%2e%2fetc%2fpasswd/page/1.png",
        "/document/{file}/page/1.png",
        "/document/0000000000000000/page/1.png",
        "/static/../app.py",
        "/static/%2e%2e%2fapp.py",
        "/static/..%5capp.py",
        "/static/htmx.LICENSE",
    ],
)
def test_nothing_but_the_stores_documents_can_be_read(inside: Visit, tmp_path: Path, path: str) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes((tmp_path / "harlowshire-q2.pdf").read_bytes())
    answer = inside.client.get(path.format(file=quote(str(secret), safe="")))
    assert answer.status_code == 404


def test_a_page_that_is_not_there_is_not_found(inside: Visit) -> None:
    item = inside.room.queue.item(inside.first())
    assert item is not None
    for number in ("0", "99", "-1", "x"):
        assert inside.client.get(f"/document/{item.document_id}/page/{number}.png").status_code == 404


def test_what_a_report_says_is_text_and_never_markup(inside: Visit, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "archive.db") as database:
        database.execute("update observations set label = '<img src=x onerror=alert(1)>', indicator_name = '<b>x</b>'")
        database.execute("update documents set name = '\"><script>alert(1)</script>'")
    page = inside.client.get("/review").text
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "&lt;img src=x" in page


def test_nothing_but_pictures_and_words_of_a_document_leaves_the_server(inside: Visit, tmp_path: Path) -> None:
    item = inside.room.queue.item(inside.first())
    assert item is not None
    answer = inside.client.get(f"/document/{item.document_id}/page/1.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    for path in ("", "/page/1", "/page/1.pdf", ".pdf", "/data"):
        assert inside.client.get(f"/document/{item.document_id}{path}").status_code in {404, 405}, path


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_reading_and_forms_are_answered(inside: Visit, method: str) -> None:
    assert inside.client.request(method, "/review", headers={"Origin": HOME}).status_code == 405


def test_a_form_may_not_be_huge_nor_of_untold_length(inside: Visit) -> None:
    for path in ("/name", "/sign-in"):
        huge = inside.client.post(path, content=b"x" * (2 << 20), headers={"Origin": HOME})
        assert huge.status_code == 413
        endless = inside.client.post(path, content=iter([b"name=", b"x"]), headers={"Origin": HOME})
        assert endless.status_code == 413


@pytest.mark.parametrize("back", ["https://reports.example", "//reports.example", "/\\reports.example"])
def test_a_form_sends_nobody_elsewhere(inside: Visit, back: str) -> None:
    assert inside.post("/name", name="Bo", back=back).headers["location"] == "/review"


def test_signing_out_ends_the_session_and_not_only_the_cookie(inside: Visit) -> None:
    kept = dict(inside.client.cookies)
    inside.post("/sign-out")
    inside.client.cookies.update(kept)
    assert inside.client.get("/review").status_code == 401
