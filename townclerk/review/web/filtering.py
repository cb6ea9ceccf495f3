"""Filters in addresses: what the queue and the list are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from townclerk.review.queue import Filters, Outcome
from townclerk.review.web.wording import plainly
from townclerk.store.vocabulary import Review

Choice = TypeVar("Choice", bound=StrEnum)

NO_INDICATOR = "none"
"""Asks for figures without an indicator."""


def read_filters(asked: Mapping[str, str]) -> Filters:
    """The filters of an address; what cannot be read is left out."""
    indicator = asked.get("indicator") or None
    return Filters(
        indicator="" if indicator == NO_INDICATOR else indicator,
        authority=asked.get("authority") or None,
        document=asked.get("document") or None,
        least=_share(asked.get("least")),
        most=_share(asked.get("most")),
        outcome=_one_of(Outcome, asked.get("outcome")),
        flag=asked.get("flag") or None,
        state=_one_of(Review, asked.get("state")),
        conflict=asked.get("conflict") == "1",
        disagreement=asked.get("disagreement") == "1",
        audit=asked.get("audit") == "1",
    )


def as_query(filters: Filters, **more: str | int | None) -> str:
    """Filters as the end of an address, "" or "?…", with further fields."""
    fields: dict[str, str] = {}
    if filters.indicator is not None:
        fields["indicator"] = filters.indicator or NO_INDICATOR
    for name in ("authority", "document", "flag"):
        if (value := getattr(filters, name)) is not None:
            fields[name] = value
    for name in ("least", "most"):
        if (share := getattr(filters, name)) is not None:
            fields[name] = f"{share * 100:g}"
    for name in ("outcome", "state"):
        if (chosen := getattr(filters, name)) is not None:
            fields[name] = chosen.value
    fields |= {name: "1" for name in ("conflict", "disagreement", "audit") if getattr(filters, name)}
    fields |= {name: str(value) for name, value in more.items() if value not in (None, "")}
    return f"?{urlencode(fields)}" if fields else ""


def told(filters: Filters) -> list[str]:
    """What is asked for, in words; nothing where nothing is left out."""
    words = []
    if filters.indicator is not None:
        words.append(filters.indicator or "no indicator")
    words += [value for value in (filters.authority, filters.flag and f"flag {plainly(filters.flag)}") if value]
    if filters.document is not None:
        words.append("one document")
    if filters.least is not None:
        words.append(f"at least {filters.least:.0%} sure")
    if filters.most is not None:
        words.append(f"at most {filters.most:.0%} sure")
    words += [str(chosen.value) for chosen in (filters.outcome, filters.state) if chosen is not None]
    words += ["random sample"] if filters.audit else []
    words += ["a new reading differs"] if filters.conflict else []
    return words + (["reviewers disagree"] if filters.disagreement else [])


def _share(text: str | None) -> float | None:
    """A percentage as a share."""
    try:
        share = float((text or "").strip().rstrip("%")) / 100
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None


def _one_of(kind: type[Choice], text: str | None) -> Choice | None:
    try:
        return kind(text) if text else None
    except ValueError:
        return None
