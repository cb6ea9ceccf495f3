"""`townclerk decisions`: the log for people, out of a store and into it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from townclerk.console.streams import put, say, stdout_console
from townclerk.extract.output.atomic import whole_file
from townclerk.models.errors import ExitCode
from townclerk.store.database import Store, open_store
from townclerk.store.decided import Decisions
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.decisions.model import Action, Decision
from townclerk.store.decisions.transfer import as_line, exported, read_decisions, take_in
from townclerk.store.tables import documents

if TYPE_CHECKING:
    from townclerk.store.decisions.standing import Standing


def export_log(db: str, output: Path | None) -> ExitCode:
    """Write the log to a file, or to standard output."""
    store = open_store(db)
    lines = [line + "\n" for line in exported(store)]
    store.close()
    if output is None:
        put("".join(lines))
    else:
        with whole_file(output) as stream:
            stream.writelines(line.encode() for line in lines)
        say(f"townclerk: {_count(len(lines))} written to {output}")
    return ExitCode.OK


def import_logs(db: str, files: Sequence[Path]) -> ExitCode:
    """Add the decisions of some logs to a store's.

    Raises:
        UnreadableError: If a file is faulty, or contradicts the log; nothing is taken in then.
    """
    given = [one for file in files for one in read_decisions(file)]
    store = open_store(db)
    done = take_in(store, given)
    contested = Decisions(store).contested() if done.added else []
    store.close()
    say(f"townclerk: {_count(done.added)} added, {done.known} known already")
    if done.elsewhere:
        say(f"townclerk: {done.elsewhere} of them on documents this store does not hold; they wait for these")
    if contested:
        say(f"townclerk: {len(contested)} figures are contested; see: townclerk decisions conflicts --db {db}")
    return ExitCode.OK


def list_log(db: str, reviewer: str | None, document: str | None, last: int | None, *, machine: bool) -> ExitCode:
    """Print decisions."""
    store = open_store(db)
    log = DecisionLog(store).all()
    names = _names(store)
    store.close()
    undone = {one.undoes for one in log if one.undoes}
    chosen = [
        one
        for one in log
        if (reviewer is None or one.reviewer == reviewer)
        and (document is None or document.casefold() in names.get(one.document_sha256, "").casefold())
    ]
    chosen = chosen[-last:] if last else chosen
    if machine:
        put("".join(as_line(one) + "\n" for one in chosen))
        return ExitCode.OK
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None)
    for head in ("when (UTC)", "who", "what", "document", "figure", "why"):
        table.add_column(head)
    for one in chosen:
        what = one.action.value + (" (taken back)" if one.decision_id in undone else "")
        name = names.get(one.document_sha256, one.document_sha256[:12])
        cells = (one.decided_at[:16].replace("T", " "), one.reviewer, what, name, _told(one), one.note or "")
        table.add_row(*map(escape, cells))
    with stdout_console() as console:
        console.print(table)
    say(f"townclerk: {_count(len(chosen))}")
    return ExitCode.OK


def list_conflicts(db: str, *, machine: bool) -> ExitCode:
    """Print what is contested."""
    store = open_store(db)
    contested = Decisions(store).contested()
    asked = select(documents.c.document_id, documents.c.path)
    with store.reading() as connection:
        paths = {row.document_id: row.path for row in connection.execute(asked)}
    store.close()
    lines = [_contested(paths.get(document_id, ""), key, one) for document_id, key, one in contested]
    if machine:
        put("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
        return ExitCode.OK
    with stdout_console() as console:
        for line in lines:
            console.print(f"{line['document']}: {line['observation_id']}", markup=False, highlight=False)
            for told in line["told"]:
                console.print(f"  {told}", markup=False, highlight=False)
    say(f"townclerk: {len(lines)} contested" if lines else "townclerk: nothing is contested")
    return ExitCode.OK


def _contested(path: str, observation_id: str, standing: Standing) -> dict[str, Any]:
    undone = {one.undoes for one in standing.decisions if one.undoes}
    told = [standing.conflict] if standing.conflict else []
    if standing.disagreement:
        valid = [one for one in standing.decisions if one.decision_id not in undone and one.action is not Action.UNDO]
        told += [f"{one.reviewer}: {one.action.value} {_told(one)}" for one in valid if one.action is not Action.SKIP]
    return {
        "document": path,
        "observation_id": observation_id,
        "state": standing.review.value,
        "conflict": standing.conflict or None,
        "disagreement": standing.disagreement,
        "told": told,
    }


_FOLLOWS = frozenset({"indicator_name", "polarity"})
"""Keys that follow from the indicator's id."""


def _told(decision: Decision) -> str:
    """What a decision changed, in a line."""
    before, after = decision.before or {}, decision.after or {}
    match decision.action:
        case Action.CORRECT:
            changes = [(key, value) for key, value in after.items() if key not in _FOLLOWS]
            return "; ".join(f"{key} {_short(before.get(key))} -> {_short(value)}" for key, value in changes)
        case Action.PHRASE:
            return f"“{after.get('phrase')}” means {after.get('indicator_id')}"
        case Action.UNDO:
            return f"takes back {decision.undoes}"
        case _:
            plain = after if decision.action is Action.ADD else before
            value = plain.get("value_text") or _short(plain.get("value"))
            return f"{plain.get('indicator_id') or plain.get('label') or ''} {value}".strip() if plain else ""


def _short(value: Any) -> str:
    """A value of a key for people: of a period its code, of an area its name."""
    if isinstance(value, dict):
        return str(value.get("code") or value.get("name") or value.get("kind") or value.get("value"))
    return "nothing" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _names(store: Store) -> dict[str, str]:
    asked = select(documents.c.sha256, documents.c.name).where(documents.c.sha256.is_not(None))
    with store.reading() as connection:
        return {row.sha256: row.name for row in connection.execute(asked.order_by(documents.c.uri))}


def _count(number: int) -> str:
    return "1 decision" if number == 1 else f"{number} decisions"
