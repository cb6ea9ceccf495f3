"""One report from one number: composed, planted, rendered, with its gold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.factory.chance import chance
from tests.factory.gold import gold_lines
from tests.factory.layouts import layouts
from tests.factory.marks import plain, strip
from tests.factory.page import Report, Tile
from tests.factory.planting import plant
from tests.factory.render_ocr import render_ocr
from tests.factory.render_pdf import render_pdf
from tests.factory.render_scan import render_scan
from tests.factory.render_text import render_text
from tests.factory.speaker import Speaker
from tests.factory.world import World

_PLANTED = 0.012  # share of the figures that are made wrong on purpose
FORMS = ("text", "ocr", "pdf", "scan")
PARTS = ("open", "former", "held")


@dataclass(slots=True)
class Made:
    """A rendered report: its file's bytes, its gold and what the manifest says of it."""

    stem: str
    suffix: str
    data: bytes
    text: str
    gold: list[dict[str, Any]]
    about: dict[str, Any]


def compose(seed: int, part: str, layout: str | None = None, planted: float = _PLANTED) -> Report:
    """The report of one number, before any form; layouts take turns unless one is named.

    Args:
        seed: Its number.
        part: one of `PARTS`.
        layout: The layout's name.
        planted: Share of the figures that are made wrong on purpose.

    Raises:
        ValueError: If the part has no layouts, or none of that name.
    """
    available = [item for item in layouts(part) if layout is None or item.name == layout]
    if not available:
        raise ValueError(f"no layout {layout or ''} in part {part!r}; open has {[i.name for i in layouts('open')]}")
    chosen = available[seed % len(available)]
    world = World.invent(f"{part}/{seed}", part)
    report = chosen.compose(Speaker(world, part))
    report.layout, report.part = chosen.name, part
    plant(report, chance(part, seed, "planting"), planted)
    return report


def make(seed: int, form: str, part: str = "open", layout: str | None = None) -> Made:
    """The report of one number in one form."""
    return render(compose(seed, part, layout), seed, form)


def render(report: Report, seed: int, form: str) -> Made:
    """A composed report in one form, with its gold."""
    part = report.part
    stem = f"{part}-{form}-{report.layout}-{seed:05d}"
    key = f"{part}/{seed}/{form}"
    rendered = _render(report, form, key)
    pages, marked = rendered.page_starts, rendered.text
    text, places = strip(marked)
    gold = gold_lines(stem, report.book.figures, text, places, pages)
    world = report.world
    about = {
        "doc": stem,
        "file": f"{stem}.{rendered.suffix}",
        "seed": seed,
        "part": part,
        "form": form,
        "layout": report.layout,
        "authority": world.home.name,
        "region": world.home.region,
        "period": world.period,
        "meeting_date": world.meeting.isoformat(),
        "gold": len(gold),
        "damage": rendered.damage,
        "planted": report.planted,
        "neighbours": list(world.home.neighbours),
    }
    return Made(stem, rendered.suffix, rendered.data or text.encode("utf-8"), text, gold, about)


@dataclass(slots=True)
class _Rendered:
    """Marked text, where its pages begin, and the file's bytes unless the text is the file."""

    text: str
    suffix: str = "txt"
    data: bytes = b""
    page_starts: list[int] | None = None
    damage: str = ""


def _render(report: Report, form: str, key: str) -> _Rendered:
    if form == "text":
        return _Rendered(render_text(report, key))
    if form == "ocr":
        text, damage = render_ocr(report, key)
        return _Rendered(text, damage=damage)
    printed = render_pdf(report, key)
    _colour_tiles(report)
    starts, position = [], 0
    for page in printed.pages:
        starts.append(position)
        position += len(plain(page)) + 1
    text = "\f".join(printed.pages)
    if form == "pdf":
        return _Rendered(text, "pdf", printed.data, starts)
    scan, settings = render_scan(printed.data, key)
    if settings["grey"] and not printed.rag_words:
        _lose_colours(report)
    return _Rendered(text, "pdf", scan, starts, ", ".join(f"{name} {value}" for name, value in settings.items()))


def _colour_tiles(report: Report) -> None:
    """On paper a tile's colour states its value's rating."""
    for page in report.pages:
        for block in page.blocks:
            if isinstance(block, Tile) and block.rag:
                numbers = {place.number for part in block.parts if part.big for place in strip(part.value)[1]}
                for figure in report.book.figures:
                    if numbers & set(figure.prints):
                        figure.rag = block.rag


def _lose_colours(report: Report) -> None:
    """A grey scan of colours without words rates nothing."""
    for figure in report.book.figures:
        figure.rag = None
