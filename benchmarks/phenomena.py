"""Run every example of the project's phenomena catalogue and hold the observations against its readings.

    python benchmarks/phenomena.py PHENOMENA.md [--only P01,P02] [--least 90]

An example is given as a text document with the catalogue's default context (Wexcombe, quarter 2 of 2021/22, meeting of
18 November 2021) unless it begins with a context of its own. Prints each entry with its differences, and the total.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from townclerk.evaluate.notation import Mismatch, Reading, compare_readings, parse_reading
from townclerk.evaluate.report import gold_ids
from townclerk.evaluate.show import place, reading
from townclerk.extract.pipeline import Extractor
from townclerk.extract.settings import Settings
from townclerk.models.observation import Observation

_ENTRY = re.compile(r"- \*\*(P\d+)\*\* (.*?) Ex: `(.*)`$")
_MEETING = re.compile(r"\[Meeting of (\d{1,2} \w+ \d{4})\]\s*")
_LEFT_OUT = re.compile(r"\[(?:…|page ends)\]")
AUTHORITIES = ("Wexcombe", "Harlowshire", "Thornbridge", "Penworth", "Marlby")
MEETING = date(2021, 11, 18)
PERIOD = "2021-22-Q2"


@dataclass(slots=True)
class Example:
    """One entry: its number, what it is, the text, its own meeting date if any, and the right readings."""

    number: str
    title: str
    text: str
    meeting: date | None
    readings: list[Reading]


def parse_catalogue(text: str) -> list[Example]:
    """The entries of the catalogue.

    Raises:
        ValueError: If an entry's readings are not in the notation.
    """
    lines = text.splitlines()
    examples = []
    for index, line in enumerate(lines):
        if match := _ENTRY.fullmatch(line):
            examples.append(_example(match[1], match[2], match[3], lines[index + 1]))
    return examples


def _example(number: str, title: str, text: str, answer: str) -> Example:
    meeting = _MEETING.match(text)
    held = datetime.strptime(meeting[1], "%d %B %Y").date() if meeting else None
    text = text[meeting.end() :] if meeting else text
    text = _LEFT_OUT.sub("\n\n", text.replace("⏎", "\n").replace("⇥", "\t"))
    spans = [] if "**no observation**" in answer else re.findall(r"`([^`]+)`", answer)
    readings = [each for each in map(parse_reading, spans) if each]
    return Example(number, title, text, held, readings)


class Runner:
    """Extractors under the catalogue's context, one a meeting date, and the ids that readings are complete about."""

    def __init__(self, areas: Path) -> None:
        areas.write_text("name\n" + "\n".join(AUTHORITIES) + "\n", encoding="utf-8")
        self.areas = areas
        self.ids = gold_ids()
        self.extractors: dict[date | None, Extractor] = {}

    def extractor(self, meeting: date | None) -> Extractor:
        """The extractor for the default context, or for a meeting whose report's period is not stated."""
        if meeting not in self.extractors:
            period = None if meeting else PERIOD
            self.extractors[meeting] = Extractor(
                Settings(authority=AUTHORITIES[0], period=period, meeting_date=meeting or MEETING, areas=(self.areas,))
            )
        return self.extractors[meeting]

    def run(self, example: Example) -> Mismatch:
        """Read one example and compare."""
        extractor = self.extractor(example.meeting)
        document = extractor.read(example.text.encode(), f"{example.number}.txt")
        observations = extractor.extract(document).observations
        return compare_readings(example.readings, [seen for seen in observations if seen.indicator_id in self.ids])


def describe(example: Example, mismatch: Mismatch) -> str:
    """What is different, line by line."""
    lines = [f"FAIL {example.number} {example.title}", *(f"     | {line}" for line in example.text.splitlines())]
    lines += [f"     missing     {each.text}" for each in mismatch.missing]
    lines += [f"     unexpected  {reading(each)}  <- {place(each)}" for each in mismatch.unexpected]
    for right, seen, names in mismatch.wrong:
        lines += [f"     wrong {', '.join(names)}", f"       right {right.text}"]
        lines += [f"       seen  {reading(seen)} {_extras(seen, names)}  <- {place(seen)}"]
    return "\n".join(lines)


def _extras(seen: Observation, names: list[str]) -> str:
    """The attributes in question, as observed."""
    shown = {
        "numerator": seen.numerator,
        "denominator": seen.denominator,
        "change": seen.change and seen.change.model_dump(mode="json", exclude_none=True),
        "dir": seen.direction and seen.direction.value,
        "rag": seen.rag and seen.rag.value,
        "rank": seen.rank and (seen.rank.position, seen.rank.of),
        "quartile": seen.quartile,
        "status": seen.status.value,
    }
    return " ".join(f"{name}={shown[name]}" for name in names if name in shown)


def grade(example: Example, mismatch: Mismatch) -> str:
    """`yes` where the example is read exactly, `partly` where some of its readings are, else `no`."""
    if not mismatch:
        return "yes"
    right = len(example.readings) - len(mismatch.missing) - len(mismatch.wrong)
    return "partly" if right else "no"


def report(examples: list[Example], runner: Runner) -> dict[str, str]:
    """Print the outcome of each example; returns their grades by number."""
    grades: dict[str, str] = {}
    for example in examples:
        try:
            mismatch = runner.run(example)
        except Exception as fault:  # one broken example must not hide the others
            print(f"FAULT {example.number} {type(fault).__name__}: {fault}")
            grades[example.number] = "no"
            continue
        grades[example.number] = grade(example, mismatch)
        print(describe(example, mismatch) if mismatch else f"pass {example.number} {example.title}")
    passed = sum(each == "yes" for each in grades.values())
    print(f"{passed} of {len(examples)} entries read exactly")
    return grades


def table(examples: list[Example], grades: dict[str, str]) -> str:
    """The manual's page that says which phenomena are handled."""
    counts = {name: sum(each == name for each in grades.values()) for name in ("yes", "partly", "no")}
    rows = [f"| {each.number} | {each.title} | {grades[each.number]} |" for each in examples]
    return "\n".join(
        [
            "# What is read",
            "",
            "Each line is a way in which reports say things, with an example of its own in `tests/data/phenomena.md`.",
            "`yes`: the example is read exactly (measure, place, time, role, value, parts, attributes). `partly`: some",
            "of its figures are. A test holds this page against the program; it is written by",
            "`python -m benchmarks.phenomena tests/data/phenomena.md --table docs/phenomena.md`.",
            "",
            f"{counts['yes']} of {len(examples)} are read exactly, {counts['partly']} partly.",
            "",
            "| No | What | Read |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the examples of the phenomena catalogue.")
    parser.add_argument("catalogue", type=Path, help="the catalogue, a Markdown file")
    parser.add_argument("--only", default="", help="numbers of entries, divided by commas")
    parser.add_argument("--least", type=int, default=0, help="exit with 1 if fewer entries pass")
    parser.add_argument("--table", type=Path, help="write the manual's page")
    arguments = parser.parse_args()
    only = {number for number in arguments.only.split(",") if number}
    examples = parse_catalogue(arguments.catalogue.read_text(encoding="utf-8"))
    chosen = [each for each in examples if not only or each.number in only]
    with tempfile.TemporaryDirectory() as folder:
        grades = report(chosen, Runner(Path(folder, "areas.csv")))
    if arguments.table:
        arguments.table.write_text(table(chosen, grades), encoding="utf-8", newline="\n")
    return int(sum(each == "yes" for each in grades.values()) < arguments.least)


if __name__ == "__main__":
    sys.exit(main())
