"""Layouts by name and part. A held-back layout registers itself from `tests/factory/held/layouts/` with part "held"."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.factory.page import Report
from tests.factory.speaker import Speaker

Compose = Callable[[Speaker], Report]
_FOLDERS = {"open": "tests.factory.layouts", "held": "tests.factory.held.layouts"}


@dataclass(slots=True, frozen=True)
class Layout:
    """A layout: its name and the function that composes a report in it."""

    name: str
    compose: Compose


@cache
def layouts(part: str) -> tuple[Layout, ...]:
    """The layouts of a part, "open" or "held": every module of its folder that has a `compose`, by module name."""
    folder = Path(__file__).parent if part == "open" else Path(__file__).parent.parent / "held" / "layouts"
    found = []
    for module in sorted(pkgutil.iter_modules([str(folder)]), key=lambda m: m.name):
        if not module.name.startswith("_"):
            compose = importlib.import_module(f"{_FOLDERS[part]}.{module.name}").compose
            found.append(Layout(module.name, compose))
    return tuple(found)
