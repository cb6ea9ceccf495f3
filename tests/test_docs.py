"""The manual and the README say what is so: their examples run, their packs are sound, every option is described."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from townclerk import cli
from townclerk.extract.output.spreadsheet import COLUMNS
from townclerk.extract.project_file import ProjectFile
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


def test_the_example_pack_is_sound() -> None:
    (pack,) = blocks(DOCS / "patterns.md", "yaml")
    assert parse_yaml(pack, "patterns.md", Pack).indicators[0].id in pack


def test_the_example_project_file_names_every_key() -> None:
    (text,) = blocks(DOCS / "project-files.md", "toml")
    for key in ProjectFile.model_fields:
        assert re.search(rf"^\[?{key}\b", text, re.MULTILINE), key


def options_of(command: Any) -> set[str]:
    """The long options of a command and of those below it."""
    own = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    return own.union(*(options_of(below) for below in getattr(command, "commands", {}).values()))


def test_every_command_and_option_is_in_the_manual() -> None:
    text = (DOCS / "options.md").read_text(encoding="utf-8")
    options = options_of(typer.main.get_command(cli.app))
    assert {"--documents", "--min-confidence", "--raw"} <= options
    assert not {option for option in options if not re.search(rf"{option}\b", text)}
    for command in ("extract", "show", "evaluate", "diff", "period", "schema", "patterns check"):
        assert f"`townclerk {command}" in text


def test_every_key_of_an_observation_is_in_the_manual() -> None:
    text = (DOCS / "output.md").read_text(encoding="utf-8")
    assert not [key for key in Observation.model_fields if f"`{key}`" not in text]


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_csv_columns_are_unique() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)
