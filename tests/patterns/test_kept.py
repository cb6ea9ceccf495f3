"""What is kept ready-made between starts, and when it is made anew."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from townclerk.extract.facts.words import fact_words
from townclerk.extract.pipeline import Extractor
from townclerk.extract.spotting.figures.wording import load_wording
from townclerk.extract.spotting.periods.spot import engine
from townclerk.patterns import kept as keeping
from townclerk.patterns.kept import PLACE, kept, place, recalled
from townclerk.patterns.pickles import FAULTS, dumped, loaded
from townclerk.patterns.roles import role_words
from townclerk.patterns.stamp import stamp

Use = Callable[[Path | str], None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Iterator[Use]:
    """Sends everything kept to another folder, as another start of the program would find it."""

    def begin(folder: Path | str) -> None:
        monkeypatch.setenv(PLACE, str(folder))
        keeping._folder.cache_clear()

    yield begin
    keeping._folder.cache_clear()


class Maker:
    """Makes a thing, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, re.Pattern[str]]:
        self.times += 1
        return {"visit": re.compile(r"(?P<what>visits?)\b", re.IGNORECASE)}


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.kept"))


def test_a_thing_is_made_once_and_found_at_the_next_start(tmp_path: Path, use: Use) -> None:
    make = Maker()
    for _ in range(3):
        use(tmp_path / "cache")
        assert recalled("thing", make)["visit"].search("Two VISITS")
    assert make.times == 1
    assert len(_files(tmp_path)) == 1


def test_a_function_is_asked_once_in_a_start(tmp_path: Path, use: Use) -> None:
    use(tmp_path)
    made: list[int] = []

    @kept
    def thing() -> tuple[str, ...]:
        """Something."""
        made.append(1)
        return ("visits",)

    assert thing() is thing()
    assert made == [1]
    assert thing.__doc__ == "Something."


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"something else\n" + data,
        lambda data: bytes(len(data)),
    ],
    ids=["empty", "cut off", "one bit", "another file", "zeros"],
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, use: Use, damage: Callable[[bytes], bytes]) -> None:
    use(tmp_path)
    make = Maker()
    recalled("thing", make)
    (path,) = _files(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert recalled("thing", make)["visit"].search("visit")
    assert make.times == 2
    assert path.read_bytes() == whole


@pytest.mark.parametrize("said", ["off", "OFF", "", " "])
def test_nothing_is_kept_where_the_user_says_so(tmp_path: Path, use: Use, said: str) -> None:
    use(said)
    make = Maker()
    recalled("thing", make)
    recalled("thing", make)
    assert place() is None
    assert make.times == 2
    assert not _files(tmp_path)


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path, use: Use) -> None:
    (tmp_path / "file").write_text("no folder")
    use(tmp_path / "file" / "cache")
    assert recalled("thing", Maker())


