"""The hundred phenomena: examples of the project's own, and the manual's page that says which are read."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.phenomena import Runner, grade, parse_catalogue, report, table

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "tests" / "data" / "phenomena.md"
PAGE = ROOT / "docs" / "phenomena.md"


def test_an_entry_is_a_text_with_its_readings() -> None:
    text = (
        "- **P07** Heads. Ex: `[Meeting of 9 March 2022] 2021/22⇥Q1⏎Plans⇥7 […]`\n"
        "  - `cpp_count | self | 2021-06-30 | actual | 7 count {flag chart}` "
        "`null:other | self | - | actual | 1 count`\n"
        "- **P08** None. Ex: `Nothing.`\n"
        "  - **no observation** (not `cpp_count`)\n"
    )
    first, second = parse_catalogue(text)
    assert (first.number, first.text) == ("P07", "2021/22\tQ1\nPlans\t7 \n\n")
    assert first.meeting is not None
    assert first.meeting.isoformat() == "2022-03-09"
    assert [each.indicator_id for each in first.readings] == ["cpp_count"]
    assert second.readings == []


def test_there_is_an_example_of_every_phenomenon_in_notation() -> None:
    examples = parse_catalogue(CATALOGUE.read_text(encoding="utf-8"))
    assert [each.number for each in examples] == [f"P{number:02d}" for number in range(1, 101)]


def test_the_page_of_the_manual_says_what_is_read(tmp_path: Path) -> None:
    examples = parse_catalogue(CATALOGUE.read_text(encoding="utf-8"))
    written = table(examples, report(examples, Runner(tmp_path / "areas.csv")))
    assert written == PAGE.read_text(encoding="utf-8"), "write the page anew; its head says how"


def test_an_example_read_in_part_is_graded_so(tmp_path: Path) -> None:
    runner = Runner(tmp_path / "areas.csv")
    text = CATALOGUE.read_text(encoding="utf-8")
    example = next(each for each in parse_catalogue(text) if each.number == "P07")
    assert grade(example, runner.run(example)) == "yes"
    twisted = parse_catalogue(re.sub(r"81\.0 percent|86\.2 percent", "1.0 percent", text))
    example = next(each for each in twisted if each.number == "P07")
    assert grade(example, runner.run(example)) == "partly"
