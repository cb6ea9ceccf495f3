"""The sample report that `make demo` reads: its PDF says what its text says, and its gold stands in it."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pymupdf
import pytest

from tests.make_sample import PDF, SAMPLES, TEXT, make_pdf
from townclerk import extract_observations, read_report
from townclerk.cli import main
from townclerk.models.document import Document

GOLD = SAMPLES / "gold" / "wexcombe-q3-2022-23.jsonl"


def test_the_pdf_holds_the_words_of_the_text() -> None:
    words = set(TEXT.read_text(encoding="utf-8").replace("#", " ").replace("\n- ", "\n").split())
    text = "".join(page.get_text() for page in pymupdf.open(PDF).pages())
    printed = set(unicodedata.normalize("NFKC", text).split())
    assert words <= printed
    assert printed - words <= {"Page", "1", "2", "•"}


def test_the_maker_gives_the_same_bytes_again() -> None:
    text = TEXT.read_text(encoding="utf-8")
    assert make_pdf(text) == make_pdf(text)


def test_each_gold_quote_stands_once_in_the_text() -> None:
    text = TEXT.read_text(encoding="utf-8")
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    quotes = [quote for line in lines for quote in json.loads(line)["quotes"]]
    assert len(quotes) >= len(lines) > 0
    assert not [quote for quote in quotes if text.count(quote) != 1]


def test_the_library_reads_it_as_the_manual_shows() -> None:
    document = read_report(TEXT)
    assert isinstance(document, Document)
    assert document.facts.period.value is not None
    assert document.facts.period.value.code == "2022-23-Q3"
    found = extract_observations(document)
    assert ("rereferrals_pct", 18.4) in {(one.indicator_id, one.value) for one in found}
    assert extract_observations(str(TEXT)) == found


def test_the_demo_prints_what_the_readme_shows(capsys: pytest.CaptureFixture[str]) -> None:
    readme = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    shown = re.search(r"The demo prints, among others:\n\n```text\n(.*?)```", readme, re.DOTALL)
    assert shown is not None
    assert main(["extract", str(PDF), "--format", "table"]) == 0
    printed = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
    assert shown[1].rstrip() in printed


def test_readings_that_lost_are_named_as_people_know_them() -> None:
    reasons = [rival.reason or "" for one in extract_observations(str(TEXT)) for rival in one.alternatives]
    told = "“Referrals progressing to an assessment” fits the words less well"
    assert any(told in reason for reason in reasons)
    assert not [reason for reason in reasons if "|" in reason]
