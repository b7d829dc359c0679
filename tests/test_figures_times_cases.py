"""The cases of tests/cases/figures and tests/cases/times stay above the floors of the benchmark."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).resolve().parents[1] / "bench" / "bench_figures_times.py"


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_figures_times", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["times", "figures"])
def test_the_cases_stay_above_their_floor(kind: str) -> None:
    bench = benchmark()
    result, floor = bench.score(kind), bench.floors()
    assert result.right / result.total >= floor[kind], "\n".join(result.failures)
    assert result.extra / result.total <= floor[f"{kind}_extra_wrong"], "\n".join(result.failures)
