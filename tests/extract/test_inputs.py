from __future__ import annotations

import os
from pathlib import Path

import pytest

from townclerk.extract.inputs import NAMELESS, Source, find_sources, printable
from townclerk.models.errors import UnreadableError


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for name in ("2019/q2.pdf", "2019/q1.PDF", "2018/july.txt", "notes.md", "2018/photo.png", ".git/config.txt",
                 "2019/.hidden.txt"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return tmp_path


def names(*inputs: str) -> list[str]:
    return [source.name for source in find_sources(inputs).sources]


def test_a_folder_gives_its_reports_in_order_of_name(archive: Path) -> None:
    assert names(str(archive)) == ["notes.md", "july.txt", "q1.PDF", "q2.pdf"]


def test_wildcards_are_resolved_where_the_shell_did_not(archive: Path) -> None:
    assert names(str(archive / "**" / "*.txt")) == ["july.txt"]
    assert names(str(archive / "201?")) == ["july.txt", "q1.PDF", "q2.pdf"]


def test_a_file_that_is_named_is_tried_whatever_its_suffix(archive: Path) -> None:
    assert names(str(archive / "2018" / "photo.png")) == ["photo.png"]


def test_an_input_given_twice_is_read_once(archive: Path) -> None:
    twice = find_sources([str(archive / "notes.md"), str(archive), "-", "-", str(archive / "notes.md")])
    assert [source.name for source in twice.sources] == ["notes.md", "july.txt", "q1.PDF", "q2.pdf", "stdin"]
    assert twice.faults == []


def test_a_name_with_wildcard_signs_is_a_name_first(tmp_path: Path) -> None:
    path = tmp_path / "report [final].txt"
    path.write_text("x", encoding="utf-8")
    assert names(str(path)) == ["report [final].txt"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("missing.pdf", "there is no such file"),
        ("*.docx", "no file matches"),
        ("empty", "the folder holds no report"),
    ],
)
def test_an_input_that_comes_to_nothing_is_told_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.txt").write_text("x", encoding="utf-8")
    found = find_sources([given, "good.txt"])
    assert [source.name for source in found.sources] == ["good.txt"]
    ((where, message),) = found.faults
    assert where == given
    assert message.startswith(f"{given}: {why}")


def test_an_input_without_a_name_is_not_the_folder_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report.txt").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = find_sources([""])
    assert (found.sources, found.faults) == ([], [("", NAMELESS)])


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.touch()
    with pytest.raises(UnreadableError, match=r"empty\.pdf: is empty; "):
        Source(str(path), path).read()


def test_a_file_that_vanished_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="there is no such file"):
        Source("gone.pdf", tmp_path / "gone.pdf").read()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="platform: permissions do not bind here")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(UnreadableError, match="ask its owner"):
        Source(str(path), path).read()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("July – août.pdf", "July – août.pdf"),
        ("two\nlines.pdf", "two\\nlines.pdf"),
        ("caf\udce9.pdf", "caf\\udce9.pdf"),
        ("C:\\reports\\q1.pdf", "C:\\reports\\q1.pdf"),
    ],
)
def test_odd_names_stay_on_one_line_and_can_be_written(name: str, shown: str) -> None:
    assert printable(name) == shown


@pytest.mark.skipif(os.name == "nt", reason="platform: does not allow such names")
def test_a_file_with_an_odd_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "two\nlines.txt"
    path.write_bytes(b"words")
    (source,) = find_sources([str(tmp_path)]).sources
    assert source.name == "two\\nlines.txt"
    assert source.read() == b"words"
