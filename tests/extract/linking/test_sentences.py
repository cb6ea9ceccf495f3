"""Where sentences and clauses begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from townclerk.extract.linking.sentences import clause_starts, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_sentences_end_at_full_stops_before_capitals_and_digits() -> None:
    assert cut("Rates rose to 7.5%. 41 children moved. No change since.") == [
        "Rates rose to 7.5%.",
        "41 children moved.",
        "No change since.",
    ]


def test_abbreviations_and_decimals_do_not_end_a_sentence() -> None:
    text = "Some measures (e.g. Re-referrals, approx. 22.4%) are new, see Fig. 3."
    assert cut(text) == [text]


def test_kept_line_ends_divide() -> None:
    assert cut("Target\n98%\nPrevious month") == ["Target", "98%", "Previous month"]


def test_clauses_begin_behind_semicolons_dashes_and_contrasts() -> None:
    text = "Plans rose; visits fell – sharply, while reviews held"
    starts = clause_starts(text, 0, len(text))
    openings = [text[start:].split(maxsplit=1)[0].strip(",;") for start in starts]
    assert openings == ["Plans", "visits", "sharply", "while"]


def test_a_list_with_more_figures_than_a_sentence_has_is_cut_between_two_of_them() -> None:
    text = ", ".join(f"ward {number} had {number + 40} plans" for number in range(1, 40))
    parts = cut(text)
    assert " ".join(parts) == text
    assert len(parts) == 3
    assert parts[1].startswith("16 had 56 plans")


@given(st.text(max_size=200) | st.text(alphabet="1 ,a.\n", max_size=400))
def test_sentences_lie_in_order_inside_the_text(text: str) -> None:
    last = 0
    for start, end in sentences(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end
