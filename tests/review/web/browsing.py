"""A real server in a process of its own, and a real browser before it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
"""Debian's browser; Playwright's own is not downloaded."""
AXE = Path(os.environ.get("TOWNCLERK_AXE", "/nowhere"))
"""The accessibility checker's script, which `.ci/run` fetches."""


@contextmanager
def served(store: Path, *options: str) -> Iterator[str]:
    """The opening address of a review room over a store."""
    command = [sys.executable, "-m", "townclerk", "review", str(store), "--port", "0", "--no-browser", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stderr is not None
        try:
            for line in server.stderr:
                if found := re.search(r"https?://\S+", line):
                    yield found[0]
                    break
            else:
                raise RuntimeError("the server ended before it said where it listens")
        finally:
            server.terminate()
            server.wait(timeout=20)
