"""Which documents are near-duplicates, and which of two is kept."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townclerk.convert.likeness import PDF, Text, is_kept, kind_of, likeness
from townclerk.convert.sketching import MOST_WITH_FIGURES, MOST_WORDS, at_spacing, sketch, spacing

WORDS = (
    "visits", "plans", "reviews", "of", "children", "in", "care", "were", "held", "on", "time", "this", "quarter", "by",
    "teams", "across", "the", "county",
)  # fmt: skip


def made(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - fixtures, no secret


def report(seed: int, lines: int = 60, same_words: int = 1) -> str:
    """So many sentences; reports with the same words may tell other figures."""
    chance, template = made(seed), made(same_words)
    return "\n".join(
        f"{' '.join(template.sample(WORDS, 6))} {chance.randint(100, 999)} {' '.join(template.sample(WORDS, 5))}"
        for _ in range(lines)
    )


def text(words: str, period: str | None = "2019-20-Q1", name: str = "a.txt", media: str = "text/plain") -> Text:
    return Text("", f"file:///{name}", name, media, "Harlowshire" if period else None, period, 3, tuple(sketch(words)))


def kind(one: Text, other: Text) -> str | None:
    return kind_of(one, other, likeness(one, other))


def test_a_template_filled_with_new_figures_is_another_report() -> None:
    first, following = report(1), report(2)
    assert kind(text(first), text(following, "2019-20-Q2")) is None
    assert kind(text(first, None), text(following, None)) is None  # nor where the times could not be read
    assert kind(text(first), text(following, media=PDF)) is None


def test_a_draft_says_the_figures_of_its_final_report() -> None:
    final = text(report(1), name="report.txt")
    draft = text("DRAFT\n" + "\n".join(report(1).split("\n")[:-1]), name="report draft 2.txt")
    assert kind(draft, final) == kind(final, draft) == "draft"
    found = likeness(draft, final)
    assert is_kept(final, draft, found)
    assert not is_kept(draft, final, found)


def test_a_pack_that_holds_a_report_is_kept() -> None:
    this = text(report(1))
    pack = text("\n".join(report(seed, same_words=seed) for seed in (1, 2, 3)), None)
    found = likeness(this, pack)
    assert (kind_of(this, pack, found), is_kept(pack, this, found)) == ("contained", True)
    other_pack = text("\n".join(report(seed, same_words=seed % 3) for seed in (4, 5, 6)), None)
    assert kind(this, other_pack) is None


def test_a_recognised_text_may_differ_more_than_another_version() -> None:
    damaged = report(1).replace("7", "T").replace("review", "rcview")
    share = likeness(text(report(1)), text(damaged)).share
    assert 0.45 < share < 0.7
    assert kind(text(report(1), name="a.pdf", media=PDF), text(damaged)) == "other_form"
    assert kind(text(report(1)), text(damaged)) is None


@pytest.mark.parametrize("change", ["2019-20-Q2", "2019-20"])
def test_reports_that_state_other_periods_are_never_near_duplicates(change: str) -> None:
    assert kind(text(report(1)), text(report(1))) == "version"
    assert kind(text(report(1)), text(report(1), change)) is None


def test_texts_without_figures_are_told_by_their_words() -> None:
    minutes = " ".join(made(5).choices(WORDS, k=500))
    other = " ".join(made(6).choices(WORDS, k=500))
    assert kind(text(minutes), text(minutes.upper())) == "version"
    assert kind(text(minutes), text(other)) is None
    assert kind(text(""), text("")) is None


def test_a_sketch_is_short_however_long_the_text() -> None:
    hashes = sketch(report(1, lines=4000))
    assert MOST_WITH_FIGURES / 2 < sum(value < 0 for value in hashes) <= MOST_WITH_FIGURES
    assert MOST_WORDS / 2 < sum(value >= 0 for value in hashes) <= MOST_WORDS


@given(st.integers(1, 9), st.integers(1, 400))
def test_a_text_is_found_whole_in_a_longer_one(seed: int, lines: int) -> None:
    part = sketch(report(seed, lines))
    whole = sketch(report(seed, lines) + "\n" + report(seed + 1, 2 * lines, same_words=seed + 1))
    for figures in (True, False):
        mine = [value for value in part if (value < 0) == figures]
        theirs = [value for value in whole if (value < 0) == figures]
        coarser = max(spacing(mine), spacing(theirs))
        assert at_spacing(mine, coarser) <= at_spacing(theirs, coarser)
