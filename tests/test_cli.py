"""The command line as a process: what it imports, how it treats its streams, and that it never opens a socket."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from townclerk.cli import main
from townclerk.models.errors import ExitCode

ROOT = Path(__file__).parents[1]
TEXT = ROOT / "samples" / "wexcombe-q3-2022-23.txt"
PDF = TEXT.with_suffix(".pdf")
GOLD = ROOT / "samples" / "gold"
HEAVY = {"spacy", "pymupdf", "pydantic", "yaml", "rapidfuzz", "numpy"}

# Run in the child before townclerk: forbids sockets and tells each attempt. One is known and harmless: urllib3, which
# spaCy brings along, asks at import whether this machine could bind an IPv6 address, and takes a refusal for a no.
WITHOUT_NETWORK = """
import os, sys, traceback

def watch(event, arguments):
    if event.startswith("socket."):
        if not any(frame.name == "_has_ipv6" for frame in traceback.extract_stack()):
            os.write(2, f"opened a socket: {event} {arguments}".encode())
            os._exit(99)
        raise OSError("no network in tests")

sys.addaudithook(watch)
from townclerk.cli import main
sys.exit(main(sys.argv[1:]))
"""


def townclerk(
    *arguments: str | Path, env: dict[str, str] | None = None, stdout: int | None = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "townclerk", *map(str, arguments)],
        env={**os.environ, **(env or {})},
        cwd=ROOT,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--help"], HEAVY),
        (["--version"], HEAVY),
        (["extract", "--help"], HEAVY - {"pydantic"}),  # typer itself reads options with pydantic
        (["show", "--help"], HEAVY - {"pydantic"}),
    ],
)
def test_help_imports_nothing_heavy(arguments: list[str], heavy: set[str]) -> None:
    code = (
        "import sys; from townclerk.cli import main; code = main(sys.argv[1:]);"
        "sys.stderr.write(' '.join(sorted({name.partition('.')[0] for name in sys.modules}))); sys.exit(code)"
    )
    run = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, check=False)
    assert run.returncode == ExitCode.OK
    assert run.stdout
    assert not heavy & set(run.stderr.decode().split())


@pytest.mark.parametrize("command", ["extract", "evaluate", "schema", "show", "period", "diff", "patterns"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == ExitCode.OK
    assert command in capsys.readouterr().out
    assert main([]) == ExitCode.USAGE


def test_same_input_same_bytes() -> None:
    first, second = (townclerk("extract", TEXT, PDF, "-o", "-", env={"PYTHONHASHSEED": seed}) for seed in ("1", "2"))
    assert first.returncode == second.returncode == ExitCode.OK
    assert first.stdout == second.stdout
    assert first.stdout.count(b"\n") > 20


PRINTING: list[list[str | Path]] = [
    ["extract", TEXT, "-q"],
    ["extract", TEXT, "-q", "--format", "table"],
    ["evaluate", GOLD, TEXT],
    ["show", TEXT, "--text"],
    ["schema"],
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="platform: has no /dev/full")
@pytest.mark.parametrize("arguments", [*PRINTING, ["--help"]], ids=lambda arguments: " ".join(map(str, arguments[:1])))
def test_a_full_disk_behind_standard_output_is_told(arguments: list[str | Path]) -> None:
    with Path("/dev/full").open("wb") as full:
        run = townclerk(*arguments, stdout=full.fileno())
    assert run.returncode == ExitCode.OUTPUT
    (line,) = run.stderr.decode().splitlines()
    assert "standard output: could not be written (No space left on device)" in line


@pytest.mark.parametrize("arguments", [*PRINTING, ["--help"], ["extract", "-h"], ["--version"]], ids=str)
def test_a_closed_pipe_ends_the_run_quietly(arguments: list[str | Path]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    run = townclerk(*arguments, stdout=writing)
    os.close(writing)
    assert (run.returncode, run.stderr) == (ExitCode.OK, b"")


@pytest.mark.skipif(os.name == "nt", reason="platform: a shell that closes streams")
@pytest.mark.parametrize(
    ("closed", "arguments", "code"),
    [
        (">&-", "-q", ExitCode.OUTPUT),
        (">&-", "-q --format table", ExitCode.OUTPUT),
        (">&-", f"-q -o {os.devnull} --format csv", ExitCode.OK),
        ("2>&-", "-o -", ExitCode.OK),
        ("2>&-", "gone.pdf", ExitCode.PARTIAL),
    ],
)
def test_closed_streams_are_borne(closed: str, arguments: str, code: ExitCode) -> None:
    command = f'"{sys.executable}" -m townclerk extract "{TEXT}" {arguments} {closed}'
    assert subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, check=False).returncode == code


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_that_knows_no_arrows_gets_stand_ins(encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "120"}
    run = townclerk("extract", TEXT, "--format", "table", env=env)
    assert run.returncode == ExitCode.OK, run.stderr
    assert "Re-referrals" in run.stdout.decode(encoding)
    data = townclerk("extract", TEXT, "-o", "-", env=env)
    assert [json.loads(line) for line in data.stdout.decode("utf-8").splitlines()]


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", TEXT, PDF, "-o", "-"],
        ["show", PDF, "--text"],
        ["schema"],
        ["period", "Q3 2018/19"],
        ["patterns", "check"],
        ["evaluate", GOLD, TEXT],
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_no_command_opens_a_socket(arguments: list[str | Path]) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_NETWORK, *map(str, arguments)], cwd=ROOT, capture_output=True, check=False
    )
    assert run.returncode == ExitCode.OK, run.stderr.decode()


def test_the_watch_on_sockets_sees_one() -> None:
    code = WITHOUT_NETWORK.replace("from townclerk.cli import main", "import socket; socket.socket()")
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert (run.returncode, run.stderr[:15]) == (99, b"opened a socket")


def test_the_manual_has_every_exit_code() -> None:
    text = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    for code in ExitCode:
        assert f"\n| {int(code)} | `{code.name}` | " in text
