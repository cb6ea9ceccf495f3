"""`townclerk review` and `townclerk reviewer`: what they say before anything is served."""

from __future__ import annotations

import http.client
import io
import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.review.web.rooms import make_archive
from townclerk import cli


def test_without_its_extra_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "starlette", None)
    assert cli.main(["review", str(tmp_path / "archive.db")]) == 6
    assert "pip install 'townclerk[review]'" in capsys.readouterr().err


def test_a_reviewer_is_entered_with_a_password_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "reviewers.json"
    monkeypatch.setattr(sys, "stdin", io.StringIO("correct horse battery\n"))
    assert cli.main(["reviewer", str(file), "Ada Quill"]) == 0
    assert "Ada Quill may now sign in" in capsys.readouterr().err
    assert list(json.loads(file.read_text(encoding="utf-8"))["reviewers"]) == ["Ada Quill"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    assert cli.main(["reviewer", str(file), "Bo"]) == 2
    assert "at least 12" in capsys.readouterr().err


@pytest.mark.network
@pytest.mark.skipif(sys.platform == "win32", reason="platform: consoles of Windows send Ctrl-C to all at once")
def test_ctrl_c_is_the_way_to_stop_it(tmp_path: Path) -> None:
    make_archive(tmp_path)[0].close()
    command = [sys.executable, "-m", "townclerk", "review", str(tmp_path / "archive.db"), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stderr is not None
        said = "".join(server.stderr.readline() for _ in range(3))
        found = re.search(r"http://(\S+)/open\?token=", said)
        assert found
        # Once it answers it heeds the signal: before, a process whose parent ignores Ctrl-C would ignore it, too.
        connection = http.client.HTTPConnection(found[1], timeout=120)
        connection.request("GET", "/")
        connection.getresponse().read()
        connection.close()
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=120) == 0
        assert "Traceback" not in server.stderr.read()