@pytest.mark.skipif(sys.platform == "win32", reason="platform: permissions are of another kind there")
def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path, use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    use(tmp_path)

    def refused(*_: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(keeping, "_write", refused)
    make = Maker()
    assert recalled("thing", make)
    assert recalled("thing", make)
    assert make.times == 2


@pytest.mark.skipif(sys.platform == "win32", reason="platform: permissions are of another kind there")
def test_what_others_can_write_is_not_trusted(tmp_path: Path, use: Use) -> None:
    use(tmp_path)
    make = Maker()
    recalled("thing", make)
    (path,) = _files(tmp_path)
    path.chmod(0o666)
    recalled("thing", make)
    assert make.times == 2
    assert path.stat().st_mode & 0o077 == 0
    path.parent.chmod(0o777)
    use(tmp_path)
    recalled("thing", make)
    assert make.times == 3


def test_what_cannot_be_kept_is_made_each_time(tmp_path: Path, use: Use) -> None:
    use(tmp_path)
    assert recalled("thing", lambda: lambda: 3)() == 3
    assert not list(tmp_path.rglob("*thing*"))


def test_many_may_write_at_once(tmp_path: Path, use: Use) -> None:
    use(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        held = list(pool.map(lambda _: recalled("thing", Maker()), range(40)))
    assert all(one["visit"].search("visits") for one in held)
    make = Maker()
    recalled("thing", make)
    assert make.times == 0
    assert not list(tmp_path.rglob("*.part"))


def test_older_programs_things_go_first(tmp_path: Path, use: Use) -> None:
    for age in range(12):
        (tmp_path / f"old{age:02}").mkdir()
        os.utime(tmp_path / f"old{age:02}", (1_000_000 + age, 1_000_000 + age))
    use(tmp_path)
    recalled("thing", Maker())
    held = sorted(one.name for one in tmp_path.iterdir() if one.name.startswith("old"))
    assert held == [f"old{age:02}" for age in range(5, 12)]


def _program(root: Path) -> Path:
    for room in ("models", "patterns", "extract"):
        (root / room).mkdir(parents=True)
    (root / "__init__.py").write_text('__version__ = "1"\n')
    (root / "patterns" / "units.yaml").write_text("unit: percent\n")
    (root / "extract" / "read.py").write_text("x = 1\n")
    return root


def test_the_stamp_changes_with_data_code_version_and_files(tmp_path: Path) -> None:
    root = _program(tmp_path / "townclerk")
    seen = [stamp(root)]
    assert stamp(root) == seen[0]
    data = root / "patterns" / "units.yaml"
    when = data.stat()
    data.write_text("unit: per 1000\n"[: when.st_size])
    os.utime(data, ns=(when.st_atime_ns, when.st_mtime_ns))  # content alone has changed
    seen.append(stamp(root))
    (root / "extract" / "read.py").write_text("x = 1  # one\n")
    seen.append(stamp(root))
    (root / "__init__.py").write_text('__version__ = "2"\n')
    seen.append(stamp(root))
    (root / "patterns" / "more.yaml").write_text("")
    seen.append(stamp(root))
    assert None not in seen
    assert len(set(seen)) == len(seen)


def test_a_program_that_is_no_folder_has_no_stamp(tmp_path: Path) -> None:
    assert stamp(tmp_path / "nowhere") is None


def _patterns(thing: object, seen: set[int]) -> Iterator[re.Pattern[str]]:
    """Every compiled expression within a thing."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, re.Pattern):
        yield thing
    elif isinstance(thing, dict):
        for one in (*thing, *thing.values()):
            yield from _patterns(one, seen)
    elif isinstance(thing, (list, tuple, set, frozenset)):
        for one in thing:
            yield from _patterns(one, seen)
    elif type(thing).__module__.startswith("townclerk"):
        names = [name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())]
        for name in [*names, *getattr(thing, "__dict__", ())]:
            yield from _patterns(getattr(thing, name, None), seen)


@pytest.mark.parametrize("make", [load_wording, engine, role_words, fact_words])
def test_an_expression_comes_back_as_the_very_same(make: Callable[[], object]) -> None:
    thing = make()
    expressions = list(_patterns(thing, set()))
    assert expressions
    again = list(_patterns(loaded(dumped(thing)), set()))
    assert {one.pattern for one in again} == {one.pattern for one in expressions}
    for expression in expressions:
        assert loaded(dumped(expression)) == expression
        fresh = re.compile(expression.pattern, expression.flags)
        assert expression == fresh
        assert expression.groupindex == fresh.groupindex


class _Caller:
    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("true",)


@pytest.mark.parametrize("data", [pickle.dumps(_Caller()), b"no pickle", b"", pickle.dumps(os.path.join)])
def test_bytes_of_another_make_are_refused(data: bytes) -> None:
    with pytest.raises(FAULTS):
        loaded(data)


REPORT = b"""Aldermere Council

Children's services performance, March 2021

The rate of children looked after was 54.1 per 10,000 in March 2021, up from 51.0 in March 2020 and above the target
of 50. Initial health assessments were held in time for 81.5% of children (England 80%).
"""


def _readings(extractor: Extractor) -> list[str]:
    observations = extractor.extract(extractor.read(REPORT, "report.txt")).observations
    return [one.model_dump_json() for one in observations]


def test_a_start_with_everything_ready_made_reads_the_same(tmp_path: Path) -> None:
    ask = (
        "import sys; from tests.patterns.test_kept import _readings; from townclerk.extract.pipeline import Extractor;"
        "sys.stdout.write('\\n'.join(_readings(Extractor())))"
    )
    told = []
    for folder in ("off", str(tmp_path), str(tmp_path)):
        done = subprocess.run(
            [sys.executable, "-c", ask], env={**os.environ, PLACE: folder}, capture_output=True, text=True, check=True
        )
        told.append(done.stdout)
    assert told[0].count("\n") > 2
    assert told[0] == told[1] == told[2]
    assert len(_files(tmp_path)) > 10
