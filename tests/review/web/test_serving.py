"""Where the review room listens, and where it refuses to."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from townclerk import cli
from townclerk.models.errors import UsageError
from townclerk.review.web.serving import Place, bind, check_place, doors_of, is_loopback, names_of, opening_address


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST"])
def test_this_machine_needs_nothing_further(host: str) -> None:
    assert is_loopback(host)
    check_place(Place(host))


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "10.0.0.4", "clerk.example", "localhost.example", "127.0.0.1.example"],  # noqa: S104 - refused
)
def test_beyond_it_the_command_refuses_and_tells_of_the_tunnel(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(UsageError, match=r"ssh -N -L 8765:127\.0\.0\.1:8765"):
        check_place(Place(host))


def test_a_certificate_without_reviewers_is_not_enough_nor_the_other_way_round(tmp_path: Path) -> None:
    file = tmp_path / "some.pem"
    file.touch()
    for place in (Place("0.0.0.0", certfile=file), Place("0.0.0.0", reviewers=file)):  # noqa: S104 - refused, or never listened at
        with pytest.raises(UsageError, match="--certfile"):
            check_place(place)
    check_place(Place("0.0.0.0", certfile=file, reviewers=file))  # noqa: S104 - refused, or never listened at
    with pytest.raises(UsageError, match="there is no such file"):
        check_place(Place(certfile=tmp_path / "none.pem"))


def test_the_command_line_refuses_before_it_opens_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["review", str(tmp_path / "none.db"), "--host", "0.0.0.0", "--port", "9000"])  # noqa: S104 - refused, or never listened at
    assert code == 2
    assert "ssh -N -L 9000:127.0.0.1:9000" in capsys.readouterr().err


def test_a_store_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", str(tmp_path / "none.db"), "--no-browser"]) == 7
    assert "there is no such store" in capsys.readouterr().err


@pytest.mark.network
def test_a_port_can_be_used_again_right_after_a_visit() -> None:
    with bind(Place(port=0)) as first:
        port = first.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as visitor:
            answered, _ = first.accept()
            answered.close()  # the side that closes first keeps the port waiting
            visitor.recv(1)
    with bind(Place(port=port)) as again:
        assert again.getsockname()[1] == port


@pytest.mark.network
def test_a_port_that_is_taken_is_told_and_the_usual_one_gives_way() -> None:
    with bind(Place(port=0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match="--port"):
            bind(Place(port=port))
    with bind(Place()) as first, bind(Place()) as second:
        assert first.getsockname()[1] != second.getsockname()[1]


def test_the_address_has_the_token_only_where_nobody_signs_in(tmp_path: Path) -> None:
    assert opening_address(Place(), 8765, "secret") == "http://127.0.0.1:8765/open?token=secret"
    assert opening_address(Place("::1"), 8765, "secret") == "http://[::1]:8765/open?token=secret"
    named = Place("clerk.example", certfile=tmp_path, reviewers=tmp_path)
    assert opening_address(named, 443, "secret") == "https://clerk.example:443/sign-in"


def test_a_server_for_a_team_answers_to_its_own_names_only() -> None:
    assert "clerk.example" in names_of("clerk.example")
    assert "127.0.0.1" not in names_of("clerk.example")
    everywhere = names_of("0.0.0.0")  # noqa: S104 - refused, or never listened at
    assert "127.0.0.1" in everywhere
    doors = doors_of(Place("clerk.example", certfile=Path("c.pem"), reviewers=Path("r.json")), 8443)
    assert "https://clerk.example:8443" in doors.origins
    assert doors.signs_in
