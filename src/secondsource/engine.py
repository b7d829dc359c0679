"""pure functions and records -> results, on this process or on several: `each`, `groups`, `components`.

The three verbs are all that the pipeline asks of a machine. Every engine gives equal results in equal order: results follow
the items' order, groups the keys' order, and a component is named by its least member.

An archive asks for a fourth, `shards`: a function of a shard's name that leaves its result on disk, run somewhere. A worker
that dies costs the one shard it held; a shard that fails three times is set aside and named; the others go on.
"""

import errno
import multiprocessing
import os
import resource
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Key = TypeVar("Key", str, tuple[str, ...])

CHUNK = 4  # articles handed to a worker at once: small enough to spread five files, large enough to hide the hand-over


TRIES = 3  # times that a shard is tried before it is set aside
TASKS = 200  # shards after which a worker is replaced by a fresh one, so that nothing it holds can pile up
LARGEST = 600_000_000  # bytes in memory above which a worker is replaced after its shard


class Outcome(NamedTuple):
    """What became of a shard: which process ran it last, how often it was tried, why it failed, "" where it is done, and the
    most memory (bytes) that the process has held."""

    shard: str
    worker: int
    tries: int
    failed: str = ""
    memory: int = 0


FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
Work = Callable[[str], None]  # a shard's name -> its result, left on disk whole or not at all


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

    def shards(self, work: Work, names: Iterable[str]) -> Iterator[Outcome]:
        """`work` on every shard, in no order; `work` must be picklable, and running it twice must leave what once leaves."""
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

    def shards(self, work: Work, names: Iterable[str]) -> Iterator[Outcome]:
        for name in names:
            yield attempted(work, name)


def attempted(work: Work, name: str) -> Outcome:
    """`work` on one shard in this process, tried as often as it may be."""
    failed = ""
    for tried in range(1, TRIES + 1):
        failed = _failure(work, name)
        if not failed:
            return Outcome(name, os.getpid(), tried, "", held()[1])
    return Outcome(name, os.getpid(), TRIES, failed, held()[1])


def held() -> tuple[int, int]:
    """Bytes that this process holds in memory, and the most that it has held."""
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
        return int(lines["VmRSS"].split()[0]) * 1024, int(lines["VmHWM"].split()[0]) * 1024
    except (OSError, KeyError):  # no Linux: only the most is known
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return most, most


def _failure(work: Work, name: str) -> str:
    """Why `work` failed on a shard, "" where it did not. A full disk is no fault of the shard: it ends the run."""
    try:
        work(name)
    except OSError as error:
        if error.errno in FULL:
            raise
        return f"{type(error).__name__}: {error}"
    except Exception as error:  # noqa: BLE001  a shard is set aside with its reason; the others go on
        return f"{type(error).__name__}: {error}"
    return ""


class Processes(Here):
    """`each` and `groups` on `workers` processes, started fresh (spawn), so that nothing of this process leaks into them."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers inherit it: a thread each

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

    def shards(self, work: Work, names: Iterable[str]) -> Iterator[Outcome]:
        hands = _Hands(work, self.workers)
        try:
            yield from hands.run(names)
        finally:
            hands.dismiss()


class _Hand(NamedTuple):
    """A worker process and the line to it."""

    process: BaseProcess
    line: Connection


class _Hands:
    """Worker processes that are handed one shard at a time, so that it is known which shard a dead one held."""

    def __init__(self, work: Work, workers: int) -> None:
        self.work, self.workers = work, workers
        self.context = multiprocessing.get_context("spawn")
        self.idle: list[_Hand] = []
        self.busy: dict[Connection, tuple[_Hand, str]] = {}

    def run(self, names: Iterable[str]) -> Iterator[Outcome]:
        rest, again = iter(names), deque[str]()
        tried: defaultdict[str, int] = defaultdict(int)
        while True:
            while len(self.busy) < self.workers and (name := again.popleft() if again else next(rest, None)) is not None:
                self._hand(name)
            if not self.busy:
                return
            ready = wait(list(self.busy))
            for line in [held for held in self.busy if held in ready]:
                hand, name = self.busy.pop(line)
                failed, memory = self._heard(hand)
                tried[name] += 1
                if failed and tried[name] < TRIES:
                    again.append(name)
                else:
                    yield Outcome(name, hand.process.pid or 0, tried.pop(name), failed, memory)

    def _hand(self, name: str) -> None:
        while self.idle:
            hand = self.idle.pop()
            try:
                hand.line.send(name)
            except OSError:  # it died while it had nothing to do
                continue
            self.busy[hand.line] = hand, name
            return
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(self.work, theirs), daemon=True)
        process.start()
        theirs.close()
        ours.send(name)
        self.busy[ours] = _Hand(process, ours), name

    def _heard(self, hand: _Hand) -> tuple[str, int]:
        """What a worker says of its shard, and its memory; it goes back to the idle ones if it will take another."""
        try:
            failed, stays, full, memory = hand.line.recv()
        except (EOFError, OSError):
            hand.process.join()
            return f"its worker died (exit code {hand.process.exitcode})", 0
        if full:
            raise OSError(errno.ENOSPC, failed)
        if stays:
            self.idle.append(hand)
        return str(failed), int(memory)

    def dismiss(self) -> None:
        for hand in [*self.idle, *(held for held, _ in self.busy.values())]:
            hand.line.close()
            hand.process.terminate()
            hand.process.join()


def _serve(work: Work, line: Connection) -> None:
    """A worker's life: shard after shard, until it is dismissed, its parent is gone, or it has become too large."""
    for done in range(1, TASKS + 1):
        try:
            name = line.recv()
        except (EOFError, OSError):
            return
        full = False
        try:
            failed = _failure(work, name)
        except OSError as error:
            failed, full = str(error), True
        now, most = held()
        stays = done < TASKS and now < LARGEST
        line.send((failed, stays, full, most))
        if not stays:
            return


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
