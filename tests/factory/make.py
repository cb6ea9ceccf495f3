"""One report from one number: composed, planted, rendered, with its gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.factory.gold import gold_lines
from tests.factory.layouts import layouts
from tests.factory.marks import strip
from tests.factory.page import Report
from tests.factory.render_text import render_text
from tests.factory.speaker import Speaker
from tests.factory.world import World

FORMS = ("text", "ocr", "pdf", "scan")


@dataclass(slots=True)
class Made:
    """A rendered report: its file's bytes, its gold and what the manifest says of it."""

    stem: str
    suffix: str
    data: bytes
    text: str
    gold: list[dict[str, Any]]
    about: dict[str, Any]


def compose(seed: int, part: str, layout: str | None = None) -> Report:
    """The report of one number, before any form; layouts take turns unless one is named.

    Raises:
        ValueError: If the part has no layouts, or none of that name.
    """
    available = [item for item in layouts(part) if layout is None or item.name == layout]
    if not available:
        raise ValueError(f"no layout {layout or ''} in part {part!r}; open has {[i.name for i in layouts('open')]}")
    chosen = available[seed % len(available)]
    world = World.invent(f"{part}/{seed}")
    report = chosen.compose(Speaker(world, part))
    report.layout, report.part = chosen.name, part
    return report


def make(seed: int, form: str, part: str = "open", layout: str | None = None) -> Made:
    """The report of one number in one form."""
    report = compose(seed, part, layout)
    stem = f"{part}-{form}-{report.layout}-{seed:05d}"
    key = f"{part}/{seed}/{form}"
    pages: Sequence[int] | None = None
    text, places = strip(render_text(report, key))
    data, suffix = text.encode("utf-8"), "txt"
    gold = gold_lines(stem, report.book.figures, text, places, pages)
    world = report.world
    about = {
        "doc": stem, "file": f"{stem}.{suffix}", "seed": seed, "part": part, "form": form, "layout": report.layout,
        "authority": world.home.name, "region": world.home.region, "period": world.period,
        "meeting_date": world.meeting.isoformat(), "gold": len(gold), "planted": report.planted,
        "neighbours": list(world.home.neighbours),
    }  # fmt: skip
    return Made(stem, suffix, data, text, gold, about)
