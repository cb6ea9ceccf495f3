"""What the next item of the review queue costs the server, with few and with many observations in the store.

    python -m benchmarks.review_queue [--few 1000] [--many 100000] [--looks 200]

Makes two stores of made-up documents, takes items from the queue of each as a reviewer does (next, accept or correct,
next), and prints the 50th and 95th centile of the milliseconds of `next`, of a filtered `next`, of `progress` and of a
decision, with the ratio of the two stores: processor time, so that neighbours on the machine do not count. `next` is to
cost at most twice as much, at the 95th centile, with 100,000 observations as with 1,000.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

from townclerk.models.observation import Observation
from townclerk.review.queue import Filters, Outcome, Queue
from townclerk.store.database import Store, open_store
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.ledger import Ledger, State, Versions
from townclerk.store.ledger import Outcome as Converted
from townclerk.store.rows import to_rows

EXAMPLE = json.loads(Path("docs/observation.example.json").read_text(encoding="utf-8"))
A_DOCUMENT = 50
A_PAGE = 5
INDICATORS = 200
AUTHORITIES = 150
FLAGS = ((), ("ocr_repaired",), ("columns_unclear",), ("conflict",))


def document(number: int, chance: random.Random) -> tuple[dict[str, Any], list[Observation]]:
    """A made-up document: its row and its observations."""
    digest = f"{number:064x}"
    authority = EXAMPLE["document"]["authority"] | {"name": f"Authority {number % AUTHORITIES}"}
    named = EXAMPLE["document"] | {"sha256": digest, "name": f"report-{number}.pdf", "authority": authority}
    observations = []
    for place in range(A_DOCUMENT):
        start = place * 120
        where = EXAMPLE["evidence"][0] | {"page": place // A_PAGE + 1, "start": start, "end": start + 40}
        checks = [EXAMPLE["checks"][0] | {"outcome": chance.choice(("supports", "contradicts"))}]
        observations.append(
            Observation.model_validate(
                EXAMPLE
                | {
                    "observation_id": f"{number:08x}{place:08x}",
                    "document": named,
                    "indicator_id": f"measure_{chance.randrange(INDICATORS)}",
                    "confidence": round(chance.betavariate(5, 1.2), 4),
                    "evidence": [where],
                    "checks": checks if chance.random() < 0.4 else [],
                    "flags": list(chance.choice(FLAGS)),
                }
            )
        )
    row = {
        "document_id": f"{number:016x}", "uri": f"file:///archive/{number}.pdf", "path": f"/archive/{number}.pdf",
        "name": named["name"], "sha256": digest, "state": State.WAITING, "attempts": 0, "compared": False,
    }  # fmt: skip
    return row, observations


def filled(store: Store, observations: int) -> Store:
    """A store with so many observations."""
    ledger, chance = Ledger(store), random.Random(20190314)  # noqa: S311 - made-up data
    for number in range(observations // A_DOCUMENT):
        row, found = document(number, chance)
        ledger.enter([row], [])
        done = Converted(State.DONE, rows=to_rows(row["document_id"], found))
        ledger.finish(row["document_id"], done, Versions("1", "1", "1"))
    return store


FILTERED = (
    Filters(indicator="measure_7"),
    Filters(authority="Authority 3"),
    Filters(flag="conflict"),
    Filters(outcome=Outcome.CONTRADICTED),
    Filters(least=0.4, most=0.6),
    Filters(audit=True),
)


def look(store: Store, looks: int) -> dict[str, list[float]]:
    """Milliseconds of each kind of request, over so many items."""
    queue, log = Queue(store), DecisionLog(store)
    costs: dict[str, list[float]] = {"next": [], "next, filtered": [], "progress": [], "decide": []}

    def timed(name: str, action: Callable[[], Any]) -> Any:
        start = time.process_time()
        value = action()
        costs[name].append((time.process_time() - start) * 1000)
        return value

    item = queue.next(Filters(), "Ann")
    for number in range(looks):
        if item is None:
            break
        now = item
        decide = log.reject if number % 4 == 0 else log.accept
        timed("decide", lambda: decide(now.settled, "Ann", now.head, seconds=3.0 + number % 5))  # noqa: B023
        item = timed("next", lambda: queue.next(Filters(), "Ann", now.key))  # noqa: B023
        timed("progress", lambda: queue.progress(Filters(), "Ann"))
        timed("next, filtered", lambda: queue.next(FILTERED[number % len(FILTERED)], "Ann"))  # noqa: B023
    return costs


def rows(few: dict[str, list[float]], many: dict[str, list[float]]) -> Iterator[str]:
    """The table."""
    yield f"{'':16} {'few: 50%':>9} {'95%':>8} {'many: 50%':>10} {'95%':>8}   ratio at 95%"
    for name, first in few.items():
        low, high = quantiles(first, n=20), quantiles(many[name], n=20)
        yield (f"{name:16} {low[9]:9.2f} {low[18]:8.2f} {high[9]:10.2f} {high[18]:8.2f}   {high[18] / low[18]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--few", type=int, default=1000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--looks", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        costs = []
        for name, number in (("few", asked.few), ("many", asked.many)):
            start = time.perf_counter()
            store = filled(open_store(str(Path(folder) / f"{name}.db"), create=True), number)
            print(f"{number:,} observations stored in {time.perf_counter() - start:.0f} s")
            costs.append(look(store, asked.looks))
            store.close()
        print("\n".join(rows(*costs)))


if __name__ == "__main__":
    main()
