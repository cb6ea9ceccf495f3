"""The rules that `conftest.py` lays on all tests do hold."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import NetworkUsedError


def test_a_test_cannot_reach_the_network() -> None:
    with pytest.raises(NetworkUsedError), socket.socket() as probe:
        probe.connect(("127.0.0.1", 9))


@pytest.mark.network
def test_a_marked_test_may_open_sockets() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        assert server.getsockname()[1] > 0


@pytest.mark.parametrize(("forbid", "code"), [("0", 0), ("1", 1)])
def test_in_ci_a_missing_component_fails_its_test(tmp_path: Path, forbid: str, code: int) -> None:
    (tmp_path / "test_one.py").write_text(
        "import pytest\n\ndef test_needs_it():\n    pytest.importorskip('no_such_component')\n"
        "\ndef test_elsewhere():\n    pytest.skip('platform: another system')\n",
        encoding="utf-8",
    )
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", str(tmp_path), "--rootdir", str(tmp_path)],
        env={**os.environ, "TOWNCLERK_FORBID_SKIPS": forbid},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        check=False,
    )
    assert run.returncode == code, run.stdout.decode()
