"""Laws of the text reader that hold for any text."""

import re
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.reading.text_help import read
from tests.growth import growth
from townclerk.extract.reading.text import decode, encode
from townclerk.models.document import Block, Document
from townclerk.models.passage import Passage

FRAGMENTS = [
    "Target", "Variance", "Previous month", " 98%", "\n", "\n\n", "\t", "|", "   ", "**", "*", "_", "# ", "- ", "• ",
    "1. ", "4.2 ", "Plans rose to 5% in March. ", "fell to", "re-refer-\nrals", "Page 3 of 9", "\f", "www.a.example",
    "####", " 12 13 14 15 16", " Apr May Jun Jul ", "High is good", "\r\n", "–", "▲ ", "Key: ", "x = withheld", "É",
    "e ", "In May 71% of all initial health checks were late. ", "(", "a)", "\\*", "|---|---|", "Table 1: x", "£",
    "Service comments", "a b c d e f g.", "\x0b", "\u2028", "\u00ad", "\ufb01",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))


def _passages(block: Block) -> list[Passage]:
    cells = [cell.passage for row in block.table.rows for cell in row] if block.table else []
    return [block.passage, *cells]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_character_maps_back_to_itself(text: str) -> None:
    for block in read(text).blocks:
        for passage in _passages(block):
            reached = 0
            for piece in passage.pieces:
                assert reached <= piece.start < piece.end <= len(passage.text)
                assert 0 <= piece.source_start < piece.source_end <= len(text)
                reached = piece.end
                if piece.end - piece.start == piece.source_end - piece.source_start:
                    printed = text[piece.source_start : piece.source_end]
                    assert passage.text[piece.start : piece.end] == printed or len(printed) == 1


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_no_letter_and_no_digit_is_lost(text: str) -> None:
    document = read(text)
    covered = bytearray(len(text))
    for block in document.blocks:
        for passage in _passages(block):
            for piece in passage.pieces:
                covered[piece.source_start : piece.source_end] = b"\1" * (piece.source_end - piece.source_start)
    lost = "".join(
        character for character, is_in in zip(text, covered, strict=True) if not is_in and character.isalnum()
    )
    left = lost
    for mark in re.findall(r"\w", _markers(document)):
        left = left.replace(mark, "", 1)
    assert not left or re.search(r"[<\[&]", text), f"{left!r} of {text!r} is in no block"


def _markers(document: Document) -> str:
    return "".join(block.marker for block in document.blocks)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_pages_partition_the_text_and_blocks_lie_on_their_pages(text: str) -> None:
    document = read(text)
    assert "".join(document.text[page.start : page.end] for page in document.pages) == text
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    for block in document.blocks:
        if block.passage.pieces:
            page = document.pages[block.page - 1]
            assert page.start <= block.passage.pieces[0].source_start < page.end


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=80))
@settings(max_examples=100, deadline=None)
def test_decoded_utf8_writes_back(text: str) -> None:
    data = text.encode()
    assert encode(*decode(data, "a.txt")) == data


def test_time_grows_with_length_not_with_its_square() -> None:
    """Twelve times the text may take 36 times as long (a square would take 144), whatever the text is made of."""
    for unit in (
        "a",
        "Target 5% Variance 12 14 16 18 a b c d. ",
        "the cat sat on the mat\n",
        "A   5\n",
        "Late visits   5%   7%\n\n",
        "ab    cd ef\n",
        "a\tb\n",
        "|",
        "**x ",
        "re-\n",
        "Aa ",
        "x = ",
        "<!--",
        "1.",
        "• ",
    ):
        small, large = unit * (12_000 // len(unit)), unit * (144_000 // len(unit))
        assert growth(partial(read, small), partial(read, large), 36) < 36, unit
