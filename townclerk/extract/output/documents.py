"""The record of one input: what it says of itself, which pages were read, and which figures found no indicator.

These records are a user's only view of what was missed, so nothing is left out of them: an input that could not be
read at all has its record too, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import Field

from townclerk.models.area import Authority
from townclerk.models.observation import Record
from townclerk.models.period import Period
from townclerk.models.units import Basis

if TYPE_CHECKING:
    from townclerk.models.document import Document, DocumentFacts, Fact, Item, Page


class StatedFact(Record):
    """Something the report says of itself, how that is known, and from which words."""

    value: str | None = Field(description="Title, name, ISO date or period code")
    gss_code: str | None = Field(description="For the authority, its ONS code where known")
    basis: Basis
    words: str | None = Field(description="The words it was read from, or the reason")
    start: int | None = Field(description="Where those words stand in the text")
    end: int | None


class Facts(Record):
    """What the report says of itself."""

    title: StatedFact
    authority: StatedFact
    committee: StatedFact
    meeting_date: StatedFact
    period: StatedFact


class PageRecord(Record):
    """One page and whether it was read."""

    number: int
    label: str | None = Field(description="The page's printed number, where the file gives one")
    origin: str
    characters: int
    skipped: str | None = Field(description="Why the page, or part of it, could not be read; null where it was")


class ItemRecord(Record):
    """One paper of an agenda pack."""

    number: str
    title: str
    pages: list[int] = Field(description="First and last page")
    facts: Facts


class UnlinkedRecord(Record):
    """A figure that was seen and not linked to any indicator."""

    page: int
    start: int
    end: int
    text: str
    reason: str


class DocumentRecord(Record):
    """One input of a run."""

    input: str = Field(description="The input as it was named to the program")
    name: str
    sha256: str | None
    status: str = Field(description="`read`, `partial` (some pages were not read) or `not_read`")
    reason: str | None = Field(description="Why it was not read")
    media_type: str | None
    encoding: str | None
    facts: Facts | None
    items: list[ItemRecord]
    pages: list[PageRecord]
    pages_read: int
    pages_skipped: int
    observations: int = Field(description="How many were found, before filters of the command line")
    unlinked: list[UnlinkedRecord]
    extractor_version: str


def read_record(
    source: str, document: Document, observations: int, unlinked: Sequence[UnlinkedRecord], version: str
) -> DocumentRecord:
    """The record of an input that was read, wholly or in part."""
    skipped = sum(bool(page.skipped) for page in document.pages)
    return DocumentRecord(
        input=source,
        name=document.name,
        sha256=document.sha256,
        status="partial" if skipped else "read",
        reason=None,
        media_type=document.media_type,
        encoding=document.encoding or None,
        facts=_facts(document.facts),
        items=[_item(item, document) for item in document.items],
        pages=[_page(page) for page in document.pages],
        pages_read=len(document.pages) - skipped,
        pages_skipped=skipped,
        observations=observations,
        unlinked=list(unlinked),
        extractor_version=version,
    )


def unread_record(source: str, name: str, reason: str, version: str) -> DocumentRecord:
    """The record of an input that could not be read."""
    return DocumentRecord(
        input=source, name=name, sha256=None, status="not_read", reason=reason, media_type=None, encoding=None,
        facts=None, items=[], pages=[], pages_read=0, pages_skipped=0, observations=0, unlinked=[],
        extractor_version=version,
    )  # fmt: skip


def _page(page: Page) -> PageRecord:
    return PageRecord(
        number=page.number,
        label=page.label or None,
        origin=page.origin.value,
        characters=page.end - page.start,
        skipped=page.skipped or None,
    )


def _item(item: Item, document: Document) -> ItemRecord:
    first, last = document.blocks[item.first_block], document.blocks[item.last_block - 1]
    return ItemRecord(number=item.number, title=item.title, pages=[first.page, last.page], facts=_facts(item.facts))


def _facts(facts: DocumentFacts) -> Facts:
    return Facts(
        title=_fact(facts.title),
        authority=_fact(facts.authority),
        committee=_fact(facts.committee),
        meeting_date=_fact(facts.meeting_date),
        period=_fact(facts.period),
    )


def _fact(fact: Fact[Any]) -> StatedFact:
    start, end = fact.span or (None, None)
    return StatedFact(
        value=_printed(fact.value),
        gss_code=fact.value.gss_code if isinstance(fact.value, Authority) else None,
        basis=fact.basis,
        words=fact.words or None,
        start=start,
        end=end,
    )


def _printed(value: object) -> str | None:
    match value:
        case None:
            return None
        case Authority():
            return value.name
        case Period():
            return value.code
        case date():
            return value.isoformat()
        case _:
            return str(value)
