"""`townclerk explain`: why an observation has the confidence it has."""

from __future__ import annotations

import math
from pathlib import Path

from townclerk.console.streams import put
from townclerk.evaluate.inputs import read_observations
from townclerk.models.errors import ExitCode, UsageError
from townclerk.models.observation import Alternative, Observation

_BAR = 24
_LEAST_PREFIX = 4
_NEAR_AN_END = 2.0
_KEY = f"{'':17}each line adds to or takes from the log-odds: +0.7 doubles the odds of being right, -0.7 halves them"


def explain(observation_id: str, source: Path | None, db: str | None) -> ExitCode:
    """Print the waterfall of one observation of a JSON Lines file or a store.

    Args:
        observation_id: Its id, or the beginning of it.
        source: The file that `extract` wrote; goes before a store.
        db: The store that `convert` wrote into.

    Raises:
        UnreadableError: If the file cannot be read.
        UsageError: If neither is named, or no observation, or more than one, has the id.
    """
    if source is None and not db:
        raise UsageError("name the observations: --in FILE.jsonl that extract wrote, or --db STORE that convert filled")
    if source is not None:
        found = [seen for seen in read_observations(source) if seen.observation_id.startswith(observation_id)]
    else:
        found = _of_store(db or "", observation_id)
        source = Path(db or "")
    if not found or len(observation_id) < _LEAST_PREFIX:
        raise UsageError(f"{source}: no observation {observation_id!r}; give at least four characters of an id in it")
    if len({seen.observation_id for seen in found}) > 1:
        raise UsageError(f"{source}: {len(found)} observations begin with {observation_id!r}; give more of the id")
    put("\n".join(waterfall(found[0])) + "\n")
    return ExitCode.OK


def _of_store(db: str, observation_id: str) -> list[Observation]:
    from townclerk.store.database import open_store
    from townclerk.store.observations import observations_named

    store = open_store(db)
    found = observations_named(store, observation_id)
    store.close()
    return found


def waterfall(seen: Observation) -> list[str]:
    """The lines that explain an observation: the reading, each reason with its weight, the checks, the rest."""
    period = seen.period.code or "no period"
    area = (seen.area.name or seen.area.kind.value) if seen.area else "no area"
    lines = [
        f"{seen.observation_id}  {seen.document.name}",
        f"{seen.indicator_name or seen.label}: {seen.value_text} ({seen.role.value}, {area}, {period})",
        "",
    ]
    scale = max((abs(reason.weight) for reason in seen.reasons), default=1.0) or 1.0
    total = 0.0
    for reason in seen.reasons:
        total += reason.weight
        bar = ("+" if reason.weight > 0 else "-") * max(1, round(abs(reason.weight) / scale * _BAR))
        lines.append(f"{reason.weight:+7.2f} {total:+7.2f}  {bar:<{_BAR}}  {reason.text}")
    told = "not known" if seen.confidence is None else f"{seen.confidence:.3f}"
    lines += [
        f"{'':7} {total:+7.2f}  total: right about {_in_hundred(total)} times in 100 (confidence {told})",
        _KEY,
        "",
    ]
    if seen.flags:
        lines.append("flags: " + ", ".join(flag.replace("_", " ") for flag in seen.flags))
    lines += [f"check {check.name}: {check.outcome}: {check.text}" for check in seen.checks]
    for other in seen.alternatives:
        lines.append(f"perhaps: {other.reason}" if other.value is not None and other.reason else _less_likely(other))
    for place in seen.evidence:
        lines.append(f"page {place.page}: “{' '.join(place.quote.split())}”")
    lines += [f"explained: “{' '.join(snippet.text.split())}”" for snippet in seen.commentary]
    return lines


def _in_hundred(log_odds: float) -> str:
    """The probability as so many times in a hundred, finer near the ends."""
    share = 100.0 / (1.0 + math.exp(-log_odds))
    return f"{share:.1f}" if min(share, 100.0 - share) < _NEAR_AN_END else f"{share:.0f}"


def _less_likely(other: Alternative) -> str:
    """Another measure that the words could name, and how sure that reading would be."""
    told = f"less likely: {other.indicator_id or 'another measure'}"
    if other.confidence:
        told += f" (confidence {other.confidence:.3f})"
    return told + (f": {other.reason}" if other.reason else "")
