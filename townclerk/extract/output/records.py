"""Observations as JSON: one a line, or one array."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from townclerk.models.observation import Observation, Record


def as_json(record: Record) -> str:
    """A record as JSON on one line: every key, in the model's order; whole numbers without a fraction."""
    content = record.model_dump()  # what is no number is text, a list or a record: JSON's own kinds
    _tidy(content)
    return _ENCODER.encode(content)


class JsonLines:
    """Writes one observation a line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, observation: Observation) -> None:
        """Add one observation."""
        self._stream.write(as_json(observation).encode() + b"\n")

    def finish(self) -> None:
        """Nothing is left to write: a file of JSON Lines is whole after each line."""


class JsonArray:
    """Writes one array, an observation a line inside it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._before = b"[\n"

    def write(self, observation: Observation) -> None:
        """Add one observation."""
        self._stream.write(self._before + as_json(observation).encode())
        self._before = b",\n"

    def finish(self) -> None:
        """Close the array."""
        self._stream.write(b"[]\n" if self._before == b"[\n" else b"\n]\n")


_COUNTED = frozenset({"value", "numerator", "denominator"})
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)


def _tidy(content: dict[str, Any]) -> None:
    """Make counted things whole numbers: 50 children, not 50.0."""
    for key, value in content.items():
        kind = type(value)
        if kind is float:
            if key in _COUNTED and value.is_integer():
                content[key] = int(value)
        elif kind is dict:
            _tidy(value)
        elif kind is list:
            for item in value:
                if type(item) is dict:
                    _tidy(item)
