"""Near-duplicates: pairs that are and pairs that are not, made from factory reports, and what is said of each.

    python -m benchmarks.convert_likeness --reports 60 --seed 7000

Pairs that are: a draft and its final report (a sentence less, two figures changed, DRAFT written on it), a report and
the pack that holds it among others, a PDF and its OCR text. Pairs that are not: the next quarter's report of the same
authority from the same template (every sentence kept, times moved on, a quarter or half of the figures told again),
the same with times that nobody could read, a report and the pack that holds the next quarter's, another authority's
report of the same layout.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.factory.make import make
from townclerk.convert.likeness import PDF, Text, kind_of, likeness
from townclerk.convert.sketching import sketch
from townclerk.extract.reading.dispatch import read_bytes

_FIGURE = re.compile(r"(?<![\w/-])\d+(?:[.,]\d+)*(?![\w/-])")
_QUARTER = re.compile(r"\b(Q(?:uarter )?)([1-4])\b")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
_TEXT = "text/plain"
_Q1, _Q2 = "2019-20-Q1", "2019-20-Q2"


@dataclass(slots=True, frozen=True)
class Pair:
    """Two documents, as the store would know them."""

    kind: str
    alike: bool
    one: Text
    other: Text


def pairs(seeds: range) -> Iterator[Pair]:
    for seed in seeds:
        chance = random.Random(seed)  # noqa: S311 - a benchmark
        final = make(seed, "text").text
        beside = [make(seed + step, "text").text for step in (1, 2, 3, 5)]
        following, cumulative = next_quarter(final, chance, 0.25), next_quarter(final, chance, 0.5)
        pdf = known(read_bytes(make(seed, "pdf").data, "a.pdf").text, _Q1, PDF)
        scan = known(read_bytes(make(seed, "ocr").data, "a.txt").text, _Q1)
        this, undated = known(final, _Q1), known(final, None)
        yield Pair("draft and final", True, known(draft(final, chance), _Q1), this)
        yield Pair("draft and final, times unread", True, known(draft(final, chance), None), undated)
        yield Pair("report and its pack", True, this, pack(final, beside))
        yield Pair("PDF and its OCR text", True, pdf, scan)
        yield Pair("PDF and its text", True, pdf, this)
        yield Pair("next quarter", False, this, known(following, _Q2))
        yield Pair("next quarter, times unread", False, undated, known(following, None))
        yield Pair("next quarter, half the same", False, undated, known(cumulative, None))
        yield Pair("next quarter, in a pack", False, this, pack(following, beside))
        yield Pair("next quarter, other form", False, pdf, known(following, _Q1))
        yield Pair("same layout elsewhere", False, this, known(make(seed + 13, "text").text, _Q1))


def known(text: str, period: str | None, media_type: str = _TEXT) -> Text:
    """A document of which the store knows so much."""
    authority = "Wexcombe" if period else None
    return Text("", f"file:///{hash(text)}", "a", media_type, authority, period, 0, tuple(sketch(text)))


def pack(report: str, beside: Sequence[str]) -> Text:
    """A pack that holds a report between others."""
    return known("\n\n".join([beside[0], report, *beside[1:]]), None)


def draft(final: str, chance: random.Random) -> str:
    """The text before its last corrections."""
    lines = final.split("\n")
    long_ones = [number for number, line in enumerate(lines) if len(line) > 60]
    if long_ones:
        del lines[chance.choice(long_ones)]
    text = "DRAFT\n\n" + "\n".join(lines)
    for place in sorted(chance.sample(list(_FIGURE.finditer(text)), 2), key=lambda match: -match.start()):
        text = text[: place.start()] + another(place.group(), chance) + text[place.end() :]
    return text


def next_quarter(text: str, chance: random.Random, kept: float) -> str:
    """The next report from the same template: all its words, times moved on, the given part of its figures kept."""
    text = _FIGURE.sub(lambda one: one.group() if chance.random() < kept else another(one.group(), chance), text)
    text = _QUARTER.sub(lambda one: one.group(1) + str(int(one.group(2)) % 4 + 1), text)
    return _MONTH.sub(lambda one: _MONTHS[(_MONTHS.index(one.group()) + 3) % 12], text)


def another(figure: str, chance: random.Random) -> str:
    return "".join(str(chance.randint(1, 9)) if char.isdigit() else char for char in figure)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7000)
    asked = parser.parse_args()
    shares: defaultdict[tuple[str, bool], list[float]] = defaultdict(list)
    named: Counter[str] = Counter()
    for pair in pairs(range(asked.seed, asked.seed + asked.reports)):
        found = likeness(pair.one, pair.other)
        shares[pair.kind, pair.alike].append(found.share)
        named[pair.kind] += kind_of(pair.one, pair.other, found) is not None
    print(f"{'pairs':<32}{'named':>8}   share: least, 5%, median, 95%, most")
    for (kind, alike), values in shares.items():
        values.sort()
        at = [values[round((len(values) - 1) * part)] for part in (0, 0.05, 0.5, 0.95, 1)]
        wanted = "all" if alike else "none"
        print(f"{kind:<32}{named[kind]:>4} of {len(values)} (wanted: {wanted:<4})", *(f"{one:.2f}" for one in at))
    wrong = sum(named[kind] for kind, alike in shares if not alike)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
