"""Whole conversions with quick workers: what is done, what is left, what is told."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import fsspec
import pytest
from sqlalchemy import text

from tests.convert.conftest import write_reports
from tests.convert.stores import content, states
from tests.convert.workers import ShareFileSystem, faulty, quick, sharing
from townclerk.convert import comparing
from townclerk.convert.archive import convert_archive, look_only
from townclerk.convert.conversion import Conversion, ConvertOptions, Nobody
from townclerk.convert.limits import MB, Limits
from townclerk.extract.inputs import NAMELESS
from townclerk.extract.settings import Settings
from townclerk.models.errors import StoreError
from townclerk.store.database import open_store
from townclerk.store.history import list_runs
from townclerk.store.ledger import Ledger
from townclerk.store.lock import only_one


def convert(source: Path | str, store: Path, **options: object) -> Conversion:
    return convert_archive([source], store, ConvertOptions(**{"jobs": 1, "prepare": quick} | options))  # type: ignore[arg-type]


def test_everything_is_converted_once_and_copies_are_named(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "x.db"
    done = convert(archive, store)
    assert (done.read, done.looked.copies, done.lost) == (11, 1, 0)
    assert states(store)["report-0009.txt"] == ("skipped", f"the same bytes as {archive / 'report-0008.txt'}")
    again = convert(archive, store)
    assert (again.looked.unchanged, again.read, again.looked.copies) == (11, 0, 1)


def test_only_what_changed_is_done_again(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "x.db"
    convert(archive, store)
    archive.joinpath("report-0003.txt").write_text("Now 5 plans.", encoding="utf-8")
    archive.joinpath("new.txt").write_text("There are 8 visits.", encoding="utf-8")
    again = convert(archive, store)
    assert again.states == {"done": 2}
    with open_store(str(store)).reading() as connection:
        values = connection.execute(
            text("SELECT value FROM observation_flat WHERE document = 'report-0003.txt'")
        ).scalars()
        assert list(values) == [5.0]


def test_other_settings_mean_other_work(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "x.db"
    convert(archive, store)
    again = convert(archive, store, settings=Settings(authority="Harlowshire"))
    assert again.read == 11


def test_a_dry_run_writes_nothing(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "x.db"
    found, todo = look_only([archive], store, ConvertOptions())
    assert (found.looked.found, len(todo)) == (12, 12)
    assert not store.exists()
    convert(archive, store)
    archive.joinpath("report-0003.txt").write_text("Now 5 plans.", encoding="utf-8")
    _, todo = look_only([archive], store, ConvertOptions())
    assert str(archive / "report-0003.txt") in todo


def test_a_broken_worker_costs_its_document_only(archive: Path, tmp_path: Path) -> None:
    for word in ("SEGFAULT", "HANG", "EAT", "EXIT"):
        archive.joinpath(f"{word}.txt").write_text(f"{word} 1", encoding="utf-8")
    store = tmp_path / "x.db"
    limits = Limits(seconds=4, memory=300 * MB)
    done = convert(archive, store, prepare=faulty, limits=limits)
    assert done.read == 11
    state = states(store)
    assert state["SEGFAULT.txt"][0] == "crashed"
    assert state["HANG.txt"] == (
        "timed_out", "HANG.txt: took longer than 4 seconds; raise --limit-time, or split the document",
    )  # fmt: skip
    assert state["EAT.txt"][0] == "crashed"
    assert "needed more memory" in str(state["EAT.txt"][1])
    assert state["EXIT.txt"] == ("crashed", "EXIT.txt: its worker died (exit code 3)")
    left = convert(archive, store)
    assert (left.looked.left, left.read) == (4, 0)
    assert convert(archive, store, retry_failed=True).read == 4


@pytest.mark.skipif(sys.platform == "win32", reason="platform: Windows has no such names")
def test_names_that_are_no_text_are_converted_too(archive: Path, tmp_path: Path) -> None:
    for name in (b"caf\xe9 2019.txt", b"two\nlines.txt", b"100%41.txt"):
        archive.joinpath(os.fsdecode(name)).write_bytes(b"There are 8 visits in " + name.hex().encode())
    store = tmp_path / "x.db"
    assert convert(archive, store).read == 14
    assert {"caf\\udce9 2019.txt", "two\\nlines.txt", "100%41.txt"} <= states(store).keys()


@pytest.mark.skipif(sys.platform == "win32", reason="platform: Windows lets few users make links")
def test_links_are_followed_and_lead_nowhere_twice(archive: Path, tmp_path: Path) -> None:
    elsewhere = write_reports(tmp_path / "elsewhere", 2)
    elsewhere.joinpath("only-here.txt").write_text("There are 8 visits.", encoding="utf-8")
    archive.joinpath("linked").symlink_to(elsewhere)
    archive.joinpath("again").symlink_to(elsewhere)
    archive.joinpath("back").symlink_to(archive)
    done = convert(archive, tmp_path / "x.db")
    assert (done.looked.found, done.read, done.faults) == (15, 12, [])


def test_archives_are_looked_into(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    with zipfile.ZipFile(source / "inner.zip", "w") as inner:
        inner.writestr("deep/a.txt", "There are 4 plans.")
    with zipfile.ZipFile(source / "outer.zip", "w") as outer:
        outer.writestr("b.txt", "There are 5 plans.")
        outer.write(source / "inner.zip", "inner.zip")
    source.joinpath("inner.zip").unlink()
    source.joinpath("broken.zip").write_bytes(b"PK\x03\x04 and nothing else")
    store = tmp_path / "x.db"
    done = convert(source, store)
    assert (done.read, done.lost) == (2, 1)
    assert states(store).keys() == {"a.txt", "b.txt", "broken.zip"}
    ((_, _, why),) = done.looked.failures
    assert why.count("get it anew") == why.count("broken.zip") == 1


def test_remote_places_are_read_through_fsspec(tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/far/a.txt", b"There are 4 plans.")
    memory.pipe("/far/b/c.txt", b"There are 5 plans.")
    try:
        assert convert("memory://far", tmp_path / "x.db").read == 2
    finally:
        memory.rm("/far", recursive=True)


class Unplugs(Nobody):
    """Takes the share away after some documents."""

    def __init__(self, share: Path) -> None:
        self._gone = share / "GONE"

    def converting(self, conversion: Conversion) -> None:
        if conversion.read >= 5:
            self._gone.touch()


def test_a_network_share_that_goes_away_stops_the_run_and_loses_nothing(tmp_path: Path) -> None:
    share = write_reports(tmp_path / "share", 80)
    fsspec.register_implementation("share", ShareFileSystem, clobber=True)
    store = tmp_path / "x.db"
    options = ConvertOptions(jobs=1, prepare=sharing)
    first = convert_archive([f"share://{share}"], store, options, Unplugs(share))
    ((_, why),) = first.faults
    assert "is a drive or the network gone?" in why
    assert 5 <= first.read < 20
    assert any("Host is down" in reason for _, _, reason in first.failures)
    assert not states(store).get("GONE")
    share.joinpath("GONE").unlink()
    again = convert_archive([f"share://{share}"], store, options)
    assert (again.read, again.lost, again.looked.unchanged) == (72 - first.read, 0, first.read)


def test_data_beside_the_reports_is_left_out(archive: Path, tmp_path: Path) -> None:
    archive.joinpath("old.jsonl").write_text('{"value": 3}\n{"value": 4}\n', encoding="utf-8")
    archive.joinpath("empty.txt").touch()
    archive.joinpath("letter.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    store = tmp_path / "x.db"
    convert(archive, store)
    state = states(store)
    assert state["old.jsonl"] == ("skipped", "old.jsonl: this is JSON data, no report")
    assert state["empty.txt"][0] == "failed"
    assert "an old Microsoft Office file" in str(state["letter.doc"][1])


def test_a_document_over_the_limit_is_not_read(archive: Path, tmp_path: Path) -> None:
    with archive.joinpath("huge.txt").open("wb") as stream:
        stream.truncate(10_000 * MB)
    store = tmp_path / "x.db"
    done = convert(archive, store)
    assert (done.read, done.lost) == (11, 1)
    assert "is larger than 1,024 MB" in str(states(store)["huge.txt"][1])


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    done = convert(tmp_path / "nowhere", tmp_path / "x.db")
    assert not (tmp_path / "x.db").exists()
    assert [why.split(": ")[1].split(";")[0] for _, why in done.faults] == ["there is no such file or folder"]


def test_a_source_without_a_name_is_not_the_folder_one_stands_in(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive)
    done = convert_archive("", tmp_path / "x.db")
    assert (done.looked.found, done.faults) == (0, [("", NAMELESS)])


def test_a_folder_that_is_not_there_stands_in_the_run(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "x.db"
    convert_archive([archive, tmp_path / "nowhere"], store, ConvertOptions(jobs=1, prepare=quick))
    (run,) = list_runs(open_store(str(store)))
    assert [why.split("; ")[0] for why in run.faults] == [f"{tmp_path / 'nowhere'}: there is no such file or folder"]


def test_a_second_conversion_into_a_store_is_refused(archive: Path, tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "x.db"), create=True)
    with (
        only_one(store, 0, lambda: None),
        pytest.raises(StoreError, match="another conversion is writing into it"),
    ):
        convert(archive, tmp_path / "x.db")


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A report, its draft, and another report of the same words."""
    source = tmp_path / "source"
    source.mkdir()
    words = [f"word{number} said{number % 17}" for number in range(1500)]
    source.joinpath("q3.txt").write_text(" ".join(words) + " and 12 plans and 14 visits", encoding="utf-8")
    source.joinpath("q3 draft.txt").write_text(" ".join(words[:1450]) + " and 12 plans", encoding="utf-8")
    source.joinpath("other.txt").write_text(" ".join(words[::-1]) + " and 12 plans", encoding="utf-8")
    return source


