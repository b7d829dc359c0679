"""pure functions and records -> results, on this process or on several: `each`, `groups`, `components`.

The three verbs are all that the pipeline asks of a machine. Every engine gives equal results in equal order: results follow
the items' order, groups the keys' order, and a component is named by its least member.
"""

import multiprocessing
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Key = TypeVar("Key", str, tuple[str, ...])

CHUNK = 4  # articles handed to a worker at once: small enough to spread five files, large enough to hide the hand-over


class Engine(Protocol):
    """What a machine must be able to do."""

    def each(self, make: Callable[[], Callable[[Item], Result]], items: Iterable[Item]) -> Iterator[Result]:
        """`make()` once a worker (it may load a model), then its result on every item, in the items' order."""
        ...

    def groups(
        self, key: Callable[[Item], Key], fn: Callable[[Key, tuple[Item, ...]], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        """`fn` on the items of every key, keys in order; within a group items keep their order."""
        ...

    def components(self, nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Node -> least node of its connected component."""
        ...


def components(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Node -> least node of its connected component, whatever the order of nodes and edges. Ends of edges are nodes too."""
    parent = {node: node for node in nodes}

    def root(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for left, right in edges:
        a, b = root(left), root(right)
        if a != b:
            parent[max(a, b)] = min(a, b)
    return {node: root(node) for node in sorted(parent)}


class Here:
    """Everything in this process."""

    def each(self, make: Callable[[], Callable[[Item], Result]], items: Iterable[Item]) -> Iterator[Result]:
        yield from map(make(), items)

    def groups(
        self, key: Callable[[Item], Key], fn: Callable[[Key, tuple[Item, ...]], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        for name, members in _grouped(key, items):
            yield fn(name, members)

    def components(self, nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, str]:
        return components(nodes, edges)


class Processes(Here):
    """`each` and `groups` on `workers` processes, started fresh (spawn), so that nothing of this process leaks into them."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def each(self, make: Callable[[], Callable[[Item], Result]], items: Iterable[Item]) -> Iterator[Result]:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.workers, context, initializer=_equip, initargs=(make,)) as pool:
            yield from _in_order(pool, _run_chunk, _chunks(items), self.workers)

    def groups(
        self, key: Callable[[Item], Key], fn: Callable[[Key, tuple[Item, ...]], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.workers, context, initializer=_equip, initargs=(_Grouped(fn),)) as pool:
            yield from _in_order(pool, _run_chunk, _chunks(_grouped(key, items)), self.workers)


class _Grouped:
    """A picklable `make` for functions of a key and its members."""

    def __init__(self, fn: Callable[[Any, tuple[Any, ...]], Any]) -> None:
        self.fn = fn

    def __call__(self) -> Callable[[tuple[Any, tuple[Any, ...]]], Any]:
        return lambda group: self.fn(*group)


def _grouped(key: Callable[[Item], Key], items: Iterable[Item]) -> list[tuple[Key, tuple[Item, ...]]]:
    members: defaultdict[Key, list[Item]] = defaultdict(list)
    for item in items:
        members[key(item)].append(item)
    return [(name, tuple(members[name])) for name in sorted(members)]


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _in_order(
    pool: ProcessPoolExecutor, run: Callable[[list[Any]], list[Any]], chunks: Iterator[list[Any]], workers: int
) -> Iterator[Any]:
    """Results in order, with no more than three chunks a worker in flight, so that a stream never piles up."""
    waiting: deque[Future[list[Any]]] = deque(pool.submit(run, chunk) for chunk in islice(chunks, 3 * workers))
    while waiting:
        done = waiting.popleft().result()
        waiting.extend(pool.submit(run, chunk) for chunk in islice(chunks, 1))
        yield from done


_tool: Callable[[Any], Any]


def _equip(make: Callable[[], Callable[[Any], Any]]) -> None:
    global _tool
    _tool = make()


def _run_chunk(chunk: list[Any]) -> list[Any]:
    return [_tool(item) for item in chunk]
