"""Texts with stretches of them taken out."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from townclerk.models.passage import Passage
from townclerk.models.spans import blanked, is_free


class Stretch(NamedTuple):
    """A stretch of a text."""

    start: int
    end: int


def test_a_stretch_is_taken_out_where_it_stands_and_nowhere_else() -> None:
    text = "within 72 hours, quarters 1 and 2"
    assert blanked(text, [Stretch(32, 33), Stretch(17, 25)]) == "within 72 hours,          1 and  "


def test_what_lies_outside_of_the_text_is_passed_over() -> None:
    assert (
        blanked("June 2021 was 7", [Stretch(30, 42), Stretch(10, 20), Stretch(52, 60)], offset=37)
        == " " * 5 + "2021 was 7"
    )


def test_a_stretch_is_free_between_two_that_are_taken_and_not_inside_one() -> None:
    taken = [(2, 6), (9, 12)]
    assert is_free(taken, 6, 9)
    assert is_free(taken, 12, 20)
    assert not is_free(taken, 3, 4)
    assert not is_free(taken, 0, 30)


@given(st.lists(st.text(alphabet="abc ", min_size=1, max_size=4), min_size=1, max_size=30), st.data())
def test_a_part_of_many_pieces_comes_from_where_its_letters_stand(parts: list[str], data: st.DataObject) -> None:
    source = "|".join(parts)
    passages: list[Passage] = []
    for part in parts:
        begun = passages[-1].pieces[-1].source_end + 1 if passages else 0
        passages.append(Passage.of(source, begun, begun + len(part)))
    joined = Passage.join(passages)
    start = data.draw(st.integers(0, len(joined.text) - 1))
    cut = joined.slice(start, data.draw(st.integers(start + 1, len(joined.text))))
    for piece in cut.pieces:
        assert cut.text[piece.start : piece.end] == source[piece.source_start : piece.source_end]
    if cut.pieces:
        begun, ended = cut.source_span(0, len(cut.text))
        assert (begun, ended) == (cut.pieces[0].source_start, cut.pieces[-1].source_end)
