"""The gate itself: nothing may read worse than it did."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import gate
from townclerk.evaluate.gate import Suite, check, load_floors


def test_no_measure_is_below_its_floor() -> None:
    assert check(gate.measure(), load_floors(gate.FLOORS)) == []


def test_the_command_checks_raises_and_lowers_only_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")

    def run(f1: float, *arguments: str) -> int:
        return gate.main(arguments, lambda: {"fixtures": Suite(fingerprint="a", measures={"full_f1": f1})})

    assert run(0.8) == 1
    assert run(0.8, "--update") == 0
    assert run(0.8) == 0
    assert run(0.7) == 1
    assert run(0.7, "--update") == 2
    assert "--allow-regression" in capsys.readouterr().err
    assert run(0.7, "--update", "--allow-regression", "gold was wrong") == 0
    assert run(0.7) == 0
    assert load_floors(gate.FLOORS).lowered[0].reason == "gold was wrong"
