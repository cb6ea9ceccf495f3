"""The files of the speed benchmark: reports of the test factory, and long ones put together from their pages."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from tests.factory.make import make

DENSE = frozenset({"breakdown", "comparator", "dashboard", "milestones", "multiperiod"})
"""Layouts of the factory that are tables for the most part."""
PDFS, TEXTS = 26, 52
SEED = 5_000


@dataclass(slots=True)
class Files:
    """What was written."""

    pdfs: list[Path]
    plain_texts: list[Path]
    dense_texts: list[Path]


def write_reports(folder: Path) -> Files:
    """Write the factory's reports, two of each layout as PDF and four as text."""
    files = Files([], [], [])
    for seed in range(SEED, SEED + PDFS):
        made = make(seed, "pdf", "open", None)
        files.pdfs.append(_write(folder, made.stem, made.suffix, made.data))
    for seed in range(SEED, SEED + TEXTS):
        made = make(seed, "text", "open", None)
        kind = files.dense_texts if made.about["layout"] in DENSE else files.plain_texts
        kind.append(_write(folder, made.stem, made.suffix, made.data))
    return files


def _write(folder: Path, stem: str, suffix: str, data: bytes) -> Path:
    path = folder / f"{stem}.{suffix}"
    path.write_bytes(data)
    return path


def write_long(pdfs: Sequence[Path], pages: int, folder: Path) -> Path:
    """Write one document of so many pages, taken from others in turn and over again."""
    with pymupdf.open() as long:
        for path in itertools.cycle(pdfs):
            with pymupdf.open(path) as one:
                long.insert_pdf(one, to_page=min(one.page_count, pages - long.page_count) - 1)
            if long.page_count >= pages:
                break
        target = folder / f"long-{pages}.pdf"
        long.save(target)
    return target
