"""The log as JSON Lines, out of a store and into another.

Decisions are merged by their ids: taking in the same file twice changes nothing, and two stores that took in each
other's decisions come to the same, for what holds goes by the moment of the decision and not by its arrival.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import select

from townclerk.models.errors import UnreadableError, why_unread
from townclerk.store.database import Store
from townclerk.store.decisions.log import LOOKS, DecisionLog, insert
from townclerk.store.decisions.model import Decision
from townclerk.store.decisions.pace import note_timed
from townclerk.store.decisions.refresh import refresh_decided
from townclerk.store.decisions.turns import take_turn
from townclerk.store.tables import decisions, documents


@dataclass(slots=True, frozen=True)
class Imported:
    """What an import did.

    Attributes:
        added: Decisions that were new.
        known: Decisions the log had already.
        elsewhere: Of the new ones, those on documents this store does not hold; they wait for them.
    """

    added: int
    known: int
    elsewhere: int


def as_line(decision: Decision) -> str:
    """A decision as one line of JSON."""
    return json.dumps(decision.model_dump(mode="json"), ensure_ascii=False)


def exported(store: Store) -> Iterator[str]:
    """The whole log as lines, in the order it was written."""
    for one in DecisionLog(store).all():
        yield as_line(one)


def read_decisions(path: Path) -> list[Decision]:
    """The decisions of a JSON Lines file.

    Raises:
        UnreadableError: If it cannot be read, with every faulty line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreadableError(
            f"{path}: cannot be read ({why_unread(fault)}); give JSON Lines that townclerk decisions export wrote"
        ) from None
    found: list[Decision] = []
    faults: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(_in_utc(Decision.model_validate_json(line)))
        except ValidationError as fault:
            first = fault.errors()[0]
            where = ".".join(str(step) for step in first["loc"])
            faults.append(f"{path}:{number}: {where + ': ' if where else ''}{first['msg']}")
    if faults:
        raise UnreadableError("\n".join([*faults, "nothing was taken in; mend these lines or export the log anew"]))
    return found


def take_in(store: Store, given: Iterable[Decision]) -> Imported:
    """Add decisions to a store's log: those it has not, all or none.

    Raises:
        UnreadableError: If one differs from the log's own of the same id, or undoes one that is nowhere.
    """
    told = list(given)
    wanted = list({one.decision_id: one for one in told}.values())
    with store.writing() as connection:
        take_turn(connection)
        rows = connection.execute(select(decisions)).mappings()
        held = {row["decision_id"]: Decision(**{name: row[name] for name in Decision.model_fields}) for row in rows}
        faults = list(_faults(told, held))
        if faults:
            raise UnreadableError("\n".join([*faults, "nothing was taken in"]))
        new = _targets_first([one for one in wanted if one.decision_id not in held])
        insert(connection, new)
        digests = sorted({one.document_sha256 for one in new})
        for sha256 in digests:
            refresh_decided(connection, sha256)
        note_timed(connection, sum(one.seconds is not None and one.action in LOOKS for one in new))
        here = set(connection.execute(select(documents.c.sha256).where(documents.c.sha256.is_not(None))).scalars())
    return Imported(len(new), len(wanted) - len(new), sum(one.document_sha256 not in here for one in new))


def _in_utc(decision: Decision) -> Decision:
    """The same decision with its moment written as this program writes it, so that moments compare as text."""
    moment = datetime.fromisoformat(decision.decided_at).astimezone(UTC)
    return decision.model_copy(update={"decided_at": moment.isoformat(timespec="microseconds")})


def _faults(wanted: Sequence[Decision], held: dict[str, Decision]) -> Iterator[str]:
    known = dict(held)
    ids = held.keys() | {one.decision_id for one in wanted}
    for one in wanted:
        own = known.setdefault(one.decision_id, one)
        if own != one:
            yield f"decision {one.decision_id} differs from the one that is there; logs are never rewritten"
        if one.undoes is not None and one.undoes not in ids:
            yield f"decision {one.decision_id} undoes {one.undoes}, which is neither in the file nor in the store"


def _targets_first(new: Sequence[Decision]) -> list[Decision]:
    """In the file's order, but what is undone before what undoes it."""
    by_id = {one.decision_id: one for one in new}

    def depth(one: Decision) -> int:
        steps = 0
        while one.undoes in by_id and steps <= len(new):
            one, steps = by_id[one.undoes], steps + 1
        return steps

    return list(new) if _is_in_order(new) else sorted(new, key=depth)


def _is_in_order(new: Sequence[Decision]) -> bool:
    later = {one.decision_id for one in new}
    for one in new:
        later.discard(one.decision_id)
        if one.undoes in later:
            return False
    return True
