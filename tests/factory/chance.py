"""Repeatable chance: the same key gives the same draws on every machine."""

from __future__ import annotations

from random import Random


def chance(*key: object) -> Random:
    """A source of chance for a key (a string seed is hashed by `random` itself, the same way everywhere)."""
    return Random("/".join(str(part) for part in key))  # noqa: S311 - made-up reports, no secrets
