"""How far reviewers agree where several decided the same figure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from townclerk.store.decided import Decisions
from townclerk.store.decisions.model import SETTLING, Decision
from townclerk.store.decisions.standing import Standing, outcome


@dataclass(slots=True, frozen=True)
class Agreement:
    """Items that several reviewers decided.

    Attributes:
        shared: Items decided by at least two.
        agreed: Of these, with the same outcome (the same action and, for corrections, the same reading).
        pairs: For each two reviewers: items both decided, and those with the same outcome.
        kappa: Cohen's kappa over accept, correct and reject of all pairs of decisions on one item; None where nothing
            is shared, or all of it is of one kind.
    """

    shared: int
    agreed: int
    pairs: dict[tuple[str, str], tuple[int, int]]
    kappa: float | None


def read_agreement(decisions: Decisions) -> Agreement:
    """How far the reviewers of a store agree; of each reviewer the last decision counts."""
    shared = agreed = 0
    both: Counter[tuple[str, str]] = Counter()
    same: Counter[tuple[str, str]] = Counter()
    kinds: list[tuple[str, str]] = []
    for standing in decisions.standings():
        last = last_of_each(standing)
        if len(last) < 2:
            continue
        shared += 1
        agreed += len({outcome(one) for one in last.values()}) == 1
        for one, other in combinations(sorted(last), 2):
            both[one, other] += 1
            same[one, other] += outcome(last[one]) == outcome(last[other])
            kinds.append((last[one].action.value, last[other].action.value))
    pairs = {pair: (number, same[pair]) for pair, number in sorted(both.items())}
    return Agreement(shared, agreed, pairs, kappa(kinds))


def last_of_each(standing: Standing) -> dict[str, Decision]:
    """Each reviewer's last decision on an item that was not taken back."""
    undone = {one.undoes for one in standing.decisions if one.undoes}
    valid = [one for one in standing.decisions if one.action in SETTLING and one.decision_id not in undone]
    return {one.reviewer: one for one in valid}


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa (1960): agreement beyond what chance gives, (observed - expected) / (1 - expected).

    Each pair counts in both orders, since neither reviewer is the first.
    """
    if not pairs:
        return None
    shares: defaultdict[str, float] = defaultdict(float)
    for one, other in pairs:
        shares[one] += 0.5 / len(pairs)
        shares[other] += 0.5 / len(pairs)
    observed = sum(one == other for one, other in pairs) / len(pairs)
    expected = sum(share * share for share in shares.values())
    return None if expected >= 1.0 else (observed - expected) / (1.0 - expected)
