"""`townclerk diff`: two outputs side by side, for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from rich.console import Console

from townclerk.evaluate.difference import Changed, Difference
from townclerk.evaluate.show import place, reading
from townclerk.models.observation import Observation


def present_difference(difference: Difference, console: Console, *, machine: bool = False) -> None:
    """Print what `townclerk.evaluate.difference.compare` found.

    Args:
        difference: The outcome.
        console: Where to print.
        machine: Print JSON instead of lines.
    """
    lines = iter([json.dumps(as_json(difference), indent=2, ensure_ascii=False)]) if machine else _lines(difference)
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def as_json(difference: Difference) -> dict[str, Any]:
    """The same for machines."""
    return {
        "appeared": [seen.model_dump(mode="json") for seen in difference.appeared],
        "vanished": [seen.model_dump(mode="json") for seen in difference.vanished],
        "changed": [
            {
                "old": each.old.model_dump(mode="json"),
                "new": each.new.model_dump(mode="json"),
                "fields": sorted(each.fields),
            }
            for each in difference.changed
        ],
        "same": difference.same,
        "largest_confidence_move": difference.largest_move,
    }


def _lines(difference: Difference) -> Iterator[str]:
    for title, observations in (("vanished", difference.vanished), ("appeared", difference.appeared)):
        for seen in observations:
            yield from _one(title, seen)
    for each in difference.changed:
        yield from _changed(each)
    yield (
        f"{len(difference.appeared)} appeared, {len(difference.vanished)} vanished, {len(difference.changed)} changed, "
        f"{difference.same} the same; confidence moved by {difference.largest_move:.3f} at most"
    )


def _one(title: str, seen: Observation) -> Iterator[str]:
    yield f"-- {title} in {seen.document.name}: {reading(seen)}"
    yield f"   {place(seen)}"


def _changed(each: Changed) -> Iterator[str]:
    yield f"-- changed in {each.new.document.name}: {', '.join(each.fields)}"
    yield f"   old {reading(each.old)}"
    yield f"   new {reading(each.new)}"
    for name, (old, new) in each.fields.items():
        if name not in {"area", "period", "value", "indicator_id", "role", "unit", "evidence"}:
            yield f"   {name}: {_plain(old)} -> {_plain(new)}"
    yield f"   old {place(each.old)}"
    yield f"   new {place(each.new)}"


def _plain(value: Any) -> str:
    """A field's value in one line."""
    if isinstance(value, list):
        return json.dumps([each.model_dump(mode="json") if isinstance(each, BaseModel) else each for each in value])
    return value.model_dump_json() if isinstance(value, BaseModel) else str(value)
