"""The three verbs: equal results on every engine, components whatever the order."""

import errno
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def kept(folder: Path) -> dict[str, str]:
    """What shards have left: shard -> its record."""
    return {file.stem: file.read_text() for file in folder.glob("*.out")}


class Leave:
    """Leaves a record for each shard, and who ran it. Shards named "dies" take their worker along, "bad" ones raise; of those
    that end in "once" only the first try does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, shard: str) -> None:
        tries = self.folder / f"{shard}.tries"
        first = not tries.exists()
        tries.open("a").write(f"{os.getpid()}\n")
        time.sleep(0.05)  # long enough for every worker to get some
        if shard.startswith("dies") and (first or not shard.endswith("once")):
            os.kill(os.getpid(), signal.SIGKILL)
        if shard.startswith("bad") and (first or not shard.endswith("once")):
            raise ValueError("no such thing")
        part = self.folder / f"{shard}.part"
        part.write_text(f"record of {shard}")
        part.replace(self.folder / f"{shard}.out")


SHARDS = [f"shard{n:02}" for n in range(12)]


def engines() -> list[Any]:
    return [pytest.param(Here(), id="here"), pytest.param(Processes(2), id="processes"), pytest.param("spark", id="spark")]


def engine_of(given: Any) -> Any:
    if given != "spark":
        return given
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("no Java")
    from secondsource.spark import Spark

    return Spark("local[2, 4]")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("given", engines())
def test_every_engine_leaves_the_same_records(given: Any, tmp_path: Path) -> None:
    engine = engine_of(given)
    alone = type(given) is Here  # nobody can kill a worker where there is none
    names = [*SHARDS, "bad-once", *([] if alone else ["dies-once"])]
    outcomes = {o.shard: o for o in engine.shards(Leave(tmp_path), names)}
    assert kept(tmp_path) == {name: f"record of {name}" for name in names}
    assert all(not o.failed for o in outcomes.values())
    assert sorted(outcomes) == sorted(names)
    if not alone:
        workers = {o.worker for o in outcomes.values()}
        assert len(workers) > 1, "everything was run by one process"
        assert os.getpid() not in workers


@pytest.mark.slow
def test_a_shard_that_fails_three_times_is_set_aside_and_the_others_go_on(tmp_path: Path) -> None:
    outcomes = {o.shard: o for o in Processes(2).shards(Leave(tmp_path), [*SHARDS[:4], "dies", "bad"])}
    assert {name for name, o in outcomes.items() if o.failed} == {"dies", "bad"}
    assert outcomes["dies"].tries == outcomes["bad"].tries == 3
    assert "exit code -9" in outcomes["dies"].failed
    assert "no such thing" in outcomes["bad"].failed
    assert len((tmp_path / "dies.tries").read_text().split()) == 3
    assert set(kept(tmp_path)) == set(SHARDS[:4])


def full_disk(shard: str) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.slow
@pytest.mark.parametrize("engine", [Here(), Processes(2)])
def test_a_full_disk_ends_the_run_and_blames_no_shard(engine: Any) -> None:
    with pytest.raises(OSError, match="No space left"):
        list(engine.shards(full_disk, SHARDS))
