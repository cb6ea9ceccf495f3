"""The page of results that the speed benchmark writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

_NAMES = {
    "words": '`get_text("words")` of PyMuPDF alone',
    "plumber-words": "pdfplumber, words",
    "plumber-tables": "pdfplumber, tables",
    "read": "Townclerk, reading",
    "extract": "Townclerk, end to end",
    "tokens": "spaCy's blank English tokenizer",
    "extract-text": "Townclerk, end to end",
}

_INTRODUCTION = """\
What `python -m benchmarks.speed` measured, in one run, on one core. Every time is the least of several runs of a
process of its own, without imports and packs; a ratio says more than a speed, since both sides of it were measured on
the same files in turn."""


_START = """\
What is made of the shipped files, and the bytecode of the modules, was kept ready-made by an earlier start, as it is
for every start but the first."""


_LIMITS = """\
Asked are 5 times the floor from end to end for PDF, prose and scorecards, 8 times for dense tables, and 5 times the
speed of pdfplumber. The floors are compiled code that knows nothing of what it reads; all that Townclerk knows runs as
Python, over texts in which every eighth word is a figure. No single part stands out any more: times, figures, measures
and rows cost about as much each, and what is asked of the same words again is remembered. A line is read as part of its
block, its row and its table, each time with other neighbours, which may change what it says: figures are looked for in
1.6 letters for every letter printed. Compiling most of the program (239 modules) to C with mypyc made prose 1.33, dense
tables 1.29 and PDF 1.31 times as fast, with the same output; it is not shipped, since it takes a wheel for each Python
and platform, and ready-made patterns cannot be kept for compiled objects."""


class Measured(Protocol):
    """What a task cost."""

    seconds: float
    megabytes: float
    units: int


Costs = Mapping[str, Measured]


def page(
    about: str,
    born_digital: Costs,
    texts: Mapping[str, Costs],
    pages: Mapping[int, Costs],
    catalogues: Costs,
    start: Measured,
    profile: str,
) -> str:
    """The whole page in Markdown."""
    parts = [
        "# Speed",
        _INTRODUCTION,
        about,
        "## Born-digital PDF",
        _table(born_digital, "words", "pages"),
    ]
    if "plumber-words" in born_digital:
        ratio = born_digital["plumber-words"].seconds / born_digital["extract"].seconds
        parts.append(f"End to end, Townclerk is {ratio:.1f} times as fast as pdfplumber reading words (wanted: 5).")
    for name, costs in texts.items():
        parts += [f"## Text: {name}", _table(costs, "tokens", "words")]
    parts += ["## Longer documents", _lengths(pages)]
    parts += ["## More indicators", _catalogues(catalogues)]
    parts += [
        "## Starting",
        f"Packs, pipeline and a first report after `import spacy`: {start.seconds:.2f} s (wanted: 0.30).",
        _START,
        "## Where the time goes",
        "`townclerk extract --profile` over the same PDFs and texts:",
        f"```text\n{profile.rstrip()}\n```",
        "## What is not reached",
        _LIMITS,
    ]
    return "\n\n".join(parts) + "\n"


def _table(costs: Costs, floor: str, units: str) -> str:
    lines = [f"| task | {units} a second | times the floor | peak memory, MB |", "| --- | ---: | ---: | ---: |"]
    for name, cost in costs.items():
        ratio = cost.seconds / costs[floor].seconds
        lines.append(f"| {_NAMES[name]} | {cost.units / cost.seconds:,.0f} | {ratio:.2f} | {cost.megabytes:,.0f} |")
    return "\n".join(lines)


def _lengths(pages: Mapping[int, Costs]) -> str:
    lines = ["| pages | milliseconds a page | times the floor | peak memory, MB |", "| ---: | ---: | ---: | ---: |"]
    for count, costs in pages.items():
        ours = costs["extract"]
        ratio = ours.seconds / costs["words"].seconds
        lines.append(f"| {count:,} | {1000 * ours.seconds / count:.1f} | {ratio:.2f} | {ours.megabytes:,.0f} |")
    return "\n".join(lines)


def _catalogues(catalogues: Costs) -> str:
    lines = ["| indicators | words a second |", "| ---: | ---: |"]
    lines += [f"| {int(name):,} | {cost.units / cost.seconds:,.0f} |" for name, cost in catalogues.items()]
    return "\n".join(lines)
