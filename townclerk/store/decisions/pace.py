"""What reviewing costs and finds: how often readings are wrong, and how long a look takes, from the log itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from sqlalchemy import Case, ColumnElement, Connection, and_, case, func, select, update

from townclerk.store.decisions.model import Action
from townclerk.store.review_tables import review_items, review_pace, review_pages
from townclerk.store.tables import decisions

ENOUGH = 200
"""Timed decisions from which on the queue goes by errors removed a minute."""

_AGAIN = 50
_LONGEST = 600.0
_PRIOR = 20.0
_BINS = 10


@dataclass(slots=True, frozen=True)
class Pace:
    """What the queue knows of its own cost.

    Attributes:
        opening: Seconds that the first item of a page takes beyond the others; None while too little is timed.
        looking: Seconds an item takes, by method; `""` for a method that was not timed.
        wrong: How often readings of each tenth of confidence turned out wrong, lowest first.
        median: Median of the seconds of all timed decisions.
    """

    opening: float | None = None
    looking: dict[str, float] = field(default_factory=dict)
    wrong: list[float] = field(default_factory=list)
    median: float | None = None

    @property
    def by_minute(self) -> bool:
        """Whether the queue goes by errors removed a minute; else by doubt."""
        return self.opening is not None


@dataclass(slots=True, frozen=True)
class _Look:
    """One timed decision."""

    reviewer: str
    page: tuple[str, int]
    method: str
    seconds: float


def read_pace(connection: Connection) -> tuple[Pace, int]:
    """The pace as it was last fitted, and how many decisions are timed."""
    row = connection.execute(select(review_pace)).mappings().first()
    return (Pace(), 0) if row is None else (Pace(**row["pace"]), int(row["timed"]))


def page_rate(pace: Pace, item: Any = review_items.c) -> ColumnElement[Any]:
    """What a page's waiting items are worth, for a query that is grouped by page.

    `item` holds the columns of `review_items`, or of a query that has them.

    Before enough decisions are timed: the greatest doubt among them. After: errors expected to be removed a minute,
    sum of p(wrong) / (opening + sum of looking) x 60. An item of the audit counts with its lot in place of p(wrong),
    so that the sample is seen all along and not at the very end.
    """
    if pace.opening is None:
        return func.max(item.worth)
    wrong = case((item.audit, item.worth), else_=_wrong(pace, item.confidence))
    return func.sum(wrong) / (pace.opening + func.sum(_looking(pace, item.method))) * 60.0


def _wrong(pace: Pace, confidence: ColumnElement[float]) -> Case[float]:
    steps = [(confidence < (number + 1) / _BINS, share) for number, share in enumerate(pace.wrong[:-1])]
    return case((confidence.is_(None), 1.0), *steps, else_=pace.wrong[-1])


def _looking(pace: Pace, method: ColumnElement[str]) -> Case[float] | float:
    usual = pace.looking.get("", 5.0)
    steps = [(method == name, seconds) for name, seconds in pace.looking.items() if name]
    return case(*steps, else_=usual) if steps else usual


def note_timed(connection: Connection, timed: int) -> None:
    """Count timed decisions just written, and fit the pace anew where that is due; changes the rates of all pages."""
    row = connection.execute(select(review_pace)).mappings().first()
    before = 0 if row is None else int(row["timed"])
    fitted_at = 0 if row is None else int(row["fitted_at"])
    now = before + timed
    if row is None:
        connection.execute(review_pace.insert().values(one=1, timed=now, fitted_at=0, pace=asdict(Pace())))
    elif timed:
        connection.execute(update(review_pace).values(timed=now))
    due = ENOUGH if fitted_at == 0 else fitted_at + max(_AGAIN, fitted_at // 10)
    if now >= due:
        pace = fit(connection)
        connection.execute(update(review_pace).values(fitted_at=now, pace=asdict(pace)))
        rate_pages(connection, pace)


def rate_pages(connection: Connection, pace: Pace) -> None:
    """Rate every page anew."""
    item, page = review_items.c, review_pages.c
    rate = (
        select(page_rate(pace))
        .where(item.document_id == page.document_id, item.page == page.page, item.state == "undecided", item.queued)
        .scalar_subquery()
    )
    connection.execute(update(review_pages).where(page.waiting > 0).values(rate=rate))


def fit(connection: Connection) -> Pace:
    """The pace that the log shows."""
    looks = _looks(connection)
    followers: defaultdict[str, list[float]] = defaultdict(list)
    openers: list[float] = []
    last: dict[str, tuple[str, int]] = {}
    for look in looks:
        if last.get(look.reviewer) == look.page:
            followers[look.method].append(look.seconds)
            followers[""].append(look.seconds)
        else:
            openers.append(look.seconds)
        last[look.reviewer] = look.page
    everything = [look.seconds for look in looks]
    usual = _typical(followers[""]) or _typical(everything) or 5.0
    looking = {method: _typical(found) for method, found in followers.items() if len(found) >= _AGAIN // 5}
    looking[""] = usual
    return Pace(
        opening=max(0.0, (_typical(openers) or usual) - usual),
        looking={method: seconds for method, seconds in looking.items() if seconds},
        wrong=_wrong_shares(connection),
        median=round(median(everything), 1) if everything else None,
    )


def _looks(connection: Connection) -> Sequence[_Look]:
    """Every timed decision on an observation of today, in order."""
    item, decided = review_items.c, decisions.c
    asked = (
        select(decided.reviewer, item.document_id, item.page, item.method, decided.seconds)
        .join(review_items, item.observation_id == decided.observation_id)
        .where(decided.seconds.is_not(None), decided.action.in_([Action.ACCEPT, Action.CORRECT, Action.REJECT]))
        .order_by(decided.number)
    )
    return [
        _Look(reviewer, (document, page), method, max(0.1, min(_LONGEST, seconds)))
        for reviewer, document, page, method, seconds in connection.execute(asked)
    ]


def _wrong_shares(connection: Connection) -> list[float]:
    """How often readings of each tenth of confidence were wrong, drawn towards what their confidence says."""
    item = review_items.c
    shares: list[float] = []
    for number in range(_BINS):
        low, high = number / _BINS, (number + 1) / _BINS
        within = and_(item.confidence >= low, item.confidence < (high if number < _BINS - 1 else 2.0))
        wrong = func.sum(case((item.state == "accepted", 0), else_=1))
        counted, erred = connection.execute(select(func.count(), wrong).where(within, item.state != "undecided")).one()
        shares.append((float(erred or 0) + _PRIOR * (1 - (low + high) / 2)) / (float(counted) + _PRIOR))
    return shares


def _typical(seconds: Sequence[float]) -> float | None:
    """The mean without the slowest and fastest tenth: a cup of tea is no part of the pace."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    cut = len(ordered) // 10
    kept = ordered[cut : len(ordered) - cut] or ordered
    return sum(kept) / len(kept)
