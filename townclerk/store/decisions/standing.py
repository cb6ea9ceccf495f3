"""What the decisions on one figure come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from townclerk.store.decisions.model import SETTLING, Action, Decision
from townclerk.store.decisions.readings import Reading, Said, reading_of, said_of
from townclerk.store.vocabulary import Review

READ_FIELDS = ("indicator_id", "indicator_name", "area", "role", "value", "status", "unit", "period", "polarity")
"""The keys of an observation that an acceptance vouches for."""

DECIDED_FIELDS = (
    *READ_FIELDS, "label", "value_text", "numerator", "denominator", "change", "rank", "quartile", "rag",
    "direction", "commentary",
)  # fmt: skip
"""The keys of an observation that a correction settles."""

_REVIEWS = {
    Action.ACCEPT: Review.ACCEPTED,
    Action.CORRECT: Review.CORRECTED,
    Action.REJECT: Review.REJECTED,
    Action.ADD: Review.ACCEPTED,
}


@dataclass(slots=True, frozen=True)
class Standing:
    """Where an observation stands.

    Attributes:
        review: Its state.
        holds: The decision that holds; None where there is none.
        head: The last decision of any kind but a skip: what a reviewer must have seen to decide now.
        decisions: Every decision on it, oldest first.
        conflict: What the document's new reading contradicts, in a sentence; "" where nothing.
        disagreement: Whether reviewers decided differently, none of them taken back.
        decided: The observation as decided, whole, as JSON; None where nothing holds, or where it was rejected.
        figure: The figure's span, where a decision names it.
    """

    review: Review = Review.UNDECIDED
    holds: Decision | None = None
    head: Decision | None = None
    decisions: tuple[Decision, ...] = ()
    conflict: str = ""
    disagreement: bool = False
    decided: dict[str, Any] | None = None
    figure: tuple[int, int] | None = None


NOTHING = Standing()


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions in the order in which they hold."""
    return sorted(decisions, key=lambda one: one.order)


def standing(decisions: Sequence[Decision], undone: frozenset[str]) -> Standing:
    """What the decisions on one figure come to, whatever the document reads today.

    Args:
        decisions: In order.
        undone: Ids of the decisions that were taken back.
    """
    valid = [one for one in decisions if one.action in SETTLING and one.decision_id not in undone]
    holds = valid[-1] if valid else None
    heads = [one for one in decisions if one.action in SETTLING or one.action is Action.UNDO]
    last_of = {one.reviewer: outcome(one) for one in valid}
    return Standing(
        review=_review(valid),
        holds=holds,
        head=heads[-1] if heads else None,
        decisions=tuple(decisions),
        disagreement=len(set(last_of.values())) > 1,
        decided=snapshot(holds) if holds else None,
        figure=next((span for one in decisions if (span := span_of(one)) is not None), None),
    )


def _review(valid: Sequence[Decision]) -> Review:
    """The state that decisions come to; whoever accepts what another corrected leaves it corrected."""
    if not valid:
        return Review.UNDECIDED
    holds = valid[-1]
    if holds.action is not Action.ACCEPT or len(valid) == 1 or holds.before is None:
        return _REVIEWS[holds.action]
    earlier = snapshot(valid[-2]) or {}
    confirmed = all(holds.before.get(key) == earlier.get(key) for key in DECIDED_FIELDS)
    return _review(valid[:-1]) if confirmed else Review.ACCEPTED


def outcome(decision: Decision) -> Said | str:
    """What a decision says the figure is, for comparison with another's; "rejected" for nothing."""
    decided = snapshot(decision)
    if decided is not None and "evidence" in decided:
        return said_of(decided)
    return decision.action.value


def snapshot(decision: Decision) -> dict[str, Any] | None:
    """The observation as a decision leaves it, whole or (in logs of others) in part; None where it was rejected."""
    if decision.action is Action.REJECT:
        return None
    return (decision.before or {}) | (decision.after or {})


def reading_in(decision: Decision) -> Reading | None:
    """What a decision was taken on: the reading as the reviewer saw it, or added it."""
    plain = decision.after if decision.action is Action.ADD else decision.before
    return reading_of(plain, span_of(decision)) if plain and "evidence" in plain else None


def span_of(decision: Decision) -> tuple[int, int] | None:
    """The figure's span a decision names."""
    if decision.figure_start is None or decision.figure_end is None:
        return None
    return decision.figure_start, decision.figure_end
