"""One-to-one assignment: as many pairs as the edges allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def maximum_matching(edges: Sequence[Sequence[int]], start: Mapping[int, int] | None = None) -> dict[int, int]:
    """A matching of greatest size between left vertices (indexes of `edges`) and right vertices (numbers in it).

    Every vertex that `start` matches stays matched, though perhaps with another partner; earlier edges of a vertex are
    tried first. Augmenting paths, after Berge: a matching is of greatest size when no augmenting path is left.

    Args:
        edges: For each left vertex, the right vertices it may be paired with, best first.
        start: A matching along `edges` to grow from.

    Returns:
        The right partner of each matched left vertex.
    """
    partners = dict(start or {})
    owners = {right: left for left, right in partners.items()}
    for left in range(len(edges)):
        if left not in partners:
            _augment(edges, left, partners, owners)
    return partners


def _augment(edges: Sequence[Sequence[int]], left: int, partners: dict[int, int], owners: dict[int, int]) -> None:
    """Match `left` if an augmenting path begins at it."""
    reached_from: dict[int, int] = {}
    queue = [left]
    for current in queue:  # grows while it is walked: breadth first
        for right in edges[current]:
            if right in reached_from:
                continue
            reached_from[right] = current
            if right not in owners:
                _flip(right, left, reached_from, partners, owners)
                return
            queue.append(owners[right])


def _flip(
    right: int, left: int, reached_from: dict[int, int], partners: dict[int, int], owners: dict[int, int]
) -> None:
    """Take the edges of the path from `left` to the free vertex `right` in and out of the matching in turn."""
    current = reached_from[right]
    while current != left:
        freed = partners[current]
        partners[current], owners[right] = right, current
        right, current = freed, reached_from[freed]
    partners[left], owners[right] = right, left
