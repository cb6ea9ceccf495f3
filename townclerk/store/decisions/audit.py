"""The audit: a random sample of sure readings, the same on every machine and on every day."""

from __future__ import annotations

import hashlib

CONFIDENT = 0.9
"""A reading at least so sure is not queued, unless it is drawn for the audit."""

SHARE = 0.05
"""How many of the sure readings are drawn."""

_SEED = "townclerk audit 1"


def is_confident(confidence: float | None) -> bool:
    """Whether a reading is sure enough to be left alone."""
    return confidence is not None and confidence >= CONFIDENT


def is_drawn(observation_id: str) -> bool:
    """Whether an observation is in the sample; its id says so, not the order in which documents were read."""
    return lot(observation_id, "drawn") < SHARE


def lot(observation_id: str, purpose: str) -> float:
    """A number from 0 to 1 (exclusive) that is as good as random, and always the same for an observation."""
    digest = hashlib.sha256(f"{_SEED}:{purpose}:{observation_id}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def worth(observation_id: str, confidence: float | None, *, audited: bool) -> float:
    """How early an observation comes: its doubt; for one of the audit a lot, so that the sample is seen all along."""
    if audited:
        return lot(observation_id, "turn")
    return 1.0 if confidence is None else 1.0 - confidence
