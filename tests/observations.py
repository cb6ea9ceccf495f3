"""Observations for tests: the manual's example, and changed copies of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from townclerk.models.observation import Observation

EXAMPLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "docs" / "observation.example.json").read_text(encoding="utf-8")
)


def observation(**changes: Any) -> Observation:
    """The manual's example with some keys changed, all checked."""
    return Observation.model_validate(EXAMPLE | changes)
