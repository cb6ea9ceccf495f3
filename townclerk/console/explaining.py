"""`townclerk explain`: why an observation has the confidence it has."""

from __future__ import annotations

import math
from pathlib import Path

from townclerk.console.streams import put
from townclerk.evaluate.inputs import read_observations
from townclerk.models.errors import ExitCode, UsageError
from townclerk.models.observation import Observation

_BAR = 24
_LEAST_PREFIX = 4


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
    lines += [f"{'':7} {total:+7.2f}  total, a probability of {1 / (1 + math.exp(-total)):.3f} (confidence {told})", ""]
    if seen.flags:
        lines.append("flags: " + ", ".join(flag.replace("_", " ") for flag in seen.flags))
    lines += [f"check {check.name}: {check.outcome}: {check.text}" for check in seen.checks]
    for other in seen.alternatives:
        what = other.indicator_id or "another measure"
        if other.value is not None and other.reason:
            lines.append(f"perhaps: {other.reason}")
        else:
            lines.append(f"less likely: {what}" + (f" ({other.confidence:.3f})" if other.confidence else ""))
    for place in seen.evidence:
        lines.append(f"page {place.page}: “{' '.join(place.quote.split())}”")
    lines += [f"explained: “{' '.join(snippet.text.split())}”" for snippet in seen.commentary]
    return lines
