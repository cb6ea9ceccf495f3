from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from townclerk.evaluate.matching import maximum_matching

graphs = st.lists(st.lists(st.integers(0, 4), unique=True, max_size=4), max_size=5)


def largest_by_trial(edges: list[list[int]]) -> int:
    """The size of the greatest set of edges that share no end, found by trying them all."""
    pairs = [(left, right) for left, rights in enumerate(edges) for right in rights]
    for size in range(min(len(edges), 5), 0, -1):
        for chosen in combinations(pairs, size):
            if len({left for left, _ in chosen}) == len({right for _, right in chosen}) == size:
                return size
    return 0


def test_a_vertex_gives_way_when_it_has_another_partner() -> None:
    assert maximum_matching([[0, 1], [0]]) == {0: 1, 1: 0}


def test_the_first_edge_is_preferred() -> None:
    assert maximum_matching([[3, 1]]) == {0: 3}


@given(graphs)
def test_no_matching_is_greater(edges: list[list[int]]) -> None:
    partners = maximum_matching(edges)
    assert all(right in edges[left] for left, right in partners.items())
    assert len(set(partners.values())) == len(partners) == largest_by_trial(edges)


@given(graphs)
def test_what_was_matched_stays_matched(edges: list[list[int]]) -> None:
    start = maximum_matching([rights[:1] for rights in edges])
    grown = maximum_matching(edges, start)
    assert start.keys() <= grown.keys()
    assert set(start.values()) <= set(grown.values())
