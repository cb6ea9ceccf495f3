"""The facts of the papers of an agenda pack, and what the pack as a whole says by them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from townclerk.extract.facts.front import span_of
from townclerk.extract.facts.meeting import dates_in
from townclerk.extract.reading.items.knowledge import agenda_words
from townclerk.models.document import Block, Document, DocumentFacts, Fact, Item
from townclerk.models.units import Basis

T = TypeVar("T")

_HEAD_BLOCKS = 10

Read = Callable[[Sequence[Block], str], DocumentFacts]


def settle_items(document: Document, read: Read) -> None:
    """Fill the facts of every item of a pack, and set the pack's own right.

    A paper that does not name its authority, committee or meeting has those of the pack, as inferred; an appendix has
    the period of its paper. A pack has a period only if all papers that state one state the same.

    Args:
        document: A pack; its own facts are read already.
        read: Reads the facts of some blocks, given a file name to fall back on.
    """
    pack = document.facts
    for item in document.items:
        own = read(document.blocks[item.first_block : item.last_block], "")
        own.authority = own.authority if own.authority.value else _inferred(pack.authority)
        own.committee = own.committee if own.committee.value else _inferred(pack.committee)
        if own.meeting_date.value is None:
            own.meeting_date = _minuted(document.blocks[item.first_block : item.last_block], pack.meeting_date)
        if item.belongs_to is not None and own.period.value is None:
            own.period = _inferred(document.items[item.belongs_to].facts.period)
        item.facts = own
        _settle_title(item)
    periods = {item.facts.period.value.code: item.facts.period for item in document.items if item.facts.period.value}
    if pack.period.value is not None:
        pack.period = next(iter(periods.values())) if len(periods) == 1 else Fact(words="its papers differ")


def _minuted(blocks: Sequence[Block], pack: Fact[date]) -> Fact[date]:
    """The day of a meeting that minutes tell of; other papers are for the meeting of the pack."""
    head = agenda_words().minutes_head
    passages = [block.passage for block in blocks[:_HEAD_BLOCKS]]
    start = next((at for at, passage in enumerate(passages) if head.match(passage.text)), None)
    if start is None:
        return _inferred(pack)
    for passage in passages[start:]:
        for moment, first, last in dates_in(passage):
            return Fact(moment, Basis.STATED, passage.text[first:last], span_of(passage, first, last))
    return Fact()


def _inferred(fact: Fact[T]) -> Fact[T]:
    """A fact of the pack, or of the paper above, as one that was not stated here."""
    return fact if fact.value is None else replace(fact, basis=Basis.INFERRED)


def _settle_title(item: Item) -> None:
    """Let the agenda's title and the paper's own stand in for each other."""
    if item.first_block == 0 and not item.number:
        # The front of a pack bears titles of all its papers.
        item.facts.title = Fact(item.title, Basis.INFERRED, "the front of the pack")
    elif not item.title:
        item.title = item.facts.title.value or ""
    elif item.facts.title.value is None:
        item.facts.title = Fact(item.title, Basis.STATED, item.title)
