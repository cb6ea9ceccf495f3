"""Writing to the log and reading it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from townclerk.models.errors import UsageError
from townclerk.models.observation import Observation
from townclerk.store.database import Store
from townclerk.store.decisions.anchoring import anchor
from townclerk.store.decisions.model import Action, Decision, DecisionConflictError
from townclerk.store.decisions.pace import note_timed
from townclerk.store.decisions.readings import reading_of, said_of
from townclerk.store.decisions.refresh import refresh_decided
from townclerk.store.decisions.standing import NOTHING
from townclerk.store.decisions.stored import decisions_on, documents_of, readings_of, to_decision
from townclerk.store.decisions.turns import take_turn
from townclerk.store.review_tables import review_items
from townclerk.store.tables import decisions

LOOKS = frozenset({Action.ACCEPT, Action.CORRECT, Action.REJECT})
"""Actions whose seconds say how long a look at one reading takes."""


class DecisionLog:
    """The log of one store.

    `seen` is the last decision (`Item.head`) the reviewer saw of the item, None where there was none; where somebody
    decided since, `DecisionConflictError` is raised and nothing is written. `more` may hold `note`, `seconds`,
    `decision_id` (of the caller's making: writing the same decision twice writes it once) and `figure`, the figure's
    own span in the document's text (`Item.figure_start`, `Item.figure_end`), which is else found in the evidence.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def accept(self, about: Observation, reviewer: str, seen: str | None, **more: Any) -> Decision:
        """Say that a reading is right; `about` is the reading as it was shown (`Item.settled`)."""
        return self._decide(Action.ACCEPT, about, None, reviewer, seen, more)

    def correct(
        self, about: Observation, after: dict[str, Any], reviewer: str, seen: str | None, **more: Any
    ) -> Decision:
        """Say what is right: `after` holds the keys that change, each whole (`period`, `area`, `value`).

        Raises:
            UsageError: If nothing changes, or what comes out is no observation.
        """
        plain = about.model_dump(mode="json")
        changed = {key: value for key, value in after.items() if plain.get(key) != value}
        if not changed:
            raise UsageError("a correction that changes nothing is an acceptance; accept the reading instead")
        try:
            Observation.model_validate(plain | changed)
        except ValueError as fault:
            raise UsageError(f"the corrected observation is faulty: {fault}") from None
        return self._decide(Action.CORRECT, about, changed, reviewer, seen, more)

    def reject(self, about: Observation, reviewer: str, seen: str | None, **more: Any) -> Decision:
        """Say that the figure is no observation at all."""
        return self._decide(Action.REJECT, about, None, reviewer, seen, more)

    def skip(self, about: Observation, reviewer: str, seen: str | None, **more: Any) -> Decision:
        """Leave it to others; it does not come again for this reviewer."""
        return self._decide(Action.SKIP, about, None, reviewer, seen, more)

    def add(self, observation: Observation, reviewer: str, **more: Any) -> Decision:
        """Add an observation that the machine missed; its id is made from its place and reading (`added_id`).

        Raises:
            DecisionConflictError: If the same was added already.
        """
        plain = observation.model_dump(mode="json")
        figure: tuple[int, int] | None = more.pop("figure", None)
        if figure is None and observation.evidence:
            figure = (observation.evidence[0].start, observation.evidence[0].end)
        plain["observation_id"] = added_id(plain, figure)
        row = _row(Action.ADD, reviewer, observation.document.sha256, figure, more)
        return self._write(row | {"observation_id": plain["observation_id"], "after": plain}, None)

    def phrase(
        self, phrase: str, indicator_id: str, document_sha256: str, start: int, end: int, reviewer: str, **more: Any
    ) -> Decision:
        """Say that a phrase of the document names an indicator."""
        words = " ".join(phrase.split())
        row = _row(Action.PHRASE, reviewer, document_sha256, (start, end), more)
        return self._write(row | {"after": {"phrase": words, "indicator_id": indicator_id}}, None)

    def undo(self, decision_id: str, reviewer: str, **more: Any) -> Decision:
        """Take a decision back, by a new decision: what held before it holds again.

        Raises:
            UsageError: If there is no such decision, or it is an undo itself.
            DecisionConflictError: If it was undone already.
        """
        with self.store.reading() as connection:
            target = _find(connection, decision_id)
        if target is None:
            raise UsageError(f"{decision_id}: there is no such decision; townclerk decisions list shows them")
        if target.action is Action.UNDO:
            raise UsageError(f"{decision_id} is an undo itself; decide on the figure again instead")
        figure = None if target.figure_start is None else (target.figure_start, target.figure_end)
        row = _row(Action.UNDO, reviewer, target.document_sha256, figure, more)
        return self._write(row | {"observation_id": target.observation_id, "undoes": decision_id}, None)

    def last_of(self, reviewer: str) -> Decision | None:
        """The reviewer's last decision that can be undone."""
        undone = select(decisions.c.undoes).where(decisions.c.undoes.is_not(None))
        asked = (
            select(decisions)
            .where(decisions.c.reviewer == reviewer, decisions.c.action != Action.UNDO.value)
            .where(decisions.c.decision_id.not_in(undone))
            .order_by(decisions.c.number.desc())
            .limit(1)
        )
        with self.store.reading() as connection:
            row = connection.execute(asked).mappings().first()
        return None if row is None else to_decision(row)

    def all(self) -> Sequence[Decision]:
        """Every decision, in the order they were written."""
        with self.store.reading() as connection:
            rows = connection.execute(select(decisions).order_by(decisions.c.number)).mappings().all()
        return [to_decision(row) for row in rows]

    def _decide(
        self,
        action: Action,
        about: Observation,
        after: dict[str, Any] | None,
        reviewer: str,
        seen: str | None,
        more: dict[str, Any],
    ) -> Decision:
        before = about.model_dump(mode="json")
        seen_at = reading_of(before)
        figure = more.pop("figure", None) or (seen_at.start, seen_at.end)
        row = _row(action, reviewer, about.document.sha256, figure, more)
        return self._write(row | {"observation_id": about.observation_id, "before": before, "after": after}, seen)

    def _write(self, row: dict[str, Any], seen: str | None) -> Decision:
        with self.store.writing() as connection:
            take_turn(connection)
            known = _find(connection, row["decision_id"])
            if known is not None:
                return _written_before(known, row)
            _check_seen(connection, row, seen)
            decision = Decision(**row, decided_at=_moment(connection))
            insert(connection, [decision])
            if decision.action is not Action.PHRASE:
                refresh_decided(connection, decision.document_sha256, decision.observation_id)
            note_timed(connection, int(decision.seconds is not None and decision.action in LOOKS))
        return decision


def insert(connection: Connection, written: Sequence[Decision]) -> None:
    """Add decisions to the log, in the order given; the caller has the turn and refreshes what follows."""
    number = int(connection.execute(select(func.max(decisions.c.number))).scalar() or 0)
    rows = [{"number": number + place, **one.model_dump(mode="json")} for place, one in enumerate(written, start=1)]
    if rows:
        connection.execute(decisions.insert(), rows)


def added_id(plain: dict[str, Any], figure: tuple[int, int] | None) -> str:
    """Sixteen hex digits of an added observation's document, place and reading."""
    parts = ("added", plain["document"]["sha256"], figure, *said_of(plain))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _row(
    action: Action, reviewer: str, sha256: str, figure: tuple[int, int | None] | None, more: dict[str, Any]
) -> dict[str, Any]:
    """What every decision has."""
    unknown = more.keys() - {"note", "seconds", "decision_id"}
    if unknown:
        raise UsageError(f"a decision has no {', '.join(sorted(unknown))}; it may have note, seconds, decision_id")
    if not reviewer.strip():
        raise UsageError("a decision names its reviewer; give a name")
    return {
        "decision_id": more.get("decision_id") or uuid.uuid4().hex,
        "reviewer": reviewer.strip(),
        "action": action,
        "document_sha256": sha256,
        "figure_start": figure and figure[0],
        "figure_end": figure and figure[1],
        "note": more.get("note") or None,
        "seconds": more.get("seconds"),
    }


def _find(connection: Connection, decision_id: str) -> Decision | None:
    asked = select(decisions).where(decisions.c.decision_id == decision_id)
    row = connection.execute(asked).mappings().first()
    return None if row is None else to_decision(row)


def _written_before(known: Decision, row: dict[str, Any]) -> Decision:
    """The decision of a request that came twice."""
    same = ("action", "reviewer", "observation_id", "document_sha256", "after", "undoes")
    if any(getattr(known, name) != row.get(name) for name in same):
        raise UsageError(f"{known.decision_id}: another decision has this id; make a new one")
    return known


def _check_seen(connection: Connection, row: dict[str, Any], seen: str | None) -> None:
    """See that nobody decided since the reviewer looked.

    Raises:
        DecisionConflictError: If somebody did.
    """
    action, about = row["action"], row.get("observation_id")
    if action is Action.UNDO:
        again = select(decisions).where(decisions.c.undoes == row["undoes"])
        if (found := connection.execute(again).mappings().first()) is not None:
            raise DecisionConflictError("this decision was taken back already", to_decision(found))
        return
    if about is None or action is Action.SKIP:
        return
    head = _head(connection, row["document_sha256"], about)
    if (head.decision_id if head else None) != seen:
        who = (
            f"{head.reviewer} decided it ({head.action.value}) at {head.decided_at[:16]}" if head else "it was changed"
        )
        raise DecisionConflictError(f"{who}; look at it again, then decide", head)


def _head(connection: Connection, sha256: str, observation_id: str) -> Decision | None:
    """The last decision on an observation, as the document reads today."""
    item = review_items.c
    asked = select(item.head).where(item.observation_id == observation_id, item.document_sha256 == sha256).limit(1)
    found = connection.execute(asked).first()
    if found is not None:
        return _find(connection, found.head) if found.head else None
    decided = decisions_on(connection, sha256)
    anchored = anchor(decided, [r for name in documents_of(connection, sha256) for r in readings_of(connection, name)])
    return anchored.kept.get(observation_id, NOTHING).head


def _moment(connection: Connection) -> str:
    """Now, in UTC, but never before the last decision: clocks of two machines differ, the log's order does not."""
    now = datetime.now(UTC)
    last = connection.execute(select(func.max(decisions.c.decided_at))).scalar()
    if last is not None:
        now = max(now, datetime.fromisoformat(last).astimezone(UTC) + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")
