from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from townclerk.extract.output.atomic import whole_file, written
from townclerk.models.errors import OutputError, UsageError


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with whole_file(path) as stream:
        stream.write(b"one\n")
        assert not path.exists()
    assert path.read_bytes() == b"one\n"
    assert names_in(tmp_path) == ["out.jsonl"]


def test_a_fault_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"old\n")

    def write_half() -> None:
        with whole_file(path) as stream:
            stream.write(b"half")
            raise KeyError("planted")

    with pytest.raises(KeyError, match="planted"):
        write_half()
    assert path.read_bytes() == b"old\n"
    assert names_in(tmp_path) == ["out.jsonl"]


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"

    def fill() -> None:
        with whole_file(path) as stream:
            stream.write(b"half")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OutputError, match=r"out\.jsonl: could not be written \(No space left.*-o"):
        fill()
    assert names_in(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="platform: has no /dev/full")
def test_a_device_is_written_directly_and_stays_a_device() -> None:
    device = Path("/dev/full")

    def fill() -> None:
        with whole_file(device) as stream:
            stream.write(b"something")

    with pytest.raises(OutputError, match="No space left"):
        fill()
    assert device.is_char_device()


def test_a_missing_folder_and_a_folder_are_told_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"), whole_file(tmp_path / "none" / "out.csv"):
        pass
    with pytest.raises(UsageError, match="is a folder"), whole_file(tmp_path):
        pass


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    target = tmp_path / "real.jsonl"
    target.write_bytes(b"old\n")
    link = tmp_path / "link.jsonl"
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("platform: links need a privilege here")
    with whole_file(link) as stream:
        stream.write(b"new\n")
    assert link.is_symlink()
    assert target.read_bytes() == b"new\n"


def test_a_closed_pipe_is_no_fault_of_the_output() -> None:
    with pytest.raises(BrokenPipeError), written("standard output"):
        raise BrokenPipeError
