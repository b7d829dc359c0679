"""The three verbs: equal results on every engine, components whatever the order."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.engine import Engine, Here, Processes, components

NODES = st.integers(0, 30).map(lambda n: f"n{n:02}")
EDGES = st.lists(st.tuples(NODES, NODES), max_size=40)


@given(EDGES, st.randoms(use_true_random=False))
def test_components_do_not_depend_on_order(edges: list[tuple[str, str]], chance: random.Random) -> None:
    shuffled = [(b, a) if chance.random() < 0.5 else (a, b) for a, b in edges]
    chance.shuffle(shuffled)
    assert components([], edges) == components([], shuffled)


@given(EDGES, EDGES)
def test_components_of_a_merge_are_the_merge_of_components(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> None:
    once = components([], left + right)
    # What is already joined may stand for itself as (member, cluster) edges: adding later equals a fresh run.
    joined = list(components([], left).items()) + list(components([], right).items())
    assert components([], joined) == once


@given(EDGES)
def test_a_component_is_named_by_its_least_member(edges: list[tuple[str, str]]) -> None:
    found = components([], edges)
    for node, name in found.items():
        assert name == min(other for other, cluster in found.items() if cluster == found[node])


def doubling() -> Callable[[int], int]:
    return double


def double(number: int) -> int:
    return 2 * number


def parity(number: int) -> str:
    return "odd" if number % 2 else "even"


def total(key: str, members: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    return key, members


@pytest.mark.slow
@pytest.mark.parametrize("count", [0, 1, 7, 60])
def test_engines_give_equal_results_in_equal_order(count: int) -> None:
    here: Engine = Here()
    processes: Engine = Processes(2)
    items = range(count)
    assert list(here.each(doubling, items)) == list(processes.each(doubling, items)) == [2 * n for n in items]
    assert list(here.groups(parity, total, items)) == list(processes.groups(parity, total, items))