def test_a_draft_gives_way_to_the_final_report(drafts: Path, tmp_path: Path) -> None:
    store = tmp_path / "x.db"
    assert convert(drafts, store).near_duplicates == 1
    names = {row[0]: row[3] for row in content(store)["documents"]}
    ((document, kept, kind, _),) = content(store)["near_duplicates"]
    assert (names[document], names[kept], kind) == ("q3 draft.txt", "q3.txt", "draft")


def test_a_comparison_that_is_interrupted_goes_on_where_it_stopped(
    drafts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    convert(drafts, tmp_path / "x.db")
    found = content(tmp_path / "x.db")["near_duplicates"]
    monkeypatch.setattr(comparing, "_AT_ONCE", 1)
    store = open_store(str(tmp_path / "x.db"))
    with store.writing() as connection:
        connection.execute(text("DELETE FROM near_duplicates"))
        connection.execute(text("UPDATE documents SET compared = false"))

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            comparing.compare_new(Ledger(store), interrupt)
    assert comparing.compare_new(Ledger(store), interrupt) == 1, "nothing is left, so that nothing is interrupted"
    assert content(tmp_path / "x.db")["near_duplicates"] == found


def test_what_every_document_says_makes_none_a_near_duplicate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "EVERYWHERE", 3)
    source = tmp_path / "source"
    source.mkdir()
    every = " ".join(f"The board of {number} members meets in room {number}." for number in range(12))
    for number in range(5):
        own = " ".join(f"own{number} words{number} of {step + 1}" for step in range(4))
        source.joinpath(f"{number}.txt").write_text(f"{every} {own}", encoding="utf-8")
    assert convert(source, tmp_path / "x.db").near_duplicates == 0
    source.joinpath("4.txt").unlink()
    source.joinpath("3.txt").unlink()
    assert convert(source, tmp_path / "y.db").near_duplicates > 0, "three documents are not every document"


def test_nothing_a_library_prints_reaches_the_streams(
    archive: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    archive.joinpath("print.txt").write_text("PRINT 1", encoding="utf-8")
    assert convert(archive, tmp_path / "x.db", prepare=faulty).read == 12
    assert capfd.readouterr() == ("", "")
