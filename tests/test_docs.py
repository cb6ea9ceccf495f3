"""The manual and the README say what is so: their examples run, their packs are sound, every option is described."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from townclerk import cli
from townclerk.cli import main
from townclerk.extract.output.spreadsheet import COLUMNS
from townclerk.extract.pipeline import Extractor
from townclerk.extract.project_file import ProjectFile
from townclerk.extract.settings import Settings
from townclerk.models.errors import ExitCode
from townclerk.models.observation import Observation
from townclerk.patterns.packs import Pack
from townclerk.patterns.yaml_files import parse_yaml

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_examples_run(page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    for code in blocks(page, "python"):
        exec(compile(code, str(page), "exec"), {})  # noqa: S102 - the manual's own examples
        assert capsys.readouterr().out


def test_the_readme_shows_what_the_demo_prints(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Measure, area, period, value and page as they are; how sure the reading is, to ten points."""
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["extract", str(ROOT / "samples" / "wexcombe-q3-2022-23.pdf"), "--format", "table"]) == ExitCode.OK
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    shown = [line.split() for line in blocks(ROOT / "README.md", "text")[0].splitlines()]
    begin = printed.index(shown[0])
    for words, seen in zip(shown, printed[begin : begin + len(shown)], strict=True):
        sure = [index for index, word in enumerate(words) if word.endswith("%") and index == len(words) - 2]
        for index in sure:
            assert abs(int(words[index].strip(">%")) - int(seen[index].strip(">%"))) <= 10
            seen[index] = words[index]
        assert seen == words


def test_the_example_pack_is_sound() -> None:
    (pack,) = blocks(DOCS / "patterns.md", "yaml")
    assert parse_yaml(pack, "patterns.md", Pack).indicators[0].id in pack


def test_the_example_pack_is_read_with(tmp_path: Path) -> None:
    (pack,) = blocks(DOCS / "patterns.md", "yaml")
    (tmp_path / "own.yaml").write_text(pack, encoding="utf-8")
    extractor = Extractor(Settings(packs=(tmp_path / "own.yaml",)))
    report = (
        b"Performance report, quarter 2 2023/24\n\nStep Together plans started: 31\n\nWe had 57 fostering enquiries.\n"
    )
    found = extractor.extract(extractor.read(report, "report.txt")).observations
    named = {"eh_assessments_started_count": 31, "local_foster_enquiries_count": 57}
    assert {one.indicator_id: one.value for one in found} == named


def test_the_example_project_file_names_every_key() -> None:
    (text,) = blocks(DOCS / "project-files.md", "toml")
    for key in ProjectFile.model_fields:
        assert re.search(rf"^\[?{key}\b", text, re.MULTILINE), key


def options_of(command: Any) -> set[str]:
    """The long options of a command and of those below it."""
    own = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    return own.union(*(options_of(below) for below in getattr(command, "commands", {}).values()))


def commands_of(command: Any, before: str = "") -> dict[str, Any]:
    """Every command that can be run, by the words that run it."""
    below = getattr(command, "commands", {})
    if not below:
        return {before: command}
    return {words: one for name, each in below.items() for words, one in commands_of(each, f"{before} {name}").items()}


def test_every_command_and_option_is_in_the_manual() -> None:
    pages = ("options.md", "archives.md", "review.md", "learning.md")
    text = "".join((DOCS / name).read_text(encoding="utf-8") for name in pages)
    options = options_of(typer.main.get_command(cli.app))
    assert {"--documents", "--min-confidence", "--raw"} <= options
    assert not {option for option in options if not re.search(rf"{option}\b", text)}
    commands = commands_of(typer.main.get_command(cli.app))
    assert {" extract", " patterns check"} <= commands.keys()
    assert not {words for words in commands if f"`townclerk{words}" not in text}


def test_every_page_is_in_the_manuals_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert not [page.name for page in DOCS.glob("*.md") if f": {page.name}\n" not in contents]


def test_every_key_of_an_observation_is_in_the_manual() -> None:
    text = (DOCS / "output.md").read_text(encoding="utf-8")
    assert not [key for key in Observation.model_fields if f"`{key}`" not in text]


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_csv_columns_are_unique() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)
