"""Filters in addresses."""

from __future__ import annotations

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from townclerk.review.queue import Filters, Outcome
from townclerk.review.web.filtering import as_query, read_filters, told
from townclerk.store.vocabulary import Review

_words = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() and text != "none")
_shares = st.integers(0, 100).map(lambda share: share / 100)

filters = st.builds(
    Filters,
    indicator=st.none() | st.just("") | _words,
    authority=st.none() | _words,
    document=st.none() | _words,
    least=st.none() | _shares,
    most=st.none() | _shares,
    outcome=st.none() | st.sampled_from(Outcome),
    flag=st.none() | _words,
    state=st.none() | st.sampled_from(Review),
    conflict=st.booleans(),
    disagreement=st.booleans(),
    audit=st.booleans(),
)


@given(filters)
def test_filters_survive_the_address(asked: Filters) -> None:
    assert read_filters(dict(parse_qsl(as_query(asked).removeprefix("?")))) == asked


def test_no_filters_leave_the_address_as_it_is() -> None:
    assert as_query(Filters()) == ""
    assert told(Filters()) == []
    assert as_query(Filters(), page=2) == "?page=2"


def test_what_cannot_be_read_is_left_out() -> None:
    assert read_filters({"least": "much", "most": "140", "outcome": "odd", "state": "odd", "audit": "yes"}) == Filters()


def test_filters_are_told_in_words() -> None:
    asked = Filters(indicator="", authority="Wexcombe", most=0.5, outcome=Outcome.CONTRADICTED, flag="ocr_repaired")
    assert told(asked) == ["no indicator", "Wexcombe", "flag ocr repaired", "at most 50% sure", "contradicted"]
