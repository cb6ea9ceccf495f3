"""What a report says of itself, each fact with how it is known and from which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from townclerk.extract.facts.authority import read_authority
from townclerk.extract.facts.front import read_front
from townclerk.extract.facts.items import settle_items
from townclerk.extract.facts.meeting import read_meeting_date
from townclerk.extract.facts.period import read_period
from townclerk.extract.facts.title import read_committee, read_title
from townclerk.extract.facts.words import fact_words
from townclerk.extract.spotting.periods import PeriodAnchor, find_periods, is_complete, resolve
from townclerk.models.area import Authority
from townclerk.models.document import Block, Document, DocumentFacts, Fact
from townclerk.models.errors import UsageError
from townclerk.models.period import Period, parse_code
from townclerk.models.units import Basis
from townclerk.patterns.gazetteer import Gazetteer


@dataclass(slots=True, frozen=True)
class StatedFacts:
    """What the user states of the reports; it wins over what they say.

    Attributes:
        authority: The authority's name.
        period: The reporting period, as a code ("2018-19-Q3") or in words ("quarter 3 2018/19").
        meeting_date: The date of the meeting.
    """

    authority: str | None = None
    period: str | None = None
    meeting_date: date | None = None


def settle_facts(document: Document, gazetteer: Gazetteer, stated: StatedFacts | None = None) -> None:
    """Fill `document.facts`, and those of the papers of an agenda pack.

    Args:
        document: A document as it was read.
        gazetteer: The authorities known by name.
        stated: What the user states.

    Raises:
        UsageError: The period the user states is none.
    """
    document.facts = read_facts(document.blocks, document.name, gazetteer, stated)
    if document.items:
        settle_items(document, partial(read_facts, gazetteer=gazetteer, stated=stated))


def read_facts(
    blocks: Sequence[Block], name: str, gazetteer: Gazetteer, stated: StatedFacts | None = None
) -> DocumentFacts:
    """What some blocks (a report's, or those of one paper of an agenda pack) say of themselves.

    Args:
        blocks: The blocks in reading order.
        name: The file's name, the last source of authority and period.
        gazetteer: The authorities known by name.
        stated: What the user states.

    Raises:
        UsageError: The period the user states is none.
    """
    stated = stated or StatedFacts()
    words = fact_words()
    front = read_front(blocks, words)
    title = read_title(front, words)
    meeting = Fact(stated.meeting_date, Basis.STATED, "--meeting-date") if stated.meeting_date else None
    meeting = meeting or read_meeting_date(front, words)
    return DocumentFacts(
        title=title,
        authority=_stated_authority(stated, gazetteer) or read_authority(front, name, gazetteer, words),
        committee=read_committee(front, words),
        meeting_date=meeting,
        period=_stated_period(stated) or read_period(front, name, meeting.value, title, words),
    )


def _stated_authority(stated: StatedFacts, gazetteer: Gazetteer) -> Fact[Authority] | None:
    """The user's authority, with its code where the gazetteer has one."""
    if not stated.authority:
        return None
    known = gazetteer.find_name(stated.authority)
    return Fact(known or Authority(stated.authority), Basis.STATED, "--authority")


def _stated_period(stated: StatedFacts) -> Fact[Period] | None:
    """The user's period."""
    if not stated.period:
        return None
    try:
        period = parse_code(stated.period)
    except ValueError:
        mentions = [one for one in find_periods(stated.period) if is_complete(one.expression)]
        made = resolve(mentions[0].expression, PeriodAnchor()) if mentions else None
        if made is None:
            raise UsageError(
                f"--period {stated.period!r} is no period; give a code such as 2018-19-Q3, 2018-12 or FY2018-19"
            ) from None
        period = made
    return Fact(period.with_basis(Basis.STATED, stated.period), Basis.STATED, "--period")
