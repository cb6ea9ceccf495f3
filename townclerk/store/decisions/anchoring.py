"""Bringing decisions to the observations of today, after a document was read anew.

The decisions on one observation are a thread. A thread belongs to the observation of its id; where the document has
none of that id any more, to one whose figure stands at the same place of the text, said alike before others; else to
one on the same page, with the same printed value, whose boxes overlap (a new reader may number the text anew). What
cannot be brought home is kept: an accepted or corrected figure that the document no longer gives stays an observation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from townclerk.store.decisions.model import Action, Decision
from townclerk.store.decisions.readings import Reading, Said, likeness, overlap, said_of
from townclerk.store.decisions.standing import (
    Standing,
    in_order,
    reading_in,
    span_of,
    standing,
)
from townclerk.store.vocabulary import Review


@dataclass(slots=True)
class Anchored:
    """The decisions on one document, brought to its observations.

    Attributes:
        standings: By observation id; an observation that nobody decided on is not in it.
        kept: Observations that reviewers added, or settled and the document no longer gives; by id.
        also: By observation id, the ids of earlier observations whose decisions were brought to it.
    """

    standings: dict[str, Standing] = field(default_factory=dict)
    kept: dict[str, Standing] = field(default_factory=dict)
    also: dict[str, list[str]] = field(default_factory=dict)


def anchor(decisions: Iterable[Decision], readings: Sequence[Reading]) -> Anchored:
    """Bring the decisions on one document to its observations.

    Args:
        decisions: All of the document's, in any order.
        readings: The document's observations of today.
    """
    ordered = in_order(decisions)
    undone = frozenset(one.undoes for one in ordered if one.undoes)
    threads = _threads(ordered)
    by_id = {reading.observation_id: reading for reading in readings}
    gathered: defaultdict[str, list[Decision]] = defaultdict(list)
    homeless: list[list[Decision]] = []
    for observation_id, thread in threads.items():
        if observation_id in by_id:
            gathered[observation_id] += thread
        else:
            homeless.append(thread)
    anchored = Anchored()
    kept: list[list[Decision]] = []
    for thread in homeless:
        found = _home(thread, readings)
        if found is None:
            kept.append(thread)
        else:
            gathered[found.observation_id] += thread
            anchored.also.setdefault(found.observation_id, []).append(str(thread[0].observation_id))
    for observation_id, thread in gathered.items():
        anchored.standings[observation_id] = standing_of(thread, by_id[observation_id])
    for thread in kept:
        came_to = standing(thread, undone)
        if came_to.decided is not None and "evidence" in came_to.decided:
            anchored.kept[str(thread[0].observation_id)] = _without_a_reading(came_to)
    return anchored


def standing_of(decisions: Iterable[Decision], reading: Reading) -> Standing:
    """Where one observation stands, by all decisions that were brought to it, in any order."""
    ordered = in_order(decisions)
    undone = frozenset(one.undoes for one in ordered if one.undoes)
    return _held_against(standing(ordered, undone), reading)


def _threads(ordered: Sequence[Decision]) -> dict[str, list[Decision]]:
    """The decisions on each observation; an undo goes with what it undoes."""
    about = {one.decision_id: one.observation_id for one in ordered if one.observation_id}
    threads: defaultdict[str, list[Decision]] = defaultdict(list)
    for one in ordered:
        observation_id = one.observation_id or about.get(one.undoes or "")
        if observation_id is not None and one.action is not Action.PHRASE:
            threads[observation_id].append(one)
    return dict(threads)


def _home(thread: Sequence[Decision], readings: Sequence[Reading]) -> Reading | None:
    """The observation of today that a thread's figure is now."""
    was = next((reading for one in thread if (reading := reading_in(one)) is not None), None)
    span = next((span for one in thread if (span := span_of(one)) is not None), None)
    if span is None and was is not None:
        span = (was.start, was.end)
    added = any(one.action is Action.ADD for one in thread)
    there = [reading for reading in readings if (reading.start, reading.end) == span]
    if not there and was is not None and was.boxes:
        there = [
            reading
            for reading in readings
            if reading.page == was.page and reading.value_text == was.value_text and overlap(reading.boxes, was.boxes)
        ]
    decided = _decided_in(thread) or (was.said if was else None)
    if added:
        # What a reviewer added stands beside other readings of its figure; only the same reading takes its place.
        there = [reading for reading in there if reading.said == decided]
    if not there:
        return None
    wanted = decided or there[0].said
    return max(there, key=lambda reading: (likeness(reading.said, wanted), reading.observation_id))


def _decided_in(thread: Sequence[Decision]) -> Said | None:
    """What the thread came to say the figure is."""
    undone = frozenset(one.undoes for one in thread if one.undoes)
    decided = standing(thread, undone).decided
    return said_of(decided) if decided is not None and "evidence" in decided else None


def _held_against(came_to: Standing, reading: Reading) -> Standing:
    """A standing as it is for the observation of today: with the conflict where that reads otherwise."""
    holds = came_to.holds
    if holds is None:
        return came_to
    if holds.observation_id == reading.observation_id:
        return _of_this_reading(came_to, reading)
    if came_to.review is Review.REJECTED:
        seen = reading_in(holds)
        if seen is None or reading.said in _said_of_it(came_to, holds):
            return came_to
        text = f"rejected as {seen.said.words()}; the document now reads {reading.said.words()}"
        return replace(came_to, review=Review.UNDECIDED, conflict=text)
    if any(seen.said == reading.said for one in came_to.decisions if (seen := reading_in(one)) is not None):
        # It was decided in the knowledge of this very reading, whatever its id was then.
        return _of_this_reading(came_to, reading)
    decided = came_to.decided
    if decided is None or "evidence" not in decided:
        return came_to
    said = said_of(decided)
    if said == reading.said:
        return replace(came_to, review=Review.ACCEPTED)
    text = f"decided as {said.words()}; the document now reads {reading.said.words()}"
    return replace(came_to, conflict=text)


def _said_of_it(came_to: Standing, holds: Decision) -> set[Said]:
    """The readings of the observation that a decision rejected: the machine's, and what reviewers had made of it."""
    own = (one for one in came_to.decisions if one.observation_id == holds.observation_id)
    return {seen.said for one in own if (seen := reading_in(one)) is not None}


def _of_this_reading(came_to: Standing, reading: Reading) -> Standing:
    """A standing whose decision was taken on today's reading.

    Whoever accepted the figure as it stood decided, against the machine, made a correction.
    """
    decided = came_to.decided
    if came_to.review is not Review.ACCEPTED or decided is None or "evidence" not in decided:
        return came_to
    return came_to if said_of(decided) == reading.said else replace(came_to, review=Review.CORRECTED)


def _without_a_reading(came_to: Standing) -> Standing:
    """A standing of something the document does not give (any more)."""
    added = any(one.action is Action.ADD for one in came_to.decisions)
    if added or came_to.decided is None:
        return came_to
    said = said_of(came_to.decided)
    return replace(came_to, conflict=f"decided as {said.words()}; the document no longer gives this figure")
