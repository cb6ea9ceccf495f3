"""Whatever a report holds, the store takes it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from townclerk.convert.cleaning import cleaned
from townclerk.store.ledger import Outcome, State


@given(st.text(st.characters()))
def test_every_text_can_be_written_and_most_stay_as_they_are(text: str) -> None:
    after = cleaned(Outcome(State.DONE, facts={"title": text})).facts["title"]
    assert "\0" not in after
    after.encode("utf-8")
    if "\0" not in text and not any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        assert after == text


def test_what_cannot_be_written_gets_a_stand_in() -> None:
    outcome = Outcome(State.DONE, unlinked=[{"text": "a\0b", "reason": "\ud800"}])
    assert cleaned(outcome).unlinked == [{"text": "a\ufffdb", "reason": "\ufffd"}]
