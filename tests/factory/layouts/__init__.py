"""Layouts by name and part. A layout belongs to the part in whose folder it stands; see `tests/factory/held/`."""

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
_HOME = Path(__file__).parent.parent
_FOLDERS = {
    "open": ("tests.factory.layouts", _HOME / "layouts"),
    "former": ("tests.factory.former.layouts", _HOME / "former" / "layouts"),
    "held": ("tests.factory.held.layouts", _HOME / "held" / "layouts"),
}


@dataclass(slots=True, frozen=True)
class Layout:
    """A layout: its name and the function that composes a report in it."""

    name: str
    compose: Compose


@cache
def layouts(part: str) -> tuple[Layout, ...]:
    """The layouts of a part ("open", "former", "held"): each module of its folder with a `compose`, by module name."""
    package, folder = _FOLDERS[part]
    found = []
    for module in sorted(pkgutil.iter_modules([str(folder)]), key=lambda m: m.name):
        if not module.name.startswith("_"):
            compose = importlib.import_module(f"{package}.{module.name}").compose
            found.append(Layout(module.name, compose))
    return tuple(found)
