"""Texts that every database takes: no NUL characters, no halves of surrogate pairs."""

from __future__ import annotations

from typing import Any

from townclerk.store.outcome import Outcome

STAND_IN = "\ufffd"


def cleaned(outcome: Outcome) -> Outcome:
    """The outcome with stand-ins for characters that a database would refuse; changed in place."""
    outcome.reason = _clean(outcome.reason)
    outcome.facts = _clean(outcome.facts)
    outcome.pages = _clean(outcome.pages)
    outcome.unlinked = _clean(outcome.unlinked)
    rows = outcome.rows
    rows.observations, rows.evidence = _clean(rows.observations), _clean(rows.evidence)
    rows.checks, rows.commentary = _clean(rows.checks), _clean(rows.commentary)
    return outcome


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _clean_text(value)
    if isinstance(value, dict):
        return {key: _clean(content) for key, content in value.items()}
    return [_clean(content) for content in value] if isinstance(value, list) else value


def _clean_text(text: str) -> str:
    kept = text.replace("\0", STAND_IN)
    return kept if kept.isascii() else kept.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
