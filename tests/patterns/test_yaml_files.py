from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from townclerk.models.errors import PatternError
from townclerk.patterns.yaml_files import load_yaml, parse_yaml


class Cue(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: list[str]
    weight: float = 1.0


class Cues(BaseModel):
    cues: dict[str, Cue]


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cues.yaml"
    path.write_text("cues:\n  target:\n    words: [target, goal]\n", encoding="utf-8")
    assert load_yaml(path, Cues).cues["target"].words == ["target", "goal"]


def test_every_fault_is_told_with_its_line() -> None:
    text = "cues:\n  target:\n    words: [target]\n    weigth: 2\n  change:\n    words: 7\n"
    with pytest.raises(PatternError) as caught:
        parse_yaml(text, "cues.yaml", Cues)
    assert [fault.split(" ")[0] for fault in caught.value.faults] == ["cues.yaml:4:", "cues.yaml:6:"]


def test_broken_yaml_is_told_with_its_line() -> None:
    with pytest.raises(PatternError, match=r"cues\.yaml:3: not valid YAML"):
        parse_yaml("cues:\n  target:\n    - ]", "cues.yaml", Cues)


def test_a_missing_file_is_a_pattern_fault(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="cannot be read"):
        load_yaml(tmp_path / "none.yaml", Cues)
