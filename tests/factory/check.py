"""Checks that gold is what it claims: quotes verbatim, values in quotes, arithmetic consistent, ids and periods known.

`python -m tests.factory.check --n 1000` runs them over many reports and prints what was found, by layout.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from tests.factory.make import FORMS, PARTS, Made, make
from tests.factory.measures import load_measures
from tests.factory.statements import NUMBER_WORDS
from townclerk.models.period import parse_code
from townclerk.models.units import Unit

_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "S": "5", "B": "8", "Z": "2"})
_AREAS = {"self", "statistical_neighbours", "region", "england", "good_outstanding", "other", None}
MISMATCH = "planted"


def faults(made: Made) -> list[str]:
    """Everything wrong with one report's gold, each as a sentence that begins with the line's number."""
    out = []
    squeezed = " ".join(made.text.split())
    for line in made.gold:
        for check in (_identity, _quotes, _value, _ratio):
            out += [f"{made.stem} line {line['n']}: {fault}" for fault in check(line, made, squeezed)]
    return out


def _identity(line: dict[str, Any], made: Made, text: str) -> list[str]:
    out = []
    measure = load_measures().get(line["indicator"]) if line["indicator"] else None
    if line["indicator"] and measure is None:
        out.append(f"unknown indicator {line['indicator']}")
    if measure is not None and measure.unit.value != line["unit"]:
        out.append(f"unit {line['unit']} is not {measure.unit.value} of {measure.id}")
    if line["period"] is not None:
        try:
            parse_code(line["period"])
        except ValueError as fault:
            out.append(str(fault))
    if line["area"] not in _AREAS and line["area"] not in made.about["neighbours"]:
        out.append(f"area {line['area']} is nowhere in this report's world")
    if (line["value"] is None) != (line["status"] != "reported"):
        out.append("a value goes with status reported, and only with it")
    return out


def _quotes(line: dict[str, Any], made: Made, text: str) -> list[str]:
    return [f"quote not in the text: {q!r}" for q in line["quotes"] if " ".join(q.split()) not in text] or (
        [] if line["quotes"] else ["no quote"]
    )


def _value(line: dict[str, Any], made: Made, text: str) -> list[str]:
    if line["value"] is None or "computed" in line.get("note", ""):
        return []
    misread = re.findall(r"recognised as ([^;]+)", line.get("note", ""))
    return [
        f"{line['value']} is not in the quote {q!r}"
        for q in line["quotes"]
        if not shows(q, line["value"]) and not any(m in q and shows(m, line["value"]) for m in misread)
    ]


def shows(quote: str, value: float) -> bool:
    """True where a quote holds the value, read as a person reads lookalikes, commas, gaps and rounding."""
    if (
        value < len(NUMBER_WORDS)
        and value == int(value)
        and NUMBER_WORDS[int(value)] in re.findall(r"[a-z]+", quote.lower())
    ):
        return True
    for text in (quote, quote.translate(_LOOKALIKES)):
        digits = re.sub(r"(?<=\d) (?=\d)", "", text).replace("–", "-").replace("−", "-")
        for found in re.findall(r"\d[\d,. ]*", digits) + re.findall(r"\d[\d,.]*", text):
            if any(abs(n - abs(value)) < 0.51 * 10**-p + 1e-9 for n, p in _readings(found)):
                return True
    return False


def _readings(found: str) -> list[tuple[float, int]]:
    found = found.strip(" .,")
    forms = {found.replace(",", ""), found.replace(",", "."), found.replace(".", "").replace(",", ""), found[:-1]}
    out = []
    for form in forms:
        compact = form.replace(" ", "").replace(",", "")
        if re.fullmatch(r"\d+(\.\d+)?", compact):
            out.append((float(compact), len(compact.partition(".")[2])))
    return out


def _ratio(line: dict[str, Any], made: Made, text: str) -> list[str]:
    top, bottom = line["numerator"], line["denominator"]
    if top is None or bottom is None or line["value"] is None or line["unit"] != Unit.PERCENT.value:
        return []
    if MISMATCH in line.get("note", ""):
        return []
    places = len(str(line["value"]).partition(".")[2]) if line["value"] != int(line["value"]) else 0
    exact = 100 * top / bottom
    places = max(places, 0)
    if abs(exact - line["value"]) <= 0.5 * 10**-places + 1e-6:
        return []
    return [f"{top} of {bottom} is {exact:.2f}, not {line['value']}, and nobody planted that"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check `n` reports; print counts by layout and every fault; exit code 1 where there are faults."""
    parser = argparse.ArgumentParser(prog="python -m tests.factory.check")
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=FORMS, default="text")
    parser.add_argument("--part", choices=PARTS, default="open")
    options = parser.parse_args(arguments)
    reports, lines = Counter[str](), Counter[str]()
    found: list[str] = []
    for seed in range(options.seed, options.seed + options.n):
        made = make(seed, options.form, options.part)
        reports[made.about["layout"]] += 1
        lines[made.about["layout"]] += len(made.gold)
        found += faults(made)
    for layout in sorted(reports):
        sys.stdout.write(
            f"{layout:14s} {reports[layout]:5d} reports {lines[layout] / reports[layout]:7.1f} lines each\n"
        )
    sys.stdout.writelines(f"{fault}\n" for fault in found[:60])
    sys.stdout.write(f"{sum(reports.values())} reports, {sum(lines.values())} gold lines, {len(found)} faults\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
